"""Check a proof that `lots prove` wrote, with nothing but Python's standard library.

    python verifier.py PROOF KEY [CHECKPOINT]

PROOF and CHECKPOINT are files; KEY is the installation's verifier key, or a file that has it. With
CHECKPOINT, a copy that somebody holds, the proof's own must be the same one. The format stands in
docs/ledger.md. Ed25519 is written out (RFC 8032); it never signs, so that its time tells nothing.
"""

import hashlib
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from struct import unpack

FIRST, TLOG = "plasma-lots proof 1", "c2sp.org/tlog-proof@v1"
ROW, MARK, WIDTH = b"plasma-lots leaf 2", "\x1e", 256
# The curve of RFC 8032, 5.1: its field, its order, its constant, and a root that decoding needs.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


class Wrong(Exception):
    """Why a proof proves nothing."""


def sha256(*parts: bytes) -> bytes:
    """The hash of parts, one after another."""
    return hashlib.sha256(b"".join(parts)).digest()


def expect(what: object, otherwise: str) -> None:
    """Raise Wrong unless it is so."""
    if not what:
        raise Wrong(otherwise)


def add(a: Point, b: Point) -> Point:
    """The sum of two points of the curve."""
    u, v = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    w, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = v - u, z - w, z + w, v + u
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """A point as many times."""
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def point_of(raw: bytes) -> Point:
    """The point in 32 bytes."""
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    expect(len(raw) == 32 and y < P, "The key or the signature is no point of the curve.")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    # A root of the square, or of its negative: then it lacks a root of minus one.
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    # 0 has no sign: else two spellings would be one point.
    there = (x * x - square) % P == 0 and (x or not sign)
    expect(there, "The key or the signature is no point of the curve.")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a message was signed by a key."""
    expect(len(signature) == 64, "The signature is not of 64 bytes.")
    number = int.from_bytes(signature[32:], "little")
    # Otherwise a signature could be altered and still verify (RFC 8032, 5.1.7).
    expect(number < Q, "The signature's number is too large.")
    public, other = point_of(key), point_of(signature[:32])
    hashed = hashlib.sha512(signature[:32] + key + message).digest()
    left = times(number, BASE)
    right = add(other, times(int.from_bytes(hashed, "little") % Q, public))
    return all((left[n] * right[2] - right[n] * left[2]) % P == 0 for n in (0, 1))


def parted(form: str) -> tuple[str, dict[str, str]]:
    """The first words of a form and its parts; a mark within a part stands twice."""
    first, *parts = form.replace(MARK * 2, "\0").split(MARK)
    each = [part.replace("\0", MARK).partition("=") for part in parts]
    return first, {name: value for name, _, value in each}


def row_root(leaf: bytes, index: int, count: int, groups: list[bytes]) -> bytes:
    """The root over the rows of an entry, from one leaf and the others of each of its nodes."""
    for group in groups:
        others = [group[at : at + 32] for at in range(0, len(group), 32)]
        at = index % WIDTH
        there = min(WIDTH, count - index + at) if count > 1 else 0
        # Else an inner node could be shown as a row of a smaller entry.
        expect(len(others) + 1 == there, "A group has another size.")
        leaf = sha256(b"\x02", *others[:at], leaf, *others[at:])
        index, count = index // WIDTH, -(-count // WIDTH)
    expect((index, count) == (0, 1), "The row's way to its entry has another length.")
    return leaf


def tree_root(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root of the tree of entries (RFC 6962), from one leaf and what stands beside its way."""
    expect(0 <= index < size, "The entry is not in a tree of that size.")
    last = size - 1
    for other in path:
        expect(last, "The entry's way to the root is too long.")
        if index & 1 or index == last:
            leaf = sha256(b"\x01", other, leaf)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            leaf = sha256(b"\x01", leaf, other)
        index, last = index >> 1, last >> 1
    expect(not last, "The entry's way to the root is too short.")
    return leaf


