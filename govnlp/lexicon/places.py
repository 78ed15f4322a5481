"""The place of a text: names of administrative units to records with their codes, without guessing.

`locate` reads a headline, kicker or byline; `locate_in_article` lets byline and body, `settle_by_page` the rest of the
page decide what the headline leaves open. A name that several units bear stays open until something there decides.

A former unit (北京市崇文区) comes back with the name and code that it bore last, and, as `candidates`, the units in
which it lies today: a code with candidates is a former unit, candidates without a code are an open question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from govnlp.lexicon.gazetteer import (
    Division,
    by_full_name,
    divisions,
    names,
    parents,
    short_form,
    to_ambiguous,
    to_locality,
)
from govnlp.lexicon.mentions import Chain, find_chains
from govnlp.lexicon.printed import is_longer, read_printed, read_zone
from govnlp.records import Locality

_OPENING = 150  # characters of a body in which one mention of a place is enough
_LEAD = 400  # characters of a body in which a place is spelled out
_LONGEST = 15  # 积石山保安族东乡族撒拉族自治县 has fifteen characters

_UNIT_PLACE = re.compile(r"中共(?P<place>[\u4e00-\u9fff]{2,12}?[省市区县旗州盟])委")
_ORGAN = re.compile(
    r"委|工委|纪委|人民政府|政府|[\u4e00-\u9fff]{2,12}(?:局|部|办|办公室|中心|学校|党校|联)(?![\u4e00-\u9fff])"
)
# 本报记者 李云南: the names of those who sign are no places.
_REPORTER = re.compile(
    r"[^\u4e00-\u9fff]*(?:本[报网刊台]|新华社)?[\u4e00-\u9fff]{0,8}?(?:记者|通讯员)(?=[\s:：]|[\u4e00-\u9fff]{2,3}$)"
)


def locate(text: str) -> Locality | None:
    """Return the administrative unit that a short text (headline, byline, kicker) names first.

    Args:
        text: a headline, kicker or byline; 街道 and 镇 after the unit are left aside.

    Returns:
        The unit. An ambiguous name has no adcode and lists its candidates; a former unit has its last adcode and lists
        the units in which it lies today; a zone or a unit that the table does not know keeps its printed name without
        adcode. None where no unit is named.

    >>> locate("辽宁省大连市西岗区：楼院议事").adcode
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
    printed = read_printed(text)
    chains = [chain for chain in find_chains(text) if not chain.elsewhere]
    chain = next((chain for chain in chains if chain.sure), chains[0] if chains else None)
    if printed and (chain is None or chain.start > 0 or is_longer(text, printed, chain)):
        return printed, True
    if chain is None:
        return None
    return read_zone(text, chain) or _resolve(text, chain), chain.sure


def _resolve(text: str, chain: Chain) -> Locality:
    units = chain.units
    return to_locality(units[0]) if len(units) == 1 else to_ambiguous(text[chain.start : chain.end], units)


def locate_in_article(headline: str | None, kicker: str | None, byline: str | None, body: str) -> Locality | None:
    """Return the unit that an article is about: its headline's, made sure by byline and body.

    An ambiguous name (中山区) takes the candidate that byline or body spell out (辽宁省大连市中山区), else the only one
    whose city, or else whose province, they name; otherwise it stays ambiguous, with its candidates.

    Args:
        headline: the article's headline, or None.
        kicker: the line above it, or None.
        byline: its signatures, or None.
        body: its text, or the beginning of it.

    >>> locate_in_article("中山区：用好小阵地", None, None, "大连有山有海，社区里有说有笑。").adcode
    '210202'
    """
    named = _find((kicker or "") + (headline or ""))
    signed = _signed(byline or "")
    if named and (named[1] or not signed):
        found: Locality | None = named[0] if named[1] else _first_certain(body) or named[0]
    else:
        found = signed or _first_certain(body) or _most_named(body)
    return _settle(found, (byline or "") + "\n" + body) if found else None


