"""What the commands accept: pages, folders of pages, `read`'s output, tables, standard input."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from govnlp.batch.faults import Fault
from govnlp.batch.tables import open_table, read_json_objects, read_lines
from govnlp.errors import InputError
from govnlp.reading import OpenEnds, read_file, read_text
from govnlp.reading.decode import decode
from govnlp.reading.source import SUFFIXES as PAGE_SUFFIXES
from govnlp.reading.source import unread_suffix
from govnlp.records import Article

TABLE_SUFFIXES = (".jsonl", ".csv", ".xlsx", ".parquet")
STANDARD_INPUT = "-"
ARTICLES, BRIEFS = "articles.jsonl", "briefs.md"  # what `govnlp run` writes; a folder with both is no input
ERRORS = ".errors.jsonl"  # how a list of faults ends; it is no input either


def expand(inputs: Sequence[str], tables: bool = False) -> Iterator[str | InputError]:
    """Yield the files that the inputs name, those of folders and patterns in name order; a wrong one as its error.

    Args:
        inputs: files, folders, patterns such as "pages/**/*.txt", or "-".
        tables: whether a folder without pages stands for the tables in it.
    """
    for name in inputs:
        path = Path(name)
        if name == STANDARD_INPUT or path.is_file():
            yield name
        elif path.is_dir():
            below = _inputs_below(path, tables)
            yield from below
            if not below:
                yield _nothing_below(name, tables)
        elif glob.has_magic(name):
            matching = sorted(one for one in glob.glob(name, recursive=True) if Path(one).is_file())  # noqa: PTH207
            yield from matching
            if not matching:
                yield InputError(f"{name}: no file matches this pattern")
        else:
            yield InputError(f"{name}: there is no such file or folder")


def _inputs_below(folder: Path, tables: bool) -> list[str]:
    """Return the pages of a folder and its subfolders; links to folders and folders of results are left out."""
    found = sorted(
        (Path(parent) / name).as_posix()
        for parent, _, names in os.walk(folder)
        if not {ARTICLES, BRIEFS}.issubset(names)
        for name in names
        if not name.startswith((".", "~$")) and not name.endswith(ERRORS)
    )
    pages = [name for name in found if name.lower().endswith(PAGE_SUFFIXES)]
    return pages or [name for name in found if tables and name.lower().endswith(TABLE_SUFFIXES)]


def _nothing_below(name: str, tables: bool) -> InputError:
    end = f", tables in {', '.join(TABLE_SUFFIXES)}" if tables else ""
    return InputError(f"{name}: no pages in this folder; pages end in {', '.join(PAGE_SUFFIXES)}{end}")


def load_articles(name: str, earlier: OpenEnds | None = None) -> list[Article]:
    """Read one file as articles: a page, or what `govnlp read` wrote.

    Args:
        name: the file, or - for standard input.
        earlier: what the pages before it left open, one object for all files of a call.

    Raises:
        InputError: it cannot be read as either; the message says why and what would work.
    """
    suffix = Path(name).suffix.lower()
    if suffix in PAGE_SUFFIXES:
        return read_file(name, earlier)
    if name == STANDARD_INPUT:
        text = read_standard_input()
        if not text.lstrip().startswith("{"):
            return read_text(text, STANDARD_INPUT)
        return _articles_from(io.StringIO(text), name)
    if suffix == ".jsonl":
        with open_table(name) as file:
            return _articles_from(read_lines(file, name), name)
    raise unreadable(name)


def unreadable(name: str) -> InputError:
    """Return the error for a file of a format that is not read."""
    return InputError(f"{name}: {unread_suffix(Path(name))}, tables in {', '.join(TABLE_SUFFIXES)}")


def read_standard_input() -> str:
    """Return the text on standard input, decoded as a page is."""
    return decode(sys.stdin.buffer.read(), "standard input")


def _articles_from(lines: Iterator[str] | io.StringIO, name: str) -> list[Article]:
    rows = list(read_json_objects(lines, name, _raise))
    if any("sections" not in row for _, row in rows):
        raise InputError(f"{name}: is a table of paragraphs, not articles; give a page or the output of `govnlp read`")
    return [Article.from_dict(row, f"{name}, line {number}") for number, row in rows]


def _raise(fault: Fault) -> None:
    raise InputError(str(fault))
