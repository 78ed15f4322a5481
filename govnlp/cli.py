"""The command line: the only module that prints. Results go to standard output or -o, all else to standard error."""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from govnlp import __version__
from govnlp.errors import GovnlpError, InputError, LabelledDataError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from govnlp.batch.faults import Fault
    from govnlp.batch.run import RunResult
    from govnlp.batch.tagging import Progress, Tally
    from govnlp.evaluation.scores import Scores
    from govnlp.tagging.classifier import MechanismClassifier
    from govnlp.tagging.codebook import Codebook

app = typer.Typer(
    name="govnlp",
    help="Read, tag and summarize Chinese newspaper reports on grassroots governance.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Pages (.txt .md), folders of pages, what `govnlp read` wrote (.jsonl), or - for standard input.",
    ),
]
TagInputs = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Pages (.txt .md), tables with a column `text` (.jsonl .csv .xlsx .parquet), folders of either, patterns "
        '("pages/**/*.txt"), what `govnlp read` wrote (.jsonl), or - for standard input.',
    ),
]
Wait = Annotated[
    float, typer.Option("--wait", metavar="SECONDS", min=0, help="How long to wait for an archive that is held.")
]
Labelled = Annotated[
    list[str], typer.Argument(metavar="LABELLED…", help="Labelled paragraphs (.jsonl): id, text, labels, group.")
]
Model = Annotated[
    Path | None,
    typer.Option(
        "--model", metavar="DIR", help="A model that `govnlp train` wrote; the shipped one unless told otherwise."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="OUT",
        help="The file to write; its suffix names the format. Standard output unless told otherwise.",
    ),
]
Bullets = Annotated[int, typer.Option("--bullets", metavar="N", help="At most so many bullets an article.")]


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


@app.command()
def run(
    files: Inputs,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="The folder for the results; made where its parent exists."),
    ],
    model: Model = None,
    bullets: Bullets = 6,
) -> None:
    """Do the main job on pages: articles, tags, briefs.

    Into the folder go articles.jsonl, tagged.jsonl, tagged.xlsx and briefs.md; a table is shown.
    """
    from govnlp.batch.run import prepare_folder
    from govnlp.batch.run import run as run_all
    from govnlp.summarizing.summarizer import check_limits

    check_limits(bullets, None, "concrete")
    prepare_folder(output)
    classifier = _load(model)
    result = run_all(files, output, classifier, bullets, on_file=lambda name: _say(f"reading {name}"))
    if result.files:
        _show_run(result, classifier.codebook_)
    _end_with(result.errors)


@app.command()
def read(
    files: Inputs,
    output: Output = None,
    roles: Annotated[
        bool, typer.Option("--roles", help="One object a page, with the role of each of its characters.")
    ] = False,
) -> None:
    """Read pages into articles: one JSON object each."""
    from govnlp.batch.run import read_inputs
    from govnlp.batch.sinks import check_output, write_json_lines

    target = check_output(output, (".jsonl",)) if output else None
    errors: list[InputError] = []
    if roles:
        records = _roles_of(files, errors)
    else:
        records = [article.to_dict() for article in read_inputs(files, errors.append)]
    if records or not errors:
        write_json_lines(records, target)
    _end_with(errors)


@app.command()
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
    tell = _tell_first(_SHOWN_FAULTS if target else None)
    with FaultLog(target, tell) as faults, _progress(quiet) as on_progress:
        tally = tag_files(files, target, options, faults, on_progress)
    if target and not quiet:
        _say(_told(tally))
    if faults.count:
        _say(f"govnlp: {faults.count} could not be used" + (f", listed in {faults.path}" if faults.path else ""))
        raise typer.Exit(1)


@app.command()
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
    from govnlp.batch.sinks import TABLE_SUFFIXES, check_output, json_line, write_table

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
            _show_contents(found)
            sys.stdout.buffer.write(json_line(found).encode())


