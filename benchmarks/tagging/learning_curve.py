"""How many labelled paragraphs it takes: python -m benchmarks.tagging.learning_curve.

Whole articles of the train and validation parts are drawn at random until there are paragraphs enough, several times.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.tagging.protocol import Labelled, corpus_part, fill, macro_f1, micro_f1, table, test_sets
from benchmarks.tagging.systems import PEERS, govnlp

SIZES = (50, 100, 200, 500, 1000, 2000)
SEEDS = 3
FIGURES = {"micro F1": micro_f1, "macro F1": macro_f1}
CURVE = Path(__file__).with_name("learning_curve.png")
PLOT = Path(__file__).with_name("learning_curve_plot.py")


def draw(train: Labelled, size: int, seed: int) -> Labelled:
    """Return whole articles with about so many paragraphs."""
    articles = np.array(train.groups)
    order = np.random.default_rng(seed).permutation(np.unique(articles))
    counts = np.cumsum([np.count_nonzero(articles == name) for name in order])
    chosen = order[: int(np.searchsorted(counts, size)) + 1]
    return train.take(np.flatnonzero(np.isin(articles, chosen)))


def measure(train: Labelled, tests: dict[str, Labelled]) -> NDArray[np.float64]:
    """Return micro and macro F1 on each test set."""
    said = govnlp(train, [test.texts for test in tests.values()])["govnlp, default settings"]
    return np.array(
        [f(test.truth, own.given) for test, own in zip(tests.values(), said, strict=True) for f in FIGURES.values()]
    )


def main() -> None:
    """Measure every size, write the table and draw the curve."""
    train, tests = corpus_part("train", "validation"), test_sets()
    names = [f"{name}, {kind}" for name in tests for kind in FIGURES]
    curve: list[tuple[int, NDArray[np.float64]]] = []
    for size in SIZES:
        found = [measure(draw(train, size, seed), tests) for seed in range(SEEDS)]
        curve.append((size, np.array(found)))
        print(size, np.mean(found, axis=0).round(3), file=sys.stderr, flush=True)
    curve.append((len(train.texts), measure(train, tests)[None]))
    rows = [[str(size), *(_with_spread(column) for column in found.T)] for size, found in curve]
    text = table(["paragraphs", *names], rows)
    fill("learning_curve", f"Mean of {SEEDS} draws, and the least and the greatest.\n\n{text}")
    points = {name: [[n, *found[:, i].tolist()] for n, found in curve] for i, name in enumerate(names)}
    interpreter = os.environ.get(PEERS, sys.executable)
    if subprocess.run([interpreter, PLOT, CURVE], input=json.dumps(points), text=True).returncode:
        print(f"no plot: {interpreter} has no matplotlib; name one that has by {PEERS}", file=sys.stderr)


def _with_spread(values: NDArray[np.float64]) -> str:
    low, high = values.min(), values.max()
    return f"{values.mean():.3f}" + (f" ({low:.3f}–{high:.3f})" if len(values) > 1 else "")


if __name__ == "__main__":
    main()
