"""What each part of the tagger is worth: python -m benchmarks.tagging.ablation [VARIANT …].

One corpus file after the other is held out, of those in official prose; its articles are scored by a model of all
other files, with calibration and thresholds from the other files held out. For the test sets a model learns from all
files, with calibration and thresholds from all files held out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.tagging.protocol import Labelled, corpus_part, fill, macro_f1, micro_f1, table, test_sets
from govnlp.lexicon.tokenizer import Tokenizer
from govnlp.tagging import learning
from govnlp.tagging.features import PAIR, Features, learn_features
from govnlp.tagging.learning import Sample, calibrate, fit_linear, pool
from govnlp.tagging.occurrences import Occurrences
from govnlp.tagging.thresholds import find_thresholds

OFFICIAL = ("plain", "hills", "plateau", "bay", "basin", "steppe", "delta", "ridge", "river")
Learnt = tuple[Features, Any]  # features, and the projection of their occurrences to what models see


@dataclass(frozen=True)
class Variant:
    """The tagger with something changed: its features, its rows, or its linear models."""

    features: Callable[[Learnt], Learnt] = field(default=lambda learnt: learnt)
    sample: Callable[[Sample], Sample] = field(default=lambda sample: sample)
    min_count: int = 2
    strength: float = 0.5
    model: Callable[..., Any] | None = None


def keep(wanted: Callable[[str], bool]) -> Callable[[Learnt], Learnt]:
    """Keep the features of some names only."""

    def restricted(learnt: Learnt) -> Learnt:
        features, projection = learnt
        rows = np.flatnonzero([wanted(name) for name in features.vocabulary])
        names = tuple(features.vocabulary[row] for row in rows)
        return replace(features, vocabulary=names, squares=features.squares[rows]), projection[rows]

    return restricted


def reweighted(change: Callable[[Any, int], Any]) -> Callable[[Learnt], Learnt]:
    """Change the projection, told how many words and pairs there are."""

    def changed(learnt: Learnt) -> Learnt:
        features, projection = learnt
        projection = change(projection.copy(), len(features.vocabulary)).tocsr()
        squares = np.asarray(projection.multiply(projection).sum(axis=1), dtype=np.float32).ravel()
        return replace(features, squares=squares), projection

    return changed


def without_idf(projection: Any, words: int) -> Any:
    """Let every feature weigh the same."""
    projection.data[:] = 1
    return projection


def without_mechanisms(projection: Any, words: int) -> Any:
    """Let terms of the dictionary say nothing of their mechanism."""
    return projection[:, :words]


class CountedFeatures(Features):
    """Features counted as TfidfVectorizer does: equal ones together, by the logarithm of their number."""

    def find(self, texts: Any) -> Occurrences:
        """Return occurrences that make such rows."""
        found = super().find(texts)
        return CountedOccurrences(**{name: getattr(found, name) for name in found.__dataclass_fields__})


class CountedOccurrences(Occurrences):
    """Occurrences that are counted together for each row."""

    def _matrix(self, row: NDArray[np.intp], lengths: NDArray[np.float64]) -> Any:
        from scipy.sparse import csr_matrix

        counts = csr_matrix((np.ones(len(row), np.float32), (row, self.columns)), (len(lengths), self.features))
        counts.sum_duplicates()
        counts.data = np.log(counts.data) + 1
        return counts

    def rows(self, projection: Any) -> Any:
        """Return the rows of the texts."""
        from sklearn.preprocessing import normalize

        return normalize(super().rows(projection))

    def sentence_rows(self, projection: Any) -> Any:
        """Return the rows of the sentences."""
        from sklearn.preprocessing import normalize

        return normalize(super().sentence_rows(projection))


def counted(learnt: Learnt) -> Learnt:
    """Count as TfidfVectorizer does."""
    features, projection = learnt
    return CountedFeatures(features.vocabulary, features.squares, features.tokenizer), projection


def without_marked_sentences(sample: Sample) -> Sample:
    """Learn from whole paragraphs only."""
    mask = sample.mask.copy()
    mask[sample.owner.max() + 1 :] = False
    return replace(sample, mask=mask)


def without_best_sentence(sample: Sample) -> Sample:
    """Score paragraphs as a whole."""
    return replace(sample, best_sentence=0.0)


def logistic_regression(C: float, random_state: int) -> Any:  # noqa: N803
    """Return logistic regression in place of a support vector machine."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=C, random_state=random_state, solver="liblinear")


