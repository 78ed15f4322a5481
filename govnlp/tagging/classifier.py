"""The tagger: one linear model per mechanism over TF-IDF features, with calibrated scores and thresholds.

A label is earned by a clause, so each sentence is scored as well as the whole paragraph, by the same weights; a
paragraph's raw score is the mean of its own and its best sentence's. The models learn from paragraphs and, where
a coder marked the clause that earns each label, from sentences too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import NotFittedError, UsageError
from govnlp.evaluation.scores import label_matrix
from govnlp.evaluation.splits import grouped_folds
from govnlp.labelled.paragraphs import Mark
from govnlp.lexicon.script import to_simplified
from govnlp.lexicon.tokenizer import Tokenizer
from govnlp.records import Article, Evidence, Paragraph, Tag, TaggedParagraph
from govnlp.resources import data_path
from govnlp.tagging.card import model_card
from govnlp.tagging.codebook import Codebook, load_codebook
from govnlp.tagging.evidence import gather, spread, strongest
from govnlp.tagging.features import Features, Rows, learn_features
from govnlp.tagging.persistence import fingerprint, load_model, save_model
from govnlp.tagging.thresholds import find_thresholds

FOLDS = 5
MIN_POSITIVES = 5  # a label with fewer positive paragraphs is left untrained
STRENGTH = 30.0  # C of the logistic regressions, for rows of length one
BEST_SENTENCE = 0.5  # weight of the best sentence in a paragraph's raw score, where sentences were learnt from
UNSURE_BAND = 0.5  # in log-odds around the threshold

Progress = Callable[[str], None]


class MechanismClassifier:
    """Tags paragraphs with the labels of a codebook.

    Args:
        codebook: the labels to learn; the packaged 21 mechanisms unless told otherwise.
        tokenizer: cuts the texts; the governance tokenizer unless told otherwise.
        min_count: a feature counts when at least that many training texts have it.

    After `fit` or `load`: `features_`, `coefficients_` (n labels, n features), `intercepts_`,
    `calibration_` (n labels, 2), `thresholds_`, `best_sentence_` (its weight in the raw score), `untrained_` (labels
    with fewer than 5 positives, which are never given), `fingerprint_`.

    >>> classifier = MechanismClassifier.load()
    >>> classifier.predict(["将全区划分为482个网格，配备专职网格员665人，常态化开展入户走访。"])
    [('grid',)]
    """

    features_: Features
    coefficients_: NDArray[np.float32]
    intercepts_: NDArray[np.float32]
    calibration_: NDArray[np.float32]
    thresholds_: NDArray[np.float64]
    best_sentence_: float
    untrained_: tuple[str, ...]
    fingerprint_: str

    def __init__(
        self, codebook: Codebook | None = None, tokenizer: Tokenizer | None = None, min_count: int = 2
    ) -> None:
        self.codebook = codebook
        self.tokenizer = tokenizer
        self.min_count = min_count

    @property
    def codebook_(self) -> Codebook:
        """The codebook in use."""
        if self.codebook is None:
            self.codebook = load_codebook()
        return self.codebook

    def fit(
        self,
        texts: Sequence[str],
        labels: Sequence[Iterable[str]],
        groups: Sequence[str] | None = None,
        coded: Sequence[Iterable[str] | None] | None = None,
        marks: Sequence[Sequence[Mark]] | None = None,
        progress: Progress | None = None,
    ) -> MechanismClassifier:
        """Learn from labelled texts.

        Args:
            texts: n paragraphs.
            labels: for each its labels, empty for none.
            groups: for each its article; articles are kept whole when thresholds are found.
            coded: for each the labels that its coder looked for, None for all.
            marks: for each the runs that earn its labels, empty where its coder marked none.
            progress: called with a line of text now and then.

        Raises:
            UsageError: lengths differ, a label is not in the codebook, or no label has enough positives.
        """
        say = progress or (lambda line: None)
        texts = _texts(texts)
        groups = list(groups) if groups is not None else [str(i) for i in range(len(texts))]
        if not len(texts) == len(labels) == len(groups):
            raise UsageError(
                f"{len(texts)} texts, {len(labels)} labels and {len(groups)} groups: expected as many of each"
            )
        truth = label_matrix(labels, self.codebook_.ids)
        mask = self._coded_matrix(coded, len(texts))
        trained = (truth & mask).sum(axis=0) >= MIN_POSITIVES
        if not trained.any():
            raise UsageError(
                f"no label has {MIN_POSITIVES} positive paragraphs among {len(texts)}; label more before training"
            )
        self.untrained_ = tuple(label for label, enough in zip(self.codebook_.ids, trained, strict=True) if not enough)
        say(f"learning the vocabulary of {len(texts)} paragraphs")
        self.features_ = learn_features(texts, self.tokenizer or Tokenizer(), self.min_count)
        rows = self.features_.transform(texts)
        sample = _Sample.of(rows, truth, mask, self._marked_sentences(rows, truth, marks))
        self.best_sentence_ = BEST_SENTENCE if sample.sentences else 0.0
        raw = self._out_of_fold(rows, sample, truth, trained, groups, say)
        self.calibration_ = _calibrate(raw, truth, mask, trained)
        self.thresholds_ = find_thresholds(truth, self._probabilities(raw, trained), mask)
        say("fitting the final models")
        self.coefficients_, self.intercepts_ = _fit_linear(sample.rows, sample.truth, sample.mask, trained)
        self.fingerprint_ = fingerprint(self._settings(), self._arrays())
        return self

    def _coded_matrix(self, coded: Sequence[Iterable[str] | None] | None, rows: int) -> NDArray[np.bool_]:
        ids = self.codebook_.ids
        if coded is None:
            return np.ones((rows, len(ids)), dtype=bool)
        return label_matrix([ids if given is None else given for given in coded], ids)

    def _marked_sentences(
        self, rows: Rows, truth: NDArray[np.bool_], marks: Sequence[Sequence[Mark]] | None
    ) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return which sentences may be learnt from and the labels that marks in them earn.

        Those are the sentences of texts where every label has a mark, and of texts without labels.
        """
        ids = self.codebook_.ids
        earned = np.zeros((len(rows.spans), len(ids)), dtype=bool)
        if marks is None or not any(marks):
            return np.zeros(0, dtype=np.intp), earned[:0]
        column = {label: i for i, label in enumerate(ids)}
        complete = np.array(
            [
                {column[mark.label] for mark in own} == set(np.flatnonzero(labels))
                for own, labels in zip(marks, truth, strict=True)
            ]
        )
        for sentence, (owner, (start, end)) in enumerate(zip(rows.owners, rows.spans, strict=True)):
            for mark in marks[owner]:
                earned[sentence, column[mark.label]] |= mark.start < end and mark.end > start
        chosen = np.flatnonzero(complete[rows.owners])
        return chosen, earned[chosen]

    def _out_of_fold(
        self, rows: Rows, sample: _Sample, truth: NDArray[np.bool_], trained: NDArray[np.bool_],
        groups: Sequence[str], say: Progress,
    ) -> NDArray[np.float64]:  # fmt: skip
        """Return raw scores of each text by models that have not seen its article."""
        fold_of_text = grouped_folds(truth, groups, FOLDS)
        folds = int(fold_of_text.max()) + 1
        raw = np.zeros(truth.shape)
        for fold in range(folds):
            held = fold_of_text == fold
            rest = ~held[sample.owners] if folds > 1 else held[sample.owners]
            say(
                f"fold {fold + 1} of {folds}"
                if folds > 1
                else "one article only: thresholds are found on the training texts"
            )
            weights = _fit_linear(sample.rows[rest], sample.truth[rest], sample.mask[rest], trained)
            raw[held] = self._raw_scores(rows, *weights)[held]
        return raw

    def _raw_scores(
        self, rows: Rows, coefficients: NDArray[np.float32], intercepts: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        """Return raw scores (n texts, n labels): of the text and of its best sentence, averaged."""
        weights = coefficients.T.astype(np.float64)
        whole = np.asarray(rows.paragraphs @ weights)
        best = np.full_like(whole, -np.inf)
        np.maximum.at(best, rows.owners, rows.sentences @ weights)
        best = np.where(np.isfinite(best), best, whole)
        return np.asarray((1 - self.best_sentence_) * whole + self.best_sentence_ * best + intercepts)

    def _probabilities(self, raw: NDArray[Any], trained: NDArray[np.bool_]) -> NDArray[np.float64]:
        slope, shift = self.calibration_[:, 0], self.calibration_[:, 1]
        probabilities = 1 / (1 + np.exp(-(raw * slope + shift)))
        return np.where(trained, probabilities, 0.0).round(6)

    def decision_function(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return raw scores (n texts, n labels): intercept plus what each feature adds."""
        self._check_fitted()
        return self._raw_scores(self.features_.transform(_texts(texts)), self.coefficients_, self.intercepts_)

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return calibrated probabilities (n texts, n labels), labels in the codebook's order."""
        return self._probabilities(self.decision_function(texts), self._trained)

    def predict(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the labels of each text: those whose probability reaches their threshold."""
        ids = self.codebook_.ids
        return [tuple(ids[i] for i in np.flatnonzero(row)) for row in self.predict_proba(texts) >= self._limits]

    def tag(self, articles: Iterable[Article]) -> list[TaggedParagraph]:
        """Return every paragraph of articles with its tags and their evidence, in the articles' order."""
        placed = [(article, heading, p) for article in articles for heading, p in article.iter_with_heading()]
        tagged = self.tag_paragraphs([p for _, _, p in placed])
        return [
            replace(
                one,
                article_id=article.id,
                source=article.source,
                headline=article.headline,
                locality=article.locality,
                heading=heading,
            )
            for one, (article, heading, _) in zip(tagged, placed, strict=True)
        ]

    def tag_paragraphs(self, paragraphs: Sequence[Paragraph]) -> list[TaggedParagraph]:
        """Return paragraphs with their tags and evidence."""
        if not paragraphs:
            return []
        self._check_fitted()
        rows = self.features_.transform(_texts([p.text for p in paragraphs]))
        raw = self._raw_scores(rows, self.coefficients_, self.intercepts_)
        scores = self._probabilities(raw, self._trained)
        return [self._tagged(p, i, rows, scores[i]) for i, p in enumerate(paragraphs)]

    def _tagged(self, paragraph: Paragraph, number: int, rows: Rows, scores: NDArray[np.float64]) -> TaggedParagraph:
        ids = self.codebook_.ids
        given = np.flatnonzero(scores >= self._limits)
        tags = tuple(
            Tag(ids[i], float(scores[i]), strongest(self._explain(paragraph.text, number, rows, int(i)))) for i in given
        )
        close = np.abs(_log_odds(scores) - _log_odds(self.thresholds_)) < UNSURE_BAND
        unsure = tuple(ids[i] for i in np.flatnonzero(close & self._trained))
        scored = dict(zip(ids, map(float, scores), strict=True))
        return TaggedParagraph(paragraph, tags, unsure, scored, f"model:{self.fingerprint_}")

    def explain(self, text: str, label: str) -> list[Evidence]:
        """Return what each word of a text adds to the raw score of a label; with the intercept they add up to it."""
        self._check_fitted()
        rows = self.features_.transform(_texts([text]))
        return self._explain(text, 0, rows, self.codebook_.ids.index(self.codebook_.sort([label])[0]))

    def _explain(self, printed: str, number: int, rows: Rows, label: int) -> list[Evidence]:
        text = to_simplified(printed)
        return [
            replace(word, term=printed[word.start : word.end]) for word in self._weigh_words(text, number, rows, label)
        ]

    def _weigh_words(self, text: str, number: int, rows: Rows, label: int) -> list[Evidence]:
        tokenizer, weights = self.features_.tokenizer, self.coefficients_[label]
        own = np.flatnonzero(rows.owners == number)
        whole = self._shares(rows.paragraphs[number], weights)
        if not own.size:
            return gather(text, spread(text, whole, tokenizer), tokenizer)
        best = own[int(np.argmax(rows.sentences[own] @ weights.astype(np.float64)))]
        start, end = rows.spans[best]
        characters = (1 - self.best_sentence_) * spread(text, whole, tokenizer)
        sentence = spread(text[start:end], self._shares(rows.sentences[best], weights), tokenizer)
        characters[start:end] += self.best_sentence_ * sentence
        return gather(text, characters, tokenizer)

    def _shares(self, row: Any, weights: NDArray[np.float32]) -> dict[str, float]:
        names = self.features_.vocabulary
        return {names[i]: float(v) * float(weights[i]) for i, v in zip(row.indices, row.data, strict=True)}

    @property
    def _trained(self) -> NDArray[np.bool_]:
        return np.array([label not in self.untrained_ for label in self.codebook_.ids])

    @property
    def _limits(self) -> NDArray[np.float64]:
        return np.where(self._trained, self.thresholds_, 1.0)

    def save(self, folder: str | Path, scores: str = "") -> str:
        """Write the model into a folder and return its fingerprint; `scores` goes into its card."""
        self._check_fitted()
        card = model_card(self.codebook_, self.untrained_, len(self.features_.vocabulary), scores)
        return save_model(folder, self._settings(), self._arrays(), card)

    @classmethod
    def load(cls, folder: str | Path | None = None, engine: str | None = None) -> MechanismClassifier:
        """Load a saved model; without a folder, the shipped one.

        Args:
            folder: what `save` or `govnlp train` wrote.
            engine: the segmenter to cut with, where the one that the model was trained with is not installed:
                "rjieba" or "jieba", which cut alike.

        Raises:
            ModelError: the folder holds no model of this govnlp, or its files were changed.
        """
        settings, arrays, name = load_model(folder if folder is not None else data_path("models", "mechanisms"))
        tokenizer = Tokenizer(settings["words"], dictionary="none", engine=engine or settings["engine"])
        model = cls(Codebook.from_dict(settings["codebook"]), tokenizer, settings["min_count"])
        model.features_ = Features(tuple(settings["vocabulary"]), arrays["idf"], tokenizer)
        model.coefficients_, model.intercepts_ = arrays["coefficients"], arrays["intercepts"]
        model.calibration_, model.thresholds_ = arrays["calibration"], arrays["thresholds"]
        model.best_sentence_ = settings["best_sentence"]
        model.untrained_, model.fingerprint_ = tuple(settings["untrained"]), name
        return model

    def _settings(self) -> dict[str, Any]:
        tokenizer = self.features_.tokenizer
        return {
            "codebook": self.codebook_.to_dict(),
            "untrained": list(self.untrained_),
            "min_count": self.min_count,
            "best_sentence": self.best_sentence_,
            "engine": tokenizer.engine,
            "words": list(tokenizer.words),
            "vocabulary": list(self.features_.vocabulary),
        }

    def _arrays(self) -> dict[str, NDArray[Any]]:
        return {
            "idf": self.features_.idf,
            "coefficients": self.coefficients_,
            "intercepts": self.intercepts_,
            "calibration": self.calibration_,
            "thresholds": self.thresholds_,
        }

    def _check_fitted(self) -> None:
        if not hasattr(self, "features_"):
            raise NotFittedError(
                "this MechanismClassifier is not trained yet: call fit(texts, labels), "
                "or load the shipped model with MechanismClassifier.load()"
            )


@dataclass(frozen=True)
class _Sample:
    """What the linear models learn from: all paragraphs, then the sentences whose labels are marked.

    `owners` gives the text of each row; `sentences` says how many rows are sentences.
    """

    rows: Any
    truth: NDArray[np.bool_]
    mask: NDArray[np.bool_]
    owners: NDArray[np.intp]
    sentences: int

    @classmethod
    def of(
        cls, rows: Rows, truth: NDArray[np.bool_], mask: NDArray[np.bool_],
        marked: tuple[NDArray[np.intp], NDArray[np.bool_]],
    ) -> _Sample:  # fmt: skip
        """Stack paragraphs and marked sentences."""
        from scipy.sparse import vstack

        chosen, earned = marked
        owners = rows.owners[chosen]
        return cls(
            rows=vstack([rows.paragraphs, rows.sentences[chosen]]).tocsr(),
            truth=np.vstack([truth, earned]),
            mask=np.vstack([mask, mask[owners]]),
            owners=np.concatenate([np.arange(len(truth)), owners]),
            sentences=len(chosen),
        )


def _texts(texts: Sequence[str]) -> list[str]:
    """Return texts as the models read them: in simplified characters, every place as printed."""
    if isinstance(texts, str):
        raise UsageError("expected a list of texts, not one text: write predict([text])")
    return [to_simplified(text) for text in texts]


def _fit_linear(
    rows: Any, truth: NDArray[np.bool_], mask: NDArray[np.bool_], trained: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Fit one logistic regression per trained label on the rows coded for it."""
    from sklearn.linear_model import LogisticRegression

    coefficients = np.zeros((truth.shape[1], rows.shape[1]), dtype=np.float32)
    intercepts = np.zeros(truth.shape[1], dtype=np.float32)
    for label in np.flatnonzero(trained):
        coded = mask[:, label]
        if truth[coded, label].all() or not truth[coded, label].any():
            intercepts[label] = 10.0 if truth[coded, label].any() else -10.0
            continue
        model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
        model.fit(rows[coded], truth[coded, label])
        coefficients[label], intercepts[label] = model.coef_[0], model.intercept_[0]
    return coefficients, intercepts


def _calibrate(
    raw: NDArray[np.float64], truth: NDArray[np.bool_], mask: NDArray[np.bool_], trained: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Return slope and shift per label that turn out-of-fold raw scores into probabilities (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    calibration = np.tile(np.array([1.0, 0.0], dtype=np.float32), (truth.shape[1], 1))
    for label in np.flatnonzero(trained):
        coded = mask[:, label]
        if truth[coded, label].all() or np.ptp(raw[coded, label]) == 0:
            continue
        model = LogisticRegression(C=10.0).fit(raw[coded, label][:, None], truth[coded, label])
        if model.coef_[0, 0] > 0:
            calibration[label] = model.coef_[0, 0], model.intercept_[0]
    return calibration


def _log_odds(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))
