"""What figures of answers mean, in words: the same on a terminal and on a page."""

VIALS = {  # docs/counting.md
    "given": "given",
    "not_given": "brought to infusions that were not given",
    "prepared": "prepared",
    "dispensed": "dispensed",
    "prepared_only": "prepared, and on no infusion's line of this answer",
    "dispensed_only": "dispensed, and on no later line of this answer",
    "without_key": "without a patient key",
}
PATIENTS = {
    "given": "given",
    "dispensed_only": "dispensed, and on no later line of this answer",
    "not_given": "prepared, and not given",
}
# In the order in which a lot comes about: trees and lists are told from the pool on.
STEPS = ("pool", "external", "paste", "bulk", "filled", "dried", "packed")
DIFFERENCES = {  # docs/counting.md
    "shipped by count": "shipped by count, {party}: they may stand here twice",
    "delivered by count": "delivered by count, {party}, but {expected} were shipped",
    "in stock by count": ("found in stock by lot and count, {party}, but {expected} were expected"),
    "in stock twice": (
        "found in stock by lot and count, {party}, where {expected} stand by serial: they may be"
        " the same"
    ),
    "ended by count": (
        "returned, destroyed, lost or wasted by count, {party}, but {expected} were expected there"
    ),
    "in several places": (
        "stand here by serial, {party}, but {expected} are known: some stand in several places"
    ),
    "in all": (
        "stand here in all, {party}, but {expected} are known to have been packed: some stand here"
        " twice"
    ),
}


def many(count: int, thing: str, things: str = "") -> str:
    """'1 vial', '1,200 vials'."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"
