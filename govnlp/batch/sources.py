"""What the commands accept: pages, folders of pages, `read`'s output, tables, standard input."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govnlp.batch.sinks import unescape_cell
from govnlp.errors import InputError
from govnlp.reading import read_file, read_text
from govnlp.records import Article

PAGE_SUFFIXES = (".txt", ".md")
TABLE_SUFFIXES = (".jsonl", ".csv", ".xlsx", ".parquet")
STANDARD_INPUT = "-"

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """Rows of a table with a text each; their other columns pass through."""

    source: str
    rows: tuple[Row, ...]


def expand(inputs: Sequence[str]) -> Iterator[str | InputError]:
    """Yield the files that the inputs name, pages of folders in name order; a wrong one as its error."""
    for name in inputs:
        path = Path(name)
        if name == STANDARD_INPUT or path.is_file():
            yield name
        elif path.is_dir():
            pages: list[str | InputError] = [*_pages_below(path)]
            yield from pages or [
                InputError(f"{name}: no pages in this folder; pages end in {' or '.join(PAGE_SUFFIXES)}")
            ]
        else:
            yield InputError(f"{name}: there is no such file or folder")


def _pages_below(folder: Path) -> list[str]:
    """Return the pages of a folder and its subfolders; links to folders are not followed."""
    found = [
        (Path(parent) / name).as_posix()
        for parent, _, names in os.walk(folder)
        for name in names
        if name.lower().endswith(PAGE_SUFFIXES) and not name.startswith(".")
    ]
    return sorted(found)


def load_articles(name: str) -> list[Article]:
    """Read one file as articles: a page, or what `govnlp read` wrote.

    Raises:
        InputError: it cannot be read as either; the message says why and what would work.
    """
    loaded = load(name)
    if isinstance(loaded, Table):
        raise InputError(f"{name}: is a table of paragraphs, not articles; give a page or the output of `govnlp read`")
    return loaded


def load(name: str) -> list[Article] | Table:
    """Read one file as articles, or as a table with a `text` column."""
    if name == STANDARD_INPUT:
        return _load_standard_input()
    suffix = Path(name).suffix.lower()
    if suffix in PAGE_SUFFIXES:
        return read_file(name)
    if suffix == ".jsonl":
        return _from_json_lines(_read_utf8(name), name)
    if suffix == ".csv":
        return _from_records(_csv_rows(name), name)
    if suffix == ".xlsx":
        return _from_records(_xlsx_rows(name), name)
    if suffix == ".parquet":
        return _from_records(_parquet_rows(name), name)
    raise InputError(
        f"{name}: files ending in {suffix or 'nothing'} cannot be read; "
        f"pages end in {', '.join(PAGE_SUFFIXES)}, tables in {', '.join(TABLE_SUFFIXES)}"
    )


def _load_standard_input() -> list[Article] | Table:
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("standard input: is no UTF-8 text") from None
    if text.lstrip().startswith("{"):
        return _from_json_lines(text, STANDARD_INPUT)
    return read_text(text, STANDARD_INPUT)


def _read_utf8(name: str) -> str:
    try:
        return Path(name).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{name}: is no UTF-8 text; JSON Lines are UTF-8") from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror})") from None


def _from_json_lines(text: str, name: str) -> list[Article] | Table:
    rows: list[Row] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{name}, line {number}: is no JSON ({error})") from None
        if not isinstance(row, dict):
            raise InputError(f"{name}, line {number}: is no JSON object")
        rows.append(row)
    if rows and all("sections" in row for row in rows):
        return [Article.from_dict(row, f"{name}, line {i}") for i, row in enumerate(rows, 1)]
    return _from_records(rows, name)


def _from_records(rows: Sequence[Row], name: str) -> Table:
    """Return rows as a table; a row without an id gets its number as one."""
    for number, row in enumerate(rows, 1):
        if not isinstance(row.get("text"), str):
            columns = ", ".join(map(str, row)) or "nothing"
            raise InputError(f"{name}, row {number}: no column `text` with a text; there is {columns}")
    return Table(name, tuple(row if "id" in row else {"id": number, **row} for number, row in enumerate(rows, 1)))


def _csv_rows(name: str) -> list[Row]:
    import csv

    text = _read_utf8(name)
    return [
        {key: unescape_cell(value) for key, value in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def _xlsx_rows(name: str) -> list[Row]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(name, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InputError(f"{name}: is no workbook that can be read ({error})") from None
    sheet = book.worksheets[0]
    lines = sheet.iter_rows(values_only=True)
    header = [str(cell) for cell in next(lines, ())]
    rows = [
        {key: unescape(cell) if isinstance(cell, str) else cell for key, cell in zip(header, line, strict=False)}
        for line in lines
        if any(cell is not None for cell in line)
    ]
    book.close()
    return rows


def _parquet_rows(name: str) -> list[Row]:
    from pyarrow import ArrowException
    from pyarrow.parquet import read_table

    try:
        rows: list[Row] = read_table(name).to_pylist()
    except (OSError, ArrowException) as error:
        raise InputError(f"{name}: is no Parquet file that can be read ({error})") from None
    return rows
