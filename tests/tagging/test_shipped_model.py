"""The shipped model scores no lower than its floors, and is what the corpus makes."""

from __future__ import annotations

import json

import pytest

from govnlp import evaluate, read_labelled
from govnlp.labelled.paragraphs import read_corpus
from govnlp.resources import data_path
from govnlp.tagging.training import SHIPPED, train

FLOORS = json.loads(data_path("models", "mechanisms", "floors.json").read_text("utf-8"))


def check(scores, name: str) -> None:
    assert scores.micro_f1 >= FLOORS[name]["micro_f1"]
    assert scores.macro_f1 >= FLOORS[name]["macro_f1"]


def test_floor_on_the_test_part(classifier) -> None:
    check(evaluate(classifier, read_corpus(("test",))), "the corpus's test part")


def test_floor_on_real_pages(classifier, devset) -> None:
    check(evaluate(classifier, read_labelled(devset / "gold" / "paragraphs.jsonl")), "real pages (development set)")


@pytest.mark.filterwarnings("ignore")
def test_the_corpus_makes_the_shipped_model(classifier) -> None:
    again = train(read_corpus(("train", "validation")), settings=SHIPPED)
    texts = [paragraph.text for paragraph in read_corpus(("test",))[:200]]
    assert again.features_.vocabulary == classifier.features_.vocabulary
    same = [a == b for a, b in zip(again.predict(texts), classifier.predict(texts), strict=True)]
    assert sum(same) >= 0.99 * len(same)  # another scikit-learn may differ in the last digits
