"""What the records tell now of one pack, at one place. None says that it could not be looked up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of a pack, from the database (sql/scans/ask_pack_facts.sql) or drawn by a test.

    statuses: what decisions say of the lot, seen from the place: words of LOT_STATUSES.
    pack_statuses: what they say of the pack: words of PACK_STATUSES; None where nothing keeps them.
    holds: vials in the pack. to_another: whether it was dispensed to another patient than the one
    who is asked for; None where nobody is asked for or nobody could say. in_bag: vials in the bag
    that is asked for.
    """

    product_known: bool | None  # None, here and below: it could not be looked up
    lot_known: bool | None
    serial_known: bool | None
    list_complete: bool | None  # whether the maker lists every serial
    lot_unlike: bool | None
    relabelled: bool | None
    expired: bool | None
    expiry_unlike: bool | None
    released: bool | None
    statuses: tuple[str, ...] | None
    stopped_elsewhere: bool | None  # in another market
    pack_statuses: tuple[str, ...] | None
    unfit: bool | None
    returned: bool | None
    excursion: bool | None
    lost: bool | None
    holds: int | None
    dispensed: int | None  # vials; as prepared, given and ended
    to_patient: bool | None
    to_others: bool | None
    to_another: bool | None
    prepared: int | None
    in_bag: int | None
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
