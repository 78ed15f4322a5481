"""Splits for multi-label data that keep groups (articles) whole and labels even."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def grouped_folds(truth: NDArray[np.bool_], groups: Sequence[str], folds: int) -> NDArray[np.intp]:
    """Return a fold number per row: no group in two folds, each label spread evenly over folds.

    Groups with the rarest labels are placed first, each into the fold that lacks its labels most (after
    Sechidis et al. 2011, On the Stratification of Multi-Label Data, with groups in place of rows).

    Args:
        truth: boolean array (n rows, n labels).
        groups: the group of each row.
        folds: how many folds; fewer are used where there are fewer groups.
    """
    names, member = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    folds = max(1, min(folds, len(names)))
    counts = np.zeros((len(names), truth.shape[1] + 1))
    np.add.at(counts, member, np.c_[truth.astype(float), np.ones(len(truth))])
    totals = np.maximum(counts.sum(axis=0), 1)
    share = counts / totals
    order = np.lexsort((names, -share.sum(axis=1)))
    filled = np.zeros((folds, counts.shape[1]))
    fold_of_group = np.zeros(len(names), dtype=np.intp)
    for group in order:
        lack = (share[group] * (1 / folds - filled / totals)).sum(axis=1)
        best = int(np.argmax(lack.round(12)))
        fold_of_group[group] = best
        filled[best] += counts[group]
    return fold_of_group[member]
