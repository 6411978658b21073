"""What came from outside as a person may see it: nothing of it moves a cursor, colours, hides or
reorders text.

The one place that escapes for terminals and for pages; tests/house sees to that.
"""

import re
from html import escape as html_escape

# Control characters, what reorders or hides text (bidirectional marks, zero widths), other line
# ends, half characters.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text in one line, what cannot be seen as its code: ESC is '\\x1b',
    a line break '\\x0a'.
    """
    return UNSEEN.sub(lambda found: _code(ord(found.group())), text)


def marked(text: str) -> str:
    """The same for the terminal's markup, where a bracket begins a style."""
    from rich.markup import escape

    return escape(visible(text))


def page(text: str) -> str:
    """The same for an HTML page, where a bracket begins a tag."""
    return html_escape(visible(text))


def json_text(document: str) -> str:
    """A JSON document with the same characters as JSON's own escapes: it means the same, and shows
    none of them.
    """
    return UNSEEN.sub(lambda found: _json_code(found.group()), document)


def storable(name: str) -> str:
    """A file's name as text that can be kept: bytes of it that are no UTF-8 as their codes
    ('\\xe9').
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _code(point: int) -> str:
    if 0xDC80 <= point <= 0xDCFF:  # a byte of a file's name that is no UTF-8
        return f"\\x{point - 0xDC00:02x}"
    if point <= 0xFF:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _json_code(character: str) -> str:
    point = ord(character)
    if character == "\n":  # between its parts; within a text it is escaped already
        return character
    if point <= 0xFFFF:
        return f"\\u{point:04x}"
    high, low = divmod(point - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
