"""Named practices of a text: methods, brands, campaigns, platforms and places with a name of their own.

A name is printed in quotation marks, “…” or ‘…’. It names a practice where a head noun stands behind it
(“四步走”工作法) or ends it (“曲婶调解室”), where names in a row share a noun (“槐花宴”“灯火夜市”等活动), or
where a verb of founding introduces it (办好“幸福灶”). Metaphors, slogans and policies of the whole country are left
out (data/quoted_words.txt); a general way of working (data/quoted_ways.txt) is a name with a noun right behind it.
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
    "method": "工作法 调解法 议事法 模式 机制 体系 制度 制 办法 公示",
    "brand": "品牌 队伍 队 宣讲团 服务团 讲师团 观察团 合唱团 团队 联盟",
    "campaign": "行动 工程 计划 活动 项目 评选 大赛 竞赛 主题党日 文化节",
    "platform": "平台 小程序 系统 热线 客户端 公众号 APP App app 信箱 应用 专区 微信群",
    "place": """
        驿站 工作室 调解室 议事厅 议事亭 会客厅 客厅 服务站 中心 学堂 课堂 讲堂 超市 食堂 大院 小院 基地 书屋
        之家 公园 广场 长廊 广播站 集市 市集 小屋 专窗 窗口 阵地 院坝
    """,
}
# At the end of the quotation: “曲婶调解室”.
_ENDS = {
    "method": "工作法 调解法 议事法 服务法 治理法 模式 积分制 星级制",
    "brand": "队 宣讲团 服务团 讲师团 帮帮团 观察团 协会 联盟 (?<=..)卫士",
    "campaign": "行动 工程 计划 故事会 (?<![脱环季细情关枝调章时])节 评选 大赛 百家宴 音乐会 夜话 夜谈 恳谈会",
    "platform": "大脑 平台 小程序 热线 信箱 随手办 一表通 一点通 一键通 掌上通 E通 e通 码上办 码上议",
    "place": """
        室 厅 亭 廊 馆 屋 (?<!街)坊 铺 吧 站 (?<![花校公])园 小院 大院 堂 栈 超市 集市 市集 银行 门诊 夜校 党校
        学校 (?:评理|说理|议事|调解|服务|助餐)点 之家 少年宫 法庭 舞台 院坝 中心 基地 书房
    """,
}
# Before the quotation: 办好“幸福灶”. The verb tells the kind where no noun does.
_FOUNDED = {
    "place": """
        建好 办好 办起 建起 建成 开起 开办 创办 设立 改造成 改建成 改建为 改造为 划成 打造成 搭建 搭起 挂牌
        增设 (?<!建)设 设有
    """,
    "platform": "上线 开发 研发 汇入 接入 开通 启用",
    "method": "推行 探索 首创 独创 总结出 总结 提炼 提炼出 创新 构建 实行 试行 推出",
    "campaign": "开展 实施 举办 启动 发起",
    "brand": "打造 创建 培育 擦亮 叫响 做优 做强 塑造 组建 成立",
}
_ONLY_FOUNDED = range(3, 9)  # characters; after a verb of founding a longer quotation is a slogan, a shorter one a word

_QUOTED = re.compile("“(?P<core>[^“”]{1,30})”")
_QUOTED_WITHIN = re.compile("‘(?P<core>[^“”‘’]{1,30})’")  # in speech: “我们的‘四邻约’工作法……”
_UNQUOTED = re.compile(
    r"(?:推行|创新|总结|提炼|探索|形成|运用|推广|实施|创立|首创|出|的|以)(?P<name>[\u4e00-\u9fff\d+]{2,8}工作法)"
)
_LIST = re.compile("[，。、；：？！,;:?!]")
_TWO_PARTS = re.compile(r"[^，。、；：？！,;:?!]{2,8}[，、,][^，。、；：？！,;:?!]{2,8}")  # “居民点单、支部派单”机制
# Of more parts only a method or campaign has its name: “早会商、午巡查、晚盘点”工作法; 治理行动 are named by the ills.
_LISTS_ARE_NAMES = re.compile("(?:工作|调解|议事)法$|(?<!治理)(?<!整治)(?:行动|活动|工程|计划)$")
_SUM = re.compile("[+＋]")  # “课桌+田头”模式: a name with its noun, by itself what something is made of
_CHAIN = re.compile("[—－–→-]")  # 县—街道—社区: never a name
# 效益型, 两办一中心, 7×24小时, 好戏进小区, 一户一策, 全国文明村: adjectives, offices, hours, slogans, honours.
_NO_NAME = re.compile(
    "[型式化性级类]$|[一二两三四五六七八九十]中心$|小时|进..$|^一.一.$|"
    "^(?:全国|全省|全市|全区|国家|省级|市级|最美|先进|优秀|十佳)"
)
_PERSON = re.compile("(?:[员人者长师家手官户嫂哥姐叔]|骨干|大使|标兵|干部)$")
# “供需失衡”问题, “数据打架”等现象: what is wrong is no practice.
_ILL = re.compile(
    "(?:[等的]|这[一些个])?[\\u4e00-\\u9fff]{0,2}(?:问题|现象|难题|困境|矛盾|短板|顽疾|弊端|堵点|痛点|瓶颈)"
)
# 四访五帮, 一核三环: a name so counted needs no noun; 一日三餐 is a way of speaking.
_COUNTED_NAME = re.compile("(?!一[日天月年].)(?:[一二两三四五六七八九十多][^一二两三四五六七八九十多]){2,4}")


def _kinds(table: dict[str, str]) -> str:
    """Return one group per kind, the longest noun first."""
    longest_first = {kind: sorted(nouns.split(), key=len, reverse=True) for kind, nouns in table.items()}
    return "|".join(f"(?P<{kind}>{'|'.join(nouns)})" for kind, nouns in longest_first.items())


# “啄木鸟”志愿服务品牌: up to six characters may stand between, no particle among them: “三难”问题的解决机制.
_HEAD = re.compile(
    rf"(?:(?![的等是了在和与及将把为以对从向到中上里这]|问题|思路|原则|要求|目标)[\u4e00-\u9fff]){{0,6}}?"
    rf"(?:{_kinds(_HEADS)})(?![位力能性对化员长列形结支称])"
)
_HEAD_AT_ONCE = re.compile(rf"(?:{_kinds(_HEADS)})(?![位力能性对化员长列形结支称])")
# “槐花宴”“灯火夜市”等活动: names in a row, with or without a word between, share the noun behind the last.
_IN_A_ROW = re.compile("[、和与及]?")
_SHARED_HEAD = re.compile(f"等(?:{_HEAD.pattern})")
_END = re.compile(rf".+?(?:{_kinds(_ENDS)})$")
_FOUNDING = re.compile(
    rf"(?:{_kinds(_FOUNDED)})[了出起]?(?P<count>[\d零一二两三四五六七八九十百千余多]+[个家处座支间场期])?(?:“[^“”]{{1,16}}”)*$"
)
_FOUNDING_REACH = 40
_AFTER_FOUNDED = re.compile(r"[，。；、：（“\d]|[一二两三四五六七八九十百]+[个处家间座支场]|$")


def practices(source: str | Article, paragraph_id: str | None = None) -> list[Practice]:
    """Return the named practices of a text or article in order, each once, by its fullest name.

    Args:
        source: a text, or an article, whose paragraphs are taken together.
        paragraph_id: goes into each practice's `id`; an article's paragraphs have their own.

    >>> [(p.name, p.kind) for p in practices("推行“三问三办”工作法，设立“曲婶调解室”。")]
    [('“三问三办”工作法', 'method'), ('“曲婶调解室”', 'place')]
    >>> practices("“三聚”工作法见成效。“三聚”：聚人心、聚资源、聚合力。")[0].expansion
    '聚人心、聚资源、聚合力'
    """
    texts = _texts(source, paragraph_id)
    fullest: dict[str, tuple[int, Practice]] = {}
    for place, (text, identity) in enumerate(texts):
        for stem, practice in _named(text, identity):
            if stem not in fullest or (_is_bare(fullest[stem][1]) and not _is_bare(practice)):
                fullest[stem] = place, practice
    in_order = sorted(fullest.items(), key=lambda item: (item[1][0], item[1][1].start))
    mentions = _mentions(list(fullest), [text for text, _ in texts])
    return [replace(practice, expansion=_expansion(mentions[stem])) for stem, (_, practice) in in_order]


def _mentions(stems: list[str], texts: list[str]) -> dict[str, list[tuple[str, int, int]]]:
    """Return each text that has a stem, with its place in it: all stems are looked for at once."""
    from ahocorasick_rs import AhoCorasick

    found: dict[str, list[tuple[str, int, int]]] = {stem: [] for stem in stems}
    search = AhoCorasick(stems)
    for text in texts:
        for number, start, end in search.find_matches_as_indexes(text, overlapping=True):
            found[stems[number]].append((text, start, end))
    return found


def _texts(source: str | Article, paragraph_id: str | None) -> list[tuple[str, str | None]]:
    if isinstance(source, Article):
        return [(paragraph.text, paragraph.id) for paragraph in source.paragraphs]
    return [(source, paragraph_id)]


def _is_bare(practice: Practice) -> bool:
    """Tell “三问三办” from “三问三办”工作法, which says what it is."""
    return practice.name.endswith(("”", "’"))


def _expansion(mentions: list[tuple[str, int, int]]) -> str | None:
    return next(filter(None, (expansion_of(text, start, end) for text, start, end in mentions)), None)


def _named(text: str, identity: str | None) -> Iterator[tuple[str, Practice]]:
    """Yield each mention that names a practice, with the stem that its variants share."""
    quotations = sorted([*_QUOTED.finditer(text), *_QUOTED_WITHIN.finditer(text)], key=lambda found: found.start())
    taken = 0
    for quoted, shared in zip(quotations, _shared_kinds(text, quotations), strict=True):
        kind, end = _kind_and_end(text, quoted, shared) if quoted.start() >= taken else (None, 0)
        if kind:
            taken = end
            yield _stem(quoted["core"]), Practice(identity, text[quoted.start() : end], quoted.start(), end, kind)
    for found in _UNQUOTED.finditer(text):
        yield _stem(found["name"]), Practice(identity, found["name"], found.start("name"), found.end("name"), "method")


def _kind_and_end(text: str, quoted: re.Match[str], shared: str | None) -> tuple[str | None, int]:
    """Return the kind and end of a name; kind None where the quotation names no practice."""
    core = quoted["core"]
    if core in _words("quoted_words.txt") or _NO_NAME.search(core) or _ILL.match(text, quoted.end()):
        return None, 0
    if core in _words("quoted_ways.txt"):
        head = _HEAD_AT_ONCE.match(text, quoted.end())
        return (str(head.lastgroup), head.end()) if head else (None, 0)
    with_noun = _by_head(text, quoted) or _by_itself(quoted)
    if with_noun or not shared or _PERSON.search(core) or _is_composed(core):
        return with_noun or _by_founding(text, quoted) or (None, 0)
    return shared, quoted.end()


def _shared_kinds(text: str, quotations: list[re.Match[str]]) -> list[str | None]:
    """Return for each quotation the kind that the noun behind its row gives; None where there is none.

    Words in a row before 等机制 are ways of working oftener than names: a method is not shared.
    """
    kinds: list[str | None] = []
    kind, following = None, -1
    for quoted in reversed(quotations):
        if following < quoted.end() or not _IN_A_ROW.fullmatch(text, quoted.end(), following):
            head = _SHARED_HEAD.match(text, quoted.end())
            kind = head.lastgroup if head and head.lastgroup != "method" else None
        following = quoted.start()
        kinds.append(kind)
    return kinds[::-1]


def _by_head(text: str, quoted: re.Match[str]) -> tuple[str, int] | None:
    """“四步走”工作法: kind and end of a name with its head noun behind it."""
    head = _HEAD.match(text, quoted.end())
    core = quoted["core"]
    if head is None or _CHAIN.search(core):
        return None
    is_name = not _LIST.search(core) or _TWO_PARTS.fullmatch(core) or _LISTS_ARE_NAMES.search(head.group())
    return (str(head.lastgroup), head.end()) if is_name else None


def _by_itself(quoted: re.Match[str]) -> tuple[str, int] | None:
    """“曲婶调解室”, “四访五帮”: the name tells by itself what it is."""
    core = quoted["core"]
    if _is_composed(core):
        return None
    if _COUNTED_NAME.fullmatch(core):
        return "method", quoted.end()
    end = _END.fullmatch(core)
    return (str(end.lastgroup), quoted.end()) if end else None


def _is_composed(core: str) -> bool:
    """Tell a list or a formula, 党建+物业, from a name."""
    return bool(_LIST.search(core) or _SUM.search(core) or _CHAIN.search(core))


def _by_founding(text: str, quoted: re.Match[str]) -> tuple[str, int] | None:
    """办好“幸福灶”: a verb of founding introduces the name, and nothing that it only describes follows."""
    core = quoted["core"]
    if _LIST.search(core) or _PERSON.search(core) or not _AFTER_FOUNDED.match(text, quoted.end()):
        return None
    verb = _FOUNDING.search(text, max(0, quoted.start() - _FOUNDING_REACH), quoted.start())
    if verb is None or (len(core) not in _ONLY_FOUNDED and not verb["count"]):
        return None
    return next(kind for kind in _FOUNDED if verb[kind]), quoted.end()


def _stem(core: str) -> str:
    """Return what the variants of a name share: 三问三办 of 三问三办工作法."""
    return core.removesuffix("工作法") or core


@cache
def _words(name: str) -> frozenset[str]:
    lines = read_data("extracting", "data", name).splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