@app.command()
def summarize(
    files: Inputs,
    bullets: Bullets = 6,
    chars: Annotated[
        int | None, typer.Option("--chars", metavar="N", help="At most so many characters a summary.")
    ] = None,
    method: Annotated[
        str, typer.Option("--method", help="How sentences are rated: concrete, lead or textrank.")
    ] = "concrete",
    output: Output = None,
    model: Model = None,
) -> None:
    """Condense articles to bullets.

    OUT is .jsonl, one summary each, or .md, a brief.
    """
    from govnlp.batch.run import read_inputs
    from govnlp.batch.sinks import check_output, write_json_lines, write_text
    from govnlp.summarizing.briefs import to_markdown
    from govnlp.summarizing.summarizer import check_limits
    from govnlp.summarizing.summarizer import summarize as condense

    check_limits(bullets, chars, method)
    target = check_output(output, (".jsonl", ".md")) if output else None
    classifier = _load(model)
    errors: list[InputError] = []
    summaries = [condense(article, bullets, chars, method, classifier) for article in read_inputs(files, errors.append)]
    if errors and not summaries:
        _end_with(errors)
    if target and target.suffix.lower() == ".md":
        write_text(to_markdown(summaries, classifier.codebook_), target)
    else:
        write_json_lines((summary.to_dict() for summary in summaries), target)
    _end_with(errors)


@app.command()
def train(
    labelled: Labelled,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="The folder of the model; made where its parent exists."),
    ],
    with_corpus: Annotated[bool, typer.Option("--with-corpus", help="Learn from the shipped corpus too.")] = False,
    codebook: Annotated[
        Path | None, typer.Option("--codebook", metavar="FILE", help="A codebook of your own (YAML).")
    ] = None,
    allow_model_coder: Annotated[
        bool, typer.Option("--allow-model-coder", help="Take rows whose coder is still a model.")
    ] = False,
) -> None:
    """Train a model on labelled paragraphs."""
    from govnlp.labelled.paragraphs import read_corpus, read_labelled
    from govnlp.tagging.codebook import load_codebook
    from govnlp.tagging.persistence import check_model_folder
    from govnlp.tagging.training import recode
    from govnlp.tagging.training import train as train_on

    check_model_folder(output)
    labels = load_codebook(codebook)
    paragraphs = read_labelled(*labelled, allow_model_coder=allow_model_coder)
    if with_corpus:
        paragraphs += recode(read_corpus(("train", "validation")), labels)
    classifier = train_on(paragraphs, labels, progress=_say)
    name = classifier.save(output)
    if classifier.untrained_:
        _say(f"too few positive paragraphs, left untrained: {', '.join(classifier.untrained_)}")
    _say(f"wrote model {name} to {output}")


@app.command()
def evaluate(labelled: Labelled, model: Model = None, output: Output = None) -> None:
    """Score a model on labelled paragraphs.

    Per label, with 95 % intervals; OUT is .json, a table is shown.
    """
    from govnlp.batch.sinks import check_output, json_line, write_text
    from govnlp.labelled.paragraphs import read_labelled
    from govnlp.tagging.training import evaluate as evaluate_on

    target = check_output(output, (".json",)) if output else None
    scores = evaluate_on(_load(model), read_labelled(*labelled))
    if target:
        write_text(json_line(scores.to_dict()), target)
    else:
        sys.stdout.buffer.write(json_line(scores.to_dict()).encode())
    _show_scores(scores)


def _load(model: Path | None) -> MechanismClassifier:
    from govnlp.tagging.classifier import MechanismClassifier

    return MechanismClassifier.load(model)


def _roles_of(files: list[str], errors: list[InputError]) -> list[dict[str, Any]]:
    from govnlp.batch.sources import STANDARD_INPUT, expand, read_standard_input
    from govnlp.reading import read_page_roles, roles_of_file

    records: list[dict[str, Any]] = []
    for name in expand(files):
        try:
            if isinstance(name, InputError):
                raise name
            standard = name == STANDARD_INPUT
            pages = read_page_roles(read_standard_input(), name) if standard else roles_of_file(name)
            records += [page.to_dict() for page in pages]
        except InputError as error:
            errors.append(error)
    return records


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=False)


def _say(line: str) -> None:
    """Show a line on standard error; a file name that the console's encoding could not decode is shown as UTF-8."""
    print(line.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), file=sys.stderr)


_SHOWN_FAULTS = 20  # of those that OUT.errors.jsonl lists too
_EVERY = 5.0  # seconds between two lines of progress where there is no terminal


