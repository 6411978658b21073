"""Random numbers of a seed, a name and an index alone: any part can be made by itself."""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

STEP = np.uint64(0x9E3779B97F4A7C15)
MIX = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)


@dataclass(frozen=True, slots=True)
class Draws:
    """One plant's chance. Different names give independent numbers; one name never gives two
    indices the same word.
    """

    seed: int

    def words(self, name: str, index: Ints) -> Words:
        """64 random bits for each index; distinct indices give distinct words (splitmix64)."""
        start = np.uint64(
            int.from_bytes(
                blake2b(f"{self.seed}:{name}".encode(), digest_size=8).digest(), "little"
            )
        )
        word = index.astype(np.uint64) * STEP + start
        for shift, factor in MIX:
            word ^= word >> shift
            word *= factor
        return word ^ (word >> np.uint64(31))

    def below(self, name: str, index: Ints, limit: int) -> Ints:
        """A whole number from 0 to limit - 1 for each index."""
        return (self.words(name, index) % np.uint64(limit)).astype(np.int64)

    def one(self, name: str, index: int, limit: int) -> int:
        """The same for a single index."""
        return int(self.below(name, np.array([index]), limit)[0])
