"""How well broken pages are restored: the corpus's articles, laid out as damaged pages, by kind of damage.

    python -m benchmarks.reading                 the half of the corpus that rules may be worked out on
    python -m benchmarks.reading --unseen        the other half
    python -m benchmarks.reading --real-places   real names of places swapped in, in memory

Run from the project's folder. A paragraph counts as restored when it comes back to the letter.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter

from tests.reading.restoration import paragraph_f1, score
from tests.reading.simulate import KINDS, groups_of, move, read_corpus


def main() -> None:
    """Print a Markdown table, one row a kind of damage."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--unseen", action="store_true")
    options.add_argument("--real-places", action="store_true")
    options.add_argument("--seeds", type=int, default=1)
    given = options.parse_args()
    articles = list(read_corpus(given.unseen))
    print(f"{len(articles)} articles, {given.seeds} layouts of each\n")
    header = ("damage", "paragraph F1", "cut paragraphs restored", "articles found", "place", "headings", "captions")
    print("| " + " | ".join((*header, "leaks", "characters lost")) + " |")
    print("| --- " * (len(header) + 2) + "|")
    total: Counter[str] = Counter()
    for kind in KINDS:
        counts: Counter[str] = Counter()
        for seed in range(given.seeds):
            rng = random.Random(f"{kind}{seed}")
            for group in groups_of(articles, rng):
                told = [move(article, rng) for article in group] if given.real_places else group
                counts += score(KINDS[kind](told, rng))
        total += counts
        print(row(kind, counts))
    print(row("all", total))


def row(name: str, counts: Counter[str]) -> str:
    """Return the counts of one kind as a row."""

    def share(part: str, whole: str) -> str:
        return f"{counts[part]}/{counts[whole]}" if counts[whole] else "—"

    cells = [
        name, f"{paragraph_f1(counts):.3f}", share("restored", "cut"), share("found", "articles"),
        share("place", "found"), share("headings_found", "headings"), share("captions_found", "captions"),
        str(counts["leaks"]), str(counts["lost"]),
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
