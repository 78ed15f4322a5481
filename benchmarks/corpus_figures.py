"""Recompute every figure of corpus/DATASHEET.md.

    python benchmarks/corpus_figures.py            prints the tables
    python benchmarks/corpus_figures.py --write    puts them into the datasheet, between its two marks

Where GOVNLP_DEVSET names the real texts, the corpus is compared with them: statistics, words, common runs.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from govnlp import Tokenizer, load_codebook
from govnlp.evaluation.agreement import agreement
from govnlp.labelled.paragraphs import corpus_articles, read_corpus, read_labelled
from govnlp.records import Paragraph
from govnlp.summarizing.candidates import split_sentences

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
BEGIN, END = "<!-- figures: benchmarks/corpus_figures.py --write -->", "<!-- end of figures -->"
RUN = 12  # characters in a row that two texts may not share
COMMON_WORDS = 1000


def main() -> int:
    """Print the tables, or write them into the datasheet."""
    text = "\n\n".join([counts(), labels(), voice(), likeness(), coders()])
    if "--write" in sys.argv:
        sheet = CORPUS / "DATASHEET.md"
        old = sheet.read_text("utf-8")
        start, end = old.index(BEGIN) + len(BEGIN), old.index(END)
        sheet.write_text(f"{old[:start]}\n\n{text}\n\n{old[end:]}", "utf-8")
    else:
        print(text)
    return 0


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def counts() -> str:
    """Articles and paragraphs by form and part."""
    articles = list(corpus_articles())
    by_form = Counter((a["form"], a["part"]) for a in articles)
    paragraphs = Counter(a["form"] for a in articles for s in a["sections"] for _ in s["paragraphs"])
    parts = ("train", "validation", "test")
    rows = [
        [form, *(by_form[form, part] for part in parts), sum(by_form[form, part] for part in parts), paragraphs[form]]
        for form in dict(paragraphs.most_common())
    ]
    total = [sum(by_form[form, part] for form in paragraphs) for part in parts]
    rows.append(["all", *total, len(articles), sum(paragraphs.values())])
    return "### Counts\n\n" + table(["form", *parts, "articles", "paragraphs"], rows)


def labels() -> str:
    """Positive paragraphs a label, and how many labels a paragraph has."""
    book = load_codebook()
    by_part = {part: read_corpus((part,)) for part in ("train", "validation", "test")}
    rows = []
    for label in book.ids:
        found = [sum(label in (p.labels or ()) for p in rows_) for rows_ in by_part.values()]
        rows.append([f"{label} {book.by_id[label].zh}", *found, sum(found)])
    numbers = [len(p.labels or ()) for rows_ in by_part.values() for p in rows_]
    shares = "Of all paragraphs {:.1%} carry no label, {:.1%} one, {:.1%} two or more, {:.1%} three or more.".format(
        *(
            np.mean([test(n) for n in numbers])
            for test in (lambda n: n == 0, lambda n: n == 1, lambda n: n >= 2, lambda n: n >= 3)
        )
    )
    return "### Labels\n\n" + table(["label", "train", "validation", "test", "all"], rows) + "\n\n" + shares


def corpus_texts(forms: Sequence[str]) -> list[str]:
    """Return the paragraphs of articles of some forms."""
    return [p["text"] for a in corpus_articles() if a["form"] in forms for s in a["sections"] for p in s["paragraphs"]]


def real_texts() -> dict[str, list[str]]:
    """Return real paragraphs by kind, empty without the development set."""
    devset = os.environ.get("GOVNLP_DEVSET")
    if not devset:
        return {}
    found: dict[str, list[str]] = {
        "real: three pages": [r.text for r in read_labelled(Path(devset) / "gold" / "paragraphs.jsonl")]
    }
    for line in (Path(devset) / "real" / "governance.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] in ("party_news", "model_case"):
            found.setdefault(f"real: {row['kind']}", []).extend(p for p in row["text"].split("\n") if p.strip())
    return found


def voice() -> str:
    """Statistics of wording beside those of real texts."""
    corpus = {
        "corpus: org reports": corpus_texts(["org_report"]),
        "corpus: features": corpus_texts(["feature"]),
        "corpus: model cases": corpus_texts(["model_case"]),
        "corpus: all": corpus_texts(["org_report", "feature", "brief", "model_case", "circular", "commentary", "note"]),
    }
    real = real_texts()
    tokenizer = Tokenizer()
    common = _common_words(tokenizer, [t for texts in real.values() for t in texts])
    rows = [[name, *_statistics(tokenizer, texts, common)] for name, texts in {**corpus, **real}.items()]
    header = [
        "texts",
        "paragraphs",
        "characters a paragraph (10 %, median, 90 %)",
        "characters a sentence",
        "sentences with figures",
        "quotes a paragraph",
        "、 per 100",
        "， per 100",
        "terms a paragraph",
        "frequent words of real texts per 1,000 words",
    ]
    return "### Wording\n\n" + table(header, rows)


def _common_words(tokenizer: Tokenizer, texts: Sequence[str]) -> set[str]:
    """Return the words of two characters or more that real texts use most."""
    found = Counter(w for text in texts for w in tokenizer.cut(text) if len(w) > 1 and not w[0].isdigit())
    return {word for word, _ in found.most_common(COMMON_WORDS)}


def _statistics(tokenizer: Tokenizer, texts: Sequence[str], common: set[str]) -> list[str]:
    sentences = [s.text for text in texts for s in split_sentences(Paragraph("", text))]
    lengths = [len(text) for text in texts]
    words = [word for text in texts for word in tokenizer.cut(text)]
    terms, total = set(tokenizer.words), sum(lengths)
    return [
        str(len(texts)),
        "{:.0f} ({:.0f}, {:.0f}, {:.0f})".format(statistics.mean(lengths), *np.percentile(lengths, [10, 50, 90])),
        f"{statistics.mean(map(len, sentences)):.0f}",
        f"{np.mean([bool(re.search(r'[0-9]', s)) for s in sentences]):.0%}",
        f"{sum(t.count('“') for t in texts) / len(texts):.1f}",
        f"{100 * sum(t.count('、') for t in texts) / total:.1f}",
        f"{100 * sum(t.count('，') for t in texts) / total:.1f}",
        f"{sum(w in terms for w in words) / len(texts):.1f}",
        f"{1000 * sum(w in common for w in words) / len(words):.0f}" if common else "—",
    ]


def shingles(text: str) -> Iterator[str]:
    """Yield the runs of RUN characters of a text, blanks left out."""
    squashed = re.sub(r"\s", "", text)
    return (squashed[i : i + RUN] for i in range(len(squashed) - RUN + 1))


def likeness() -> str:
    """Runs of twelve characters in common: within the corpus, and with real texts."""
    owners: dict[str, set[str]] = {}
    size: Counter[str] = Counter()
    for article in corpus_articles():
        for text in (p["text"] for s in article["sections"] for p in s["paragraphs"]):
            for run in set(shingles(text)):
                owners.setdefault(run, set()).add(article["id"])
                size[article["id"]] += 1
    shared: Counter[tuple[str, str]] = Counter()
    for ids in owners.values():
        if 1 < len(ids) <= 20:
            ordered = sorted(ids)
            shared.update((a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :])
    worst = max(((n / min(size[a], size[b]), a, b) for (a, b), n in shared.items()), default=(0.0, "—", "—"))
    many = sum(len(ids) > 1 for ids in owners.values())
    lines = [
        f"Of {len(owners):,} runs of {RUN} characters, {many:,} ({many / max(1, len(owners)):.2%}) stand in more than "
        "one article; "
        f"the two articles most alike ({worst[1]}, {worst[2]}) share {worst[0]:.1%} of the shorter one's."
    ]
    real = real_texts()
    if real:
        foreign = {run for texts in real.values() for text in texts for run in shingles(text)}
        common = sorted(run for run in owners if run in foreign)
        named = f", names and standing terms such as {'、'.join(common[:12])}" if common else ""
        lines.append(f"With the real texts they share {len(common)} runs{named}.")
    return "### Likeness\n\n" + "\n\n".join(lines)


def coders() -> str:
    """Agreement of the second, blind coding with the first."""
    second_file = CORPUS / "second_coding.jsonl"
    if not second_file.exists():
        return "### Agreement\n\nNo second coding yet."
    first = {p.id: p.labels or () for p in read_corpus()}
    second = [json.loads(line) for line in second_file.read_text("utf-8").splitlines()]
    pairs: list[tuple[Sequence[str], Sequence[str]]] = [(first[row["id"]], row["labels"]) for row in second]
    found = agreement([a for a, _ in pairs], [b for _, b in pairs], load_codebook().ids)
    rows = [[r.label, f"{r.alpha:.2f}", f"{r.f1:.2f}", r.first, r.second] for r in found]
    same = np.mean([set(a) == set(b) for a, b in pairs])
    head = (
        f"{len(pairs)} paragraphs ({len(pairs) / len(first):.1%}) were coded twice, blind; "
        f"in {same:.1%} of them the labels are the same."
    )
    return "### Agreement\n\n" + head + "\n\n" + table(["label", "alpha", "F1", "first coder", "second coder"], rows)


if __name__ == "__main__":
    sys.exit(main())
