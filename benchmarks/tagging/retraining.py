"""govnlp and others retrained on labels that are not the project's: python -m benchmarks.tagging.retraining.

Headlines and sentences without articles or marks, in the split that they came with.
"""

from __future__ import annotations

from benchmarks.tagging.protocol import argmax_accuracy, fill, macro_f1, micro_f1, others, table
from benchmarks.tagging.systems import fasttext, govnlp, logistic

SETS = {
    "multilabel_events": "sentences of news, one or more of 65 kinds of event",
    "topic_thucnews": "headlines, one of 10 topics",
}


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
    main()
