"""What training takes as texts grow: python -m benchmarks.tagging.scale [PARAGRAPHS], or --profile PARAGRAPHS.

Each number of paragraphs is measured in a process of its own; with a number, in this one.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import resource
import subprocess
import sys
import time
from itertools import pairwise

from benchmarks.tagging.protocol import fill, table
from benchmarks.tagging.recombined import recombined
from govnlp import MechanismClassifier

COUNTS = (50, 500, 5_000, 100_000)
GOAL = 1_000_000


def measure(count: int) -> dict[str, float]:
    """Train on so many paragraphs; return processor seconds, in all and by step, and MB of memory at most."""
    train = recombined(count)
    before = _peak()
    marks: list[tuple[str, float]] = []

    def note(line: str) -> None:
        marks.append((line.split()[0], time.process_time()))

    model = MechanismClassifier(train.codebook)
    model.fit(train.texts, train.labels, train.groups, marks=train.marks, progress=note)
    marks.append(("end", time.process_time()))
    found = {"seconds": marks[-1][1] - marks[0][1], "memory": _peak() - before}
    for (step, begin), (_, end) in pairwise(marks):
        found[step] = found.get(step, 0.0) + end - begin
    return found


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure all counts, and what they lead to expect of a million."""
    if "--profile" in sys.argv:
        profile(int(sys.argv[-1]))
        return
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
        return
    found: dict[int, dict[str, float]] = {}
    for count in COUNTS:
        command = [sys.executable, "-m", "benchmarks.tagging.scale", str(count)]
        found[count] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        print(count, found[count], file=sys.stderr, flush=True)
    steps = {"learning": "vocabulary and rows", "fold": "out of fold", "fitting": "final models"}
    rows = [
        [f"{count:,}", f"{own['seconds']:.1f} s", *(f"{own.get(s, 0):.1f} s" for s in steps), f"{own['memory']:.0f} MB"]
        for count, own in found.items()
    ]
    largest = found[COUNTS[-1]]
    times = GOAL / COUNTS[-1]
    hours, gigabytes = largest["seconds"] * times / 3600, largest["memory"] * times / 1024
    head = ["paragraphs", "processor time", *steps.values(), "memory"]
    expected = f"In proportion to the last: {GOAL:,} paragraphs in {hours:.1f} hours and {gigabytes:.1f} GB."
    fill("scale", f"{table(head, rows)}\n\n{expected}")


def profile(count: int) -> None:
    """Print what takes the time of training."""
    train = recombined(count)
    with cProfile.Profile() as profiler:
        MechanismClassifier(train.codebook).fit(train.texts, train.labels, train.groups, marks=train.marks)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(20)


if __name__ == "__main__":
    main()
