"""The only reader of packaged data: each file is opened when first asked for, once a process."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

_PACKAGE = Path(str(files("govnlp")))


@cache
def data_path(*parts: str) -> Path:
    """Return the path of a packaged file or folder: `data_path("models", "mechanisms")`.

    Small tables lie in the package itself. Model and corpus lie beside it in a source checkout, and in
    govnlp/shipped once installed.
    """
    for root in (_PACKAGE, _PACKAGE / "shipped", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"packaged data {'/'.join(parts)} is missing; reinstall govnlp")


def read_data(*parts: str) -> str:
    """Return the text of a packaged file."""
    return data_path(*parts).read_text("utf-8")
