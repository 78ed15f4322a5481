"""What `MechanismClassifier.fit` does: linear models, calibration, and the scores that thresholds are found on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.evaluation.splits import grouped_folds
from govnlp.labelled.paragraphs import Mark
from govnlp.tagging.features import CHUNK, Features

FOLDS = 5
MANY = 50_000  # texts from which on one fold held out is enough to calibrate and to find thresholds
SHARE = 200_000  # rows that one machine is fitted to at most
BEST_SENTENCE = 0.5  # weight of the best sentence in a paragraph's raw score, where sentences were learnt from

Progress = Callable[[str], None]
Linear = tuple[NDArray[np.float32], NDArray[np.float32]]  # coefficients (n labels, n features), intercepts (n labels)


@dataclass(frozen=True)
class Sample:
    """What linear models learn from: n paragraphs, then all their sentences where labels are marked.

    Attributes:
        rows: CSR matrix, paragraphs before sentences.
        truth, mask: which labels each row has, and which it is known for; no label of a sentence is known where the
            marks of its paragraph are incomplete.
        owner: the paragraph of each row.
        best_sentence: the weight of the best sentence in a paragraph's raw score.
    """

    rows: Any
    truth: NDArray[np.bool_]
    mask: NDArray[np.bool_]
    owner: NDArray[np.intp]
    best_sentence: float

    @classmethod
    def of(
        cls, features: Features, projection: Any, texts: Sequence[str], truth: NDArray[np.bool_],
        mask: NDArray[np.bool_], marks: Sequence[Sequence[Mark]] | None, ids: Sequence[str],
    ) -> Sample:  # fmt: skip
        """Make the rows of texts, and of their sentences where a coder marked what earns the labels."""
        from scipy.sparse import vstack

        marked = marks if marks is not None and any(marks) else None
        paragraphs, sentences, owners, spans = zip(
            *_rows_by_chunk(features, projection, texts, marked is not None), strict=True
        )
        everyone = np.arange(len(texts))
        if marked is None:
            return cls(vstack(paragraphs, "csr"), truth, mask, everyone, 0.0)
        owner = np.concatenate(owners)
        earned, complete = _marked_sentences(owner, list(chain.from_iterable(spans)), truth, marked, ids)
        return cls(
            rows=vstack(paragraphs + sentences, "csr"),
            truth=np.vstack([truth, earned]),
            mask=np.vstack([mask, mask[owner] & complete[:, None]]),
            owner=np.concatenate([everyone, owner]),
            best_sentence=BEST_SENTENCE if complete.any() else 0.0,
        )

    def raw_scores(self, held: NDArray[np.bool_], linear: Linear) -> NDArray[np.float64]:
        """Return the raw scores (paragraphs held out, n labels)."""
        weights, intercepts = linear[0].T, linear[1]
        whole = np.asarray(self.rows[np.flatnonzero(held)] @ weights, dtype=np.float64)
        if not self.best_sentence:
            return whole + intercepts
        own = len(held) + np.flatnonzero(held[self.owner[len(held) :]])
        place = np.cumsum(held) - 1
        sentences = np.asarray(self.rows[own] @ weights)
        return pool(whole, sentences, place[self.owner[own]], self.best_sentence) + intercepts


def pool(
    whole: NDArray[np.float64], sentences: NDArray[Any], owner: NDArray[np.intp], share_of_best: float
) -> NDArray[np.float64]:
    """Return the average of each text's score and its best sentence's; a text without sentences has its own only."""
    best = whole.copy()
    texts, first = np.unique(owner, return_index=True)
    if len(texts):
        best[texts] = np.maximum.reduceat(sentences, first)
    return (1 - share_of_best) * whole + share_of_best * best


def _rows_by_chunk(
    features: Features, projection: Any, texts: Sequence[str], with_sentences: bool
) -> Iterator[tuple[Any, Any, NDArray[np.intp], list[tuple[int, int]]]]:
    for start in range(0, len(texts), CHUNK):
        found = features.find(texts[start : start + CHUNK])
        if with_sentences:
            yield found.rows(projection), found.sentence_rows(projection), found.owner + start, found.spans
        else:
            yield found.rows(projection), None, found.owner[:0], []


def _marked_sentences(
    owner: NDArray[np.intp], spans: Sequence[tuple[int, int]], truth: NDArray[np.bool_],
    marks: Sequence[Sequence[Mark]], ids: Sequence[str],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:  # fmt: skip
    """Return the labels that marks earn for each sentence, and which sentences may be learnt from.

    Those are the sentences of texts where every label has a mark, and of texts without labels.
    """
    column = {label: i for i, label in enumerate(ids)}
    earned = np.zeros((len(spans), len(ids)), dtype=bool)
    complete = np.array(
        [
            {column[mark.label] for mark in own} == set(np.flatnonzero(labels).tolist())
            for own, labels in zip(marks, truth, strict=True)
        ]
    )
    for sentence, (text, (start, end)) in enumerate(zip(owner, spans, strict=True)):
        for mark in marks[text]:
            earned[sentence, column[mark.label]] |= mark.start < end and mark.end > start
    return earned, complete[owner]


def out_of_fold(
    sample: Sample, groups: Sequence[str], trained: NDArray[np.bool_], strength: float, say: Progress
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return raw scores of texts by models that have not seen their article, and which texts were scored."""
    texts = len(groups)
    fold_of_text = grouped_folds(sample.truth[:texts], groups, FOLDS)
    folds = int(fold_of_text.max()) + 1
    if folds == 1:
        say("one article only: thresholds are found on the training texts")
        everyone = np.ones(texts, dtype=bool)
        return sample.raw_scores(everyone, fit_linear(sample, ~everyone[sample.owner], trained, strength)), everyone
    raw = np.zeros((texts, sample.truth.shape[1]))
    scored = np.zeros(texts, dtype=bool)
    for fold in range(folds if texts <= MANY else 1):
        say(f"fold {fold + 1} of {folds}")
        held = fold_of_text == fold
        raw[held] = sample.raw_scores(held, fit_linear(sample, held[sample.owner], trained, strength))
        scored |= held
    return raw, scored


