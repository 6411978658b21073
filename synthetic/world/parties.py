"""Who takes part: made-up parties, where they are and which of them export in their own way."""

from synthetic import data

CENTRES = ("CENTRE-01", "CENTRE-02", "CENTRE-03")
LABORATORY, PLANT, SUPPLIER, WHOLESALER = "LAB-01", "PLANT-01", "SUPPLIER-01", "WHOLESALE-01"
PHARMACIES = ("PHARMACY-01", "PHARMACY-02", "PHARMACY-03")
CLINICS = ("CLINIC-01", "CLINIC-02", "CLINIC-03", "CLINIC-04")
HOMES = ("HOME-01", "HOME-02")
SITES = (*HOMES, *CLINICS)
GERMAN = "CLINIC-03"  # exports with its own columns, in Latin-1, with local times
CARELESS = "CLINIC-04"  # announces its files wrongly, then corrects it
SILENT = "CLINIC-05"  # is sent packs, and says nothing
LAWLESS_CENTRE, LAWLESS_PLANT = "CENTRE-90", "PLANT-90"  # of which nobody says whose law applies
LAWLESS = (LAWLESS_CENTRE, LAWLESS_PLANT)
CASE_CENTRE, LAX_CENTRE, WESTERN_CENTRE = "CENTRE-91", "CENTRE-92", "CENTRE-93"
CASE_PLANT = "PLANT-91"
FULL_LAW, LAX_LAW = "XA", "XB"  # made up for cases of rules; the lax one sets no limit
TOLD: list[dict[str, str]] = data.table("world/parties")["party"]
ZONES = {told["party_id"]: told["zone"] for told in TOLD if "zone" in told}


def gs1(body: str) -> str:
    """A GS1 key with its check digit: weights 3, 1, 3… from the right."""
    total = sum(int(c) * (3 if n % 2 == 0 else 1) for n, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def zone_of(party: str) -> str:
    """The party's zone."""
    return ZONES.get(party, "Europe/Berlin")


def parties() -> list[dict[str, str]]:
    """The row of each."""
    return [_row(number, **told) for number, told in enumerate(TOLD, 1)]


def _row(
    number: int, party_id: str, kind: str, zone: str = "Europe/Berlin", jurisdiction: str = "DE"
) -> dict[str, str]:
    """One of them; its number gives its address and telephone number, neither of which exists."""
    return {
        "party_id": party_id,
        "kind": kind,
        # With quotes and a line's end, so that a reader of CSV has something to do.
        "name": f'{kind.replace("_", " ").capitalize()} "Nr. {number}"',
        "address": f"Musterstraße {number}\n00000 Beispiel",
        "gln": gs1(f"4099999{number:05d}"),
        "zone": zone,
        "jurisdiction": jurisdiction,
        "contact_24h": f"+49 000 {number:06d}",
    }
