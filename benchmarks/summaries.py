"""Summaries side by side with other summarizers, and how long they take.

    python benchmarks/summaries.py [--write]      compare; --write puts the tables into benchmarks/summaries.md

On the corpus's test part, and on the real pages and news digests that GOVNLP_DEVSET names. snownlp, sumy and jionlp are
taken where they are installed (pip install snownlp sumy jionlp jieba numpy); what is missing is said and left out.
A sentence counts as found where a bullet shares at least half of the shorter text with it.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import mean

from govnlp import MechanismClassifier, summarize
from govnlp.labelled.paragraphs import corpus_articles
from govnlp.records import Article, Paragraph, Section
from govnlp.summarizing.candidates import split_sentences

BULLETS, HEADLINE, DIGESTS = 6, 40, 300
SLOW = 20.0  # seconds; what would need longer is not run
OUTPUT = Path(__file__).with_suffix(".md")
Method = Callable[[Article, int], list[str]]


@dataclass(frozen=True)
class Task:
    """An article, its sentences, and for each coder the numbers of those chosen."""

    article: Article
    sentences: list[str]
    coders: list[set[int]]


def main() -> int:
    """Compare and print."""
    methods = {**own_methods(), **peers()}
    parts = [quality(methods), headlines(methods), speed(methods)]
    report = "\n".join(["# Summaries", "", f"`python benchmarks/summaries.py --write`{beside()}", "", *parts])
    print(report)
    if "--write" in sys.argv:
        kept = OUTPUT.read_text("utf-8") if OUTPUT.exists() else ""
        ablation = kept[kept.index("## Ablation") :] if "## Ablation" in kept else ""
        OUTPUT.write_text(report + ablation, "utf-8")
    return 0


def own_methods() -> dict[str, Method]:
    """Return govnlp's methods."""
    classifier = MechanismClassifier.load()

    def method(name: str) -> Method:
        return lambda article, n: [b.text for b in summarize(article, n, None, name, classifier).bullets]

    return {f"govnlp {name}": method(name) for name in ("learned", "figures", "centroid", "lead")}


def peers() -> dict[str, Method]:
    """Return the other summarizers that are installed."""
    found: dict[str, Method] = {}
    for name, load in (("snownlp", snownlp_methods), ("sumy", sumy_methods), ("jionlp", jionlp_methods)):
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                found |= load()
        except ImportError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    return found


def beside() -> str:
    """Return the versions of the other summarizers that are installed."""
    found = [f"{name} {version(name)}" for name in ("snownlp", "sumy", "jionlp") if find_spec(name)]
    return f", beside {', '.join(found)}" if found else ""


def snownlp_methods() -> dict[str, Method]:
    """Return snownlp's TextRank, which cuts at commas too."""
    from snownlp import SnowNLP

    return {"snownlp": lambda article, n: SnowNLP(text_of(article)).summary(n)}


def sumy_methods() -> dict[str, Method]:
    """Return four of sumy's methods; sentences end at 。！？, words are jieba's."""
    import jieba
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers import lex_rank, lsa, luhn, text_rank

    class Tokenizer:
        def to_sentences(self, text: str) -> list[str]:
            return re.findall(r"[^。！？]+[。！？]?[”’）]*", text)

        def to_words(self, text: str) -> list[str]:
            return [word for word in jieba.lcut(text) if re.match(r"\w", word)]

    def method(summarizer: Callable[..., Sequence[object]]) -> Method:
        def call(article: Article, n: int) -> list[str]:
            return [str(s) for s in summarizer(PlaintextParser.from_string(text_of(article), Tokenizer()).document, n)]

        return call

    return {
        "sumy TextRank": method(text_rank.TextRankSummarizer()),
        "sumy LexRank": method(lex_rank.LexRankSummarizer()),
        "sumy LSA": method(lsa.LsaSummarizer()),
        "sumy Luhn": method(luhn.LuhnSummarizer()),
    }


def jionlp_methods() -> dict[str, Method]:
    """Return jionlp's extraction, which is told a length: that of the sentences wanted, by their mean."""
    import jionlp

    def call(article: Article, n: int) -> list[str]:
        text = text_of(article)
        length = n * len(text) // max(1, len(re.findall("[。！？]", text)))
        summary = jionlp.summary.extract_summary(text, summary_length=length)
        return re.findall(r"[^。！？]+[。！？]?", summary)[:n]

    return {"jionlp": call}


def text_of(article: Article) -> str:
    """Return an article's paragraphs, one a line."""
    return "\n".join(paragraph.text for paragraph in article.paragraphs)


