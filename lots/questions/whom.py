"""Questions about whom vials came to: a patient, and a party that had packs. A trace alone asks
them.
"""

from lots.grammar.column import When
from lots.questions.donations import SAME_PERSON
from lots.questions.path import (
    ABOVE,
    BEFORE,
    FROM_LINES,
    Leg,
    named_by,
    naming,
)
from lots.questions.question import NamedIn, Question

ORDER = 5
OF_PATIENT = Leg(
    "what was dispensed, given or ordered for the person, by any key",
    SAME_PERSON + naming("dispensing.patient", "administration.patient", "treatment_order.patient"),
)
LINES_OF_PATIENT = Leg(
    "the vials of these, and those of preparations for them",
    naming(
        "administration_vial.administration",
        "reconstitution.order",
        "reconstitution_vial.preparation",
        "administration_vial.preparation",
    ),
)
THEIR_LOTS = Leg(
    "their packs and lots",
    named_by(
        *(
            f"{record}.{link}"
            for record in ("dispensing", "reconstitution_vial", "administration_vial")
            for link in ("pack", "lot")
        ),
        "pack.lot",
    ),
)
# Told in words: what came to a party is found by columns of many records, and by no link of one.
AT_PARTY = Leg("what was shipped or delivered to it, counted, used, ended or relabelled there")
PACKS_AT_PARTY = Leg(
    "the packs and lots of these, also those in packages",
    named_by(
        "delivery.shipment",
        "shipment.pack",
        "shipment.lot",
        "shipment.package",
    )
    + naming("package_content.package")
    + named_by(
        "package_content.pack",
        "package_content.lot",
        "package_content.child",
        "stock_count.pack",
        "stock_count.lot",
        "vial_fate.pack",
        "vial_fate.lot",
        "pack.lot",
    ),
)

QUESTIONS = (
    Question(
        "patient",
        "every vial of a patient, by any key of the person",
        (OF_PATIENT, LINES_OF_PATIENT, BEFORE),
        FROM_LINES,
        called=("patient_key",),
        named_in=(
            NamedIn("same_person", "one_key", When("kind", ("patient",))),
            NamedIn("same_person", "other_key", When("kind", ("patient",))),
        ),
        above=(THEIR_LOTS, *ABOVE),
        traced_alone=True,
    ),
    Question(
        "party",
        "the packs that came to a party, and what became of vials there",
        (AT_PARTY, PACKS_AT_PARTY, BEFORE),
        FROM_LINES,
        # Where something came to it or was used there: what a party made or collected is asked by
        # lot or by centre (docs/decisions/worklists.md).
        called=("party_id", "party", "from_party", "to_party", "pharmacy", "site"),
        form="ID",
        above=(THEIR_LOTS, *ABOVE),
        traced_alone=True,
    ),
)
