"""Trees, checkpoints and proofs: known answers, and that what is altered is refused."""

import hashlib
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lots.evidence import entry_copy, forms, notes, proofs, signing, tree, verifier, wide
from lots.evidence.differing import differences
from lots.evidence.notes import Checkpoint

# The eight entries of Certificate Transparency's own tests, and the roots of their trees.
ENTRIES = (
    *("", "00", "10", "2021", "3031", "40414243"),
    *("5051525354555657", "606162636465666768696a6b6c6d6e6f"),
)
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = [tree.leaf_hash(bytes.fromhex(entry)) for entry in ENTRIES]
PRIVATE, NAME = bytes(range(32)), "plasma-lots-test"
KEY = signing.public(PRIVATE, NAME)
AT = datetime(2026, 1, 31, tzinfo=UTC)
# RFC 8032, 7.1, test 2 and test 3.
SIGNED = (
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)


def leaves(count: int) -> list[bytes]:
    """So many leaves' hashes."""
    return [tree.leaf_hash(str(n).encode()) for n in range(count)]


def altered(raw: bytes, at: int) -> bytes:
    """Bytes of which one bit is another."""
    at %= len(raw) * 8
    return bytes(b ^ (1 << at % 8) if n == at // 8 else b for n, b in enumerate(raw))


def test_roots_are_those_of_certificate_transparency() -> None:
    edge: list[bytes] = []
    for size, expected in enumerate(ROOTS):
        assert tree.root(LEAVES[:size]).hex() == expected
        assert tree.root_of(edge).hex() == expected
        if size < len(LEAVES):
            edge = tree.grown(edge, size, LEAVES[size])


def test_the_published_consistency_proofs() -> None:
    # RFC 6962, 2.1.3, on its seven leaves: from 3 to 7, from 4 to 7, from 6 to 7.
    seven = leaves(7)
    c, d = seven[2], seven[3]
    g = tree.node_hash(seven[0], seven[1])
    above = tree.root(seven[4:])
    assert tree.consistency(seven, 3) == [c, d, g, above]
    assert tree.consistency(seven, 4) == [above]
    i, j, k = tree.root(seven[4:6]), seven[6], tree.root(seven[:4])
    assert tree.consistency(seven, 6) == [i, j, k]


@given(some.integers(1, 70), some.data())
def test_every_entry_is_shown_and_nothing_else(size: int, drawn: some.DataObject) -> None:
    own = leaves(size)
    index, bit = drawn.draw(some.integers(0, size - 1)), drawn.draw(some.integers(0, 10_000))
    proof, root = tree.inclusion(own, index), tree.root(own)
    assert tree.includes(proof, own[index], index, size, root)
    assert not tree.includes(proof, altered(own[index], bit), index, size, root)
    assert not tree.includes(proof, own[index], index, size, altered(root, bit))
    assert not tree.includes([*proof, root], own[index], index, size, root)
    other = drawn.draw(some.integers(-1, size + 1).filter(lambda n: n != index))
    assert not tree.includes(proof, own[index], other, size, root)
    if proof:
        at = drawn.draw(some.integers(0, len(proof) - 1))
        false = [*proof[:at], altered(proof[at], bit), *proof[at + 1 :]]
        assert not tree.includes(false, own[index], index, size, root)
        assert not tree.includes(proof[1:], own[index], index, size, root)


@given(some.integers(1, 70), some.data())
def test_every_beginning_is_shown_and_nothing_else(size: int, drawn: some.DataObject) -> None:
    own = leaves(size)
    before, bit = drawn.draw(some.integers(1, size)), drawn.draw(some.integers(0, 10_000))
    proof, old, new = tree.consistency(own, before), tree.root(own[:before]), tree.root(own)
    assert tree.extends(proof, before, old, size, new)
    assert not tree.extends(proof, before, altered(old, bit), size, new)
    assert not tree.extends(proof, before, old, size, altered(new, bit))
    assert not tree.extends([*proof, new], before, old, size, new)
    if proof:
        at = drawn.draw(some.integers(0, len(proof) - 1))
        false = [*proof[:at], altered(proof[at], bit), *proof[at + 1 :]]
        assert not tree.extends(false, before, old, size, new)
        assert not tree.extends(proof[1:], before, old, size, new)


@given(some.integers(0, 70))
def test_an_edge_has_the_root_of_its_tree(size: int) -> None:
    edge: list[bytes] = []
    for n, leaf in enumerate(leaves(size)):
        edge = tree.grown(edge, n, leaf)
    assert tree.root_of(edge) == tree.root(leaves(size))
    assert len(edge) == size.bit_count()


WIDE = (1, 2, 255, 256, 257, 513, 65_536, 65_537)


@pytest.mark.parametrize("count", WIDE)
def test_every_row_is_shown_and_nothing_else(count: int) -> None:
    own = leaves(count)
    joined = b"".join(own)
    root = wide.root(joined)
    for index in {0, count // 2, count - 1, min(255, count - 1)}:
        proof = wide.groups(joined, index)
        assert wide.includes(proof, own[index], index, count, root)
        assert not wide.includes(proof, altered(own[index], 7), index, count, root)
        assert not wide.includes(proof, own[index], index + 1, count, root)
        assert not wide.includes([*proof, [root]], own[index], index, count, root)
        for level, group in [(level, group) for level, group in enumerate(proof) if group]:
            false = [*proof[:level], [altered(group[0], 9), *group[1:]], *proof[level + 1 :]]
            assert not wide.includes(false, own[index], index, count, root)
            assert not wide.includes(proof[:level], own[index], index, count, root)


def test_the_wide_root_is_that_of_the_page() -> None:
    own = leaves(257)
    below = [hashlib.sha256(b"\x02" + b"".join(part)).digest() for part in (own[:256], own[256:])]
    assert wide.root(b"".join(own)) == hashlib.sha256(b"\x02" + b"".join(below)).digest()
    assert wide.root(own[0]) == own[0]
    assert wide.root(b"") == hashlib.sha256().digest()


def test_an_inner_node_is_no_row() -> None:
    own = leaves(257)
    joined = b"".join(own)
    node = hashlib.sha256(b"\x02" + b"".join(own[:256])).digest()
    assert not wide.includes(wide.groups(joined, 0)[1:], node, 0, 257, wide.root(joined))


# --- forms ----------------------------------------------------------------------------------------

TEXTS = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(TEXTS, TEXTS)
def test_a_form_is_read_in_one_way(one: str, other: str) -> None:
    form = forms.joined(forms.LEAF, {"one": one, "other": other})
    expected = (forms.LEAF, {"one": one, "other": other})
    assert forms.parted(form) == verifier.parted(form) == expected


def test_an_entry_s_form_is_that_of_the_page() -> None:
    entry = forms.Entry("accepted", {"record": "donor", "receipt": "12"}, AT, "QA", 1, b"\x0a" * 32)
    assert entry.form == (
        "plasma-lots entry 1\x1ekind=accepted\x1eat=0002eca28a25a000\x1eby=QA"
        f"\x1eof.receipt=12\x1eof.record=donor\x1eleaves=1\x1eroot={'0a' * 32}"
    )
    assert entry.leaf == hashlib.sha256(b"\0" + entry.form.encode()).digest()


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2000, 1, 1, tzinfo=UTC), "0000000000000000"),
        (datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC), "fffffffffff0bdc0"),
    ],
)
def test_an_instant_is_written_as_in_a_row(at: datetime, told: str) -> None:
    assert forms.instant(at) == told