VARIANTS = {
    "by default (C = 0.5, min_count 2)": Variant(),
    "words only": Variant(features=keep(lambda name: name[0] != PAIR)),
    "pairs of characters only": Variant(features=keep(lambda name: name[0] == PAIR)),
    "without the mechanisms of terms": Variant(features=reweighted(without_mechanisms)),
    "without idf": Variant(features=reweighted(without_idf)),
    "every feature (min_count 1)": Variant(min_count=1),
    "min_count 3": Variant(min_count=3),
    "min_count 5": Variant(min_count=5),
    "logarithm of counts, counted together": Variant(features=counted),
    "without learning from marked sentences": Variant(sample=without_marked_sentences),
    "without the best sentence": Variant(sample=without_best_sentence),
    "neither of both": Variant(sample=lambda sample: without_best_sentence(without_marked_sentences(sample))),
    "C = 0.1": Variant(strength=0.1),
    "C = 0.25": Variant(strength=0.25),
    "C = 1": Variant(strength=1.0),
    "C = 2": Variant(strength=2.0),
    "logistic regression, C = 1": Variant(model=logistic_regression, strength=1.0),
    "logistic regression, C = 10": Variant(model=logistic_regression, strength=10.0),
}


@dataclass(frozen=True)
class Experiment:
    """A variant trained on labelled texts."""

    variant: Variant
    train: Labelled

    @cached_property
    def learnt(self) -> Learnt:
        """The features."""
        return self.variant.features(learn_features(self.train.texts, Tokenizer(), self.variant.min_count))

    @cached_property
    def mask(self) -> NDArray[np.bool_]:
        """Every label was looked for."""
        return np.ones_like(self.train.truth)

    @cached_property
    def sample(self) -> Sample:
        """What models learn from."""
        train = self.train
        rows = Sample.of(*self.learnt, train.texts, train.truth, self.mask, train.marks, train.codebook.ids)
        return self.variant.sample(rows)

    def fit(self, left_out: NDArray[np.bool_]) -> learning.Linear:
        """Fit the linear models to all texts but some."""
        trained = np.ones(self.train.truth.shape[1], dtype=bool)
        out = left_out[self.sample.owner]
        if self.variant.model is None:
            return fit_linear(self.sample, out, trained, self.variant.strength)
        with patch("sklearn.svm.LinearSVC", self.variant.model):
            return fit_linear(self.sample, out, trained, self.variant.strength)

    def held_out_files(self) -> dict[str, tuple[NDArray[np.bool_], NDArray[np.float64]]]:
        """Return for each file in official prose which texts are of it, and their raw scores by a model without it."""
        file_of = np.array([group.split("-")[0] for group in self.train.groups])
        held = {name: file_of == name for name in OFFICIAL if (file_of == name).any()}
        return {name: (rows, self.sample.raw_scores(rows, self.fit(rows))) for name, rows in held.items()}

    def raw_scores(self, texts: list[str], linear: learning.Linear) -> NDArray[np.float64]:
        """Return the raw scores of texts that were not learnt from."""
        features, projection = self.learnt
        found = features.find(texts)
        whole, sentences = (rows(projection) @ linear[0].T for rows in (found.rows, found.sentence_rows))
        return pool(whole, sentences, found.owner, self.sample.best_sentence) + linear[1]

    def decide(self, held: dict[str, Any]) -> Callable[[NDArray[np.float64]], NDArray[np.bool_]]:
        """Return the decision on raw scores, calibrated and with thresholds from files held out."""
        rows = np.concatenate([np.flatnonzero(own) for own, _ in held.values()])
        raw = np.vstack([scores for _, scores in held.values()])
        truth, mask = self.train.truth[rows], self.mask[rows]
        slope, shift = calibrate(raw, truth, mask, mask[0]).T

        def probabilities(raw: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.asarray(1 / (1 + np.exp(-(raw * slope + shift))))

        thresholds = find_thresholds(truth, probabilities(raw), mask)
        return lambda raw: probabilities(raw) >= thresholds

    def figures(self, tests: list[Labelled]) -> list[float]:
        """Return micro and macro F1 on the files held out, and on each test set."""
        held = self.held_out_files()
        given = [self.decide({k: v for k, v in held.items() if k != name})(raw) for name, (_, raw) in held.items()]
        truth = [self.train.truth[rows] for rows, _ in held.values()]
        pairs = [(np.vstack(truth), np.vstack(given))]
        final, decide = self.fit(np.zeros(len(self.train.texts), dtype=bool)), self.decide(held)
        for test in tests:
            pairs.append((test.truth, decide(self.raw_scores(test.texts, final))))
        return [figure(*pair) for pair in pairs for figure in (micro_f1, macro_f1)]


def main(wanted: list[str]) -> None:
    """Measure all variants, or those named (then nothing is put into README.md)."""
    train, tests = corpus_part("train", "validation"), test_sets()
    head = [f"{name}, {kind}" for name in ("files held out", *tests) for kind in ("micro F1", "macro F1")]
    rows: list[list[str | float]] = []
    for name in wanted or VARIANTS:
        rows.append([name, *Experiment(VARIANTS[name], train).figures(list(tests.values()))])
        print(table(["variant", *head], rows[-1:]).splitlines()[-1], file=sys.stderr, flush=True)
    if not wanted:
        fill("ablation", table(["variant", *head], rows))


if __name__ == "__main__":
    main(sys.argv[1:])
