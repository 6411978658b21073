"""What somebody counted on a shelf."""

from lots.columns import NAMED, named
from lots.schema import Column, Kind, Link, Record

RECORD = Record(
    "stock_count", "distribution", "One line of a count of stock.",
    key=("party", "stocktake", "item"),
    columns=(
        Column("party", Kind.CODE, "who counted (party id)"),
        Column("stocktake", Kind.CODE, "the count's number there"),
        Column("item", Kind.COUNT, "the line"),
        *NAMED,
        Column("packs", Kind.COUNT, "packs found", "packs", required=True),
        Column("counted_at", Kind.INSTANT, "when", required=True),
    ),
    links=(Link("party", ("party",), "party"), Link("pack", ("gtin", "serial"), "pack")),
    rules=named("stock_count"),
    at="counted_at",
)
