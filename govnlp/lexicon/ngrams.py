"""Character n-grams of a corpus with the statistics that tell words from accidents, counted in arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_GAP = "\0"  # between texts; in no n-gram
_OPENING, _CLOSING = "“‘《「『", "”’》」』"


@dataclass(frozen=True)
class Ngrams:
    """All frequent n-grams of one length; every array has one row each.

    `first` is the place of the first occurrence in the joined texts, `count` the number of occurrences, `texts`
    the number of texts that hold it. `cohesion` is the pointwise mutual information of its parts in bits, the
    least over all ways to part it in two. `left` and `right` are the entropies of the neighbouring characters
    in bits, those beyond the quotation marks where it is quoted. `quoted` is the share of occurrences that stand
    in quotation marks.
    """

    length: int
    first: Ints
    count: Ints
    texts: Ints
    cohesion: Floats
    left: Floats
    right: Floats
    quoted: Floats


@dataclass(frozen=True)
class Corpus:
    """Texts joined, as arrays with one row a character."""

    text: str
    codes: Ints
    owner: Ints  # the number of the text that a character belongs to
    border: Flags  # a word begins here
    allowed: Flags  # may stand in an n-gram
    opening: Flags  # opens a quotation
    closing: Flags

    @classmethod
    def of(cls, texts: Sequence[str], words: Sequence[Sequence[str]], inside: str) -> Corpus:
        """Join texts with their words; letters, digits and the characters `inside` may stand in an n-gram."""
        import numpy as np

        text = "".join(one + _GAP for one in texts)
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        alphabet, codes = np.unique(points, return_inverse=True)
        characters = [chr(point) for point in alphabet]
        border = np.zeros(len(points) + 1, bool)
        border[np.cumsum([0, *(len(word) for one in words for word in (*one, _GAP))])] = True
        return cls(
            text,
            codes,
            np.repeat(np.arange(len(texts)), [len(one) + 1 for one in texts]),
            border,
            np.array([c.isalnum() or c in inside for c in characters], bool)[codes],
            np.array([c in _OPENING for c in characters], bool)[codes],
            np.array([c in _CLOSING for c in characters], bool)[codes],
        )

    def ngrams(self, longest: int, min_count: int, cohesion: float, whole: float) -> Iterator[Ngrams]:
        """Yield the n-grams of two to `longest` characters that reach a count, a cohesion and a share of whole ones.

        An occurrence is whole where it begins and ends where words do. An n-gram is counted only where both of its
        parts, one character shorter, are frequent (Apriori).
        """
        import numpy as np

        size = len(self.codes)
        ids = np.where(self.allowed, self.codes, -1)
        counts = [np.where(self.allowed, np.bincount(self.codes)[self.codes], 0)]
        for length in range(2, longest + 1):
            places = np.flatnonzero((ids[:-1] >= 0) & (ids[1:] >= 0))
            _, numbers, count = np.unique(ids[places] * size + ids[places + 1], return_inverse=True, return_counts=True)
            places, numbers = _kept(places, numbers, count >= min_count)
            if not len(places):
                return
            ids = np.full(size, -1)
            ids[places] = numbers
            counts.append(np.zeros(size, np.int64))
            counts[-1][places] = np.bincount(numbers)[numbers]
            rated = self._cohesion(length, _first(places, numbers), counts)
            entire = np.bincount(numbers, self.border[places] & self.border[places + length]) / np.bincount(numbers)
            firm = (rated >= cohesion) & (entire >= whole)
            yield self._measure(length, *_kept(places, numbers, firm), rated[firm])

    def _measure(self, length: int, places: Ints, numbers: Ints, cohesion: Floats) -> Ngrams:
        import numpy as np

        count = np.bincount(numbers)
        before, after = places - 1, places + length
        quoted = self.opening[before] & self.closing[after]
        return Ngrams(
            length,
            _first(places, numbers),
            count,
            np.bincount(_pairs(numbers, self.owner[places])[0]),
            cohesion,
            _entropy(numbers, self.codes[before - quoted], count),
            _entropy(numbers, self.codes[after + quoted], count),
            np.bincount(numbers, quoted) / count,
        )

    def _cohesion(self, length: int, first: Ints, counts: list[Ints]) -> Floats:
        import numpy as np

        pairs = [counts[k - 1][first] * counts[length - k - 1][first + k] for k in range(1, length)]
        total = int(self.allowed.sum())
        cohesion: Floats = np.log2(counts[length - 1][first] * (total / np.maximum.reduce(pairs)))
        return cohesion


def _kept(places: Ints, numbers: Ints, wanted: Flags) -> tuple[Ints, Ints]:
    """Return the occurrences of the n-grams wanted, those numbered anew."""
    here = wanted[numbers]
    return places[here], (wanted.cumsum() - 1)[numbers[here]]


def _first(places: Ints, numbers: Ints) -> Ints:
    """Return the first place of each number; places ascend."""
    import numpy as np

    first = np.empty(numbers.max(initial=-1) + 1, np.int64)
    first[numbers[::-1]] = places[::-1]
    return first


def _pairs(numbers: Ints, values: Ints) -> tuple[Ints, Ints]:
    """Return the number of each distinct pair of number and value, and how often the pair comes."""
    import numpy as np

    span = int(values.max(initial=0)) + 1
    pairs, times = np.unique(numbers * span + values, return_counts=True)
    return pairs // span, times


def _entropy(numbers: Ints, values: Ints, count: Ints) -> Floats:
    """Return the entropy, in bits, of the values that each number has."""
    import numpy as np

    owners, times = _pairs(numbers, values)
    share = times / count[owners]
    return np.bincount(owners, -share * np.log2(share)).astype(np.float64)
