"""How a sender writes numbers: its decimal mark, and what groups its thousands; never a factor of
1,000 in silence.
"""

import re
from collections.abc import Callable, Mapping

from lots.formats.kept import NotRead

MARKS: Mapping[str, str] = {  # what a profile may say, and the characters that it stands for
    ".": ".",
    ",": ",",
    "'": "'\u2019",
    " ": " \u00a0\u2009\u202f",
}
# What a person would read as a number: such a text is refused as one, never passed on to be read
# otherwise.
LIKE_A_NUMBER = re.compile(f"-?[0-9][0-9.,{''.join(MARKS.values())}]*")
NO_POINT = (
    'a point where the decimal mark is a comma; grouping = "." in the profile says where it groups'
    " thousands"
)
NO_GROUPS = "what stands between its digits does not group them by threes"


def number(decimal: str, grouping: str, *, whole: bool) -> Callable[[str], str]:
    """What turns a number into the template's way; anything else stays as it came. Raises NotRead.

    decimal: '.' or ','. grouping: one of MARKS, '' for none. whole: no decimal mark is expected.
    """
    fraction = "" if whole else f"(?:[{decimal}][0-9]+)?"
    plain = re.compile(f"-?[0-9]+{fraction}")
    between = MARKS[grouping] if grouping else ""
    grouped = (
        # No group may begin with 0, nor be shorter than three: 0.250 and 3.25 are no thousands.
        re.compile(f"-?[1-9][0-9]{{0,2}}(?:[{between}][0-9]{{3}})+{fraction}") if between else None
    )
    taken_out = str.maketrans(dict.fromkeys(between, "") | ({} if whole else {decimal: "."}))

    def read(value: str) -> str:
        if plain.fullmatch(value) or (grouped and grouped.fullmatch(value)):
            return value.translate(taken_out)
        if LIKE_A_NUMBER.fullmatch(value):
            raise NotRead(
                NO_POINT if decimal == "," and not grouping and "." in value else NO_GROUPS
            )
        return value

    return read
