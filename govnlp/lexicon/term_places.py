"""Which terms stand in a text that a segmenter has cut.

A term's end must be a word's end: where it would tear a word that the segmenter's dictionary knows, the term is no
term there. Of terms that overlap, those stay whose squared lengths add up to most (weighted interval scheduling).
For one text `untorn` and `heaviest` find them match by match; for many texts joined `place_terms` finds the same in
array steps, which is faster from some thousand characters on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

Match = tuple[int, int, int]  # number of the term, start, end
Place = tuple[int, int, int, int]  # start, end, the word in which it starts, the border at or after its end


def untorn(
    words: list[str], borders: list[int], matches: Iterable[Match], has_word: Callable[[str], bool]
) -> Iterator[Place]:
    """Yield the places of terms whose ends go through no word of the segmenter's dictionary.

    小组长 in 楼栋党小组长 is such a word, and 党小组 no term there; 栋党, which the segmenter guessed from
    楼栋党小组, is none.

    Args:
        words: the words of the text.
        borders: where each begins, and where the last ends.
        matches: all occurrences of terms, also overlapping ones, in order of their ends.
        has_word: whether the segmenter's dictionary knows a word.
    """
    for _, start, end in matches:
        first = bisect_right(borders, start) - 1
        if borders[first] != start and has_word(words[first]):
            continue
        last = bisect_left(borders, end, first)
        if borders[last] == end or not has_word(words[last - 1]):
            yield start, end, first, last


def heaviest(places: Iterable[Place]) -> Iterator[Place]:
    """Yield, from the last to the first, the places that do not overlap and together weigh most.

    They are given in order of their ends. A term weighs its squared length: 养老服务中心 goes before 社区养老 in
    社区养老服务中心. Of equals the first stays: 基层治理 in 基层治理效能.
    """
    ends, weights = [0], [0]
    choices: list[Any] = [None]  # the best choice up to each end: its last place, and the choice before that
    for place in places:
        start, end, _, _ = place
        before = -1 if start >= ends[-1] else bisect_right(ends, start) - 1
        weight = weights[before] + (end - start) ** 2
        if weight > weights[-1]:
            ends.append(end)
            weights.append(weight)
            choices.append((place, choices[before]))
    choice = choices[-1]
    while choice:
        place, choice = choice
        yield place


@dataclass(frozen=True)
class TermPlaces:
    """The terms of a cut text, in order; no two overlap.

    Attributes:
        starts, ends: the place of each.
        first: the word in which each starts.
        last: the border of words at or after each end.
    """

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    first: NDArray[np.intp]
    last: NDArray[np.intp]

    def borders_with(self, borders: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the borders of words once each term is one word."""
        count = len(borders) + 1
        opened = np.bincount(self.first + 1, minlength=count) - np.bincount(self.last, minlength=count)
        outside = borders[np.cumsum(opened[:-1]) == 0]
        starts = self.starts[borders[self.first] != self.starts]
        ends = self.ends[borders[self.last] != self.ends]
        new = np.unique(np.concatenate([starts, ends]))
        return np.insert(outside, np.searchsorted(outside, new), new)


def place_terms(
    matches: Sequence[Match], text: str, borders: NDArray[np.intp], has_word: Callable[[str], bool]
) -> TermPlaces:
    """Return the terms that stand in a text: those of `heaviest` among the `untorn`."""
    _, starts, ends = np.fromiter(chain.from_iterable(matches), np.intp, 3 * len(matches)).reshape(-1, 3).T
    first = np.searchsorted(borders, starts, "right") - 1
    last = np.searchsorted(borders, ends, "left")
    whole = np.ones(len(starts), dtype=bool)
    for torn, word in ((borders[first] != starts, first), (borders[last] != ends, last - 1)):
        for match in np.flatnonzero(torn & whole).tolist():
            whole[match] = not has_word(text[borders[word[match]] : borders[word[match] + 1]])
    kept = np.flatnonzero(whole)
    chosen = kept[_choose(starts[kept], ends[kept])]
    return TermPlaces(starts[chosen], ends[chosen], first[chosen], last[chosen])


def _choose(starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return which places, given in order of their ends, do not overlap and together weigh most, from left to right.

    Places that overlap make a cluster. Where its first and longest place holds all others, as 养老服务中心 holds
    养老服务 and 服务中心, that one weighs most.
    """
    if not len(starts):
        return np.zeros(0, np.intp)
    order = np.lexsort((-ends, starts))
    reach = np.maximum.accumulate(ends[order])
    heads = np.flatnonzero(np.concatenate([[True], starts[order][1:] >= reach[:-1]]))
    bounds = np.append(heads, len(order))
    holds_all = ends[order[heads]] == reach[bounds[1:] - 1]
    chosen = [order[heads[holds_all]]]
    for head in np.flatnonzero(~holds_all).tolist():
        cluster = np.sort(order[bounds[head] : bounds[head + 1]]).tolist()
        best = heaviest((starts[place], ends[place], place, place) for place in cluster)
        chosen.append(np.array([place for _, _, place, _ in best]))
    found = np.concatenate(chosen)
    return np.asarray(found[np.argsort(starts[found])])
