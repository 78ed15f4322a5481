"""Trains fastText on task.json of a folder and leaves scores.npz there; run by an interpreter that has fastText."""

import json
import sys
from pathlib import Path

import fasttext
import numpy as np

FIXED = {"loss": "ova", "wordNgrams": 2, "bucket": 200_000, "minCount": 1, "thread": 1, "seed": 0, "verbose": 0}


def main(folder: Path) -> None:
    """Train, then score each list of texts; one thread, so that a run gives the same again."""
    task = json.loads((folder / "task.json").read_text("utf-8"))
    lines = [
        " ".join([*(f"__label__{label}" for label in labels), text])
        for labels, text in zip(task["labels"], task["train"], strict=True)
    ]
    (folder / "train.txt").write_text("\n".join(lines) + "\n", "utf-8")
    model = fasttext.train_supervised(str(folder / "train.txt"), **FIXED, **task["setting"])
    scores = {str(i): score(model, texts, task["label_count"]) for i, texts in enumerate(task["asked"])}
    np.savez(folder / "scores.npz", **scores)


def score(model, texts: list[str], label_count: int) -> np.ndarray:  # noqa: ANN001
    """Return the probability of every label for every text."""
    scores = np.zeros((len(texts), label_count))
    for row, text in enumerate(texts):
        for probability, label in model.f.predict(text + "\n", label_count, 0.0, "strict"):
            scores[row, int(label.removeprefix("__label__"))] = min(1.0, probability)
    return scores


if __name__ == "__main__":
    main(Path(sys.argv[1]))
