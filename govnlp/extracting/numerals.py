"""Numbers as Chinese newspapers print them: 3,600, 1.1万, 三千多, 十余, 近百, 两三, ３６００."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, **{c: i for i, c in enumerate("三四五六七八九", 3)}}
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_SMALL = "".join(_DIGITS)
_FULL_WIDTH = re.compile("[０-９．％／]")
_HALF_WIDTH = {ord("０") + i: str(i) for i in range(10)} | {ord("．"): ".", ord("％"): "%", ord("／"): "/"}
_MAX_DIGITS = 15  # a longer run of digits is a number of a document or an account, and no float holds it

# Every run of digits or numerals is taken whole, so that no number is looked at twice: linear in the text.
_NUMBER = re.compile(
    rf"""
    (?=[\d{_SMALL}十百千万亿数几上半])  # four times as fast as trying the alternatives at each character
    (?:
    (?P<arabic>\d{{1,3}}(?:,\d{{3}}){{1,4}}+(?!\d)(?:\.\d++)?|\d++(?:\.\d++)?)
    (?P<arabic_scale>[余多]?(?:百|千(?![米克瓦]))?[余多]?[万亿]{{0,2}})
    |
    (?P<vague>[数几上](?=[十百千万亿]))?
    (?P<chinese>[{_SMALL}十百千万亿]++)
    (?P<chinese_scale>(?:[余多几来][万亿]{{1,2}})?)
    |
    (?<![上下前后大多个夜])(?P<half>半)(?=个[月小]|年|小时|(?<=[为至到成]半)天)
    )
    (?P<after>余|多|几|来(?=[名个人户件次家岁年天]))?
    """,
    re.VERBOSE,
)
# 两三, 七八十, 十五六, 三五百: two digits side by side are a range.
_PAIR = re.compile(rf"(?P<ten>十?)(?P<low>[{_SMALL}])(?P<high>[{_SMALL}])(?P<scale>[十百千万亿]*)")


@dataclass(frozen=True)
class Number:
    """A number of a text: its place, its value (the upper end of a range), and how it is printed.

    `scale` is what its last digit is counted in: 10,000 for 1.1万; `low` the lower end of a range such as 两三.
    """

    start: int
    end: int
    value: float
    low: float | None
    hedge: str | None
    arabic: bool
    scale: int

    @property
    def is_one(self) -> bool:
        """Whether it is a bare 一, which counts seldom: 一批, 一系列, 一站式."""
        return not self.arabic and self.value == 1


def to_half_width(text: str) -> str:
    """Return the text with full-width digits, points and per-cent signs in half width; places stay.

    >>> to_half_width("３６．５％")
    '36.5%'
    """
    return text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text


def iter_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers of a text in half width, in order.

    >>> [(n.value, n.hedge) for n in iter_numbers("1.1万件、三千多人、近百名、两三个月")]
    [(11000.0, None), (3000.0, '多'), (100.0, None), (3.0, None)]
    """
    last: Number | None = None
    for found in _NUMBER.finditer(text):
        number = _arabic(found) if found["arabic"] else _half(found) if found["half"] else _chinese(found)
        if number is None:
            continue
        if last and last.end == number.start and last.scale >= 10 * number.scale and last.value % last.scale == 0:
            number = replace(number, start=last.start, value=last.value + number.value)  # 3万2千多
        elif last:
            yield last
        last = number
    if last:
        yield last


def _arabic(found: re.Match[str]) -> Number | None:
    digits = found["arabic"].replace(",", "")
    if len(digits) > _MAX_DIGITS:
        return None
    tail = found["arabic_scale"]
    scale = _product(tail)
    hedge = _hedge_in(tail) or found["after"]
    value = round(float(digits) * scale, 6)
    return Number(found.start(), found.end(), value, None, hedge, True, scale)


def _half(found: re.Match[str]) -> Number:
    return Number(found.start(), found.end(), 0.5, None, found["after"], False, 1)


def _chinese(found: re.Match[str]) -> Number | None:
    numeral, tail = found["chinese"], found["chinese_scale"]
    pair = _PAIR.fullmatch(numeral)
    low, value = _read_pair(pair) if pair else (None, read_numeral(numeral))
    if value is None:
        return None
    scale = _product(tail)
    low = low * scale if low is not None else None
    hedge = found["vague"] or _hedge_in(tail) or found["after"]
    return Number(found.start(), found.end(), value * scale, low, hedge, False, scale)


def _read_pair(pair: re.Match[str]) -> tuple[float | None, float | None]:
    low, high = _DIGITS[pair["low"]], _DIGITS[pair["high"]]
    if not low or not (high == low + 1 or (low, high) == (3, 5)):
        return None, None
    base, scale = 10 if pair["ten"] else 0, _product(pair["scale"])
    return float((base + low) * scale), float((base + high) * scale)


def read_numeral(numeral: str) -> float | None:
    """Return the value of a numeral in Chinese characters; None where it is none, as in 一一.

    >>> read_numeral("三千二百零五"), read_numeral("十二"), read_numeral("一三")
    (3205.0, 12.0, None)
    """
    total, section, digit, previous = 0, 0, 0, ""
    for character in numeral:
        if character in _DIGITS:
            if previous in _DIGITS and previous not in ("零", "〇"):
                return None
            digit = _DIGITS[character]
        elif (scale := _SCALES[character]) >= _SCALES["万"]:
            section = (section + digit) or (0 if total else 1)
            grown = (total + section) * scale if scale > _SCALES["万"] else total + section * scale
            total, section, digit = grown, 0, 0
        else:
            section, digit = section + (digit or 1) * scale, 0
        previous = character
    return float(total + section + digit)


def _product(scales: str) -> int:
    product = 1
    for character in scales:
        product *= _SCALES.get(character, 1)
    return product


def _hedge_in(tail: str) -> str | None:
    return next((character for character in tail if character in "余多几来"), None)
