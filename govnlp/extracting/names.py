"""Numbers that are no figures: dates, ordinals, addresses, numbers inside names."""

from __future__ import annotations

import re

from govnlp.extracting.numerals import Number

# “三张清单”, “1331”, “15分钟便民圈”; a longer quotation is speech, and its figures count.
_NAME = re.compile("“[^“”]{1,12}”|“[^“”]{0,40}[+＋N][^“”]{0,40}”|《[^《》]{1,40}》")
_REACH = 16

# 第3期, 这三个, 前三名, 其他两个, 最后一公里, 周五; G312, B14, 5+2, 7×24: an ordinal, a pointer, a part of a code.
_BEFORE = re.compile(
    r"(?:第|[A-Za-z.+＋×*/#&_\-]|\d[,.]|[这那首某]|(?<![目此以之当提日生先空眼面])前|(?<!应)该|其他|其它|上述|最后|周|星期)$"
)
_ORDINAL = re.compile(r"第[\d零一二三四五六七八九十百、，和至到—-]*$")
# 三张清单, 四项制度, 五级联动, 两步走: counted in characters before a word of programmes, a name.
_PROGRAMME = re.compile(
    "清单|机制|制度|体系|方面|层面|环节|维度|原则|关键|抓手|转变|坚持|统一|到位|明确|作用|意识|自信|维护|确保|一[批，。、”]|走|"
    "工作法|模式|办法|行动|工程|计划|规划|联动|治理|服务法|重|优先|功夫|文章|难题|课堂|会一课"
)
# “走访单”和“回访单”两项清单, 义诊等五项行动: a programme counted right behind what it lists is a figure.
_LISTED_BEFORE = re.compile("[”’等]$")
# 10分钟生活圈, 十户长, 90后, 两代表: what follows makes it a name; 三个100%: the rates are figures, not their number.
_AFTER = re.compile(r"[+＋×]|[A-Za-z]|(?<=个)\d[\d.]*%")
_CIRCLE = re.compile("[\\u4e00-\\u9fff]{0,8}圈")
_CIRCLE_UNITS = frozenset(("分钟", "公里", "米"))

# 3月5日, 22时, 8点, 12号: parts of dates and hours have no unit here; a year has one.
_YEAR = range(1800, 2200)
# 连续三年, 任期5年, 71年历史 last; 三年来, 近三年, 2年后, 五年规划 only place something in time.
_LASTING = re.compile(
    "(?:连续|历时|为期|长达|任期|一任|一干|服役|用|有|达|需|要|约|逾|满|守了|当了|做了|住了|干了|了)$"
)
_LASTED = re.compile("时间|历史|的|[，。、；！？）”]|$")
_FRAME = {
    "年": re.compile("多?(?:以?来|[间前后内初底末春夏秋冬中一]|以[前后]|之|[\\d])|[^，。；]{0,3}(?:行动|计划|规划)"),
    "个月": re.compile("多?(?:以?来|[间前后]|以[前后]|之)"),
    "天": re.compile("多?(?:以?来|[前后]|以[前后]|之|一)"),
    "届": re.compile("[一二三四五六七八]中|中央|全国|人大|党代"),
    "日": re.compile("(?!内)"),
    "栋": re.compile(r"\d|[一二三四五六七八九十]+单元|[东西南北]"),
}
_POINT = re.compile("[\\d一二三四五六七八九十][点时]\\d{0,2}$")
_AGE = re.compile("年龄[^，。；]{0,8}$")
_AGE_GROUP = re.compile("以[上下]|[至到—-]|及|的")
# 货梯一部，: of things that are one only those are counted that a list ends with.
_ONE_UNITS = frozenset("部台座处所辆栋幢套家支名")
_NOT_IN_NUMERALS = frozenset("分村路段样")  # 十分困难, 七村, 四路并进
_ONE_SAID_FULLY = frozenset(("成", "倍", "番", "小时", "个小时", "分钟", "公里", "元", "个多小时", "个多月"))
_ONE_TIME = re.compile("多?时间|半")
_ONE_BEFORE = re.compile(
    "[\\u4e00-\\u9fff](?<![了是有每这那同任某唯之再个着过设办开要来去走用为由在及和与成建第统单不买吃喝])$"
)
_ONE_AFTER = re.compile("[，。、；）]|$")
# 近百名, 上千户, 百余件; 百姓, 千家万户
_BARE_SCALE = re.compile("[十百千万亿]+")
_HEDGED_BEFORE = re.compile("(?:近|约|超|超过|逾|不足|不到)$")


def name_spans(text: str) -> bytearray:
    """Return a mask of the text, 1 where a character stands in a short quotation or a title."""
    mask = bytearray(len(text))
    for found in _NAME.finditer(text):
        mask[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return mask


def is_no_figure(text: str, number: Number, unit: str) -> bool:
    """Tell whether a number with its unit is a date, an ordinal, or a part of a name."""
    end = number.end + len(unit)
    if _before(_BEFORE, text, number.start) or _before(_ORDINAL, text, number.start) or _AFTER.match(text, end):
        return True
    if unit in _CIRCLE_UNITS and _CIRCLE.match(text, end):
        return True
    if not unit:
        return not _stands_alone(text, number)
    if _is_time(text, number, unit, end) or (not number.arabic and _is_wording(text, number, unit, end)):
        return True
    return unit == "岁" and (not _before(_AGE, text, number.start) or bool(_AGE_GROUP.match(text, end)))


def _before(pattern: re.Pattern[str], text: str, end: int) -> bool:
    return pattern.search(text, max(0, end - _REACH), end) is not None


def _stands_alone(text: str, number: Number) -> bool:
    """常住人口52万, 35万游客: a number so large needs no unit."""
    return number.arabic and number.scale >= 10_000


def _is_time(text: str, number: Number, unit: str, end: int) -> bool:
    """2023年, 三年来, 8点30分, 3栋2单元."""
    if unit == "分" and _before(_POINT, text, number.start):
        return True
    frame = _FRAME.get(unit)
    if frame and frame.match(text, end):
        return True
    if unit != "年":
        return False
    lasting = _before(_LASTING, text, number.start) or (
        _LASTED.match(text, end) and text[number.start - 1 : number.start] != "近"
    )
    return number.value in _YEAR or not lasting


def _is_wording(text: str, number: Number, unit: str, end: int) -> bool:
    """三张清单, 一批, 百姓: numerals that make a word and count nothing."""
    if unit in _NOT_IN_NUMERALS or (text[number.start : number.end] == "二" and unit != "成"):
        return True
    if number.value == 1 and unit not in _ONE_SAID_FULLY:
        listed = _before(_ONE_BEFORE, text, number.start) and _ONE_AFTER.match(text, end)
        return not ((unit in _ONE_UNITS and listed) or _ONE_TIME.match(text, end))
    if _BARE_SCALE.fullmatch(text, number.start, number.end) and number.value > 10:
        return not _before(_HEDGED_BEFORE, text, number.start)
    return _PROGRAMME.match(text, end) is not None and not _before(_LISTED_BEFORE, text, number.start)
