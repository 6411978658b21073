"""Vials looked at, and rejected."""

from decimal import Decimal

from lots.grammar.column import Column, Link, Rule
from lots.grammar.columns import OF_A_BATCH
from lots.grammar.links import TELLS_OF_A_LOT
from lots.grammar.schema import Between, Holds, Kind, Record, Severity, Tells
from lots.records.lot import STEPS

RECORD = Record(
    "inspection",
    "lyophilisation",
    "One inspection of a lot's vials, with its rejects.",
    key=("manufacturer", "inspection"),
    columns=(
        Column(1, "manufacturer", Kind.CODE, "whose lot it is (party id)", tells=Tells.MAKER),
        Column(2, "inspection", Kind.CODE, "its number there"),
        Column(3, "lot_number", Kind.CODE, "the lot", required=True, completable=True),
        Column(4, "step", Kind.CHOICE, "its step", choices=STEPS, required=True),
        Column(
            5, "inspected_at", Kind.INSTANT, "when", required=True, happened=True, completable=True
        ),
        Column(
            6,
            "vials_inspected",
            Kind.COUNT,
            "vials looked at",
            "vials",
            required=True,
            limits=OF_A_BATCH,
            completable=True,
        ),
        # By weight of the defect: one critical vial is one too many, cosmetic ones are counted.
        Column(
            7,
            "rejects_critical",
            Kind.COUNT,
            "product at the stopper, broken seal",
            "vials",
            limits=OF_A_BATCH,
            completable=True,
        ),
        Column(
            8,
            "rejects_major",
            Kind.COUNT,
            "melt-back, collapse",
            "vials",
            limits=OF_A_BATCH,
            completable=True,
        ),
        Column(
            9, "rejects_minor", Kind.COUNT, "cosmetic", "vials", limits=OF_A_BATCH, completable=True
        ),
    ),
    links=(Link("lot", ("manufacturer", "lot_number", "step"), "lot", aside=TELLS_OF_A_LOT),),
    rules=(
        Rule(
            "L06.critical",
            Between("rejects_critical", high=Decimal(0)),
            "No vial has a critical defect.",
            "acceptance sampling: critical defects (G)",
            severity=Severity.CRITICAL,
            holds=Holds.LOT,
            unit="vials",
        ),
    ),
    at="inspected_at",
    holds=Holds.LOT,
)