def quality(methods: dict[str, Method]) -> str:
    """Compare chosen sentences with those that coders chose."""
    sets = {"corpus, test part": list(corpus_tasks()), "real pages": list(real_tasks())}
    sets = {name: tasks for name, tasks in sets.items() if tasks}
    counts = ", ".join(f"{name}: {len(tasks)} articles" for name, tasks in sets.items())
    lines = [f"## Key sentences ({counts})", "", "F1 of at most six bullets, mean over articles and coders.", ""]
    lines += [row("method", *sets), row(*["---"] * (len(sets) + 1))]
    for name, method in methods.items():
        scores = [mean(task_f1(task, method) for task in tasks) for tasks in sets.values()]
        lines.append(row(name, *(f"{score:.3f}" for score in scores)))
        print(lines[-1], file=sys.stderr)
    if "real pages" in sets:
        agreement = mean(f1(task.coders[0], task.coders[1]) for task in sets["real pages"])
        lines.append(row("one coder against the other", *["" for _ in list(sets)[1:]], f"{agreement:.3f}"))
        lines += ["", "The real pages were looked at while the rating was worked on: on others expect somewhat less."]
    return "\n".join([*lines, "", ""])


def row(*cells: str) -> str:
    """Return a row of a Markdown table."""
    return "| " + " | ".join(cells) + " |"


def corpus_tasks() -> Iterator[Task]:
    """Yield the reports and news of the corpus's test part."""
    for data in corpus_articles():
        if data["part"] == "test" and data["genre"] != "commentary":
            article = Article.from_dict(data)
            sentences = [(p.id, s.end, s.text) for p in article.paragraphs for s in split_sentences(p)]
            chosen = {(paragraph, end) for paragraph, _, end in data["key_sentences"]}
            key = {n for n, (paragraph, end, _) in enumerate(sentences) if (paragraph, end) in chosen}
            yield Task(article, [text for _, _, text in sentences], [key])


def real_tasks() -> Iterator[Task]:
    """Yield the real pages' reports with the choice of two coders."""
    folder = os.environ.get("GOVNLP_DEVSET")
    if not folder:
        print("GOVNLP_DEVSET does not name the real pages: left out", file=sys.stderr)
        return
    gold = Path(folder) / "gold"
    keys = json.loads((gold / "keys.json").read_text("utf-8"))
    sentences: dict[str, list[tuple[int, str]]] = {}
    for line in (gold / "sentences.jsonl").read_text("utf-8").splitlines():
        data = json.loads(line)
        sentences.setdefault(data["article"], []).append((data["n"], data["sentence"]))
    for data in json.loads((gold / "articles.json").read_text("utf-8")):
        if data["genre"] in ("report", "news"):
            own = sentences[data["id"]]
            numbers = [n for n, _ in own]
            coders = [{numbers.index(n) for n in keys[coder][data["id"]]} for coder in "ab"]
            article = Article.from_dict({**data, "locality": None, "captions": []})
            yield Task(article, [text for _, text in own], coders)


def task_f1(task: Task, method: Method) -> float:
    """Return the F1 of a method on an article, mean over coders."""
    found = stands_for(method(task.article, BULLETS), task.sentences)
    return mean(f1(found, coder) for coder in task.coders)


def stands_for(bullets: Sequence[str], sentences: Sequence[str]) -> set[int]:
    """Return the sentences that bullets stand for: the one with which each shares most."""
    chosen = set()
    for bullet in bullets:
        shares = [shared(bullet, sentence) for sentence in sentences]
        best = max(range(len(sentences)), key=lambda n: (shares[n], -abs(len(bullet) - len(sentences[n]))))
        chosen |= {best} if shares[best] >= 0.5 else set()
    return chosen


def shared(one: str, other: str) -> float:
    """Return the share of the shorter text that stands in the other in runs of four characters or more."""
    if one in other or other in one:
        return 1.0
    matches = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(match.size for match in matches if match.size >= 4) / max(1, min(len(one), len(other)))


def f1(found: set[int], key: set[int]) -> float:
    """Return the F1 of two choices."""
    return 2 * len(found & key) / (len(found) + len(key)) if found or key else 1.0


