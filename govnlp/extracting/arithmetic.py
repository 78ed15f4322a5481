"""The arithmetic that a sentence states: 受理2175件、办结2172件、办结率99.8%.

A printed number stands for all values that round to it: 99.8% for 99.75 to 99.85, 1.1万 for 10,500 to 11,500.
Newspapers cut off as often as they round, so a rate may also lie up to one in its last place above what is printed.
Only what no such values can give is flagged; a figure with a hedge (余, 近, 以上) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from govnlp.records import Figure, Span

_SENTENCE_END = re.compile("[。；！？\\n]")
# 办结率达99.8%: the deed whose share it is
_RATE = re.compile("(?P<deed>[\\u4e00-\\u9fff]{2})(?:成功)?率(?:达到|达|为|高达|保持在)?$")
_LESS = re.compile(
    "，(?:总量|数量|降幅|减幅)?(?:同比)?(?:减少|压减|压缩|精简|下降|降低|降幅|减幅|缩短|缩减)(?:了|达|达到|为|率为|率达)?"
)
_MORE = re.compile("，(?:总量|数量|增幅|涨幅)?(?:增长|增加|提高|提升|上升|增幅|涨幅)(?:了|达|达到|为|率为|率达)?")
_SHARE = re.compile("，?占(?:比|比达|比为|总数的|总数|全部的)?")
_AMONG = re.compile("[^，。；]{0,8}，?其中[^。；]*")
_TOTAL = re.compile("(?:合计|共计|总计|一共|总共)[\\u4e00-\\u9fff]{0,8}$")
_PLACES = re.compile(r"\d+(?:\.(?P<decimals>\d+))?(?P<scale>[百千万亿]*)")
_MOST_PARTS = 20  # figures before a total that are added up
_SCALES = {"百": 100.0, "千": 1000.0, "万": 10_000.0, "亿": 100_000_000.0}


def with_flags(text: str, found: Sequence[Figure]) -> list[Figure]:
    """Return the figures of a text, those flagged that their own sentence contradicts.

    >>> from govnlp.extracting.figures import figures
    >>> figures("受理诉求2175件，办结2172件，办结率98.9%。")[2].flag
    '2172÷2175=99.9%，文中为98.9%'
    """
    flagged = list(found)
    for first, last in _sentences(text, found):
        for place in range(first + 1, last):
            flag = _flag(text, found[max(first, place - _MOST_PARTS) : place], found[place])
            if flag:
                flagged[place] = replace(found[place], flag=flag)
    return flagged


def _sentences(text: str, found: Sequence[Figure]) -> list[Span]:
    """Return the runs of figures that stand in one sentence, two or more each."""
    starts = [0]
    for place in range(1, len(found)):
        if _SENTENCE_END.search(text, found[place - 1].end, found[place].start):
            starts.append(place)
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(found)], strict=True) if b - a > 1]


def _flag(text: str, before: Sequence[Figure], figure: Figure) -> str | None:
    """Return what is wrong with a figure, given those before it in its sentence."""
    if figure.hedge or figure.min is not None:
        return None
    if figure.unit == "%":
        return (
            _wrong_rate(text, before, figure)
            or _wrong_change(text, before[-1], figure)
            or _wrong_share(text, before, figure)
        )
    return _wrong_part(text, before, figure) or _wrong_total(text, before, figure)


def _wrong_rate(text: str, before: Sequence[Figure], rate: Figure) -> str | None:
    """受理2175件、办结2172件、办结率99.8%: the deed of the rate, and the count before it in the same unit."""
    named = _RATE.search(text, before[-1].end, rate.start)
    if named is None or len(before) < 2 or before[-2].unit != before[-1].unit:
        return None
    whole, part = before[-2:]
    if named["deed"] not in text[whole.end : part.start] or part.value > whole.value:
        return None
    return _wrong_quotient(part, whole, rate)


def _wrong_change(text: str, change: Figure, share: Figure) -> str | None:
    """从26项减至5项，减少81%."""
    if change.from_ is None or change.unit == "%" or change.hedge:
        return None
    between = text[change.end : share.start]
    fewer, more = _LESS.fullmatch(between), _MORE.fullmatch(between)
    if not fewer and not more:
        return None
    actual = (change.from_ - change.value) / change.from_ * (100 if fewer else -100)
    if _agrees(actual, actual, share):
        return None
    return f"从{change.from_:g}到{change.value:g}是{'减少' if fewer else '增加'}{actual:.1f}%，文中为{share.value:g}%"


def _wrong_share(text: str, before: Sequence[Figure], share: Figure) -> str | None:
    """党员48名，其中女性12名，占25%."""
    if len(before) < 2 or not _SHARE.fullmatch(text, before[-1].end, share.start):
        return None
    whole, part = before[-2:]
    if whole.unit != part.unit or not _AMONG.fullmatch(text, whole.end, part.start):
        return None
    return _wrong_quotient(part, whole, share)


def _wrong_part(text: str, before: Sequence[Figure], part: Figure) -> str | None:
    """党员48名，其中女性52名: a part larger than its whole."""
    whole = before[-1]
    if (
        part.kind != "count"
        or whole.unit != part.unit
        or whole.per != part.per
        or not _AMONG.fullmatch(text, whole.end, part.start)
    ):
        return None
    if whole.hedge or _bounds(part)[0] <= _bounds(whole)[1]:
        return None
    return f"其中的{part.text}多于全部的{whole.text}"


def _wrong_total(text: str, before: Sequence[Figure], total: Figure) -> str | None:
    """支部3个、小组5个，合计9个: all figures of the unit before it in the sentence are its parts."""
    if not _TOTAL.search(text, before[-1].end, total.start) or not 2 <= len(before) < _MOST_PARTS:
        return None
    if any(p.unit != total.unit or p.hedge or p.from_ is not None or p.min is not None for p in before):
        return None
    bounds = [_bounds(part) for part in before]
    low, high = sum(b[0] for b in bounds), sum(b[1] for b in bounds)
    least, most = _bounds(total)
    return (
        None if least <= high and low <= most else f"各项相加为{sum(p.value for p in before):g}，文中为{total.value:g}"
    )


def _wrong_quotient(part: Figure, whole: Figure, rate: Figure) -> str | None:
    if part.hedge or whole.hedge or not whole.value:
        return None
    (low, high), (least, most) = _bounds(part), _bounds(whole)
    if _agrees(100 * low / most, 100 * high / least if least > 0 else 100.0, rate):
        return None
    return f"{part.value:g}÷{whole.value:g}={100 * part.value / whole.value:.1f}%，文中为{rate.value:g}%"


def _agrees(low: float, high: float, rate: Figure) -> bool:
    """Tell whether a value between low and high is printed so, rounded or cut off."""
    step = 2 * (_bounds(rate)[1] - rate.value) or 1.0
    return low <= rate.value + step and rate.value - step / 2 <= high


def _bounds(figure: Figure) -> tuple[float, float]:
    """Return the values between which a printed number lies; a whole number without 万 is exact unless it is a rate."""
    printed = _PLACES.search(figure.text)
    if printed is None:
        return figure.value, figure.value
    step = 10.0 ** -len(printed["decimals"] or "")
    for scale in printed["scale"]:
        step *= _SCALES[scale]
    exact = step == 1 and figure.unit != "%"
    return (figure.value, figure.value) if exact else (figure.value - step / 2, figure.value + step / 2)
