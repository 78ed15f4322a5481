"""Keep the table of letter pairs: which letter follows which, counted in the corpus's training part.

    python -m benchmarks.letter_pairs            writes govnlp/reading/data/letter_pairs.txt
    python -m benchmarks.letter_pairs --check    says whether it would change

Counted are articles of odd number alone, so that the half on which reading is measured (even numbers) stays unseen.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import Counter, defaultdict
from pathlib import Path

from govnlp.labelled.paragraphs import corpus_articles
from govnlp.reading.blocks import squash
from govnlp.reading.letters import as_counted

TABLE = Path(__file__).resolve().parents[1] / "govnlp" / "reading" / "data" / "letter_pairs.txt"
HEADING = "# how often, then the pairs of letters that stand so often in the training part of the corpus\n"
SELDOM = 2


def main() -> None:
    """Write the table, or tell whether it is up to date."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 when the table would change")
    check = options.parse_args().check
    table = render(count_pairs())
    if check:
        sys.exit(TABLE.read_text("utf-8") != table and "letter_pairs.txt is out of date")
    TABLE.write_text(table, "utf-8", newline="\n")


def count_pairs() -> Counter[str]:
    """Return the pairs of letters of all paragraphs that may be counted."""
    pairs = Counter[str]()
    for article in corpus_articles():
        if article["part"] == "train" and int(article["id"].rpartition("-")[2]) % 2:
            for section in article["sections"]:
                for paragraph in section["paragraphs"]:
                    text = as_counted(squash(paragraph["text"]))
                    pairs.update(map("".join, itertools.pairwise(text)))
    return pairs


def render(pairs: Counter[str]) -> str:
    """Return the table: a line a count, its pairs written one after the other."""
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for pair, times in sorted(pairs.items()):
        if times >= SELDOM:
            lines[times].append(pair)
    return HEADING + "".join(f"{times}\t{''.join(lines[times])}\n" for times in sorted(lines))


if __name__ == "__main__":
    main()
