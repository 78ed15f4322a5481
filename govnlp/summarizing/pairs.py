"""The pairs of characters of sentences, as arrays: what sentences share, and what is said only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.arrays import borders_of, code_points

_ZERO, _NINE = ord("0"), ord("9")
_BITS = 21  # of a code point
_TINY = 1e-12


@dataclass(frozen=True)
class Pairs:
    """The distinct pairs of neighbouring characters of each sentence, all digits taken as 0.

    Attributes:
        names: the distinct pairs of all sentences, ascending (k).
        columns: number of each occurrence's pair in `names` (m), sentence by sentence.
        owner: the sentence of each occurrence (m).
        bounds: where the occurrences of each sentence begin, and where the last end (n + 1).
    """

    names: NDArray[np.int64]
    columns: NDArray[np.intp]
    owner: NDArray[np.intp]
    bounds: NDArray[np.intp]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Pairs:
        """Find the pairs of n sentences."""
        codes = code_points("".join(texts)).astype(np.int64)
        codes[(codes >= _ZERO) & (codes <= _NINE)] = _ZERO
        sentence = np.repeat(np.arange(len(texts)), np.diff(borders_of(texts)))
        inside = np.flatnonzero(sentence[:-1] == sentence[1:])
        pair = (codes[inside] << _BITS) | codes[inside + 1]
        names, column = np.unique(pair, return_inverse=True)
        each = np.sort(sentence[inside] * max(1, len(names)) + column)
        once = each[np.diff(each, prepend=-1) > 0]  # np.unique hashes, which takes ten times as long here
        owner, columns = np.divmod(once, max(1, len(names)))
        return cls(names, columns, owner, np.searchsorted(owner, np.arange(len(texts) + 1)))

    @property
    def sizes(self) -> NDArray[np.intp]:
        """How many distinct pairs each sentence has (n)."""
        return np.diff(self.bounds)

    def of_sentence(self, number: int) -> NDArray[np.intp]:
        """Return the columns of one sentence's pairs."""
        return self.columns[self.bounds[number] : self.bounds[number + 1]]

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return for each sentence the sum of its pairs' values (k values in, n out)."""
        return np.asarray(np.bincount(self.owner, values[self.columns], len(self.bounds) - 1), dtype=float)

    def centrality(self) -> NDArray[np.float64]:
        """Return the cosine of each sentence's idf vector to the sum of all (n)."""
        often = np.bincount(self.columns, minlength=len(self.names))
        idf = np.log1p(len(self.bounds) / np.maximum(often, 1))
        lengths = np.sqrt(np.maximum(self.sums(idf**2), _TINY))
        whole = idf * np.bincount(self.columns, 1 / lengths[self.owner], len(self.names))
        return self.sums(idf * whole) / lengths / max(float(np.linalg.norm(whole)), _TINY)

    def novelty(self) -> NDArray[np.float64]:
        """Return the share of each sentence's pairs that no other sentence has (n)."""
        once = np.bincount(self.columns, minlength=len(self.names)) == 1
        return self.sums(once.astype(float)) / np.maximum(1, self.sizes)
