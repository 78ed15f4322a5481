"""Where a text names administrative units: chains of names, and which of them are ordinary words.

The gazetteer's automaton finds all names, the segmenter tells where words end, and the grammar of headlines decides
about short names: what has its ending (桐乡市) or stands behind its province or city (浙江桐乡) is a place; a name
without either needs a place in the sentence that ordinary words do not take.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import Literal

from govnlp.errors import UsageError
from govnlp.lexicon.engines import Engine, load_engine
from govnlp.lexicon.gazetteer import Alias, Division, find_names

# Names that also say where in a city something lies; 新社区 and 大社区 in Taiwan; 和县 as in 市委和县交通局, 沙县 as in
# 沙县小吃.
_GENERIC = re.compile(r"[东西南北中新城郊矿]区|城[东西南北中]区|市[中郊]区|[新老]城区|新市区|[大新]社区|和县|沙县")
_UNIT_LETTERS = frozenset("省市区县旗盟州")
# 海南区域合作 is about Hainan, not about 海南区 in Wuhai; 南部县域经济 is about no county.
_NO_DISTRICT = re.compile(r"区[域块间位划别分]")
_OTHER_WORD = re.compile(r"[县市](?:域|场|民(?!政)|集|际|面|容)|旗[帜号袍]")
_CORPS = re.compile(r"(?:生产建设)?兵团(?:第?[一二三四五六七八九十]+师)?")  # 新疆生产建设兵团第六师五家渠市

# What a place does in a headline; 建设 is none, since 平安建设 and 和平建设 are no deeds of a place.
DEED = re.compile(
    r"(?:持续|扎实|全面|深入|着力|积极|大力|不断|率先|全域|全力|加快|进一步|多措并举|创新|纵深|有序|统筹){0,2}"
    r"(?:推[进动行广出]|打[造通响好]|构建|探索|深化|加强|强化|开展|实施|建立|建成|建强|健全|完善|[做抓][实好细强优]|用[活好]|"
    r"聚[焦力]|激活|织[密就牢]|筑牢|夯实|破解|优化|出台|启动|选派|组织|举办|创办|创建|创新|拓展|提升|坚持|整合|统筹|依托|发布|"
    r"试点|紧[扣盯]|突出|赋能|擦亮|绘就|跑出|下[好足活]|首创|试行|设立|搭建|引导|引入|发动|培育|盘活|规范|推选|晒出|[以让把将用给为靠])"
)
_BREAK = re.compile(r"[：:“‘「《，,、—─\s（(｜|]|$")
# 江苏路, 长安街, 南山公园, 罗定村: named after a place, and somewhere else.
_NAMED_AFTER = re.compile(
    r"[东西南北中]?[一二三四五]?(?:路|街|巷|弄|大道|大街|道口|村|镇|乡|桥|湖|山|河|社区|小区|公园|广场|花园|新村|"
    r"时间|合作组织|条约|会议精神|精神|宣言|烤鸭|火锅|拉面|小吃|话|菜|梆子|人(?![民才大居]))"
)
_OPENERS = " \u3000\n：:】］」—│｜|■□"
# 照搬浙江经验要不得 is not about Zhejiang.
_MODEL = re.compile(r"(?:学习?|借鉴|照搬|推广|对标|复制|移植|援|赴|去|到|往)$")

# Names of prefectures that are words of everyday language too.
_ORDINARY_CITIES = frozenset(
    {
        "大同",  # 天下大同的梦想
        "安康",  # 护佑一方安康
        "来宾",  # 来宾纷纷点赞
        "白银",  # 白银价格上涨
        "日照",  # 日照充足的阳台菜园
        "文山",  # 削平文山、填平会海
        "黄山",  # 黄山脚下的调解室
        "兴安",  # 兴安岭上的护林员
        "朝阳",  # 朝阳产业托起夕阳事业
        "中山",  # 一套中山装, 一段红色故事
    }
)
# The name of a city and of a district elsewhere usually means the city (西安); these two districts are as well known.
_AS_KNOWN_AS_THE_CITY = frozenset({"朝阳", "中山"})


# "perhaps" where the sentence would also do without the place: 关注上海治理.
Standing = Literal["sure", "perhaps", "elsewhere"]


@dataclass(frozen=True)
class Mention:
    """A name found in a text and the units that it may mean."""

    start: int
    end: int
    units: tuple[Division, ...]
    bare: bool


@dataclass(frozen=True)
class Chain:
    """Names that follow each other, each inside the one before: 辽宁省大连市西岗区."""

    mentions: tuple[Mention, ...]
    standing: Standing

    @property
    def sure(self) -> bool:
        """Whether it cannot be missed: at the beginning, spelled out, or with its ending."""
        return self.standing == "sure"

    @property
    def elsewhere(self) -> bool:
        """Whether the text says that it is about another place: 学习浙江经验."""
        return self.standing == "elsewhere"

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.mentions[0].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.mentions[-1].end

    @property
    def units(self) -> tuple[Division, ...]:
        """The units that the last name may mean."""
        return _meant(self.mentions[-1])

    @property
    def is_spelled_out(self) -> bool:
        """Whether it says in which larger unit the last one lies."""
        return len(self.mentions) > 1


@cache
def _segmenter() -> Engine:
    """Return rjieba, or jieba where there is no rjieba for the machine: both cut alike."""
    try:
        return load_engine("rjieba")
    except UsageError:
        return load_engine("jieba")


def _meant(mention: Mention) -> tuple[Division, ...]:
    """Return the units that a name means by the custom of newspapers.

    A province's bare name is the province (吉林, 海南), a city's never its own county of that name (长沙) nor, with
    two exceptions, a district of another city (西安).
    """
    units = mention.units
    if not mention.bare or len(units) == 1:
        return units
    if provinces := tuple(unit for unit in units if unit.level == "province"):
        return provinces
    outer = tuple(unit for unit in units if not any(unit.lies_in(other) for other in units))
    cities = tuple(unit for unit in outer if unit.level == "city")
    known = any(city.name[:2] in _AS_KNOWN_AS_THE_CITY for city in cities)
    districts_else = all(unit.name.endswith("区") for unit in outer if unit not in cities)
    return cities if cities and districts_else and not known else outer


@lru_cache(maxsize=32)
def find_chains(text: str) -> tuple[Chain, ...]:
    """Return the chains of a text that are places, in their order; the last texts asked for are remembered.

    >>> [text.name for chain in find_chains("平安建设在辽宁省大连市") for text in chain.units]
    ['大连市']
    """
    return tuple(_Names(text).chains())


class _Names:
    """The names of one text, and where its words end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._names = find_names(text)

    @cached_property
    def _ends(self) -> list[int]:
        return [0, *accumulate(map(len, _segmenter().cut(self.text)))]

    def chains(self) -> Iterator[Chain]:
        """Yield the chains of the text that are places, in their order."""
        position = 0
        for start in sorted(self._names):
            if start >= position and (mentions := self._chain_at(start)):
                standing = self._standing(mentions)
                if standing:
                    yield Chain(mentions, standing)
                    position = mentions[-1].end

    def _chain_at(self, start: int) -> tuple[Mention, ...]:
        """Return the longest chain of units, each inside the one before, that begins at `start`."""
        chain = () if self._tears(start) else self._longest(start, ())
        if len(chain) > 1 and chain[-1].bare and not self._may_end(chain[-1]):
            return chain[:-1]
        return chain

    def _longest(self, start: int, chain: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the chain with what makes it longest: 济南|市中区, not 济南市 and a rest."""
        best: tuple[Mention, ...] = chain if not chain or self._is_whole(chain[-1]) else ()
        for mention in self._mentions_at(start, chain):
            corps = _CORPS.match(self.text, mention.end)
            longer = self._longest(corps.end() if corps else mention.end, (*chain, mention))
            if longer and (not best or longer[-1].end > best[-1].end):
                best = longer
        return best

    def _mentions_at(self, start: int, chain: tuple[Mention, ...]) -> Iterator[Mention]:
        for end, aliases in self._names.get(start, ()):
            for bare in (False, True):
                units = _fitting([alias for alias in aliases if alias.bare == bare], chain)
                if units:
                    yield Mention(start, end, units, bare)

    def _is_whole(self, mention: Mention) -> bool:
        """Tell whether the last name of a chain ends where a word ends: not 海南区 in 海南区域, 长治 in 长治久安.

        Inside a chain the names themselves say where they end: 西晋 in 山西晋中 is no word there.
        """
        if _NO_DISTRICT.match(self.text, mention.end - 1):
            return False
        if mention.bare:
            return not self._tears(mention.end) and not self._goes_on(mention.end)
        other_word = _OTHER_WORD.match(self.text, mention.end - 1)
        return not (other_word and any(unit.ordinary and unit.level == "county" for unit in mention.units))

    def _word_over(self, place: int) -> tuple[int, int] | None:
        """Return the word that goes on over a place in the text."""
        at = bisect_left(self._ends, place)
        return None if self._ends[at] == place else (self._ends[at - 1], self._ends[at])

    def _tears(self, place: int) -> bool:
        """Tell whether a cut there goes through a word of the segmenter's dictionary that is no place itself.

        长治久安 is such a word; 新疆阿勒泰地区, 福建厦门 and 中共湖南省委 are words too, but of names.
        """
        word = self._word_over(place)
        if word is None or _CORPS.match(self.text, place):
            return False
        text = self.text[slice(*word)]
        rests = [self._names.get(end, ()) for end, _ in self._names.get(word[0], ())]
        is_place = bool(rests) and (
            text[-1] in _UNIT_LETTERS or any(word[1] == end for rest in rests for end, _ in rest)
        )
        return not (is_place or text.startswith("中共")) and _segmenter().has_word(text)

    def _goes_on(self, end: int) -> bool:
        """Tell whether the name of another unit goes on behind a bare name: 桃山区 is no 桃山."""
        if self.text[end : end + 1] not in _UNIT_LETTERS or end == len(self.text):
            return False
        word = self._word_over(end + 1)
        return word is None or self.text[end : end + 2] in ("省委", "市委", "区委", "县委", "州委", "旗委", "盟委")

    def _acts(self, end: int) -> bool:
        return _BREAK.match(self.text, end) is not None or DEED.match(self.text, end) is not None

    def _may_end(self, mention: Mention) -> bool:
        """Tell whether the bare last name of a chain is a name: not 惠民 in 山东惠民工程."""
        return not any(unit.ordinary for unit in _meant(mention)) or self._acts(mention.end)

    def _standing(self, mentions: tuple[Mention, ...]) -> Standing | None:
        """Tell how sure a chain is a place, None for no place."""
        first = mentions[0]
        generic = _GENERIC.fullmatch(self.text, first.start, first.end) is not None
        if len(mentions) > 1 or not (first.bare or generic):
            return "sure"
        if generic and self.text[: first.start].endswith("中共"):
            return "sure"
        if self._word_over(first.start) or _NAMED_AFTER.match(self.text, first.end):
            return None
        return self._alone(first)

    def _alone(self, mention: Mention) -> Standing | None:
        """Decide about one bare name: 上海加强…, 陕西：…, not 平安建设, 朝阳产业."""
        opens = mention.start == 0 or self.text[mention.start - 1] in _OPENERS
        units = _meant(mention)
        if all(unit.level == "county" for unit in units):
            told = self.text[mention.end : mention.end + 1] in ("：", ":")
            ordinary = any(unit.ordinary for unit in mention.units)
            return "sure" if opens and (told or (not ordinary and self._acts(mention.end))) else None
        if self.text[mention.start : mention.end] in _ORDINARY_CITIES:
            return "sure" if opens and self._acts(mention.end) else None
        if opens:
            return "sure"
        return "elsewhere" if _MODEL.search(self.text[: mention.start]) else "perhaps"


def _fitting(aliases: list[Alias], chain: tuple[Mention, ...]) -> tuple[Division, ...]:
    """Return the units of today that a name may mean behind the names of a chain, else the former ones.

    A district that was abolished lately is meant as well as one of the same name elsewhere: 江北区 (Ningbo, Chongqing).
    """
    units = [alias.division for alias in aliases]
    if chain:
        units = [unit for unit in units if any(unit.lies_in(parent) for parent in chain[-1].units)]
    today = [unit for unit in units if not unit.now]
    if not chain and any(alias.bare for alias in aliases):
        return tuple(today)
    codes = {unit.adcode for unit in today}
    namesakes = [
        unit
        for unit in units
        if unit.recent and not any(alias.bare for alias in aliases) and codes.isdisjoint(unit.now)
    ]
    return tuple(today + namesakes if today else units)
