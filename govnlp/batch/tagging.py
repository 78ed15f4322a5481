"""Tagged rows of any input: articles keep their place, tables their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from govnlp.batch.sources import Row, Table
from govnlp.records import Article, Paragraph
from govnlp.tagging.classifier import MechanismClassifier

CHUNK = 500  # paragraphs or rows, about, that one process takes at a time

_Part = tuple[Article, ...] | Table


def tagged_rows(
    loaded: Iterable[Sequence[Article] | Table], classifier: MechanismClassifier, jobs: int = 1
) -> list[Row]:
    """Return one row per paragraph in the contract's shape, in input order whatever the number of processes.

    Args:
        loaded: for each input its articles, or its table with a text per row.
        classifier: gives the labels.
        jobs: how many processes share the work; threads would not help, since cutting words holds the
            interpreter's lock.
    """
    parts = list(_parts(loaded))
    if jobs == 1 or len(parts) == 1:
        return [row for part in parts for row in _tag_part(part, classifier)]
    from joblib import Parallel, delayed

    done = Parallel(n_jobs=jobs)(delayed(_tag_part)(part, classifier) for part in parts)
    return [row for rows in done for row in rows]


def _parts(loaded: Iterable[Sequence[Article] | Table]) -> Iterator[_Part]:
    """Yield the inputs in parts of about CHUNK paragraphs; articles are kept whole."""
    waiting: list[Article] = []
    for one in loaded:
        if isinstance(one, Table):
            yield tuple(waiting)
            waiting = []
            yield from (Table(one.source, one.rows[i : i + CHUNK]) for i in range(0, len(one.rows), CHUNK))
            continue
        for article in one:
            waiting.append(article)
            if sum(len(a.paragraphs) for a in waiting) >= CHUNK:
                yield tuple(waiting)
                waiting = []
    yield tuple(waiting)


def _tag_part(part: _Part, classifier: MechanismClassifier) -> list[Row]:
    if not isinstance(part, Table):
        return [tagged.to_dict() for tagged in classifier.tag(part)]
    paragraphs = [Paragraph(id=str(row["id"]), text=row["text"]) for row in part.rows]
    tagged = classifier.tag_paragraphs(paragraphs)
    return [_with_columns(row, one.to_dict(), part.source) for row, one in zip(part.rows, tagged, strict=True)]


def _with_columns(row: Row, tagged: Row, source: str) -> Row:
    """Return a tagged row with the columns of its table; one that bears an output's name comes back as NAME_in."""
    tagged["id"] = row["id"]
    tagged["source"] = source
    passed: dict[str, Any] = {
        f"{key}_in" if key in tagged else key: value for key, value in row.items() if key not in ("id", "text")
    }
    return tagged | passed
