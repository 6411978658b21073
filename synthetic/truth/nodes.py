"""Which pools and lots a row names: each of them is a node of the lineage."""

from collections.abc import Iterator, Mapping

from synthetic.cases.seeded import Node, Values

# of each record: the columns that tell maker, number and step; a step behind = stands for itself
NAMES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "pool": (("plant", "pool_number", "=pool"),),
    "pool_unit": (("plant", "pool_number", "=pool"),),
    "lot": (("manufacturer", "lot_number", "step"),),
    "external_lot": (("supplier", "lot_number", "=external"),),
    "lot_input": (
        ("manufacturer", "lot_number", "step"),
        ("from_manufacturer", "from_number", "from_step"),
    ),
    "viral_inactivation_load": (
        ("plant", "from_lot_number", "from_step"),
        ("plant", "lot_number", "step"),
    ),
    "virus_removal_load": (
        ("plant", "from_lot_number", "from_step"),
        ("plant", "lot_number", "step"),
    ),
    "filling_load": (("plant", "from_lot_number", "=bulk"), ("plant", "lot_number", "=filled")),
    "lyophilisation_load": (
        ("plant", "from_lot_number", "=filled"),
        ("plant", "lot_number", "=dried"),
    ),
    "pack": (("manufacturer", "lot_number", "=packed"),),
}
NAMED_BEFORE = ("pool_unit", "pack")  # of the plant's own rows, which are many


def named(record: str, values: Values) -> Iterator[Node]:
    """The nodes that a row names; `values` has no text that cannot be read."""
    for maker, number, step in NAMES.get(record, ()):
        node = values[maker], values[number], step[1:] if step.startswith("=") else values[step]
        # A part that is missing or cannot be read names nothing.
        if all(node):
            yield node
