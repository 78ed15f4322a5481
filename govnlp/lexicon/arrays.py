"""Texts as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code point of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def borders_of(parts: Sequence[str]) -> NDArray[np.intp]:
    """Return where each part begins when all are joined, and where the last ends."""
    return np.concatenate([[0], np.cumsum(np.fromiter(map(len, parts), np.intp, len(parts)))]).astype(np.intp)
