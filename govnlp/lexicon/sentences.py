"""Split Chinese text into sentences that keep their quotes and their place."""

from __future__ import annotations

import re

from govnlp.records import Span

# A sentence ends at 。！？ with the quotes and brackets that close it.
_END = re.compile(r"[。！？]+[”’」』）)》]*")
_SPEAKER = re.compile(r"[^。！？，]{1,20}(?:说|道|表示|介绍|感慨|赞)")
_CLOSES = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", ")": "（", "》": "《"}
_BRACKET = re.compile(r"[“‘「『（(《”’」』）)》]")
_HEAD_LENGTH = 16
_FARTHEST = 400  # characters; a quote that closes no earlier was left open by the printer
_DEEPEST = 16  # brackets within brackets; keeps a line of nothing but brackets linear


def sentence_spans(text: str) -> list[Span]:
    """Return the places of the sentences of a text, one behind the other without gaps.

    A full stop inside quotes or brackets ends no sentence, nor does one before its speaker: “来了就办！”居民说。
    Quotes and brackets that nothing closes are read over.

    >>> text = "织密网格。“来了就办！”居民说。建站3个。"
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['织密网格。', '“来了就办！”居民说。', '建站3个。']
    """
    ends = [found.end() for found in _END.finditer(text)]
    enclosed = [] if _all_closed(text, ends) else enclosed_spans(text)
    spans: list[Span] = []
    start = passed = 0
    for end in ends:
        while passed < len(enclosed) and enclosed[passed][1] <= end:
            passed += 1
        inside = passed < len(enclosed) and enclosed[passed][0] < end
        if inside or (end < len(text) and _speaker_follows(text, end)):
            continue
        spans.append((start, end))
        start = end
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _all_closed(text: str, ends: list[int]) -> bool:
    """Tell whether every bracket is closed by its own before each of the ends: the plain case."""
    start = 0
    for end in ends:
        opened: list[str] = []
        for mark in _BRACKET.findall(text, start, end):
            opener = _CLOSES.get(mark)
            if opener is None:
                opened.append("（" if mark == "(" else mark)
            elif not opened or opened.pop() != opener:
                return False
        if opened:
            return False
        start = end
    return True


def enclosed_spans(text: str) -> list[Span]:
    """Return the places of quotations and brackets, the outermost only, in order.

    >>> enclosed_spans("推行“树下（院坝）议事”，入户（")
    [(2, 12)]
    """
    spans: list[Span] = []
    opened: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        mark, place = found.group(), found.start()
        if mark not in _CLOSES:
            opened = [*opened[1 - _DEEPEST :], ("（" if mark == "(" else mark, place)]
            continue
        depth = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == _CLOSES[mark]), None)
        if depth is None or place - opened[depth][1] > _FARTHEST:
            continue
        start = opened[depth][1]
        del opened[depth:]
        while spans and spans[-1][0] > start:
            spans.pop()
        spans.append((start, place + 1))
    return spans


def has_run_in_head(text: str, spans: list[Span]) -> bool:
    """Tell whether the first of several sentences is a short head, as in 织密组织体系。全区建立网格党支部48个."""
    return len(spans) > 1 and spans[0][1] <= _HEAD_LENGTH


def _speaker_follows(text: str, end: int) -> bool:
    return text[end - 1] in _CLOSES and _SPEAKER.match(text, end) is not None
