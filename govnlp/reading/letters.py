"""Which letter commonly follows which in reports of the field: whether two pieces read on without a break."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from govnlp.resources import read_data

_COUNTED = str.maketrans("123456789０１２３４５６７８９,:;()?!", "0" * 19 + "，：；（）？！")


@dataclass(frozen=True)
class Pairs:
    """How often each pair of letters stands together, each letter first and last, and beside how many."""

    pairs: dict[str, int]
    first: Counter[str]
    last: Counter[str]
    followers: Counter[str]
    total: int


def reads_on(upper: str, lower: str) -> float:
    """Return the log odds that the lower piece's first letter follows the upper's last rather than anything.

    "……注册自家的品" and "牌，年销售……" read on, 6.7; "……的品" and "建三年行动方案" do not, -2.5.
    Pairs that were never seen are expected at the rate at which new ones turn up behind the letter (Witten and Bell
    1991).
    """
    if not upper or not lower:
        return 0.0
    table = _table()
    left, right = as_counted(upper[-1]), as_counted(lower[0])
    seen, kinds = table.first[left], table.followers[left]
    share = table.last[right] / table.total
    if not seen or not share:
        return 0.0
    expected = (table.pairs.get(left + right, 0) + kinds * share) / (seen + kinds)
    return math.log(expected / share)


def pair_shares(pairs: Iterable[str]) -> list[float]:
    """Return how much of all text each pair of letters is, as counted; one that the table does not know counts half."""
    table = _table()
    return [table.pairs.get(pair, 0.5) / table.total for pair in pairs]


def as_counted(text: str) -> str:
    """Return the text as the table counts it: any digit is 0, punctuation of full width."""
    return text.translate(_COUNTED)


@cache
def _table() -> Pairs:
    pairs: dict[str, int] = {}
    for line in read_data("reading", "data", "letter_pairs.txt").splitlines():
        times, tab, letters = line.partition("\t")
        if tab:
            pairs.update(dict.fromkeys(map("".join, zip(letters[::2], letters[1::2], strict=True)), int(times)))
    first, last, followers = Counter[str](), Counter[str](), Counter[str]()
    for pair, number in pairs.items():
        left, right = pair[0], pair[1]
        first[left] += number
        last[right] += number
        followers[left] += 1
    return Pairs(pairs, first, last, followers, first.total())
