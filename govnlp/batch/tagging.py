"""Tagged rows of any input: articles keep their place, tables their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from govnlp.batch.sources import Row, Table
from govnlp.records import Article, Paragraph
from govnlp.tagging.classifier import MechanismClassifier

CHUNK = 500  # rows or articles that one process takes at a time

_Item = TypeVar("_Item")


def tagged_rows(loaded: Sequence[Article] | Table, classifier: MechanismClassifier, jobs: int = 1) -> list[Row]:
    """Return one row per paragraph in the contract's shape, in input order whatever the number of processes.

    Args:
        loaded: articles, or a table with a text per row.
        classifier: gives the labels.
        jobs: how many processes share the work; threads would not help, since cutting words holds the
            interpreter's lock.
    """
    if isinstance(loaded, Table):
        chunks: list[Any] = [Table(loaded.source, tuple(part)) for part in _chunks(loaded.rows)]
    else:
        chunks = list(_chunks(loaded))
    if jobs == 1 or len(chunks) == 1:
        return [row for chunk in chunks for row in _tag_chunk(chunk, classifier)]
    from joblib import Parallel, delayed

    done = Parallel(n_jobs=jobs)(delayed(_tag_chunk)(chunk, classifier) for chunk in chunks)
    return [row for rows in done for row in rows]


def _chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    return (items[i : i + CHUNK] for i in range(0, len(items), CHUNK))


def _tag_chunk(chunk: Sequence[Article] | Table, classifier: MechanismClassifier) -> list[Row]:
    if not isinstance(chunk, Table):
        return [tagged.to_dict() for tagged in classifier.tag(chunk)]
    paragraphs = [Paragraph(id=str(row["id"]), text=row["text"]) for row in chunk.rows]
    tagged = classifier.tag_paragraphs(paragraphs)
    return [_with_columns(row, one.to_dict(), chunk.source) for row, one in zip(chunk.rows, tagged, strict=True)]


def _with_columns(row: Row, tagged: Row, source: str) -> Row:
    """Return a tagged row with the columns of its table; one that bears an output's name comes back as NAME_in."""
    tagged["id"] = row["id"]
    tagged["source"] = source
    passed: dict[str, Any] = {
        f"{key}_in" if key in tagged else key: value for key, value in row.items() if key not in ("id", "text")
    }
    return tagged | passed
