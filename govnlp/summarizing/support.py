"""Whether a figure of a brief stands in a source: the same amount, told of the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from govnlp.extracting.figures import figures
from govnlp.extracting.units import conversion
from govnlp.records import Figure

_WINDOW = 12  # characters on each side that tell what a figure is said of
_NUMERALS = re.compile(r"[\d.,零一二两三四五六七八九十百千万亿余多近约超]+")
_SENTENCE_END = re.compile("[。！？\\n]")

# 三千多 and 3000余 say the same, 近3000 does not.
_HEDGES = {
    "above": "余 多 几 来 数 上 超 超过 逾 多于 高于 大于 以上 不少于 不低于 至少",
    "below": "近 将近 接近 不足 不到 少于 低于 小于 以下 以内 不超过 不高于 不多于 最多 至多",
    "about": "约 大约 左右 上下",
}
_SIDE_OF_HEDGE = {hedge: side for side, hedges in _HEDGES.items() for hedge in hedges.split()}
_PERSONS = frozenset("名人位")
_UNITS_ALIKE = {"平米": "平方米", "㎡": "平方米", "千米": "公里", "km": "公里", "kg": "公斤", "千克": "公斤"}

_ENOUGH_WORDS = 4
_MORE_OF_IT = re.compile(
    r"[\d.,一二两三四五六七八九十百千万亿余多近约超足到于左以上下]"
)  # 212件 where 12件 is claimed, 97%以上 for 97%

# A figure elsewhere in a source is not the one meant where another amount stands in these very words.
_SAME_WORDS = 0.6
_CLEARLY_BETTER = 0.25


@dataclass(frozen=True)
class Told:
    """A figure and the text that it is told in."""

    figure: Figure
    text: str

    @cached_property
    def words(self) -> frozenset[tuple[str, str]]:
        """Pairs of characters before and behind the figure in its sentence, numbers left out."""
        before = _SENTENCE_END.split(self.text[max(0, self.figure.start - _WINDOW) : self.figure.start])[-1]
        behind = _SENTENCE_END.split(self.text[self.figure.end : self.figure.end + _WINDOW])[0]
        return frozenset([*_pairs("before", before), *_pairs("behind", behind)])


def _pairs(side: str, words: str) -> list[tuple[str, str]]:
    plain = _NUMERALS.sub("#", words)
    return [(side, plain[i : i + 2]) for i in range(len(plain) - 1)]


def told_in(text: str, id: str | None = None) -> list[Told]:
    """Return the figures of a text, each with it; `id` is the paragraph's."""
    return [Told(figure, text) for figure in figures(text, id)]


def is_verbatim(claim: Told, text: str) -> bool:
    """Tell whether a text has the claimed figure in the very words of its sentence, no digit or hedge cut off."""
    start, end = claim.figure.start, claim.figure.end
    before = _SENTENCE_END.split(claim.text[max(0, start - _WINDOW) : start])[-1]
    behind = _SENTENCE_END.split(claim.text[end : end + _WINDOW])[0]
    words = f"{before}{claim.figure.text}{behind}"
    if len(words) < len(claim.figure.text) + _ENOUGH_WORDS or words not in text:
        return False
    place = text.index(words)
    around = text[place - 1 : place] + text[place + len(words) : place + len(words) + 1]
    return not _MORE_OF_IT.search(around)


def bears_out(claim: Told, sources: Sequence[Told]) -> bool:
    """Tell whether one of the sources' figures is the claimed one.

    The amount must be the same; and where the words around the claim stand in a source with another amount, they must
    stand almost as well around the same one: a figure that was exchanged for another of the same article is found.
    """
    same = [likeness(claim, other) for other in sources if _same_amount(claim.figure, other.figure)]
    if not same:
        return False
    return max(same) >= max(likeness(claim, other) for other in sources) - _CLEARLY_BETTER


def nearest(claim: Told, sources: Sequence[Told]) -> Told | None:
    """Return the figure that stands in the words of the claim; None where no source has such words.

    Of two in one sentence it is the one of the claim's unit; one of other unit and value (590人次 for 3700名) is
    another thing in like words.
    """
    rivals = [other for other in sources if claim.words and _is_rival(claim.figure, other.figure)]
    best = max(rivals, key=lambda other: (likeness(claim, other), other.figure.unit == claim.figure.unit), default=None)
    return best if best and likeness(claim, best) >= _SAME_WORDS else None


def elsewhere(claim: Told, sources: Sequence[Told]) -> Told | None:
    """Return the source's figure of the claimed amount in the words likest to the claim's; None where there is none."""
    same = [other for other in sources if _same_amount(claim.figure, other.figure)]
    return max(same, key=lambda other: likeness(claim, other), default=None)


def nearly(claim: Told, sources: Sequence[Told]) -> Told | None:
    """Return the source's figure of the claimed value under another hedge or bound (90%以上 for 90%), likewise."""
    same = [other for other in sources if _has_value(claim.figure, other.figure)]
    return max(same, key=lambda other: likeness(claim, other), default=None)


def likeness(claim: Told, other: Told) -> float:
    """Return the share of the claim's surrounding words that stand around the other figure too, from 0 to 1."""
    return len(claim.words & other.words) / len(claim.words) if claim.words else 1.0


def _same_amount(claim: Figure, source: Figure) -> bool:
    factor = _factor(source.unit, claim.unit)
    if factor is None:
        return False
    bounds = ("from_", "min")
    if any(not _equal(getattr(claim, name), getattr(source, name), factor) for name in bounds):
        return False
    if _side(claim) == _side(source):
        return _equal(claim.value, source.value, factor)
    return source.hedge is None and _rounds_to(source.value * factor, claim)


def _is_rival(claim: Figure, source: Figure) -> bool:
    return claim.value == source.value or _factor(source.unit, claim.unit) is not None


def _has_value(claim: Figure, source: Figure) -> bool:
    factor = _factor(source.unit, claim.unit)
    bounds = (source.value, source.from_, source.min, source.max)
    return factor is not None and any(bound is not None and _equal(claim.value, bound, factor) for bound in bounds)


def _factor(unit: str, to: str) -> float | None:
    """Return how many of the claimed unit one of the source's is; persons are counted by 名, 人 or 位 alike."""
    if unit == to or (unit in _PERSONS and to in _PERSONS) or _UNITS_ALIKE.get(unit, unit) == _UNITS_ALIKE.get(to, to):
        return 1.0
    return conversion(unit, to)


def _equal(claim: float | None, source: float | None, factor: float) -> bool:
    if claim is None or source is None:
        return claim is source
    return abs(claim - source * factor) <= 1e-9 * max(1.0, abs(claim))


def _side(figure: Figure) -> str | None:
    return _SIDE_OF_HEDGE.get(figure.hedge or "")


def _rounds_to(exact: float, claim: Figure) -> bool:
    """Tell whether 3600余 may be said of 3612: it is off by less than one in the last place that is not 0."""
    step = _last_place(claim.value)
    difference = exact - claim.value
    side = _side(claim)
    if side == "above":
        return 0 <= difference < step
    if side == "below":
        return -step < difference <= 0
    return side == "about" and abs(difference) <= step / 2


def _last_place(value: float) -> float:
    digits = f"{value:.6f}".rstrip("0").rstrip(".")
    if "." in digits:
        return float(10.0 ** -len(digits.partition(".")[2]))
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))
