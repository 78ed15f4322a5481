"""What a summary chooses from: the sentences of an article's paragraphs, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.script import to_simplified
from govnlp.lexicon.sentences import has_run_in_head, sentence_spans
from govnlp.records import Article, Paragraph
from govnlp.summarizing.pairs import Pairs

# 。 and what closes quotes and brackets behind it; …… ends a sentence too.
_WHOLE = re.compile(r"[。！？…][”’」』）)》]*\Z")


@dataclass(frozen=True)
class Sentence:
    """A sentence and its place in its paragraph and article.

    Attributes:
        is_head: it is only a run-in head, as 织密组织体系。 before the sentences of its paragraph.
        section: number of its section in the article.
        row: number of its paragraph in the article.
    """

    text: str
    paragraph: Paragraph
    start: int
    end: int
    is_head: bool
    section: int = 0
    row: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it is a sentence to its end: no head, no line that lacks its full stop."""
        return not self.is_head and _WHOLE.search(self.text) is not None


def split_sentences(paragraph: Paragraph, section: int = 0, row: int = 0) -> list[Sentence]:
    """Return the sentences of a paragraph; joined they are its text."""
    text = paragraph.text
    spans = sentence_spans(text)
    headed = has_run_in_head(text, spans)
    return [Sentence(text[a:b], paragraph, a, b, headed and a == 0, section, row) for a, b in spans]


def article_sentences(article: Article) -> list[Sentence]:
    """Return the sentences of an article in reading order."""
    placed = [(number, paragraph) for number, one in enumerate(article.sections) for paragraph in one.paragraphs]
    return [s for row, (section, paragraph) in enumerate(placed) for s in split_sentences(paragraph, section, row)]


@dataclass(frozen=True)
class Candidates:
    """The sentences of one article with what the classifier says of each.

    Attributes:
        sentences: n sentences in reading order.
        scores: the probability of each mechanism (n, labels).
        limits: the mechanisms' thresholds (labels).
    """

    sentences: list[Sentence]
    scores: NDArray[np.float64]
    limits: NDArray[np.float64]

    @cached_property
    def texts(self) -> list[str]:
        """The sentences' texts in simplified characters."""
        return [to_simplified(sentence.text) for sentence in self.sentences]

    @cached_property
    def pairs(self) -> Pairs:
        """The pairs of characters of each sentence."""
        return Pairs.of(self.texts)

    @cached_property
    def mechanism(self) -> NDArray[np.intp]:
        """The number of each sentence's likeliest mechanism, -1 where none reaches its threshold (n)."""
        if not self.scores.shape[1]:
            return np.full(len(self.sentences), -1)
        given = (self.scores >= self.limits).any(axis=1)
        return np.where(given, np.where(self.scores >= self.limits, self.scores, 0).argmax(axis=1), -1)
