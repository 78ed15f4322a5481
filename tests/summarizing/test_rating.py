"""The shipped rating reaches its floor, survives saving, and does not take what was changed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from govnlp.errors import ModelError
from govnlp.labelled.paragraphs import corpus_articles
from govnlp.records import Article
from govnlp.resources import data_path
from govnlp.summarizing.candidates import Candidates, article_sentences
from govnlp.summarizing.rating_model import RatingModel, shipped_rating
from govnlp.summarizing.summarizer import summarize

FLOOR = json.loads(data_path("models", "rating", "floors.json").read_text("utf-8"))["the corpus's test part"]["f1"]
TEST = [row for row in corpus_articles() if row["part"] == "test"]


def f1(row: dict, method: str, classifier) -> float:
    """Score bullets; one that is a statement of a key sentence finds it, and no key sentence is found twice."""
    bullets = summarize(Article.from_dict(row), 6, None, method, classifier).bullets
    key = {tuple(place) for place in row["key_sentences"]}
    found = {(p, a, b) for p, a, b in key for one in bullets if one.id == p and a <= one.start and one.end <= b}
    return 2 * len(found) / (len(bullets) + len(key)) if bullets or key else 1.0


def mean_f1(method: str, classifier) -> float:
    return float(np.mean([f1(row, method, classifier) for row in TEST if row["genre"] != "commentary"]))


def test_floor_on_the_test_part(classifier) -> None:
    assert mean_f1("learned", classifier) >= FLOOR


def test_learned_beats_the_simple_ones(classifier) -> None:
    simple = max(mean_f1(method, classifier) for method in ("figures", "centroid", "lead"))
    assert simple + 0.1 < FLOOR


def test_saving_and_loading_changes_no_probability(classifier, tmp_path: Path) -> None:
    model = shipped_rating()
    model.save(tmp_path / "rating", "card")
    again = RatingModel.load(tmp_path / "rating")
    sentences = article_sentences(Article.from_dict(TEST[0]))
    scores = classifier.predict_proba([s.text for s in sentences])
    candidates = Candidates(sentences, scores, classifier.limits_)
    assert np.array_equal(model.probabilities(candidates), again.probabilities(candidates))
    assert again.balance == model.balance


def test_a_changed_rating_is_refused(tmp_path: Path) -> None:
    shipped_rating().save(tmp_path / "rating", "card")
    file = tmp_path / "rating" / "model.json"
    file.write_text(file.read_text("utf-8").replace('intercept": -', 'intercept": '), "utf-8")
    with pytest.raises(ModelError, match="changed"):
        RatingModel.load(tmp_path / "rating")
    with pytest.raises(ModelError, match="no model of govnlp"):
        RatingModel.load(data_path("models", "mechanisms"))
