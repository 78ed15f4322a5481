"""The best set of joins for a page, each open end used once and no chain closed to a circle."""

from __future__ import annotations

from collections.abc import Mapping

Gains = Mapping[tuple[int, int], float]
_LARGEST = 400


def best_joins(gains: Gains) -> dict[int, int]:
    """Return the joins that win most altogether: {upper: lower}, no upper and no lower twice.

    Args:
        gains: what each possible join wins, {(upper, lower): gain}; those that win nothing may be left out.
    """
    links: dict[int, int] = {}
    for group in _groups(gains):
        links.update(_assign(group))
    return _without_circles(links, gains)


def _groups(gains: Gains) -> list[dict[tuple[int, int], float]]:
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


def _assign(gains: Gains) -> dict[int, int]:
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


def _assign_greedily(gains: Gains) -> dict[int, int]:
    """Return pairs by falling gain; for pages with hundreds of open ends that hang together, which no newspaper has."""
    links: dict[int, int] = {}
    taken: set[int] = set()
    for (upper, lower), _ in sorted(gains.items(), key=lambda item: (-item[1], item[0])):
        if upper not in links and lower not in taken:
            links[upper] = lower
            taken.add(lower)
    return links


def _without_circles(links: dict[int, int], gains: Gains) -> dict[int, int]:
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