def settle_by_page(found: Locality, page: Sequence[str]) -> Locality:
    """Decide about an open name by what the rest of its page says.

    Args:
        found: the place of an article.
        page: the newspaper's name and the places of the other articles. Only one whose city is named there is taken:
            a page tells of many places of a province.

    >>> settle_by_page(locate("中山区：用好小阵地"), ["大连日报"]).adcode
    '210202'
    """
    unit = _only(unit for unit in _open_units(found) if any(_names_parent(unit, name) for name in page))
    return to_locality(unit) if unit else found


def _names_parent(unit: Division, name: str) -> bool:
    city = parents(unit)[-1].name if parents(unit) else unit.name
    return city in name or name.startswith(short_form(city))


def _signed(byline: str) -> Locality | None:
    """Return the place of the organ that signs: 中共西岗区委组织部, 漳州市民政局."""
    for chain in find_chains(byline):
        if _ORGAN.match(byline, chain.end):
            return _resolve(byline, chain)
    unknown = _UNIT_PLACE.search(byline)
    return Locality(name=unknown["place"]) if unknown else None


def _open_units(found: Locality) -> list[Division]:
    return [] if found.adcode else [by_full_name()[name] for name in found.candidates]


def _settle(found: Locality, text: str) -> Locality:
    """Decide about an open or unknown name by what byline and body say; what is certain stays."""
    if found.adcode:
        return found
    if not found.candidates:
        return _spelled_out(found.name, text) or found
    units = _open_units(found)
    unit = _spelled(units, text) or _nearest(units, text) or _in_province(units, text)
    return to_locality(unit) if unit else found


def _spelled(units: Iterable[Division], text: str) -> Division | None:
    """Return the one unit that a text spells out: 张家口市桥西区."""
    spelled = {chain.units[0] for chain in find_chains(text) if chain.is_spelled_out and len(chain.units) == 1}
    return _only(unit for unit in units if unit in spelled)


def _nearest(units: Iterable[Division], text: str) -> Division | None:
    """Return the one unit whose city a text names."""
    named = _units_named(text)
    return _only(unit for unit in units if parents(unit) and parents(unit)[-1] in named)


def _in_province(units: Iterable[Division], text: str) -> Division | None:
    """Return the one unit whose province a text names."""
    named = _units_named(text)
    return _only(unit for unit in units if parents(unit) and parents(unit)[0] in named)


def _units_named(text: str) -> set[Division]:
    return {unit for chain in find_chains(text) for mention in chain.mentions for unit in mention.units}


def _only(units: Iterable[Division]) -> Division | None:
    found = list(units)
    return found[0] if len(found) == 1 else None


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
    """Return the first unit that the opening of a body spells out with at least two names.

    Of a city so named it is the county that the body goes on about: 大田县一个社区……曾是福建省三明市的矿区.
    """
    opening = body[:_LEAD]
    for chain in find_chains(opening):
        if chain.is_spelled_out and len(chain.units) == 1:
            inner = _most_named(body)
            within = inner and inner.adcode and divisions()[inner.adcode].lies_in(chain.units[0])
            return inner if within else to_locality(chain.units[0])
    for clause in re.split(r"[，。；：“”、！？\s]", opening):
        for offset in range(min(len(clause), 8)):
            printed = read_printed(clause[offset:])
            if printed and printed.city and (printed.province or "") not in names():
                return printed
    return None


def _most_named(body: str) -> Locality | None:
    """Return the county or city that a body names most by its full name, at least twice or in its first lines.

    A reporter's feature names its county in passing: 圩埂上……这是青石县的早晨. Being named in the first lines counts
    like being named twice more; a tie is no evidence.
    """
    counts: Counter[tuple[Division, ...]] = Counter()
    printed: dict[tuple[Division, ...], str] = {}
    for chain in find_chains(body):
        local = all(unit.level == "county" or unit.level == "city" for unit in chain.units)
        if chain.sure and local and not chain.mentions[-1].bare and not chain.units[0].now:
            counts[chain.units] += 3 if chain.start < _OPENING and chain.units not in counts else 1
            printed[chain.units] = body[chain.start : chain.end]
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    units = ranked[0][0]
    return to_locality(units[0]) if len(units) == 1 else to_ambiguous(printed[units], units)
