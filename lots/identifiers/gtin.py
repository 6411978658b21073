"""A GTIN: written with 8, 12, 13 or 14 digits, compared with 14."""

from dataclasses import dataclass

LENGTHS = (8, 12, 13, 14)
DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Gtin:
    """A GTIN-14 whose check digit is right."""

    digits: str

    @classmethod
    def of(cls, written: str) -> "Gtin":
        """The GTIN that was written, filled up to 14 digits. Raises ValueError where it is none."""
        if len(written) not in LENGTHS or not set(written) <= DIGITS:
            raise ValueError(f"'{written}' is no GTIN; expected 8, 12, 13 or 14 digits.")
        if written[-1] != (expected := check_digit(written[:-1])):
            raise ValueError(
                f"'{written}' is no GTIN: its last digit is {written[-1]}; expected the check digit"
                f" {expected}."
            )
        return cls(written.zfill(max(LENGTHS)))

    def __str__(self) -> str:
        return self.digits


def check_digit(body: str) -> str:
    """The digit that completes a GS1 key: weights 3, 1, 3 … from the right (GS1 General
    Specifications).
    """
    total = sum(int(digit) * (1 if n % 2 else 3) for n, digit in enumerate(reversed(body)))
    return str(-total % 10)
