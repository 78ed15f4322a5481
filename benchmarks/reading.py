"""How well broken pages are restored: the corpus's articles, laid out as damaged pages, by kind of damage.

    python -m benchmarks.reading                 the half of the corpus that rules may be worked out on
    python -m benchmarks.reading --unseen        the other half
    python -m benchmarks.reading --real-places   real names of places swapped in, in memory
    python -m benchmarks.reading --ablate        each piece of evidence switched off in turn
    python -m benchmarks.reading --sample 4      every fourth article alone

Run from the project's folder. A paragraph counts as restored when it comes back to the letter.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence

from benchmarks.reading_ablation import ablate
from tests.reading.kinds import KINDS, groups_for
from tests.reading.restoration import paragraph_f1, score
from tests.reading.simulate import Clean, move, read_corpus

COLUMNS = (
    "damage", "paragraph F1", "cut paragraphs restored", "articles found", "place", "unit", "reporter", "genre",
    "headings", "captions", "leaks", "characters lost",
)  # fmt: skip


def main() -> None:
    """Print a Markdown table, one row a kind of damage or a piece of evidence."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--unseen", action="store_true")
    options.add_argument("--real-places", action="store_true")
    options.add_argument("--ablate", action="store_true")
    options.add_argument("--seeds", type=int, default=1)
    options.add_argument("--sample", type=int, default=1)
    given = options.parse_args()
    articles = list(read_corpus(given.unseen))[:: given.sample]
    print(f"{len(articles)} articles, {given.seeds} layouts of each\n")
    if given.ablate:
        ablate(lambda kind: count(kind, articles, given.seeds, given.real_places))
        return
    print("| " + " | ".join(COLUMNS) + " |\n" + "| --- " * len(COLUMNS) + "|")
    total: Counter[str] = Counter()
    for kind in KINDS:
        counts = count(kind, articles, given.seeds, given.real_places)
        total += counts
        print(row(kind, counts), flush=True)
    print(row("all", total))


def count(kind: str, articles: Sequence[Clean], seeds: int, real_places: bool) -> Counter[str]:
    """Return the counts of one kind of damage over all articles."""
    counts: Counter[str] = Counter()
    for seed in range(seeds):
        rng = random.Random(f"{kind}{seed}")
        for group in groups_for(kind, articles, rng):
            told = [move(article, rng) for article in group] if real_places else group
            counts += score(KINDS[kind](told, rng))
    return counts


def row(name: str, counts: Counter[str]) -> str:
    """Return the counts of one kind as a row."""

    def share(part: str, whole: str) -> str:
        return f"{counts[part]}/{counts[whole]}" if counts[whole] else "—"

    cells = [
        name, f"{paragraph_f1(counts):.3f}", share("restored", "cut"), share("found", "articles"),
        *(share(field, "found") for field in ("place", "unit", "reporter", "genre")),
        share("headings_found", "headings"), share("captions_found", "captions"),
        str(counts["leaks"]), str(counts["lost"]),
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
