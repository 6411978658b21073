"""Where a delimited line's quotes stand."""

import re


class Quotes:
    """Where quotes open and close: at a field's beginning, and before a delimiter or the line's
    end.
    """

    def __init__(self, delimiter: bytes) -> None:
        ends = re.escape(delimiter)
        # Each piece is passed by one match, not by each character: a line may have a megabyte.
        self._quoted = re.compile(rb'(?:[^"]|"")*')
        self._plain = re.compile(rb'[^"' + ends + rb"]*")
        self._end = re.compile(rb"(" + ends + rb")|\r?\n?\Z")

    def after(self, line: bytes, *, inside: bool) -> tuple[bool, bool]:
        """(whether the line's quotes stand where they may, whether it ends inside a quoted
        field).
        """
        at = 0
        while True:
            if inside or line[at : at + 1] == b'"':
                at = self._quoted.match(line, at if inside else at + 1).end()  # type: ignore[union-attr]
                if at == len(line):
                    return True, True
                at, inside = at + 1, False
            else:
                at = self._plain.match(line, at).end()  # type: ignore[union-attr]
            end = self._end.match(line, at)
            if end is None:
                return False, False
            if not end.group(1):
                return True, False
            at = end.end()
