"""Which article each block belongs to: the cheapest way through the page, by place names, wording and cuts."""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from govnlp.reading import cues, ends
from govnlp.reading.blocks import Block, squash

_HEADS = frozenset(("kicker", "headline"))
_MOST_HEADS = 60
_STEP = 8.0
_AFTER_CUT = 1.5
_AFTER_MARKER = 0.5
_UNDER_MARKER = 1.0
_BEFORE_HEADLINE = 0.5
_HEADING_LEAVES_TEXT = 5.0
_NAMED_ONCE = 4.0
_NAMED_MOST = 6.0
_WORDING = 5.0
_SURE_MARGIN = 6.0
_DAMPED = 0.6
_SMOOTH = 1200.0
_ROUNDS = 3
_PART = re.compile(
    rf"[{cues.HAN}A-Z]{{2,9}}?(?:省|自治区|自治州|地区|街道|社区|市|州|盟|区|县|旗|镇|乡|村|师|团)|[{cues.HAN}A-Z]{{1,9}}$"
)


@dataclass(frozen=True)
class Head:
    """What begins an article: its title lines, or the place where a headless one begins.

    Attributes:
        blocks: positions of kicker and headline on the page; empty for text without a headline.
        begins: the position from which a headless text may stand.
        names: the place names that its title lines and signature print.
        continues: it is headless and begins under 上接.
    """

    blocks: tuple[int, ...]
    begins: int
    names: tuple[str, ...] = ()
    continues: bool = False


def find_heads(page: Sequence[Block]) -> list[Head]:
    """Return the heads of a page in page order; text above the first headline or under 上接 gets one of its own."""
    heads: list[Head] = []
    group: list[int] = []
    for i, block in enumerate(page):
        if block.role == "kicker" and any(page[j].role == "headline" for j in group) and not _follows(page, group, i):
            heads.append(_head(page, group))
            group = []
        if block.role in _HEADS:
            if group and not _follows(page, group, i):
                heads.append(_head(page, group))
                group = []
            group.append(i)
    if group:
        heads.append(_head(page, group))
    return sorted([*heads, *_headless(page, heads)], key=lambda head: head.begins)


def _follows(page: Sequence[Block], group: list[int], i: int) -> bool:
    """Return whether nothing but signatures, headings and noise stands between the group and block i."""
    return not group or (
        all(page[j].role not in ("paragraph",) for j in range(group[-1] + 1, i))
        and not (page[i].role == "kicker" and any(page[j].role == "headline" for j in group))
    )


def _head(page: Sequence[Block], group: Sequence[int]) -> Head:
    signature = next((b.text for b in page[group[-1] + 1 : group[-1] + 3] if b.role == "byline"), "")
    return Head(tuple(group), group[0], place_names(" ".join(page[j].text for j in group), signature))


def _headless(page: Sequence[Block], heads: Sequence[Head]) -> list[Head]:
    """Return heads for text that may have its headline on another page.

    Where the page has as many 下转 as 上接, what continues began here, and needs no head of its own.
    """
    first = heads[0].begins if heads else len(page)
    found = [i for i, block in enumerate(page[:first]) if block.role in ("paragraph", "heading")][:1]
    markers = [i for i, block in enumerate(page) if block.role == "marker"]
    onward = sum(cues.points_onward(page[i].text) for i in markers)
    marked = [i for i in markers if not cues.points_onward(page[i].text)] if onward * 2 < len(markers) else []
    found = [i for i in found if not marked or i < marked[0]]
    return [*(Head((), i) for i in found), *(Head((), i, continues=True) for i in marked)]


