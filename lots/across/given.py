"""Rules on dispensing, preparing and giving."""

from lots.across import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, Across
from lots.schema import Severity

ORDER = 7
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
NOTED = (NOT_APPLICABLE, PASS, PENDING, NOTICE)
INFUSION, LINE = "administration", "administration_vial"

RULES = (
    Across("R03.dispensed", "dispensing", "dispensing", "What was dispensed was released before, and not expired.",
           "21 CFR 610.2 (S)", (PASS, PENDING, FINDING)),
    Across("R03.given", LINE, LINE, "What was given was released before, and not expired.", "21 CFR 610.2 (S)", USUAL),
    Across("R04", "reconstitution", "reconstitution", "The diluent is one that the product allows, in its volume.",
           "product label (S, G)", (PASS, PENDING, FINDING), severity=Severity.HIGH, reads=("product_preparation",)),
    Across("R05", INFUSION, INFUSION, "It starts within the hours that the product keeps after reconstitution.",
           "product label (S, G)", USUAL, reads=("product",)),
    Across("R06", INFUSION, INFUSION, "No rate is above the product's maximum, the lower one for a patient at risk.",
           "product label (S, G)", USUAL, reads=("product_preparation",)),
    Across("R07", LINE, LINE, "Given and wasted are together the content of the vials, within 5 %.",
           "the house: every vial is accounted for", USUAL, severity=Severity.WARNING, reads=("product",)),
    Across("R07.daily", INFUSION, INFUSION, "A patient with MS is given at most 1 g per kg on a day.",
           "Ontario guideline (S)", NOTED, severity=Severity.WARNING),
    Across("R08", INFUSION, INFUSION, "A patient who lacks IgA is given a product that is low in IgA.",
           "product label (S)", USUAL, reads=("product",)),
    Across("R09", LINE, LINE, "A vial that was given is of one lot, and that lot of a pool or an external lot.",
           "21 CFR 600.12(a) (S)", USUAL, reads=("reporting_clock",), due=True),
    Across("C05", INFUSION, INFUSION, "The first dose of a patient with MS is supervised.",
           "published MS practice (S)", NOTED, severity=Severity.INFO),
    Across("C01", "course", "course", "A course of MS lasts two days.", "published MS practice (S)",
           (PASS, PENDING, NOTICE), severity=Severity.INFO),
    Across("C03", "course", "course", "Courses of MS begin 21 to 28 days apart.", "published MS practice (S)", NOTED,
           severity=Severity.INFO),
    Across("C04", "course", "course", "A treatment of MS is reviewed in time.", "published MS practice (S)", NOTED,
           severity=Severity.INFO, reads=("reporting_clock",), due=True),
)
