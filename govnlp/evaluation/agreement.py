"""How far two coders agree: Krippendorff's alpha and F1, per label and together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govnlp.evaluation.scores import f1_score, label_matrix


@dataclass(frozen=True)
class Agreement:
    """Agreement on one label (or on all, label "all"): alpha, F1 of one coder against the other, positives of each."""

    label: str
    alpha: float
    f1: float
    first: int
    second: int


def krippendorff_alpha(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Return Krippendorff's alpha for two coders and a yes-or-no label (Krippendorff 2019, nominal data).

    1.0 where both say the same everywhere, also where a label never occurs.

    >>> krippendorff_alpha(np.array([True, False, True]), np.array([True, False, True]))
    1.0
    """
    total = 2 * first.size
    disagreed = int((first != second).sum())
    yes = int(first.sum() + second.sum())
    expected = 2 * yes * (total - yes) / (total - 1) if total > 1 else 0.0
    return 1.0 - 2 * disagreed / expected if expected else 1.0


def agreement(
    first: Sequence[Iterable[str]], second: Sequence[Iterable[str]], ids: Sequence[str]
) -> tuple[Agreement, ...]:
    """Compare the labels that two coders gave to the same texts; the last row is all labels together."""
    one, two = label_matrix(first, ids), label_matrix(second, ids)
    rows = [_row(label, one[:, i], two[:, i]) for i, label in enumerate(ids)]
    return (*rows, _row("all", one.ravel(), two.ravel()))


def _row(label: str, one: NDArray[np.bool_], two: NDArray[np.bool_]) -> Agreement:
    f1 = float(f1_score((one & two).sum(), one.sum(), two.sum())) if one.any() or two.any() else 1.0
    return Agreement(label, round(krippendorff_alpha(one, two), 4), round(f1, 4), int(one.sum()), int(two.sum()))