def place_names(title: str, signature: str = "") -> tuple[str, ...]:
    """Return the names by which the body may call the place, the most exact first.

    `place_names("某省临江市桥东区：建起议事亭", "■中共桥东区委组织部")` is ("桥东区", "桥东", "临江市", "某省").
    """
    names: list[str] = []
    for match in (cues.PLACE_HEAD.search(title), re.match(r"(.{1,20}?)\s*[：:]", title)):
        if match:
            names += [part for part in _PART.findall(match[0].rstrip("：: ")) if len(part) > 1][::-1]
            break
    signed = re.search(rf"中共([{cues.HAN}]{{2,9}}?)(?:委|工委)", signature)
    if signed:
        names.insert(0, signed[1])
    if not names:
        found = re.match(rf"[{cues.HAN}]{{2,9}}?[省市区县旗州镇乡村]", title)
        names = [found[0]] if found else []
    short = [name[:-1] for name in names if len(name) == 3 and name[-1] in "市区县旗镇乡村"]
    return tuple(dict.fromkeys(names[:1] + short[:1] + names[1:]))


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
    pairs = [_letter_pairs(text) for text in texts]
    both = named
    for _ in range(_ROUNDS):
        worded = _wording(pairs, articles, len(heads))
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
        {name: _NAMED_ONCE * (1.0 if i == 0 else 0.6) for i, name in enumerate(head.names) if shared[name] == 1}
        for head in heads
    ]


def _named(text: str, weights: Sequence[dict[str, float]]) -> list[float]:
    if not text:
        return [0.0] * len(weights)
    return [min(_NAMED_MOST, sum(w * min(2, text.count(name)) for name, w in names.items())) for names in weights]


def _letter_pairs(text: str) -> set[str]:
    return set(map("".join, itertools.pairwise(text)))


def _wording(pairs: Sequence[set[str]], articles: Sequence[int], count: int) -> list[list[float]]:
    """Return how much each block's letter pairs are those of each article, as the last walk cut them out.

    An article on 渔港 says it in every paragraph, its neighbour never does. The weights are log odds
    (naive Bayes), damped because the pairs of a text hang together.
    """
    said: dict[str, Counter[int]] = {}
    sizes = [0] * count
    for own, article in zip(pairs, articles, strict=True):
        sizes[article] += len(own)
        for pair in own:
            said.setdefault(pair, Counter())[article] += 1
    return [_wording_of(own, articles[i], said, sizes) for i, own in enumerate(pairs)]


def _wording_of(own: set[str], article: int, said: dict[str, Counter[int]], sizes: Sequence[int]) -> list[float]:
    # A block is no evidence for the article that it was put into.
    room = [size - (len(own) if a == article else 0) for a, size in enumerate(sizes)]
    everything = sum(room) + 1.0
    row, heard = [0.0] * len(sizes), 0
    for pair in own:
        elsewhere = said[pair].total() - 1
        if elsewhere:
            heard += 1
            usual = _SMOOTH * elsewhere / everything
            for a, times in said[pair].items():
                row[a] += math.log1p((times - (a == article)) / usual)
    values = [value - heard * math.log1p(size / _SMOOTH) for value, size in zip(row, room, strict=True)]
    return [max(-_WORDING, min(_WORDING, _DAMPED * value)) for value in values]


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
    costs, last, marked, headed = [], None, False, False
    for i, block in enumerate(page):
        cost = _STEP
        if block.role == "marker":
            marked, cost = True, 0.0
        elif block.role in ("paragraph", "heading"):
            if marked:
                cost = _AFTER_MARKER
            elif headed:
                cost = _STEP + _HEADING_LEAVES_TEXT
            elif last is not None and _is_cut(page, last, i, goes_on, continued):
                cost = _AFTER_CUT
            elif last is not None and goes_on.get(last) == i:
                cost = 2 * _STEP
            marked, headed = False, block.role == "heading"
            last = i if block.role == "paragraph" else last
        elif block.role in _HEADS:
            marked, headed = False, True
        costs.append(cost)
    return costs


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
        return -_UNDER_MARKER if head.continues and i == head.begins else 0.0
    return _BEFORE_HEADLINE if head.blocks else 8 * _STEP
