"""How a piece of text begins and ends: like a whole paragraph, or cut off."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from govnlp.errors import UsageError
from govnlp.lexicon.engines import load_engine
from govnlp.reading.blocks import squash
from govnlp.reading.cues import CLOSERS, FINAL, OPENERS, unclosed

__all__ = ["CLOSERS", "FINAL", "OPENERS", "crossing_word", "ends_like_title", "fragment_cost", "is_open", "unclosed"]

_CLAUSE = re.compile(r"[^，。；：、！？,]*")
# A paragraph may begin with one of these one-character words: "在社区议事亭里，……".
_STARTERS = frozenset(
    "在对把为以从让与针据今每一二三四五六七八九十各该这那我他她它你有是当如若比按用到通由因随既不只还也又走清傍午早夜春夏秋冬近前日去来看听问答说谈“‘‘《‘（(①②③④⑤⑥⑦⑧⑨⑩"
)
# No paragraph begins with one of these, no title ends with the second kind.
_NEVER_FIRST = frozenset("的地得了着过们性化等和及或而之者于余多个名件项户次")
_NEVER_LAST = frozenset("的地得和与及或在不把将为对以是被让使向于由从至每各其所并且而则了已正")
_ORDINAL = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,2}[）)]?[、.．是要]|第[一二三四五六七八九十]|首先|其次|再次|最后|同时|此外|另外|其中|目前|如今|近年来|今年|去年|截至|此前|随后"
)
# "一、", "（二）", "【做法三】", "3." begin an item of a list.
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|【|[①-⑨●◆■]|\d{1,2}[.．]\D|第[一二三四五六七八九十][，、：]"
)
_RUN_IN = re.compile(r"[^，。；：、！？\d]{3,14}(?:，[^，。；：、！？\d]{3,11})?。")
_YEAR = re.compile(r"(?:19|20)\d\d年|\d{1,2}月|\d{5}|\d{1,2}[时点年岁]")
_TAIL = re.compile(r"[\s”’」』》）)】\]]*$")
_WINDOW = 8


@cache
def _cutter() -> Callable[[str], list[str]]:
    """Return the fast segmenter, or jieba itself where that is not to be had."""
    try:
        return load_engine("rjieba").cut
    except UsageError:
        return load_engine("jieba").cut


def is_open(text: str) -> bool:
    """Return whether the piece breaks off: "设立议事亭，" and "她说：“咱们社" do, "效果很好。”" does not.

    A dash or a colon may end a paragraph that leads to a list, "具体做法是：", yet more often the column ended there.
    """
    bare = squash(text)
    core = _TAIL.sub("", bare)
    if not core:
        return False
    if core[-1] in FINAL:
        # "……办得好。（记者": the bracket stays open.
        return any(c in OPENERS for c in unclosed(bare[-40:])[-1:]) and bare[-1] not in CLOSERS and _opens_late(bare)
    # "（作者单位：青石县委党校）" and "（记者方既白）" end an article.
    return not bare.endswith(("）", ")")) or FINAL_BEFORE_BRACKET.search(bare) is None


FINAL_BEFORE_BRACKET = re.compile(r"(?:^|[。！？”])[（(][^（()）。]{2,60}[）)]$")


def _opens_late(bare: str) -> bool:
    """Return whether the last bracket was opened after the last full stop."""
    return max(bare.rfind(c) for c in "（(《") > bare.rfind("。")


def fragment_cost(text: str) -> float:
    """Return how little the text begins like a paragraph: below 0 a good beginning, 5 surely none.

    "健全机制。街道……" -1; "近年来，……" 0; "队，发挥……" 3; "”的队伍" 5.
    """
    bare = squash(text)
    if not bare:
        return 0.0
    if bare[0] in CLOSERS or bare[0] in "，。；：、！？—·%％,;!?":
        return 5.0
    if _ITEM.match(bare):
        return -1.0
    clause = _clause(bare)
    cost = max(_first_letter_cost(bare), _clause_cost(bare, clause))
    if _closes_unopened(bare):
        cost = max(cost, 4.0)
    run_in = _RUN_IN.match(bare)
    if run_in and run_in.end() == len(bare):
        # A short sentence and nothing else is more often the last line of a column than a paragraph.
        return max(cost, 1.0)
    if cost <= 2.0 and run_in:
        return -1.0 if cost <= 1.0 else 0.3
    return cost


def _clause(bare: str) -> str:
    found = _CLAUSE.match(bare)
    return found[0] if found else ""


def _first_letter_cost(bare: str) -> float:
    if bare[0].isdigit():
        return 0.3 if _YEAR.match(bare) else 1.3
    word = _first_word(bare)
    if (len(word) == 1 and word in _NEVER_FIRST) or bare[0] in "的们":
        return 3.0
    if _ORDINAL.match(bare) or bare[0] in _STARTERS:
        return 0.0
    return 0.3 if len(word) > 1 else 1.8


def _first_word(bare: str) -> str:
    words = _cutter()(bare[:_WINDOW])
    return words[0] if words else ""


def _clause_cost(bare: str, clause: str) -> float:
    """Return the cost of a first clause that is too short: "队，", "效能。", "427个。"."""
    stop = bare[len(clause) : len(clause) + 1]
    if not stop:
        return 0.5
    if len(clause) == 1:
        return 3.0
    if stop == "。" and len(clause) <= 3:
        # "立规矩。街道……" is a run-in head, "工作室。" the end of a sentence.
        return 3.5 if len(clause) < 3 or len(_cutter()(clause)) == 1 else 0.3
    return 1.0 if stop == "、" and len(clause) <= 3 and not _ORDINAL.match(bare) else 0.0


def _closes_unopened(bare: str) -> bool:
    """Return whether the first quote or bracket is a closing one: "网统筹、事事入格”。"."""
    first = next((c for c in bare[:120] if c in OPENERS or c in CLOSERS), "")
    return first != "" and first in CLOSERS


def crossing_word(upper: str, lower: str) -> str:
    """Return the word that the break cut in two, or "": ("推动社区居", "民议事") gives 居民."""
    left, right = squash(upper[-_WINDOW * 2 :])[-_WINDOW:], squash(lower[: _WINDOW * 2])[:_WINDOW]
    at = 0
    for word in _cutter()(left + right):
        if at < len(left) < at + len(word):
            return word
        at += len(word)
    return ""


def ends_like_title(text: str) -> bool:
    """Return whether the last word may end a heading: 的 and 不 may not, 大有可为 may."""
    words = _cutter()(squash(text)[-_WINDOW:])
    return not words or words[-1] not in _NEVER_LAST
