"""Sound rows beside the plant's own: what is known of donors besides their donations."""

from synthetic.cases import anchors
from synthetic.cases.specimen import Specimen
from synthetic.world.parties import LAWLESS_CENTRE
from synthetic.world.plan import Plan


def deferral(_: Plan, n: int) -> Specimen:
    """A donor who never gave, and may not for some weeks."""
    return Specimen(
        "deferral",
        n,
        {
            "centre": LAWLESS_CENTRE,
            "deferral": f"DFX-{n:06d}",
            "donor_key": anchors.IDLE,
            "cause": "travel",
            "deferred_from": "2025-03-01",
            "deferred_until": "2025-07-01",
        },
    )


def donor_exam(_: Plan, n: int) -> Specimen:
    """An examination of a donor who never gave."""
    return Specimen(
        "donor_exam",
        n,
        {
            "centre": LAWLESS_CENTRE,
            "exam": f"EXX-{n:06d}",
            "donor_key": anchors.IDLE,
            "kind": "physical",
            "examined_on": "2025-03-01",
            "reviewed_on": "2025-03-02",
            "reviewed_by": "MD-1",
            "conclusion": "suitable",
        },
    )


def same_person(_: Plan, n: int) -> Specimen:
    """Two keys that no donation has."""
    return Specimen(
        "same_person",
        n,
        {
            "party": LAWLESS_CENTRE,
            "statement": f"SPX-{n:06d}",
            "kind": "donor",
            "one_key": f"D-XONE{n}",
            "other_key": f"D-XOTHER{n}",
            "confidence": "probable",
            "stated_by": "MD-1",
            "stated_at": "2025-03-01T12:00:00+01:00",
            "status": "stated",
        },
    )


def post_donation_information(_: Plan, n: int) -> Specimen:
    """What became known of one donation."""
    return Specimen(
        "post_donation_information",
        n,
        {
            "centre": LAWLESS_CENTRE,
            "information": f"PDIX-{n:06d}",
            "donor_key": anchors.IDLE,
            "donation_number": anchors.INFORMED,
            "kind": "travel",
            "effective_on": "2025-05-01",
            "learned_at": "2025-08-01T12:00:00+02:00",
            "reviewed_at": "2025-08-02T12:00:00+02:00",
        },
    )
