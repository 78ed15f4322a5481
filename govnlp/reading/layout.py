"""Which article each block belongs to: the cheapest way through the page, by place names, wording and cuts."""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from govnlp.reading import ends
from govnlp.reading.blocks import Block, squash
from govnlp.reading.heads import TITLES, Head
from govnlp.reading.wording import Wording

_MOST_HEADS = 60
_SURE_MARGIN = 6.0
_ROUNDS = 3


@dataclass(frozen=True)
class Weights:
    """What each piece of evidence about a block's article is worth, in one scale; 0 switches it off.

    Attributes:
        step: the block belongs to another article than the one above it.
        step_mixed: the same, on a page whose joins show that its articles stand in each other's columns.
        after_cut: the same, where the text breaks off between the two.
        after_marker: the same, under 上接 or 下转.
        under_marker: a headless article begins under 上接.
        before_headline: an article's text stands above its headline.
        heading_leaves: a heading stands over another article's text.
        named: a place of the title lines stands in the block, up to twice.
        wording: the most that the block's letter pairs may say.
    """

    step: float = 8.0
    step_mixed: float = 5.0
    after_cut: float = 1.5
    after_marker: float = 0.5
    under_marker: float = 1.0
    before_headline: float = 0.5
    heading_leaves: float = 5.0
    named: float = 4.0
    wording: float = 5.0


WEIGHTS = Weights()
_NAMED_MOST = 1.5


@dataclass(frozen=True)
class Settled:
    """Which head each block belongs to, and how surely (0 to 1), as far as its own words tell."""

    articles: tuple[int, ...]
    sure: tuple[float, ...]


def settle_articles(
    page: Sequence[Block], heads: Sequence[Head], chains: Sequence[Sequence[int]] = (), before: Settled | None = None
) -> Settled:
    """Return for each block the index of the head that it belongs to: the cheapest way through the page.

    Args:
        page: the blocks in page order.
        heads: what `find_heads` found; at least one.
        chains: positions of pieces that were joined and so share their article.
        before: an earlier answer, given without chains, to begin from.
    """
    if len(heads) == 1:
        return Settled((0,) * len(page), (0.0,) * len(page))
    if len(heads) > _MOST_HEADS:
        return _one_after_another(page, heads)
    texts = [squash(b.text) if b.role in ("paragraph", "heading", "caption") else "" for b in page]
    weights = _weights(heads)
    named = [_named(text, weights) for text in texts]
    steps = _step_costs(page, chains)
    articles = list(before.articles) if before else _walk(page, heads, _share(named, chains), steps)
    wording = Wording(texts)
    both = named
    for _ in range(_ROUNDS):
        worded = wording.compare(articles, len(heads), WEIGHTS.wording)
        both = [[a + b for a, b in zip(x, y, strict=True)] for x, y in zip(named, worded, strict=True)]
        last, articles = articles, _walk(page, heads, _share(both, chains), steps)
        if articles == last:
            break
    return Settled(tuple(articles), tuple(_margin(row, article) for row, article in zip(both, articles, strict=True)))


def _one_after_another(page: Sequence[Block], heads: Sequence[Head]) -> Settled:
    """Give each block to the head above it: more headlines than a newspaper page has are a list of articles."""
    begins = [head.begins for head in heads]
    articles = (max(0, bisect_right(begins, i) - 1) for i in range(len(page)))
    return Settled(tuple(articles), (1.0,) * len(page))


def _margin(row: Sequence[float], article: int) -> float:
    others = max(value for a, value in enumerate(row) if a != article)
    return max(0.2, min(1.0, (row[article] - others) / _SURE_MARGIN))


def _weights(heads: Sequence[Head]) -> list[dict[str, float]]:
    """Return the weight of each name for each head; a name that two heads share tells nothing."""
    shared = Counter(name for head in heads for name in set(head.names))
    return [
        {name: WEIGHTS.named * (1.0 if i == 0 else 0.6) for i, name in enumerate(head.names) if shared[name] == 1}
        for head in heads
    ]


