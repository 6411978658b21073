"""What may be sent: one type for every text, and the bodies that are made of it."""

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from fastapi import Form
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from lots.visible import visible

LONGEST = 200  # characters of a name, a label or a reason
BIGGEST = 10**18 - 1  # of a number of ours, which PostgreSQL keeps in eight bytes


def seen(text: str) -> str:
    """Refuse what PostgreSQL cannot keep (NUL, half characters) and what nobody can see."""
    if visible(text) != text:
        raise ValueError("characters that cannot be seen")
    return text


def written(text: str) -> str:
    """The same of a text of several lines."""
    for line in text.splitlines():
        seen(line)
    return text


def _scanned(text: str) -> str:
    """As it came from a scanner: control characters are its own, and a NUL is nobody's."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("characters that cannot be kept")
    return text


# The same as a pattern, so that whoever reads our description knows it too.
PATTERN = r"^[^\x00-\x1f\x7f]*$"
Text = Annotated[str, StringConstraints(max_length=LONGEST, pattern=PATTERN), AfterValidator(seen)]
Told = Annotated[Text, StringConstraints(min_length=1)]
Secret = Annotated[str, StringConstraints(max_length=LONGEST, pattern=r"^[^\x00]*$")]
Scanned = Annotated[
    str,
    StringConstraints(min_length=1, max_length=512, pattern=r"^[^\x00]*$"),
    AfterValidator(_scanned),
]
Number = Annotated[int, Field(gt=0, le=BIGGEST)]
Role = Literal[
    "pharmacist",
    "nurse",
    "sending_system",
    "qa",
    "qa_approver",
    "safety_officer",
    "regulator",
    "administrator",
]
View = Literal["implicate", "trace"]
Purpose = Literal["receive", "dispense", "prepare", "give", "return"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
# Of a page that was without its service: random, so that no two of a site have one.
Later = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9-]{0,64}$")]
Instant = AwareDatetime
MOST_ASKED, MOST_BOOKED = 20, 100


class Body(BaseModel):
    """What is sent as JSON: no field that we do not know, whose meaning would be lost."""

    model_config = ConfigDict(extra="forbid")


class AskedAbout(Body):
    """One thing that is asked about."""

    kind: Told
    name: Told


class QuestionBody(Body):
    """What is asked: some things, in a period, as it is concerned or as a tree."""

    asked: Annotated[list[AskedAbout], Field(min_length=1, max_length=MOST_ASKED)]
    view: View = "implicate"
    since: Text = ""
    until: Text = ""
    through: Text = ""


class ScanBody(Body):
    """A scanner's text, and what is to be done with the pack. sent_as, scanned_at: of a scan that a
    page sends later, its number there and when it was made.
    """

    raw: Scanned
    purpose: Purpose
    patient: Text = ""
    sent_as: Later = ""
    scanned_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose on the page of scans, and keeps from scan to scan. book: what goes is
    booked at once.
    """

    purpose: Purpose = "dispense"
    patient: str = ""
    book: bool = False
    to: Literal["patient", "ward", "home"] | None = None
    bag: str = ""


def chosen_of(
    purpose: Annotated[Purpose, Form()] = "dispense",
    patient: Annotated[Text, Form()] = "",
    book: Annotated[bool, Form()] = False,
    to: Annotated[Literal["patient", "ward", "home"], Form()] = "ward",
    bag: Annotated[Text, Form()] = "",
) -> Chosen:
    """The same, from the form."""
    return Chosen(purpose, patient, book, to if purpose == "dispense" else None, bag)


Went = Literal["unused", "wasted", "lost", "given"]


class SecondBody(Body):
    """Who signs beside whoever books."""

    name: Told
    password: Secret


class BookingBody(Body):
    """What is booked of scans: all of them or none. reason, order, second: where a verdict is not
    GO.
    """

    scans: Annotated[list[Number], Field(min_length=1, max_length=MOST_BOOKED)]
    vials: Annotated[int, Field(gt=0, le=1000)] = 1
    to: Literal["patient", "ward", "home"] | None = None
    patient: Text = ""
    bag: Text = ""
    reason: Text = ""
    order: Text = ""
    second: SecondBody | None = None


class UndoBody(Body):
    """Why a booking is undone. second, went: of what was given in error, who signs beside (of a pharmacist
    and a nurse the other), and where the vial truly went.
    """

    reason: Told
    second: SecondBody | None = None
    went: Went | None = None


class BagBody(Body):
    """A bag by the site's own code, and what is to be done with it."""

    bag: Told
    purpose: Literal["give", "return"] = "give"
    patient: Text = ""


Long = Annotated[
    str,
    StringConstraints(max_length=2000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$"),
    AfterValidator(written),
]
Market = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Things = Literal[
    "unit", "intermediate", "lot", "pack", "shipment", "finding", "row", "rule", "stops"
]
MOST_FINDINGS = 100_000
MOST_NAMED = 500  # packs, sites or markets that one decision names
Named = Annotated[list[Told], Field(min_length=1, max_length=MOST_NAMED)]


class SignedBody(Body):
    """What a signature needs: the password once more, and what signing means."""

    meaning: Told
    password: Secret


class DecisionBody(SignedBody):
    """What is decided of a thing. owner: holder or authority; empty: the holder, or the account's site where
    the move is a site's. readiness: of each piece `met`, or the number of the document that settles it.
    findings: those that hold a lot and were shown (`GET /api/readiness`); none but these may hold it then.
    """

    thing: Things
    key: Annotated[list[Told], Field(min_length=1, max_length=3)]
    move: Told
    given: Annotated[dict[Told, Long], Field(max_length=20)] = {}
    owner: Literal["", "holder", "authority"] = ""
    markets: Annotated[list[Market], Field(min_length=1, max_length=MOST_NAMED)] | None = None
    sites: Named | None = None
    packs: Named | None = None
    ends: Annotated[list[Number], Field(max_length=MOST_NAMED)] | None = None
    readiness: Annotated[dict[Told, Told], Field(max_length=50)] = {}
    findings: Annotated[list[Number], Field(max_length=MOST_FINDINGS)] = []
    seen: Annotated[int, Field(ge=0, le=BIGGEST)] | None = None


class SignatureBody(SignedBody):
    """A second signature, over exactly what was shown: its SHA-256, and the newest word on the
    thing.
    """

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    seen: Annotated[int, Field(ge=0, le=BIGGEST)]


class AccountBody(Body):
    """An account that is to be made."""

    name: Told
    full_name: Told
    role: Role
    site: Text = ""


class KeyBody(Body):
    """A key that is to be made."""

    account: Number
    label: Told
