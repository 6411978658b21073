"""The keys of a small world downstream: lots, packs, lines of vials, an infusion; each with what a first
version says, and what another may say otherwise.
"""

GTIN = "04099991000102"
KEYS = {  # record: the keys of a world, each with what a first version says
    "lot": [
        {"manufacturer": "M1", "lot_number": n, "step": "packed", "product": "IG"} for n in "12"
    ],
    "pack": [
        {
            "gtin": GTIN,
            "serial": n,
            "manufacturer": "M1",
            "lot_number": n,
            "step": "packed",
            "vials": "2",
        }
        for n in "12"
    ],
    "relabelling": [
        {
            "gtin": GTIN,
            "serial": "1",
            "new_gtin": GTIN,
            "new_serial": "3",
            "party": "M1",
            "relabelled_at": "2026-05-31T10:00:00Z",
        }
    ],
    "dispensing": [
        {
            "pharmacy": "PH1",
            "dispensing": n,
            "to_kind": "patient",
            "patient_key": "P1",
            "dispensed_at": "2026-06-01T10:00:00Z",
            "gtin": GTIN,
            "serial": n,
            "vials": "1",
        }
        for n in "123"
    ],
    "administration": [
        {
            "site": "H1",
            "administration": "1",
            "patient_key": "P2",
            "status": "given",
            "started_at": "2026-06-01T10:00:00Z",
        }
    ],
    "administration_vial": [
        {
            "site": "H1",
            "administration": "1",
            "item": "1",
            "gtin": GTIN,
            "serial": "1",
            "vials": "1",
        },
        {
            "site": "H1",
            "administration": "1",
            "item": "2",
            "gtin": GTIN,
            "lot_number": "2",
            "vials": "1",
        },
    ],
}
OTHER = {  # what a version says otherwise; empty: it does not say
    "lot": {"product": ["IG2"], "amount": ["", "5"]},
    "pack": {"vials": ["", "1"], "lot_number": ["", "2"], "content_g": ["5"]},
    "relabelling": {"party": ["", "M2"]},
    "dispensing": {"patient_key": ["", "P3", "unknown"], "vials": ["", "2"], "serial": ["", "2"]},
    "administration": {"patient_key": ["", "P3"], "status": ["not_given", ""]},
    "administration_vial": {"vials": ["", "2"], "lot_number": ["", "1"], "given_g": ["5"]},
}
