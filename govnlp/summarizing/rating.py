"""How much a sentence tells: one function per method, each giving a number per sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import UsageError
from govnlp.extracting.figures import figures
from govnlp.extracting.practices import practices
from govnlp.summarizing.candidates import Sentence

Ratings = NDArray[np.float64]
_LONGEST = 160  # characters; a longer sentence lists too much to be a bullet


def rate_concrete(sentences: Sequence[Sentence], scores: NDArray[np.float64]) -> Ratings:
    """Rate by what a brief must hold: figures, named practices, mechanisms; slogans and heads get little.

    Args:
        sentences: n sentences of one article.
        scores: the label probabilities of each (n, labels).
    """
    counted = np.array([min(4, len(figures(s.text))) for s in sentences], dtype=float)
    named = np.array([min(2, len(practices(s.text))) for s in sentences], dtype=float)
    length = np.array([len(s.text) for s in sentences], dtype=float)
    certain = scores.max(axis=1) if scores.size else np.zeros(len(sentences))
    rating = 1.0 * np.sqrt(counted) + 0.6 * named + 1.0 * certain
    rating *= np.clip(length / 40, 0.2, 1) * np.clip(_LONGEST / np.maximum(length, 1), 0.6, 1)
    rating[[s.is_head for s in sentences]] = 0
    return np.asarray(rating)


def rate_lead(sentences: Sequence[Sentence], scores: NDArray[np.float64]) -> Ratings:
    """Rate by position, the first sentence highest: the baseline of every comparison."""
    return np.arange(len(sentences), 0, -1, dtype=float)


def rate_textrank(sentences: Sequence[Sentence], scores: NDArray[np.float64]) -> Ratings:
    """Rate with snownlp's TextRank over BM25 similarity (Mihalcea & Tarau 2004)."""
    from govnlp.lexicon.tokenizer import Tokenizer

    try:
        from snownlp.summary.textrank import TextRank
    except ImportError:
        raise UsageError("method 'textrank' needs snownlp: pip install snownlp") from None
    tokenizer = Tokenizer()
    rank = TextRank([tokenizer.cut(s.text) for s in sentences])
    rank.solve()
    return np.array([value for _, value in sorted(rank.top)], dtype=float)


METHODS: dict[str, Callable[[Sequence[Sentence], NDArray[np.float64]], Ratings]] = {
    "concrete": rate_concrete,
    "lead": rate_lead,
    "textrank": rate_textrank,
}
