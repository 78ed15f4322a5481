"""Read labelled paragraphs: rows of one's own, and the shipped corpus of whole articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from govnlp.errors import LabelledDataError
from govnlp.labelled.tables import TABLES, read_table
from govnlp.resources import data_path

MODEL_CODER = "model:"


@dataclass(frozen=True)
class Mark:
    """The run of a paragraph that earns a label."""

    label: str
    start: int
    end: int


@dataclass(frozen=True)
class LabelledParagraph:
    """A paragraph with the labels that a coder gave it.

    `labels` is empty where the coder found none, None where nobody has coded it yet; `coded` names the
    labels that the coder looked for, None for all. `group` is the article, `writer` whoever wrote it, where known.
    """

    id: str
    text: str
    labels: tuple[str, ...] | None
    group: str
    coded: tuple[str, ...] | None = None
    marks: tuple[Mark, ...] = ()
    writer: str | None = None


def read_labelled(*paths: str | Path, allow_model_coder: bool = False) -> list[LabelledParagraph]:
    """Read labelled paragraphs from JSON Lines or tables.

    Args:
        paths: .jsonl files of rows `{"id", "text", "labels", "group"}` (article_id is read as group), or of
            articles in the shape of `read` whose paragraphs have `labels`; .csv and .xlsx tables with the same
            columns, labels divided by ；, or with one column of 0 and 1 per label.
        allow_model_coder: also take rows whose `coder` is still a model.

    Raises:
        LabelledDataError: a file is missing, a row is no JSON, an id comes twice, or a text is empty;
            the message names file and row.
    """
    paragraphs: list[LabelledParagraph] = []
    seen: dict[str, str] = {}
    for path in paths:
        for where, row in _rows(Path(path)):
            for paragraph in (
                _from_article(row, where) if "sections" in row else [_from_row(row, where, allow_model_coder)]
            ):
                if paragraph.id in seen:
                    raise LabelledDataError(
                        f"{where}: the id {paragraph.id!r} was already used in {seen[paragraph.id]}"
                    )
                seen[paragraph.id] = where
                paragraphs.append(paragraph)
    return paragraphs


def read_corpus(parts: Iterable[str] = ("train", "validation", "test")) -> list[LabelledParagraph]:
    """Read the labelled paragraphs of the shipped corpus, of the parts named."""
    wanted = set(parts)
    articles = (article for article in corpus_articles() if article["part"] in wanted)
    return [
        replace(p, writer=article["source"]) for article in articles for p in _from_article(article, str(article["id"]))
    ]


def corpus_articles() -> Iterator[dict[str, Any]]:
    """Yield the articles of the shipped corpus as they lie in corpus/reports, files in name order."""
    for file in sorted(data_path("corpus", "reports").glob("*.jsonl")):
        for _, row in _rows(file):
            yield row


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    return read_table(file) if file.suffix.lower() in TABLES else _json_lines(file)


def _json_lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise LabelledDataError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise LabelledDataError(
            f"{file}: is no UTF-8 text; labelled paragraphs are JSON Lines in UTF-8, or tables"
        ) from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{file}, row {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise LabelledDataError(f"{where}: is no JSON ({error})") from None
        if not isinstance(row, dict):
            raise LabelledDataError(f"{where}: is no JSON object")
        yield where, row


def _from_row(row: Mapping[str, Any], where: str, allow_model_coder: bool) -> LabelledParagraph:
    coder = row.get("coder")
    if isinstance(coder, str) and coder.startswith(MODEL_CODER) and not allow_model_coder:
        raise LabelledDataError(
            f"{where}: its coder is still {coder!r}; labels that a model gave are no truth: correct them and put "
            "your name into `coder`, or ask for them (--allow-model-coder)"
        )
    name = str(where if row.get("id") is None else row["id"])
    group = row.get("group") or row.get("article_id")
    return LabelledParagraph(
        id=name,
        text=_text(row.get("text"), "text", where),
        labels=_labels(row.get("labels"), where),
        group=str(group) if group else name,
        coded=_labels(row.get("coded"), where),
        marks=_marks(row.get("marks"), where),
    )


def _from_article(article: Mapping[str, Any], where: str) -> list[LabelledParagraph]:
    try:
        rows = [p for section in article["sections"] for p in section["paragraphs"]]
    except (KeyError, TypeError) as wrong:
        raise LabelledDataError(f"{where}: not an article in the shape of `govnlp read` ({wrong})") from None
    return [_from_row({**row, "group": article.get("id")}, where, False) for row in rows]


def _text(value: Any, name: str, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise LabelledDataError(f"{where}: `{name}` is missing or empty; expected a text")
    return value


def _labels(value: Any, where: str) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(label, str) for label in value):
        raise LabelledDataError(f"{where}: `labels` is {value!r}; expected a list of label ids, [] for none")
    return tuple(value)


def _marks(value: Sequence[Mapping[str, Any]] | None, where: str) -> tuple[Mark, ...]:
    try:
        return tuple(Mark(str(m["label"]), int(m["start"]), int(m["end"])) for m in value or ())
    except (KeyError, TypeError, ValueError) as wrong:
        raise LabelledDataError(f"{where}: `marks` cannot be read ({wrong!r}); expected label, start, end") from None
