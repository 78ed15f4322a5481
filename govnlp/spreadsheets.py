"""Cells that a spreadsheet would run as a formula: escaped on the way out, undone on the way in."""

from __future__ import annotations

import re
from typing import Any

# A cell that begins so is a formula to a spreadsheet; an apostrophe before it makes it text.
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")


def escape_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula: =1+1 becomes '=1+1; the number -5 stays.

    >>> unescape_cell(escape_cell("=1+1"))
    '=1+1'
    """
    is_formula = isinstance(value, str) and value.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(value)
    return "'" + value if is_formula else value


def unescape_cell(value: Any) -> Any:
    """Undo `escape_cell`."""
    escaped = isinstance(value, str) and value[:1] == "'" and value[1:].startswith(_FORMULA_STARTS)
    return value[1:] if escaped else value
