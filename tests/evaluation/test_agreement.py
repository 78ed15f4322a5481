from __future__ import annotations

import numpy as np
import pytest

from govnlp.evaluation.agreement import agreement, krippendorff_alpha

# Two coders, ten texts: worked through by hand. Pairs: 6 agree on no, 2 on yes, 2 differ; n = 20 values, 6 of them yes.
# Observed disagreement 2/10; expected 2·6·14/(20·19) = 0.4421; alpha = 1 - 0.2/0.4421.
CASES = [
    ([0, 0, 0, 0, 0, 0, 1, 1, 1, 0], [0, 0, 0, 0, 0, 0, 1, 1, 0, 1], 1 - 0.2 / (2 * 6 * 14 / (20 * 19))),
    ([0, 1], [0, 1], 1.0),
    ([0, 0], [0, 0], 1.0),
]


@pytest.mark.parametrize(("first", "second", "alpha"), CASES)
def test_alpha(first: list[int], second: list[int], alpha: float) -> None:
    assert krippendorff_alpha(np.array(first, bool), np.array(second, bool)) == pytest.approx(alpha)


def test_agreement_is_given_per_label_and_together() -> None:
    rows = agreement([("grid",), ("members",), ()], [("grid",), (), ()], ("grid", "members"))
    assert [(r.label, r.f1) for r in rows] == [("grid", 1.0), ("members", 0.0), ("all", pytest.approx(0.6667))]
