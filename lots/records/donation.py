"""One giving of plasma by one donor."""

from decimal import Decimal

from lots.grammar.column import Column, Link, Rule, When
from lots.grammar.columns import DRAWN, IN_BLOOD, WEIGHT
from lots.grammar.schema import (
    AtMostByBand,
    Between,
    CheckCharacter,
    Holds,
    Kind,
    Names,
    Outcome,
    Record,
    Severity,
    Shaped,
    Tells,
)

ISBT = When("scheme", ("ISBT128",))
SOURCE = When("plasma_kind", ("source",))
BANDS = (  # 110, 150 and 175 lb; these two to the third digit, as pounds are turned
    (Decimal(50), Decimal(690)),
    (Decimal("68.039"), Decimal(825)),
    (Decimal("79.379"), Decimal(880)),
)

RECORD = Record(
    "donation",
    "donor_screening",
    "One giving of plasma by one donor.",
    # The number alone: two schemes that give one number to two donations are contested, and both
    # walked.
    key=("donation_number",),
    columns=(
        Column(
            1,
            "donation_number",
            Kind.CODE,
            "the donation's number; in ISBT 128 its 13 characters",
            names=Names.NUMBER,
        ),
        Column(
            2,
            "scheme",
            Kind.CHOICE,
            "who numbers: ISBT128 or the centre's own way",
            required=True,
            choices=("ISBT128", "own"),
        ),
        # Apart from the number, which has none of its 13 characters for it: on a label it stands in
        # a box beside.
        Column(3, "check_character", Kind.CODE, "the boxed check character, where it was sent"),
        Column(
            4,
            "donor_key",
            Kind.CODE,
            "opaque key of the donor",
            required=True,
            tells=Tells.DONOR,
            completable=True,
        ),
        Column(
            5,
            "centre",
            Kind.CODE,
            "where it was given (party id)",
            required=True,
            tells=Tells.PLACE,
            completable=True,
        ),
        Column(
            6,
            "plasma_kind",
            Kind.CHOICE,
            "source (by apheresis) or recovered (from whole blood)",
            required=True,
            choices=("source", "recovered"),
        ),
        # Its end, from which plasma must be frozen in time; the days between donations are counted
        # by it too.
        Column(
            7,
            "collected_at",
            Kind.INSTANT,
            "when the donation ended",
            required=True,
            happened=True,
            completable=True,
        ),
        # Both volumes: the nomogram is of what was drawn, a pool is filled with plasma alone.
        Column(
            8,
            "collected_ml",
            Kind.AMOUNT,
            "volume collected, anticoagulant included",
            "mL",
            digits=(5, 3),
            limits=DRAWN,
            completable=True,
        ),
        Column(
            9,
            "plasma_ml",
            Kind.AMOUNT,
            "volume of plasma alone",
            "mL",
            digits=(5, 3),
            limits=DRAWN,
            completable=True,
        ),
        Column(
            10,
            "donor_weight_kg",
            Kind.AMOUNT,
            "the donor's weight on that day",
            "kg",
            digits=(3, 3),
            limits=WEIGHT,
            completable=True,
        ),
        Column(
            11,
            "total_protein_g_dl",
            Kind.AMOUNT,
            "total protein in plasma or serum",
            "g/dL",
            digits=(3, 3),
            limits=IN_BLOOD,
            completable=True,
        ),
        Column(
            12,
            "haemoglobin_g_dl",
            Kind.AMOUNT,
            "haemoglobin",
            "g/dL",
            digits=(3, 3),
            limits=IN_BLOOD,
            completable=True,
        ),
    ),
    links=(
        # By a part of the donor's key: a donor has a row for each day on which something changed.
        Link("donor", ("donor_key",), "donor", on=("donor_key",)),
        Link("centre", ("centre",), "party"),
    ),
    rules=(
        # Another shape is a finding alone: such a number may still be the one by which its units
        # are known.
        Rule(
            "D01.shape",
            Shaped("donation_number", "[A-NP-Z1-9][A-Z0-9]{4}[0-9]{8}"),
            "An ISBT 128 donation number has a facility of five, a year of two and six digits.",
            "ISBT 128 ST-001 (G)",
            severity=Severity.CRITICAL,
            holds=Holds.UNIT,
            when=ISBT,
        ),
        Rule(
            "D01.check",
            CheckCharacter("donation_number", "mod37-2", "check_character"),
            "The check character that was sent is the computed one (ISO 7064 mod 37-2).",
            # A number whose own check character contradicts it was misread: taken as it is, it
            # would name somebody else's donation.
            "Red Book Annex 2 (S)",
            Outcome.REFUSE,
            severity=Severity.CRITICAL,
            when=ISBT,
        ),
        # Volume, weight and haemoglobin are the donor's care: they hold no unit.
        Rule(
            "D03",
            AtMostByBand("collected_ml", "donor_weight_kg", BANDS),
            "The collected volume is within the nomogram for the donor's weight.",
            "FDA memorandum of 4 Nov 1992 (G)",
            severity=Severity.CRITICAL,
            unit="mL",
            when=SOURCE,
            # Two since the bands are turned from pounds to the third digit.
            version=2,
        ),
        # Of the plasma itself, unlike volume and weight of its donor: so it holds the unit.
        Rule(
            "D04",
            Between("total_protein_g_dl", Decimal("6.0"), Decimal("9.0")),
            "Total protein is 6.0 to 9.0 g/dL.",
            "21 CFR 640.63(c)(5) (S); upper bound 630.15(b)(4) (G)",
            severity=Severity.CRITICAL,
            holds=Holds.UNIT,
            unit="g/dL",
            when=SOURCE,
        ),
        Rule(
            "D05.weight",
            Between("donor_weight_kg", Decimal(50)),
            "The donor weighs at least 50 kg.",
            "21 CFR 640.63(c)(6) (S)",
            severity=Severity.CRITICAL,
            unit="kg",
            when=SOURCE,
        ),
        Rule(
            "D05.haemoglobin",
            Between("haemoglobin_g_dl", Decimal("12.5")),
            "Haemoglobin is at least 12.5 g/dL.",
            "21 CFR 640.63(c)(3) (S)",
            severity=Severity.CRITICAL,
            unit="g/dL",
            when=SOURCE,
        ),
    ),
    at="collected_at",
    holds=Holds.UNIT,
    expected=True,
)
