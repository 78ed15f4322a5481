"""Why a label was given: the words of the paragraph, their places, and what each adds to the raw score.

An occurrence of a word gives its share of the raw score to that word; a pair of characters gives half of its share
to the word of each character. So the weights of all words and the intercept add up to the raw score.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from govnlp.tagging.occurrences import Occurrences

STRONGEST = 5  # words shown for a label


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

    def heaviest(self, limit: int = STRONGEST) -> WordWeights:
        """Return the words that speak for each given label, heaviest first, at most `limit`."""
        given = np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))
        speaking = np.flatnonzero(self.weights > 0)
        weights = self.weights[speaking]
        scale = weights.max(initial=0.0) + 1  # one sort instead of two: first by label, within it by weight
        order = speaking[np.argsort(given[speaking] - weights / scale, kind="stable")]
        first = np.searchsorted(given[order], np.arange(len(self.bounds)))
        rank = np.arange(len(order)) - first[given[order]]
        chosen = order[rank < limit]
        bounds = np.searchsorted(given[chosen], np.arange(len(self.bounds)))
        return WordWeights(bounds, self.starts[chosen], self.ends[chosen], self.weights[chosen])


def weigh_words(
    found: Occurrences,
    weights: NDArray[np.float32],
    texts: NDArray[np.intp],
    labels: NDArray[np.intp],
    best: NDArray[np.intp],
    share_of_best: float,
) -> WordWeights:
    """Return what every word of a text adds to the raw score of a label, for k pairs of text and label.

    Args:
        found: the occurrences in all texts.
        weights: (features, n labels), idf included.
        texts: (k) the text of each pair.
        labels: (k) its label.
        best: (k) the sentence that scored best.
        share_of_best: the weight of the best sentence in the raw score.
    """
    place, pair = _expand(found.occurrences_of_text, texts)
    shares = weights[found.columns[place], labels[pair]] * (
        ((1 - share_of_best) / found.text_lengths[texts])[pair]
        + (found.sentence[place] == best[pair]) * share_of_best / found.sentence_lengths[found.sentence[place]]
    )
    word, _ = _expand(found.words_of_text, texts)
    bounds = np.concatenate([[0], np.cumsum(np.diff(found.words_of_text)[texts])]).astype(np.intp)
    shift = (bounds[:-1] - found.words_of_text[texts])[pair]
    total = sum(np.bincount(words[place] + shift, shares / 2, len(word)) for words in found.words)
    origin = np.repeat(found.text_bounds[texts], np.diff(bounds))
    return WordWeights(
        bounds,
        found.word_bounds[word] - origin,
        found.word_bounds[word + 1] - origin,
        np.asarray(total, dtype=np.float64).round(6),
    )


def _expand(bounds: NDArray[np.intp], chosen: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the members of chosen runs one behind the other, and which choice each belongs to."""
    lengths = np.diff(bounds)[chosen]
    owner = np.repeat(np.arange(len(chosen)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.arange(len(owner)) - before[owner] + bounds[chosen][owner], owner
