"""Rejoin the pieces of paragraphs that column breaks cut: evidence for each pair, one decision for the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from govnlp.reading import ends
from govnlp.reading.joins import best_joins
from govnlp.reading.letters import reads_on

_LEAST_LETTERS, _MOST_LETTERS = -1.0, 6.0
_MOST_SEAM = 10.0
_FAR = 60
_LONG_PAGE = 60_000


@dataclass(frozen=True)
class Weights:
    """What each piece of evidence for or against a join is worth, in one scale; 0 switches it off.

    Attributes:
        open: the upper breaks off, so that leaving it alone costs.
        begin: a factor for how little the lower begins like a paragraph.
        next: the lower stands right below.
        skip: a text stands between them; more for each doubling.
        backwards: the lower stands above the upper.
        other_article: the two seem to belong to different articles.
        letters: a factor for how commonly the lower's first letter follows the upper's last.
        word: the break cut a word of the dictionary.
        elsewhere: a factor for letters across the break that the page writes together elsewhere.
        least: what a join must win.
    """

    open: float = 3.0
    begin: float = 1.0
    next: float = 1.5
    skip: float = 3.0
    backwards: float = 3.0
    other_article: float = 5.0
    letters: float = 1.0
    word: float = 1.0
    elsewhere: float = 1.0
    least: float = 0.0


WEIGHTS = Weights()


@dataclass(frozen=True)
class Piece:
    """A paragraph block as the stitcher sees it.

    Attributes:
        text: its characters without blanks.
        order: its place among the paragraph blocks of the page.
        position: its place among all blocks of the page.
        rank: its place among the pieces that seem to belong to the same article.
        headings: number of headings and headlines above it on the page.
        placed: it begins with the name of an article's place.
        article: the article that it seems to belong to, None when nothing says so.
        sure: how surely it belongs there, 0 to 1.
        continues: a 上接 marker stands right above it.
        leaves: a 下转 marker stands right below it.
    """

    text: str
    order: int
    position: int
    rank: int = 0
    headings: int = 0
    placed: bool = False
    article: int | None = None
    sure: float = 0.0
    continues: bool = False
    leaves: bool = False

    @cached_property
    def open(self) -> bool:
        """Whether it breaks off."""
        return ends.is_open(self.text)

    @cached_property
    def begin(self) -> float:
        """How little it begins like a paragraph; see `ends.fragment_cost`."""
        cost = ends.fragment_cost(self.text)
        return min(cost, 0.0) if self.placed else cost

    @cached_property
    def left_open(self) -> str:
        """The last quote or bracket that it leaves open."""
        return next((c for c in ends.unclosed(self.text)[::-1] if c in ends.OPENERS), "")

    @cached_property
    def closes(self) -> str:
        """The opening half of the first quote or bracket that it closes without having opened it."""
        closer = next((c for c in ends.unclosed(self.text) if c in ends.CLOSERS), "")
        return ends.OPENERS[ends.CLOSERS.index(closer)] if closer else ""

    @property
    def quote_open(self) -> bool:
        """Whether a speech was cut between two of its sentences: "她说：“以前没人管。"."""
        return self.text[-1:] in ends.FINAL and self.left_open in ("“", "「", "『")


def join_pieces(pieces: Sequence[Piece], page_text: str, weights: Weights | None = None) -> dict[int, int]:
    """Return which piece goes on in which: {order of the upper: order of the lower}.

    ("推动社区议事协", "商会每月开一次。") belong together: the upper breaks off, the lower begins mid-sentence, and the
    break cuts a word. Each open end may stay alone at a cost, so that a poor partner is refused.

    Args:
        pieces: the paragraph blocks of one page in page order.
        page_text: all their text, where joins are looked up: what the page says elsewhere supports a join.
        weights: what each piece of evidence is worth; WEIGHTS where not given.
    """
    w = weights or WEIGHTS
    gains: dict[tuple[int, int], float] = {}
    for upper in pieces:
        if not (upper.open or upper.quote_open or upper.leaves):
            continue
        around = page_text if len(page_text) <= _LONG_PAGE else _text_around(upper, pieces)
        for lower in _candidates(upper, pieces):
            gain = _gain(w, upper, lower, around)
            if gain > w.least:
                gains[upper.order, lower.order] = gain
    return best_joins(gains)


def _candidates(upper: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the next paragraphs, and farther ones that begin like the rest of something."""
    low, high = max(0, upper.order - _FAR), upper.order + _FAR
    return [
        v
        for v in pieces[low:high]
        if v.order != upper.order and (0 < v.order - upper.order < 3 or v.begin > 0 or v.continues or upper.leaves)
    ]


