"""Invented articles, broken in every way that the simulator knows, come back."""

from __future__ import annotations

import random

import pytest

from tests.reading.invented import DRAFTS
from tests.reading.kinds import KINDS, groups_for
from tests.reading.restoration import score
from tests.reading.simulate import Clean, parse_drafts

ARTICLES = list(parse_drafts(DRAFTS))
# Floors for F1 of paragraphs over 6 seeds; a change that goes below has broken something.
FLOORS = {"interleaved": 0.80, "headline_late": 0.75, "displaced": 0.90, "repeated": 0.90, "missing": 0.90,
    "right_to_left": 0.60, "near_copies": 0.90, "double_spaced": 0.90}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_broken_pages_come_back(kind: str) -> None:
    total = score_kind(kind, ARTICLES)
    f1 = 2 * total["tp"] / (2 * total["tp"] + total["fp"] + total["fn"])
    assert f1 >= FLOORS.get(kind, 0.95)
    assert total["lost"] == 0
    assert total["leaks"] == 0


def score_kind(kind: str, articles: list[Clean]) -> dict[str, int]:
    total: dict[str, int] = {"tp": 0, "fp": 0, "fn": 0, "lost": 0, "leaks": 0}
    for seed in range(6):
        rng = random.Random(seed)
        for group in groups_for(kind, articles, rng):
            counts = score(KINDS[kind](group, rng))
            total = {name: n + counts[name] for name, n in total.items()}
    return total


def test_clean_pages_are_read_perfectly() -> None:
    for article in ARTICLES:
        counts = score(KINDS["plain"]([article], random.Random(1)))
        assert counts["tp"] == sum(role == "paragraph" for role, _ in article.body)
        assert (counts["fp"], counts["fn"], counts["genre"], counts["unit"]) == (0, 0, 1, 1)
