"""What an open end is called in a sentence, and what settles it (docs/certificate.md)."""

from collections.abc import Callable, Iterable
from itertools import islice

from lots.answers.certificate import Sort
from lots.questions.ends import UNCOUNTED, UNSAID
from lots.records import records
from lots.store.answers.open_ends import End
from lots.store.answers.renamed import EARLIER_LABEL
from lots.store.answers.versions_told import is_of_person

TO_COME = "what has not come yet; else its sender amends it"
# Of a link what it names, where the name of what it leads to says it badly.
THINGS = {
    "one": "person",
    "other": "person",
    "vial": "pack or lot",
    "party": "place",
    "reconstitution": "preparation",
    "administration": "infusion",
    "treatment_order": "order",
    "plasma_unit": "unit",
    "viral_inactivation": "treatment",
    "lyophilisation": "run",
}
# What the process demands of a thing, and nothing tells.
LACKS = {
    "pool_unit.pool": "no unit is known",
    "plasma_unit.donation": "no plasma unit is known: nobody can tell where it went",
    "minipool_member.minipool": "no member is known",
    "minipool_member.smaller": "no result is known, nor a larger minipool",
    "package_content.package": "nobody knows the content",
    "administration_vial.administration": "no vial is known",
    "reconstitution_vial.preparation": "no vial is known",
    "donation": "no record has come",
}
LOADS = "nobody knows what was in it"
NOTHING_IN = "nobody knows what it was made of"


def sentence(end: End, rows: int) -> str:
    """What it is, as a sentence."""
    return SENTENCES[end.sort](end, rows)


def settled_by(end: End) -> str:
    """What would settle it."""
    match end.sort:
        case Sort.CONTESTED:
            return "a person's word: lots resolve contested; or an amendment of its sender"
        case Sort.AWAITED:
            return "the replacement of its sender"
        case Sort.REFUSED:
            return "the row, sent again so that it can be read; or a person's word: lots resolve refused"
        case Sort.PARKED if end.link in ("pack", "lot", "vial") and records()[end.record].line:
            return "what has not come yet; an amendment; or a person's word: lots resolve parked"
        case Sort.PARKED if (end.record, end.link) == ("pack", "lot") or end.link == EARLIER_LABEL:
            return "an amendment of its sender"
        case Sort.EMPTY | Sort.UNDATED | Sort.DISAGREES:
            return "an amendment of its sender"
        case Sort.SEVERAL:
            return "a GTIN, of the row or of the lot that tells none: an amendment of its sender"
        case _:
            return TO_COME


def things(ends: Iterable[End], most: int) -> tuple[str, ...]:
    """Which things the first of them are of, where no key of a person is among it."""
    return tuple(
        f"{end.record} {'/'.join(end.key)}" for end in islice(filter(_shown, sorted(ends)), most)
    )


def _shown(end: End) -> bool:
    return bool(end.key) and not (end.record in records() and is_of_person(records()[end.record]))


def _parked(end: End, rows: int) -> str:
    if end.link == "vial":
        return f"{_rows(rows, end.record)} name{_s(rows)} neither pack nor lot."
    if (end.record, end.link) == ("pack", "lot"):
        # Any lot is walked by its whole name, so that none is parked: it is another one's.
        return (
            f"{_rows(rows, end.record)} tell{_s(rows)} another lot of what was relabelled: lines that"
            " tell that lot's number alone may be of it."
        )
    if end.link == EARLIER_LABEL:
        return (
            f"{_rows(rows, end.record)} name{_s(rows)} a label of what was relabelled to a lot of the"
            " answer, or to one that nobody knows, and may be of it."
        )
    thing = _thing(end)
    return f"{_rows(rows, end.record)} name{_s(rows)} {_a(thing)} that nobody knows."


def _empty(end: End, rows: int) -> str:
    do = "does" if rows == 1 else "do"
    if end.link == UNCOUNTED:
        return f"{_rows(rows, end.record)} {do} not say how many vials."
    if (end.record, end.link) == UNSAID:
        return f"{_rows(rows, end.record)} {do} not say whether it was given."
    return f"{_rows(rows, end.record)} {do} not say which {_thing(end)}."


def _without(end: End, rows: int) -> str:
    of = ""
    lacks = LACKS.get(end.link) or (NOTHING_IN if end.record == "lot" else LOADS)
    if end.key:
        of = f" {'/'.join(end.key[:2])}"
    return f"Of {_many(rows, _words(end.record))}{of} {lacks}."


def _contested(end: End, rows: int) -> str:
    is_of = (
        "is contested; all its versions are"
        if rows == 1
        else "are contested; all their versions are"
    )
    return f"{_many(rows, 'key')} of {end.record} {is_of} walked."


def _awaited(end: End, rows: int) -> str:
    return f"{_rows(rows, end.record)} {_was(rows)} retracted, and what replaces {_it(rows)} has not come."


def _refused(end: End, rows: int) -> str:
    of = f" of {end.record}" if end.record else ""
    return f"{_many(rows, 'row')}{of} {_was(rows)} refused, and could belong."


def _undated(end: End, rows: int) -> str:
    return f"Some rows of {end.record} ({rows:,}) {end.key[0]}; they are counted."


def _disagrees(end: End, rows: int) -> str:
    return (
        f"{_rows(rows, end.record)} tell{_s(rows)} another lot than what was prepared in"
        f" {'its preparation' if rows == 1 else 'their preparations'}."
    )


def _several(end: End, rows: int) -> str:
    return (
        f"{_rows(rows, end.record)} tell{_s(rows)} a lot number that several makers gave, and may be"
        " of each."
    )


def _unrecorded(end: End, rows: int) -> str:
    if not end.key:
        lead = "leads" if rows == 1 else "lead"
        its = "its name" if rows == 1 else "their names"
        return (
            f"{_many(rows, end.record)} of which no record came {lead} nowhere: {its} may be written"
            " wrong, and be what is shown."
        )
    maker, number, step = end.key
    return f"{step} {maker}/{number} is named, but no record of it has come."


SENTENCES: dict[Sort, Callable[[End, int], str]] = {
    Sort.PARKED: _parked,
    Sort.EMPTY: _empty,
    Sort.WITHOUT: _without,
    Sort.CONTESTED: _contested,
    Sort.AWAITED: _awaited,
    Sort.REFUSED: _refused,
    Sort.UNDATED: _undated,
    Sort.DISAGREES: _disagrees,
    Sort.SEVERAL: _several,
    Sort.UNRECORDED: _unrecorded,
}


def _thing(end: End) -> str:
    if end.link in THINGS:
        return THINGS[end.link]
    link = next((k for k in records()[end.record].links if k.name == end.link), None)
    return _words(link.record) if link else end.link


def _words(record: str) -> str:
    return THINGS.get(record, record.replace("_", " "))


def _rows(rows: int, record: str) -> str:
    return f"{_many(rows, 'row')} of {record}"


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _s(rows: int) -> str:
    return "s" if rows == 1 else ""


def _was(rows: int) -> str:
    return "was" if rows == 1 else "were"


def _it(rows: int) -> str:
    return "it" if rows == 1 else "them"


def _a(thing: str) -> str:
    # Spoken with a consonant: "a unit".
    vowel = thing[0] in "aeiou" and not thing.startswith("uni")
    return f"an {thing}" if vowel else f"a {thing}"
