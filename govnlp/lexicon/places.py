"""Names of administrative units to records with their codes (GB/T 2260), without guessing.

`locate` reads a name or a chain of names (辽宁省大连市西岗区, 大连西岗) in a headline or byline;
`locate_in_article` lets byline and body decide what a headline leaves open. The table of units comes
from mumuy/data_location (MIT licence, see data/places.LICENSE).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from govnlp.records import Level, Locality
from govnlp.resources import read_data

_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|"
    "傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|"
    "布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|鄂温克族|独龙族|鄂伦春族|鄂伦春|裕固族|各族|保安族"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:{_PEOPLES})+自治([县州区旗])$")
_ENDINGS = ("特别行政区", "自治区", "地区", "林区", "特区", "省", "市", "区", "县", "旗", "盟", "州")
_OPENING = 150  # characters of a body in which one mention of a place is enough
_LONGEST = 15  # 积石山保安族东乡族撒拉族自治县 has fifteen characters

# A unit that the table does not know still prints like one: 岭东省松阳市桦林区.
_PRINTED = re.compile(
    r"(?P<province>[\u4e00-\u9fff]{2,4}?(?:省|自治区))?"
    r"(?P<city>[\u4e00-\u9fff]{2,5}?(?:市|自治州|盟|地区))?"
    r"(?P<county>[\u4e00-\u9fff]{2,6}?(?:自治县|县|区|旗|市))?"
)
_UNIT_PLACE = re.compile(r"中共(?P<place>[\u4e00-\u9fff]{2,12}?[省市区县旗州盟])委")
# 合作区 or 城关社区 are ordinary words that end like a unit.
_ORDINARY = re.compile(
    r"(社区|小区|园区|片区|辖区|校区|景区|城区|山区|城市|全市|全区|全县|我市|我区|我县|本市|超市|夜市|集市|新区)$"
)


# 郊区 and 城区 are units of a few cities and ordinary words everywhere else.
_GENERIC = frozenset(
    {"城区", "郊区", "矿区", "东区", "西区", "南区", "北区", "新区", "市中区", "城中区", "新城区", "老城区"}
)


@dataclass(frozen=True)
class Division:
    """A unit of the table."""

    adcode: str
    name: str

    @property
    def level(self) -> Level:
        """Its level, as its code says."""
        if self.adcode.endswith("0000"):
            return "province"
        return "city" if self.adcode.endswith("00") else "county"


@dataclass(frozen=True)
class _Mention:
    """A name found in a text and the units that it may mean."""

    start: int
    end: int
    units: tuple[Division, ...]
    bare: bool  # without its ending: 西岗 for 西岗区


def short_form(name: str) -> str:
    """Return a unit's name without its ending: 西岗区 -> 西岗, 桓仁满族自治县 -> 桓仁."""
    autonomous = _AUTONOMOUS.match(name)
    if autonomous:
        return autonomous.group(1)
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def _aliases(name: str) -> Iterator[tuple[str, bool]]:
    yield name, False
    short = short_form(name)
    autonomous = _AUTONOMOUS.match(name)
    if autonomous:
        yield autonomous.group(1) + autonomous.group(2), False  # 桓仁县
    if short != name:
        yield short, True


@cache
def divisions() -> dict[str, Division]:
    """Return all current units by their code."""
    rows = (line.split("\t") for line in read_data("lexicon", "data", "places.tsv").splitlines() if line[:1] != "#")
    return {code: Division(code, name) for code, name in rows}


@cache
def _names() -> dict[str, tuple[tuple[Division, ...], bool]]:
    full: dict[str, list[Division]] = defaultdict(list)
    bare: dict[str, list[Division]] = defaultdict(list)
    for division in divisions().values():
        for alias, is_bare in _aliases(division.name):
            (bare if is_bare else full)[alias].append(division)
    names = {alias: (tuple(units), True) for alias, units in bare.items()}
    names.update({alias: (tuple(units), False) for alias, units in full.items()})
    return names


