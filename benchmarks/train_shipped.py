"""Make the shipped model from corpus/ alone, or check that it is what corpus/ makes.

    python benchmarks/train_shipped.py            writes models/mechanisms
    python benchmarks/train_shipped.py --check    fails if the shipped model scores below its floors

The floors (models/mechanisms/floors.json) are lower bounds per test set: F1 on the corpus's test part and, where
GOVNLP_DEVSET names the development set, on the real pages' gold and on 294 paragraphs of its other real texts, whose
labels (benchmarks/tagging/real_labels.jsonl: text, number of the paragraph, labels) are those of two readers, settled
by a third.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from govnlp import MechanismClassifier, evaluate, read_labelled
from govnlp.evaluation.scores import Scores
from govnlp.labelled.paragraphs import LabelledParagraph, read_corpus
from govnlp.tagging.training import SHIPPED, train

HERE = Path(__file__).resolve().parent
MODEL = HERE.parent / "models" / "mechanisms"


def main() -> int:
    """Train or check."""
    if "--check" in sys.argv:
        return check()
    corpus = read_corpus(("train", "validation"))
    classifier = train(corpus, progress=lambda line: print(line, file=sys.stderr), settings=SHIPPED)
    scores = {name: evaluate(classifier, rows) for name, rows in test_sets().items()}
    name = classifier.save(MODEL, "\n\n".join(f"On {name}:\n\n```\n{found}\n```" for name, found in scores.items()))
    for name_, found in scores.items():
        print(f"{name_}: {line(found)}")
    print(f"wrote model {name} from {len(corpus)} paragraphs to {MODEL}")
    return 0


def test_sets() -> dict[str, list]:
    """Return the test sets at hand: the corpus's test part, and the real pages where they are."""
    sets = {"the corpus's test part": read_corpus(("test",))}
    devset = os.environ.get("GOVNLP_DEVSET")
    if devset:
        sets["real pages (development set)"] = read_labelled(Path(devset) / "gold" / "paragraphs.jsonl")
        sets["other real texts (development set)"] = other_real_paragraphs(Path(devset))
    return sets


def other_real_paragraphs(devset: Path) -> list[LabelledParagraph]:
    """Return the coded paragraphs of the development set's other real texts: news, broadcasts, short cases."""
    texts = {row["id"]: row["text"].split("\n") for row in _rows(devset / "real" / "governance.jsonl")}
    return [
        LabelledParagraph(
            id=f"{row['text']}-{row['paragraph']}",
            text=texts[row["text"]][row["paragraph"]].strip(),
            labels=tuple(row["labels"]),
            group=row["text"],
        )
        for row in _rows(HERE / "tagging" / "real_labels.jsonl")
    ]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def line(scores: Scores) -> str:
    """Return micro and macro figures in one line."""
    return (
        f"micro P {scores.micro_precision:.3f} R {scores.micro_recall:.3f} F1 {scores.micro_f1:.3f} "
        f"[{scores.micro_low:.3f}, {scores.micro_high:.3f}] macro F1 {scores.macro_f1:.3f} exact {scores.exact:.3f} "
        f"({scores.texts} paragraphs, {scores.groups} articles)"
    )


def check() -> int:
    """Compare the shipped model with its floors."""
    floors = json.loads((MODEL / "floors.json").read_text("utf-8"))
    classifier = MechanismClassifier.load(MODEL)
    failed = 0
    for name, rows in test_sets().items():
        found = evaluate(classifier, rows)
        print(f"{name}: {line(found)}")
        for key, value in (("micro_f1", found.micro_f1), ("macro_f1", found.macro_f1)):
            if value < floors[name][key]:
                print(f"  below its floor: {key} {value:.3f} < {floors[name][key]}")
                failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
