"""Patients: opaque keys, some have two; why they are treated, their weight, what is a risk."""

import numpy as np

from synthetic.world.draws import Ints
from synthetic.world.plan import Plan
from synthetic.writing.columns import Mask, Texts, chosen, joined, opaque

INDICATIONS = ("MS", "PID", "CIDP")
MS, PID, CIDP = range(len(INDICATIONS))
OF_SIX = np.array([MS, MS, PID, MS, CIDP, MS])  # the indications of each six patients
TWO_KEYS = 5  # one patient in so many is known to the pharmacy under another key
# For which infusions run slower.
RISKS = ("heart_failure", "kidney", "diabetes", "circulation", "thrombosis")
AT_RISK = 7  # one patient in so many has one of them
IGA_DEFICIENT = 9


def keys(plan: Plan, patient: Ints) -> Texts:
    """Patients' opaque keys, as their site knows them."""
    return joined(b"P-", opaque(plan.draws.words("patient", patient)))


def key(plan: Plan, patient: int) -> str:
    """One patient's key."""
    return str(keys(plan, np.array([patient]))[0].as_py())


def other_keys(plan: Plan, patient: Ints) -> Texts:
    """The second keys of patients who have one."""
    return joined(b"P-", opaque(plan.draws.words("other key", patient)))


def has_two(patient: Ints) -> Mask:
    """Whether each patient has a second key."""
    return np.asarray(patient % TWO_KEYS == TWO_KEYS - 2)


def with_two_keys(plan: Plan) -> Ints:
    """The patients of whom somebody states that both keys are theirs."""
    everyone = np.arange(plan.patients)
    return everyone[has_two(everyone)]


def at_pharmacy(plan: Plan, patient: Ints) -> Texts:
    """Patients' keys, as their pharmacy knows them."""
    # Where one has two, the pharmacy never learns the key that the site uses.
    return chosen(has_two(patient), other_keys(plan, patient), keys(plan, patient))


def indication(patient: Ints) -> Ints:
    """Why each patient is treated, as a place in INDICATIONS."""
    return OF_SIX[patient % len(OF_SIX)]


def weight(plan: Plan, patient: Ints) -> Ints:
    """Each patient's weight in tenths of a kilogram: 55 to 95 kg, so that 50 g a day are less than
    1 g per kg.
    """
    return 550 + plan.draws.below("patient's weight", patient, 400)


def risk(patient: Ints) -> Ints:
    """The place in RISKS of what puts a patient at risk; -1 for most."""
    return np.where(patient % AT_RISK == AT_RISK - 2, patient // AT_RISK % len(RISKS), -1)


def lacks_iga(patient: Ints) -> Mask:
    """Whether each patient is deficient of IgA."""
    return np.asarray(patient % IGA_DEFICIENT == IGA_DEFICIENT - 2)
