"""The units that figures come in, what they measure, and how they relate."""

from __future__ import annotations

import re

_UNITS = {
    "money": "元 美元 港元 欧元 块钱",
    "percent": "% ‰ 个百分点 成",
    "area": "平方米 平方公里 平方千米 平米 公顷 亩 ㎡ km²",
    "length": "公里 千米 米 延米 厘米 毫米 海里 km",
    "weight": "公斤 千克 吨 斤 克 kg",
    "duration": """
        个多月 个多小时 个多星期 个半月 个半小时 秒 秒钟 分钟 小时 个小时 天 个半天 个工作日 工作日 个月 个星期
        个季度 年 周 日
    """,
    "ratio": "倍 番",
    "other": "度 ℃ 摄氏度 分 岁 立方米 升 毫升 千伏 千瓦 千瓦时 兆瓦",
    # measure words, and what officials count by
    "count": """
        "" 名 人 个 大类 小类 户 件 次 项 家 处 条 支 场 套 座 台 部 所 起 张 份 栋 幢 期 类 对 间 批 辆 盏 棵 株 头 只
        笔 篇 例 盒 册 块 单 层 扇 轮 步 届 口 面 根 本 枚 位 顶 门 片 班 课 节 封 幅 把 床 艘 架 桶 瓶 袋 箱
        席 桌 餐 组 队 种 道 站 眼 票 趟 趟次 路 段 遍 桩 颗 句 样 车 村 网格 人次 件次 户次 场次 家次 台次
        车次 班次 架次 批次 项次 课时 学时 人份 家庭 标箱
    """,
}
KIND_OF_UNIT = {unit: kind for kind, units in _UNITS.items() for unit in units.split()}
_UNIT = re.compile("|".join(sorted(map(re.escape, KIND_OF_UNIT), key=len, reverse=True)))

# 3部门, 3单位, 12条例: with these characters behind it the unit is the beginning of another word.
_LONGER_WORDS = {
    "分": "类为别之享管工布成局支包片段行期隔红级数", "成": "员果立为功本长效熟绩就都了", "人": "民口大物情居均才",
    "家": "庭园长属门", "部": "门委分长队", "单": "元位", "处": "理置长级分", "所": "有以需谓属在",
    "支": "部书撑持付", "场": "所地", "名": "单录称字列", "条": "块例", "组": "织建成长", "队": "伍",
    "台": "湾账阶商河", "门": "口前", "站": "点", "道": "路德", "面": "对向积临", "位": "一于置", "起": "来到步点",
    "只": "要有需能", "种": "植粮", "期": "间望待", "套": "路", "级": "联", "批": "评", "度": "假过", "米": "粉",
    "克": "服", "元": "化旦", "本": "地级月年", "户": "籍外长", "村": "民委支干", "片": "区长", "天": "然下",
    "层": "级", "个": "体", "亩": "均", "周": "岁边年", "轮": "车椅", "网格": "长员化", "班": "子长", "节": "约日",
    "对": "接口", "年": "级度", "间": "接", "餐": "饮厅", "届": "时", "家庭": "医", "车": "辆间主位站库棚行道",
    "路": "段口灯上边", "段": "落位时", "样": "本子板",
}  # fmt: skip


def unit_at(text: str, place: int) -> str:
    """Return the unit that stands at a place of the text, the longest; "" where there is none.

    >>> unit_at("3家单位", 1), unit_at("3部门", 1)
    ('家', '')
    """
    found = _UNIT.match(text, place)
    if found is None or text[found.end() : found.end() + 1] in _LONGER_WORDS.get(found.group(), "-"):
        return found.group() if found and found.end() == len(text) else ""
    return found.group()


# How many of the smallest of their kind: 从2小时缩短至20分钟 is a change from 120 minutes.
_SIZES = (
    {
        "秒": 1,
        "秒钟": 1,
        "分钟": 60,
        "分": 60,
        "小时": 3600,
        "个小时": 3600,
        "天": 86400,
        "周": 604800,
        "个星期": 604800,
    },
    {"年": 12, "个月": 1, "个季度": 3},
    {"米": 1, "公里": 1000, "千米": 1000, "km": 1000},
    {"平方米": 1, "平米": 1, "㎡": 1, "公顷": 10_000, "平方公里": 1_000_000, "平方千米": 1_000_000},
    {"克": 1, "斤": 500, "公斤": 1000, "千克": 1000, "kg": 1000, "吨": 1_000_000},
)


def conversion(unit: str, to: str) -> float | None:
    """Return how many of one unit make one of the other; None where that is not fixed, as for months in days.

    >>> conversion("小时", "分钟"), conversion("个月", "天")
    (60.0, None)
    """
    if unit == to:
        return 1.0
    return next((sizes[unit] / sizes[to] for sizes in _SIZES if unit in sizes and to in sizes), None)
