"""Tagged rows of any input: articles keep their place, tables their columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govnlp.batch.sources import Row, Table
from govnlp.records import Article, Paragraph
from govnlp.tagging.classifier import MechanismClassifier


def tagged_rows(loaded: Sequence[Article] | Table, classifier: MechanismClassifier) -> list[Row]:
    """Return one row per paragraph in the contract's shape."""
    if isinstance(loaded, Table):
        return _table_rows(loaded, classifier)
    return [tagged.to_dict() for tagged in classifier.tag(loaded)]


def _table_rows(table: Table, classifier: MechanismClassifier) -> list[Row]:
    texts = [Paragraph(id=str(row.get("id", i)), text=row["text"]) for i, row in enumerate(table.rows, 1)]
    tagged = classifier.tag_paragraphs(texts)
    return [_with_columns(row, one.to_dict(), table.source) for row, one in zip(table.rows, tagged, strict=True)]


def _with_columns(row: Row, tagged: Row, source: str) -> Row:
    """Return a tagged row with the columns of its table; one that bears an output's name comes back as NAME_in."""
    if "id" in row:
        tagged["id"] = row["id"]
    tagged["source"] = source
    passed: dict[str, Any] = {
        f"{key}_in" if key in tagged else key: value for key, value in row.items() if key not in ("id", "text")
    }
    return tagged | passed
