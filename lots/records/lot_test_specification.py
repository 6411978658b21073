"""Which tests a packed lot must pass, and their limits: reference, dated."""

from lots.grammar.column import Column, Measured
from lots.grammar.columns import DATED, amount, gtin_is_right, numbered, two_people
from lots.grammar.schema import Kind, Outcome, Record, Tells

# By product and not by lot: what is asked of one lot is asked of all.
RECORD = Record(
    "lot_test_specification",
    "intake",
    "One test of a product's lots, and its limits.",
    key=("gtin", "test", "valid_from"),
    columns=(
        Column(1, "gtin", Kind.GTIN, "GTIN-14 of the packed product", tells=Tells.PRODUCT),
        Column(2, "test", Kind.CODE, "the test"),
        *numbered(3, DATED),
        amount(8, "low", "lowest value, in value_unit", "", (12, 6)),
        amount(9, "high", "highest value, in value_unit", "", (12, 6)),
        Column(10, "value_unit", Kind.CODE, "the unit of the limits"),
    ),
    rules=(
        *two_people("lot_test_specification"),
        gtin_is_right("lot_test_specification.gtin.check", outcome=Outcome.REFUSE),
    ),
    at="valid_from",
    reference=True,
    measured=Measured("value_unit"),
)
