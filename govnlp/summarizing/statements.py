"""The independent statements of a sentence that enumerates measures, of which a bullet shows one.

成立调解队36支，化解纠纷117件；开设社区食堂12个，服务老人1.1万人次。 tells two things; a brief's line tells one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.sentences import enclosed_spans
from govnlp.records import Span
from govnlp.summarizing.candidates import Candidates, Sentence
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


@dataclass(frozen=True)
class Parted:
    """Sentences of an article with their statements in the place of those that enumerate.

    Attributes:
        candidates: the statements and whole sentences of the paragraphs in which one enumerates (m).
        owner: the number of the sentence that each is of (m).
    """

    candidates: Candidates
    owner: NDArray[np.intp]

    @classmethod
    def of(cls, whole: Candidates, wanted: NDArray[np.bool_], classifier: MechanismClassifier) -> Parted:
        """Part those of n sentences that are wanted and enumerate; a statement is rated beside its neighbours."""
        spans = {n: statement_spans(whole.sentences[n].text) for n in map(int, np.flatnonzero(wanted))}
        rows = {whole.sentences[n].row for n, own in spans.items() if len(own) > 1}
        near = [n for n, sentence in enumerate(whole.sentences) if sentence.row in rows]
        parts = [(n, span) for n in near for span in spans.get(n, [(0, len(whole.sentences[n].text))])]
        owner = np.array([n for n, _ in parts], dtype=np.intp)
        scores, new = whole.scores[owner], np.flatnonzero(np.bincount(owner)[owner] > 1)
        sentences = [_part(whole.sentences[n], span) for n, span in parts]
        if len(new):
            scores[new] = classifier.predict_proba([sentences[number].text for number in new])
        return cls(Candidates(sentences, scores, whole.limits), owner)

    def best_in(self, whole: Candidates, ratings: NDArray[np.float64]) -> Candidates:
        """Return the article with the statement rated highest in the place of each sentence; of equals the first."""
        sentences, scores = list(whole.sentences), whole.scores.copy()
        for place in np.lexsort((-np.arange(len(ratings)), ratings)):
            sentences[self.owner[place]] = self.candidates.sentences[place]
            scores[self.owner[place]] = self.candidates.scores[place]
        return Candidates(sentences, scores, whole.limits)


def _part(sentence: Sentence, span: Span) -> Sentence:
    start, end = span
    return replace(sentence, text=sentence.text[start:end], start=sentence.start + start, end=sentence.start + end)
