"""How pools and lots are named in answers."""

from typing import NamedTuple


class LotName(NamedTuple):
    """A pool or lot by name: whose number it is, the number and the step. In JSON it is the list
    that the command takes for a name.
    """

    maker: str
    number: str
    step: str

    def __str__(self) -> str:
        """As people write it."""
        return f"{self.step} {self.maker}/{self.number}"


SEVERAL = LotName("", "", "")  # lots that are told of together
