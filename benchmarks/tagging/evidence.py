"""Whether the words shown for a label lie where a coder saw it earned: python -m benchmarks.tagging.evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.tagging.protocol import Labelled, corpus_part, fill, table
from govnlp import MechanismClassifier, Tokenizer
from govnlp.labelled.paragraphs import Mark
from govnlp.tagging.features import normalize_word

Place = tuple[int, int]
SHOWN = 3


@dataclass(frozen=True)
class Case:
    """A label given rightly: the coder's marks, the words shown, heaviest first, and all words of the paragraph."""

    marks: list[Mark]
    shown: list[Place]
    words: list[Place]

    def inside(self, places: list[Place]) -> float:
        """Return the share of places that lie inside a mark."""
        return float(np.mean([any(m.start <= start and end <= m.end for m in self.marks) for start, end in places]))


def cases(model: MechanismClassifier, test: Labelled) -> Iterator[Case]:
    """Yield the labels given rightly that a coder marked; every one of them must show words."""
    tagged, tokenizer = model.tag_texts(test.texts), Tokenizer()
    words = [[t for t in tokenizer.tokens(text) if normalize_word(t.word) is not None] for text in test.texts]
    for text, label, shown in zip(*np.nonzero(tagged.given), tagged.evidence, strict=True):
        marks = [m for m in (test.marks or [])[text] if m.label == tagged.labels[label]]
        if test.truth[text, label] and marks:
            yield Case(marks, [(start, end) for start, end, _ in shown], [(t.start, t.end) for t in words[text]])


def main() -> None:
    """Train on the train and validation parts, judge the evidence on the test part."""
    train = corpus_part("train", "validation")
    model = MechanismClassifier(train.codebook).fit(train.texts, train.labels, train.groups, marks=train.marks)
    found = list(cases(model, corpus_part("test")))
    rows: list[list[str | float]] = [
        ["the strongest word lies inside the mark", _mean([c.inside(c.shown[:1]) for c in found])],
        ["of the three strongest words, inside", _mean([c.inside(c.shown[:SHOWN]) for c in found])],
        ["one at least of the three strongest inside", _mean([c.inside(c.shown[:SHOWN]) > 0 for c in found])],
        ["a word of the paragraph drawn at random", _mean([c.inside(c.words) for c in found])],
    ]
    fill("evidence", f"{len(found)} labels given rightly.\n\n{table(['', 'share'], rows)}")


def _mean(values: list[float]) -> float:
    return float(np.mean(values))


if __name__ == "__main__":
    main()
