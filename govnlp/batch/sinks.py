"""Output files: written beside their place and renamed, so that each is whole or not there."""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from govnlp.errors import OutputError
from govnlp.spreadsheets import escape_cell
from govnlp.tagging.codebook import Codebook

Row = dict[str, Any]
TABLE_SUFFIXES = (".jsonl", ".csv", ".xlsx", ".parquet")
_XLSX_ROWS = 1_048_576
_XLSX_CELL = 32_767
_LINE, _MOST_LINES = 15, 26  # points; a spreadsheet shows no row higher than 409 points
# Columns that people read, wide enough and wrapped; the others are narrow.
_WIDTHS = {
    "id": 20, "source": 24, "headline": 30, "locality": 22, "heading": 24, "text": 70, "labels": 20,
    "labels_zh": 24, "unsure": 16, "evidence_zh": 40,
}  # fmt: skip
# A cell that begins so is a formula to a spreadsheet; an apostrophe before it makes it text.


def check_output(path: str | Path, suffixes: Sequence[str]) -> Path:
    """Return the path of an output, having checked before work starts that it can be written.

    Raises:
        OutputError: its folder does not exist or is not writable, or its suffix names no format.
    """
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{target}: is a folder; name a file in it")
    if target.suffix.lower() not in suffixes:
        raise OutputError(
            f"{target}: the suffix {target.suffix or '(none)'} names no format; there are {', '.join(suffixes)}"
        )
    check_folder(target.parent)
    return target


def check_folder(folder: Path) -> None:
    """Raise OutputError where a folder does not exist or cannot be written to."""
    if not folder.is_dir():
        raise OutputError(f"{folder}: there is no such folder; make it first")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{folder}: this folder is not writable")


@contextmanager
def written_beside(target: Path) -> Iterator[Path]:
    """Yield a path beside `target`; rename it to `target` if all went well, else remove it."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=target.suffix)
        os.close(handle)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror})") from None
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o666 & ~_umask())
        beside.replace(target)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror})") from None
    finally:
        beside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def json_line(record: Row) -> str:
    """Return a record as one line of JSON, Chinese as it is."""
    return json.dumps(record, ensure_ascii=False) + "\n"


def write_json_lines(records: Iterable[Row], target: Path | None) -> None:
    """Write records as JSON Lines to a file, or to standard output as UTF-8 whatever the console's encoding."""
    if target is None:
        for record in records:
            sys.stdout.buffer.write(json_line(record).encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
        return
    with (
        written_beside(target) as beside,
        beside.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file,
    ):
        file.writelines(map(json_line, records))


def write_text(text: str, target: Path) -> None:
    """Write a text file as UTF-8."""
    with written_beside(target) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def flat_row(row: Row, codebook: Codebook) -> Row:
    """Return a tagged row as one level of cells: labels joined, Chinese names, a column per score."""
    flat = {key: value for key, value in row.items() if key not in ("labels", "unsure", "scores", "evidence", "coder")}
    flat["labels"] = ";".join(row["labels"])
    flat["labels_zh"] = ";".join(codebook.zh(row["labels"]))
    flat["unsure"] = ";".join(row["unsure"])
    flat["evidence_zh"] = "；".join(
        f"{codebook.by_id[label].zh}：{'、'.join(dict.fromkeys(str(part[0]) for part in parts))}"
        for label, parts in row["evidence"].items()
    )
    flat.update({f"score_{label}": value for label, value in row["scores"].items()})
    flat["evidence"] = json.dumps(row["evidence"], ensure_ascii=False)
    flat["coder"] = row["coder"]
    return {key: json.dumps(v, ensure_ascii=False) if isinstance(v, list | dict) else v for key, v in flat.items()}


def write_tagged(rows: Sequence[Row], target: Path | None, codebook: Codebook) -> None:
    """Write tagged rows in the format that the target's suffix names."""
    suffix = target.suffix.lower() if target else ".jsonl"
    if target is None or suffix == ".jsonl":
        write_json_lines(rows, target)
        return
    writers: dict[str, Callable[[list[Row], Path, Codebook], None]] = {
        ".csv": _write_csv,
        ".xlsx": _write_xlsx,
        ".parquet": _write_parquet,
    }
    writers[suffix]([flat_row(row, codebook) for row in rows], target, codebook)


def _columns(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _write_csv(rows: list[Row], target: Path, codebook: Codebook) -> None:
    with written_beside(target) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, _columns(rows))
        writer.writeheader()
        writer.writerows({key: escape_cell(value) for key, value in row.items()} for row in rows)


def _write_parquet(rows: list[Row], target: Path, codebook: Codebook) -> None:
    from pyarrow import ArrowInvalid
    from pyarrow import Table as ArrowTable
    from pyarrow.parquet import write_table

    columns = _columns(rows)
    try:
        table = ArrowTable.from_pydict({name: [row.get(name) for row in rows] for name in columns})
    except ArrowInvalid as error:
        raise OutputError(f"{target}: a column holds values of several types ({error}); write .jsonl instead") from None
    with written_beside(target) as beside:
        write_table(table, beside)


def _write_xlsx(rows: list[Row], target: Path, codebook: Codebook) -> None:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    if len(rows) >= _XLSX_ROWS:
        raise OutputError(
            f"{target}: {len(rows)} rows are more than a sheet holds ({_XLSX_ROWS}); write .csv or .jsonl instead"
        )
    columns = _columns(rows)
    rows = [{key: _printable(value) for key, value in row.items()} for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("tags")
    sheet.freeze_panes = "A2"
    for number, name in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 14)
    if columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
        sheet.append([_cell(sheet, name, bold=True) for name in columns])
    for number, row in enumerate(rows, 2):
        sheet.row_dimensions[number].height = _LINE * _lines(row)
        sheet.append([_cell(sheet, row.get(name), wrapped=name in _WIDTHS) for name in columns])
    notes = book.create_sheet("codebook")
    notes.column_dimensions["E"].width = 100
    notes.append([_cell(notes, name, bold=True) for name in ("id", "zh", "en", "group", "definition")])
    for m in codebook.mechanisms:
        notes.append([_cell(notes, text) for text in (m.id, m.zh, m.en, m.group, m.definition)])
    with written_beside(target) as beside:
        book.save(beside)


def _lines(row: Row) -> int:
    """Return how many lines the fullest cell of a row takes, a Chinese character being two columns wide."""
    needed = [2 * len(row[name]) // width + 1 for name, width in _WIDTHS.items() if isinstance(row.get(name), str)]
    return min(max(needed, default=1), _MOST_LINES)


def _cell(sheet: Any, value: Any, bold: bool = False, wrapped: bool = False) -> Any:
    """Return a cell that holds a text as text, never as a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # also for =1+1, which openpyxl takes for a formula
    if bold:
        cell.font = Font(bold=True)
    if wrapped:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _printable(value: Any) -> Any:
    """Return a value that a workbook can hold: control characters escaped as _x0000_, as the format has it."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.utils.escape import escape

    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub(lambda found: f"_x{ord(found.group()):04x}_", escape(value))
    if len(text) > _XLSX_CELL:
        raise OutputError(
            f"a text of {len(text)} characters is longer than a cell of a workbook holds ({_XLSX_CELL}); "
            "write .csv or .jsonl instead"
        )
    return text
