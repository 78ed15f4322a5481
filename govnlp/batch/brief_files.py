"""Briefs in: the lines of a .md, .txt, .docx, .html or .jsonl brief, also one edited by hand, with their numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from govnlp.batch.sources import STANDARD_INPUT, read_standard_input
from govnlp.errors import InputError
from govnlp.reading.decode import decode
from govnlp.reading.formats.docx import docx_to_text

if TYPE_CHECKING:
    from govnlp.summarizing.verify import Line

BRIEF_SUFFIXES = (".md", ".txt", ".docx", ".html", ".htm", ".jsonl")
_LARGEST = 20_000_000  # bytes of a file
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(("p", "li", "div", "tr", "td", "th", "br", "section", "article", "title", *_HEADINGS))
_UNSHOWN = frozenset(("script", "style"))


def read_brief(name: str) -> list[Line]:
    """Return the lines of a brief with their numbers: lines of a text, paragraphs of a .docx, rows of a .jsonl.

    Headlines begin with "## " as in Markdown.

    Raises:
        InputError: the file is missing, too large or not what its suffix says, or a .docx is given and the extra docx
            is not installed.
    """
    if name == STANDARD_INPUT:
        return list(enumerate(read_standard_input().splitlines(), 1))
    suffix = Path(name).suffix.lower()
    if suffix not in BRIEF_SUFFIXES:
        raise InputError(f"{name}: is no brief that can be read; briefs end in {', '.join(BRIEF_SUFFIXES)}")
    if suffix == ".docx":
        return list(enumerate(docx_to_text(_bytes(name), name).replace("\n# ", "\n## ").splitlines(), 1))
    text = _read(name)
    if suffix == ".jsonl":
        return list(_summary_lines(text, name))
    if suffix in (".html", ".htm"):
        return _html_lines(text)
    return list(enumerate(text.splitlines(), 1))


def _read(name: str) -> str:
    return decode(_bytes(name), name)


def _bytes(name: str) -> bytes:
    _check_size(name)
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror})") from None


def _check_size(name: str) -> None:
    try:
        size = Path(name).stat().st_size
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror})") from None
    if size > _LARGEST:
        raise InputError(f"{name}: has {size} bytes; a brief may have {_LARGEST}")


def _summary_lines(text: str, name: str) -> Iterator[Line]:
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        try:
            summary = json.loads(row)
            yield number, f"## {summary['headline'] or ''}"
            yield from ((number, str(bullet["text"])) for bullet in summary["bullets"])
            yield from ((number, str(practice["name"])) for practice in summary.get("practices") or ())
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise InputError(f"{name}, line {number}: is no summary as `govnlp summarize` writes it") from None


class _Blocks(HTMLParser):
    """Collects the text of each block of a page with the line that it begins in."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._unshown = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unshown = tag in _UNSHOWN
        if tag in _BLOCKS:
            self.lines.append((self.getpos()[0], "## " if tag in _HEADINGS else ""))

    def handle_endtag(self, tag: str) -> None:
        self._unshown = False
        if tag in _BLOCKS:
            self.lines.append((self.getpos()[0], ""))

    def handle_data(self, data: str) -> None:
        if not self._unshown:
            number, text = self.lines.pop() if self.lines else (1, "")
            self.lines.append((number, text + " ".join(data.split())))


def _html_lines(text: str) -> list[Line]:
    parser = _Blocks()
    parser.feed(text)
    parser.close()
    return [(number, line) for number, line in parser.lines if line.strip("# ")]