# --- notes ----------------------------------------------------------------------------------------


def test_a_checkpoint_is_signed_and_read() -> None:
    checkpoint = Checkpoint(NAME, 8, bytes.fromhex(ROOTS[8]))
    told = signing.signed(PRIVATE, NAME, checkpoint)
    read, (signature,) = notes.read(told)
    assert read == checkpoint
    assert told.split("\n\n")[0] == f"{NAME}\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="
    assert signing.verifies(KEY, read, signature)
    assert not signing.verifies(KEY, replace(read, size=7), signature)
    other = signing.public(bytes(32), NAME)
    assert not signing.verifies(other, read, signature)
    assert notes.key_of(KEY.text) == KEY


@pytest.mark.parametrize(
    "told",
    [
        "",
        "x",
        "a\n1\nAA==\n",
        "a\n01\nAA==\n\n",
        "a\n1\n!\n\n",
        "a\n1\nAA==\nmore\n\n",
        "a\n1\nAA==\n\n- n AA==\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        notes.read(told)


@pytest.mark.parametrize("told", ["", "a", "a+00+AA==", f"b{KEY.text[1:]}", KEY.text[:-4]])
def test_what_is_no_key_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        notes.key_of(told)


# --- the stand-alone verifier ---------------------------------------------------------------------


@pytest.mark.parametrize(("key", "message", "signature"), SIGNED)
def test_signatures_are_those_of_the_standard(key: str, message: str, signature: str) -> None:
    raw = [bytes.fromhex(part) for part in (key, signature, message)]
    assert verifier.signed_by(*raw)
    assert not verifier.signed_by(raw[0], raw[1], raw[2] + b"\0")
    larger = int.from_bytes(raw[1][32:], "little") + verifier.Q
    with pytest.raises(verifier.Wrong, match="too large"):
        verifier.signed_by(raw[0], raw[1][:32] + larger.to_bytes(32, "little"), raw[2])


@given(some.binary(min_size=32, max_size=32), some.binary(max_size=100), some.integers(0, 511))
def test_signatures_agree_with_the_library(private: bytes, message: bytes, bit: int) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    made = Ed25519PrivateKey.from_private_bytes(private)
    public, signature = made.public_key().public_bytes_raw(), made.sign(message)
    assert verifier.signed_by(public, signature, message)
    with suppress(verifier.Wrong):
        assert not verifier.signed_by(public, altered(signature, bit), message)


SALT = bytes(range(32))
# Receipt 1, line 2, version 3, rank 4.
FORM = b"plasma-lots leaf 2" + bytes.fromhex("0000000000000001 0000000000000002 0003 00000004")


def proof(
    rows: int = 300, index: int = 257, entries: int = 5, at: int = 3, sent: bytes = b""
) -> proofs.Proof:
    """A proof of one of so many rows under one of so many entries."""
    content = b"plasma-lots row 1\x1edonor\x1e1=DK-7F3A"
    form = FORM + tree.leaf_hash(content) + sent
    under = leaves(rows)
    under[index] = forms.row_leaf(SALT, form)
    joined = b"".join(under)
    entry = forms.Entry("accepted", {"receipt": "1"}, AT, "QA", rows, wide.root(joined))
    own = leaves(entries)
    own[at] = entry.leaf
    note = signing.signed(PRIVATE, NAME, Checkpoint(NAME, entries, tree.root(own)))
    groups, path = wide.groups(joined, index), tree.inclusion(own, at)
    return proofs.Proof(SALT, form, content, index, rows, groups, entry.form, at + 1, path, note)


def test_a_proof_holds() -> None:
    made = proof()
    shown = verifier.check(made.text, KEY.text)
    assert shown[0] == "Proved: under entry 4 (accepted, by QA) stood"
    assert shown[1:-1] == [
        "    receipt 1, line 2, version 3, rank 4",
        "    plasma-lots row 1",
        "    donor",
        "    1=DK-7F3A",
    ]
    assert verifier.check(made.text, KEY.text, made.note) == shown


@pytest.mark.parametrize(
    ("rows", "index", "entries", "at"), [(1, 0, 1, 0), (256, 255, 8, 7), (257, 256, 2, 0)]
)
def test_proofs_of_small_trees_hold(rows: int, index: int, entries: int, at: int) -> None:
    assert verifier.check(proof(rows, index, entries, at).text, KEY.text)


def test_what_was_sent_is_shown_and_is_no_row_of_its_own() -> None:
    assert verifier.check(proof(sent=b'{"x": "1"}').text, KEY.text)[2] == '    sent {"x": "1"}'
    # What looks like the form of another row.
    made = proof(sent=FORM + tree.leaf_hash(b"another"))
    at = made.form.index(FORM, 1)
    other = replace(made, salt=SALT + made.form[:at], form=made.form[at:], content=b"another")
    with pytest.raises(verifier.Wrong, match="form is another"):
        verifier.check(other.text, KEY.text)


@given(some.data())
def test_no_part_of_a_proof_can_be_altered(drawn: some.DataObject) -> None:
    text = PROOF.text
    at = drawn.draw(some.integers(0, len(text) - 2))
    other = drawn.draw(some.sampled_from("AQgw09+/= \n").filter(lambda c: c != text[at]))
    false = text[:at] + other + text[at + 1 :]
    if _same(false) == _same(text):
        return  # base64 may say one thing in two ways
    with pytest.raises((verifier.Wrong, ValueError, KeyError)):
        verifier.check(false, KEY.text)


def _same(text: str) -> list[object]:
    found: list[object] = []
    for line in text.split("\n"):
        for word in line.split(" "):
            try:
                salt = line.startswith("salt ")  # in digits, of which capitals say the same
                found.append(bytes.fromhex(word) if salt else b64decode(word, validate=True))
            except ValueError:
                found.append(word)
    return found


PROOF = proof()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (replace(PROOF, content=PROOF.content + b"x"), "The values are not those"),
        (replace(PROOF, form=PROOF.form[:-1]), "The values are not those"),
        (replace(PROOF, form=PROOF.form + b"x"), "The row is not of this entry."),
        (replace(PROOF, form=PROOF.form[1:]), "The row's form is another."),
        (replace(PROOF, salt=bytes(16)), "The row's form is another."),
        (replace(PROOF, salt=bytes(32)), "The row is not of this entry."),
        (replace(PROOF, index=256), "The row is not of this entry."),
        (replace(PROOF, leaves=301), "A group has another size."),
        (replace(PROOF, groups=PROOF.groups[:1]), "The row's way to its entry has another length."),
        (replace(PROOF, entry=3), "The entry is not in the tree of this checkpoint."),
        (replace(PROOF, entry=9), "The entry is not in a tree of that size."),
        (replace(PROOF, path=PROOF.path[1:]), "The entry's way to the root is too short."),
    ],
)
def test_a_false_proof_is_told_why(made: proofs.Proof, said: str) -> None:
    with pytest.raises(verifier.Wrong, match=said.replace(".", r"\.")):
        verifier.check(made.text, KEY.text)


