"""Why a label was given: the words of the paragraph, their places, and what each adds to the raw score.

A feature's share of the raw score is spread evenly over its occurrences and their characters, and each word
gathers what its characters got: so the weights of all words and the intercept add up to the raw score.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.tokenizer import Tokenizer
from govnlp.records import Evidence, Span, Token
from govnlp.tagging.features import PAIR, normalize_word

_HAN = re.compile(r"[\u4e00-\u9fff]")


def find_places(text: str, tokens: Sequence[Token]) -> dict[str, list[Span]]:
    """Return where each feature of a text stands."""
    places: dict[str, list[Span]] = defaultdict(list)
    for token in tokens:
        name = normalize_word(token.word)
        if name is not None:
            places[name].append((token.start, token.end))
    for start in range(len(text) - 1):
        if _HAN.match(text, start) and _HAN.match(text, start + 1):
            places[PAIR + text[start : start + 2]].append((start, start + 2))
    return places


def spread(text: str, shares: Mapping[str, float], tokenizer: Tokenizer) -> NDArray[np.float64]:
    """Return what each character of a text adds to a raw score, given what each feature adds (n characters)."""
    places = find_places(text, tokenizer.tokens(text))
    steps = np.zeros(len(text) + 1)
    for name, share in shares.items():
        for start, end in places[name]:
            part = share / len(places[name]) / (end - start)
            steps[start] += part
            steps[end] -= part
    return np.asarray(np.cumsum(steps)[:-1])


def gather(text: str, weights: NDArray[np.float64], tokenizer: Tokenizer) -> list[Evidence]:
    """Return every word of a text with the weight of its characters together, in the text's order."""
    sums = np.concatenate([[0.0], np.cumsum(weights)])
    return [
        Evidence(token.word, token.start, token.end, round(float(sums[token.end] - sums[token.start]), 6))
        for token in tokenizer.tokens(text)
    ]


def strongest(words: Sequence[Evidence], limit: int = 5) -> tuple[Evidence, ...]:
    """Return the words that speak most for a label, heaviest first, at most `limit`."""
    speaking = [word for word in words if word.weight > 0 and normalize_word(word.term) is not None]
    return tuple(sorted(speaking, key=lambda word: (-word.weight, word.start))[:limit])
