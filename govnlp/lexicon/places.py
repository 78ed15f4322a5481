"""The place of a text: names of administrative units to records with their codes, without guessing.

`locate` reads a headline, kicker or byline; `locate_in_article` lets byline, body and the rest of the page decide what
the headline leaves open. A name that several units bear stays open until something in the article decides.

A former unit (北京市崇文区) comes back with the name and code that it bore last, and, as `candidates`, the units in
which it lies today: a code with candidates is a former unit, candidates without a code are an open question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from govnlp.lexicon.gazetteer import Division, by_full_name, divisions, names, parents, to_ambiguous, to_locality
from govnlp.lexicon.mentions import DEED, Chain, Names
from govnlp.records import Level, Locality

_OPENING = 150  # characters of a body in which one mention of a place is enough
_LEAD = 400  # characters of a body in which a place is spelled out
_LONGEST = 15  # 积石山保安族东乡族撒拉族自治县 has fifteen characters

# A unit that the table does not know still prints like one: 岭东省松阳市桦林区.
_PRINTED = re.compile(
    r"(?P<province>[\u4e00-\u9fff]{2,4}?(?:省|自治区))?"
    r"(?P<city>[\u4e00-\u9fff]{2,5}?(?:市|自治州|盟|地区))?"
    r"(?P<county>[\u4e00-\u9fff]{2,6}?(?:自治县|县|区|旗|市))?"
)
# Names hidden by a letter: A市, B省C市D县, ××区.
_HIDDEN = re.compile(
    r"(?P<province>(?:[A-ZＡ-Ｚ]|×{1,3})省)?(?P<city>(?:[A-ZＡ-Ｚ]|×{1,3})[市州盟])?(?P<county>(?:[A-ZＡ-Ｚ]|×{1,3})[县区旗市])?"
)
_PARTY = re.compile(r"^[^\u4e00-\u9fffA-ZＡ-Ｚ×]*中共")
_UNIT_PLACE = re.compile(r"中共(?P<place>[\u4e00-\u9fff]{2,12}?[省市区县旗州盟])委")
# 合作区 or 城关社区 are ordinary words that end like a unit.
_ORDINARY = re.compile(
    r"(社区|小区|园区|片区|辖区|校区|景区|城区|山区|城市|全市|全区|全县|我市|我区|我县|本市|超市|夜市|集市|新区)$"
)
# 本报记者 李云南: the names of those who sign are no places.
_REPORTER = re.compile(r"[^\u4e00-\u9fff]*(?:本[报网刊台]|新华社)?[\u4e00-\u9fff]{0,8}?(?:记者|通讯员)(?=[\s:：]|[\u4e00-\u9fff]{2,3}$)")
# Zones have administrations but no code: 苏州工业园区, 成都高新区, 四川天府新区.
_ZONE = re.compile(
    r"(?P<zone>[\u4e00-\u9fff]{0,4}?(?:生产建设兵团(?:第?[一二三四五六七八九十]+师)?|工业园区|高新区|经开区|度假区|保税区|管理区|新区|"
    r"(?:高新技术产业|高新技术|经济技术|经济|技术|旅游)?开发区))(?!域|块)"
)
_STATE_ZONE = re.compile(r"(?:雄安|两江|西咸|天府|贵安|西海岸|金普|湘江|赣江|滇中|江北)新区|高新区|经开区|开发区")


def locate(text: str) -> Locality | None:
    """Return the administrative unit that a short text (headline, byline, kicker) names first.

    Args:
        text: a headline, kicker or byline; 街道 and 镇 after the unit are left aside.

    Returns:
        The unit. An ambiguous name has no adcode and lists its candidates; a former unit has its last adcode and lists
        the units in which it lies today; a zone or a unit that the table does not know keeps its printed name without
        adcode. None where no unit is named.

    >>> locate("辽宁省大连市西岗区：蓄势赋能").adcode
    '210203'
    >>> locate("鼓楼区推进网格治理").adcode is None
    True
    >>> locate("北京市崇文区：胡同议事").candidates
    ('北京市东城区',)
    >>> locate("平安建设入人心") is None
    True
    """
    found = _find(text)
    return found[0] if found else None


def _find(text: str) -> tuple[Locality, bool] | None:
    """Return the place of a short text, and whether it is there for sure."""
    if reporter := _REPORTER.match(text):
        text = reporter.group()
    printed = _printed(text)
    chains = list(Names(text).chains())
    chain = next((chain for chain in chains if chain.sure), chains[0] if chains else None)
    if chain is None or (printed and (chain.start > 0 or len(printed.name) > chain.end)):
        return (printed, True) if printed else None
    return _zone_behind(text, chain) or _resolve(text, chain), chain.sure


def _resolve(text: str, chain: Chain) -> Locality:
    units = chain.units
    return to_locality(units[0]) if len(units) == 1 else to_ambiguous(text[chain.start : chain.end], units)


def _zone_behind(text: str, chain: Chain) -> Locality | None:
    """Return the zone that a chain leads to: 成都高新区; not 打造示范区 or 深化园区改革."""
    zone = _ZONE.match(text, chain.end)
    if zone is None or len(chain.units) > 1 or DEED.match(text, chain.end) or _says_ordinary(zone["zone"]):
        return None
    above = {unit.level: unit.name for unit in (*parents(chain.units[0]), chain.units[0])}
    corps = "兵团" in zone["zone"]
    return Locality(
        name=text[chain.start : zone.end()],
        level=None if corps else "county",
        province=above.get("province"),
        city=above.get("city"),
        county=None if corps else zone["zone"],
    )


def _says_ordinary(zone: str) -> bool:
    return zone in ("城市新区", "城乡新区") or zone.startswith(("的", "在", "与", "和", "及", "首个", "各"))


def _printed(text: str) -> Locality | None:
    """Read a unit that the table does not know at the start of a text: 岭东省松阳市桦林区, A市, 雄安新区.

    Without a province it must be all that stands before a colon, as in 明江市鹭港区：, since 提升城市 or
    建好社区 look alike.
    """
    party = _PARTY.match(text)
    start = party.end() if party else 0
    hidden = _HIDDEN.match(text, start)
    if hidden and hidden.group():
        return _as_printed(hidden)
    if (zone := _STATE_ZONE.match(text)) and (text[zone.end() : zone.end() + 1] in ("：", ":", "") or DEED.match(text, zone.end())):
        return Locality(name=zone.group(), level="county", county=zone.group())
    found = _PRINTED.match(text)
    if found is None or not found.group():
        return None
    followed = text[found.end() : found.end() + 1] in ("：", ":")
    alone = found["county"] and followed and not _ORDINARY.search(found.group())
    return _as_printed(found) if found["province"] or alone else None


def _as_printed(found: re.Match[str]) -> Locality:
    level: Level = "county" if found["county"] else "city" if found["city"] else "province"
    return Locality(
        name=found.group(), level=level, province=found["province"], city=found["city"], county=found["county"]
    )


def locate_in_article(
    headline: str | None, kicker: str | None, byline: str | None, body: str, page: str = ""
) -> Locality | None:
    """Return the unit that an article is about: its headline's, made sure by byline, body and page.

    An ambiguous name (中山区) takes the candidate that byline or body spell out (辽宁省大连市中山区), else the only one
    whose city they name, else the only one whose city the rest of the page names; otherwise it stays
    ambiguous, with its candidates.

    Args:
        headline: the article's headline, or None.
        kicker: the line above it, or None.
        byline: its signatures, or None.
        body: its text, or the beginning of it.
        page: what else the page says about its place: name of the newspaper, neighbouring headlines and bylines.

    >>> locate_in_article("中山区：用好小阵地", None, None, "大连有山有海，社区里有说有笑。").adcode
    '210202'
    """
    named = _find((kicker or "") + (headline or ""))
    if named and named[1]:
        return _settle(named[0], byline or "", body, page)
    signed = _UNIT_PLACE.search(byline or "")
    if signed:
        located = _find(byline or "")
        place = located[0] if located else locate(signed["place"])
        if place:
            return _settle(place, byline or "", body, page)
        return _spelled_out(signed["place"], body)
    if named:
        return _first_certain(body) or named[0]
    return _first_certain(body) or _most_named(body)


def _settle(found: Locality, byline: str, body: str, page: str) -> Locality:
    """Decide about an open name by what the article says; what is certain stays."""
    if found.adcode:
        return found
    if not found.candidates:
        return _spelled_out(found.name, body) or found
    units = [by_full_name()[name] for name in found.candidates]
    for evidence in (byline + "\n" + body, page):
        unit = _spelled(units, evidence) or _supported(units, evidence)
        if unit:
            return to_locality(unit)
    return found


def _spelled(units: Iterable[Division], text: str) -> Division | None:
    """Return the one unit that a text spells out: 张家口市桥西区."""
    spelled = {chain.units[0] for chain in Names(text).chains() if chain.is_spelled_out and len(chain.units) == 1}
    found = [unit for unit in units if unit in spelled]
    return found[0] if len(found) == 1 else None


def _supported(units: Iterable[Division], text: str) -> Division | None:
    """Return the one unit whose city, or else whose province, a text names."""
    named = {unit for chain in Names(text).chains() for mention in chain.mentions for unit in mention.units}
    for level in ("city", "province"):
        found = [unit for unit in units if any(above in named for above in parents(unit) if above.level == level)]
        if len(found) == 1:
            return found[0]
    return None


def _spelled_out(name: str, body: str) -> Locality | None:
    """Find a name that the table does not know in the body, at the end of a longer chain: 岭东省松阳市桦林区."""
    for found in re.finditer(re.escape(name), body):
        before = body[max(0, found.start() - _LONGEST) : found.start()]
        clause = re.split(r"[，。；：“”、！？\s]", before)[-1]
        for offset in range(len(clause)):
            located = locate(clause[offset:] + name)
            if located and located.name.endswith(name) and located.name != name and located.province:
                return located
    return None


def _first_certain(body: str) -> Locality | None:
    """Return the first unit that the opening of a body spells out with at least two names."""
    opening = body[:_LEAD]
    for chain in Names(opening).chains():
        if chain.is_spelled_out and len(chain.units) == 1:
            return to_locality(chain.units[0])
    for clause in re.split(r"[，。；：“”、！？\s]", opening):
        for offset in range(min(len(clause), 8)):
            printed = _printed(clause[offset:])
            if printed and printed.city and (printed.province or "") not in names():
                return printed
    return None


def _most_named(body: str) -> Locality | None:
    """Return the one county or city that a body names most by its full name, at least twice or in its first lines.

    A reporter's feature names its county in passing: 圩埂上……这是青石县的早晨.
    """
    counts: Counter[str] = Counter()
    for chain in Names(body).chains():
        if not chain.mentions[-1].bare and len(chain.units) == 1 and chain.units[0].level != "province":
            counts[chain.units[0].adcode] += not chain.units[0].now
    ranked = [pair for pair in counts.most_common(2) if pair[1]]
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    code, count = ranked[0]
    return to_locality(divisions()[code]) if count >= 2 or divisions()[code].name in body[:_OPENING] else None
