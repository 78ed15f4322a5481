"""Whose words a block uses: its letter pairs beside those of each article of the page (naive Bayes)."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence

from govnlp.reading.letters import pair_share

_DAMPED = 0.9
_BACKGROUND = 400.0
_SMOOTH = 1200.0


def letter_pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring letters of a text."""
    return set(map("".join, itertools.pairwise(text)))


def compare_wording(pairs: Sequence[set[str]], articles: Sequence[int], count: int, most: float) -> list[list[float]]:
    """Return how much each block's letter pairs are those of each article, as the last walk cut them out.

    An article on 渔港 says it in every paragraph, its neighbour never does; 社区 is in every report and says nothing.
    The weights are log odds (naive Bayes), damped because the pairs of a text hang together.
    """
    said: dict[str, Counter[int]] = {}
    sizes = [0] * count
    for own, article in zip(pairs, articles, strict=True):
        sizes[article] += len(own)
        for pair in own:
            said.setdefault(pair, Counter())[article] += 1
    return [_wording_of(own, articles[i], said, sizes, most) for i, own in enumerate(pairs)]


def _wording_of(
    own: set[str], article: int, said: dict[str, Counter[int]], sizes: Sequence[int], most: float
) -> list[float]:
    # A block is no evidence for the article that it was put into.
    room = [size - (len(own) if a == article else 0) for a, size in enumerate(sizes)]
    everything = sum(room) + 1.0
    row, heard = [0.0] * len(sizes), 0
    for pair in own:
        elsewhere = said[pair].total() - 1
        if elsewhere:
            heard += 1
            usual = _SMOOTH * (elsewhere + _BACKGROUND * pair_share(pair)) / (everything + _BACKGROUND)
            for a, times in said[pair].items():
                row[a] += math.log1p((times - (a == article)) / usual)
    values = [value - heard * math.log1p(size / _SMOOTH) for value, size in zip(row, room, strict=True)]
    return [max(-most, min(most, _DAMPED * value)) for value in values]
