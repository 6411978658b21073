"""What may be sent: one type for every text, and the bodies that are made of it."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

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
MOST_ASKED = 20


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
    """A scanner's text, and what is to be done with the pack."""

    raw: Scanned
    purpose: Purpose


Long = Annotated[
    str,
    StringConstraints(max_length=2000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$"),
    AfterValidator(written),
]
Market = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Things = Literal["unit", "intermediate", "lot", "pack", "shipment", "finding", "row", "rule"]
MOST_NAMED = 500  # packs, sites or markets that one decision names
Named = Annotated[list[Told], Field(min_length=1, max_length=MOST_NAMED)]


class SignedBody(Body):
    """What a signature needs: the password once more, and what signing means."""

    meaning: Told
    password: Secret


class DecisionBody(SignedBody):
    """What is decided of a thing. owner: holder or authority; empty: the holder, or the account's site where
    the move is a site's. readiness: of each piece `met`, or the number of the document that settles it.
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
    seen: Annotated[int, Field(ge=0, le=BIGGEST)] | None = None


class SignatureBody(SignedBody):
    """A second signature, over exactly what was shown: its SHA-256, and the newest word on the thing."""

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