def headlines(methods: dict[str, Method]) -> str:
    """Compare an extract of at most 40 characters with the headline that an editor wrote."""
    folder = os.environ.get("GOVNLP_DEVSET")
    if not folder:
        return ""
    rows = (Path(folder) / "bench" / "digest_headlines.jsonl").read_text("utf-8").splitlines()
    pairs = [(s["headline"], s["text"]) for line in rows for s in json.loads(line)["sections"]][:DIGESTS]
    lines = [f"## Headlines of news digests ({len(pairs)} items, of other fields than govnlp's)", ""]
    lines += [
        f"Character ROUGE (F) of the first sentence chosen, cut at {HEADLINE} characters; the first items of the file."
    ]
    lines += ["News tells its headline in its first sentence, for which the learned rating has no use.", ""]
    lines += [row("method", "ROUGE-1", "ROUGE-2", "ROUGE-L", "without extract"), row(*["---"] * 5)]
    for name, method in methods.items():
        extracts = [(headline, "".join(method(one_paragraph(text), 1)[:1])[:HEADLINE]) for headline, text in pairs]
        scores = [
            mean(rouge(extract, headline) for headline, extract in extracts) for rouge in (rouge_1, rouge_2, rouge_l)
        ]
        empty = sum(not extract for _, extract in extracts)
        lines.append(row(name, *(f"{score:.3f}" for score in scores), str(empty)))
        print(lines[-1], file=sys.stderr)
    return "\n".join([*lines, "", ""])


def one_paragraph(text: str) -> Article:
    """Return a text as an article."""
    return Article("a", "", "report", None, sections=(Section(None, (Paragraph("a-p1", text),)),))


def rouge_1(found: str, wanted: str) -> float:
    """Return the F of shared characters."""
    return _overlap(Counter(found), Counter(wanted))


def rouge_2(found: str, wanted: str) -> float:
    """Return the F of shared pairs of characters."""
    return _overlap(Counter(pairwise(found)), Counter(pairwise(wanted)))


def rouge_l(found: str, wanted: str) -> float:
    """Return the F of the longest common subsequence."""
    lengths = [0] * (len(wanted) + 1)
    for character in found:
        previous = 0
        for place, other in enumerate(wanted, 1):
            longest = previous + 1 if character == other else max(lengths[place], lengths[place - 1])
            previous, lengths[place] = lengths[place], longest
    return 2 * lengths[-1] / max(1, len(found) + len(wanted))


def _overlap(found: Counter, wanted: Counter) -> float:
    return 2 * (found & wanted).total() / max(1, found.total() + wanted.total())


def speed(methods: dict[str, Method]) -> str:
    """Time a report of 6,000 characters and texts of many sentences, all in this run."""
    articles = [Article.from_dict(data) for data in corpus_articles() if data["part"] != "test"]
    sentences = [s.text for a in articles for p in a.paragraphs for s in split_sentences(p)]
    texts = [report_of(articles, 6000), *(many(sentences, n) for n in (500, 1000, 5000))]
    lines = ["## Time", "", "Milliseconds of processor time, best of several; models loaded, texts already read.", ""]
    lines += [row("method", "6,000 characters", "500 sentences", "1,000", "5,000"), row(*["---"] * 5)]
    for name, method in methods.items():
        times: list[float] = []
        expected = 0.0
        for article, growth in zip(texts, (5, 2, 5, 1), strict=True):
            times.append(float("nan") if expected > SLOW else timed(method, article))
            expected = growth**2 * (times[-1] if expected <= SLOW else expected)
        lines.append(row(name, *("—" if t != t else f"{1000 * t:.1f}" for t in times)))
        print(lines[-1], file=sys.stderr)
    return "\n".join(
        [
            *lines,
            "",
            "A dash: it would take more than 20 seconds, by the time of the text before it and quadratic growth.",
            "",
            "",
        ]
    )


def report_of(articles: Sequence[Article], characters: int) -> Article:
    """Return a report of so many characters, made of paragraphs of several."""
    taken: list[Paragraph] = []
    for paragraph in (p for article in articles for p in article.paragraphs):
        if sum(len(p.text) for p in taken) < characters:
            taken.append(paragraph)
    return Article("a", "", "report", None, sections=(Section(None, tuple(taken)),))


def many(sentences: Sequence[str], count: int) -> Article:
    """Return an article of so many sentences, five a paragraph."""
    groups = ["".join(sentences[start : start + 5]) for start in range(0, count, 5)]
    paragraphs = tuple(Paragraph(f"a-p{n}", text) for n, text in enumerate(groups, 1))
    return Article("a", "", "report", None, sections=(Section(None, paragraphs),))


def timed(method: Method, article: Article) -> float:
    """Return the best time of up to seven calls; of a slow one the first."""
    best = float("inf")
    for _ in range(7):
        start = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            method(article, BULLETS)
        best = min(best, time.process_time() - start)
        if best > 1:
            break
    return best


if __name__ == "__main__":
    sys.exit(main())
