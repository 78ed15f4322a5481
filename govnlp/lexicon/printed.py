"""Units that the table does not know, read as they are printed: invented or hidden names, zones.

They keep their printed name and have no code: 岭东省松阳市桦林区, A市, 成都高新区.
"""

from __future__ import annotations

import re

from govnlp.lexicon.gazetteer import parents
from govnlp.lexicon.mentions import DEED, Chain
from govnlp.records import Level, Locality

# A unit that the table does not know still prints like one: 岭东省松阳市桦林区.
_PRINTED = re.compile(
    r"(?P<province>[\u4e00-\u9fff]{2,4}?(?:省|自治区))?"
    r"(?P<city>[\u4e00-\u9fff]{2,5}?(?:市|自治州|盟|地区))?"
    r"(?P<county>[\u4e00-\u9fff]{2,6}?(?:自治县|县|区|旗|市))?"
)
# Names hidden by a letter: A市, B省C市D县, ××区; A区 in A区业主群 is a part of an estate.
_HIDDEN = re.compile(
    r"(?P<province>(?:[A-ZＡ-Ｚ]|×{1,3})省)?(?P<city>(?:[A-ZＡ-Ｚ]|×{1,3})[市州盟])?(?P<county>(?:[A-ZＡ-Ｚ]|×{1,3})[县区旗市])?"
)
_PARTY = re.compile(r"^[^\u4e00-\u9fffA-ZＡ-Ｚ×]*中共")
# 合作区 or 城关社区 are ordinary words that end like a unit.
_ORDINARY = re.compile(
    r"(社区|小区|园区|片区|辖区|校区|景区|城区|山区|城市|全市|全区|全县|我市|我区|我县|本市|超市|夜市|集市|新区)$"
)
# Zones have administrations but no code: 苏州工业园区, 成都高新区, 四川天府新区.
_ZONE = re.compile(
    r"(?P<zone>[\u4e00-\u9fff]{0,4}?(?:生产建设兵团(?:第?[一二三四五六七八九十]+师)?|工业园区|高新区|经开区|度假区|保税区|管理区|新区|"
    r"(?:高新技术产业|高新技术|经济技术|经济|技术|旅游)?开发区))(?!域|块)"
)
_STATE_ZONE = re.compile(r"(?:雄安|两江|西咸|天府|贵安|西海岸|金普|湘江|赣江|滇中|江北)新区|高新区|经开区|开发区")


def read_zone(text: str, chain: Chain) -> Locality | None:
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


def read_printed(text: str) -> Locality | None:
    """Read a unit that the table does not know at the start of a text: 岭东省松阳市桦林区, A市, 雄安新区.

    Without a province it must be all that stands before a colon, as in 明江市鹭港区：, since 提升城市 or
    建好社区 look alike.
    """
    party = _PARTY.match(text)
    start = party.end() if party else 0
    hidden = _HIDDEN.match(text, start)
    if hidden and hidden.group() and (party or not hidden.group().endswith("区") or _ends(text, hidden.end())):
        return _as_printed(hidden)
    if (zone := _STATE_ZONE.match(text)) and _ends(text, zone.end()):
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


def is_longer(text: str, printed: Locality, chain: Chain) -> bool:
    """Tell whether a known unit is followed by an unknown one: 辽宁省桦林区：, not 江苏省推进小区治理."""
    end = len(printed.name)
    return (
        end > chain.end and not DEED.match(text, chain.end) and not _ORDINARY.search(printed.name) and _ends(text, end)
    )


def _ends(text: str, end: int) -> bool:
    """Tell whether a name may be over there: a colon, the end or what the place does follows."""
    return text[end : end + 1] in ("：", ":", "") or DEED.match(text, end) is not None
