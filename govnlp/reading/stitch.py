"""Rejoin the pieces of paragraphs that column breaks cut: evidence for each pair, one decision for the page."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from govnlp.reading import ends
from govnlp.reading.joins import best_joins
from govnlp.reading.letters import reads_on

_A_PIECE = 1.8  # the cost from which on a beginning is taken for the rest of something
_LEAST_LETTERS, _MOST_LETTERS = -4.0, 6.0
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
        heading: a heading stands between them, at most two count.
        backwards: the lower stands above the upper.
        other_article: the two seem to belong to different articles.
        same_article: the two seem to belong to one article.
        run_in: the lower begins with a run-in head, and all such where the article has the habit.
        headed: a heading stands right above a lower that begins well.
        marker: only one of the two stands at 上接 or 下转.
        speech: the lower closes the quotation that the upper opened.
        letters: a factor for how commonly the lower's first letter follows the upper's last.
        word: the break cut a word of the dictionary.
        elsewhere: a factor for letters across the break that the page writes together elsewhere.
        least: what a join must win.
    """

    open: float = 3.0
    begin: float = 1.0
    next: float = 1.5
    skip: float = 4.0
    heading: float = 0.8
    backwards: float = 3.0
    other_article: float = 5.0
    same_article: float = 0.5
    run_in: float = 0.5
    run_in_habit: float = 2.5
    headed: float = 1.5
    marker: float = 2.0
    speech: float = 1.5
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
        own_headings: number of those that seem to belong to its article.
        headed: a heading stands right above it.
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
    own_headings: int = 0
    headed: bool = False
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
    habit = _run_in_habit(pieces)
    gains: dict[tuple[int, int], float] = {}
    for upper in pieces:
        if not (upper.open or upper.quote_open or upper.leaves):
            continue
        around = page_text if len(page_text) <= _LONG_PAGE else _text_around(upper, pieces)
        for lower in _candidates(upper, pieces):
            gain = _gain(w, upper, lower, habit[lower.order], around)
            if gain > w.least:
                gains[upper.order, lower.order] = gain
    return best_joins(gains)


def _run_in_habit(pieces: Sequence[Piece]) -> list[float]:
    """Return for each piece the share of its article's paragraphs that begin with a run-in head."""
    total, run_in = Counter[int | None](), Counter[int | None]()
    for piece in pieces:
        total[piece.article] += 1
        run_in[piece.article] += piece.begin < 0
    return [run_in[p.article] / total[p.article] for p in pieces]


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


def _gain(w: Weights, upper: Piece, lower: Piece, habit: float, page_text: str) -> float:
    """Return what is won by joining two pieces rather than leaving both ends alone."""
    if not upper.open and not _speech_goes_on(upper, lower) and not (upper.leaves and lower.begin >= 2):
        return -math.inf
    gain = (w.open if upper.open else 0.5) + w.begin * max(lower.begin, 0.0)
    gain -= _distance_cost(w, upper, lower) + _article_cost(w, upper, lower)
    if lower.begin < 0:
        # "……引导居民，" and below "健全机制。街道……": a run-in head begins a paragraph of its own, where all do.
        gain -= w.run_in + w.run_in_habit * habit
    if lower.headed and lower.begin < _A_PIECE:
        gain -= w.headed
    return gain + _seam(w, upper, lower, page_text) if gain > -_MOST_SEAM else gain


def _speech_goes_on(upper: Piece, lower: Piece) -> bool:
    return upper.left_open != "" and upper.left_open == lower.closes


def _distance_cost(w: Weights, upper: Piece, lower: Piece) -> float:
    if upper.leaves and lower.continues:
        return -3.0
    # What follows 上接 was cut somewhere else, what stands above 下转 goes on somewhere else.
    marked = w.marker * (upper.leaves != lower.continues)
    if lower.order == upper.order + 1 and upper.headings == lower.headings:
        return marked - w.next
    cost = _way(w, lower.order - upper.order, lower.headings - upper.headings)
    if upper.article == lower.article:
        # Other articles' columns between two pieces are no distance for a reader.
        cost = min(cost, _way(w, lower.rank - upper.rank, lower.own_headings - upper.own_headings))
    return cost + marked


def _way(w: Weights, steps: int, headings: int) -> float:
    """Return the cost of the pieces and headings that stand between two pieces; backwards costs more."""
    skipped = abs(steps) - 1
    skip = w.skip + 0.5 * math.log2(skipped + 1) if skipped > 0 else 0.0
    return skip + w.heading * min(2, abs(headings)) + (w.backwards if steps < 0 else 0.0)


def _article_cost(w: Weights, upper: Piece, lower: Piece) -> float:
    if upper.article is None or lower.article is None:
        return 0.0
    sure = min(upper.sure, lower.sure)
    return w.other_article * sure if upper.article != lower.article else -w.same_article * sure


def _seam(w: Weights, upper: Piece, lower: Piece, page_text: str) -> float:
    """Return what speaks for reading the two without a break; at most _MOST_SEAM."""
    word = ends.crossing_word(upper.text, lower.text) if w.word else ""
    # A word of the dictionary that the reports never use is no sign against itself: 动 and 真格.
    lowest = 0.0 if word else _LEAST_LETTERS
    letters = max(lowest, min(_MOST_LETTERS, reads_on(upper.text, lower.text)))
    found = w.speech * _speech_goes_on(upper, lower) + w.letters * letters
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
