"""The learned rating: how likely a coder would choose a sentence for a brief, as one logistic regression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.resources import data_path
from govnlp.summarizing.candidates import Candidates
from govnlp.summarizing.features import as_matrix, describe
from govnlp.summarizing.pairs import Pairs
from govnlp.summarizing.selection import Balance
from govnlp.tagging.persistence import Arrays, load_model, save_model

KIND = "govnlp-rating"


@dataclass(frozen=True)
class RatingModel:
    """What a sentence's features and pairs of characters say for it; plain numbers.

    Attributes:
        weights: of each feature, by name.
        intercept: what is added to their sum.
        pair_names: the pairs known, ascending (k).
        pair_weights: of each; a sentence has their sum over the root of its number of known pairs (k).
        threshold: a sentence less likely than that is no bullet.
        balance: how worth falls with what is covered.
        data: what it learnt from.
    """

    weights: Mapping[str, float]
    intercept: float
    pair_names: NDArray[np.int64]
    pair_weights: NDArray[np.float32]
    threshold: float
    balance: Balance
    data: Mapping[str, Any]

    def probabilities(self, candidates: Candidates) -> NDArray[np.float64]:
        """Return how likely each sentence is a key sentence (n)."""
        names = list(self.weights)
        dense = as_matrix(describe(candidates), names) @ np.array([self.weights[name] for name in names])
        raw = dense + self._wording(candidates.pairs) + self.intercept
        return np.asarray(1 / (1 + np.exp(-raw)))

    def _wording(self, pairs: Pairs) -> NDArray[np.float64]:
        place = np.minimum(np.searchsorted(self.pair_names, pairs.names), len(self.pair_names) - 1)
        known = self.pair_names[place] == pairs.names
        sums = pairs.sums(np.where(known, self.pair_weights[place], 0).astype(float))
        return sums / np.sqrt(np.maximum(1, pairs.sums(known.astype(float))))

    def save(self, folder: str | Path, card: str) -> str:
        """Write the model into a folder and return its fingerprint."""
        settings: dict[str, Any] = {
            "weights": dict(self.weights),
            "intercept": self.intercept,
            "threshold": self.threshold,
            "balance": vars(self.balance),
            "data": dict(self.data),
        }
        arrays: Arrays = {"pair_names": self.pair_names, "pair_weights": self.pair_weights}
        return save_model(folder, settings, arrays, card, KIND)

    @classmethod
    def load(cls, folder: str | Path) -> RatingModel:
        """Load a saved model.

        Raises:
            ModelError: the folder holds no rating of this govnlp, or its files were changed.
        """
        settings, arrays, _ = load_model(folder, KIND)
        return cls(
            weights=settings["weights"],
            intercept=settings["intercept"],
            pair_names=arrays["pair_names"],
            pair_weights=arrays["pair_weights"],
            threshold=settings["threshold"],
            balance=Balance(**settings["balance"]),
            data=settings["data"],
        )


@cache
def shipped_rating() -> RatingModel:
    """Return the shipped model, loaded once a process."""
    return RatingModel.load(data_path("models", "rating"))
