"""Take the best sentences without saying a thing twice, and restore the article's order.

Greedy: the sentence of highest worth is taken next. Worth is the rating, and falls as words, mechanism, paragraph and
section of the sentence are covered by what was taken (after Carbonell & Goldstein 1998, maximal marginal relevance).
As it only falls, a sentence is looked at again no sooner than it would be next (lazy greedy, Minoux 1978): the time
grows hardly faster than the text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from govnlp.records import Span
from govnlp.summarizing.candidates import Candidates
from govnlp.summarizing.clauses import cut_to

Ratings = NDArray[np.float64]
_REPEATED = 0.6  # share of pairs of characters at which a sentence says what was said
_CUT = 0.8  # what a cut sentence is worth for each of its characters that are kept


@dataclass(frozen=True)
class Balance:
    """How worth falls with what is covered; by default it does not.

    Attributes:
        mechanism: what a sentence keeps of its worth for each sentence taken before of the same mechanism.
        paragraph: likewise, of the same paragraph.
        section: likewise, of the same section.
        repetition: how much of what it repeats is taken off, from 0 to 1.
    """

    mechanism: float = 1.0
    paragraph: float = 1.0
    section: float = 1.0
    repetition: float = 0.0


@dataclass
class _Taken:
    """What the sentences taken so far cover, and how many characters are left."""

    candidates: Candidates
    balance: Balance
    room: float
    mechanisms: Counter[int] = field(default_factory=Counter)
    paragraphs: Counter[int] = field(default_factory=Counter)
    sections: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.said = np.zeros(len(self.candidates.pairs.names), dtype=bool)

    def add(self, number: int, length: int) -> None:
        sentence = self.candidates.sentences[number]
        self.said[self.candidates.pairs.of_sentence(number)] = True
        self.mechanisms[int(self.candidates.mechanism[number])] += 1
        self.paragraphs[sentence.row] += 1
        self.sections[sentence.section] += 1
        self.room -= length

    def share(self, number: int) -> float:
        """Return what is left of a sentence's worth."""
        columns = self.candidates.pairs.of_sentence(number)
        repeated = float(self.said[columns].mean()) if len(columns) else 0.0
        if repeated >= _REPEATED:
            return 0.0
        sentence, mechanism = self.candidates.sentences[number], int(self.candidates.mechanism[number])
        times = self.mechanisms[mechanism] if mechanism >= 0 else 0
        return float(
            (1 - self.balance.repetition * repeated)
            * self.balance.mechanism**times
            * self.balance.paragraph ** self.paragraphs[sentence.row]
            * self.balance.section ** self.sections[sentence.section]
        )

    def fitting(self, number: int) -> tuple[Span, float] | None:
        """Return as much of a sentence as there is room for, and its share of the worth."""
        text = self.candidates.sentences[number].text
        if len(text) <= self.room:
            return (0, len(text)), 1.0
        run = cut_to(text, int(self.room))
        return (run, _CUT * (run[1] - run[0]) / len(text)) if run else None


def select(
    candidates: Candidates, ratings: Ratings, bullets: int, chars: int | None = None, balance: Balance | None = None
) -> list[tuple[int, Span]]:
    """Return the numbers of at most `bullets` sentences in order, each with the run of it that is taken.

    That run is the whole sentence unless all together would have more than `chars` characters. A sentence rated 0 is
    never taken.
    """
    taken = _Taken(candidates, balance or Balance(), float("inf") if chars is None else chars)
    waiting = [(-float(rating), number) for number, rating in enumerate(ratings) if rating > 0]
    heapify(waiting)
    chosen: list[tuple[int, Span]] = []
    while waiting and len(chosen) < bullets:
        _, number = heappop(waiting)
        run = taken.fitting(number)
        worth = ratings[number] * taken.share(number) * run[1] if run else 0.0
        if run is None or worth <= 0:
            continue
        if waiting and (-worth, number) > waiting[0]:
            heappush(waiting, (-worth, number))
            continue
        chosen.append((number, run[0]))
        taken.add(number, run[0][1] - run[0][0])
    return sorted(chosen)
