"""The known features of texts, place by place: what scores, evidence and training rows are made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.records import Span


@dataclass(frozen=True)
class Occurrences:
    """The known features of n texts, place by place; places count through all texts together.

    Attributes:
        columns: the feature of each of k occurrences, word by word.
        word: the word in which each begins, ascending.
        squares: what each adds to the square of a row's length.
        owner: the text of each of m sentences.
        sentence_bounds, word_bounds, text_bounds: where each begins, and where the last ends.
        features: how many features there are.
    """

    columns: NDArray[np.int32]
    word: NDArray[np.intp]
    squares: NDArray[np.float32]
    owner: NDArray[np.intp]
    sentence_bounds: NDArray[np.intp]
    word_bounds: NDArray[np.intp]
    text_bounds: NDArray[np.intp]
    features: int

    @cached_property
    def words_of_text(self) -> NDArray[np.intp]:
        """The first word of each text, and the number of words."""
        return np.searchsorted(self.word_bounds, self.text_bounds)

    @cached_property
    def sentence_of_word(self) -> NDArray[np.intp]:
        """The sentence in which each word begins."""
        words = np.searchsorted(self.word_bounds[:-1], self.sentence_bounds)
        return np.repeat(np.arange(len(self.owner)), np.diff(words))

    @property
    def spans(self) -> list[Span]:
        """The place of each sentence in its text."""
        origin = self.text_bounds[self.owner]
        return list(
            zip(
                (self.sentence_bounds[:-1] - origin).tolist(), (self.sentence_bounds[1:] - origin).tolist(), strict=True
            )
        )

    @cached_property
    def sentence_lengths(self) -> NDArray[np.float64]:
        """The length of each sentence, 1 where nothing is known."""
        return _lengths(self._squares)

    @cached_property
    def text_lengths(self) -> NDArray[np.float64]:
        """The length of each text, 1 where nothing is known."""
        return _lengths(self.sentences_of_text @ self._squares)

    @cached_property
    def _squares(self) -> NDArray[np.float64]:
        return np.asarray(np.bincount(self.sentence_of_word[self.word], self.squares, len(self.owner)), np.float64)

    @cached_property
    def sentences_of_text(self) -> Any:
        """CSR matrix (n, m): which sentences make which text."""
        return _membership(self.owner, len(self.text_bounds) - 1)

    def word_sums(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each word the sum of the weights (features, n labels) of the occurrences that begin in it."""
        from scipy.sparse import csr_matrix

        bounds = _bounds(self.word, len(self.word_bounds) - 1)
        shape = (len(self.word_bounds) - 1, self.features)
        return np.asarray(csr_matrix((np.ones(len(self.columns), np.float32), self.columns, bounds), shape) @ weights)

    def sentence_sums(self, word_sums: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return for each sentence the sum of its words' sums (words, n labels)."""
        return np.asarray(_membership(self.sentence_of_word, len(self.owner)) @ word_sums, dtype=np.float64)

    def best_sentence(
        self, scores: NDArray[np.float64], texts: NDArray[np.intp], labels: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Return, for pairs of text and label, the text's sentence that scores best (m, n labels); none: any."""
        best = np.zeros((len(self.text_bounds) - 1, scores.shape[1]), np.intp)
        having, first = np.unique(self.owner, return_index=True)
        if len(having):
            most = np.repeat(np.maximum.reduceat(scores, first), np.diff(first, append=len(self.owner)), axis=0)
            places = np.where(scores == most, np.arange(len(scores))[:, None], len(scores))
            best[having] = np.minimum.reduceat(places, first)
        return np.asarray(best[texts, labels])

    def rows(self, projection: Any) -> Any:
        """Return the rows of the texts, through a matrix (features, columns), as CSR matrix (n, columns)."""
        return self._matrix(self.owner[self.sentence_of_word[self.word]], self.text_lengths) @ projection

    def sentence_rows(self, projection: Any) -> Any:
        """Return the rows of the sentences, through a matrix (features, columns), as CSR matrix (m, columns)."""
        return self._matrix(self.sentence_of_word[self.word], self.sentence_lengths) @ projection

    def _matrix(self, row: NDArray[np.intp], lengths: NDArray[np.float64]) -> Any:
        from scipy.sparse import csr_matrix

        weights = (1 / lengths[row]).astype(np.float32)
        return csr_matrix((weights, (row, self.columns)), (len(lengths), self.features))


def _lengths(squares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.sqrt(np.where(squares > 0, squares, 1.0)))


def _membership(owner: NDArray[np.intp], rows: int) -> Any:
    """Return which things (in order of their owners) belong to which of so many owners, as CSR matrix."""
    from scipy.sparse import csr_matrix

    members = np.arange(len(owner), dtype=np.int32)
    return csr_matrix((np.ones(len(owner), np.float32), members, _bounds(owner, rows)), (rows, len(owner)))


def _bounds(owner: NDArray[np.intp], owners: int) -> NDArray[np.int32]:
    """Return where the things of each owner begin, and where the last end, for things in order of their owners."""
    return np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=owners))]).astype(np.int32)
