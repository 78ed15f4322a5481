"""Precision of term discovery on the development set, against simple methods, by terms judged one by one.

Needs GOVNLP_DEVSET. The verdicts stand in benchmarks/discovery_judged.tsv (1: a term of the field, or a name that
a user would put into a dictionary; 0: not); a term that nobody judged yet is named and counts as none.
"""

from __future__ import annotations

import csv
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from math import log2
from pathlib import Path

from govnlp import Tokenizer, discover_terms
from govnlp.lexicon.ngrams import Corpus

FIRST = 100
JUDGED = Path(__file__).with_name("discovery_judged.tsv")


def real_texts() -> list[str]:
    """Return the texts of the development set."""
    lines = (Path(os.environ["GOVNLP_DEVSET"]) / "real" / "governance.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def govnlp(texts: list[str]) -> list[str]:
    """Return the first candidates of govnlp, terms of its dictionary among them."""
    return [candidate.term for candidate in discover_terms(texts, include_known=True, limit=FIRST)]


def govnlp_new(texts: list[str]) -> list[str]:
    """Return the first candidates that the dictionary does not have."""
    return [candidate.term for candidate in discover_terms(texts, limit=FIRST)]


def govnlp_half_dictionary(texts: list[str]) -> list[str]:
    """Every second term of the dictionary is hidden: what is learned from the rest."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write("\n".join(sorted(Tokenizer().words)[::2]))
        file.flush()
        found = discover_terms(texts, include_known=True, limit=FIRST, tokenizer=Tokenizer(dictionary=file.name))
    return [candidate.term for candidate in found]


def ngrams_by_count_and_cohesion(texts: list[str]) -> list[str]:
    """Return the n-grams with the highest product of log count and pointwise mutual information."""
    words = Tokenizer(dictionary="none").cut_many(texts)
    corpus = Corpus.of(texts, words, "")
    rated = [
        (log2(count) * cohesion, corpus.text[first : first + grams.length])
        for grams in corpus.ngrams(12, 3, cohesion=0, whole=0)
        for first, count, cohesion in zip(grams.first, grams.count, grams.cohesion, strict=True)
    ]
    return [term for _, term in sorted(rated, reverse=True)[:FIRST]]


def jieba_keywords(method: str) -> Callable[[list[str]], list[str]]:
    """Return a method that takes the keywords of jieba.analyse."""

    def keywords(texts: list[str]) -> list[str]:
        import jieba.analyse

        jieba.setLogLevel(logging.WARNING)
        return list(getattr(jieba.analyse, method)("\n".join(texts), topK=FIRST))

    return keywords


METHODS: dict[str, Callable[[list[str]], list[str]]] = {
    "discover_terms, known terms too": govnlp,
    "discover_terms, half of the dictionary hidden, known terms too": govnlp_half_dictionary,
    "discover_terms, new terms only": govnlp_new,
    "n-grams by log count times cohesion": ngrams_by_count_and_cohesion,
    "jieba.analyse TF-IDF": jieba_keywords("extract_tags"),
    "jieba.analyse TextRank": jieba_keywords("textrank"),
}


def main() -> None:
    """Print the table; name the terms that nobody judged."""
    texts = real_texts()
    with JUDGED.open(encoding="utf-8", newline="") as file:
        verdicts = {row["term"]: row["verdict"] == "1" for row in csv.DictReader(file, delimiter="\t")}
    print(f"| method | terms among the first {FIRST} |\n| --- | --- |")
    unjudged: dict[str, None] = {}
    for name, method in METHODS.items():
        terms = method(texts)
        print(f"| {name} | {sum(verdicts.get(term, False) for term in terms) / len(terms):.2f} |")
        unjudged.update(dict.fromkeys(term for term in terms if term not in verdicts))
    if unjudged:
        print("not judged yet:", " ".join(unjudged), file=sys.stderr)


if __name__ == "__main__":
    main()
