"""How much a sentence tells: one function per method, each giving a number per sentence."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import UsageError
from govnlp.summarizing.candidates import Candidates
from govnlp.summarizing.features import NUMBER
from govnlp.summarizing.rating_model import shipped_rating

Ratings = NDArray[np.float64]
DEFAULT = "learned"


def rate_learned(candidates: Candidates) -> Ratings:
    """Rate by how likely a coder would choose the sentence (models/rating)."""
    return shipped_rating().probabilities(candidates)


def rate_figures(candidates: Candidates) -> Ratings:
    """Rate by the number of printed figures alone: a baseline."""
    return np.array([len(NUMBER.findall(text)) for text in candidates.texts], dtype=float)


def rate_centroid(candidates: Candidates) -> Ratings:
    """Rate by the cosine to the whole article, over pairs of characters (Radev et al. 2004)."""
    return candidates.pairs.centrality()


def rate_lead(candidates: Candidates) -> Ratings:
    """Rate by position, the first sentence highest: the baseline of every comparison."""
    return np.arange(len(candidates.sentences), 0, -1, dtype=float)


def rate_textrank(candidates: Candidates) -> Ratings:
    """Rate with snownlp's TextRank over BM25 similarity (Mihalcea & Tarau 2004)."""
    from govnlp.lexicon.tokenizer import Tokenizer

    try:
        from snownlp.summary.textrank import TextRank
    except ImportError:
        raise UsageError("method 'textrank' needs snownlp: pip install snownlp") from None
    tokenizer = Tokenizer()
    rank = TextRank([tokenizer.cut(text) for text in candidates.texts])
    rank.solve()
    return np.array([value for _, value in sorted(rank.top)], dtype=float)


METHODS: dict[str, Callable[[Candidates], Ratings]] = {
    "learned": rate_learned,
    "figures": rate_figures,
    "centroid": rate_centroid,
    "lead": rate_lead,
    "textrank": rate_textrank,
}
