"""Numbers of a text and what they count.

A number is found first (numerals.py), then its unit behind it (units.py), its hedge before it, and what makes it no
figure (names.py). Figures side by side are then joined: 3至5名, 从26项减至5项.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from govnlp.extracting.arithmetic import with_flags
from govnlp.extracting.context import counted, counted_per
from govnlp.extracting.names import is_no_figure, name_spans
from govnlp.extracting.numerals import Number, iter_numbers, read_numeral, to_half_width
from govnlp.extracting.units import KIND_OF_UNIT, conversion, unit_at
from govnlp.records import Figure

_REACH = 24  # characters before a figure in which its from may begin

# 不少于 before 少于: the longest is taken.
_HEDGE_BEFORE = re.compile(
    "(?:不少于|不低于|不超过|不高于|不多于|不足|不到|至少|最多|至多|少于|低于|高于|多于|大于|小于|超过|将近|接近|大约|近|约|超|逾)$"
)
_HEDGE_AFTER = re.compile("左右|以上|以下|以内|上下|多(?=[的时高长宽重远深，。、；]|$)")
_HEDGE_LENGTH = 3

_RANGE = re.compile("[至到~～—–-]{1,2}")
_CHANGE_BEFORE = re.compile(
    "[从由](?:[^，。；“”\\d]{0,5}的|原来|原先|每[年月周日天季]|年均|日均|月均|户均|人均|平均|最初|过去|以前|此前|近|约)?$"
)
_CHANGE_BETWEEN = re.compile(r"[^，。；、\d]{0,8}，?[^，。；、\d]{0,6}[至到为成了]")
_OLD = rf"{_CHANGE_BEFORE.pattern[:-1]}(?P<old>\d+(?:\.\d+)?)"
_CHANGE_WITHOUT_UNIT = re.compile(rf"{_OLD}[^，。；、\d]{{0,8}}[至到为成了]$")
_TENTH = re.compile("[一二三四五六七八九](?=[，。、；）以左]|$)")  # 六成五
_RATIO = re.compile("[:：∶比]")
_PROPORTION = re.compile("比|配")
_PROPORTION_BEFORE = re.compile("(?:比|比例|配比|比率)(?:约|达|达到|为|约为|是|至|到)?$")
_READ_ANEW = frozenset(("个多月", "个多小时", "个多星期", "个半月", "个半小时", "成", "番", "度", "℃", "摄氏度"))
_MOST_DOUBLINGS = 64
_MULTIPLIED = re.compile("翻了?$")
_DOUBLED = re.compile("翻了?番")


def figures(text: str, paragraph_id: str | None = None) -> list[Figure]:
    """Return the figures of a text in order.

    Dates, ordinals and numbers inside names are left out. A range has its upper end as value; a change (从26项减至5项)
    is one figure with `from_`. Where a sentence states a sum or a rate that its figures do not give, `flag` says so.

    Args:
        text: a paragraph or sentence.
        paragraph_id: goes into each figure's `id`.

    >>> [(f.text, f.value, f.unit) for f in figures("3600余名志愿者调解纠纷1.1万件")]
    [('3600余名', 3600.0, '名'), ('1.1万件', 11000.0, '件')]
    >>> [(f.text, f.from_, f.what) for f in figures("盖章事项从38项减至5项。")]
    [('5项', 38.0, '盖章事项')]
    """
    plain = to_half_width(text)
    single = sorted([*_single(plain, paragraph_id), *_doubled(plain, paragraph_id)], key=lambda figure: figure.start)
    amounts = _join(single, _one_amount)
    ranges = _join(amounts, partial(_one_range, plain))
    changes = _join([_changed(plain, figure) for figure in ranges], partial(_one_change, plain))
    joined = _share_nouns(plain, changes)
    if plain is not text:
        joined = [replace(figure, text=text[figure.start : figure.end]) for figure in joined]
    return with_flags(plain, joined)


def _single(text: str, identity: str | None) -> Iterator[Figure]:
    """Yield the figure of each number that is one, ranges and changes still apart."""
    named = name_spans(text)
    numbers = list(iter_numbers(text))
    taken = 0
    for place, number in enumerate(numbers):
        if number.start < taken:
            continue
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        if named[number.start]:
            continue
        upper = _up_to(text, number, following)
        figure = _proportion(text, number, following, identity) or _counted(text, upper, identity)
        if figure:
            taken = figure.end
            yield figure


def _up_to(text: str, number: Number, following: Number | None) -> Number:
    """Return 3至5 as one number where only its upper end has a unit: 3至5名, 3至5万元."""
    if following is None or not _RANGE.fullmatch(text, number.end, following.start) or number.value >= following.value:
        return number
    bare = number.scale == 1 and following.scale > 1 and number.value * following.scale < following.value
    low = number.value * (following.scale if bare else 1)
    return replace(following, start=number.start, low=low)


def _counted(text: str, number: Number, identity: str | None) -> Figure | None:
    """Return the figure of a number and the unit behind it."""
    unit = unit_at(text, number.end)
    if is_no_figure(text, number, unit):
        return None
    end = number.end + len(unit)
    if unit in _READ_ANEW:
        number, unit, end = _read_anew(text, number, unit, end)
    value, low, start = number.value, number.low, number.start
    if KIND_OF_UNIT.get(unit) == "duration" and text.startswith("半", end):
        value, end = value + 0.5, end + 1
    before = _matched(_HEDGE_BEFORE, text, start, _HEDGE_LENGTH)
    after = _HEDGE_AFTER.match(text, end)
    start, end = start - len(before), after.end() if after else end
    return Figure(
        id=identity,
        text=text[start:end],
        start=start,
        end=end,
        kind=KIND_OF_UNIT.get(unit, "count"),
        value=value,
        unit=unit,
        what=counted(text, start, end, KIND_OF_UNIT.get(unit, "count")),
        hedge=before or number.hedge or (after.group() if after else None),
        min=low,
        max=value if low is not None else None,
        per=counted_per(text, start, end),
    )


def _read_anew(text: str, number: Number, unit: str, end: int) -> tuple[Number, str, int]:
    """Return number, unit and end as the unit means them: 六成五 is 65%, 两个半月 2.5个月, 翻两番 four times."""
    if unit.startswith("个多"):
        return replace(number, hedge="多"), unit.replace("多", ""), end
    if unit.startswith("个半"):
        return replace(number, value=number.value + 0.5), unit.replace("半", ""), end
    if unit == "成":
        tenth = _TENTH.match(text, end)
        ones = read_numeral(tenth.group()) or 0 if tenth else 0
        low = None if number.low is None else number.low * 10
        return replace(number, value=number.value * 10 + ones, low=low), "%", tenth.end() if tenth else end
    if unit == "番":
        start = number.start - len(_matched(_MULTIPLIED, text, number.start))
        return replace(number, start=start, value=2.0 ** min(number.value, _MOST_DOUBLINGS)), unit, end
    if text.endswith("零下", 0, number.start):
        return replace(number, start=number.start - 2, value=-number.value), unit, end
    return number, unit, end


def _proportion(text: str, number: Number, following: Number | None, identity: str | None) -> Figure | None:
    """Return a number and the next as a ratio (1:300) or a fraction (三分之二, 百分之五)."""
    if following is None or not number.value:
        return None
    between = text[number.end : following.start]
    if between == "分之":
        unit = {100: "%", 1000: "‰"}.get(int(number.value), "")
        value = following.value if unit else following.value / number.value
    elif following.value and _is_ratio(text, number, between, following):
        unit, value = "", number.value / following.value
    else:
        return None
    kind = "percent" if unit else "ratio"
    start, end = number.start, following.end
    return Figure(identity, text[start:end], start, end, kind, round(value, 6), unit, counted(text, start, end, kind))


def _is_ratio(text: str, number: Number, between: str, following: Number) -> bool:
    """Tell 1:300 from 8:30, a time of the day, and 2比1, a score."""
    if not _RATIO.fullmatch(between) or unit_at(text, following.end):
        return False
    if between == "比":
        return bool(_matched(_PROPORTION_BEFORE, text, number.start))
    near = text[max(0, number.start - 6) : number.start] + text[following.end : following.end + 3]
    return number.arabic and (number.value == 1 or bool(_PROPORTION.search(near)))


def _doubled(text: str, identity: str | None) -> Iterator[Figure]:
    for found in _DOUBLED.finditer(text):
        start, end = found.span()
        yield Figure(identity, found.group(), start, end, "ratio", 2.0, "番", counted(text, start, end, "ratio"))


def _matched(pattern: re.Pattern[str], text: str, end: int, reach: int = _REACH) -> str:
    """Return what a pattern that ends in $ finds right before a place."""
    found = pattern.search(text, max(0, end - reach), end)
    return found.group() if found else ""


def _join(found: list[Figure], join: Callable[[Figure, Figure], Figure | None]) -> list[Figure]:
    """Put one figure in the place of two neighbours wherever `join` makes one of them."""
    joined: list[Figure] = []
    for figure in found:
        one = join(joined[-1], figure) if joined else None
        if one:
            joined[-1] = one
        else:
            joined.append(figure)
    return joined


def _one_amount(last: Figure, figure: Figure) -> Figure | None:
    """Join 1小时48分, one amount in two units, in the larger of them."""
    factor = conversion(figure.unit, last.unit) if last.end == figure.start else None
    if factor is None or factor >= 1:
        return None
    text, value = last.text + figure.text, round(last.value + figure.value * factor, 6)
    return replace(last, text=text, end=figure.end, kind=KIND_OF_UNIT[last.unit], value=value)


def _one_range(text: str, low: Figure, high: Figure) -> Figure | None:
    """Join 3名至5名; 3至5名, where the first number has no unit, was read with its low end."""
    if low.unit != high.unit or low.value >= high.value or not _RANGE.fullmatch(text, low.end, high.start):
        return None
    whole = text[low.start : high.end]
    return replace(high, text=whole, start=low.start, min=low.value, max=high.value, per=low.per)


def _changed(text: str, figure: Figure) -> Figure:
    """Give 5项 in 从26减至5项 the 26, which has no unit and is no figure."""
    old = _CHANGE_WITHOUT_UNIT.search(text, max(0, figure.start - _REACH), figure.start)
    return replace(figure, from_=float(old["old"])) if old else figure


def _one_change(text: str, old: Figure, new: Figure) -> Figure | None:
    """Join 从26项减至5项 to one figure, 5项 from 26."""
    factor = conversion(old.unit, new.unit)
    if factor is None or not _is_change(text, old, new):
        return None
    behind = None if new.what and new.what in text[old.start : new.start] else new.what
    return replace(new, what=old.what or behind, from_=old.value * factor, per=old.per or new.per)


def _is_change(text: str, old: Figure, new: Figure) -> bool:
    return bool(_matched(_CHANGE_BEFORE, text, old.start) and _CHANGE_BETWEEN.fullmatch(text, old.end, new.start))


def _share_nouns(text: str, found: list[Figure]) -> list[Figure]:
    """Give 2890人 in 监督小组624个、2890人 the noun of the figure before it."""
    for place in range(1, len(found)):
        last, figure = found[place - 1], found[place]
        if figure.what is None and text[last.end : figure.start] == "、":
            found[place] = replace(figure, what=last.what)
    return found
