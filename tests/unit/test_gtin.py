"""A GTIN of any length as the one of 14 digits; what is none says why."""

import pytest

from lots.identifiers.gtin import Gtin, check_digit


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("09506000134352", "09506000134352"),
        ("9506000134352", "09506000134352"),
        ("614141123452", "00614141123452"),
        ("96385074", "00000096385074"),
        ("10614141123459", "10614141123459"),
    ],
)
def test_every_length_is_the_one_of_fourteen_digits(written: str, digits: str) -> None:
    assert str(Gtin.of(written)) == digits
    assert Gtin.of(written) == Gtin.of(digits)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1",
        "9506000134352 ",
        "+950600013435",
        "９506000134352",
        "950600013435²",
        "009506000134352",
        "9.51E+12",
    ],
)
def test_what_has_another_shape_is_none(written: str) -> None:
    with pytest.raises(ValueError, match="is no GTIN") as told:
        Gtin.of(written)
    assert str(told.value) == f"'{written}' is no GTIN; expected 8, 12, 13 or 14 digits."


def test_a_wrong_check_digit_names_the_right_one() -> None:
    with pytest.raises(ValueError, match="expected") as told:
        Gtin.of("9506000134353")
    assert (
        str(told.value)
        == "'9506000134353' is no GTIN: its last digit is 3; expected the check digit 2."
    )


def test_the_check_digit_completes_every_length() -> None:
    assert [
        check_digit(body)
        for body in ("0950600013435", "61414112345", "9638507", "00000000000000000")
    ] == ["2", "2", "4", "0"]
