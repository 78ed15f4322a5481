"""Split Chinese text into sentences that keep their quotes and their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.arrays import borders_of, code_points
from govnlp.records import Span

# A sentence ends at 。！？ with the quotes and brackets that close it.
_END = re.compile(r"[。！？]+[”’」』）)》]*")
_SPEAKER = re.compile(r"[^。！？，]{1,20}(?:说|道|表示|介绍|感慨|赞)")
_CLOSES = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", ")": "（", "》": "《"}
_BRACKET = re.compile(r"[“‘「『（(《”’」』）)》]")
_STOP = 1
HEAD_LENGTH = 16  # characters of a run-in head at most
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


def sentence_ends(texts: Sequence[str]) -> NDArray[np.intp]:
    """Return where the sentences of texts end once all are joined: those of `sentence_spans`, in array steps.

    Texts whose brackets are plain, each closed by its own before the next opens and before the sentence ends, are
    done all at once; the others one by one.

    >>> sentence_ends(["织密网格。“来了就办！”居民说。", "建站3个。"]).tolist()
    [5, 16, 21]
    """
    joined = "".join(texts)
    bounds = borders_of(texts)
    starts, limits = bounds[:-1], bounds[1:]
    kinds = _kinds()[np.minimum(code_points(joined), len(_kinds()) - 1)]
    marks = np.flatnonzero(kinds > _STOP)
    text_of_mark = np.searchsorted(limits, marks, "right")
    first_mark = np.searchsorted(marks, starts)
    rank = np.arange(len(marks)) - first_mark[text_of_mark]

    ends = np.flatnonzero((kinds == _STOP) & np.append(kinds[1:] != _STOP, True)) + 1
    text_of_end = np.searchsorted(limits, ends - 1, "right")
    growing = np.arange(len(ends))
    while len(growing):
        inside = growing[ends[growing] < limits[text_of_end[growing]]]
        growing = inside[_closes(kinds[ends[inside]])]
        ends[growing] += 1

    own = kinds[marks]
    before = np.append(np.uint8(0), own[:-1])
    fits = np.where(rank % 2 == 0, ~_closes(own), _closes(own) & (own == before + 1))
    opened = (np.searchsorted(marks, ends) - first_mark[text_of_end]) % 2
    plain = np.ones(len(texts), dtype=bool)
    plain[text_of_mark[~fits]] = plain[text_of_end[opened == 1]] = False

    kept = plain[text_of_end]
    for number in np.flatnonzero(kept & _closes(kinds[ends - 1]) & (ends < limits[text_of_end])).tolist():
        text = text_of_end[number]
        kept[number] = not _speaker_follows(texts[text], int(ends[number] - starts[text]))
    others = [starts[text] + end for text in np.flatnonzero(~plain).tolist() for _, end in sentence_spans(texts[text])]
    found = np.concatenate([ends[kept], np.array(others, np.intp), limits[limits > starts]])
    found.sort()
    return found[np.diff(found, prepend=-1) > 0]


@cache
def _kinds() -> NDArray[np.uint8]:
    """For each code point: 1 a full stop, then two numbers a kind of bracket, that of its opening one first."""
    kinds = np.zeros(1 << 16, np.uint8)
    kinds[[ord(mark) for mark in "。！？"]] = _STOP
    for mark, opener in _CLOSES.items():
        number = 2 + 2 * "“‘「『（《".index(opener)
        kinds[ord(opener)], kinds[ord(mark)] = number, number + 1
    kinds[ord("(")] = kinds[ord("（")]
    return kinds


def _closes(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray((kinds > _STOP) & (kinds % 2 == 1))


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
    return len(spans) > 1 and spans[0][1] <= HEAD_LENGTH


def _speaker_follows(text: str, end: int) -> bool:
    return text[end - 1] in _CLOSES and _SPEAKER.match(text, end) is not None
