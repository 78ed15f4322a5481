"""The systems that are compared, each trained on the same texts and asked for the same ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.tagging.protocol import Labelled, micro_f1
from govnlp import MechanismClassifier
from govnlp.evaluation.splits import grouped_folds
from govnlp.tagging.thresholds import find_thresholds

FOLDS = 5
PEERS = "PEERS_PYTHON"  # names an interpreter that has fastText and matplotlib, where it is not this one
FASTTEXT_WORKER = Path(__file__).with_name("fasttext_worker.py")
FASTTEXT_GRID = ({"lr": 0.5, "epoch": 25}, {"lr": 0.5, "epoch": 50}, {"lr": 1.0, "epoch": 50})

Scores = NDArray[np.float64]
Learner = Callable[[Labelled, Sequence[list[str]]], list[Scores]]  # learns, then scores each of several lists of texts


@dataclass(frozen=True)
class Predicted:
    """What a system says of texts: (n, n labels) scores, and which labels it gives."""

    scores: Scores
    given: NDArray[np.bool_]


Outcome = dict[str, list[Predicted]]  # by name of the variant, one for each list of texts asked for


def govnlp(train: Labelled, asked: Sequence[list[str]]) -> Outcome:
    """Ask govnlp, trained by its public way."""
    model = MechanismClassifier(train.codebook).fit(train.texts, train.labels, train.groups, marks=train.marks)
    scores = [model.predict_proba(texts) for texts in asked]
    return {"govnlp, default settings": [Predicted(own, own >= model.limits_) for own in scores]}


def shipped(train: Labelled, asked: Sequence[list[str]]) -> Outcome:
    """Ask the shipped model: trained on the same texts, fitted less closely, its thresholds found on other writers."""
    model = MechanismClassifier.load()
    scores = [model.predict_proba(texts) for texts in asked]
    return {"govnlp as shipped": [Predicted(own, own >= model.limits_) for own in scores]}


def cue_matching(train: Labelled, asked: Sequence[list[str]]) -> Outcome:
    """Give a label wherever one of the codebook's cues stands."""
    cues = [m.cues for m in train.codebook.mechanisms]
    given = [np.array([[any(cue in text for cue in own) for own in cues] for text in texts]) for texts in asked]
    return {"cues of the codebook": [Predicted(own.astype(float), own) for own in given]}


def logistic(train: Labelled, asked: Sequence[list[str]]) -> Outcome:
    """Ask the usual pipeline, with scikit-learn's C and with one ten times as large."""
    return at_both_thresholds(
        "jieba + TfidfVectorizer + OneVsRest(LogisticRegression)", partial(_logistic, strength=1.0), train, asked
    ) | at_both_thresholds("the same with C = 10", partial(_logistic, strength=10.0), train, asked)


def fasttext(train: Labelled, asked: Sequence[list[str]]) -> Outcome:
    """Ask fastText, its settings chosen on a fifth of the training texts; nothing where it is not installed."""
    interpreter = os.environ.get(PEERS, sys.executable)
    if subprocess.run([interpreter, "-c", "import fasttext"], capture_output=True).returncode:
        print(f"fastText left out: {interpreter} does not have it; name one that has by {PEERS}", file=sys.stderr)
        return {}
    known, held = next(folds_of(train))
    found = [
        micro_f1(held.truth, _fasttext(known, [held.texts], interpreter, setting)[0] >= 0.5)
        for setting in FASTTEXT_GRID
    ]
    best = FASTTEXT_GRID[int(np.argmax(found))]
    return at_both_thresholds("fastText", partial(_fasttext, interpreter=interpreter, setting=best), train, asked)


def at_both_thresholds(name: str, learner: Learner, train: Labelled, asked: Sequence[list[str]]) -> Outcome:
    """Return what a learner says with 0.5 as threshold, and with thresholds found out of fold as govnlp finds them."""
    parts = [(held.truth, learner(known, [held.texts])[0]) for known, held in folds_of(train)]
    truth, scores = (np.vstack(arrays) for arrays in zip(*parts, strict=True))
    tuned = find_thresholds(truth, scores, np.ones_like(truth))
    said = learner(train, asked)
    return {
        f"{name}, thresholds 0.5": [Predicted(own, own >= 0.5) for own in said],
        f"{name}, thresholds tuned": [Predicted(own, own >= tuned) for own in said],
    }


def folds_of(train: Labelled):  # noqa: ANN201
    """Yield the texts of all folds but one, and those of that one."""
    fold = grouped_folds(train.truth, train.groups, FOLDS)
    return ((train.take(np.flatnonzero(fold != i)), train.take(np.flatnonzero(fold == i))) for i in range(FOLDS))


@cache
def jieba_words(text: str) -> tuple[str, ...]:
    """Cut a text as jieba does."""
    import jieba

    return tuple(jieba.cut(text))


def logistic_pipeline(tokenizer: Callable[[str], Sequence[str]] = jieba_words, strength: float = 1.0) -> Any:
    """Return the usual pipeline: jieba's words, TF-IDF, one logistic regression a label."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    vectorizer = TfidfVectorizer(tokenizer=tokenizer, token_pattern=None)
    return make_pipeline(vectorizer, OneVsRestClassifier(LogisticRegression(C=strength, max_iter=1000)))


def _logistic(train: Labelled, asked: Sequence[list[str]], strength: float) -> list[Scores]:
    pipeline = logistic_pipeline(strength=strength).fit(train.texts, train.truth.astype(int))
    return [pipeline.predict_proba(texts) for texts in asked]


def _fasttext(train: Labelled, asked: Sequence[list[str]], interpreter: str, setting: dict[str, Any]) -> list[Scores]:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        task = {
            "setting": setting,
            "labels": [np.flatnonzero(row).tolist() for row in train.truth],
            "train": [_one_line(text) for text in train.texts],
            "asked": [[_one_line(text) for text in texts] for texts in asked],
            "label_count": train.truth.shape[1],
        }
        (work / "task.json").write_text(json.dumps(task), "utf-8")
        subprocess.run([interpreter, FASTTEXT_WORKER, work], check=True, stdout=sys.stderr)
        with np.load(work / "scores.npz") as arrays:
            return [arrays[str(i)] for i in range(len(asked))]


def _one_line(text: str) -> str:
    return " ".join(word for word in jieba_words(text) if not word.isspace())
