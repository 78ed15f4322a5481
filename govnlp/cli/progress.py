"""How far `govnlp tag` is, what could not be used, and what was done in the end."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from govnlp.cli.console import open_console, say

if TYPE_CHECKING:
    from govnlp.batch.faults import Fault
    from govnlp.batch.tagging import Progress, Tally

SHOWN_FAULTS = 20  # of those that OUT.errors.jsonl lists too
EVERY = 5.0  # seconds between two lines of progress where there is no terminal


def tell_first(most: int | None) -> Callable[[Fault], None]:
    """Return what names faults on standard error; files that failed always, of their rows the first ones."""
    rows = itertools.count(1)

    def tell(fault: Fault) -> None:
        if fault.place is None or most is None or next(rows) <= most:
            say(f"govnlp: {fault}")

    return tell


@contextmanager
def show_progress(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Yield what shows progress: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""
    if quiet:
        yield lambda progress: None
    elif sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield lines_of_progress()


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:3.0f} %"))
    with Bar(*columns, TimeRemainingColumn(), console=open_console(), transient=True) as bar:
        task = bar.add_task("tagging", total=None)
        begin = time.monotonic()

        def show(progress: Progress) -> None:
            rate = progress.paragraphs / max(time.monotonic() - begin, 1e-3)
            told = f"{progress.paragraphs} paragraphs, {rate:.0f} a second"
            total = None if progress.share is None else 1.0
            bar.update(task, description=told, total=total, completed=progress.share or 0.0)

        yield show


def lines_of_progress() -> Callable[[Progress], None]:
    """Return what shows progress as a line now and then."""
    begin = last = time.monotonic()

    def show(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < EVERY:
            return
        last = now
        rate = progress.paragraphs / (now - begin)
        left = f", {(now - begin) / progress.share * (1 - progress.share):.0f} s left" if progress.share else ""
        say(f"{progress.paragraphs} paragraphs, {rate:.0f} a second{left}")

    return show


def describe_run(tally: Tally) -> str:
    """Return what a run did, in a line."""
    kept = f", {tally.kept} were in the archive already" if tally.kept else ""
    other = (
        f" ({tally.other_model} of them tagged by another model: --retag tags them again)" if tally.other_model else ""
    )
    return f"{tally.paragraphs} paragraphs tagged{kept}{other}"
