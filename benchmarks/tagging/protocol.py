"""What all measurements of the tagger share: labelled texts, F1 by one rule, and tables put into README.md."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.train_shipped import other_real_paragraphs
from govnlp import read_labelled
from govnlp.evaluation.scores import MACRO_FLOOR, f1_score, label_matrix
from govnlp.labelled.paragraphs import LabelledParagraph, Mark, read_corpus
from govnlp.tagging.codebook import Codebook, Mechanism, load_codebook

README = Path(__file__).with_name("README.md")


@dataclass(frozen=True)
class Labelled:
    """Labelled texts: n texts, (n, n labels) truth, the group of each, and marks where a coder made them."""

    texts: list[str]
    truth: NDArray[np.bool_]
    groups: list[str]
    codebook: Codebook
    marks: list[tuple[Mark, ...]] | None = None

    def take(self, rows: NDArray[np.intp]) -> Labelled:
        """Return some of the texts."""
        return replace(
            self,
            texts=[self.texts[i] for i in rows],
            truth=self.truth[rows],
            groups=[self.groups[i] for i in rows],
            marks=self.marks and [self.marks[i] for i in rows],
        )

    @property
    def labels(self) -> list[tuple[str, ...]]:
        """The labels of each text, as ids."""
        return [tuple(self.codebook.ids[i] for i in np.flatnonzero(row)) for row in self.truth]

    @property
    def is_single(self) -> bool:
        """Whether every text has exactly one label."""
        return bool((self.truth.sum(axis=1) == 1).all())


def corpus_part(*parts: str) -> Labelled:
    """Return the paragraphs of parts of the corpus."""
    return from_paragraphs(read_corpus(parts))


def test_sets() -> dict[str, Labelled]:
    """Return the corpus's test part and, where GOVNLP_DEVSET names them, real pages and other real texts."""
    sets = {"test part": corpus_part("test")}
    folder = devset()
    if folder:
        sets["real pages"] = from_paragraphs(read_labelled(folder / "gold" / "paragraphs.jsonl"))
        sets["other real texts"] = from_paragraphs(other_real_paragraphs(folder))
    return sets


def devset() -> Path | None:
    """Return the folder of texts that are not the project's, None where there is none."""
    folder = os.environ.get("GOVNLP_DEVSET")
    if not folder:
        print("GOVNLP_DEVSET names no folder: left out what is measured there", file=sys.stderr)
    return Path(folder) if folder else None


def from_paragraphs(paragraphs: Sequence[LabelledParagraph]) -> Labelled:
    """Return coded paragraphs as arrays; those not coded are left out."""
    codebook = load_codebook()
    coded = [p for p in paragraphs if p.labels is not None]
    return Labelled(
        [p.text for p in coded],
        label_matrix([p.labels or () for p in coded], codebook.ids),
        [p.group for p in coded],
        codebook,
        [p.marks for p in coded],
    )


def others(name: str) -> tuple[Labelled, Labelled] | None:
    """Return training and test texts of a public data set with labels of its own, in its given split."""
    folder = devset()
    if folder is None:
        return None
    lines = (folder / "bench" / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    labels = [tuple(row["labels"]) if "labels" in row else (row["label"],) for row in rows]
    ids = sorted({label for own in labels for label in own})
    codebook = Codebook("1", tuple(Mechanism(label, label) for label in ids))
    everything = Labelled(
        [row["text"] for row in rows], label_matrix(labels, ids), [row["id"] for row in rows], codebook
    )
    is_test = np.array([row["split"] == "test" for row in rows])
    return everything.take(np.flatnonzero(~is_test)), everything.take(np.flatnonzero(is_test))


def micro_f1(truth: NDArray[np.bool_], given: NDArray[np.bool_]) -> float:
    """Return F1 over all labels together."""
    return float(f1_score((truth & given).sum(), given.sum(), truth.sum()))


def macro_f1(truth: NDArray[np.bool_], given: NDArray[np.bool_]) -> float:
    """Return the mean F1 of the labels with at least five positives."""
    each = f1_score((truth & given).sum(axis=0), given.sum(axis=0), truth.sum(axis=0))
    return float(each[truth.sum(axis=0) >= MACRO_FLOOR].mean())


def argmax_accuracy(truth: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """Return the share of texts whose most probable label is right."""
    return float(truth[np.arange(len(truth)), scores.argmax(axis=1)].mean())


def table(head: Sequence[str], rows: Sequence[Sequence[str | float]]) -> str:
    """Return a table as Markdown, numbers to three digits."""

    def line(cells: Sequence[str | float]) -> str:
        return "| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |"

    return "\n".join([line(head), line(["---"] * len(head)), *map(line, rows)])


def fill(name: str, text: str) -> None:
    """Print a result and put it into README.md, between the marks that bear its name."""
    print(text)
    page = README.read_text("utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    pattern = re.compile(f"{begin}.*?{end}", re.DOTALL)
    if not pattern.search(page):
        raise SystemExit(f"{README}: no place marked {begin} … {end}")
    README.write_text(pattern.sub(lambda _: f"{begin}\n{text}\n{end}", page), "utf-8")
