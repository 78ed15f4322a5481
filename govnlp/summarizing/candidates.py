"""What a summary chooses from: the sentences of an article's paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from govnlp.lexicon.sentences import has_run_in_head, sentence_spans
from govnlp.records import Paragraph


@dataclass(frozen=True)
class Sentence:
    """A sentence and its place in its paragraph; `is_head` where it is only a run-in head."""

    text: str
    paragraph: Paragraph
    start: int
    end: int
    is_head: bool


def split_sentences(paragraph: Paragraph) -> list[Sentence]:
    """Return the sentences of a paragraph; joined they are its text."""
    text = paragraph.text
    spans = sentence_spans(text)
    headed = has_run_in_head(text, spans)
    return [Sentence(text[a:b], paragraph, a, b, headed and a == 0) for a, b in spans]
