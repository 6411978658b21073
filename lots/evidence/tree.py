"""The tree of entries: RFC 6962, so that whoever knows Certificate Transparency can check it.

A tree grows at its end alone. What is kept of it is its edge: the roots of the full subtrees from
left to right, at most one for each size, from which its root follows and to which one leaf is
added.
"""

import hashlib
from collections.abc import Sequence

LEAF, NODE = b"\x00", b"\x01"  # so that no inner node can be shown as a leaf
# RFC 6962: the root of no entry is the hash of nothing.
EMPTY = hashlib.sha256().digest()
SIZE = 32


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf's bytes."""
    return hashlib.sha256(LEAF + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others."""
    return hashlib.sha256(NODE + left + right).digest()


def grown(edge: Sequence[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The edge of a tree of that size with one leaf's hash more."""
    new, here = [*edge], leaf
    # Each full subtree on the right that has a neighbour of its size becomes one with it.
    while size & 1:
        here, size = node_hash(new.pop(), here), size >> 1
    return [*new, here]


def root_of(edge: Sequence[bytes]) -> bytes:
    """The root of a tree, from its edge."""
    if not edge:
        return EMPTY
    *others, root = edge
    # From the right, where the smallest subtrees stand: the deepest of the tree.
    for left in reversed(others):
        root = node_hash(left, root)
    return root


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaves' hashes."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY
    at = _split(len(leaves))
    return node_hash(root(leaves[:at]), root(leaves[at:]))


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from one leaf to the root, from below."""
    if len(leaves) == 1:
        return []
    at = _split(len(leaves))
    if index < at:
        return [*inclusion(leaves[:at], index), root(leaves[at:])]
    return [*inclusion(leaves[at:], index - at), root(leaves[:at])]


def consistency(leaves: Sequence[bytes], before: int) -> list[bytes]:
    """The hashes that show that the tree of the first `before` leaves is the beginning of this
    one.
    """
    # whole: the tree of before is still a node of this one, whose root the verifier knows already.
    return _consistency(leaves, before, whole=True) if before else []


def _consistency(leaves: Sequence[bytes], before: int, *, whole: bool) -> list[bytes]:
    if before == len(leaves):
        return [] if whole else [root(leaves)]
    at = _split(len(leaves))
    if before <= at:
        return [*_consistency(leaves[:at], before, whole=whole), root(leaves[at:])]
    return [*_consistency(leaves[at:], before - at, whole=False), root(leaves[:at])]


def includes(proof: Sequence[bytes], leaf: bytes, index: int, size: int, of: bytes) -> bool:
    """Whether a proof leads from a leaf's hash at an index to the root `of` a tree of that size."""
    if not 0 <= index < size:
        return False
    here, last = leaf, size - 1
    for other in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            here = node_hash(other, here)
            # On the right edge there are steps at which nothing stands beside it.
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            here = node_hash(here, other)
        index, last = index >> 1, last >> 1
    # At the very top, and not before: a shorter way would make a node pass for a leaf.
    return last == 0 and here == of


def extends(proof: Sequence[bytes], before: int, old: bytes, size: int, of: bytes) -> bool:
    """Whether a proof shows that the tree with root `old` is the beginning of that with root
    `of`.
    """
    if before == size:
        return not proof and old == of
    # Of nothing everything is a continuation, and there is nothing to show.
    if before == 0:
        return not proof
    if not before < size or not proof:
        return False
    # A full tree is a node of the larger one, and is not sent along.
    hashes = [*proof] if before & (before - 1) else [old, *proof]
    here, last = before - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    first = second = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            first, second = node_hash(other, first), node_hash(other, second)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            second = node_hash(second, other)
        here, last = here >> 1, last >> 1
    return last == 0 and first == old and second == of


def _split(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << ((size - 1).bit_length() - 1)
