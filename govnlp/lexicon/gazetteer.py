"""The table of administrative units (GB/T 2260), of today and former, and the names that they go by.

The table comes from mumuy/data_location (MIT licence, see data/places.LICENSE); benchmarks/places/make_table.py
writes it. Units below the provincial level in Hong Kong, Macao and Taiwan have no code in the standard; theirs are
the source's own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from govnlp.records import Level, Locality
from govnlp.resources import read_data

_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|"
    "傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|"
    "布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|鄂温克族|独龙族|鄂伦春族|裕固族|各族|保安族"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:{_PEOPLES})*自治([县州区旗])$")
_ENDINGS = ("特别行政区", "自治区", "地区", "林区", "特区", "新区", "省", "市", "区", "县", "旗", "盟", "州")

# Short forms that no rule gives: 克州 for 克孜勒苏柯尔克孜自治州.
_CUSTOMARY = {
    "克州": "653000",
    "博州": "652700",
    "巴州": "652800",
    "伊犁州": "654000",
    "内蒙": "150000",
    "科右前旗": "152221",
    "科右中旗": "152222",
    "科左中旗": "150521",
    "科左后旗": "150522",
    "察右前旗": "150926",
    "察右中旗": "150927",
    "察右后旗": "150928",
    "阿左旗": "152921",
    "阿右旗": "152922",
    "莫旗": "150722",
    "前郭县": "220721",
    "杜蒙县": "230624",
    "阜蒙县": "210921",
    "喀左县": "211324",
    "东乡县": "622926",
    "鄂温克旗": "150724",
}


@dataclass(frozen=True)
class Division:
    """A unit of the table; `now` holds the codes of the units in which a former one lies today."""

    adcode: str
    name: str
    now: tuple[str, ...] = ()
    ordinary: bool = False  # its name without ending is a word of its own: 同心县
    recent: bool = False  # a former one that texts of the last decades still mean

    @property
    def level(self) -> Level:
        """Its level, as its code says."""
        if self.adcode.endswith("0000"):
            return "province"
        return "city" if self.adcode.endswith("00") else "county"

    def lies_in(self, other: Division) -> bool:
        """Tell whether the unit belongs to another one, once or today: 北京市崇文区 to 北京市."""
        if other.level == "county":
            return False
        prefix = other.adcode[: 2 if other.level == "province" else 4]
        return any(code.startswith(prefix) for code in (self.adcode, *self.now)) and self.adcode != other.adcode


@dataclass(frozen=True)
class Alias:
    """A name that a unit goes by; a bare one lacks its ending: 西岗 for 西岗区."""

    division: Division
    bare: bool


def short_form(name: str) -> str:
    """Return a unit's name without its ending.

    >>> short_form("西岗区"), short_form("桓仁满族自治县"), short_form("雄县")
    ('西岗', '桓仁', '雄县')
    """
    autonomous = _AUTONOMOUS.match(name)
    if autonomous:
        return autonomous.group(1)
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def _aliases(division: Division) -> Iterator[tuple[str, bool]]:
    yield division.name, False
    autonomous = _AUTONOMOUS.match(division.name)
    if autonomous:
        yield autonomous.group(1) + autonomous.group(2), False  # 桓仁县
    if (short := short_form(division.name)) != division.name:
        yield short, True


@cache
def _table() -> tuple[Division, ...]:
    rows = (line.split("\t") for line in read_data("lexicon", "data", "places.tsv").splitlines() if line[:1] != "#")
    return tuple(_division(*row) for row in rows)


def _division(code: str, name: str, note: str = "", age: str = "") -> Division:
    if note == "ordinary":
        return Division(code, name, ordinary=True)
    return Division(code, name, tuple(note.split()), recent=age == "recent")


@cache
def divisions() -> dict[str, Division]:
    """Return all units of today by their code."""
    return {division.adcode: division for division in _table() if not division.now}


@cache
def former_divisions() -> dict[str, Division]:
    """Return the units that were abolished or took another name, by the code that they had last.

    >>> former_divisions()["110103"]
    Division(adcode='110103', name='崇文区', now=('110101',), ordinary=False, recent=True)
    """
    return {division.adcode: division for division in _table() if division.now}


@cache
def names() -> dict[str, tuple[Alias, ...]]:
    """Return what each name may mean."""
    found: dict[str, list[Alias]] = defaultdict(list)
    for division in _table():
        for name, bare in _aliases(division):
            found[name].append(Alias(division, bare))
    for name, code in _CUSTOMARY.items():
        found[name].append(Alias(divisions()[code], False))
    return {name: tuple(aliases) for name, aliases in found.items()}


@cache
def _automaton() -> tuple[Any, tuple[tuple[Alias, ...], ...]]:
    from ahocorasick_rs import AhoCorasick, Implementation

    automaton = AhoCorasick(list(names()), implementation=Implementation.ContiguousNFA, store_patterns=False)
    return automaton, tuple(names().values())


def find_names(text: str) -> dict[int, list[tuple[int, tuple[Alias, ...]]]]:
    """Return all names of units in a text by their start: (end, what it may mean), the longest first."""
    automaton, aliases = _automaton()
    found: dict[int, list[tuple[int, tuple[Alias, ...]]]] = defaultdict(list)
    for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        found[start].insert(0, (end, aliases[number]))
    return found


def _chain(division: Division) -> list[Division]:
    codes = dict.fromkeys((division.adcode[:2] + "0000", division.adcode[:4] + "00"))
    above = [divisions().get(code) or former_divisions().get(code) for code in codes if code != division.adcode]
    return [*filter(None, above), division]


def parents(division: Division) -> list[Division]:
    """Return the units that a unit belongs to, the largest first: 辽宁省, 大连市 of 西岗区."""
    return _chain(division)[:-1]


def full_name(division: Division) -> str:
    """Return a unit's name with those that it belongs to: 辽宁省大连市西岗区."""
    return "".join(unit.name for unit in _chain(division))


def to_locality(division: Division) -> Locality:
    """Return the record of a unit; that of a former one lists as candidates the units in which it lies today."""
    by_level = {unit.level: unit.name for unit in _chain(division)}
    return Locality(
        name=full_name(division),
        adcode=division.adcode,
        level=division.level,
        province=by_level.get("province"),
        city=by_level.get("city"),
        county=by_level.get("county"),
        candidates=tuple(full_name(divisions()[code]) for code in division.now),
    )


def to_ambiguous(printed: str, units: Iterable[Division]) -> Locality:
    """Return the record of a name that several units bear."""
    return Locality(name=printed, candidates=tuple(full_name(unit) for unit in units))


@cache
def by_full_name() -> dict[str, Division]:
    """Return the units of today, and recent ones, by their name with those that they belong to."""
    return {full_name(division): division for division in _table() if division.recent or not division.now}
