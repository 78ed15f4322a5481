"""A long sentence cut to whole clauses: one contiguous run that keeps subject, action and figure."""

from __future__ import annotations

import re

from govnlp.lexicon.sentences import enclosed_spans
from govnlp.records import Span
from govnlp.summarizing.features import ACTION, NUMBER

_BOUNDARY = re.compile("[，；]")
_STOPS = "，；：、。"
_FEWEST = 8  # characters; less tells nothing
_MOST_CLAUSES = 60
# A clause that only leads to the next, as in 针对停车难，新增车位80个: no run ends with it.
_LEADS_ON = re.compile("针对|围绕|聚焦|通过|依托|按照|根据|随着|为了|立足|坚持|经过|面对|本着")
# A clause that leans on the one before it, as in 配齐网格员，让服务更近: no run begins with it.
_LEANS_BACK = re.compile(
    "并|让|使|从而|以及|同时|其中|做到|确保|实现|推动|促进|切实|有效|不断|进一步|形成|努力|为.{0,12}(?:提供|奠定)"
)


def cut_to(text: str, room: int) -> Span | None:
    """Return the best run of whole clauses of at most `room` characters; None where none is worth showing.

    A run ends before the mark behind its last clause. One that begins the sentence keeps the subject; after that
    figures count, then actions, then length.

    >>> text = "针对停车难，全区新增车位80个，让居民回家不再绕圈。"
    >>> start, end = cut_to(text, 16)
    >>> text[start:end]
    '针对停车难，全区新增车位80个'
    """
    starts = _clause_starts(text)
    runs = [
        (start, end)
        for number, start in enumerate(starts[:-1])
        for end, last in _ends(text, starts, number)
        if _FEWEST <= end - start <= room and not _LEADS_ON.match(text, last)
    ]
    sound = [run for run in runs if run[0] == 0 or not _LEANS_BACK.match(text, run[0])]
    told = [run for run in sound if ACTION.search(text, *run) or NUMBER.search(text, *run)]
    return max(told, key=lambda run: _worth(text, run), default=None)


def _clause_starts(text: str) -> list[int]:
    """Return where the clauses begin and where the last ends; marks inside quotes and brackets part nothing."""
    enclosed = enclosed_spans(text)
    marks = [found.end() for found in _BOUNDARY.finditer(text)]
    free = [place for place in marks if not any(start < place <= end for start, end in enclosed)]
    inside = [place for place in free[:_MOST_CLAUSES] if place < len(text)]
    return [0, *inside, len(text)]


def _ends(text: str, starts: list[int], first: int) -> list[tuple[int, int]]:
    """Return the end of each run that begins with a clause, and where its last clause begins."""
    return [
        (len(text[:end].rstrip(_STOPS)) if end < len(text) else end, last)
        for last, end in zip(starts[first:], starts[first + 1 :], strict=False)
    ]


def _worth(text: str, run: Span) -> tuple[float, int]:
    figures, actions = len(NUMBER.findall(text, *run)), len(ACTION.findall(text, *run))
    return 2.0 * (run[0] == 0) + 1.5 * min(2, figures) + 0.7 * min(2, actions), run[1] - run[0]
