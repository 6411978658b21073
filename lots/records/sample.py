"""Vials taken as samples."""

from dataclasses import replace

from lots.grammar.column import Column, Link
from lots.grammar.columns import OF_A_SAMPLE, VIALS
from lots.grammar.schema import Holds, Kind, Record
from lots.records.lot import STEPS

RECORD = Record(
    "sample",
    "lyophilisation",
    "Vials of a lot taken as samples.",
    key=("manufacturer", "sample"),
    columns=(
        Column("manufacturer", Kind.CODE, "whose lot it is (party id)"),
        Column("sample", Kind.CODE, "the sample's number there"),
        Column("lot_number", Kind.CODE, "the lot", required=True),
        Column("step", Kind.CHOICE, "its step", choices=STEPS, required=True),
        Column(
            "purpose",
            Kind.CHOICE,
            "what for",
            required=True,
            choices=("quality_control", "official", "reserve", "stability"),
        ),
        replace(VIALS, limits=OF_A_SAMPLE),
        Column("taken_at", Kind.INSTANT, "when", required=True, happened=True),
    ),
    links=(Link("lot", ("manufacturer", "lot_number", "step"), "lot"),),
    at="taken_at",
    holds=Holds.LOT,
)
