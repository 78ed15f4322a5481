"""Rejoin the pieces of paragraphs that column breaks cut: evidence for each pair, one decision for the page."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from govnlp.reading import ends

_ALONE_UPPER = 3.0
_MOST_EVIDENCE = 5.5
_MISMATCH = 5.0
_NEXT = 1.5
_RUN_IN = 0.5
_RUN_IN_HABIT = 2.5
_SKIP = 4.0
_HEADING = 0.8
_BACKWARDS = 3.0
_OTHER_BETWEEN = 0.0
_FAR = 60
_LONG_PAGE = 60_000
_LARGEST = 400


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


def join_pieces(pieces: Sequence[Piece], page_text: str) -> dict[int, int]:
    """Return which piece goes on in which: {order of the upper: order of the lower}.

    ("推动社区议事协", "商会每月开一次。") belong together: the upper breaks off, the lower begins mid-sentence, and the
    break cuts a word. Each open end may stay alone at a cost, so that a poor partner is refused.

    Args:
        pieces: the paragraph blocks of one page in page order.
        page_text: all their text, where joins are looked up: what the page says elsewhere supports a join.
    """
    habit = _run_in_habit(pieces)
    gains: dict[tuple[int, int], float] = {}
    for upper in pieces:
        if not (upper.open or upper.quote_open or upper.leaves):
            continue
        around = page_text if len(page_text) <= _LONG_PAGE else _text_around(upper, pieces)
        for lower in _candidates(upper, pieces):
            gain = _gain(upper, lower, habit[lower.order], around)
            if gain > 0:
                gains[upper.order, lower.order] = gain
    links: dict[int, int] = {}
    for group in _groups(gains):
        links.update(_assign(group))
    return _without_circles(links, gains)


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


def _gain(upper: Piece, lower: Piece, habit: float, page_text: str) -> float:
    """Return what is won by joining two pieces rather than leaving both ends alone."""
    alone = _ALONE_UPPER if upper.open else 0.5
    gain = alone + max(lower.begin, 0.0) - _distance_cost(upper, lower) - _article_cost(upper, lower)
    if lower.begin < 0:
        # "……引导居民，" and below "健全机制。街道……": a run-in head begins a paragraph of its own, where all do.
        gain -= _RUN_IN + _RUN_IN_HABIT * habit
    if lower.headed and lower.begin < 1.8:
        gain -= 1.5
    if not upper.open and not _speech_goes_on(upper, lower) and not (upper.leaves and lower.begin >= 2):
        return -1.0
    return gain + _join_evidence(upper, lower, page_text) if gain > -_MOST_EVIDENCE else gain


def _speech_goes_on(upper: Piece, lower: Piece) -> bool:
    return upper.left_open != "" and upper.left_open == lower.closes


def _distance_cost(upper: Piece, lower: Piece) -> float:
    if upper.leaves and lower.continues:
        return -3.0
    # What follows 上接 was cut somewhere else, what stands above 下转 goes on somewhere else.
    marked = 2.0 * (upper.leaves != lower.continues)
    if lower.order == upper.order + 1 and upper.headings == lower.headings:
        return marked - _NEXT
    cost = _way(lower.order - upper.order, lower.headings - upper.headings)
    if upper.article == lower.article:
        # Other articles' columns between two pieces are no distance for a reader.
        cost = min(cost, _way(lower.rank - upper.rank, lower.own_headings - upper.own_headings) + _OTHER_BETWEEN)
    return cost + marked


def _way(steps: int, headings: int) -> float:
    """Return the cost of the pieces and headings that stand between two pieces; backwards costs more."""
    return _skip_cost(abs(steps) - 1) + _HEADING * min(2, abs(headings)) + (_BACKWARDS if steps < 0 else 0.0)


def _skip_cost(between: int) -> float:
    return _SKIP + 0.5 * math.log2(between + 1) if between > 0 else 0.0


def _article_cost(upper: Piece, lower: Piece) -> float:
    if upper.article is None or lower.article is None:
        return 0.0
    sure = min(upper.sure, lower.sure)
    return _MISMATCH * sure if upper.article != lower.article else -0.5 * sure


def _join_evidence(upper: Piece, lower: Piece, page_text: str) -> float:
    """Return what speaks for reading the two without a break; at most _MOST_EVIDENCE."""
    evidence = 1.5 * _speech_goes_on(upper, lower)
    word = ends.crossing_word(upper.text, lower.text)
    if word:
        evidence += 1.0 + 0.5 * (len(word) >= 3)
    return evidence + _said_elsewhere(upper.text, lower.text, page_text)


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


def _groups(gains: Mapping[tuple[int, int], float]) -> list[dict[tuple[int, int], float]]:
    """Return the pairs in groups that share no end, each decided by itself."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for upper, lower in gains:
        parent[root(("upper", upper))] = root(("lower", lower))
    groups: dict[tuple[str, int], dict[tuple[int, int], float]] = {}
    for (upper, lower), gain in gains.items():
        groups.setdefault(root(("upper", upper)), {})[upper, lower] = gain
    return list(groups.values())


def _assign(gains: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return the best set of pairs of one group: the one that wins most altogether."""
    uppers = sorted({upper for upper, _ in gains})
    lowers = sorted({lower for _, lower in gains})
    if len(gains) == 1:
        return {uppers[0]: lowers[0]}
    if len(uppers) > _LARGEST or len(lowers) > _LARGEST:
        return _assign_greedily(gains)
    import numpy
    from scipy.optimize import linear_sum_assignment

    table = numpy.zeros((len(uppers), len(lowers)))
    rows, columns = {u: i for i, u in enumerate(uppers)}, {v: i for i, v in enumerate(lowers)}
    for (upper, lower), gain in gains.items():
        table[rows[upper], columns[lower]] = gain
    chosen = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return {uppers[i]: lowers[j] for i, j in chosen if table[i, j] > 0}


def _assign_greedily(gains: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return pairs by falling gain; for pages with hundreds of open ends that hang together, which no newspaper has."""
    links: dict[int, int] = {}
    taken: set[int] = set()
    for (upper, lower), _ in sorted(gains.items(), key=lambda item: (-item[1], item[0])):
        if upper not in links and lower not in taken:
            links[upper] = lower
            taken.add(lower)
    return links


def _without_circles(links: dict[int, int], gains: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return the links without those that lead back to where a chain began."""
    free = dict(links)
    settled: set[int] = set()
    for start in links:
        trail: list[int] = []
        seen: set[int] = set()
        at = start
        while at in free and at not in settled and at not in seen:
            seen.add(at)
            trail.append(at)
            at = free[at]
        if at in seen:
            circle = trail[trail.index(at) :]
            del free[min(circle, key=lambda upper: (gains[upper, free[upper]], -upper))]
        settled.update(trail)
    return free
