"""govnlp and others retrained on labels that are not the project's: python -m benchmarks.tagging.retraining.

Headlines and sentences without articles or marks, in the split that they came with. `--strengths` prints instead what
other values of C reach out of fold on the training split alone; the test split is not looked at.
"""

from __future__ import annotations

import sys
from unittest.mock import patch

from benchmarks.tagging.protocol import argmax_accuracy, fill, macro_f1, micro_f1, others, table
from benchmarks.tagging.systems import fasttext, govnlp, logistic
from govnlp import MechanismClassifier
from govnlp.tagging import learning

SETS = {
    "multilabel_events": "sentences of news, one or more of 65 kinds of event",
    "topic_thucnews": "headlines, one of 10 topics",
}
STRENGTHS = (0.25, 0.5, 1.0, 2.0)


def strengths() -> None:
    """Print micro F1 out of fold for some values of C."""
    for name in SETS:
        split = others(name)
        for strength in STRENGTHS if split else ():
            train = split[0]
            with patch.object(learning, "STRENGTH", strength):
                model = MechanismClassifier(train.codebook).fit(train.texts, train.labels, train.groups)
            found = micro_f1(train.truth, model.held_out_scores_ >= model.limits_)
            print(f"{name}, C = {strength}: micro F1 out of fold {found:.4f}", flush=True)


def main() -> None:
    """Train every system on the training split of each set, ask it for the test split."""
    parts = []
    for name, what in SETS.items():
        split = others(name)
        if split is None:
            return
        train, test = split
        rows: list[list[str | float]] = []
        for system in (govnlp, logistic, fasttext):
            for variant, (said,) in system(train, [test.texts]).items():
                rows.append([variant, micro_f1(test.truth, said.given), macro_f1(test.truth, said.given)])
                rows[-1].append(argmax_accuracy(test.truth, said.scores) if test.is_single else "—")
        count = f"{name} ({what}): trained on {len(train.texts)}, tested on {len(test.texts)}."
        parts.append(f"{count}\n\n{table(['system', 'micro F1', 'macro F1', 'accuracy by argmax'], rows)}")
    fill("retraining", "\n\n".join(parts))


if __name__ == "__main__":
    strengths() if "--strengths" in sys.argv else main()
