"""Take the best sentences without saying a thing twice, and restore the article's order."""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.summarizing.candidates import Sentence
from govnlp.summarizing.rating import Ratings

_REPEATED = 0.5  # share of common two-character runs at which a sentence repeats another
_SAME_LABEL = 0.7  # what a sentence is worth when its mechanism is already covered
_SAME_PARAGRAPH = 0.6


def select(
    sentences: Sequence[Sentence], ratings: Ratings, labels: Sequence[str | None], bullets: int, chars: int | None
) -> list[int]:
    """Return the indices of at most `bullets` sentences, together at most `chars` characters, in order.

    Greedy: the sentence of highest worth is taken next; worth falls where its mechanism or paragraph is
    already covered (after Carbonell & Goldstein 1998, maximal marginal relevance).
    """
    pairs = [{s.text[i : i + 2] for i in range(len(s.text) - 1)} for s in sentences]
    worth = list(map(float, ratings))
    left = {i for i, value in enumerate(worth) if value > 0}
    chosen: list[int] = []
    room = chars if chars is not None else sum(len(s.text) for s in sentences)
    while left and len(chosen) < bullets:
        best = max(left, key=lambda i: (worth[i], -i))
        left.remove(best)
        if len(sentences[best].text) > room or any(_alike(pairs[best], pairs[i]) for i in chosen):
            continue
        chosen.append(best)
        room -= len(sentences[best].text)
        for i in left:
            if labels[i] is not None and labels[i] == labels[best]:
                worth[i] *= _SAME_LABEL
            if sentences[i].paragraph.id == sentences[best].paragraph.id:
                worth[i] *= _SAME_PARAGRAPH
    return sorted(chosen)


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _REPEATED * max(1, min(len(one), len(other)))
