"""Split Chinese paragraphs into sentences that keep their quotes and their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govnlp.records import Paragraph

# A sentence ends at 。！？ with the quotes and brackets that close it; “好！”他说 goes on behind the quote.
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”’」』）)]*|[^。！？]+$")
_OPENING, _CLOSING = "“‘「『（(《", "”’」』）)》"
_HEAD_LENGTH = 16


@dataclass(frozen=True)
class Sentence:
    """A sentence and its place in its paragraph."""

    text: str
    paragraph: Paragraph
    start: int
    end: int
    is_head: bool


def split_sentences(paragraph: Paragraph) -> list[Sentence]:
    """Return the sentences of a paragraph; joined they are its text.

    >>> [s.text for s in split_sentences(Paragraph("p", "织密网格。“来了就办！”居民说。建站3个。"))]
    ['织密网格。', '“来了就办！”居民说。', '建站3个。']
    """
    pieces: list[tuple[int, int]] = []
    text, start = paragraph.text, 0
    for found in _SENTENCE.finditer(text):
        end = found.end()
        open_quotes = sum(text.count(c, start, end) for c in _OPENING) - sum(
            text.count(c, start, end) for c in _CLOSING
        )
        goes_on = (
            text[end - 1 : end] in _CLOSING and text[end : end + 1] not in _OPENING and _speaker_follows(text, end)
        )
        if (open_quotes > 0 or goes_on) and end < len(text):
            continue
        pieces.append((start, end))
        start = end
    if start < len(text):
        pieces.append((start, len(text)))
    first_is_head = len(pieces) > 1 and pieces[0][1] <= _HEAD_LENGTH
    return [Sentence(text[a:b], paragraph, a, b, first_is_head and a == 0) for a, b in pieces]


def _speaker_follows(text: str, end: int) -> bool:
    following = re.match(r"[^。！？，]{1,20}(?:说|道|表示|介绍|感慨|赞)", text[end:])
    return following is not None
