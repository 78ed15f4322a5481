"""What a short name stands for, where the text says so: “三聚”：聚人心、聚资源、聚合力."""

from __future__ import annotations

import re

_PART = "[^，。；：、！？“”（）]{2,16}"
_LISTED = rf"{_PART}(?:、{_PART})+"
_HEAD = "[\\u4e00-\\u9fff]{0,12}"
# “三聚”工作法，即聚人心、聚资源、聚合力; “三聚”（聚人心、聚资源、聚合力）; 三聚：聚人心、…
_BEHIND = re.compile(
    rf"”?{_HEAD}(?:（(?:即|指)?(?P<bracketed>[^（）]{{4,80}})）|(?:，?(?:即|就是|是指|指的是|分别是)[：:，]?|[：:])“?(?P<listed>{_LISTED}))"
)
_LAST_OF_LIST = re.compile("等$")
# 构建“1个指挥部+7个片区”的“17”体系; 减系统、减报表、减流程“三减”行动
_QUOTED_BEFORE = re.compile("“(?P<listed>[^“”]*[+＋、][^“”]*)”的?“?$")
_LISTED_BEFORE = re.compile(rf"(?P<listed>{_LISTED})的?“?$")
_COUNTED_NAME = re.compile("[\\d一二两三四五六七八九十]")
_REACH = 80


def expansion_of(text: str, start: int, end: int) -> str | None:
    """Return what the name at text[start:end] stands for; None where the text does not say it there.

    >>> expansion_of("“三聚”：聚人心、聚资源、聚合力。", 1, 3)
    '聚人心、聚资源、聚合力'
    """
    behind = _BEHIND.match(text, end)
    if behind:
        return _LAST_OF_LIST.sub("", behind["bracketed"] or behind["listed"])
    before = text[max(0, start - _REACH) : start]
    if not _COUNTED_NAME.search(text, start, end):
        return None
    quoted = _QUOTED_BEFORE.search(before)
    if quoted:
        return quoted["listed"]
    listed = _LISTED_BEFORE.search(before)
    return _even_parts(listed["listed"]) if listed else None


def _even_parts(listed: str) -> str | None:
    """Cut the words that lead to a list off its first part: 创新实施减系统、减报表、减流程."""
    first, *others = listed.split("、")
    lengths = {len(part) for part in others}
    if len(lengths) != 1 or len(first) < max(lengths):
        return None
    return "、".join([first[-lengths.pop() :], *others])