def checkpoint(note: str, key: str) -> tuple[int, bytes]:
    """The size and the root in a signed checkpoint."""
    name, _, rest = key.strip().partition("+")
    raw = b64decode(rest.partition("+")[2], validate=True)
    key_id = sha256(name.encode(), b"\n", raw)[:4]
    expect(len(raw) == 33 and raw[:1] == b"\x01", "The key is no Ed25519 key.")
    expect(rest.startswith(f"{key_id.hex()}+"), "The key's hash is another.")
    body, _, signatures = note.partition("\n\n")
    for line in signatures.splitlines():
        signer, _, told = line.removeprefix("— ").rpartition(" ")
        signature = b64decode(told, validate=True)
        if (signer, signature[:4]) == (name, key_id):
            good = signed_by(raw[1:], signature[4:], f"{body}\n".encode())
            expect(good, "The checkpoint's signature is false.")
            _, size, root = body.split("\n")
            return int(size), b64decode(root, validate=True)
    raise Wrong("The checkpoint is not signed by this key.")


def check(proof: str, key: str, held: str = "") -> list[str]:
    """What a proof shows, line by line. Raises Wrong."""
    own, _, tlog = proof.partition(f"\n\n{TLOG}\n")
    path, _, note = tlog.partition("\n\n")
    expect(own.startswith(f"{FIRST}\n") and note, "This is no proof of plasma-lots.")
    told = [line.partition(" ")[::2] for line in own.splitlines()[1:]]
    one = {name: value for name, value in told if name != "group"}
    form, values, salt = *map(b64decode, (one["form"], one["content"])), bytes.fromhex(one["salt"])
    index, _, count = one["row"].partition(" of ")
    groups = [b64decode(value) for name, value in told if name == "group"]
    # A salt of another length could make a form of what a sender wrote in the midst of one.
    expect(form.startswith(ROW) and len(salt) == 32, "The row's form is another.")
    expect(sha256(b"\x00", values) == form[40:72], "The values are not those that were hashed.")
    root = row_root(sha256(b"\x00", salt, form), int(index), int(count), groups)
    entry_form = b64decode(one["entry"])
    entry = parted(entry_form.decode())[1]
    expect(entry_form.startswith(b"plasma-lots entry 1\x1e"), "The entry's form is another.")
    # The count too, by which the way of the row was read.
    expect((entry["leaves"], entry["root"]) == (count, root.hex()), "The row is not of this entry.")
    number, *others = path.splitlines()
    at = int(number.removeprefix("index "))
    size, signed = checkpoint(note, key)
    reached = tree_root(sha256(b"\x00", entry_form), at, size, [*map(b64decode, others)])
    expect(reached == signed, "The entry is not in the tree of this checkpoint.")
    expect(not held or checkpoint(held, key) == (size, signed), "The held checkpoint is another.")
    return [
        f"Proved: under entry {at + 1} ({entry['kind']}, by {entry['by']}) stood",
        "    receipt {}, line {}, version {}, rank {}".format(*unpack(">qqhi", form[18:40])),
        *([f"    sent {form[72:].decode()}"] if form[72:] else []),
        *(f"    {part}" for part in values.decode().replace(MARK * 2, "\0").split(MARK)),
        f"as checkpoint {size} {b64encode(signed).decode()} says.",
    ]


def main(arguments: list[str]) -> int:
    """0 where the proof holds, 1 where it does not, 2 where the call is wrong."""
    if len(arguments) not in (2, 3):
        print(__doc__)
        return 2
    read = [Path(one).read_text("utf-8") if Path(one).is_file() else one for one in arguments]
    try:
        print("\n".join(ascii(line)[1:-1] for line in check(*read)))
    except (Wrong, ValueError, KeyError) as error:
        print(f"Not proved: {error if isinstance(error, Wrong) else 'it cannot be read.'}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
