"""Files that are no plain text, turned into the text that the page reader takes; titles are marked as Markdown's."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from govnlp.errors import InputError


def import_extra(module: str, extra: str, source: str) -> Any:
    """Return a module that comes with an extra of govnlp.

    Raises:
        InputError: it is not installed; the message names the extra.
    """
    try:
        return import_module(module)
    except ImportError:
        raise InputError(f'{source}: reading this needs the extra {extra}: pip install "govnlp[{extra}]"') from None
