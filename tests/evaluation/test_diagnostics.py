from __future__ import annotations

from itertools import pairwise

import numpy as np

from govnlp.evaluation.diagnostics import SHIFTS, Confusion, diagnose

IDS = ("grid", "disputes")
TRUTH = np.array([[1, 0], [1, 0], [0, 1], [0, 0]], dtype=bool)
SCORES = np.array([[0.9, 0.1], [0.3, 0.8], [0.1, 0.6], [0.3, 0.1]])
ALL = np.ones_like(TRUTH)


def look(coded=ALL):
    texts = ["划分网格。", "配备网格员。", "调解纠纷。", "晚风吹过。"]
    return diagnose(TRUTH, SCORES, np.array([0.5, 0.5]), coded, IDS, ["a", "b", "c", "d"], texts, ["c"])


def test_errors_are_named_with_the_surest_first() -> None:
    worst = look().worst
    assert [(e.id, e.label, e.kind) for e in worst] == [("b", "disputes", "wrong"), ("b", "grid", "missed")]
    assert worst[0].text == "配备网格员。"
    assert worst[0].distance > 0 > worst[1].distance


def test_confusions_pair_the_missing_label_with_the_wrong_one() -> None:
    assert look().confusions == (Confusion("grid", "disputes", 1),)


def test_higher_thresholds_give_less_recall() -> None:
    dial = look().dial
    assert [point.shift for point in dial] == list(SHIFTS)
    assert all(a.recall >= b.recall for a, b in pairwise(dial))
    middle = dial[SHIFTS.index(0.0)]
    assert (middle.precision, middle.recall) == (0.6667, 0.6667)


def test_calibration_counts_every_score_once() -> None:
    found = look()
    assert sum(b.n for b in found.calibration) == TRUTH.size
    ninety = found.calibration[9]
    assert (ninety.n, ninety.mean_score, ninety.share_true) == (1, 0.9, 1.0)
    assert 0 < found.calibration_error < 1


def test_what_was_not_looked_for_is_left_out() -> None:
    coded = ALL.copy()
    coded[1] = False
    assert look(coded).worst == ()
    assert sum(b.n for b in look(coded).calibration) == TRUTH.size - 2
