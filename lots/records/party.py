"""Whoever collects, makes, carries, holds or gives: centres, plants, laboratories, pharmacies,
wards.
"""

from lots.grammar.column import Column, Rule
from lots.grammar.schema import CheckCharacter, Kind, Record, Severity, Tells

RECORD = Record(
    "party",
    "intake",
    "A centre, laboratory, plant, carrier, pharmacy or clinic.",
    key=("party_id",),
    columns=(
        Column(1, "party_id", Kind.CODE, "the party's identifier", tells=Tells.PLACE),
        Column(
            2,
            "kind",
            Kind.CHOICE,
            "what it is",
            required=True,
            choices=(
                "centre",
                "laboratory",
                "plant",
                "wholesaler",
                "pharmacy",
                "clinic",
                "patient_home",
            ),
        ),
        Column(3, "name", Kind.TEXT, "its name", required=True),
        Column(4, "address", Kind.TEXT, "where it is", completable=True),
        Column(5, "gln", Kind.CODE, "its GS1 Global Location Number", completable=True),
        # By name and not as an offset: legal days go on through summer time.
        Column(6, "zone", Kind.CODE, "its time zone by IANA name; legal days follow it"),
        # Which screening scheme and which clocks hold hangs on it.
        Column(7, "jurisdiction", Kind.CODE, "whose law applies, as an ISO 3166 code"),
        Column(8, "contact_24h", Kind.TEXT, "whom a recall reaches at night", completable=True),
    ),
    rules=(
        Rule(
            "party.gln.check",
            CheckCharacter("gln", "gs1"),
            "The GLN's check digit is the computed one.",
            "GS1 General Specifications, check digit (S)",
            severity=Severity.WARNING,
        ),
    ),
    # Days of all rules hang on its zone: one small table, made anew as a whole whenever a party
    # comes.
    derives="place",
)
