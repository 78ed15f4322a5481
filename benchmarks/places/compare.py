"""How many headlines and bylines get the right place: govnlp, cpca and jionlp.parse_location on headlines.jsonl.

    python -m benchmarks.places.compare [--errors]

Run from the project's folder. A library that is not installed is skipped, and the script says so. A row is right when
the deepest unit found and its province are the wanted ones; where the name is ambiguous, when none of the units that
bear it is chosen (govnlp: and all are listed); where the table cannot know the unit, when nothing deeper than what it
lies in is given (govnlp: and the printed name); where there is no place, when none is given.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from govnlp import locate
from govnlp.lexicon.gazetteer import divisions, former_divisions, parents

HEADLINES = Path(__file__).with_name("headlines.jsonl")
ROUNDS = 5
Row = dict[str, Any]
Names = list[str]  # of province, city, county, as far as given


def wanted_names(adcode: str, former: bool) -> Names:
    """Return the names of a unit and of those that it lies in; a renamed unit keeps its code."""
    known = former_divisions() | divisions() if not former else divisions() | former_divisions()
    unit = known[adcode]
    return [above.name for above in parents(unit)] + [unit.name]


def is_right(row: Row, found: Names) -> bool:
    """Judge a library that gives names of province, city and county."""
    if row["adcode"]:
        want = wanted_names(row["adcode"], row["kind"] == "former")
        return bool(found) and (found[0], found[-1]) == (want[0], want[-1])
    if "candidates" in row:
        return not any(found and name.endswith(found[-1]) and len(found) > 1 for name in row["candidates"])
    if "printed" in row:
        return len(found) < 3
    return not found


def is_right_here(row: Row) -> bool:
    """Judge govnlp, which gives codes, candidates and printed names."""
    found = locate(row["text"])
    if row["adcode"]:
        return found is not None and found.adcode == row["adcode"]
    if "candidates" in row:
        return found is not None and found.adcode is None and set(found.candidates) == set(row["candidates"])
    if "printed" in row:
        return found is not None and found.adcode is None and found.name == row["printed"] and not found.candidates
    return found is None


def cpca_names(texts: list[str]) -> list[Names]:
    """Return what cpca gives."""
    import cpca

    rows = cpca.transform(texts)[["省", "市", "区"]].to_numpy().tolist()
    return [[name for name in row if isinstance(name, str) and name != "市辖区" and "直辖" not in name] for row in rows]


def jionlp_names(texts: list[str]) -> list[Names]:
    """Return what jionlp gives."""
    import jionlp

    rows = [jionlp.parse_location(text) for text in texts]
    return [list(dict.fromkeys(row[k] for k in ("province", "city", "county") if row[k])) for row in rows]


def seconds(run: Callable[[], object]) -> float:
    """Return the least processor time of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print a Markdown table, one column a library."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--errors", action="store_true", help="list what govnlp gets wrong")
    given = options.parse_args()
    rows = [json.loads(line) for line in HEADLINES.read_text("utf-8").splitlines()]
    texts = [row["text"] for row in rows]
    right = {"govnlp": [is_right_here(row) for row in rows]}
    times = {"govnlp": seconds(lambda: [locate(text) for text in texts])}
    for name, peer in (("cpca", cpca_names), ("jionlp", jionlp_names)):
        if importlib.util.find_spec(name) is None:
            print(f"{name} is not installed here: skipped")
            continue
        right[name] = [is_right(row, found) for row, found in zip(rows, peer(texts), strict=True)]
        times[name] = seconds(lambda peer=peer: peer(texts))  # type: ignore[misc]
    print("| rows | " + " | ".join(right) + " |")
    print("| --- " * (len(right) + 1) + "|")
    groups = {f"{row['part']} part": None for row in rows} | {row["kind"]: None for row in rows} | {"all": None}
    for group in groups:
        mine = [i for i, row in enumerate(rows) if group in (f"{row['part']} part", row["kind"], "all")]
        counts = Counter({name: sum(flags[i] for i in mine) for name, flags in right.items()})
        print(f"| {group} ({len(mine)}) | " + " | ".join(f"{counts[name] / len(mine):.3f}" for name in right) + " |")
    print("| time, govnlp = 1 | " + " | ".join(f"{times[name] / times['govnlp']:.1f}" for name in right) + " |")
    print(f"\ngovnlp: {times['govnlp'] / len(texts) * 1000:.3f} ms a text")
    if given.errors:
        print(*(row["text"] for row, good in zip(rows, right["govnlp"], strict=True) if not good), sep="\n")


if __name__ == "__main__":
    main()
