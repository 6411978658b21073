"""Sound rows beside the plant's own, a form for each record: seeded faults are changes to these."""

from synthetic.cases import forms_donors, forms_making, forms_packs, forms_reference
from synthetic.cases.specimen import Forms, Specimen, made
from synthetic.world.plan import Plan

FORMS: Forms = {
    **forms_reference.FORMS,
    **forms_donors.FORMS,
    **forms_making.FORMS,
    **forms_packs.FORMS,
}
ALL: Forms = {**FORMS, **forms_making.LOTS}


def specimen(plan: Plan, record: str, number: int) -> Specimen:
    """The sound row of a record of that number."""
    return made(ALL, plan, record, number)


def anchored(plan: Plan) -> list[Specimen]:
    """What many specimens name: seeded once, before them."""
    return [*forms_donors.anchored(plan), *forms_making.anchored(plan)]
