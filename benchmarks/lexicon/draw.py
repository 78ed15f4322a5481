"""Draw terms of the governance dictionary at random for a reader to judge: python -m benchmarks.lexicon.draw."""

from __future__ import annotations

import argparse
import random

from govnlp import governance_terms


def main() -> None:
    """Print the drawn terms, one a line, with kind, mechanisms, canonical form, count and source."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    for term in random.Random(given.seed).sample(governance_terms(), given.count):
        print(term.word, term.kind, ";".join(term.mechanisms), term.canonical or "", term.count, term.source, sep="\t")


if __name__ == "__main__":
    main()
