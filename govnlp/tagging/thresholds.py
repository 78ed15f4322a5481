"""One threshold per label, found on out-of-fold probabilities, shrunk towards the common one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GRID = np.round(np.arange(0.05, 0.96, 0.01), 2)
SHRINKAGE = 300.0  # positives at which a label's own threshold and the common one weigh the same; see benchmarks/


def f1_by_threshold(truth: NDArray[np.bool_], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return F1 at each value of GRID, for truth and scores of any one shape."""
    given = scores[..., None] >= GRID
    positives = truth[..., None]
    axes = tuple(range(truth.ndim))
    hits = (given & positives).sum(axis=axes)
    return np.asarray(2 * hits / np.maximum(1, given.sum(axis=axes) + truth.sum()))


def find_thresholds(
    truth: NDArray[np.bool_], scores: NDArray[np.float64], coded: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return one threshold per label, for arrays (n texts, n labels); rows not coded for a label are left out.

    A label with few positives keeps close to the threshold that is best for all labels together.
    """
    flat = coded.ravel()
    common = float(GRID[f1_by_threshold(truth.ravel()[flat], scores.ravel()[flat]).argmax()])
    thresholds = np.full(truth.shape[1], common)
    for label in range(truth.shape[1]):
        rows = coded[:, label]
        positives = int(truth[rows, label].sum())
        if positives:
            own = float(GRID[f1_by_threshold(truth[rows, label], scores[rows, label]).argmax()])
            thresholds[label] = (positives * own + SHRINKAGE * common) / (positives + SHRINKAGE)
    return thresholds.round(6)
