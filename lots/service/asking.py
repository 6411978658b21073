"""Questions as the service takes them: read, put, and where a person is named kept, so that no
address has the person's key in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from lots.answers import Implicated, Trace
from lots.errors import CallError
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.period import Period
from lots.pipeline.trace import PERSONS, trace
from lots.questions import implicating, questions, traced
from lots.questions.question import Question
from lots.records import records
from lots.service.desk import Desk
from lots.service.inputs import AskedAbout, QuestionBody
from lots.service.problems import Refused
from lots.service.rights import Right
from lots.service.who import Who
from lots.store.access import kept

Answer = Implicated | Trace


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put."""

    view: str
    subjects: tuple[Subject, ...]
    period: Period
    through: datetime | None

    @property
    def of_person(self) -> bool:
        """Whether it names a person by a key."""
        return any(names_person(s.question) for s in self.subjects)

    @property
    def sees_person(self) -> bool:
        """Whether it is a person's tree, which tells what the person gave or was given."""
        return self.view == "trace" and any(s.kind in PERSONS for s in self.subjects)


def read(body: QuestionBody) -> Put:
    """A question that can be put. Raises CallError."""
    # The two views take other kinds of things (docs/questions.md).
    possible = implicating() if body.view == "implicate" else traced()
    subjects = tuple(Subject(_kind(a, possible), a.name.strip()) for a in body.asked)
    if body.view == "trace":
        _refuse_several(body)
    return Put(
        body.view,
        subjects,
        Period(_when("since", body.since), _when("until", body.until)),
        _through(body.through),
    )


def answer(at: Desk, who: Who, put: Put, number: str = "") -> Answer:
    """Put a question by the login that sees what the role may see. number: under which it was kept;
    a person's tree is shown only after the look is.
    """
    if put.sees_person:
        if not who.may(Right.SEE_PERSONS):
            raise Refused(
                403,
                "question: role: expected one that may see a person's tree, got"
                f" {who.account.role.replace('_', ' ')}.",
            )
        with at.access() as connection:
            # In a transaction of its own, which stands before the tree is asked for
            # (docs/decisions/service.md).
            kept.looked(connection, who.account.account, number or _keep(at, who, put), at.now())
    with at.question():
        if put.view == "trace":
            (subject,) = put.subjects
            return trace(at.settings, subject.kind, subject.name, through=put.through)
        return implicate(at.settings, [*put.subjects], through=put.through, period=put.period)


def _keep(at: Desk, who: Who, put: Put) -> str:
    asked = [{"kind": s.kind, "name": s.name} for s in put.subjects]
    return keep(at, who, QuestionBody(asked=[AskedAbout(**a) for a in asked], view="trace"))


def keep(at: Desk, who: Who, body: QuestionBody) -> str:
    """Keep a question that names a person."""
    with at.access() as connection:
        return kept.keep_question(connection, who.account.account, body.model_dump(), at.now())


def kept_body(at: Desk, number: str) -> QuestionBody:
    """A question that was kept. Refused where none of that number was."""
    with at.access() as connection:
        asked: Mapping[str, Any] | None = kept.kept_question(connection, number)
    if asked is None:
        raise Refused(404, "question: number: expected one that was kept, got none of them.")
    return QuestionBody.model_validate(asked)


def names_person(question: Question) -> bool:
    """Whether a question's names are keys of persons."""
    return question.of_person(records())


def _kind(asked: AskedAbout, possible: Mapping[str, object]) -> str:
    kind = asked.kind.replace("-", "_")
    if kind not in possible:
        raise CallError(
            f"question: kind: expected one of {', '.join(possible)}, got"
            f" {'one that is asked in the other view' if kind in questions() else 'another'}."
        )
    return kind


def _refuse_several(body: QuestionBody) -> None:
    if len(body.asked) > 1:
        raise CallError("tree: things: expected one at a time, got several.")
    if body.since or body.until:
        raise CallError("tree: period: expected none, as it shows all that is known, got one.")


def _when(name: str, text: str) -> date | datetime | None:
    """A day or an instant; one without an offset is in UTC, as everywhere here."""
    if not text:
        return None
    try:
        if len(text) == len("2026-03-01"):
            return date.fromisoformat(text)
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CallError(
            f"{name}: time: expected a day (2026-03-01) or an ISO instant, got neither."
        ) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _through(text: str) -> datetime | None:
    """An instant; of a day its end."""
    told = _when("through", text)
    if told is None or isinstance(told, datetime):
        return told
    if told == date.max:
        raise CallError("through: time: expected a day before the last of the calendar, got it.")
    # A day is meant whole: until the first moment after it.
    return datetime.combine(told, time(), UTC) + timedelta(days=1)
