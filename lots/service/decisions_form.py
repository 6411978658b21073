"""What a form of a decision says: its fields hang on the move, so they are read by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from starlette.datastructures import FormData

from lots.service.inputs import DecisionBody, SignatureBody, SignedBody
from lots.service.writes import Once

GIVEN, PIECE = "given.", "ready."
LISTS = ("markets", "sites", "packs")
ONCE: TypeAdapter[str] = TypeAdapter(Once)


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody typed, so that it stands there still where it is refused;
    but for the password.
    """

    thing: str
    key: list[str]
    move: str
    fields: Mapping[str, str]
    ends: list[str]
    seen: str

    @classmethod
    def of(cls, form: FormData) -> "Form":
        """A form as it came."""
        told = {name: str(value) for name, value in form.items() if name != "password"}
        key = [str(part) for part in form.getlist("key") if str(part).strip()]
        ends = [str(one) for one in form.getlist("ends")]
        return cls(
            told.get("thing", ""), key, told.get("move", ""), told, ends, told.get("seen", "")
        )


def body_of(form: FormData) -> tuple[DecisionBody, str]:
    """What is to be decided, and its key. Raises ValidationError."""
    typed = Form.of(form)
    told: dict[str, Any] = {"thing": typed.thing, "key": typed.key, "move": typed.move}
    told["given"] = {
        # Browsers send line ends of their own: what is signed has one form, by page or by program.
        name.removeprefix(GIVEN): text.replace("\r\n", "\n")
        for name, text in typed.fields.items()
        if name.startswith(GIVEN) and text.strip()
    }
    told["readiness"] = {
        name.removeprefix(PIECE): text.strip()
        for name, text in typed.fields.items()
        if name.startswith(PIECE) and text.strip()
    }
    told["findings"] = typed.fields.get("findings", "").split()
    for name in LISTS:
        told[name] = _split(typed.fields.get(name, ""), upper=name == "markets")
    told |= {"owner": typed.fields.get("owner", ""), "seen": typed.seen or None}
    # None chosen of those that were offered is another word than that none was offered.
    told |= {"ends": typed.ends if typed.ends or "ending" in form else None}
    return DecisionBody.model_validate(told | _signed(form)), _once(form)


def signature_of(form: FormData) -> tuple[SignatureBody, str]:
    """A second signature, and its key. Raises ValidationError."""
    told = {name: str(form.get(name, "")) for name in ("sha256", "seen")}
    return SignatureBody.model_validate(told | _signed(form)), _once(form)


def signed_of(form: FormData) -> SignedBody:
    """The password and what signing means. Raises ValidationError."""
    return SignedBody.model_validate(_signed(form))


def _signed(form: FormData) -> dict[str, str]:
    return {name: str(form.get(name, "")) for name in ("meaning", "password")}


def _once(form: FormData) -> str:
    return ONCE.validate_python(str(form.get("once", "")))


def _split(text: str, *, upper: bool) -> list[str] | None:
    """Names between commas, blanks or lines; nothing told is everywhere."""
    found = (text.upper() if upper else text).replace(",", " ").split()
    return found or None
