"""Where scores come from: calibration, confusions, the dial between precision and recall, the worst errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.evaluation.scores import f1_score

BINS = 10
SHIFTS = (-2.0, -1.5, -1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0, 1.5, 2.0)  # of all thresholds, in log-odds
WORST = 20


@dataclass(frozen=True)
class CalibrationBin:
    """Scores from `low` to `high`: their mean, the share of labels that were right, and how many there are."""

    low: float
    high: float
    mean_score: float
    share_true: float
    n: int


@dataclass(frozen=True)
class Confusion:
    """How often a paragraph had `given` wrongly where `missed` was missing."""

    missed: str
    given: str
    n: int


@dataclass(frozen=True)
class DialPoint:
    """Micro precision, recall and F1 with all thresholds shifted by some log-odds."""

    shift: float
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class LabelError:
    """A label wrongly given (`kind` wrong) or missed, the score, and how far it was from the threshold (log-odds)."""

    id: str
    label: str
    kind: str
    score: float
    distance: float
    text: str


@dataclass(frozen=True)
class Diagnostics:
    """What stands behind a model's scores on a test set.

    `calibration_error` is the mean difference between scores and shares that were right, weighed by the number of
    scores; `trained_on` are the ids of texts that the model had learnt from.
    """

    calibration: tuple[CalibrationBin, ...]
    calibration_error: float
    confusions: tuple[Confusion, ...]
    dial: tuple[DialPoint, ...]
    worst: tuple[LabelError, ...]
    trained_on: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return all figures as plain JSON."""
        return asdict(self)


def diagnose(
    truth: NDArray[np.bool_],
    scores: NDArray[np.float64],
    thresholds: NDArray[np.float64],
    coded: NDArray[np.bool_],
    ids: Sequence[str],
    names: Sequence[str],
    texts: Sequence[str],
    trained_on: Sequence[str] = (),
) -> Diagnostics:
    """Look behind the scores of a model.

    Args:
        truth: (n texts, n labels) the labels that coders gave.
        scores: (n texts, n labels) the model's probabilities.
        thresholds: (n labels); a score of at least its threshold gives the label.
        coded: (n texts, n labels) which labels were looked for.
        ids: the labels.
        names: an id for each text.
        texts: the texts.
        trained_on: names of texts that the model had learnt from.
    """
    given = scores >= thresholds
    bins, error = _calibration(truth[coded], scores[coded])
    distance = _log_odds(scores) - _log_odds(thresholds)
    wrong = (truth != given) & coded
    rows, columns = np.nonzero(wrong)
    order = np.argsort(-np.abs(distance[wrong]), kind="stable")[:WORST]
    worst = tuple(
        LabelError(
            names[i], ids[j], "wrong" if given[i, j] else "missed", float(scores[i, j]),
            round(float(distance[i, j]), 3), texts[i],
        )
        for i, j in zip(rows[order], columns[order], strict=True)
    )  # fmt: skip
    return Diagnostics(
        bins, error, _confusions(truth & ~given & coded, given & ~truth & coded, ids),
        tuple(_dial_point(truth, distance >= shift, coded, shift) for shift in SHIFTS), worst, tuple(trained_on),
    )  # fmt: skip


def _calibration(truth: NDArray[np.bool_], scores: NDArray[np.float64]) -> tuple[tuple[CalibrationBin, ...], float]:
    number = np.minimum((scores * BINS).astype(int), BINS - 1)
    n = np.bincount(number, minlength=BINS)
    mean = np.bincount(number, scores, BINS) / np.maximum(n, 1)
    share = np.bincount(number, truth, BINS) / np.maximum(n, 1)
    error = float((n * np.abs(mean - share)).sum() / max(1, n.sum()))
    bins = tuple(
        CalibrationBin(i / BINS, (i + 1) / BINS, round(float(mean[i]), 4), round(float(share[i]), 4), int(n[i]))
        for i in range(BINS)
    )
    return bins, round(error, 4)


def _confusions(missed: NDArray[np.bool_], wrong: NDArray[np.bool_], ids: Sequence[str]) -> tuple[Confusion, ...]:
    counts = missed.T.astype(int) @ wrong.astype(int)
    pairs = sorted(zip(*np.nonzero(counts), strict=True), key=lambda pair: (-counts[pair], pair))
    return tuple(Confusion(ids[i], ids[j], int(counts[i, j])) for i, j in pairs)


def _dial_point(
    truth: NDArray[np.bool_], given: NDArray[np.bool_], coded: NDArray[np.bool_], shift: float
) -> DialPoint:
    hits, gave, true = int((truth & given & coded).sum()), int((given & coded).sum()), int((truth & coded).sum())
    precision, recall = hits / max(1, gave), hits / max(1, true)
    return DialPoint(shift, round(precision, 4), round(recall, 4), round(float(f1_score(hits, gave, true)), 4))


def _log_odds(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))
