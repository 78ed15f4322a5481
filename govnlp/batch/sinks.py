"""Output files: written beside their place and renamed, so that each is whole or not there."""

from __future__ import annotations

import itertools
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govnlp.batch.arrow import json_rows, tagged_schema, to_rows
from govnlp.batch.cells import joined_cell, plain_cell
from govnlp.batch.flat import Layout, write_csv
from govnlp.batch.spool import Spool
from govnlp.batch.workbook import check_sheet, write_workbook
from govnlp.errors import OutputError
from govnlp.tagging.codebook import Codebook

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
TABLE_SUFFIXES = (".jsonl", ".csv", ".xlsx", ".parquet")


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
        raise OutputError(f"{target}: cannot be written ({error.strerror or error})") from None
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


def write_tagged(batches: Iterable[pa.RecordBatch], target: Path | None, codebook: Codebook) -> None:
    """Write tagged record batches, as they come, in the format that the target's suffix names.

    Columns are those of all batches together. A .parquet keeps labels, scores and evidence nested, as
    `govnlp.batch.arrow` describes them; .csv and .xlsx have one level.
    """
    if target is None or target.suffix.lower() == ".jsonl":
        write_json_lines((row for batch in batches for row in json_rows(batch)), target)
        return
    with _spooled(batches, target, tagged_schema(codebook.ids)) as (spool, beside):
        layout = Layout(spool.names, codebook)
        rows = (layout.flatten(row) for batch in spool for row in to_rows(batch))
        _write_spool(spool, rows, layout.columns, beside, codebook)


def write_table(batches: Iterable[pa.RecordBatch], target: Path | None) -> None:
    """Write record batches of any columns in the format that the target's suffix names."""
    if target is None or target.suffix.lower() == ".jsonl":
        write_json_lines((plain_cell(row) for batch in batches for row in batch.to_pylist()), target)
        return
    batches = iter(batches)
    first = next(batches)
    with _spooled(itertools.chain([first], batches), target, first.schema) as (spool, beside):
        rows = ([joined_cell(row.get(n)) for n in spool.names] for batch in spool for row in batch.to_pylist())
        _write_spool(spool, rows, spool.names, beside)


@contextmanager
def _spooled(batches: Iterable[pa.RecordBatch], target: Path, schema: pa.Schema) -> Iterator[tuple[Spool, Path]]:
    """Yield all batches on disk and the path to write to."""
    workbook = target.suffix.lower() == ".xlsx"
    with written_beside(target) as beside, Spool(target, schema) as spool:
        for batch in batches:
            spool.write(batch)
            if workbook:
                check_sheet(batch, spool.rows, target)
        spool.end()
        yield spool, beside


def _write_spool(
    spool: Spool, rows: Iterable[Sequence[Any]], columns: Sequence[str], path: Path, codebook: Codebook | None = None
) -> None:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        spool.finish(path)
    elif suffix == ".csv":
        write_csv(rows, columns, path)
    else:
        write_workbook(rows, columns, spool.rows, path, codebook)
