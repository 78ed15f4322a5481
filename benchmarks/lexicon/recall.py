"""How many terms of unseen texts come out whole: govnlp's tokenizer, bare jieba, and jieba given terms.txt.

    GOVNLP_DEVSET=DIR python -m benchmarks.lexicon.recall [MARKED.jsonl]

The texts with odd numbers in DIR/real/governance.jsonl were not read while the dictionary was made; another reader
marked their terms, by default in benchmarks/lexicon/unseen_terms.jsonl, one occurrence a line: {"id", "start", "end",
"term"}. Strict: the marked span is one token. Lenient: it is one, or lies inside one token that is a longer term of the
dictionary. Then, over all real texts: the share of jieba's words that touch no term and are cut otherwise by govnlp.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import accumulate, pairwise
from pathlib import Path

import jieba

from benchmarks.lexicon import development_set
from govnlp import Tokenizer
from govnlp.lexicon.dictionary import governance_words
from govnlp.resources import data_path

MARKED = Path(__file__).with_name("unseen_terms.jsonl")
Cut = Callable[[str], list[str]]
Span = tuple[int, int]


def main() -> None:
    """Print recall for each tokenizer, then the share of words changed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("marked", nargs="?", type=Path, default=MARKED)
    given = options.parse_args()
    texts = read_texts()
    if given.marked.exists():
        print_recall(read_marks(given.marked, texts), texts)
    else:
        print(f"{given.marked} is missing: no marked terms, so no recall", file=sys.stderr)
    changed, words = changed_words(texts.values())
    print(f"\nwords that touch no term, cut otherwise than by jieba: {changed} of {words} ({changed / words:.4%})")


def read_texts() -> dict[str, str]:
    """Return the real texts by id."""
    lines = (development_set() / "real" / "governance.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


def read_marks(path: Path, texts: dict[str, str]) -> dict[str, list[Span]]:
    """Return the marked spans by text; a mark that does not fit its text ends the run."""
    marks: dict[str, list[Span]] = defaultdict(list)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        if texts.get(row["id"], "")[row["start"] : row["end"]] != row["term"]:
            sys.exit(f"{path}, line {number}: {row['term']} does not stand there in {row['id']}")
        marks[row["id"]].append((row["start"], row["end"]))
    return marks


def print_recall(marks: dict[str, list[Span]], texts: dict[str, str]) -> None:
    """Print a Markdown table, one row a tokenizer."""
    total = sum(map(len, marks.values()))
    distinct = len({texts[text_id][start:end] for text_id, spans in marks.items() for start, end in spans})
    print(f"{total} occurrences of {distinct} terms in {len(marks)} texts\n")
    print("| tokenizer | strict | lenient |\n| --- | --- | --- |")
    for name, cut in tokenizers().items():
        strict, lenient = found(cut, marks, texts)
        print(f"| {name} | {strict / total:.3f} | {lenient / total:.3f} |")


def tokenizers() -> dict[str, Cut]:
    """Return the tokenizers to compare."""
    jieba.setLogLevel("ERROR")
    given_terms = jieba.Tokenizer()
    given_terms.load_userdict(str(data_path("lexicon", "data", "terms.txt")))
    return {"govnlp": Tokenizer().cut, "jieba": jieba.Tokenizer().lcut, "jieba with terms.txt": given_terms.lcut}


def found(cut: Cut, marks: dict[str, list[Span]], texts: dict[str, str]) -> tuple[int, int]:
    """Return how many marked spans are one token, and how many are one or lie inside a longer term."""
    terms = frozenset(governance_words())
    strict = lenient = 0
    for text_id, spans in marks.items():
        text = texts[text_id]
        tokens = set(token_spans(cut(text)))
        longer = [span for span in tokens if text[slice(*span)] in terms]
        exact = [span in tokens for span in spans]
        strict += sum(exact)
        lenient += sum(one or inside(span, longer) for one, span in zip(exact, spans, strict=True))
    return strict, lenient


def inside(span: Span, longer: Iterable[Span]) -> bool:
    """Tell whether a span lies inside one of others."""
    return any(start <= span[0] and span[1] <= end for start, end in longer)


def token_spans(words: list[str]) -> list[Span]:
    """Return the places of words that stand one behind the other."""
    return list(pairwise(accumulate(map(len, words), initial=0)))


def changed_words(texts: Iterable[str]) -> tuple[int, int]:
    """Return how many of jieba's words that touch no term govnlp cuts otherwise, and how many there are."""
    terms = frozenset(governance_words())
    ours, plain = Tokenizer(), jieba.Tokenizer()
    changed = total = 0
    for text in texts:
        tokens = token_spans(ours.cut(text))
        covered = {place for start, end in tokens if text[start:end] in terms for place in range(start, end)}
        free = [span for span in token_spans(plain.lcut(text)) if covered.isdisjoint(range(*span))]
        changed += len(set(free) - set(tokens))
        total += len(free)
    return changed, total


if __name__ == "__main__":
    main()
