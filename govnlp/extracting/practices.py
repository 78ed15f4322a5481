"""Named practices of a text: methods, brands, campaigns, platforms and places with a name of their own.

A name is printed in quotation marks. It names a practice where a head noun stands behind it (“四步走”工作法) or ends it
(“曲婶调解室”), or where a verb of founding introduces it (办好“幸福灶”); metaphors, slogans and policies of the whole
country are left out (data/quoted_words.txt).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from govnlp.extracting.expansions import expansion_of
from govnlp.records import Article, Practice
from govnlp.resources import read_data

# Behind the quotation: “四步走”工作法. Each noun makes the name one of its kind.
_HEADS = {
    "method": "工作法 调解法 工作模式 模式 工作机制 机制 工作体系 体系 工作制 制度 制 办法 诚信公示 公示",
    "brand": "品牌 队伍 服务队 志愿队 工作队 宣讲队 宣讲团 先锋队 突击队 调解队 合唱团 团队 联盟 社团",
    "campaign": "行动 工程 计划 活动 项目 评选 大赛 比赛 竞赛 主题党日 活动周 活动月 文化节",
    "platform": "平台 小程序 系统 热线 客户端 公众号 APP App app 信箱 应用 专区 微信群",
    "place": "驿站 工作室 调解室 议事厅 议事亭 议事会 会客厅 客厅 服务站 中心 学堂 课堂 讲堂 超市 食堂 大院 小院 基地 书屋 之家 公园 广场 长廊 广播站 "
    "集市 市集 市场 小屋 专窗 窗口 岗 点位 阵地 院坝",
}
# At the end of the quotation: “曲婶调解室”.
_ENDS = {
    "method": "工作法 调解法 议事法 服务法 治理法 模式 积分制 星级制 联户制 公约",
    "brand": "服务队 志愿队 宣讲队 宣讲团 先锋队 突击队 调解队 巡逻队 帮帮团 服务团 协会 联盟",
    "campaign": "行动 工程 计划 故事会 文化节 邻里节 评选 大赛 活动周 百家宴 音乐会 夜话 夜谈",
    "platform": "大脑 平台 小程序 热线 信箱 随手办 一表通 一点通 一键通 掌上通 云平台 码上办 码上议 e通 E通",
    "place": "驿站 工作室 调解室 议事厅 议事亭 议事角 会客厅 客厅 客厅群 服务站 学堂 课堂 讲堂 大讲堂 超市 食堂 大院 小院 书屋 书房 之家 少年宫 小屋 茶室 茶馆 "
    "板凳 茶摊 廊亭 长廊 小舞台 大舞台 舞台 集市 市集 灶 加油屋 便民坊 手工坊 法庭 警务室 小站 暖房 夜校 学校 学院 银行 院坝 红管家站 之窗 门诊 花园 菜园 邻里中心 广播站",
}
# Before the quotation: 办好“幸福灶”. The verb tells the kind where no noun does.
_FOUNDED = {
    "place": "建好 办好 办起 建起 建成 开起 开办 设立 改造成 改建成 改建为 改造为 划成 打造成 搭建 搭起 挂牌",
    "platform": "上线 开发 研发 汇入 接入 开通 启用 登录 打开",
    "method": "推行 探索 首创 独创 总结出 总结 提炼 提炼出 创新 构建 实行 试行 推出",
    "campaign": "开展 实施 举办 启动 发起",
    "brand": "打造 创建 培育 擦亮 叫响 做优 做强 塑造 组建 成立",
}
_ONLY_FOUNDED = 8  # characters; a longer quotation after a verb of founding is a slogan

_QUOTED = re.compile("“(?P<core>[^“”]{1,30})”")
_UNQUOTED = re.compile("(?:推行|创新|总结|提炼|探索|形成|运用|推广|实施|创立|首创|出|的|以)(?P<name>[\\u4e00-\\u9fff\\d+]{2,8}工作法)")
_LIST = re.compile("[，、。；：？！,;:?!]")
_FORMULA = re.compile("[+＋]")
_CODE = re.compile("[\\dNnXx]")


def _kinds(table: dict[str, str]) -> str:
    """Return one group per kind, the longest noun first."""
    longest_first = {kind: sorted(nouns.split(), key=len, reverse=True) for kind, nouns in table.items()}
    return "|".join(f"(?P<{kind}>{'|'.join(nouns)})" for kind, nouns in longest_first.items())


# “啄木鸟”志愿服务品牌: up to six characters may stand between, no particle among them: “三难”问题的解决机制.
_HEAD = re.compile(
    rf"(?P<between>(?:(?![的等是了在和与及将把为以对从向到中上里]|问题|思路|原则|要求|目标)[\u4e00-\u9fff]){{0,6}}?)"
    rf"(?:{_kinds(_HEADS)})(?![位力能性对化])"
)
_END = re.compile(rf"(?P<stem>.+?)(?:{_kinds(_ENDS)})$")
_FOUNDING = re.compile(
    rf"(?:{_kinds(_FOUNDED)})[了出起]?(?:[\d零一二两三四五六七八九十百千余多]+[个家处座支间场期])?(?:“[^“”]{{1,16}}”)*$"
)
_FOUNDING_REACH = 40
_AFTER_FOUNDED = re.compile("[，。；、：（“\\d]|[一二两三四五六七八九十百]+[个处家间座支场]|$")


def practices(source: str | Article, paragraph_id: str | None = None) -> list[Practice]:
    """Return the named practices of a text or article in order, each once, by its fullest name.

    Args:
        source: a text, or an article, whose paragraphs are taken together.
        paragraph_id: goes into each practice's `id`; an article's paragraphs have their own.

    >>> [(p.name, p.kind) for p in practices("推行“三聚三强”工作法，设立“曲婶调解室”。")]
    [('“三聚三强”工作法', 'method'), ('“曲婶调解室”', 'place')]
    >>> practices("“三聚”工作法聚人心。“三聚”：聚人心、聚资源、聚合力。")[0].expansion
    '聚人心、聚资源、聚合力'
    """
    texts = [(p.text, p.id) for p in source.paragraphs] if isinstance(source, Article) else [(source, paragraph_id)]
    best: dict[str, Practice] = {}
    for text, identity in texts:
        for stem, practice in _named(text, identity):
            if stem not in best or (best[stem].name.endswith("”") and not practice.name.endswith("”")):
                best[stem] = practice
    order = {identity: place for place, (_, identity) in enumerate(texts)}
    found = sorted(best.items(), key=lambda item: (order[item[1].id], item[1].start))
    return [replace(practice, expansion=_expansion(stem, practice, texts)) for stem, practice in found]


def _expansion(stem: str, practice: Practice, texts: list[tuple[str, str | None]]) -> str | None:
    for text, _ in texts:
        for found in re.finditer(re.escape(stem), text):
            expansion = expansion_of(text, found.start(), found.end())
            if expansion:
                return expansion
    return None


def _named(text: str, identity: str | None) -> Iterator[tuple[str, Practice]]:
    """Yield each mention that names a practice, with the stem that its variants share."""
    for found in _QUOTED.finditer(text):
        named = _by_head(text, found) or _by_end(found) or _by_founding(text, found)
        if named:
            kind, end, stem = named
            yield stem, Practice(identity, text[found.start() : end], found.start(), end, kind)
    for found in _UNQUOTED.finditer(text):
        yield _stem(found["name"]), Practice(identity, found["name"], found.start("name"), found.end("name"), "method")


def _by_head(text: str, quoted: re.Match[str]) -> tuple[str, int, str] | None:
    """“四步走”工作法: kind, end and stem of a name with its head noun behind it."""
    head = _HEAD.match(text, quoted.end())
    core = quoted["core"]
    if head is None or _is_common(core):
        return None
    kind = str(head.lastgroup)
    listed = _LIST.search(core) and not text[: head.end()].endswith("工作法")
    formula = _FORMULA.search(core) and not _CODE.search(core)
    return None if listed or formula else (kind, head.end(), _stem(core))


def _by_end(quoted: re.Match[str]) -> tuple[str, int, str] | None:
    """“曲婶调解室”: the head noun ends the name."""
    core = quoted["core"]
    end = _END.match(core)
    if end is None or _LIST.search(core) or _is_common(core):
        return None
    return str(end.lastgroup), quoted.end(), _stem(core)


def _by_founding(text: str, quoted: re.Match[str]) -> tuple[str, int, str] | None:
    """办好“幸福灶”: a verb of founding introduces the name, and nothing that it describes follows."""
    core = quoted["core"]
    if len(core) > _ONLY_FOUNDED or _LIST.search(core) or _is_common(core) or not _AFTER_FOUNDED.match(text, quoted.end()):
        return None
    verb = _FOUNDING.search(text, max(0, quoted.start() - _FOUNDING_REACH), quoted.start())
    return (str(verb.lastgroup), quoted.end(), _stem(core)) if verb else None


def _stem(core: str) -> str:
    """Return what the variants of a name share: 三聚三强 of 三聚三强工作法."""
    return core.removesuffix("工作法") or core


@cache
def _common_words() -> frozenset[str]:
    lines = read_data("extracting", "data", "quoted_words.txt").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _is_common(core: str) -> bool:
    return core in _common_words()
