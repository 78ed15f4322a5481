"""Labelled paragraphs in tables (.csv .xlsx): labels in one column, or one column of 0 and 1 a label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from govnlp.errors import LabelledDataError
from govnlp.spreadsheets import unescape_cell

if TYPE_CHECKING:
    import pandas as pd

TABLES = (".csv", ".xlsx")
NONE = frozenset({"none", "无", "[]"})  # what a coder writes who found no label
_YES, _NO = frozenset({"1", "1.0", "true", "是"}), frozenset({"0", "0.0", "false", "否"})
_SEPARATOR = re.compile(r"\s*[;；,，、|]\s*")
_OTHER = frozenset({
    "id", "text", "labels", "group", "article_id", "coder", "coded", "source", "headline", "locality", "adcode",
    "heading", "unsure", "labels_zh", "evidence_zh",
})  # fmt: skip


def read_table(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of a table in the shape of labelled JSON Lines, each with the place it was read from.

    A cell of the column `labels` holds ids or names, divided by ; ； , ， 、 or |. `none` or 无 says that the coder
    found none; an empty cell says so only where `coder` names who looked, and is not coded yet otherwise. Without
    a column `labels`, each column whose cells are all 0, 1 or empty is a label; an empty cell there was not looked for.
    """
    frame = _read_frame(file)
    if "text" not in frame.columns:
        raise LabelledDataError(f"{file}: no column `text`; there is {', '.join(map(str, frame.columns)) or 'nothing'}")
    flags = [] if "labels" in frame.columns else _flag_columns(frame)
    if "labels" not in frame.columns and not flags:
        raise LabelledDataError(
            f"{file}: neither a column `labels` nor a column of 0 and 1 per label; there is {', '.join(frame.columns)}"
        )
    for number, cells in enumerate(frame.to_dict("records"), 2):
        row = {str(key): unescape_cell(value) or None for key, value in cells.items()}
        if not any(row.values()):
            continue
        labels = _flagged(row, flags) if flags else {"labels": _listed(row)}
        known = {key: row.get(key) for key in ("id", "text", "group", "article_id", "coder")}
        yield f"{file}, row {number}", {**known, **labels}


def _read_frame(file: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        if file.suffix.lower() == ".xlsx":
            return pd.read_excel(file, dtype=str, keep_default_na=False)
        try:
            return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        except UnicodeDecodeError:
            return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="gb18030")
    except UnicodeDecodeError:
        raise LabelledDataError(f"{file}: is neither UTF-8 nor GB18030 text; save it as CSV UTF-8") from None
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise LabelledDataError(f"{file}: is no table that can be read ({error})") from None


def _flag_columns(frame: pd.DataFrame) -> list[str]:
    def is_flag(name: str) -> bool:
        cells = {str(cell).strip().lower() for cell in frame[name]}
        return name not in _OTHER and cells <= _YES | _NO | {""} and cells != {""}

    return [name for name in frame.columns if is_flag(name)]


def _flagged(row: dict[str, Any], flags: list[str]) -> dict[str, Any]:
    cells = {name: str(row[name] or "").strip().lower() for name in flags}
    coded = [name for name, cell in cells.items() if cell]
    if not coded:
        return {"labels": None}
    labels = [name for name in coded if cells[name] in _YES]
    return {"labels": labels, "coded": coded}


def _listed(row: dict[str, Any]) -> list[str] | None:
    cell = str(row["labels"] or "").strip()
    if not cell:
        return [] if row.get("coder") else None
    return [] if cell.lower() in NONE else [label for label in _SEPARATOR.split(cell) if label]
