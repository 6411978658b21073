"""What the walk takes for "not known", from docs/linking.md: the words, and the columns in which
they name nobody.
"""

import re

from tests.walk.columns import COLUMNS, KEYS

Text = dict[str, str]
PERSON, LABEL, NUMBER, PLACE, PACK = "person", "label", "number", "place", "pack"
# In every record that has them.
PERSONS = (
    "donor_key",
    "patient_key",
    "one_key",
    "other_key",
    "prepared_by",
    "approved_by",
    "corrected_by",
    "supervised_by",
)
NUMBERS = (  # likewise
    "administration",
    "preparation",
    "treatment_order",
    "donation_number",
    "minipool",
    "member",
    "pool_number",
    "batch",
    "cycle",
)
UNITS = ("plasma_unit", "pool_unit", "unit_event")
# But in a key.
PLACES = (
    "centre",
    "laboratory",
    "site",
    "party",
    "from_party",
    "to_party",
    "donor_data_holder",
)
HANDLED = ("shipment", "stock_count", "package_content")
OF_LABELS = (
    "dispensing",
    "administration_vial",
    "reconstitution_vial",
    "adverse_reaction",
    "vial_fate",
    "complaint",
)
MATERIALS = (
    "kit_lot",
    "diluent_lot",
    "stopper_lot",
    "filter_lot",
    "prefilter_lot",
    "solvent_lot",
    "detergent_lot",
)
OWN = {
    "dispensing": "dispensing",
    "vial_fate": "fate",
    "complaint": "complaint",
    "adverse_reaction": "reaction",
}
NOTHING = re.compile(
    "[\\s\u200b\ufeff!-/:-@\\[-`{-~\u00a1\u00a7\u00ab\u00b0\u00b4\u00b7\u00bb\u00bf\u2013\u2014"
    "\u2018\u2019\u201c\u201d\u201e\u2022\u2026\uff1f]"
)
WORDS = """
unknown; unk; unkn; ukn; not known; not available; not applicable; not recorded; not documented; not reported;
not provided; not stated; not entered; not given; not readable; not legible; unreadable; illegible; not specified;
unspecified; undefined; unidentified; unassigned; not assigned; missing; empty; blank; no data; no value; no entry;
no info; no information; n/a; nan; nat; null; none; nil; nothing; tbd; tbc; tba; to be determined; to be defined;
to be confirmed; #ref!; #value!; #name?; #div/0!; unbekannt; unbek.; nicht bekannt; n. bek.; keine; kein; keiner;
keine angabe; keine angaben; ohne angabe; ohne; fehlt; fehlend; nicht vorhanden; nicht angegeben; nicht erfasst;
nicht dokumentiert; nicht lesbar; unleserlich; inconnu; inconnue; non connu; non connue; non renseigne;
non renseignee; non disponible; indisponible; aucun; aucune; manquant; manquante; illisible; sans; desconocido;
desconocida; ninguno; ninguna; no disponible; no consta; sin dato; sin datos; desconhecido; desconhecida; nenhum;
sconosciuto; sconosciuta; ignoto; ignota; nessuno; nessuna; non noto; non nota; non disponibile; onbekend; geen;
n.v.t.; niet bekend; ukendt; ukjent; okand; nieznany; nieznana; nieznane; brak; neznamy; neznama
"""
MORE = {
    PERSON: (
        "anon; anonym; anonyme; anonymous; anonymised; anonymized; unnamed; no name; N. N.;"
        " redacted"
    ),
    LABEL: (
        "no lot; no serial; no label; unknown lot; unknown serial; lot unknown; serial unknown; see"
        " label; various; various lots; diverse; multiple; several; mixed"
    ),
    NUMBER: "n/a",
    PLACE: "n/a",
}


def named(record: str) -> dict[str, str]:
    """The columns of a record that name something, each with what it names."""
    kinds = (
        dict.fromkeys(PERSONS, PERSON)
        | dict.fromkeys(NUMBERS, NUMBER)
        | dict.fromkeys(MATERIALS, LABEL)
    )
    kinds |= {name: PLACE for name in PLACES if name not in KEYS[record]}
    if record in UNITS:
        kinds["unit"] = NUMBER
    if record in HANDLED:
        kinds["serial"] = PACK
    if record in OF_LABELS:
        kinds |= dict.fromkeys(("gtin", "serial", "lot_number"), LABEL)
    if record == "donor_exam":
        kinds["reviewed_by"] = PERSON
    if record == "test_result":
        kinds["tested_id"] = PERSON
    if record in OWN:
        kinds[OWN[record]] = NUMBER
    return {name: kinds[name] for name in COLUMNS[record] if name in kinds}


def unknown(record: str, text: Text) -> set[str]:
    """The columns of a row that say that it is not known what they name."""
    return {
        name
        for name, kind in named(record).items()
        if text.get(name)
        and _is_a_word(text[name], kind)
        and (name != "tested_id" or text.get("tested") == "donor")
    }


def emptied(record: str, text: Text) -> Text:
    """The row's text with these columns empty."""
    gone = unknown(record, text)
    return {name: "" if name in gone else value for name, value in text.items()}


def nobody(record: str, column: str, text: str, missing: object) -> bool:
    """Whether a sender's profile says of a column that names something that a text in it is a word
    for not known.
    """
    return bool(text) and _left(text) in words(record, column, missing)


def words(record: str, column: str, missing: object) -> list[str]:
    """What a sender's profile takes for such words in a column."""
    more = missing.get(column, []) if isinstance(missing, dict) and column in named(record) else []
    return [_left(word) for word in more]


def _is_a_word(text: str, kind: str) -> bool:
    left = _left(text)
    fewest = 2 if kind in (NUMBER, PLACE) else 1
    empty = not left or (kind != PACK and re.fullmatch(f"0{{{fewest},}}|X{{2,}}", left))
    return bool(empty) or left in ALL_WORDS[kind]


def _left(text: str) -> str:
    return re.sub("[a-z]", lambda letter: letter[0].upper(), NOTHING.sub("", text))


MORE[PACK] = MORE[LABEL]
ALL_WORDS = {
    kind: {_left(word) for word in f"{WORDS}; {more}".split(";")} for kind, more in MORE.items()
}
