"""Why a label was given: the words of the paragraph, their places, and what each adds to the raw score.

An occurrence of a word gives its share of the raw score to that word; a pair of characters gives its share to the word
in which it begins. So the weights of all words and the intercept add up to the raw score.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from govnlp.tagging.occurrences import Occurrences


@dataclass(frozen=True)
class WordWeights:
    """What words add to raw scores, for k given labels of n texts.

    Attributes:
        bounds: (k + 1) where the words of each given label begin, and where the last end.
        starts, ends: the place of each word in its text.
        weights: what each adds.
    """

    bounds: NDArray[np.intp]
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    weights: NDArray[np.float64]

    def __iter__(self) -> Iterator[list[tuple[int, int, float]]]:
        """Yield for each given label its words as (start, end, weight)."""
        rows = list(zip(self.starts.tolist(), self.ends.tolist(), self.weights.tolist(), strict=True))
        bounds = self.bounds.tolist()
        return (rows[start:end] for start, end in pairwise(bounds))


def weigh_words(
    found: Occurrences,
    word_sums: NDArray[np.float32],
    texts: NDArray[np.intp],
    labels: NDArray[np.intp],
    best: NDArray[np.intp],
    share_of_best: float,
    limit: int | None = None,
) -> WordWeights:
    """Return what every word of a text adds to the raw score of a label, for k pairs of text and label.

    Args:
        found: the occurrences in all texts.
        word_sums: (words, n labels) the summed weights of what begins in each word.
        texts: (k) the text of each pair.
        labels: (k) its label.
        best: (k) the sentence that scored best.
        share_of_best: the weight of the best sentence in the raw score.
        limit: with one, only the words that speak for the label, heaviest first, at most so many.
    """
    words = np.diff(found.words_of_text)[texts]
    bounds = np.concatenate([[0], np.cumsum(words)])
    word = np.arange(bounds[-1]) + np.repeat(found.words_of_text[texts] - bounds[:-1], words)
    in_text = (1 - share_of_best) / found.text_lengths[texts]
    in_best = share_of_best / found.sentence_lengths[best] if len(found.owner) else np.zeros(len(texts))
    scale = np.repeat(in_text, words) + np.where(
        found.sentence_of_word[word] == np.repeat(best, words), np.repeat(in_best, words), 0.0
    )
    weights = word_sums[word, np.repeat(labels, words)] * scale
    if limit is not None:
        chosen, bounds = _heaviest(weights, bounds, limit)
        word, weights = word[chosen], weights[chosen]
    origin = np.repeat(found.text_bounds[texts], np.diff(bounds))
    return WordWeights(bounds, found.word_bounds[word] - origin, found.word_bounds[word + 1] - origin, weights.round(6))


def _heaviest(
    weights: NDArray[np.float64], bounds: NDArray[np.intp], limit: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places of the heaviest positive weights of each run, at most `limit`, and where each run's begin."""
    runs = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    speaking = np.flatnonzero(weights > np.maximum(0, _passed_by(weights, bounds, limit))[runs])
    scale = weights.max(initial=0.0) + 1  # one sort instead of two: first by run, within it by weight
    order = speaking[np.argsort(runs[speaking] - weights[speaking] / scale, kind="stable")]
    first = np.searchsorted(runs[order], np.arange(len(bounds)))
    chosen = order[np.arange(len(order)) - first[runs[order]] < limit]
    return chosen, np.searchsorted(runs[chosen], np.arange(len(bounds)))


def _passed_by(weights: NDArray[np.float64], bounds: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    """Return for each run a weight below which `count` others are heavier: few are left to sort.

    It is just below the least of the heaviest weights of `count` parts of the run.
    """
    lengths = np.diff(bounds)
    parts = bounds[:-1, None] + lengths[:, None] * np.arange(count) // count
    long = np.flatnonzero(lengths >= count)
    passed = np.full(len(lengths), -np.inf)
    if len(long):
        ends = np.append(parts[long], bounds[long + 1, None], axis=1)
        heaviest = np.maximum.reduceat(np.append(weights, 0.0), ends.ravel()).reshape(ends.shape)[:, :-1]
        passed[long] = np.nextafter(heaviest.min(axis=1), -np.inf)
    return passed
