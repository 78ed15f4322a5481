"""Why a label was given: the words of the paragraph, their places, and what each adds to the raw score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from govnlp.records import Evidence
from govnlp.tagging.features import PAIR, Features, normalize_word


def occurrences(text: str, features: Features) -> dict[str, list[tuple[int, int]]]:
    """Return where each feature of a text stands."""
    tokens = features.tokenizer.tokens(text)
    named = [(normalize_word(token.word), token) for token in tokens]
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, token in named:
        if name is not None:
            places[name].append((token.start, token.end))
    for (first, a), (second, b) in pairwise(named):
        if first is not None and second is not None:
            places[first + PAIR + second].append((a.start, b.end))
    return places


def contributions(
    text: str, row: dict[str, float], features: Features, weights: dict[str, NDArray[np.float32]]
) -> dict[str, list[Evidence]]:
    """Return for each label every placed contribution to its raw score, heaviest first.

    Args:
        text: one paragraph.
        row: the text's feature values by name.
        features: the vocabulary that the values are of.
        weights: for each label the coefficients over the vocabulary.

    A feature that occurs several times shares its contribution evenly, so contributions and intercept add
    up to the raw score.
    """
    places = occurrences(text, features)
    found: dict[str, list[Evidence]] = {}
    for label, coefficients in weights.items():
        parts = [
            Evidence(
                text[start:end],
                start,
                end,
                round(float(value * coefficients[features.index[name]]) / len(places[name]), 6),
            )
            for name, value in row.items()
            for start, end in places[name]
        ]
        found[label] = sorted(parts, key=lambda part: (-part.weight, part.start, part.end))
    return found


def strongest(parts: Sequence[Evidence], limit: int = 5) -> tuple[Evidence, ...]:
    """Return the heaviest positive contributions that do not overlap, at most `limit`."""
    chosen: list[Evidence] = []
    for part in parts:
        if part.weight <= 0 or len(chosen) == limit:
            break
        if all(part.end <= other.start or part.start >= other.end for other in chosen):
            chosen.append(part)
    return tuple(chosen)
