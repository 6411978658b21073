"""A proof as one text: a row's values and salt, its way to the entry, and the entry's way to a
checkpoint (C2SP tlog-proof). What reads it is verifier.py, alone, with nothing but the standard
library.
"""

from base64 import b64encode
from dataclasses import dataclass

FIRST, TLOG = "plasma-lots proof 1", "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Proof:
    """All that shows that a row stood under an entry.

    form: what the leaf is of; content: the canonical form of the row's values, of which the leaf has
    the hash; index, leaves: the row's place under its entry; groups: wide.groups; entry_form: what
    the entry's leaf is of; entry: its number, from 1 on; path: tree.inclusion; note: the
    checkpoint.
    """

    salt: bytes
    form: bytes
    content: bytes
    index: int
    leaves: int
    groups: list[list[bytes]]
    entry_form: str
    entry: int
    path: list[bytes]
    note: str

    @property
    def text(self) -> str:
        """The proof as a file."""
        lines = [FIRST, f"salt {self.salt.hex()}", f"form {_base64(self.form)}"]
        lines.append(f"content {_base64(self.content)}")
        lines.append(f"row {self.index} of {self.leaves}")
        lines += [f"group {_base64(b''.join(group))}" for group in self.groups]
        # C2SP counts leaves from 0, entries are numbered from 1. From here on any verifier of
        # theirs reads on.
        lines += [f"entry {_base64(self.entry_form.encode())}", "", TLOG, f"index {self.entry - 1}"]
        lines += [_base64(one) for one in self.path]
        return "\n".join([*lines, "", self.note])


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
