"""The model card: what a model is, what it learned from, how it scores, what it cannot do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govnlp.tagging.codebook import Codebook


def model_card(
    codebook: Codebook, untrained: Sequence[str], features: int, data: Mapping[str, Any], scores: str
) -> str:
    """Return the card as Markdown; FINGERPRINT is filled in when the model is saved.

    Args:
        codebook: the labels.
        untrained: those left untrained.
        features: how many features the model knows.
        data: what it learnt from: number of paragraphs and of groups, fingerprint, versions of libraries.
        scores: what it reached, as Markdown, and on which texts.
    """
    labels = ", ".join(f"{m.id} ({m.zh})" for m in codebook.mechanisms if m.id not in untrained)
    left_out = ", ".join(untrained) or "none"
    return f"""# Model FINGERPRINT

TF-IDF of words and pairs of characters ({features} features), one linear support vector machine per label, fitted to
paragraphs and to sentences whose labels are marked; a paragraph scores the mean of itself and its best sentence;
Platt-calibrated; one threshold per label found out of fold with groups (articles, or writers where they are known)
kept whole. Made by `govnlp train`.

- Learnt from {data["paragraphs"]} paragraphs in {data["groups"]} groups (data fingerprint {data["fingerprint"]})
- Saved with {data["versions"]}
- Codebook version: {codebook.version}
- Labels: {labels}
- Left untrained for want of positive paragraphs: {left_out}

## Scores

{scores or "Not measured when it was saved."}

## Limits

Scores hold for texts like those of the test set named above. The model reads single paragraphs of Chinese
locality reports; it does not know an article's context, and speech, tables and slogans mislead it.
"""
