"""Measurements of the lexicon, and the script that keeps its tables."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def development_set() -> Path:
    """Return the folder of real texts, or end with a message that says how to name it."""
    folder = os.environ.get("GOVNLP_DEVSET")
    if not folder:
        sys.exit("GOVNLP_DEVSET does not name the development set of real texts; set it to its folder")
    return Path(folder)
