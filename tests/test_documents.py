"""What the documents point to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("benchmarks", "corpus", "examples", "models")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
LINKS = [
    (path.relative_to(ROOT).as_posix(), link) for path in DOCUMENTS for link in LINK.findall(path.read_text("utf-8"))
]


@pytest.mark.parametrize(("document", "link"), LINKS)
def test_a_link_points_to_a_file(document: str, link: str) -> None:
    assert (ROOT / document).parent.joinpath(link).exists()


def test_there_are_links() -> None:
    assert ("README.md", "CONTRIBUTING.md") in LINKS
