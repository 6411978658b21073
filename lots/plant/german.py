"""A hospital whose export differs: own column names, semicolons, decimal comma, Latin-1, local times without zone."""

import pyarrow as pa

from lots.plant import parties

DELIMITER, ENCODING = ";", "latin-1"
NAMES = {
    "Einrichtung": "site", "Infusion": "administration", "Patientenschlüssel": "patient_key", "Zyklus": "course",
    "Zyklustag": "day_of_course", "Durchführung": "status", "Ort": "setting", "Erstgabe": "first_dose",
    "Aufsicht": "supervised_by", "Beginn": "started_at", "Ende": "ended_at", "Lfd_Nr": "item",
    "Artikelnummer": "gtin", "Seriennummer": "serial", "Fach": "position", "Charge": "lot_number",
    "Flaschen": "vials", "Gegeben_g": "given_g", "Verworfen_g": "wasted_g",
}
REMARK = "Bemerkung"
REMARKS = ("gut verträglich", "", "Tropf läuft; früher als geplant", "", "Zugang am Unterarm, größere Vene")


def table(ours: pa.Table) -> pa.Table:
    """The table under the hospital's names, with a remark that nobody declared."""
    theirs = {our: their for their, our in NAMES.items()}
    renamed = ours.rename_columns([theirs.get(n, n) for n in ours.column_names])
    remarks = [REMARKS[n % len(REMARKS)] for n in range(ours.num_rows)]
    return renamed.append_column(REMARK, pa.array(remarks, pa.string()))


def profile() -> str:
    """Its profile, as TOML."""
    columns = "\n".join(f'"{their}" = "{our}"' for their, our in NAMES.items())
    return (f'encoding = "{ENCODING}"\ndelimiter = "{DELIMITER}"\ndecimal_comma = true\ntrim = true\n'
            f'zone = "{parties.zone_of(parties.GERMAN)}"\n\n[columns]\n{columns}\n')