def _parent_codes(adcode: str) -> tuple[str, ...]:
    codes = (adcode[:2] + "0000", adcode[:4] + "00")
    return tuple(code for code in codes if code != adcode and code in divisions())


def _record(division: Division) -> Locality:
    chain = [divisions()[code] for code in _parent_codes(division.adcode)] + [division]
    by_level = {unit.level: unit.name for unit in chain}
    return Locality(
        name="".join(unit.name for unit in chain),
        adcode=division.adcode,
        level=division.level,
        province=by_level.get("province"),
        city=by_level.get("city"),
        county=by_level.get("county"),
    )


@cache
def _by_full_name() -> dict[str, Division]:
    return {_record(division).name: division for division in divisions().values()}


def _ambiguous(printed: str, units: Iterable[Division]) -> Locality:
    candidates = tuple(_record(unit).name for unit in units)
    return Locality(name=printed, candidates=candidates)


def _mention_at(text: str, start: int) -> _Mention | None:
    names = _names()
    for end in range(min(len(text), start + _LONGEST), start + 1, -1):
        found = names.get(text[start:end])
        if found:
            return _Mention(start, end, *found)
    return None


def _inside(unit: Division, parents: tuple[Division, ...]) -> bool:
    for parent in parents:
        width = 2 if parent.level == "province" else 4
        if parent.level != "county" and unit.adcode != parent.adcode and unit.adcode.startswith(parent.adcode[:width]):
            return True
    return False


def _chain_at(text: str, start: int) -> list[_Mention]:
    """Return the longest chain of units, each inside the one before, that begins at `start`."""
    chain: list[_Mention] = []
    position = start
    while (mention := _mention_at(text, position)) is not None:
        units = mention.units
        if chain:
            units = tuple(unit for unit in units if _inside(unit, chain[-1].units))
            if not units:
                break
        chain.append(_Mention(mention.start, mention.end, units, mention.bare))
        position = mention.end
    return chain


def _narrow(chain: list[_Mention]) -> tuple[Division, ...]:
    """Return the units that the last name of a chain may mean, given the names before it."""
    return chain[-1].units


def _stands_alone(text: str, mention: _Mention) -> bool:
    """Tell whether a short name without a chain is a place: 上海加强…, 陕西：…, not 平安建设, 朝阳产业."""
    if mention.start != 0:
        return False
    following = text[mention.end : mention.end + 1]
    if following in {"：", ":", ""}:
        return True
    return len(mention.units) == 1 and mention.units[0].level != "county"


def _chains(text: str) -> Iterator[list[_Mention]]:
    position = 0
    while position < len(text) - 1:
        chain = _chain_at(text, position)
        if not chain:
            position += 1
            continue
        lone_bare = len(chain) == 1 and (chain[0].bare or text[chain[0].start : chain[0].end] in _GENERIC)
        torn = _ORDINARY.search(text[chain[0].start : chain[-1].end + 1]) and chain[-1].bare
        if torn or (lone_bare and not _stands_alone(text, chain[0])):
            position += 1
            continue
        yield chain
        position = chain[-1].end


def _resolve(text: str, chain: list[_Mention]) -> Locality:
    units = _narrow(chain)
    if len(units) == 1:
        return _record(units[0])
    return _ambiguous(text[chain[0].start : chain[-1].end], units)


def _printed(text: str) -> Locality | None:
    """Read a unit that the table does not know at the start of a text: 岭东省松阳市桦林区.

    Without a province it must be all that stands before a colon, as in 明江市鹭港区：, since 提升城市 or
    建好社区 look alike.
    """
    found = _PRINTED.match(text)
    if found is None or not found.group():
        return None
    followed = text[found.end() : found.end() + 1] in ("：", ":")
    alone = found["county"] and followed and not _ORDINARY.search(found.group())
    if not found["province"] and not alone:
        return None
    level: Level = "county" if found["county"] else "city" if found["city"] else "province"
    return Locality(
        name=found.group(), level=level, province=found["province"], city=found["city"], county=found["county"]
    )


