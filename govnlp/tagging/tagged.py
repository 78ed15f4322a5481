"""Tags of many texts as arrays, and as records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from govnlp.records import Evidence, Paragraph, Tag, TaggedParagraph
from govnlp.tagging.evidence import WordWeights


@dataclass(frozen=True)
class TaggedTexts:
    """The tags of n texts.

    Attributes:
        labels: the ids of the codebook, in its order.
        scores: (n, n labels) calibrated probabilities, to six digits.
        given: (n, n labels) which labels reach their threshold.
        unsure: (n, n labels) which labels are close to it.
        evidence: the heaviest words of each given label, text by text in the order of `labels`.
        coder: the model's signature.
    """

    labels: tuple[str, ...]
    scores: NDArray[np.float64]
    given: NDArray[np.bool_]
    unsure: NDArray[np.bool_]
    evidence: WordWeights
    coder: str

    def records(self, paragraphs: Sequence[Paragraph]) -> Iterator[TaggedParagraph]:
        """Yield the tags of each text as a record."""
        evidence = iter(self.evidence)
        given, unsure = _columns(self.given), _columns(self.unsure)
        for paragraph, scores, own, close in zip(paragraphs, self.scores.tolist(), given, unsure, strict=True):
            tags = tuple(Tag(self.labels[i], scores[i], _records(paragraph.text, next(evidence))) for i in own)
            scored = dict(zip(self.labels, scores, strict=True))
            yield TaggedParagraph(paragraph, tags, tuple(self.labels[i] for i in close), scored, self.coder)


def _columns(chosen: NDArray[np.bool_]) -> Iterator[list[int]]:
    """Yield for each row the numbers of its chosen columns."""
    columns = np.nonzero(chosen)[1].tolist()
    bounds = np.concatenate([[0], np.cumsum(chosen.sum(axis=1))]).tolist()
    return (columns[start:end] for start, end in pairwise(bounds))


def _records(text: str, words: Sequence[tuple[int, int, float]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(text[start:end], start, end, weight) for start, end, weight in words)
