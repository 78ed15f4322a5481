"""Single cells: what no spreadsheet runs as a formula, what a workbook can hold, what JSON can say."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any


def plain_cell(value: Any) -> Any:
    """Return a cell as JSON has it: dates as ISO text, no NaN.

    >>> plain_cell(date(2024, 5, 6))
    '2024-05-06'
    """
    if isinstance(value, float):
        return value if value == value else None
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain_cell(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_cell(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def flat_cell(value: Any) -> Any:
    """Return a cell of one level: lists and mappings as JSON text."""
    return json.dumps(plain_cell(value), ensure_ascii=False) if isinstance(value, list | dict) else value


def joined_cell(value: Any) -> Any:
    """Return a cell of one level: texts of a list joined with `;`, other lists and mappings as JSON text."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    return flat_cell(dict(value) if _is_map(value) else value)


def _is_map(value: Any) -> bool:
    """Return whether a value is a map as Arrow gives it: a list of pairs."""
    return isinstance(value, list) and all(isinstance(item, tuple) for item in value)


def workbook_value(value: Any) -> Any:
    """Return a number or a time as it is where a workbook knows its kind; times there have no zone."""
    if isinstance(value, date | time) and getattr(value, "tzinfo", None) is None:
        return value
    return plain_cell(value)
