"""The tree of the rows under one entry: 256 hashes a node, since a file has a million rows.

A node is SHA-256(0x02, its hashes). One leaf is its own root; what is over no leaf is the hash of
nothing. Two hashes a node would cost a million rows a million hashes more
(docs/decisions/ledger.md).
"""

import hashlib
from collections.abc import Sequence

from lots.evidence.tree import EMPTY, SIZE

WIDTH = 256
NODE = b"\x02"
STEP = WIDTH * SIZE


def root(leaves: bytes) -> bytes:
    """The root over leaves' hashes, one after another."""
    while len(leaves) > SIZE:
        leaves = _above(leaves)
    # A single leaf is its own root: most acts put one row, and need no hash more.
    return leaves or EMPTY


def groups(leaves: bytes, index: int) -> list[list[bytes]]:
    """What leads from one leaf to the root: at each level the others of its node, from below."""
    found = []
    while len(leaves) > SIZE:
        begin = index // WIDTH * WIDTH
        node = leaves[begin * SIZE : (begin + WIDTH) * SIZE]
        each = [node[at : at + SIZE] for at in range(0, len(node), SIZE)]
        found.append([*each[: index - begin], *each[index - begin + 1 :]])
        leaves, index = _above(leaves), index // WIDTH
    return found


def includes(
    proof: Sequence[Sequence[bytes]], leaf: bytes, index: int, count: int, of: bytes
) -> bool:
    """Whether such groups lead from a leaf's hash at an index of so many to the root `of` them."""
    if not 0 <= index < count:
        return False
    for others in proof:
        begin = index // WIDTH * WIDTH
        # As many as there are: else an inner node could be shown as a leaf of a smaller tree.
        if count == 1 or len(others) + 1 != min(WIDTH, count - begin):
            return False
        at = index - begin
        leaf = hashlib.sha256(NODE + b"".join([*others[:at], leaf, *others[at:]])).digest()
        index, count = index // WIDTH, -(-count // WIDTH)
    return count == 1 and leaf == of


def _above(hashes: bytes) -> bytes:
    return b"".join(
        hashlib.sha256(NODE + hashes[at : at + STEP]).digest() for at in range(0, len(hashes), STEP)
    )
