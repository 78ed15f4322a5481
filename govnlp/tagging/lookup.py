"""Finding which words and pairs of characters are features: a whole batch of texts at once, in array steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ZERO, _NINE = ord("0"), ord("9")
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
_LEAD = np.uint64(48)  # a hash's leading 16 bits find its place in the table


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code point of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def bounds_of(parts: Sequence[str]) -> NDArray[np.intp]:
    """Return where each part begins when all are joined, and where the last ends."""
    return np.concatenate([[0], np.cumsum(np.fromiter(map(len, parts), np.intp, len(parts)))]).astype(np.intp)


@dataclass(frozen=True)
class Columns:
    """The columns of strings, found by 64-bit hashes: words and pairs of a whole batch are looked up in array steps.

    Attributes:
        keys: the hashes, ascending.
        columns: the column of each.
        first: for each leading part of a hash, the first key that begins with it.
        probes: the most keys that share a leading part.
    """

    keys: NDArray[np.uint64]
    columns: NDArray[np.int32]
    first: NDArray[np.int32]
    probes: int

    @classmethod
    def of(cls, strings: Sequence[str], columns: NDArray[np.int32]) -> Columns:
        """Build the table of strings and their columns."""
        bounds = bounds_of(strings)
        keys = Hashes("".join(strings)).of(bounds[:-1], bounds[1:])
        order = np.argsort(keys)
        lead = (keys[order] >> _LEAD).astype(np.int64)
        first = np.searchsorted(lead, np.arange(1 << 16)).astype(np.int32)
        return cls(keys[order], columns[order], first, int(np.bincount(lead, minlength=1).max()))

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Return the column of each hash, -1 where it is none of the table's."""
        found = np.full(len(keys), -1, np.int32)
        if not len(self.keys):
            return found
        place = self.first[(keys >> _LEAD).astype(np.int64)]
        for _ in range(self.probes):
            inside = np.minimum(place, len(self.keys) - 1)
            found = np.where(self.keys[inside] == keys, self.columns[inside], found)
            place = place + 1
        return found


class Hashes:
    """Hashes of all substrings of a text: polynomials modulo 2**64 over code points, digits all taken as 0."""

    def __init__(self, text: str) -> None:
        codes = code_points(text)
        alike = np.where((codes >= _ZERO) & (codes <= _NINE), _ZERO, codes).astype(np.uint64) + np.uint64(1)
        self._inverse = _powers(_INVERSE, len(codes))
        self._sums = np.concatenate([[np.uint64(0)], np.cumsum(alike * _powers(_BASE, len(codes))[:-1])])

    def of(self, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.uint64]:
        """Return the hash of each substring."""
        hashes = (self._sums[ends] - self._sums[starts]) * self._inverse[starts]
        return np.asarray(hashes ^ (hashes >> np.uint64(29))) * _BASE


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    return np.cumprod(np.concatenate([[np.uint64(1)], np.full(count, base, np.uint64)]), dtype=np.uint64)