def locate(text: str) -> Locality | None:
    """Return the administrative unit that a short text (headline, byline, kicker) names first.

    Args:
        text: a headline, kicker or byline; 街道 and 镇 after the unit are left aside.

    Returns:
        The unit; an ambiguous name has no adcode and lists its candidates; None where no unit is named.

    >>> locate("辽宁省大连市西岗区：蓄势赋能").adcode
    '210203'
    >>> locate("鼓楼区推进网格治理").adcode is None
    True
    >>> locate("平安建设入人心") is None
    True
    """
    printed = _printed(text)
    for chain in _chains(text):
        if printed and (chain[0].start > 0 or len(printed.name) > chain[-1].end):
            break
        return _resolve(text, chain)
    return printed


def _unit_name(byline: str) -> str:
    found = _UNIT_PLACE.search(byline)
    return found["place"] if found else ""


def locate_in_article(headline: str | None, kicker: str | None, byline: str | None, body: str) -> Locality | None:
    """Return the unit that an article is about: its headline's, made sure by byline and body.

    An ambiguous name (中山区) takes the candidate that the body spells out (辽宁省大连市中山区) or whose
    city the body names; otherwise it stays ambiguous, with its candidates.
    """
    found = locate((kicker or "") + (headline or ""))
    if found and found.adcode:
        return found
    name = _own_name(found) if found else _unit_name(byline or "")
    spelled = _spelled_out(name, body)
    if spelled:
        return spelled
    if found and found.candidates:
        return _by_context(found, (byline or "") + body) or found
    if found:
        return found
    return locate(name) if name else _first_certain(body) or _most_named(body)


def _own_name(found: Locality) -> str:
    """Return the last name of a unit as printed: 桥西区 of the ambiguous 河北省桥西区."""
    if not found.candidates:
        return found.name
    return divisions()[_by_full_name()[found.candidates[0]].adcode].name


def _spelled_out(name: str, body: str) -> Locality | None:
    """Find `name` in the body at the end of a longer chain."""
    if not name:
        return None
    for found in re.finditer(re.escape(name), body):
        before = body[max(0, found.start() - _LONGEST) : found.start()]
        clause = re.split(r"[，。；：“”、！？\s]", before)[-1]
        for offset in range(len(clause)):
            located = locate(clause[offset:] + name)
            if located and located.name.endswith(name) and located.name != name and located.province:
                return located
    return None


def _by_context(ambiguous: Locality, text: str) -> Locality | None:
    supported = []
    for unit in (_by_full_name()[name] for name in ambiguous.candidates):
        parents = [divisions()[code] for code in _parent_codes(unit.adcode)]
        if any(short_form(parent.name) in text for parent in parents):
            supported.append(unit)
    return _record(supported[0]) if len(supported) == 1 else None


def _first_certain(body: str) -> Locality | None:
    """Return the first unit that the opening of a body spells out with at least two names."""
    opening = body[:400]
    for chain in _chains(opening):
        if len(chain) >= 2 and len(chain[-1].units) == 1:
            return _record(chain[-1].units[0])
    for clause in re.split(r"[，。；：“”、！？\s]", opening):
        for offset in range(min(len(clause), 8)):
            printed = _printed(clause[offset:])
            if printed and printed.city and not _names().get(printed.province or ""):
                return printed
    return None


def _most_named(body: str) -> Locality | None:
    """Return the one county or city that a body names most by its full name, at least twice or in its first lines.

    A reporter's feature names its county in passing: 圩埂上……这是青石县的早晨.
    """
    counts: Counter[str] = Counter()
    for chain in _chains(body):
        if not chain[-1].bare and len(chain[-1].units) == 1 and chain[-1].units[0].level != "province":
            counts[chain[-1].units[0].adcode] += 1
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    code, count = ranked[0]
    return _record(divisions()[code]) if count >= 2 or divisions()[code].name in body[:_OPENING] else None
