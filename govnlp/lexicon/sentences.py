"""Split Chinese text into sentences that keep their quotes and their place."""

from __future__ import annotations

import re

from govnlp.records import Span

# A sentence ends at 。！？ with the quotes and brackets that close it.
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”’」』）)]*|[^。！？]+$")
_SPEAKER = re.compile(r"[^。！？，]{1,20}(?:说|道|表示|介绍|感慨|赞)")
_CLOSING = "”’」』）)》"
_BRACKET = re.compile(r"[“‘「『（(《”’」』）)》]")
_HEAD_LENGTH = 16


def sentence_spans(text: str) -> list[Span]:
    """Return the places of the sentences of a text, one behind the other without gaps.

    A full stop inside quotes or brackets that are still open ends no sentence, nor does one before its
    speaker: “来了就办！”居民说。

    >>> text = "织密网格。“来了就办！”居民说。建站3个。"
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['织密网格。', '“来了就办！”居民说。', '建站3个。']
    """
    spans: list[Span] = []
    start = 0
    for found in _SENTENCE.finditer(text):
        end = found.end()
        if end < len(text) and (_is_open(text, start, end) or _speaker_follows(text, end)):
            continue
        spans.append((start, end))
        start = end
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def has_run_in_head(text: str, spans: list[Span]) -> bool:
    """Tell whether the first of several sentences is a short head, as in 织密组织体系。全区建立网格党支部48个."""
    return len(spans) > 1 and spans[0][1] <= _HEAD_LENGTH


def _is_open(text: str, start: int, end: int) -> bool:
    brackets = _BRACKET.findall(text, start, end)
    return 2 * sum(bracket in _CLOSING for bracket in brackets) < len(brackets)


def _speaker_follows(text: str, end: int) -> bool:
    return text[end - 1] in _CLOSING and _SPEAKER.match(text, end) is not None
