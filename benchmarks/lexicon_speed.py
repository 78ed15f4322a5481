"""The tokenizer against jieba and bare rjieba, and against other ways to keep terms whole: speed, terms, torn words.

Text: every paragraph of the corpus once, and of the development set where GOVNLP_DEVSET names it. Times are the
best of several turns in one run, all methods in each turn; only their ratios say something. `--cold` measures one
start in a fresh process, `--discovery` term discovery on ten megabytes.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path

from govnlp import Tokenizer, discover_terms
from govnlp.labelled.paragraphs import read_corpus
from govnlp.lexicon.engines import load_engine
from govnlp.lexicon.sentences import sentence_spans

Cut = Callable[[list[str]], list[list[str]]]
TURNS = 7
COLD = "import govnlp; govnlp.Tokenizer().cut('建立网格党支部482个')"
SEGMENTER = "import rjieba; rjieba.Jieba().cut('建立网格党支部482个')"


def unique_texts() -> list[str]:
    """Return all paragraphs, each once."""
    texts = [paragraph.text for paragraph in read_corpus()]
    folder = os.environ.get("GOVNLP_DEVSET")
    if folder:
        lines = (Path(folder) / "real" / "governance.jsonl").read_text("utf-8").splitlines()
        texts += [paragraph for line in lines for paragraph in json.loads(line)["text"].split("\n")]
    return list(dict.fromkeys(texts))


def bare(texts: list[str]) -> list[list[str]]:
    """Cut with rjieba alone: no terms."""
    cut = load_engine("rjieba").cut
    return [cut(text) for text in texts]


def bare_jieba(texts: list[str]) -> list[list[str]]:
    """Cut with jieba alone: no terms."""
    cut = load_engine("jieba").cut
    return [cut(text) for text in texts]


def term_by_term() -> Cut:
    """Cut each text by the tokenizer."""
    tokenizer = Tokenizer()
    return lambda texts: [tokenizer.cut(text) for text in texts]


def cut_before() -> Cut:
    """Way (a): the automaton cuts terms out, leftmost and longest; the segmenter cuts what is between them."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    finder = AhoCorasick(Tokenizer().words, matchkind=MatchKind.LeftmostLongest)
    segment = load_engine("rjieba").cut

    def parts(text: str) -> Iterator[str]:
        place = 0
        for _, start, end in finder.find_matches_as_indexes(text):
            if start > place:
                yield from segment(text[place:start])
            yield text[start:end]
            place = end
        yield from segment(text[place:])

    return lambda texts: [list(parts(text)) for text in texts]


def words_added() -> Cut:
    """Way (b): the terms are words of the segmenter's own dictionary, as frequent as needed to stay whole."""
    from rjieba import Jieba

    segmenter = Jieba()
    for word in Tokenizer().words:
        segmenter.add_word(word, max(1000, segmenter.suggest_freq(word)), "nz")
    return lambda texts: [segmenter.cut(text) for text in texts]


def spans(words: list[str]) -> list[tuple[int, int]]:
    """Return the places of words."""
    return list(pairwise(accumulate(map(len, words), initial=0)))


def judge(texts: list[str], plain: list[list[str]], cut: list[list[str]]) -> tuple[float, float, float]:
    """Return the shares of term occurrences kept, of ordinary words torn, and of words changed far from any term.

    An occurrence is each longest run that is a term; it is kept as a word or inside one. A word of jieba's
    dictionary is torn where a border goes through it.
    """
    from ahocorasick_rs import AhoCorasick, MatchKind

    terms = frozenset(Tokenizer().words)
    finder = AhoCorasick(Tokenizer().words, matchkind=MatchKind.LeftmostLongest)
    has_word = load_engine("rjieba").has_word
    kept = found = torn = ordinary = changed = untouched = 0
    for text, before, after in zip(texts, plain, cut, strict=True):
        borders = set(accumulate(map(len, after), initial=0))
        places, joined = set(spans(after)), [place for place in spans(after) if text[slice(*place)] in terms]
        for _, start, end in finder.find_matches_as_indexes(text):
            found += 1
            kept += not any(place in borders for place in range(start + 1, end)) and {start, end} <= borders
        for word, (start, end) in zip(before, spans(before), strict=True):
            if end - start > 1 and has_word(word):
                ordinary += 1
                torn += any(place in borders for place in range(start + 1, end))
            if not any(start < stop and begin < end for begin, stop in joined):
                untouched += 1
                changed += (start, end) not in places
    return kept / found, torn / ordinary, changed / untouched


