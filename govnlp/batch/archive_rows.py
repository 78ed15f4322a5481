"""A tagged load as rows of an archive's tables, numbered from the archive's next numbers on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from govnlp import __version__
from govnlp.batch.arrow import PLACE, RESULTS, json_rows
from govnlp.batch.work import Done

if TYPE_CHECKING:
    import pyarrow as pa

_ARTICLE = ("source", "genre", "headline", "kicker", "date", "newspaper", "page", "unit", "reporter")
_LOCALITY = ("adcode", "level", "province", "city", "county")


def source_rows(done: Done, first: int, files: Sequence[str]) -> pa.Table:
    """Return the files of a load, named as the archive names them, numbered from `first` on."""
    results = done.results
    coder = done.batch["coder"][0].as_py() if len(done.batch) else ""
    columns: dict[str, list[Any]] = {
        "source_id": list(range(first, first + len(results))),
        "file": list(files),
        "part": [result.unit.part for result in results],
        "content_hash": [result.unit.digest for result in results],
        "articles": [len(result.articles) for result in results],
        "paragraphs": [result.paragraphs for result in results],
        "model": [coder.removeprefix("model:")] * len(results),
        "govnlp": [__version__] * len(results),
        "tagged_at": [datetime.now(UTC).replace(tzinfo=None)] * len(results),
    }
    numbers = dict.fromkeys(("source_id", "part", "articles", "paragraphs"), "int32")
    return _table(columns, numbers | {"tagged_at": "timestamp[us]"})


def article_rows(done: Done, source: int, first: int) -> pa.Table:
    """Return the articles of a load.

    Args:
        done: the load.
        source: the number of its first file.
        first: the number of its first article.
    """
    articles = [(source + i, a) for i, result in enumerate(done.results) for a in result.articles]
    columns: dict[str, list[Any]] = {
        "article_key": list(range(first, first + len(articles))),
        "source_id": [number for number, _ in articles],
        "article_id": [a.id for _, a in articles],
        **{name: [getattr(a, name) for _, a in articles] for name in _ARTICLE},
        "locality": [a.locality and a.locality.name for _, a in articles],
        **{name: [a.locality and getattr(a.locality, name) for _, a in articles] for name in _LOCALITY},
    }
    return _table(columns, {"article_key": "int64", "source_id": "int32"})


def paragraph_rows(done: Done, source: int, article: int, first: int) -> pa.Table:
    """Return the paragraphs of a load with their evidence, which the table of tags is made from."""
    import pyarrow as pa

    batch = done.batch
    sources, articles = _owners(done, source, article)
    columns = {
        "paragraph_key": pa.array(range(first, first + len(batch)), pa.int64()),
        "source_id": pa.array(sources, pa.int32()),
        "article_key": pa.array(articles, pa.int64()),
        "id": pa.array([str(value) for value in batch["id"].to_pylist()], pa.string()),
        "columns": pa.array(_own_columns(batch), pa.string()),
        "scores": _map(batch["scores"]),
        **{name: batch[name] for name in ("heading", "text", "labels", "unsure", "evidence")},
    }
    return pa.table(columns)


def _owners(done: Done, source: int, article: int) -> tuple[list[int], list[int | None]]:
    """Return the source and the article, if any, of each paragraph of a load."""
    sources: list[int] = []
    articles: list[int | None] = []
    for i, result in enumerate(done.results):
        sources += [source + i] * result.paragraphs
        if not result.articles:
            articles += [None] * result.paragraphs
        for one in result.articles:
            articles += [article] * len(one.paragraphs)
            article += 1
    return sources, articles


def _own_columns(batch: pa.RecordBatch) -> Sequence[str | None]:
    """Return the columns that pass through as JSON objects."""
    names = [name for name in batch.schema.names if name not in (*PLACE, *RESULTS)]
    if not names:
        return [None] * len(batch)
    return [json.dumps({name: row[name] for name in names}, ensure_ascii=False) for row in json_rows(batch)]


def _map(scores: pa.StructArray) -> pa.MapArray:
    """Return a struct of scores as a map, since archives outlive codebooks."""
    import numpy as np
    import pyarrow as pa

    labels = [field.name for field in scores.type]
    rows = len(scores)
    values = np.column_stack([column.to_numpy() for column in scores.flatten()]) if rows else np.zeros((0, 0))
    offsets = pa.array(np.arange(rows + 1) * len(labels), pa.int32())
    return pa.MapArray.from_arrays(offsets, pa.array(labels * rows, pa.string()), pa.array(values.ravel()))


def figure_rows(done: Done, paragraphs: pa.Table) -> pa.Table:
    """Return the figures of a load."""
    found = [figure for _, figure in done.figures]
    columns = {
        **_places(done.figures, paragraphs),
        **{
            name: [getattr(f, name) for f in found] for name in ("text", "kind", "unit", "what", "hedge", "per", "flag")
        },
    }
    numbers = {"value": "value", "from_value": "from_", "min_value": "min", "max_value": "max"}
    columns |= {name: [getattr(f, field) for f in found] for name, field in numbers.items()}
    return _table(columns, _PLACES | dict.fromkeys(numbers, "float64"))


def practice_rows(done: Done, paragraphs: pa.Table) -> pa.Table:
    """Return the named practices of a load."""
    found = [practice for _, practice in done.practices]
    columns = _places(done.practices, paragraphs)
    columns |= {name: [getattr(p, name) for p in found] for name in ("name", "kind", "expansion")}
    return _table(columns, _PLACES)


_PLACES = {"paragraph_key": "int64", "source_id": "int32", "start_char": "int32", "end_char": "int32"}


def _places(found: Iterable[tuple[int, Any]], paragraphs: pa.Table) -> dict[str, list[Any]]:
    keys, sources = paragraphs["paragraph_key"].to_pylist(), paragraphs["source_id"].to_pylist()
    found = list(found)
    return {
        "paragraph_key": [keys[row] for row, _ in found],
        "source_id": [sources[row] for row, _ in found],
        "start_char": [one.start for _, one in found],
        "end_char": [one.end for _, one in found],
    }


def _table(columns: dict[str, list[Any]], numbers: dict[str, str]) -> pa.Table:
    """Return columns as a table; those that are not numbers are texts."""
    import pyarrow as pa

    return pa.table({name: pa.array(values, numbers.get(name, "string")) for name, values in columns.items()})
