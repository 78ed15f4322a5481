"""Write govnlp/lexicon/data/places.tsv from the files of mumuy/data_location (MIT licence).

    python benchmarks/places/make_table.py FOLDER    FOLDER holds mumuy_list.json and mumuy_history.json

A line is `code, name` for a unit of today, with `ordinary` behind it where the name without its ending is a word of
its own by jieba's dictionary, and `code, name, codes of the units in which it lies today` for a former one, with
`recent` behind it where renamed.tsv has it. Of a county that bore several codes the last is kept; a former code of a
unit that still bears its name is left out.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import jieba

from govnlp.lexicon.gazetteer import short_form

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "govnlp" / "lexicon" / "data" / "places.tsv"
HEADER = (
    "# Administrative divisions of China (GB/T 2260 codes), of today and former. "
    "Source: mumuy/data_location, MIT licence, (c) 2024 Haole Zheng."
)
# The headings of the statistics are no units, nor are reefs, farms and administrations.
_NO_UNIT = re.compile(r"^(?:市辖区|市区|市郊区|郊区|县|特区)$|直辖|单位$|新区$|(?<![省市区县旗盟州])$")
_DISTRICT = re.compile(r"(?<![地林])区$")
# Provinces that were parted from another one: Chongqing from Sichuan, Hainan from Guangdong.
_PARTED = {"51": "50", "44": "46"}
_PARTED_PREFECTURES = {"5102": "50", "5112": "50", "5120": "50", "5121": "50", "5122": "50", "5123": "50",
                       "4421": "46", "4422": "46"}  # fmt: skip


def read_units(path: Path) -> dict[str, str]:
    """Return names by code; the source's own code of Taiwan (83) becomes the standard's (71)."""
    rows = json.loads(path.read_text("utf-8"))
    return {re.sub("^83", "71", code): name for code, name in rows.items() if "(" not in name}


def former_units(current: dict[str, str], history: dict[str, str]) -> dict[str, str]:
    """Return the former units worth a line."""
    alive = {(code[:2], name) for code, name in current.items()}
    alive_districts = {(code[:4], name) for code, name in current.items()}
    chosen: dict[tuple[str, str], str] = {}
    for code in sorted(history, key=lambda code: _lateness(code, current)):
        name = history[code]
        district = _DISTRICT.search(name) is not None
        parted = _PARTED_PREFECTURES.get(code[:4])
        group = (f"{parted}01" if parted else code[:4]) if district else parted or code[:2]
        provinces = {code[:2], _PARTED.get(code[:2], code[:2])}
        known = (group, name) in alive_districts if district else any((p, name) in alive for p in provinces)
        if code not in current and not known and not _NO_UNIT.search(name) and code < "66":
            chosen[group, name] = code
    return {code: name for (_, name), code in chosen.items()}


def _lateness(code: str, current: dict[str, str]) -> tuple[bool, bool, str]:
    """Return what sorts the codes of one unit by age: a city of its own, then one of a city that there still is."""
    return code.endswith("00"), code[:4] + "00" in current or code[:2] in ("11", "12", "31", "50"), code


def successor(code: str, name: str, current: dict[str, str], history: dict[str, str]) -> str:
    """Return the unit of today that bears the stem of a former unit's name, or the smallest one that it lay in."""
    by_stem: dict[str, list[str]] = defaultdict(list)
    provinces = {code[:2], _PARTED.get(code[:2], code[:2])}
    for other, its_name in current.items():
        if other[:2] in provinces:
            by_stem[short_form(its_name)].append(other)
    stem = short_form(name)
    stems = [stem] if len(stem) > 2 or not stem.endswith("县") else [stem, stem[0] + "州", stem[0] + "城"]
    prefecture = code[:4] + "00"
    lay_in = short_form(history.get(prefecture, current.get(prefecture, "")))
    home = [other for other in by_stem.get(lay_in, []) if other.endswith("00")] if lay_in else []
    near = {code[:4], *(other[:4] for other in home), _PARTED_PREFECTURES.get(code[:4], "") + "01"}
    for wanted in stems:
        found = by_stem.get(wanted, [])
        if _DISTRICT.search(name):
            found = [other for other in found if other[:4] in near]
        if found:
            return min(found, key=lambda other: (other.endswith("00") != code.endswith("00"), other[:4] not in near))
    if prefecture in current:
        return prefecture
    return home[0] if home else _PARTED_PREFECTURES.get(code[:4], code[:2]) + "0000"


def ordinary_words() -> set[str]:
    """Return the words that jieba's dictionary holds for no names: 同心 is a noun, 犍为 the name of a place."""
    rows = (line.split() for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines())
    return {word for word, count, kind in rows if _is_ordinary(kind, int(count))}


def _is_ordinary(kind: str, count: int) -> bool:
    """Tell whether a word is in daily use; rare nouns are mostly names that the dictionary mistook (乳源)."""
    is_name = kind.startswith("n") and kind != "n"
    return kind != "ns" and count >= (100 if is_name else 20)


def main() -> None:
    """Write the table."""
    folder = Path(sys.argv[1])
    current, history = read_units(folder / "mumuy_list.json"), read_units(folder / "mumuy_history.json")
    renamed = [line.split("\t") for line in (HERE / "renamed.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    former = former_units(current, history)
    given = {(code, name): now for code, name, now in renamed}
    settled = {name: code[:2] for code, name, _ in renamed if code in current or code not in former}
    words = ordinary_words()
    rows = [
        "\t".join((code, name, *["ordinary"] * (short_form(name) in words))) for code, name in sorted(current.items())
    ]
    told: dict[tuple[str, str], str] = {}
    for code, name in sorted(former.items(), key=lambda unit: _lateness(unit[0], current)):
        now = successor(code, name, current, history)
        if (code, name) not in given and settled.get(name) != code[:2] and current[now] != name:
            told[name, now] = code
    rows += [f"{code}\t{name}\t{now}" for code, name, now in sorted((code, *key) for key, code in told.items())]
    rows += [f"{code}\t{name}\t{now}\trecent" for (code, name), now in sorted(given.items())]
    TABLE.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
