"""Commands for many inputs and for the archive that keeps them: tag, archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govnlp.cli.console import say, say_traditional
from govnlp.cli.options import Model, Output, TagInputs, Wait
from govnlp.cli.progress import SHOWN_FAULTS, describe_run, show_progress, tell_first
from govnlp.cli.tables import show_contents
from govnlp.errors import UsageError


def tag(
    files: TagInputs,
    output: Output = None,
    model: Model = None,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", min=1, help="How many processes share the work.")] = 1,
    text_column: Annotated[
        str, typer.Option("--text-column", metavar="NAME", help="The column of tables that holds the text.")
    ] = "text",
    retag: Annotated[
        bool, typer.Option("--retag", help="Tag again what the archive has already, as after a change of model.")
    ] = False,
    wait: Wait = 30.0,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Show no progress, only what goes wrong.")] = False,
) -> None:
    """Tag paragraphs with mechanisms: one row each.

    OUT is .jsonl, .csv, .xlsx or .parquet, or an archive, .duckdb: there, only what is new or changed is tagged.
    An input or a row that cannot be used is named; beside OUT, OUT.errors.jsonl lists them all.
    """
    from govnlp.batch.faults import FaultLog
    from govnlp.batch.sinks import TABLE_SUFFIXES, check_output
    from govnlp.batch.tagging import ARCHIVE_SUFFIX, TagOptions, tag_files

    target = check_output(output, (*TABLE_SUFFIXES, ARCHIVE_SUFFIX)) if output else None
    options = TagOptions(model, jobs, text_column, retag, wait)
    tell = tell_first(SHOWN_FAULTS if target else None)
    with FaultLog(target, tell) as faults, show_progress(quiet) as on_progress:
        tally = tag_files(files, target, options, faults, on_progress)
    say_traditional(tally.traditional)
    if target and not quiet:
        say(describe_run(tally))
    if faults.count:
        say(f"govnlp: {faults.count} could not be used" + (f", listed in {faults.path}" if faults.path else ""))
        raise typer.Exit(1)


def archive(
    database: Annotated[Path | None, typer.Argument(metavar="DB", help="What `govnlp tag -o DB.duckdb` keeps.")] = None,
    export: Annotated[
        str | None, typer.Option("--export", metavar="TABLE", help="Write a table: tagged, paragraphs, tags …")
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="WORD", help="Show every place of a word in its context.")
    ] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Show the tables, and three queries to begin with.")] = False,
    output: Output = None,
    wait: Wait = 30.0,
) -> None:
    """Look into an archive: what is in it, a table of it as a file, a word in its contexts.

    OUT is .jsonl, .csv, .xlsx or .parquet.
    """
    from govnlp.batch.archive import Archive
    from govnlp.batch.archive_schema import QUERIES, SCHEMA
    from govnlp.batch.archive_views import contents, search_batches, table_batches
    from govnlp.batch.sinks import TABLE_SUFFIXES, check_output, write_json_lines, write_table

    if schema:
        print(f"{SCHEMA.strip()}\n\n{QUERIES.strip()}")
        return
    if database is None:
        raise UsageError("name an archive: govnlp archive DB")
    if export is not None and search is not None:
        raise UsageError("--export and --search are two calls; give one of them")
    target = check_output(output, TABLE_SUFFIXES) if output else None
    with Archive.open(database, wait, read_only=True) as opened:
        if export is not None:
            write_table(table_batches(opened, export), target)
        elif search is not None:
            write_table(search_batches(opened, search), target)
        else:
            found = contents(opened)
            if target:
                raise UsageError("-o goes with --export TABLE or --search WORD")
            show_contents(found)
            write_json_lines([found], None)
