"""Looking into an archive: what is in it, its tables as files, a word in its contexts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from govnlp.batch.archive import Archive
from govnlp.batch.archive_schema import TABLES, VIEWS
from govnlp.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
CONTEXT = 20  # characters on either side of a word found
_ROWS = 10_000

_SEARCH = """
SELECT p.id, coalesce(a.source, s.file) AS source, a.headline, a.locality, p.labels, p.text
FROM paragraphs p JOIN sources s USING (source_id) LEFT JOIN articles a USING (article_key)
WHERE contains(p.text, ?) ORDER BY s.file, s.part, p.paragraph_key
"""


def contents(archive: Archive) -> Row:
    """Return what an archive holds: counts of its tables, paragraphs by label and by model, times."""
    version, made, created = archive.query("SELECT schema_version, govnlp, created_at FROM archive")[0]
    files, last = archive.query("SELECT count(DISTINCT file), max(tagged_at) FROM sources")[0]
    by_model = archive.query("SELECT model, sum(paragraphs)::BIGINT FROM sources GROUP BY ALL ORDER BY model")
    by_label = archive.query("SELECT label, count(*) FROM tags GROUP BY ALL ORDER BY count(*) DESC, label")
    counts = {table: archive.query(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES[1:]}  # noqa: S608
    return {
        "archive": str(archive.path),
        "schema_version": version,
        "made_by": f"govnlp {made}",
        "created_at": created.isoformat(timespec="seconds"),
        "tagged_at": last and last.isoformat(timespec="seconds"),
        "files": files,
        **counts,
        "models": {model: count for model, count in by_model if model},
        "labels": dict(by_label),
    }


def table_batches(archive: Archive, table: str) -> Iterator[pa.RecordBatch]:
    """Yield a table of an archive as record batches; at least one, so that its columns are known.

    Raises:
        UsageError: there is no such table.
    """
    known = (*TABLES, *VIEWS)
    if table not in known:
        raise UsageError(f"an archive has no table {table!r}; there are {', '.join(known)}")
    reader = _arrow_reader(archive.connection, f"SELECT * FROM {table}")  # noqa: S608
    yield from reader.schema.empty_table().to_batches()
    yield from reader


def _arrow_reader(connection: Any, query: str) -> pa.RecordBatchReader:
    """Return the rows of a query, read as they are asked for, as DuckDB 2 and 1 have it."""
    if hasattr(connection, "fetch_record_batch"):
        return connection.execute(query).fetch_record_batch(_ROWS)
    return connection.sql(query).to_arrow_reader(_ROWS)


def search_batches(archive: Archive, word: str) -> Iterator[pa.RecordBatch]:
    """Yield each place of a word with the text around it (keyword in context), in the order of files and texts.

    Args:
        archive: an open archive.
        word: the characters to look for, as they stand.
    """
    import pyarrow as pa

    if not word:
        raise UsageError("nothing to search for; name a word")
    rows = archive.connection.execute(_SEARCH, [word])
    names = ("id", "source", "headline", "locality", "left", "word", "right", "start", "end", "labels")
    texts = [(name, pa.string()) for name in names[:7]]
    schema = pa.schema([*texts, ("start", pa.int32()), ("end", pa.int32()), ("labels", pa.list_(pa.string()))])
    yield from schema.empty_table().to_batches()
    while chunk := rows.fetchmany(_ROWS):
        found = [
            (*place, text[max(0, start - CONTEXT) : start], word, text[end : end + CONTEXT], start, end, labels)
            for *place, labels, text in chunk
            for start, end in _places(text, word)
        ]
        yield pa.RecordBatch.from_pylist([dict(zip(names, row, strict=True)) for row in found], schema)


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in re.finditer(re.escape(word), text))