def test_a_proof_under_another_key_or_checkpoint_proves_nothing() -> None:
    with pytest.raises(verifier.Wrong, match="not signed by this key"):
        verifier.check(PROOF.text, signing.public(bytes(32), NAME).text)
    with pytest.raises(verifier.Wrong, match="The held checkpoint is another"):
        verifier.check(PROOF.text, KEY.text, proof(entries=6).note)
    checkpoint, (signature,) = notes.read(PROOF.note)
    forged = notes.note(checkpoint, [replace(signature, signature=altered(signature.signature, 3))])
    with pytest.raises(verifier.Wrong):
        verifier.check(replace(PROOF, note=forged).text, KEY.text)


def test_base64_of_a_root_is_that_of_a_checkpoint() -> None:
    assert b64encode(bytes.fromhex(ROOTS[0])).decode() in Checkpoint("a", 0, tree.EMPTY).text


# --- in what leaves differ ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "held", "told"),
    [
        ("abc", "abc", []),
        ("abxd", "abcd", [("changed", 2, 2)]),
        ("abd", "abcd", [("removed", None, 2)]),
        ("abxcd", "abcd", [("inserted", 2, None)]),
        ("acbd", "abcd", [("reordered", 1, 1), ("reordered", 2, 2)]),
        ("ab", "abcd", [("removed", None, 2), ("removed", None, 3)]),
        ("", "a", [("removed", None, 0)]),
        ("xbcy", "abcd", [("changed", 0, 0), ("changed", 3, 3)]),
    ],
)
def test_differences_are_named(
    own: str, held: str, told: list[tuple[str, int | None, int | None]]
) -> None:
    one, other = ([letter.encode() for letter in text] for text in (own, held))
    assert [(d.kind, d.own, d.held) for d in differences(one, other)] == told


@given(some.lists(some.integers(0, 9), unique=True), some.lists(some.integers(0, 9), unique=True))
def test_what_differs_is_told_and_what_is_alike_is_not(one: list[int], other: list[int]) -> None:
    own, held = ([bytes([n]) for n in numbers] for numbers in (one, other))
    assert bool([*differences(own, held)]) == (own != held)


# --- copies outside -------------------------------------------------------------------------------


def test_the_copy_of_an_entry_is_read_as_it_was_written() -> None:
    under = b"".join(tree.leaf_hash(bytes([at])) for at in range(3))
    made = forms.Entry("closing", {"finding": "7"}, AT, "QA", 3, wide.root(under))
    written = entry_copy.written(made, under)
    assert entry_copy.read(written) == (made, under)
    for at in range(len(written)):
        # Whatever is altered is no copy, or that of an entry with another leaf.
        with suppress(ValueError):
            altered = written[:at] + bytes([written[at] ^ 1]) + written[at + 1 :]
            assert entry_copy.read(altered)[0].leaf != made.leaf
    for cut in (b"", written[:3], written[:-1], written + bytes(32)):
        with pytest.raises(ValueError):  # noqa: PT011
            entry_copy.read(cut)
