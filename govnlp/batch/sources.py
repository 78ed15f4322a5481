"""What the commands accept: pages, folders of pages, `read`'s output, tables, standard input."""

from __future__ import annotations

import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from hashlib import blake2b
from pathlib import Path
from typing import Any

from govnlp.errors import InputError
from govnlp.reading import OpenEnds, read_file, read_text
from govnlp.reading.decode import decode
from govnlp.reading.source import SUFFIXES as PAGE_SUFFIXES
from govnlp.reading.source import unread_suffix
from govnlp.records import Article
from govnlp.spreadsheets import unescape_cell

TABLE_SUFFIXES = (".jsonl", ".csv", ".xlsx", ".parquet")
STANDARD_INPUT = "-"
ARTICLES, BRIEFS = "articles.jsonl", "briefs.md"  # what `govnlp run` writes; a folder with both is no input

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
                InputError(f"{name}: no pages in this folder; pages end in {', '.join(PAGE_SUFFIXES)}")
            ]
        else:
            yield InputError(f"{name}: there is no such file or folder")


def _pages_below(folder: Path) -> list[str]:
    """Return the pages of a folder and its subfolders; links to folders and folders of results are left out."""
    found = [
        (Path(parent) / name).as_posix()
        for parent, _, names in os.walk(folder)
        if not {ARTICLES, BRIEFS}.issubset(names)
        for name in names
        if name.lower().endswith(PAGE_SUFFIXES) and not name.startswith((".", "~$"))
    ]
    return sorted(found)


def load_articles(name: str, earlier: OpenEnds | None = None) -> list[Article]:
    """Read one file as articles: a page, or what `govnlp read` wrote.

    Args:
        name: the file, or - for standard input.
        earlier: what the pages before it left open, one object for all files of a call.

    Raises:
        InputError: it cannot be read as either; the message says why and what would work.
    """
    loaded = load(name, earlier)
    if isinstance(loaded, Table):
        raise InputError(f"{name}: is a table of paragraphs, not articles; give a page or the output of `govnlp read`")
    return loaded


def load(name: str, earlier: OpenEnds | None = None) -> list[Article] | Table:
    """Read one file as articles, or as a table with a `text` column."""
    if name == STANDARD_INPUT:
        return _load_standard_input()
    suffix = Path(name).suffix.lower()
    if suffix in PAGE_SUFFIXES:
        return read_file(name, earlier)
    if suffix == ".jsonl":
        return _from_json_lines(_read_decoded(name), name)
    if suffix == ".csv":
        return _from_records(_csv_rows(name), name)
    if suffix == ".xlsx":
        return _from_records(_xlsx_rows(name), name)
    if suffix == ".parquet":
        return _from_records(_parquet_rows(name), name)
    raise InputError(f"{name}: {unread_suffix(Path(name))}, tables in {', '.join(TABLE_SUFFIXES)}")


def read_standard_input() -> str:
    """Return the text on standard input, decoded as a page is."""
    return decode(sys.stdin.buffer.read(), "standard input")


def _load_standard_input() -> list[Article] | Table:
    text = read_standard_input()
    if text.lstrip().startswith("{"):
        return _from_json_lines(text, STANDARD_INPUT)
    return read_text(text, STANDARD_INPUT)


def _read_decoded(name: str) -> str:
    try:
        return decode(Path(name).read_bytes(), name)
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror})") from None


def _from_json_lines(text: str, name: str) -> list[Article] | Table:
    rows: dict[str, Row] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            row = json.loads(line)
            json.dumps(row, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise InputError(f"{where}: is no JSON that can be read ({error})") from None
        if not isinstance(row, dict):
            raise InputError(f"{where}: is no JSON object")
        rows[where] = row
    if any("sections" in row for row in rows.values()):
        return [Article.from_dict(row, where) for where, row in rows.items()]
    return _from_records([*rows.values()], name)


def _from_records(rows: Sequence[Row], name: str) -> Table:
    """Return rows as a table; a row without an id gets one made from its text."""
    seen: Counter[str] = Counter()
    named: list[Row] = []
    for number, row in enumerate(rows, 1):
        text = row.get("text")
        if not isinstance(text, str):
            columns = ", ".join(map(str, row)) or "nothing"
            raise InputError(f"{name}, row {number}: no column `text` with a text; there is {columns}")
        identity = blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
        seen[identity] += 1
        own = identity if seen[identity] == 1 else f"{identity}-{seen[identity]}"
        named.append({"id": own, **{key: _plain_cell(v) for key, v in row.items() if key != "id" or v is not None}})
    return Table(name, tuple(named))


def _plain_cell(value: Any) -> Any:
    """Return a cell as JSON has it: dates as ISO text, no NaN."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value != value:
        return None
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def _check_header(header: Sequence[str], name: str) -> None:
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise InputError(
            f"{name}: the column {', '.join(map(repr, twice))} comes twice; give each column a name of its own"
        )


def _csv_rows(name: str) -> list[Row]:
    import csv

    csv.field_size_limit(2**31 - 1)
    reader = csv.DictReader(io.StringIO(_read_decoded(name), newline=""))
    try:
        _check_header(reader.fieldnames or (), name)
        rows = list(reader)
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: is no CSV that can be read ({error})") from None
    for number, row in enumerate(rows, 1):
        if None in row:
            raise InputError(
                f"{name}, row {number}: has more cells than the header has columns; quote cells with commas"
            )
    return [{key: unescape_cell(value) for key, value in row.items()} for row in rows]


def _xlsx_rows(name: str) -> list[Row]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(name, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InputError(f"{name}: is no workbook that can be read ({error})") from None
    lines = book.worksheets[0].iter_rows(values_only=True)
    header = [str(cell) for cell in next(lines, ())]
    _check_header(header, name)
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