def _named(text: str, weights: Sequence[dict[str, float]]) -> list[float]:
    if not text:
        return [0.0] * len(weights)
    return [
        min(_NAMED_MOST * WEIGHTS.named, sum(w * min(2, text.count(name)) for name, w in names.items()))
        for names in weights
    ]


def _share(evidence: list[list[float]], chains: Sequence[Sequence[int]]) -> list[list[float]]:
    """Give all pieces of a joined paragraph the evidence of all."""
    shared = [list(row) for row in evidence]
    for chain in chains:
        total = [sum(column) for column in zip(*(evidence[i] for i in chain), strict=True)]
        for i in chain:
            shared[i] = total
    return shared


def _step_costs(page: Sequence[Block], chains: Sequence[Sequence[int]]) -> list[float]:
    """Return for each block the cost of belonging to another article than the block above it."""
    goes_on = {chain[k]: chain[k + 1] for chain in chains for k in range(len(chain) - 1)}
    continued = set(goes_on.values())
    step = WEIGHTS.step_mixed if _is_mixed(page, chains) else WEIGHTS.step
    costs, last, marked, headed = [], None, False, False
    for i, block in enumerate(page):
        cost = step
        if block.role == "marker":
            marked, cost = True, 0.0
        elif block.role in ("paragraph", "heading"):
            if marked:
                cost = WEIGHTS.after_marker
            elif headed:
                cost = step + WEIGHTS.heading_leaves
            elif last is not None and _is_cut(page, last, i, goes_on, continued):
                cost = WEIGHTS.after_cut
            elif last is not None and goes_on.get(last) == i:
                cost = 2 * WEIGHTS.step
            marked, headed = False, block.role == "heading"
            last = i if block.role == "paragraph" else last
        elif block.role in TITLES:
            marked, headed = False, True
        costs.append(cost)
    return costs


def _is_mixed(page: Sequence[Block], chains: Sequence[Sequence[int]]) -> bool:
    """Return whether a paragraph goes on behind another one, as where columns of two articles are read in turn."""
    return any(
        any(page[i].role == "paragraph" for i in range(min(pair) + 1, max(pair)))
        for chain in chains
        for pair in itertools.pairwise(chain)
    )


def _is_cut(page: Sequence[Block], last: int, i: int, goes_on: dict[int, int], continued: set[int]) -> bool:
    """Return whether the text breaks off between two blocks: one goes on elsewhere, or the other came from there."""
    leaves = ends.is_open(page[last].text) and page[last].role == "paragraph" and goes_on.get(last) != i
    return leaves or (i in continued and goes_on.get(last) != i)


def _walk(
    page: Sequence[Block], heads: Sequence[Head], evidence: Sequence[Sequence[float]], steps: Sequence[float]
) -> list[int]:
    """Return the cheapest sequence of articles (Viterbi's way): evidence less the cost of each change."""
    count = len(heads)
    forced = {j: k for k, head in enumerate(heads) for j in head.blocks}
    score = [-_early_cost(head, 0) for head in heads]
    trails: list[list[int]] = []
    for i in range(len(page)):
        best = max(range(count), key=score.__getitem__)
        trail, new = [], []
        for k in range(count):
            entry = steps[i] + _early_cost(heads[k], i)
            came = best if score[best] - entry > score[k] else k
            value = score[came] - (entry if came != k else 0.0) + evidence[i][k]
            if i in forced:
                # A headline opens its article whatever stood above it.
                came, value = best, score[best] - (0.0 if k == forced[i] else math.inf)
            trail.append(came)
            new.append(value)
        trails.append(trail)
        score = new
    at = max(range(count), key=score.__getitem__)
    articles = [at]
    for trail in reversed(trails[1:]):
        at = trail[at]
        articles.append(at)
    return articles[::-1]


def _early_cost(head: Head, i: int) -> float:
    """Return what it costs to begin with an article's text above its headline; headless text cannot."""
    if i >= head.begins:
        return -WEIGHTS.under_marker if head.continues and i == head.begins else 0.0
    return WEIGHTS.before_headline if head.blocks else 8 * WEIGHTS.step
