"""Finding which words and pairs of characters are features: a whole batch of texts at once, in array steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.arrays import borders_of, code_points

_ZERO, _NINE = ord("0"), ord("9")
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
_POWERS = 1 << 12  # computed at least, so that single texts share them
_LEAD_BITS = 20  # of a hash find its place in the table
_LEAD = np.uint64(64 - _LEAD_BITS)


@dataclass(frozen=True)
class Columns:
    """The columns of strings, found by 64-bit hashes: words and pairs of a whole batch are looked up in array steps.

    Attributes:
        keys: the hashes.
        columns: the column of each.
        slots: for each leading part of a hash, the first of the keys that begin with it, or the number of keys.
        others: the keys that are first of none, ascending: few.
        columns_of_others: the column of each.
    """

    keys: NDArray[np.uint64]
    columns: NDArray[np.int32]
    slots: NDArray[np.int32]
    others: NDArray[np.uint64]
    columns_of_others: NDArray[np.int32]

    @classmethod
    def of(cls, strings: Sequence[str], columns: NDArray[np.int32]) -> Columns:
        """Build the table of strings and their columns."""
        bounds = borders_of(strings)
        keys = Hashes("".join(strings)).of(bounds[:-1], bounds[1:])
        order = np.argsort(keys)
        keys, columns = keys[order], columns[order]
        lead, first = np.unique(keys >> _LEAD, return_index=True)
        slots = np.full(1 << _LEAD_BITS, len(keys), np.int32)
        slots[lead] = first
        others = np.delete(np.arange(len(keys)), first)
        end = np.append(keys, np.uint64(0)), np.append(columns, np.int32(-1))  # where a slot is empty
        return cls(*end, slots, keys[others], columns[others])

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Return the column of each hash, -1 where it is none of the table's."""
        place = self.slots[(keys >> _LEAD).astype(np.intp)]
        alike = self.keys[place] == keys
        found = np.where(alike, self.columns[place], np.int32(-1))
        if len(self.others):
            asked = np.flatnonzero(~alike & (place < len(self.keys) - 1))
            place = np.minimum(np.searchsorted(self.others, keys[asked]), len(self.others) - 1)
            found[asked] = np.where(self.others[place] == keys[asked], self.columns_of_others[place], np.int32(-1))
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
        return _spread((self._sums[ends] - self._sums[starts]) * self._inverse[starts])

    def of_pairs(self) -> NDArray[np.uint64]:
        """Return the hash of every two neighbouring characters, as `of` gives it."""
        return _spread((self._sums[2:] - self._sums[:-2]) * self._inverse[: max(0, len(self._sums) - 2)])


def _spread(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread hashes over all their bits."""
    return np.asarray((hashes ^ (hashes >> np.uint64(29))) * np.uint64(_BASE))


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """Return base**0 to base**count."""
    return _many_powers(base, max(_POWERS, 1 << count.bit_length()))[: count + 1]


@lru_cache(maxsize=4)
def _many_powers(base: int, count: int) -> NDArray[np.uint64]:
    return np.cumprod(np.concatenate([[np.uint64(1)], np.full(count, base, np.uint64)]), dtype=np.uint64)
