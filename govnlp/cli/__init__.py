"""The command line: the only room that prints. Results go to standard output or -o, all else to standard error.

Here stand the order of the commands and the exit status of errors; commands that belong together share a module.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated, Any

import typer

from govnlp import __version__
from govnlp.cli.batches import archive, tag
from govnlp.cli.briefs import summarize, verify
from govnlp.cli.console import say
from govnlp.cli.models import evaluate, train
from govnlp.cli.pages import figures, practices, read, run, terms
from govnlp.errors import GovnlpError, InputError, LabelledDataError

app = typer.Typer(
    name="govnlp",
    help="Read, tag and summarize Chinese newspaper reports on grassroots governance.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"govnlp {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Read, tag and summarize Chinese newspaper reports on grassroots governance."""


for _command in (run, read, tag, archive, summarize, figures, practices, verify, train, evaluate, terms):
    app.command()(_command)


def _use_utf8() -> None:
    """Let help and messages show Chinese whatever the console's encoding."""
    streams: tuple[Any, ...] = (sys.stdout, sys.stderr)
    for stream in streams:
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="replace")


def main() -> None:
    """Run the command line; errors made for the user are shown as one line."""
    _use_utf8()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # as Ctrl-C: what is begun is cleared away
    try:
        app()
    except (InputError, LabelledDataError) as error:
        say(f"govnlp: {error}")
        sys.exit(1)
    except GovnlpError as error:
        say(f"govnlp: {error}")
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
