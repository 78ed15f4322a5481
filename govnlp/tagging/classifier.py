"""The tagger: one linear model per mechanism over TF-IDF features, with calibrated scores and thresholds.

A label is earned by a clause, so each sentence is scored as well as the whole paragraph, by the same weights; a
paragraph's raw score is the mean of its own and its best sentence's. The models learn from paragraphs and, where
a coder marked the clause that earns each label, from sentences too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import NotFittedError, UsageError
from govnlp.evaluation.scores import label_matrix
from govnlp.labelled.paragraphs import Mark
from govnlp.lexicon.tokenizer import Tokenizer
from govnlp.records import Article, Evidence, Paragraph, TaggedParagraph
from govnlp.resources import data_path
from govnlp.tagging.card import model_card
from govnlp.tagging.codebook import Codebook, load_codebook
from govnlp.tagging.evidence import WordWeights, weigh_words
from govnlp.tagging.features import CHUNK, Features, learn_features
from govnlp.tagging.learning import Progress, Sample, calibrate, fit_linear, out_of_fold, pool
from govnlp.tagging.occurrences import Occurrences
from govnlp.tagging.persistence import fingerprint, load_model, save_model
from govnlp.tagging.tagged import TaggedTexts
from govnlp.tagging.thresholds import find_thresholds

MIN_POSITIVES = 5  # a label with fewer positive paragraphs is left untrained
STRONGEST = 5  # words shown as a label's evidence
UNSURE_BAND = 0.5  # in log-odds around the threshold


class MechanismClassifier:
    """Tags paragraphs with the labels of a codebook.

    Args:
        codebook: the labels to learn; the packaged 21 mechanisms unless told otherwise.
        tokenizer: cuts the texts; the governance tokenizer unless told otherwise.
        min_count: a feature counts when at least that many training texts have it.
        strength: C of the linear models; less keeps their weights smaller.

    After `fit` or `load`: `features_`, `weights_` (n features, n labels: what one occurrence adds before a row's
    length divides it), `intercepts_`,
    `calibration_` (n labels, 2), `thresholds_`, `best_sentence_` (its weight in the raw score), `untrained_` (labels
    with fewer than 5 positives, which are never given), `seen_` (hashes of the training texts), `fingerprint_`. After
    `fit` alone: `held_out_` (which texts were scored by models that had not seen their article) and
    `held_out_scores_` (n texts, n labels).

    >>> classifier = MechanismClassifier.load()
    >>> classifier.predict(["将全区划分为482个网格，配备专职网格员668人，常态化开展入户走访。"])
    [('grid',)]
    """

    features_: Features
    weights_: NDArray[np.float32]
    intercepts_: NDArray[np.float32]
    calibration_: NDArray[np.float32]
    thresholds_: NDArray[np.float64]
    best_sentence_: float
    seen_: NDArray[np.uint64]
    held_out_: NDArray[np.bool_]
    held_out_scores_: NDArray[np.float64]
    data_: dict[str, Any]
    untrained_: tuple[str, ...]
    fingerprint_: str

    def __init__(
        self,
        codebook: Codebook | None = None,
        tokenizer: Tokenizer | None = None,
        min_count: int = 2,
        strength: float = 0.5,
    ) -> None:
        self.codebook = codebook
        self.tokenizer = tokenizer
        self.min_count = min_count
        self.strength = strength

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
            groups: for each its article, or its writer; groups are kept whole when thresholds are found.
            coded: for each the labels that its coder looked for, None for all.
            marks: for each the runs that earn its labels, empty where its coder marked none.
            progress: called with a line of text now and then.

        Raises:
            UsageError: lengths differ, a label is not in the codebook, or no label has enough positives.
        """
        say = progress or (lambda line: None)
        texts = list(texts)
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
        self.features_, projection = learn_features(texts, self.tokenizer or Tokenizer(), self.min_count)
        sample = Sample.of(self.features_, projection, texts, truth, mask, marks, self.codebook_.ids)
        self.best_sentence_ = sample.best_sentence
        raw, scored = out_of_fold(sample, groups, trained, self.strength, say)
        self.calibration_ = calibrate(raw[scored], truth[scored], mask[scored], trained)
        self.held_out_scores_ = self._probabilities(raw, trained)
        self.held_out_ = scored & (len(set(groups)) > 1)  # of one article alone nothing can be held out
        self.thresholds_ = find_thresholds(truth[scored], self.held_out_scores_[scored], mask[scored])
        self.seen_ = np.unique(_hashes(texts))
        self.data_ = {
            "paragraphs": len(texts),
            "groups": len(set(groups)),
            "fingerprint": _data_name(texts, truth, mask),
        }
        say("fitting the final models")
        coefficients, self.intercepts_ = fit_linear(
            sample, np.zeros(len(sample.owner), dtype=bool), trained, self.strength
        )
        self.weights_ = np.ascontiguousarray(projection @ coefficients.T, dtype=np.float32)
        self.fingerprint_ = fingerprint(self._settings(), self._arrays())
        return self

    def _coded_matrix(self, coded: Sequence[Iterable[str] | None] | None, rows: int) -> NDArray[np.bool_]:
        ids = self.codebook_.ids
        if coded is None:
            return np.ones((rows, len(ids)), dtype=bool)
        return label_matrix([ids if given is None else given for given in coded], ids)

    def decision_function(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return raw scores (n texts, n labels): intercept plus what each feature adds."""
        self._check_fitted()
        parts = [self._score(found, found.word_sums(self.weights_))[0] for _, found in self._find(texts)]
        return np.vstack(parts) if parts else np.zeros((0, len(self.codebook_.ids)))

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return calibrated probabilities (n texts, n labels), labels in the codebook's order."""
        return self._probabilities(self.decision_function(texts), self._trained)

    def predict(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the labels of each text: those whose probability reaches their threshold."""
        ids = self.codebook_.ids
        return [tuple(ids[i] for i in np.flatnonzero(row)) for row in self.predict_proba(texts) >= self.limits_]

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
        parts = (paragraphs[start : start + CHUNK] for start in range(0, len(paragraphs), CHUNK))
        return [one for part in parts for one in self.tag_texts([p.text for p in part]).records(part)]

    def tag_texts(self, texts: Sequence[str]) -> TaggedTexts:
        """Return the tags of texts as arrays, for a batch that fits into memory (some hundred texts are best)."""
        self._check_fitted()
        found = self.features_.find(_texts(texts))
        word_sums = found.word_sums(self.weights_)
        raw, sentences = self._score(found, word_sums)
        scores = self._probabilities(raw, self._trained)
        given = scores >= self.limits_
        close = np.abs(_log_odds(scores) - _log_odds(self.thresholds_)) < UNSURE_BAND
        rows, labels = np.nonzero(given)
        evidence = self._explain(found, word_sums, sentences, rows, labels, STRONGEST)
        coder = f"model:{self.fingerprint_}"
        return TaggedTexts(self.codebook_.ids, scores, given, close & self._trained, evidence, coder)

    def explain(self, text: str, label: str) -> list[Evidence]:
        """Return what each word of a text adds to the raw score of a label; with the intercept they add up to it."""
        self._check_fitted()
        column = self.codebook_.ids.index(self.codebook_.sort([label])[0])
        found = self.features_.find([text])
        word_sums = found.word_sums(self.weights_)
        sentences = self._score(found, word_sums)[1]
        words = self._explain(found, word_sums, sentences, np.array([0]), np.array([column]))
        return [Evidence(text[start:end], start, end, weight) for start, end, weight in next(iter(words))]

    def learnt_from(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Tell for each text whether the model was trained on it."""
        self._check_fitted()
        return np.isin(_hashes(texts), self.seen_)

    def _find(self, texts: Sequence[str]) -> Iterator[tuple[int, Occurrences]]:
        """Yield the features of texts, some hundred texts at a time, with the number of the first."""
        for start in range(0, len(_texts(texts)), CHUNK):
            yield start, self.features_.find(texts[start : start + CHUNK])

    def _score(
        self, found: Occurrences, word_sums: NDArray[np.float32]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return raw scores of texts (n, n labels) and, before the intercept, of their sentences (m, n labels)."""
        sums = found.sentence_sums(word_sums)
        sentences = sums / found.sentence_lengths[:, None]
        whole = (found.sentences_of_text @ sums) / found.text_lengths[:, None]
        return pool(whole, sentences, found.owner, self.best_sentence_) + self.intercepts_, sentences

    def _explain(
        self, found: Occurrences, word_sums: NDArray[np.float32], sentences: NDArray[np.float64],
        texts: NDArray[np.intp], labels: NDArray[np.intp], limit: int | None = None,
    ) -> WordWeights:  # fmt: skip
        best = found.best_sentence(sentences, texts, labels)
        return weigh_words(found, word_sums, texts, labels, best, self.best_sentence_, limit)

    def _probabilities(self, raw: NDArray[Any], trained: NDArray[np.bool_]) -> NDArray[np.float64]:
        slope, shift = self.calibration_[:, 0], self.calibration_[:, 1]
        probabilities = 1 / (1 + np.exp(-(raw * slope + shift)))
        return np.where(trained, probabilities, 0.0).round(6)

    @property
    def _trained(self) -> NDArray[np.bool_]:
        return np.array([label not in self.untrained_ for label in self.codebook_.ids])

    @property
    def limits_(self) -> NDArray[np.float64]:
        """The thresholds (n labels), 1 for a label left untrained."""
        return np.where(self._trained, self.thresholds_, 1.0)

    def save(self, folder: str | Path, scores: str = "") -> str:
        """Write the model into a folder and return its fingerprint; `scores` goes into its card."""
        self._check_fitted()
        card = model_card(
            self.codebook_,
            self.untrained_,
            len(self.features_.vocabulary),
            self.data_ | {"versions": _versions()},
            scores,
        )
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
        model = cls(Codebook.from_dict(settings["codebook"]), tokenizer, settings["min_count"], settings["strength"])
        model.features_ = Features(tuple(settings["vocabulary"]), arrays["squares"], tokenizer)
        model.weights_, model.intercepts_ = arrays["weights"], arrays["intercepts"]
        model.calibration_, model.thresholds_ = arrays["calibration"], arrays["thresholds"]
        model.seen_ = arrays["seen"]
        model.best_sentence_ = settings["best_sentence"]
        model.data_ = settings["data"]
        model.untrained_, model.fingerprint_ = tuple(settings["untrained"]), name
        return model

    def _settings(self) -> dict[str, Any]:
        tokenizer = self.features_.tokenizer
        return {
            "codebook": self.codebook_.to_dict(),
            "untrained": list(self.untrained_),
            "data": self.data_,
            "min_count": self.min_count,
            "strength": self.strength,
            "best_sentence": self.best_sentence_,
            "engine": tokenizer.engine,
            "words": list(tokenizer.words),
            "vocabulary": list(self.features_.vocabulary),
        }

    def _arrays(self) -> dict[str, NDArray[Any]]:
        return {
            "squares": self.features_.squares,
            "weights": self.weights_,
            "intercepts": self.intercepts_,
            "calibration": self.calibration_,
            "thresholds": self.thresholds_,
            "seen": self.seen_,
        }

    def _check_fitted(self) -> None:
        if not hasattr(self, "features_"):
            raise NotFittedError(
                "this MechanismClassifier is not trained yet: call fit(texts, labels), "
                "or load the shipped model with MechanismClassifier.load()"
            )


def _texts(texts: Sequence[str]) -> Sequence[str]:
    if isinstance(texts, str):
        raise UsageError("expected a list of texts, not one text: write predict([text])")
    return texts


def _log_odds(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))


def _hashes(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Return a number for each text, blanks left out."""
    digests = (
        blake2b("".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts
    )
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def _data_name(texts: Sequence[str], truth: NDArray[np.bool_], mask: NDArray[np.bool_]) -> str:
    """Return twelve hex digits that stand for labelled texts."""
    digest = blake2b(np.ascontiguousarray(_hashes(texts)).tobytes(), digest_size=6)
    digest.update(np.packbits(truth).tobytes() + np.packbits(mask).tobytes())
    return digest.hexdigest()


def _versions() -> str:
    return ", ".join(f"{name} {version(name)}" for name in ("govnlp", "scikit-learn", "numpy"))
