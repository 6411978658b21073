"""Words that stand for "not known" where a person, or a thing on a patient's side, should be named.

One closed list by what a column names. A text is looked at in its bare form: ASCII letters as
capitals, without blanks and marks, so that N/A, "n. a." and #N/A are one word; the words below are
bare forms too.
"""

from collections.abc import Mapping
from enum import StrEnum


class Names(StrEnum):
    """What a column names, and so which words in it stand for not known."""

    PERSON = "person"  # a donor or a patient, by an opaque key
    PLACE = "place"  # a party, by its id
    PACK = "pack"  # which pack, as somebody who ships, counts or packs it says
    # what stands on the label of a pack or material, as somebody else than its maker read it
    LABEL = "label"
    NUMBER = "number"  # what a site itself numbers: an infusion, a preparation, an order, a line


BLANKS = " \t\n\r\v\f\u00a0\u2007\u202f\u200b\ufeff"
MARKS = (
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u00a1\u00a7\u00ab\u00b0\u00b4\u00b7\u00bb\u00bf\u2013\u2014\u2018\u2019"
    "\u201c\u201d\u201e\u2022\u2026\uff1f"
)
SMALL = "abcdefghijklmnopqrstuvwxyz"
ANYWHERE = """
    UNKNOWN UNK UNKN UKN NOTKNOWN NOTAVAILABLE NOTAPPLICABLE NOTRECORDED NOTDOCUMENTED NOTREPORTED NOTPROVIDED
    NOTSTATED NOTENTERED NOTGIVEN NOTREADABLE NOTLEGIBLE UNREADABLE ILLEGIBLE NOTSPECIFIED UNSPECIFIED UNDEFINED
    UNIDENTIFIED UNASSIGNED NOTASSIGNED MISSING EMPTY BLANK NODATA NOVALUE NOENTRY NOINFO NOINFORMATION
    NA NAN NAT NULL NONE NIL NOTHING TBD TBC TBA TOBEDETERMINED TOBEDEFINED TOBECONFIRMED REF VALUE NAME DIV0
    UNBEKANNT UNBEK NICHTBEKANNT NBEK KEINE KEIN KEINER KEINEANGABE KEINEANGABEN OHNEANGABE OHNE FEHLT FEHLEND
    NICHTVORHANDEN NICHTANGEGEBEN NICHTERFASST NICHTDOKUMENTIERT NICHTLESBAR UNLESERLICH
    INCONNU INCONNUE NONCONNU NONCONNUE NONRENSEIGNE NONRENSEIGNEE NONDISPONIBLE INDISPONIBLE AUCUN AUCUNE MANQUANT
    MANQUANTE ILLISIBLE SANS
    DESCONOCIDO DESCONOCIDA NINGUNO NINGUNA NODISPONIBLE NOCONSTA SINDATO SINDATOS DESCONHECIDO DESCONHECIDA NENHUM
    SCONOSCIUTO SCONOSCIUTA IGNOTO IGNOTA NESSUNO NESSUNA NONNOTO NONNOTA NONDISPONIBILE
    ONBEKEND GEEN NVT NIETBEKEND UKENDT UKJENT OKAND NIEZNANY NIEZNANA NIEZNANE BRAK NEZNAMY NEZNAMA
"""
PERSONS = "ANON ANONYM ANONYME ANONYMOUS ANONYMISED ANONYMIZED UNNAMED NONAME NN REDACTED"
LABELS = """
    NOLOT NOSERIAL NOLABEL UNKNOWNLOT UNKNOWNSERIAL LOTUNKNOWN SERIALUNKNOWN SEELABEL VARIOUS VARIOUSLOTS DIVERSE
    MULTIPLE SEVERAL MIXED
"""
WORDS: Mapping[Names, frozenset[str]] = {
    Names.PERSON: frozenset(ANYWHERE.split() + PERSONS.split()),
    Names.LABEL: frozenset(ANYWHERE.split() + LABELS.split()),
    Names.PACK: frozenset(ANYWHERE.split() + LABELS.split()),
    Names.PLACE: frozenset(ANYWHERE.split()),
    Names.NUMBER: frozenset(ANYWHERE.split()),
}
NEVER = 65  # longer than any name: a packer may give such serials
ZEROS: Mapping[Names, int] = {  # so many, or more, say nothing
    Names.PERSON: 1,
    Names.LABEL: 1,
    Names.NUMBER: 2,
    Names.PLACE: 2,
    Names.PACK: NEVER,
}
CROSSES: Mapping[Names, int] = {  # as does the letter X so many times, or more
    Names.PERSON: 2,
    Names.LABEL: 2,
    Names.NUMBER: 2,
    Names.PLACE: 2,
    Names.PACK: NEVER,
}

DIGITS = "123456789"  # a text with one of these stands for itself: no word has any

_BARE = {
    **{ord(letter): letter.upper() for letter in SMALL},
    **dict.fromkeys(map(ord, BLANKS + MARKS)),
}


def bare(text: str) -> str:
    """The bare form of a text."""
    return text.translate(_BARE)


def is_unknown(text: str, names: Names) -> bool:
    """Whether a text that is not empty stands for not known where a column names such a thing."""
    word = bare(text)
    zeros = len(word) >= ZEROS[names] and not word.strip("0")
    crosses = len(word) >= CROSSES[names] and not word.strip("X")
    # Nothing left means blanks and marks alone, such as "-" or "?".
    return not word or zeros or crosses or word in WORDS[names]
