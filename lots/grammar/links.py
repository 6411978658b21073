"""Links that several records declare in the same words, and why no question goes through some."""

from collections.abc import Mapping

from lots.grammar.column import Each, Link, Sought, When
from lots.grammar.schema import Record

SAYS_WHERE = "says where, and leads to no vial"
# Whoever is told to have had packs should be heard (docs/certificate.md).
SAYS_WHO_HAD_PACKS = "says who had packs, and leads to no vial"
TELLS_OF_A_LOT = "tells of a lot, and leads to no other and to no vial"
TELLS_OF_A_DONOR = "tells of a donor; donations name theirs themselves"
TELLS_OF_AN_INFUSION = "tells of an infusion; the infusion's own lines say what was given"
# As the label of a vial is read: one serial is enough, and a lot number alone is too.
OF_VIALS = (
    Link("pack", ("serial",), "pack", on=("serial",), sought=Sought.LABEL),
    Link(
        "lot",
        ("lot_number",),
        "lot",
        on=("lot_number",),
        fixed=(("step", "packed"),),
        sought=Sought.LABEL,
    ),
)
# Of every lot some input is told; an external one is where the chain ends.
MADE_OF = Each("lot", unless=When("step", ("external",)))
# What is mixed of samples is tested, itself or in a larger one.
TESTED_BY = Each("minipool", how="tested")
COUNTED_LOT = OF_VIALS[1]  # packs that are told by lot and count (docs/counting.md)


def party(name: str, *, aside: str = SAYS_WHERE) -> Link:
    """The party that a column names, which no question goes through."""
    return Link(name, (name,), "party", aside=aside)


def nameless(
    name: str,
    column: str,
    thing: str,
    *,
    when: When | None = None,
    unless: When | None = None,
    each: Each | None = None,
    sought: Sought = Sought.NOT,
    needs: tuple[str, ...] = (),
) -> Link:
    """A thing that no record describes, such as a kit's lot:
    its name is all that is known of it.
    """
    return Link(
        name, (column,), thing, when=when, sought=sought, unless=unless, each=each, needs=needs
    )


def check_links(record: Record, records: Mapping[str, Record]) -> None:
    """Raise ValueError where a link does not fit the record that it names."""
    for link in record.links:
        if link.described:
            _check_link(f"{record.name}.{link.name}", link, records.get(link.record))


def _check_link(name: str, link: Link, target: Record | None) -> None:
    if target is None:
        raise ValueError(f"{name}: no record {link.record}")
    on = link.on or target.key
    known = {column.name for column in target.columns}
    if unknown := [c for c in (*on, *dict(link.fixed)) if c not in known]:
        raise ValueError(f"{name}: no column {', '.join(unknown)} in {target.name}")
    # What is fixed is in no row: a link that forgets so would be looked for by the wrong columns.
    if len(link.columns) != len(on):
        raise ValueError(
            f"{name}: {', '.join(link.columns)} for {', '.join(on)} of {target.name}; expected as"
            " many columns as the target's key has, or `on` with those that are meant"
        )
