"""The reading order of one article's blocks, whose columns the page may print in any order."""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.reading import cues, ends
from govnlp.reading.blocks import Block, squash
from govnlp.reading.heads import Head

_TEXT = ("paragraph", "heading")


def order_article(
    page: Sequence[Block], mine: Sequence[int], head: Head, links: dict[int, int]
) -> list[tuple[int, bool]]:
    """Return the positions of an article's headings and paragraphs in reading order, and whether each was moved.

    Runs of blocks that stand together keep their order. The run under the headline comes first, then each run that
    goes on where the last one broke off, then runs under 上接, then the rest in page order.
    """
    runs = _runs(page, mine)
    if len(runs) < 2:
        return [(i, False) for run in runs for i in run]
    waiting = _first_order(page, runs, head)
    owner = {i: n for n, run in enumerate(waiting) for i in run}
    after = {(owner[a], owner[b]) for a, b in links.items() if a in owner and b in owner and owner[a] != owner[b]}
    placed: list[int] = []
    while len(placed) < len(waiting):
        placed.append(_next_run(placed, len(waiting), after))
    order = [waiting[n] for n in placed]
    return [(i, any(above[0] > run[0] for above in order[:n])) for n, run in enumerate(order) for i in run]


def _next_run(placed: Sequence[int], count: int, after: set[tuple[int, int]]) -> int:
    free = [n for n in range(count) if n not in placed]
    if placed:
        for n in free:
            if (placed[-1], n) in after:
                return n
    ready = [n for n in free if not any(b == n and a in free for a, b in after if a != b)]
    return (ready or free)[0]


def _runs(page: Sequence[Block], mine: Sequence[int]) -> list[list[int]]:
    """Return the article's text blocks in runs; other articles' text, markers and its own headline part them."""
    own = set(mine)
    runs: list[list[int]] = [[]]
    for i in range(len(page)):
        if i in own and page[i].role in _TEXT:
            runs[-1].append(i)
        elif page[i].role in ("marker", "headline", "kicker") or page[i].role in _TEXT:
            runs.append([])
    return [run for run in runs if run]


def _first_order(page: Sequence[Block], runs: list[list[int]], head: Head) -> list[list[int]]:
    """Return the runs as they would be read without any broken paragraph to tell."""
    lead = next((n for n, run in enumerate(runs) if head.blocks and run[0] > head.blocks[-1]), 0)
    early = [run for run in runs[:lead] if not _continues(page, run)]
    marked = [run for n, run in enumerate(runs) if n != lead and _continues(page, run)]
    rest = [run for run in runs[lead + 1 :] if run not in marked]
    if early and _reads_as_lead(page, early[0], head) and not _reads_as_lead(page, runs[lead], head):
        return [*early, runs[lead], *marked, *rest]
    return [runs[lead], *marked, *early, *rest]


def _continues(page: Sequence[Block], run: Sequence[int]) -> bool:
    """Return whether 上接 stands above the run."""
    above = page[run[0] - 1] if run[0] else None
    return above is not None and above.role == "marker" and not cues.points_onward(above.text)


def _reads_as_lead(page: Sequence[Block], run: Sequence[int], head: Head) -> bool:
    """Return whether the run may open the article: a whole beginning, no run-in head, and the place by name."""
    text = squash(page[run[0]].text)
    if page[run[0]].role != "paragraph" or not 0 <= ends.fragment_cost(text) < 2.5:
        return False
    return not head.names or any(name in text[:60] for name in head.names)
