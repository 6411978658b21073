"""Which keys can be read in a file that was refused whole: of all its rows, or none of it."""

import gzip
import io

import pytest

from lots.formats import legible
from lots.formats.legible import Legible
from lots.formats.profile import Profile
from lots.records import records

TWO = ("donation", frozenset({("D1",), ("D2",)}))
PACKS = ("pack", frozenset({("09506000134352", "S1")}))
TEXT = "donation_number,donor_key,Abnahme\nD1,P1,x\nD2,P2,x\n"
TERSE = "gtin;serial;manufacturer;vials\n9506000134352;S1;M1;2\n"


def read(data: bytes, name: str = "donation-1.csv", **columns: str) -> Legible | None:
    profile = Profile(sender="C1", columns=columns)
    return legible.keys(io.BytesIO(data), len(data), name, records(), profile)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (TEXT.encode(), TWO),
        (gzip.compress(TEXT.encode(), mtime=0), TWO),
        (TEXT.encode("utf-16"), TWO),
        (b"\xef\xbb\xbf" + TEXT.encode(), TWO),
        (TEXT.replace("P2", "Pé").encode("latin-1"), TWO),
        (TEXT.replace("\n", "\r").encode(), TWO),
        (b"Export of 1 May\n\n" + TEXT.encode(), TWO),
        (TEXT.replace("donation_number", ' "Donation_Number" ').encode(), TWO),
        (TEXT.replace("D2", '" D2 "').encode() + b",,\n\n", TWO),
        # The key of a row that cannot be read might be of anything.
        (TEXT.encode() + b",P3,x\n", None),
        (TEXT.encode() + b"D3,P3\n", None),
        (TEXT.encode() + b"D3,P3,x,y\n", None),
        (TEXT.encode() + "Dé,P3,x\n".encode(), None),
        (TEXT.encode() + b'D3,"P3,x\n', None),
        (gzip.compress(TEXT.encode(), mtime=0)[:-12], None),
        (TEXT.replace("donor_key", "donation_number").encode(), None),
        (TEXT.splitlines()[0].encode(), None),
        (b"", None),
        (b"\x00\x01\x02", None),
    ],
)
def test_all_keys_are_read_or_none(data: bytes, found: Legible | None) -> None:
    assert read(data) == found


def test_the_record_is_the_one_whose_columns_the_header_has() -> None:
    assert read(TERSE.encode(), "pack-1.csv") == PACKS
    assert read(TERSE.encode(), "export.csv") == PACKS
    assert read(TERSE.encode(), "relabelling-1.csv") is None
    assert read(b"plant,batch\nM1,1\n", "export.csv") is None, "many records have this key"
    assert read(TEXT.replace("donation_number", "Nr").encode(), Nr="donation_number") == TWO
