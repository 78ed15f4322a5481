"""Tagged rows as a workbook: a header that stays, filters, wrapped texts, and the codebook beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govnlp.batch.cells import workbook_value
from govnlp.errors import OutputError
from govnlp.tagging.codebook import Codebook

if TYPE_CHECKING:
    import pyarrow as pa

_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
XLSX_ROWS, XLSX_CELL = 1_048_576, 32_767  # a sheet's rows, a cell's characters
_LINE, _MOST_LINES = 15, 26  # points; a spreadsheet shows no row higher than 409 points
# Columns that people read, wide enough and wrapped; the others are narrow.
_WIDTHS = {
    "id": 20, "source": 24, "headline": 30, "locality": 22, "heading": 24, "text": 70, "labels": 20,
    "labels_zh": 24, "unsure": 16, "evidence_zh": 40,
}  # fmt: skip


def check_sheet(batch: pa.RecordBatch, rows: int, target: Path) -> None:
    """Raise OutputError where a sheet cannot hold so many rows, or a text of a batch."""
    if rows >= XLSX_ROWS:
        raise OutputError(
            f"{target}: more rows than a sheet holds ({XLSX_ROWS:,}); write .parquet, .csv or .jsonl instead"
        )
    import pyarrow as pa
    from pyarrow.compute import max as longest
    from pyarrow.compute import utf8_length

    for column in batch.columns:
        if pa.types.is_string(column.type) and (longest(utf8_length(column)).as_py() or 0) > XLSX_CELL:
            raise OutputError(
                f"{target}: a text is longer than a cell of a workbook holds ({XLSX_CELL:,} characters); "
                "write .parquet, .csv or .jsonl instead"
            )


def write_workbook(
    rows: Iterable[Sequence[Any]], columns: Sequence[str], count: int, path: Path, codebook: Codebook | None = None
) -> None:
    """Write rows into a sheet as they come, `tags` where a codebook comes with them, which has another.

    Args:
        rows: cells in the order of the columns.
        columns: their names.
        count: how many rows there are, for the filters.
        path: the workbook.
        codebook: the labels and what they mean.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("tags" if codebook else "rows")
    sheet.freeze_panes = "A2"
    for number, name in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 14)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    with _closing(sheet):
        _Rows(sheet, len(columns), bold=True).append(columns)
        _append_rows(sheet, rows, columns)
    if codebook:
        _add_codebook(book.create_sheet("codebook"), codebook)
    book.save(path)


def _append_rows(sheet: Any, rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> None:
    wide = [(i, _WIDTHS[name]) for i, name in enumerate(columns) if name in _WIDTHS]
    writer = _Rows(sheet, len(columns), wrapped=[i for i, _ in wide])
    for number, row in enumerate(rows, 2):
        sheet.row_dimensions[number].height = _LINE * _lines(row, wide)
        writer.append(row)
        del sheet.row_dimensions[number]  # written; kept, it would grow with the rows


class _Rows:
    """Appends rows to a sheet, texts as texts, never as formulas.

    One cell for each column is filled again and again: a sheet that is only written keeps none, and styles are
    dear to make.
    """

    def __init__(self, sheet: Any, columns: int, bold: bool = False, wrapped: Sequence[int] = ()) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        self._sheet = sheet
        self._cells = [WriteOnlyCell(sheet) for _ in range(columns)]
        for cell in self._cells if bold else ():
            cell.font = Font(bold=True)
        for number in wrapped:
            self._cells[number].alignment = Alignment(wrap_text=True, vertical="top")

    def append(self, row: Sequence[Any]) -> None:
        """Append a row."""
        self._sheet.append(list(map(self._filled, self._cells, row)))

    def _filled(self, cell: Any, value: Any) -> Any:
        if not isinstance(value, str):
            return workbook_value(value)
        cell.value = _escaped(value)
        cell.data_type = "s"  # also for =1+1, which openpyxl takes for a formula
        return cell


def _escaped(text: str) -> str:
    """Return a text with the control characters that no workbook holds as _x0000_, as the format has it."""
    if "_x" not in text and text.isprintable():
        return text
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    plain = _LIKE_ESCAPED.sub("_x005F_", text)
    return ILLEGAL_CHARACTERS_RE.sub(lambda found: f"_x{ord(found.group()):04x}_", plain)


@contextmanager
def _closing(sheet: Any) -> Iterator[None]:
    """Close a sheet that could not be written, which its writer would complain of later; tell it as what it is."""
    try:
        yield
    except Exception as error:
        with suppress(Exception):
            sheet.close()
        if type(error).__module__.startswith("lxml"):
            raise OSError(str(error)) from None
        raise


def _add_codebook(sheet: Any, codebook: Codebook) -> None:
    sheet.column_dimensions["E"].width = 100
    header = ("id", "zh", "en", "group", "definition")
    _Rows(sheet, len(header), bold=True).append(header)
    writer = _Rows(sheet, len(header))
    for m in codebook.mechanisms:
        writer.append((m.id, m.zh, m.en, m.group, m.definition))


def _lines(row: Sequence[Any], wide: Sequence[tuple[int, int]]) -> int:
    """Return how many lines the fullest cell of a row takes, a Chinese character being two columns wide."""
    needed = [2 * len(row[number]) // width + 1 for number, width in wide if isinstance(row[number], str)]
    return min(max(needed, default=1), _MOST_LINES)
