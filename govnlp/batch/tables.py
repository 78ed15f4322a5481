"""Tables as record batches, read piece by piece: .jsonl .csv .xlsx .parquet.

A row that cannot be used comes as a fault in its place; the rows after it go on. Cells of a .csv stay the
texts that are printed; .xlsx, .jsonl and .parquet keep their types.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from govnlp.batch.arrow import JSON_TEXT, as_texts
from govnlp.batch.cells import plain_cell
from govnlp.batch.faults import Fault, OnFault
from govnlp.errors import InputError
from govnlp.reading.decode import decode
from govnlp.spreadsheets import unescape_cell

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 1000  # rows in a record batch
_SAMPLE = 65_536  # bytes from which the encoding of a table is told
_CSV_CELL = 10_000_000  # characters; a longer cell is a quotation mark left open
_XLSX_BYTES = 2 << 30  # of an unpacked workbook

Cells = dict[str, Any]


class Piece(NamedTuple):
    """Some rows of a table, and the share of its file that is read with them."""

    batch: pa.RecordBatch
    read: float


def read_csv(name: str, text_column: str, on_fault: OnFault) -> Iterator[Piece]:
    """Yield the rows of a .csv as record batches of strings."""
    import pyarrow as pa

    size = Path(name).stat().st_size or 1
    with open_table(name) as file:
        rows = csv.reader(read_lines(file, name), strict=True)
        csv.field_size_limit(_CSV_CELL)
        header = [str(unescape_cell(name)) for name in next(rows, [])]
        _check_header(header, text_column, name)
        for chunk in _chunks(_csv_rows(rows, len(header), header.index(text_column), name, on_fault)):
            columns = zip(*chunk, strict=True)
            arrays = [pa.array(map(unescape_cell, column), pa.string()) for column in columns]
            yield Piece(pa.record_batch(arrays, names=header), file.tell() / size)


def _csv_rows(rows: Any, width: int, text: int, name: str, on_fault: OnFault) -> Iterator[list[str | None]]:
    """Yield rows as wide as the header; the missing cells of a short one are null, but not its text."""
    for number in itertools.count(1):
        try:
            row = next(rows)
            "".join(row).encode()
        except StopIteration:
            return
        except csv.Error as error:
            on_fault(Fault(name, f"row {number} (line {rows.line_num})", f"is no CSV that can be read ({error})"))
            continue
        except UnicodeEncodeError:
            on_fault(Fault(name, f"row {number}", "is not text in the encoding of the others"))
            continue
        if len(row) > width:
            reason = "has more cells than the header has columns; quote cells with commas"
            on_fault(Fault(name, f"row {number}", reason))
        elif 0 < len(row) <= text:
            on_fault(Fault(name, f"row {number}", f"has {len(row)} of {width} cells and no text"))
        elif row:
            yield row + [None] * (width - len(row))


def read_json_objects(lines: Iterable[str], name: str, on_fault: OnFault) -> Iterator[tuple[int, Cells]]:
    """Yield the objects of JSON Lines with the number of their line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            json.dumps(row, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            on_fault(Fault(name, f"line {number}", f"is no JSON that can be read ({error})"))
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            on_fault(Fault(name, f"line {number}", "is no JSON object"))


def batch_objects(
    rows: Iterable[tuple[int, Cells]], text_column: str, name: str, on_fault: OnFault
) -> Iterator[pa.RecordBatch]:
    """Yield JSON objects as record batches; those without a text are faults."""

    def usable() -> Iterator[Cells]:
        for number, row in rows:
            if isinstance(row.get(text_column), str):
                yield row
            else:
                columns = ", ".join(map(str, row)) or "nothing"
                on_fault(Fault(name, f"line {number}", f"no column `{text_column}` with a text; there is {columns}"))

    for chunk in _chunks(usable()):
        yield _typed_batch(chunk)


def read_xlsx(name: str, text_column: str, on_fault: OnFault) -> Iterator[Piece]:
    """Yield the rows of a workbook's first sheet as record batches."""
    from openpyxl.utils.escape import unescape

    sheet = _open_sheet(name)
    lines = sheet.iter_rows(values_only=True)
    header = [f"column_{i}" if cell is None else str(cell) for i, cell in enumerate(next(lines, ()), 1)]
    _check_header(header, text_column, name)
    total = max(sheet.max_row or 1, 1)

    def usable() -> Iterator[tuple[int, Cells]]:
        for number, line in enumerate(lines, 2):
            cells = [unescape(cell) if isinstance(cell, str) else cell for cell in line]
            row = dict(zip(header, cells, strict=False))
            if isinstance(row.get(text_column), str):
                yield number, row
            elif any(cell is not None for cell in cells):
                on_fault(Fault(name, f"row {number}", f"no text in the column `{text_column}`"))

    for chunk in _chunks(usable()):
        yield Piece(_typed_batch([row for _, row in chunk]), min(chunk[-1][0] / total, 1.0))


def _open_sheet(name: str) -> Any:
    from zipfile import BadZipFile, ZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with ZipFile(name) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > _XLSX_BYTES:
            raise InputError(f"{name}: {size:,} bytes unpacked are more than a workbook may have; save it as .csv")
        return load_workbook(name, read_only=True, data_only=True).worksheets[0]
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise InputError(f"{name}: is no workbook that can be read ({error})") from None


def read_parquet(name: str, text_column: str, on_fault: OnFault) -> Iterator[Piece]:
    """Yield the rows of a Parquet file as record batches, types kept."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(name, buffer_size=1 << 20, pre_buffer=False) as file:
            _check_header(file.schema_arrow.names, text_column, name)
            as_texts(file.schema_arrow.empty_table().column(text_column), text_column)
            done, total = 0, file.metadata.num_rows or 1
            for batch in file.iter_batches(batch_size=CHUNK):
                texts = _with_texts(batch, text_column, name, done, on_fault)
                done += len(batch)
                yield Piece(texts, done / total)
    except (OSError, ArrowException) as error:
        raise InputError(f"{name}: is no Parquet file that can be read ({error})") from None


def _with_texts(batch: pa.RecordBatch, text_column: str, name: str, before: int, on_fault: OnFault) -> pa.RecordBatch:
    """Return the rows that have a text; the others are faults."""
    texts = batch.column(text_column)
    if not texts.null_count:
        return batch
    for number, valid in enumerate(texts.is_valid().to_pylist(), before + 1):
        if not valid:
            on_fault(Fault(name, f"row {number}", f"no text in the column `{text_column}`"))
    return batch.filter(texts.is_valid())


def read_lines(file: BinaryIO, name: str, head: bytes = b"") -> Iterator[str]:
    """Yield the lines of an open file, decoded as a page is; bytes that do not fit come as lone surrogates.

    Args:
        file: open for reading bytes.
        name: its name, for messages.
        head: what was read of it already.
    """
    sample = head + file.read(_SAMPLE) + file.readline()
    encoding = _find_encoding(sample, name)
    if encoding == "utf-16":
        sample += file.read()  # a line end of two bytes may lie across the sample's
    yield from io.StringIO(sample.decode(encoding, "surrogateescape"), newline="")
    rest = io.TextIOWrapper(file, encoding.removesuffix("-sig"), "surrogateescape", newline="")
    try:
        yield from rest
    finally:
        if not rest.closed:
            rest.detach()  # the file is its opener's to close


def _find_encoding(sample: bytes, name: str) -> str:
    """Return the encoding of most lines, so that one broken row does not decide it.

    Raises:
        InputError: the sample is no text.
    """
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    telling = [line for line in sample.split(b"\n") if not line.isascii()]
    fitting = sum(_is_utf8(line) for line in telling)
    if fitting * 2 < len(telling):
        decode(sample, name)
        return "gb18030"
    if fitting == len(telling):
        decode(sample, name)
    return "utf-8-sig"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def open_table(name: str) -> BinaryIO:
    """Open a file for reading bytes."""
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror})") from None


def _check_header(header: Sequence[str], text_column: str, name: str) -> None:
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise InputError(
            f"{name}: the column {', '.join(map(repr, twice))} comes twice; give each column a name of its own"
        )
    if text_column not in header:
        there = ", ".join(header) or "nothing"
        raise InputError(f"{name}: no column `{text_column}` with a text; there is {there}")


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk


def _typed_batch(rows: Sequence[Cells]) -> pa.RecordBatch:
    """Return rows as a record batch with the types of their values."""
    import pyarrow as pa

    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [_typed_column([row.get(name) for row in rows]) for name in names]
    fields = [pa.field(n, c.type, metadata=m) for n, (c, m) in zip(names, columns, strict=True)]
    return pa.record_batch([column for column, _ in columns], schema=pa.schema(fields))


def _typed_column(values: Sequence[Any]) -> tuple[pa.Array, dict[bytes, bytes] | None]:
    """Return values of one kind as an array of it, of several kinds or nested ones as JSON text that is marked so."""
    import pyarrow as pa

    if not any(isinstance(value, list | dict) for value in values):
        try:
            return pa.array(values), None
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
            pass  # of several kinds
    texts = [None if v is None else json.dumps(plain_cell(v), ensure_ascii=False) for v in values]
    return pa.array(texts, pa.string()), JSON_TEXT
