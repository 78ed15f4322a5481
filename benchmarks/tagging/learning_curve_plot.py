"""Draws the learning curve given on standard input; run by an interpreter that has matplotlib."""

import json
import sys

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot


def main(target: str) -> None:
    """Draw mean and spread over the number of paragraphs."""
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for name, points in json.load(sys.stdin).items():
        sizes = [point[0] for point in points]
        found = [point[1:] for point in points]
        (curve,) = axes.plot(sizes, [sum(f) / len(f) for f in found], marker="o", label=name)
        axes.fill_between(sizes, [min(f) for f in found], [max(f) for f in found], alpha=0.15, color=curve.get_color())
    axes.set_xscale("log")
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    axes.set_xlabel("labelled paragraphs")
    axes.set_ylabel("F1")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(target, dpi=120)


if __name__ == "__main__":
    main(sys.argv[1])
