from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score as sklearn_f1

from govnlp.errors import UsageError
from govnlp.evaluation.scores import label_matrix, score
from govnlp.evaluation.splits import grouped_folds

IDS = ("grid", "members", "culture")
MATRICES = st.lists(st.tuples(*[st.booleans()] * 6), min_size=1, max_size=30).map(np.array)


@given(MATRICES)
def test_f1_is_scikit_learns(rows: np.ndarray) -> None:
    truth, given_ = rows[:, :3], rows[:, 3:]
    found = score(truth, given_, [str(i) for i in range(len(rows))], IDS)
    assert found.micro_f1 == pytest.approx(sklearn_f1(truth, given_, average="micro", zero_division=0), abs=1e-6)
    expected = sklearn_f1(truth, given_, average=None, zero_division=0)
    assert [s.f1 for s in found.labels] == pytest.approx(list(expected), abs=1e-6)


@given(MATRICES, st.integers(2, 5))
def test_folds_keep_groups_whole(rows: np.ndarray, folds: int) -> None:
    groups = [f"a{i % 4}" for i in range(len(rows))]
    found = grouped_folds(rows[:, :3], groups, folds)
    assert all(len(set(found[[g == name for g in groups]])) == 1 for name in set(groups))


def test_folds_spread_labels_evenly() -> None:
    truth = np.zeros((100, 2), dtype=bool)
    truth[::10, 0] = True
    folds = grouped_folds(truth, [str(i) for i in range(100)], 5)
    assert [int(truth[folds == f, 0].sum()) for f in range(5)] == [2] * 5


def test_a_label_not_looked_for_is_left_out() -> None:
    truth, given_ = np.array([[True, False, False]]), np.array([[False, True, False]])
    coded = np.array([[True, False, True]])
    assert score(truth, given_, ["a"], IDS, coded).to_dict()["micro"]["precision"] == 0.0
    assert score(truth, given_, ["a"], IDS, coded).labels[1].support == 0


def test_scores_show_themselves() -> None:
    found = score(np.eye(3, dtype=bool), np.eye(3, dtype=bool), ["a", "b", "c"], IDS)
    assert "culture" in str(found)
    assert "<table>" in found._repr_html_()
    assert found.exact == found.micro_f1 == 1.0


def test_an_unknown_label_is_named() -> None:
    with pytest.raises(UsageError, match="'gird' in row 1"):
        label_matrix([["gird"]], IDS)
