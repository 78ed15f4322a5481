"""What all tests share: the development set, where there is one, and a small labelled set."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("govnlp", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("govnlp")

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "examples" / "pages"


@pytest.fixture(scope="session")
def devset() -> Path:
    """The folder of real pages and their gold; tests that need it skip without it."""
    folder = os.environ.get("GOVNLP_DEVSET")
    if not folder:
        pytest.skip("GOVNLP_DEVSET does not name the development set of real pages")
    return Path(folder)


@pytest.fixture(scope="session")
def classifier():
    """The shipped model."""
    from govnlp import MechanismClassifier

    return MechanismClassifier.load()


@pytest.fixture(scope="session")
def pages() -> list[Path]:
    """The sample pages of the repository."""
    return sorted(PAGES.glob("*.txt"))