def fit_linear(sample: Sample, left_out: NDArray[np.bool_], trained: NDArray[np.bool_], strength: float) -> Linear:
    """Fit one linear support vector machine per trained label on the rows known for it and not left out.

    Of many rows it is the mean of machines fitted to shares of them, which need no more memory than one share does
    (Zhang, Duchi and Wainwright 2013, Communication-Efficient Algorithms for Statistical Optimization).
    """
    from sklearn.svm import LinearSVC

    labels = sample.truth.shape[1]
    coefficients = np.zeros((labels, sample.rows.shape[1]), dtype=np.float32)
    intercepts = np.zeros(labels, dtype=np.float32)
    for label in np.flatnonzero(trained):
        chosen = np.flatnonzero(sample.mask[:, label] & ~left_out)
        truth = sample.truth[chosen, label]
        if truth.all() or not truth.any():
            intercepts[label] = 10.0 if truth.any() else -10.0
            continue
        shares = divide(chosen, truth, SHARE)
        for share in shares:
            model = LinearSVC(C=strength, random_state=0).fit(sample.rows[share], sample.truth[share, label])
            coefficients[label] += model.coef_[0] / len(shares)
            intercepts[label] += model.intercept_[0] / len(shares)
    return coefficients, intercepts


def divide(rows: NDArray[np.intp], truth: NDArray[np.bool_], most: int) -> list[NDArray[np.intp]]:
    """Divide rows into shares of about `most`, positives and negatives spread evenly, some of both in each."""
    count = min(-(-len(rows) // most), int(truth.sum()), int((~truth).sum()))
    if count == 1:
        return [rows]
    by_truth = rows[np.argsort(truth, kind="stable")]
    return [by_truth[start::count] for start in range(count)]


def calibrate(
    raw: NDArray[np.float64], truth: NDArray[np.bool_], mask: NDArray[np.bool_], trained: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Return slope and shift per label that turn out-of-fold raw scores into probabilities (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    calibration = np.tile(np.array([1.0, 0.0], dtype=np.float32), (truth.shape[1], 1))
    for label in np.flatnonzero(trained):
        coded = mask[:, label]
        known = truth[coded, label]
        if known.all() or not known.any() or np.ptp(raw[coded, label]) == 0:
            continue
        model = LogisticRegression(C=10.0).fit(raw[coded, label][:, None], known)
        if model.coef_[0, 0] > 0:
            calibration[label] = model.coef_[0, 0], model.intercept_[0]
    return calibration
