"""Vials taken as samples."""

from lots.grammar.column import Column, Link
from lots.grammar.columns import OF_A_SAMPLE, vials
from lots.grammar.links import TELLS_OF_A_LOT
from lots.grammar.schema import Holds, Kind, Record, Tells
from lots.records.lot import STEPS

RECORD = Record(
    "sample",
    "lyophilisation",
    "Vials of a lot taken as samples.",
    key=("manufacturer", "sample"),
    columns=(
        Column(1, "manufacturer", Kind.CODE, "whose lot it is (party id)", tells=Tells.MAKER),
        Column(2, "sample", Kind.CODE, "the sample's number there"),
        Column(3, "lot_number", Kind.CODE, "the lot", required=True, completable=True),
        Column(4, "step", Kind.CHOICE, "its step", choices=STEPS, required=True),
        # All of them leave the lot and reach no patient: the balance takes them away from what was
        # filled.
        Column(
            5,
            "purpose",
            Kind.CHOICE,
            "what for",
            required=True,
            choices=("quality_control", "official", "reserve", "stability"),
        ),
        vials(6, OF_A_SAMPLE, completable=True),
        Column(7, "taken_at", Kind.INSTANT, "when", required=True, happened=True, completable=True),
    ),
    # Taken at any step: what is drawn before drying never becomes a pack.
    links=(Link("lot", ("manufacturer", "lot_number", "step"), "lot", aside=TELLS_OF_A_LOT),),
    at="taken_at",
    holds=Holds.LOT,
)
