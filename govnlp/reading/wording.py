"""Whose words a block uses: its letter pairs beside those of each article of the page (naive Bayes)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from govnlp.reading.letters import as_counted, pair_shares

_DAMPED = 0.9
_BACKGROUND = 400.0
_SMOOTH = 1200.0


class Wording:
    """The letter pairs of a page's blocks, counted once, to be compared with any parting into articles."""

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy

        known: dict[str, int] = {}
        self.blocks = []
        for text in map(as_counted, texts):
            pairs = dict.fromkeys(map("".join, itertools.pairwise(text)))
            self.blocks.append(numpy.array([known.setdefault(pair, len(known)) for pair in pairs], dtype=numpy.intp))
        self.shares = numpy.array(pair_shares(known))

    def compare(self, articles: Sequence[int], count: int, most: float) -> list[list[float]]:
        """Return how much each block's letter pairs are those of each article; shape (blocks, articles).

        An article on 渔港 says it in every paragraph, its neighbour never does; 社区 is in every report and says
        nothing. The weights are log odds (naive Bayes), damped because the pairs of a text hang together.

        Args:
            articles: the article that each block was put into.
            count: how many articles there are.
            most: what a block's wording may say at most, for or against.
        """
        import numpy

        said, sizes = numpy.zeros((len(self.shares), count)), numpy.zeros(count)
        for own, article in zip(self.blocks, articles, strict=True):
            said[own, article] += 1
            sizes[article] += len(own)
        rows = numpy.zeros((len(self.blocks), count))
        for i, (own, article) in enumerate(zip(self.blocks, articles, strict=True)):
            # A block is no evidence for the article that it was put into.
            times, room = said[own], sizes.copy()
            times[:, article] -= 1
            room[article] -= len(own)
            elsewhere = times.sum(axis=1)
            heard = elsewhere > 0
            usual = elsewhere + _BACKGROUND * self.shares[own]
            usual *= _SMOOTH / (room.sum() + 1.0 + _BACKGROUND)
            rows[i] = numpy.log1p(times[heard] / usual[heard, None]).sum(axis=0)
            rows[i] -= heard.sum() * numpy.log1p(room / _SMOOTH)
        kept: list[list[float]] = numpy.clip(_DAMPED * rows, -most, most).tolist()
        return kept