def _text_around(upper: Piece, pieces: Sequence[Piece]) -> str:
    """Return the pieces near one, for texts that are longer than any page and have no page breaks."""
    return "\n".join(p.text for p in pieces[max(0, upper.order - _FAR // 2) : upper.order + _FAR // 2])


def _gain(w: Weights, upper: Piece, lower: Piece, page_text: str) -> float:
    """Return what is won by joining two pieces rather than leaving both ends alone."""
    if not upper.open and not _speech_goes_on(upper, lower) and not (upper.leaves and lower.begin >= 2):
        return -math.inf
    gain = (w.open if upper.open else 0.5) + w.begin * max(lower.begin, 0.0)
    gain -= _distance_cost(w, upper, lower) + _article_cost(w, upper, lower)
    return gain + _seam(w, upper, lower, page_text) if gain > -_MOST_SEAM else gain


def _speech_goes_on(upper: Piece, lower: Piece) -> bool:
    return upper.left_open != "" and upper.left_open == lower.closes


def _distance_cost(w: Weights, upper: Piece, lower: Piece) -> float:
    if upper.leaves and lower.continues:
        return -3.0
    steps = lower.order - upper.order
    if steps == 1 and upper.headings == lower.headings:
        return -w.next
    if upper.article != lower.article:
        return _way(w, steps)
    # Other articles' columns between two pieces are no distance for a reader.
    return min(_way(w, steps), _way(w, lower.rank - upper.rank))


def _way(w: Weights, steps: int) -> float:
    """Return the cost of the pieces that stand between two pieces; backwards costs more."""
    skipped = abs(steps) - 1
    skip = w.skip + 0.5 * math.log2(skipped + 1) if skipped > 0 else 0.0
    return skip + (w.backwards if steps < 0 else 0.0)


def _article_cost(w: Weights, upper: Piece, lower: Piece) -> float:
    if upper.article is None or lower.article is None or upper.article == lower.article:
        return 0.0
    return w.other_article * min(upper.sure, lower.sure)


def _seam(w: Weights, upper: Piece, lower: Piece, page_text: str) -> float:
    """Return what speaks for reading the two without a break; at most _MOST_SEAM."""
    word = ends.crossing_word(upper.text, lower.text) if w.word else ""
    # A word of the dictionary that the reports never use is no sign against itself: 动 and 真格.
    lowest = 0.0 if word else _LEAST_LETTERS
    letters = max(lowest, min(_MOST_LETTERS, reads_on(upper.text, lower.text)))
    found = w.letters * letters
    if word:
        found += w.word * (1.0 + 0.5 * (len(word) >= 3))
    return found + w.elsewhere * _said_elsewhere(upper.text, lower.text, page_text)


def _said_elsewhere(upper: str, lower: str, page_text: str) -> float:
    """Return a weight when the page writes the letters across the break together somewhere else too.

    ("选聘议事管", "家12名") is supported by 议事管家 in another paragraph; one letter on each side is little evidence.
    """
    left = right = 0
    if upper[-1:] + lower[:1] in page_text:
        left = right = 1
        while left < 3 and len(upper) > left and upper[-left - 1 :] + lower[:1] in page_text:
            left += 1
        while right < 3 and len(lower) > right and upper[-left:] + lower[: right + 1] in page_text:
            right += 1
    return min(2.5, 0.4 + 0.5 * (left + right - 2)) if left else 0.0
