"""Record batches on disk on their way to a table, so that columns that come late find their place."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from govnlp.batch.arrow import JSON_TEXT
from govnlp.batch.cells import plain_cell

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 16_384  # rows that are held before they are written


class Spool:
    """A folder of Parquet files beside an output: one, or several where columns or their types differ.

    A table of one kind is written once; only where inputs differ is it written again, with the columns of all.

    Args:
        target: the output; the folder lies beside it and goes when the spool is left.
        schema: the columns of a table without rows.
    """

    def __init__(self, target: Path, schema: pa.Schema) -> None:
        self.rows = 0
        self._folder = tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.")
        self._schemas: list[pa.Schema] = [schema]
        self._held: list[pa.RecordBatch] = []
        self._writer: Any = None

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._writer is not None:
            self._writer.close()
        self._folder.cleanup()

    @property
    def names(self) -> list[str]:
        """The columns of all batches, in the order of their coming."""
        return list(dict.fromkeys(name for schema in self._schemas for name in schema.names))

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        if not _takes(self._schemas[-1], batch.schema):
            self._next_part(batch.schema)
        self._held.append(conform(batch, self._schemas[-1]))
        self.rows += len(batch)
        if sum(map(len, self._held)) >= ROW_GROUP:
            self._flush()

    def _next_part(self, schema: pa.Schema) -> None:
        if self._held or self._writer is not None:
            self._close_part()
            self._schemas.append(schema)
        else:
            self._schemas[-1] = schema

    def _flush(self) -> None:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        if self._writer is None:
            self._writer = ParquetWriter(self._part(len(self._schemas) - 1), self._schemas[-1], compression="zstd")
        self._writer.write_table(pa.Table.from_batches(self._held, self._schemas[-1]), ROW_GROUP)
        self._held = []

    def _close_part(self) -> None:
        self._flush()
        self._writer.close()
        self._writer = None

    def _part(self, number: int) -> Path:
        return Path(self._folder.name) / f"{number}.parquet"

    def end(self) -> None:
        """Write what is held; no batch comes any more."""
        if self._held or self._writer is not None or not self.rows:
            self._close_part()

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Yield the batches again, each with the types that it came with."""
        from pyarrow.parquet import ParquetFile

        for number in range(len(self._schemas)):
            if self._part(number).exists():
                with ParquetFile(self._part(number), pre_buffer=False, buffer_size=1 << 20) as file:
                    yield from file.iter_batches(batch_size=1000)

    def finish(self, path: Path) -> None:
        """Write all batches as one Parquet file."""
        if len(self._schemas) == 1:
            self._part(0).replace(path)
            return
        schema = unify(self._schemas)
        with Spool(path, schema) as again:
            for batch in self:
                again.write(conform(batch, schema))
            again.end()
            again.finish(path)


def _takes(schema: pa.Schema, other: pa.Schema) -> bool:
    """Return whether batches of another schema fit without loss: fewer columns, or columns of nothing but nulls."""
    import pyarrow as pa

    own = {field.name: field for field in schema}
    return all(
        field.name in own
        and (field.equals(own[field.name], check_metadata=True) or pa.types.is_null(field.type))
        for field in other
    )  # fmt: skip


def unify(schemas: Sequence[pa.Schema]) -> pa.Schema:
    """Return a schema that batches of all schemas can be brought to; a column of several kinds becomes text."""
    import pyarrow as pa

    fields: dict[str, list[pa.Field]] = {}
    for schema in schemas:
        for field in schema:
            fields.setdefault(field.name, []).append(field)
    return pa.schema([_unify_fields(same) for same in fields.values()])


def _unify_fields(fields: Sequence[pa.Field]) -> pa.Field:
    import pyarrow as pa

    if any(_is_json(field) for field in fields):
        return pa.field(fields[0].name, pa.string(), metadata=JSON_TEXT)
    try:
        return pa.unify_schemas([pa.schema([f.remove_metadata()]) for f in fields], promote_options="permissive")[0]
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.field(fields[0].name, pa.string())


def conform(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Return a batch with the columns and types of a schema that takes it."""
    import pyarrow as pa

    if batch.schema.equals(schema, check_metadata=True):
        return batch
    columns = [
        _conform_column(batch, field) if field.name in batch.schema.names else pa.nulls(len(batch), field.type)
        for field in schema
    ]
    return pa.record_batch(columns, schema=schema)


def _conform_column(batch: pa.RecordBatch, field: pa.Field) -> pa.Array:
    import pyarrow as pa

    own, column = batch.schema.field(field.name), batch.column(field.name)
    if _is_json(field) and not _is_json(own):
        return _texts(column.to_pylist(), json_dumps)
    if column.type == field.type:
        return column
    try:
        return column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _texts(column.to_pylist(), str)


def _texts(values: Iterable[Any], write: Any) -> pa.Array:
    import pyarrow as pa

    return pa.array([None if value is None else write(plain_cell(value)) for value in values], pa.string())


def json_dumps(value: Any) -> str:
    """Return a value as JSON text, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)


def _is_json(field: pa.Field) -> bool:
    return bool((field.metadata or {}).items() >= JSON_TEXT.items())
