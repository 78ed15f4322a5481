"""Numbers of a text and what they count: a first grammar of Arabic figures.

Read so far: Arabic numbers with 万 and 亿, hedges (余, 多, 近, 超…), percentages, units, and 从26项减至5项.
Not yet: numbers written in Chinese characters, ranges, multiples, figures per unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.records import Figure

_KINDS = {
    "money": ("亿元", "万元", "元"),
    "percent": ("%", "％", "个百分点"),
    "area": ("平方米", "平方公里", "公顷", "亩", "㎡"),
    "length": ("公里", "千米", "米"),
    "weight": ("公斤", "千克", "吨", "斤"),
    "duration": ("分钟", "小时", "个月", "天", "年"),
    "count": (
        "余件次", "件次", "人次", "场次", "余次", "名", "人", "个", "户", "件", "次", "项", "家", "处", "条",
        "支", "场", "套", "座", "台", "部", "所", "起", "张", "份", "栋", "幢", "期", "类", "对", "间", "批", "村",
        "辆", "盏", "棵", "株", "头", "只", "笔", "篇", "例", "盒", "册", "块",
    ),
}  # fmt: skip
_KIND_OF_UNIT = {unit: kind for kind, units in _KINDS.items() for unit in units}
_UNIT = "|".join(sorted(map(re.escape, _KIND_OF_UNIT), key=len, reverse=True))
_NUMBER = r"\d+(?:\.\d+)?"
_SCALES = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}

# 近5300余名: hedge before, number, scale, hedge after, unit. A number inside a name is none: “1331”, B14版.
_FIGURE = re.compile(
    rf"(?P<before>近|超|超过|约|逾|达)?(?<![\dA-Za-z.“‘+—-])(?P<number>{_NUMBER})(?P<scale>[万亿千百]?)(?P<after>余|多)?(?P<scale2>[万亿]?)(?P<unit>{_UNIT})(?P<end>以上|以下)?"
)
_HEDGES = frozenset({"近", "超", "超过", "约", "逾"})
# 2023年, 5月, 第3期, 12345热线: a date, an ordinal, a name.
_DATE_BEFORE = re.compile(r"(第|[0-9]月)$")
_YEAR = re.compile(r"^(19|20)\d\d$")
_CHANGE = re.compile(rf"(?:从|由)(?P<old>{_NUMBER})(?P<scale>[万亿]?)(?:余|多)?(?:{_UNIT})?[^，。；]{{0,4}}$")
_REACH = 40  # characters before a figure in which its 从…减至 may begin
_WHAT = re.compile(r"[\u4e00-\u9fff]{2,8}")


def figures(text: str, paragraph_id: str | None = None) -> list[Figure]:
    """Return the figures of a text in order.

    >>> [(f.text, f.value, f.unit) for f in figures("3600余名志愿者调解纠纷1.1万件")]
    [('3600余名', 3600.0, '名'), ('1.1万件', 11000.0, '件')]
    """
    return list(_iter_figures(text, paragraph_id))


def _iter_figures(text: str, paragraph_id: str | None) -> Iterator[Figure]:
    for found in _FIGURE.finditer(text):
        unit = found["unit"]
        if unit == "年" and (_YEAR.match(found["number"]) or not found["scale"]):
            continue
        if _DATE_BEFORE.search(text, max(0, found.start("number") - 3), found.start("number")):
            continue
        before = found["before"] if found["before"] in _HEDGES else None
        start = found.start() if before else found.start("number")
        change = _CHANGE.search(text, max(0, start - _REACH), start)
        yield Figure(
            id=paragraph_id,
            text=text[start : found.end()],
            start=start,
            end=found.end(),
            kind=_KIND_OF_UNIT[unit],
            value=_value(found["number"], found["scale"] + found["scale2"]),
            unit=unit,
            what=_what(text, found.end()),
            hedge=before or found["after"] or found["end"],
            from_=_value(change["old"], change["scale"]) if change else None,
        )


def _value(number: str, scales: str) -> float:
    value = float(number)
    for scale in scales:
        value *= _SCALES[scale]
    return round(value, 6)


def _what(text: str, end: int) -> str | None:
    following = _WHAT.match(text, end)
    return following.group() if following else None
