"""What the records tell now of one pack, at one place. None says that it could not be looked up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of a pack, from the database (sql/scans/pack_facts.sql) or drawn by a test.

    statuses: what decisions say of the lot, seen from the place: words of LOT_STATUSES. pack_statuses:
    what they say of the pack: words of PACK_STATUSES; None where nothing keeps them. holds: vials in the
    pack. patient: whose a dispensed pack is: this, another, or nobody could say (None).
    """

    product_known: bool | None
    lot_known: bool | None
    serial_known: bool | None
    list_complete: bool | None
    lot_unlike: bool | None
    relabelled: bool | None
    expired: bool | None
    expiry_unlike: bool | None
    released: bool | None
    statuses: tuple[str, ...] | None
    stopped_elsewhere: bool | None
    pack_statuses: tuple[str, ...] | None
    unfit: bool | None
    returned: bool | None
    excursion: bool | None
    lost: bool | None
    holds: int | None
    dispensed: int | None
    to_patient: bool | None
    to_others: bool | None
    prepared: int | None
    given: int | None
    ended: int | None
    consigned: bool | None
    delivered: bool | None


# Each is a ground of the table; but for the first two the worst of a lot of several makers counts.
LOT_STATUSES = (
    "released",
    "import",
    "quarantined",
    "recalled",
    "recalled above",
    "exempted",
    "correction",
    "correction read",
)
PACK_STATUSES = ("stopped", "readmitted")
