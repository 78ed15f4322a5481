"""The corpus keeps its shape and its rules: the validator of corpus/reports."""

from __future__ import annotations

import json
import re
from collections import Counter

import jsonschema
import pytest

from govnlp import load_codebook
from govnlp.labelled.paragraphs import corpus_articles
from govnlp.lexicon.gazetteer import divisions
from govnlp.records import Paragraph
from govnlp.resources import data_path
from govnlp.summarizing.candidates import split_sentences
from tests.contract.schemas import ARTICLE, LABELS, closed

IDS = load_codebook().ids
ARTICLES = list(corpus_articles())
PARAGRAPHS = [p for article in ARTICLES for section in article["sections"] for p in section["paragraphs"]]
FORMS = ["org_report", "feature", "model_case", "news", "broadcast", "brief", "circular", "commentary", "note"]
MARK = closed({"label": {"enum": list(IDS)}, "start": {"type": "integer"}, "end": {"type": "integer"}})
PARAGRAPH = closed(
    {"id": {"type": "string"}, "text": {"type": "string"}, "labels": LABELS, "marks": {"type": "array", "items": MARK}}
)
SECTION = closed({"heading": {"type": ["string", "null"]}, "paragraphs": {"type": "array", "items": PARAGRAPH}})
SHAPE = closed(
    {
        **ARTICLE["properties"],
        "form": {"enum": FORMS},
        "sections": {"type": "array", "items": SECTION, "minItems": 1},
        "captions": {"type": "array", "items": closed({"text": {"type": "string"}})},
        "key_sentences": {"type": "array", "maxItems": 6},
        "part": {"enum": ["train", "validation", "test"]},
    }
)


def test_every_article_has_its_shape() -> None:
    checker = jsonschema.Draft202012Validator(SHAPE)
    assert [(a["id"], error.message) for a in ARTICLES for error in checker.iter_errors(a)] == []


def test_ids_are_unique() -> None:
    ids = Counter([a["id"] for a in ARTICLES] + [p["id"] for p in PARAGRAPHS])
    assert [name for name, count in ids.items() if count > 1] == []


def test_labels_follow_from_marks() -> None:
    for paragraph in PARAGRAPHS:
        marked = {mark["label"] for mark in paragraph["marks"]}
        assert paragraph["labels"] == [label for label in IDS if label in marked], paragraph["id"]
        assert len(marked) <= 5, paragraph["id"]
        assert all(0 <= m["start"] < m["end"] <= len(paragraph["text"]) for m in paragraph["marks"]), paragraph["id"]


def test_key_sentences_are_sentences_of_the_article() -> None:
    for article in ARTICLES:
        texts = {p["id"]: p["text"] for s in article["sections"] for p in s["paragraphs"]}
        for paragraph, start, end in article["key_sentences"]:
            ends = {s.end for s in split_sentences(Paragraph(paragraph, texts[paragraph]))}
            assert 0 <= start < end <= len(texts[paragraph]), article["id"]
            assert end in ends, (paragraph, texts[paragraph][start:end])


def test_invented_places_are_no_real_ones() -> None:
    real = {division.name for division in divisions().values()}
    named = {
        part
        for a in ARTICLES
        if a["locality"]
        for part in (a["locality"][k] for k in ("province", "city", "county"))
        if part
    }
    assert named & real == set()
    assert all(a["locality"]["adcode"] is None for a in ARTICLES if a["locality"])


def test_texts_are_printed_text() -> None:
    assert [
        p["id"] for p in PARAGRAPHS if re.search(r"\s|[\ufffd]|[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff]", p["text"])
    ] == []


def test_no_run_of_a_real_text(devset) -> None:
    """No twelve characters in a row of a published text, blanks left out."""
    rows = (devset / "real" / "governance.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(row)["text"] for row in rows]
    texts += [json.loads(row)["text"] for row in (devset / "gold" / "paragraphs.jsonl").read_text("utf-8").splitlines()]
    foreign = {text[i : i + 12] for text in texts for i in range(len(text) - 11)}
    shared = [p["id"] for p in PARAGRAPHS if any(p["text"][i : i + 12] in foreign for i in range(len(p["text"]) - 11))]
    assert shared == []


@pytest.mark.parametrize("label", IDS)
def test_every_mechanism_has_positives(label: str) -> None:
    assert sum(label in p["labels"] for p in PARAGRAPHS) >= 120


@pytest.mark.parametrize(("kind", "text"), [("figures", "text"), ("practices", "name")])
def test_marked_samples_are_verbatim_and_in_order(kind: str, text: str) -> None:
    texts = {p["id"]: p["text"] for p in PARAGRAPHS}
    rows = [json.loads(row) for row in data_path("corpus", f"{kind}_sample.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 60
    for row in rows:
        assert all(texts[row["id"]][mark["start"] : mark["end"]] == mark[text] for mark in row[kind]), row["id"]
        starts = [mark["start"] for mark in row[kind]]
        assert starts == sorted(starts), row["id"]


def test_the_second_coding_is_of_corpus_paragraphs() -> None:
    labels = {p["id"]: p["labels"] for p in PARAGRAPHS}
    rows = [json.loads(row) for row in data_path("corpus", "second_coding.jsonl").read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 0.15 * len(PARAGRAPHS)
    assert all(set(row["labels"]) <= set(IDS) for row in rows)
    differing = [row["id"] for row in rows if row["labels"] != labels[row["id"]]]
    kept = data_path("corpus", "disagreements.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(row)["id"] for row in kept] == differing
