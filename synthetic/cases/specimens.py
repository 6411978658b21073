"""Sound rows beside the plant's own, one kind for each record: seeded faults are changes to these."""

from collections.abc import Mapping

from synthetic.cases import specimens_donors, specimens_making, specimens_reference, specimens_wards
from synthetic.cases.specimen import Judges, Makers, Specimen
from synthetic.world.plan import Plan

MAKERS: Makers = {
    **specimens_reference.MAKERS,
    **specimens_donors.MAKERS,
    **specimens_making.MAKERS,
    **specimens_wards.MAKERS,
}
SENDERS: Mapping[str, str] = {
    **specimens_reference.SENDERS,
    **specimens_donors.SENDERS,
    **specimens_making.SENDERS,
    **specimens_wards.SENDERS,
}
JUDGES: Judges = {**specimens_donors.JUDGES, **specimens_making.JUDGES, **specimens_wards.JUDGES}


def anchored(plan: Plan) -> list[Specimen]:
    """What many specimens name: seeded once, before them."""
    return [*specimens_donors.anchored(plan), *specimens_making.anchored(plan)]
