"""Who takes part: made-up parties, where they are and which of them export in their own way."""

from dataclasses import dataclass

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
CASE_LAWS = {
    CASE_CENTRE: FULL_LAW,
    WESTERN_CENTRE: FULL_LAW,
    CASE_PLANT: FULL_LAW,
    LAX_CENTRE: LAX_LAW,
}
ZONES = {
    "CENTRE-02": "America/Chicago",
    WESTERN_CENTRE: "America/Chicago",
    "CENTRE-03": "Europe/Vienna",
    "PHARMACY-03": "Europe/Zurich",
}

LAWS = {"America/Chicago": "US", "Europe/Vienna": "AT", "Europe/Zurich": "CH"}


@dataclass(frozen=True, slots=True)
class Party:
    """One party's row."""

    party_id: str
    kind: str
    name: str
    address: str
    gln: str
    zone: str
    jurisdiction: str
    contact_24h: str


def gs1(body: str) -> str:
    """A GS1 key with its check digit: weights 3, 1, 3… from the right."""
    total = sum(int(c) * (3 if n % 2 == 0 else 1) for n, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def zone_of(party: str) -> str:
    """The party's zone."""
    return ZONES.get(party, "Europe/Berlin")


def party(number: int, party_id: str, kind: str) -> Party:
    """The row of one party; numbers give the addresses and telephone numbers, none of which exists."""
    zone = zone_of(party_id)
    name = f'{kind.replace("_", " ").capitalize()} "Nr. {number}"'
    law = "" if party_id in LAWLESS else CASE_LAWS.get(party_id, LAWS.get(zone, "DE"))
    return Party(
        party_id,
        kind,
        name,
        f"Musterstraße {number}\n00000 Beispiel",
        gs1(f"4099999{number:05d}"),
        zone,
        law,
        f"+49 000 {number:06d}",
    )


EVERYONE = {  # and what each is
    **dict.fromkeys(CENTRES, "centre"),
    LABORATORY: "laboratory",
    **dict.fromkeys((PLANT, SUPPLIER), "plant"),
    WHOLESALER: "wholesaler",
    **dict.fromkeys(PHARMACIES, "pharmacy"),
    **dict.fromkeys(CLINICS, "clinic"),
    **dict.fromkeys(HOMES, "patient_home"),
    SILENT: "clinic",
    LAWLESS_CENTRE: "centre",
    LAWLESS_PLANT: "plant",
    **dict.fromkeys((CASE_CENTRE, WESTERN_CENTRE), "centre"),
    CASE_PLANT: "plant",
    LAX_CENTRE: "centre",
}


def parties() -> list[Party]:
    """All of them."""
    return [party(n, *who) for n, who in enumerate(EVERYONE.items(), 1)]
