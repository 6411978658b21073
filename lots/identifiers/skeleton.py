"""What is left of a name when what hands, keyboards and printers change is left out (docs/near.md).

PostgreSQL reads the same: lineage.skeleton is made of these tables.
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

SMALL = "abcdefghijklmnopqrstuvwxyz"
CAPITALS = SMALL.upper()


def _span(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


BLANKS = (
    *("\t\n\v\f\r \x85\xa0\xad\u034f\u061c\u1680\u180e\u3000\ufeff", _span(0x1C, 0x1F)),
    *(_span(0x2000, 0x200F), _span(0x2028, 0x202F), _span(0x205F, 0x2064), _span(0x2066, 0x2069)),
)
MARKS = (
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\xa1\xa7\xab\xac\xb0\xb7\xbb\xbf\u2043\u2044\u2212\u2215\u30fb",
    # Hyphens, dashes, quotes and bullets; and accents that stand alone, which NFKC makes of some.
    *(_span(0x2010, 0x2027), _span(0x2030, 0x205E), _span(0x300, 0x34E), _span(0x350, 0x36F)),
)
# Pairs that are taken for one another: O 0 and I L 1 by Crockford's Base32, which reads them so; Q
# 0, Z 2, S 5, G 6 and B 8 by readers of number plates (openalpr/openalpr#203, #307, #717) (S). D
# and 0 too, but series of lots begin with a D: that is shown as one other character.
LOOKS_LIKE = dict(zip("OQILZSGB", "00112568", strict=True))
# Capitals of Cyrillic and Greek that are drawn as those of ASCII are.
DRAWN_LIKE = dict(
    zip(
        "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425"
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
        "ABEKMHOPCTX" + "ABEZHIKMNOPTYX",
        strict=True,
    )
)

_CASE = str.maketrans(SMALL, CAPITALS)
_BLANKS: dict[int, None] = dict.fromkeys(map(ord, "".join(BLANKS)))
_MARKS: dict[int, None] = dict.fromkeys(map(ord, "".join(MARKS)))
_LOOKS = {ord(drawn): LOOKS_LIKE.get(as_, as_) for drawn, as_ in (DRAWN_LIKE | LOOKS_LIKE).items()}
_CLEAN = _CASE | _BLANKS | _MARKS
_FOLD: dict[int, str | None] = {
    ord(s): LOOKS_LIKE.get(c, c) for s, c in zip(SMALL, CAPITALS, strict=True)
}
_FOLD.update({**_LOOKS, **_BLANKS, **_MARKS})
ZERO = "0"


def wide(name: str) -> str:
    """A name with full-width and other compatible forms of letters as the plain ones (NFKC)."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def clean(name: str) -> str:
    """A name in capitals of ASCII, without blanks and marks."""
    return wide(name).translate(_CLEAN)


@lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> str:
    """What is left of a name: clean, each pair of look-alikes one character, no zeros in front.
    Empty where nothing is left, and then near to nothing.
    """
    return wide(name).translate(_FOLD).lstrip(ZERO)


# Each change that a skeleton undoes, in words, and how it is undone.
STEPS: dict[str, Callable[[str], str]] = {
    "full-width or joined letters": wide,
    "blanks": lambda name: name.translate(_BLANKS),
    "hyphens, dots or other marks": lambda name: name.translate(_MARKS),
    "capitals or small letters": lambda name: name.translate(_CASE),
    "characters that look alike, such as O and 0": lambda name: name.translate(_LOOKS),
    "zeros in front": lambda name: name.lstrip(ZERO),
}


@lru_cache(maxsize=1 << 14)
def differences(name: str, known: str) -> tuple[str, ...]:
    """In what two names of one skeleton differ, in words."""
    return tuple(words for words in STEPS if _without(words, name) != _without(words, known))


def _without(words: str, name: str) -> str:
    """A name with all undone but one kind of change."""
    for step, undo in STEPS.items():
        name = name if step == words else undo(name)
    return name
