"""One container of plasma of one donation."""

from decimal import Decimal

from lots.grammar.column import Column, Each, Link, Rule
from lots.grammar.columns import CELSIUS, NOT_NEGATIVE
from lots.grammar.schema import Between, Holds, Kind, Names, Record, Severity

RECORD = Record(
    "plasma_unit",
    "donor_screening",
    "One container of a donation.",
    key=("unit",),
    columns=(
        Column(1, "unit", Kind.CODE, "the container's number", names=Names.NUMBER),
        Column(
            2,
            "donation_number",
            Kind.CODE,
            "the donation that it came from",
            required=True,
            completable=True,
            names=Names.NUMBER,
        ),
        Column(3, "volume_ml", Kind.AMOUNT, "its volume", "mL", digits=(5, 3), completable=True),
        Column(4, "frozen_at", Kind.INSTANT, "when it was frozen", happened=True, completable=True),
        # The warmest so far, as the centre sums it up: loggers' lines stay there.
        Column(
            5,
            "storage_max_c",
            Kind.AMOUNT,
            "warmest storage temperature so far",
            "°C",
            digits=(3, 2),
            limits=CELSIUS,
            completable=True,
        ),
        Column(
            6,
            "shipping_max_c",
            Kind.AMOUNT,
            "warmest temperature while shipped",
            "°C",
            digits=(3, 2),
            limits=CELSIUS,
            completable=True,
        ),
        # Short and mild is let go with a notice (D08), so for how long must be told too.
        Column(
            7,
            "above_limit_h",
            Kind.AMOUNT,
            "hours above the storage limit in all",
            "h",
            digits=(5, 2),
            limits=NOT_NEGATIVE,
            completable=True,
        ),
    ),
    links=(Link("donation", ("donation_number",), "donation", each=Each("donation")),),
    rules=(
        # Here and not by the scheme: one limit for all, wherever the donation was given.
        Rule(
            "D08.shipping",
            Between("shipping_max_c", high=Decimal(-5)),
            "The unit was never shipped above -5 °C.",
            "21 CFR 600.15 (G)",
            severity=Severity.CRITICAL,
            holds=Holds.UNIT,
            unit="°C",
        ),
        Rule(
            "P04.unit",
            Between("volume_ml", Decimal(1), Decimal(1200)),
            "A unit holds 1 to 1,200 mL.",
            "21 CFR 640.65(b)(4) (S)",
            severity=Severity.HIGH,
            unit="mL",
        ),
    ),
    at="frozen_at",
    holds=Holds.UNIT,
)
