"""The independent statements of a sentence that enumerates measures, of which a bullet shows one.

成立调解队36支，化解纠纷117件；开设社区食堂12个，服务老人1.1万人次。 tells two things; a brief's line tells one.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.sentences import enclosed_spans
from govnlp.records import Span
from govnlp.summarizing.candidates import Candidates
from govnlp.summarizing.features import ACTION, NUMBER
from govnlp.tagging.classifier import MechanismClassifier

_PARTS = re.compile("；")
_FEWEST = 15  # characters; less is no statement of its own


def statement_spans(text: str) -> list[Span]:
    """Return the places of a sentence's statements, or of the whole where its parts do not stand alone.

    Parts stand alone where each is long enough and tells an action or a figure, and nothing leads in to all of them:
    出台措施三条：设立专班；… stays whole, and so does a motto. A statement ends before the mark behind it.

    >>> text = "成立调解队36支，化解纠纷117件；开设社区食堂12个，服务老人1.1万人次。"
    >>> [text[start:end] for start, end in statement_spans(text)]
    ['成立调解队36支，化解纠纷117件', '开设社区食堂12个，服务老人1.1万人次。']
    """
    if "；" not in text:
        return [(0, len(text))]
    bare = _blank_enclosed(text)
    starts = [0, *(mark.end() for mark in _PARTS.finditer(bare) if mark.end() < len(text))]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    spans = list(zip(starts, ends, strict=True))
    return spans if _stand_alone(text, spans) and "：" not in bare[: ends[0]] else [(0, len(text))]


def _stand_alone(text: str, spans: list[Span]) -> bool:
    return all(
        end - start >= _FEWEST and (ACTION.search(text, start, end) or NUMBER.search(text, start, end))
        for start, end in spans
    )


def _blank_enclosed(text: str) -> str:
    """Return a text of the same length without its quotations and brackets."""
    kept, place = [], 0
    for start, end in enclosed_spans(text):
        kept += [text[place:start], " " * (end - start)]
        place = end
    return "".join(kept) + text[place:]


def parted(candidates: Candidates, classifier: MechanismClassifier) -> tuple[Candidates, NDArray[np.intp]]:
    """Return candidates with the statements of each sentence in its place, and the number of the sentence of each."""
    spans = [statement_spans(text) for text in (sentence.text for sentence in candidates.sentences)]
    owner = np.repeat(np.arange(len(spans)), [len(own) for own in spans])
    sentences = [
        sentence
        if len(own) == 1
        else replace(sentence, text=sentence.text[a:b], start=sentence.start + a, end=sentence.start + b)
        for sentence, own in zip(candidates.sentences, spans, strict=True)
        for a, b in own
    ]
    scores = candidates.scores[owner]
    parts = np.flatnonzero(np.bincount(owner)[owner] > 1)
    if len(parts):
        scores[parts] = classifier.predict_proba([sentences[number].text for number in parts])
    return Candidates(sentences, scores, candidates.limits), owner


def best_of_each(candidates: Candidates, owner: NDArray[np.intp], ratings: NDArray[np.float64]) -> Candidates:
    """Return candidates with one statement of each sentence, that of the highest rating, the first of equals."""
    order = np.lexsort((np.arange(len(owner)), -ratings, owner))
    best = order[np.unique(owner[order], return_index=True)[1]]
    return Candidates([candidates.sentences[number] for number in best], candidates.scores[best], candidates.limits)
