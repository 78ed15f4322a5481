"""What is said on standard error: a line, a warning, what failed. The rest shows its tables and bars here too."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from govnlp.errors import InputError
    from govnlp.records import Article


def open_console() -> Console:
    """Return what shows tables and bars."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=False)


def say(line: str) -> None:
    """Show a line on standard error; a file name that the console's encoding could not decode is shown as UTF-8."""
    print(line.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), file=sys.stderr)


def note_script(articles: Iterable[Article]) -> None:
    """Say which sources print traditional characters."""
    from govnlp.batch.tagging import traditional_sources

    say_traditional(traditional_sources(articles))


def say_traditional(sources: Iterable[str]) -> None:
    """Say of each source once that it prints traditional characters."""
    for source in dict.fromkeys(sources):
        say(f"govnlp: {source}: traditional characters, read and tagged as simplified ones; text is kept as printed")


def end_with(errors: Iterable[InputError]) -> None:
    """Name each input that failed and end with status 1 if there was one."""
    failed = list(errors)
    for error in failed:
        say(f"govnlp: {error}")
    if failed:
        raise typer.Exit(1)