def _tell_first(most: int | None) -> Callable[[Fault], None]:
    """Return what names faults on standard error; files that failed always, of their rows the first ones."""
    rows = itertools.count(1)

    def tell(fault: Fault) -> None:
        if fault.place is None or most is None or next(rows) <= most:
            _say(f"govnlp: {fault}")

    return tell


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Yield what shows progress: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""
    if quiet:
        yield lambda progress: None
    elif sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _lines_of_progress()


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:3.0f} %"))
    with Bar(*columns, TimeRemainingColumn(), console=_console(), transient=True) as bar:
        task = bar.add_task("tagging", total=None)
        begin = time.monotonic()

        def show(progress: Progress) -> None:
            rate = progress.paragraphs / max(time.monotonic() - begin, 1e-3)
            told = f"{progress.paragraphs} paragraphs, {rate:.0f} a second"
            total = None if progress.share is None else 1.0
            bar.update(task, description=told, total=total, completed=progress.share or 0.0)

        yield show


def _lines_of_progress() -> Callable[[Progress], None]:
    begin = last = time.monotonic()

    def show(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _EVERY:
            return
        last = now
        rate = progress.paragraphs / (now - begin)
        left = f", {(now - begin) / progress.share * (1 - progress.share):.0f} s left" if progress.share else ""
        _say(f"{progress.paragraphs} paragraphs, {rate:.0f} a second{left}")

    return show


def _told(tally: Tally) -> str:
    """Return what a run did, in a line."""
    kept = f", {tally.kept} were in the archive already" if tally.kept else ""
    other = (
        f" ({tally.other_model} of them tagged by another model: --retag tags them again)" if tally.other_model else ""
    )
    return f"{tally.paragraphs} paragraphs tagged{kept}{other}"


def _show_contents(found: dict[str, Any]) -> None:
    """Show what is in an archive."""
    from rich.table import Table
    from rich.text import Text

    table = Table("", "", title=Text(found["archive"]), show_header=False)
    for name, value in found.items():
        if name != "archive":
            shown = " · ".join(f"{key} {n}" for key, n in value.items()) if isinstance(value, dict) else str(value)
            table.add_row(name, Text(shown))
    _console().print(table)


def _show_run(result: RunResult, codebook: Codebook) -> None:
    """Show the table of tags, the bullets and the files written."""
    from rich.table import Table
    from rich.text import Text

    console = _console()
    table = Table(title="Tags")
    for name, width in (("article", None), ("place", None), ("paragraphs", 10), ("mechanisms (paragraphs)", None)):
        table.add_column(name, overflow="fold", min_width=width)
    for one in result.articles:
        counts = _label_counts(one.labels, codebook)
        place = one.article.locality.name if one.article.locality else "—"
        table.add_row(Text(one.article.headline or "—"), Text(place), str(len(one.labels)), Text(counts))
    console.print(table)
    for one in result.articles:
        console.print(Text(f"\n{one.article.headline or '—'}", style="bold"))
        bullets = Table.grid(padding=(0, 1))
        bullets.add_column()
        bullets.add_column(overflow="fold")
        for bullet in one.summary.bullets:
            bullets.add_row("•", Text(bullet.text))
        console.print(bullets)
    paragraphs = sum(len(one.labels) for one in result.articles)
    console.print(f"\n{len(result.articles)} articles, {paragraphs} paragraphs. Written:")
    for file in result.files:
        console.print(Text(f"  {file}"))


def _label_counts(labels: Iterable[tuple[str, ...]], codebook: Codebook) -> str:
    from collections import Counter

    counts = Counter(label for given in labels for label in given)
    return " ".join(f"{codebook.by_id[label].zh} {n}" for label, n in counts.most_common())


def _show_scores(scores: Scores) -> None:
    from rich.table import Table

    from govnlp.evaluation.scores import HEADER

    table = Table(*HEADER, title=f"{scores.texts} paragraphs of {scores.groups} articles")
    for row in scores.rows():
        table.add_row(*row)
    _console().print(table)


def _end_with(errors: Iterable[InputError]) -> None:
    """Name each input that failed and end with status 1 if there was one."""
    failed = list(errors)
    for error in failed:
        _say(f"govnlp: {error}")
    if failed:
        raise typer.Exit(1)


def _use_utf8() -> None:
    """Let help and messages show Chinese whatever the console's encoding."""
    streams: tuple[Any, ...] = (sys.stdout, sys.stderr)
    for stream in streams:
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="replace")


def main() -> None:
    """Run the command line; errors made for the user are shown as one line."""
    _use_utf8()
    try:
        app()
    except (InputError, LabelledDataError) as error:
        _say(f"govnlp: {error}")
        sys.exit(1)
    except GovnlpError as error:
        _say(f"govnlp: {error}")
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