def best_times(methods: dict[str, Cut], texts: list[str], turns: int) -> dict[str, float]:
    """Return the best processor time of each method in seconds."""
    times: dict[str, list[float]] = {name: [] for name in methods}
    for _ in range(turns):
        for name, cut in methods.items():
            start = time.process_time()
            cut(texts)
            times[name].append(time.process_time() - start)
    return {name: min(values) for name, values in times.items()}


def compare(texts: list[str]) -> None:
    """Print speed and quality of all methods."""
    methods: dict[str, Cut] = {
        "rjieba alone": bare,
        "Tokenizer.cut": term_by_term(),
        "Tokenizer.cut_many": Tokenizer().cut_many,
        "(a) automaton before the segmenter": cut_before(),
        "(b) words added to the segmenter": words_added(),
    }
    plain = bare(texts)
    times = best_times(methods, texts, TURNS)
    jieba = best_times({"jieba alone": bare_jieba}, texts, 1)["jieba alone"]
    print(f"{len(texts)} paragraphs, {sum(map(len, texts))} characters, {len(Tokenizer().words)} terms\n")
    print("| way | times jieba's speed | of bare rjieba's | terms kept | ordinary words torn | other words changed |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, cut in methods.items():
        kept, torn, changed = judge(texts, plain, cut(texts))
        speed = f"{jieba / times[name]:.1f} | {times['rjieba alone'] / times[name]:.2f}"
        print(f"| {name} | {speed} | {kept:.1%} | {torn:.2%} | {changed:.3%} |")


def compare_lengths(texts: list[str]) -> None:
    """Print what batches gain, by the length of texts."""
    print("\n| texts | cut, of bare rjieba's speed | cut_many |\n| --- | --- | --- |")
    sentences = list(dict.fromkeys(text[start:end] for text in texts for start, end in sentence_spans(text)))
    clauses = list(dict.fromkeys(clause for text in sentences for clause in text.split("，")))
    for name, parts in (("paragraphs", texts), ("sentences", sentences), ("clauses", clauses)):
        methods: dict[str, Cut] = {"bare": bare, "cut": term_by_term(), "cut_many": Tokenizer().cut_many}
        times = best_times(methods, parts, TURNS)
        print(f"| {len(parts)} {name} | {times['bare'] / times['cut']:.2f} | {times['bare'] / times['cut_many']:.2f} |")


def cold() -> None:
    """Print what a first cut costs in a fresh process, and what a second instance adds."""
    for name, code in (("Python alone", "pass"), ("rjieba alone", SEGMENTER), ("govnlp", COLD)):
        runs = [measured(code) for _ in range(5)]
        print(f"{name}: {min(seconds for seconds, _ in runs):.2f} s, {runs[0][1]:.0f} MB")
    Tokenizer().cut("网格")
    start, memory = time.perf_counter(), peak()
    Tokenizer(user_words=["云岭邻里驿站"]).cut("走进云岭邻里驿站")
    print(f"a second instance: {time.perf_counter() - start:.4f} s, {peak() - memory:.1f} MB more")


def measured(code: str) -> tuple[float, float]:
    """Return seconds of processor time and megabytes of a fresh process."""
    shown = "\nimport resource, time; print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    out = subprocess.run([sys.executable, "-c", code + shown], capture_output=True, text=True, check=True).stdout
    seconds, kilobytes = out.split()
    return float(seconds), int(kilobytes) / 1024


def peak() -> float:
    """Return the peak of memory in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def discovery(texts: list[str], size: int = 10_000_000) -> None:
    """Print time and memory of term discovery on clauses put together at random."""
    clauses = [clause for text in texts for clause in text.split("，")]
    chance = random.Random(7)
    made: list[str] = []
    while size > 0:
        made.append("，".join(chance.choices(clauses, k=12)))
        size -= len(made[-1].encode())
    start = time.perf_counter()
    found = discover_terms(made)
    seconds, memory = time.perf_counter() - start, peak()
    print(f"{len(made)} texts, 10 MB: {len(found)} candidates in {seconds:.0f} s, {memory:.0f} MB")


def main() -> None:
    """Print the tables, or what an option asks for."""
    if "--cold" in sys.argv:
        cold()
    elif "--discovery" in sys.argv:
        discovery(unique_texts())
    else:
        compare(unique_texts())
        compare_lengths(unique_texts())


if __name__ == "__main__":
    main()
