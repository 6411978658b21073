"""The data dictionary: every record with its columns, units, choices and links."""

from collections.abc import Iterator

from lots.grammar.column import Column, Link, When
from lots.grammar.figures import either
from lots.grammar.schema import CORRECTION, Kind, Record, Tells, within
from lots.papers.page import MADE, by_stage, codes, contents, linked, page, scope, table
from lots.questions.ends import must_tell
from lots.records import records

# Written here and not in a file beside: what the code decides must not be told by two hands.
BEGINNING = f"""# Data dictionary

Every record that this house takes in. {MADE}

A file holds records of one type; `lots template RECORD` prints the header that a sender fills in. How a value is
written depends on its kind:

| kind | how it is written |
| --- | --- |
| code | an identifier: printable ASCII of at most 64 characters without a blank at either end |
| gtin | 8, 12, 13 or 14 digits, the last one the check digit; kept and compared as the GTIN-14 |
| choice | one of the words listed, as it stands there |
| text | anything |
| amount | a decimal number with a point; "5.3 digits" means at most 5 before the point and 3 after it |
| count | a whole number of at most 9 digits |
| day | a calendar day as YYYY-MM-DD |
| instant | YYYY-MM-DDThh:mm:ss with Z or an offset such as +01:00, which is kept as it was sent |

Where a column *names* a person, a label or a number, a word for not known (unknown, N/A, ?, 0000 …) counts as empty
([linking.md](linking.md)).

What a column *tells of* it tells of in whatever record. A key of a donor or a patient is shown by no list, report,
error or log; a product and a maker set rows apart.

A number that is *between*, *at least* or *at most* something cannot well be another one. What *has happened* did so on
the day of its receipt at the latest, wherever on earth that day is furthest on. *no.* is the column's number in what is
hashed of a row ([canonical.md](canonical.md)).

A file must have the columns marked *key* or *required*. A row without a readable key is refused; an empty required
column, any other value that cannot be read, a number beyond its limits, and a day still to come of what has happened,
is a finding, and the row stays.
A link that must be told and is not is an open end of the answers that go through it, and so is a thing that nothing
names so ([certificate.md](certificate.md)).
[rules.md](rules.md) says what must hold of a row, [linking.md](linking.md) how versions of a row are ordered and how
rows become links.
"""

EVERY = """## Columns of every record

A row that corrects an earlier one says so. It counts as a correction only where it says by whom and why.
"""

# In words of the field, since senders read this page who have never seen the code.
OF = {
    Tells.DONOR: "a donor",
    Tells.PATIENT: "a patient",
    Tells.PERSON: "a donor or a patient",
    Tells.STAFF: "staff",
    Tells.PLACE: "a place",
    Tells.MAKER: "a maker",
    Tells.PRODUCT: "a product",
}
# The number stands first: it is what never changes, and what a hash is of (docs/canonical.md).
HEAD = ("no.", "column", "kind", "unit", "meaning", "needed")


def dictionary() -> str:
    """The whole page."""
    # Once for all records, and left out of each one's table.
    every = table(HEAD, (_cells(column, "") for column in CORRECTION))
    return page(BEGINNING, contents(), EVERY, every, *by_stage(_section))


def _section(record: Record) -> Iterator[str]:
    yield record.meaning
    yield "\n".join(f"- {fact}" for fact in _facts(record))
    yield table(
        HEAD, (_cells(c, _needed(record, c)) for c in record.columns if c not in CORRECTION)
    )
    if record.links:
        yield "Links:"
        yield "\n".join(f"- {_told(link)} {_must(record, link)}" for link in record.links)


def _facts(record: Record) -> Iterator[str]:
    yield f"Key: {codes(record.key)}."
    if record.reference:
        yield (
            "Reference: rules across records judge by it ([judging.md](judging.md)); it takes two"
            " people."
        )
    if record.expected:
        yield "Expected: where one is named, its row must come."
    if record.at:
        yield f"Dated by `{record.at}`."
    if record.rank:
        column, order = record.rank
        yield f"Of two versions the one with the stronger `{column}` stands: {' < '.join(order)}."
    if named_by := [
        linked(r) for r in records().values() if any(k.record == record.name for k in r.links)
    ]:
        yield f"Named by {', '.join(named_by)}."


def _needed(record: Record, column: Column) -> str:
    if column.name in record.key:
        return "key"
    return "required" if column.required else ""


def _cells(column: Column, needed: str) -> tuple[str, ...]:
    whole, fraction = column.digits
    kind = (
        f"{column.kind}, {whole}.{fraction} digits"
        if column.kind is Kind.AMOUNT
        else str(column.kind)
    )
    choices = f": {codes(column.choices)}" if column.choices else ""
    tells = f"; tells of {OF[column.tells]}" if column.tells else ""
    names = f"; names a {column.names}" if column.names else ""
    limits = f"; {within(column.limits)}" if column.limits else ""
    past = "; has happened" if column.happened else ""
    past += f" where {scope(column.happened_when)}" if column.happened_when else ""
    return (
        str(column.number),
        f"`{column.name}`",
        kind,
        column.unit,
        column.meaning + choices + tells + names + limits + past,
        needed,
    )


def _must(record: Record, link: Link) -> str:
    """Whether an answer that goes through it may lack what a row is of that does not tell it."""
    # Why it need not be told is said too: whoever reads certificates asks why it makes no open end.
    if link.aside or link.optional:
        why = f"Aside: it {link.aside}" if link.aside else f"Need not be told: it {link.optional}"
        return f"{why}."
    groups = [[k.name for k in group] for group in must_tell(record) if link in group]
    told = [
        f"One of {either([f'*{name}*' for name in group])} must be told."
        if len(group) > 1
        else f"Must be told{_with(link)}{_spared(link.unless)}."
        for group in groups
    ]
    if link.each:
        told.append(f"Each {link.each.of} is named so{_spared(link.each.unless)}.")
    return " ".join(told)


def _with(link: Link) -> str:
    return f" with {' and '.join(f'`{c}`' for c in link.needs)}" if link.needs else ""


def _spared(unless: When | None) -> str:
    return f", but where {scope(unless)}" if unless else ""


# As one reads it: whoever fills in a file looks for what a column must match.
def _told(link: Link) -> str:
    verb = "names" if len(link.columns) == 1 else "name"
    only = f", where {scope(link.when)}" if link.when else ""
    if not link.described:
        article = "an" if link.record[0] in "aeiou" else "a"
        return f"*{link.name}*: {codes(link.columns)} {verb} {article} {link.record}{only}."
    target = records()[link.record]
    on = link.on or target.key
    # Where they are called alike the words would say one thing twice.
    by = "" if on == link.columns else f" by its {codes(on)}"
    fixed = "".join(f" whose `{name}` is {value}" for name, value in link.fixed)
    return f"*{link.name}*: {codes(link.columns)} {verb} a {linked(target)}{by}{fixed}{only}."
