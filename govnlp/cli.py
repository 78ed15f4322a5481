"""The command line: the only module that prints. Results go to standard output or -o, all else to standard error."""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    from govnlp.evaluation.diagnostics import Diagnostics
    from govnlp.evaluation.scores import Scores
    from govnlp.labelled.paragraphs import LabelledParagraph
    from govnlp.records import Article, Figure, Practice
    from govnlp.tagging.classifier import MechanismClassifier
    from govnlp.tagging.codebook import Codebook
    from govnlp.tagging.training import Comparison

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
        help="Pages (.txt .md .html .docx .pdf), folders of pages, what `govnlp read` wrote (.jsonl), "
        "or - for standard input.",
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
    list[str],
    typer.Argument(
        metavar="LABELLED…",
        help="Labelled paragraphs (.jsonl .csv .xlsx): id, text, labels, group; in tables, labels divided by ； "
        "or one column of 0 and 1 per label.",
    ),
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

    check_limits(bullets, None)
    prepare_folder(output)
    classifier = _load(model)
    result = run_all(files, output, classifier, bullets, on_file=lambda name: _say(f"reading {name}"))
    _note_script(one.article for one in result.articles)
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
        articles = read_inputs(files, errors.append)
        _note_script(articles)
        records = [article.to_dict() for article in articles]
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
    _say_traditional(tally.traditional)
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
        str, typer.Option("--method", help="How sentences are rated: learned, figures, centroid, lead or textrank.")
    ] = "learned",
    by: Annotated[
        str | None, typer.Option("--by", metavar="KIND", help="What a brief is ordered by: place or mechanism.")
    ] = None,
    mechanism: Annotated[
        str | None,
        typer.Option("--mechanism", metavar="ID", help="Take only sentences of this mechanism (property: 物业)."),
    ] = None,
    output: Output = None,
    model: Model = None,
) -> None:
    """Condense articles to bullets.

    OUT is .jsonl, one summary each, or a brief over all articles: .md, .docx or .html, by place unless told otherwise.
    """
    from govnlp.batch.brief_output import check_brief_output, write_brief
    from govnlp.batch.run import read_inputs
    from govnlp.batch.sinks import write_json_lines
    from govnlp.summarizing.briefs import check_order, compose_brief
    from govnlp.summarizing.summarizer import check_limits
    from govnlp.summarizing.summarizer import summarize as condense

    check_limits(bullets, chars, method)
    target = check_brief_output(output) if output else None
    is_brief = target is not None and target.suffix.lower() != ".jsonl"
    order = by or ("mechanism" if mechanism else "place")
    check_order(order)
    if by and not is_brief:
        raise UsageError("--by orders a brief; name one with -o (.md, .docx or .html)")
    classifier = _load(model)
    if mechanism:
        classifier.codebook_.sort([mechanism])  # names what there is
    errors: list[InputError] = []
    articles = read_inputs(files, errors.append)
    _note_script(articles)
    summaries = [condense(article, bullets, chars, method, classifier, mechanism) for article in articles]
    if errors and not summaries:
        _end_with(errors)
    if target and is_brief:
        write_brief(compose_brief(summaries, order, classifier.codebook_, mechanism), target, classifier.codebook_)
    else:
        write_json_lines((summary.to_dict() for summary in summaries), target)
    _end_with(errors)


@app.command()
def figures(files: Inputs, output: Output = None) -> None:
    """List the figures of articles: one object each, with value, unit and what it counts."""
    from govnlp.extracting.figures import figures as find

    _write_ledger(files, output, lambda article: [f for p in article.paragraphs for f in find(p.text, p.id)])


@app.command()
def practices(files: Inputs, output: Output = None) -> None:
    """List the named practices of articles: methods, brands, campaigns, platforms, places; one object each."""
    from govnlp.extracting.practices import practices as find

    _write_ledger(files, output, find)


@app.command()
def verify(
    brief: Annotated[
        str,
        typer.Argument(metavar="BRIEF", help="A brief (.md .txt .docx .html .jsonl), as written or edited by hand."),
    ],
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE…", help="Pages, folders, or what `govnlp read` wrote (.jsonl)."),
    ],
) -> None:
    """Find what a brief says and its sources do not.

    Every figure, number and quotation is looked up. What is not found is listed with its line, and the exit status
    is 1.
    """
    from govnlp.batch.brief_files import read_brief
    from govnlp.batch.run import read_inputs
    from govnlp.batch.sinks import write_json_lines
    from govnlp.summarizing.verify import verify as find_unsupported

    if [brief, *sources].count("-") > 1:
        raise UsageError("standard input is named twice; it can be the brief or a source")
    lines = read_brief(brief)
    errors: list[InputError] = []
    articles = read_inputs(sources, errors.append)
    if not articles:
        _end_with(errors or [InputError(f"{', '.join(sources)}: no article in it")])
    found = find_unsupported(lines, articles)
    write_json_lines((finding.to_dict() for finding in found), None)
    for finding in found:
        _say(f"{brief}, line {finding.line}: {finding.kind} {finding.text}: {finding.reason}")
    _end_with(errors)
    if found:
        raise typer.Exit(1)


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
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a model in DIR even where the new one scores lower.")
    ] = False,
) -> None:
    """Train a model on labelled paragraphs.

    Where DIR holds a model already, both are compared on texts that neither had learnt from; a worse one replaces it
    only with --replace.
    """
    from govnlp.labelled.paragraphs import read_corpus, read_labelled
    from govnlp.tagging.codebook import load_codebook
    from govnlp.tagging.persistence import SETTINGS, check_model_folder
    from govnlp.tagging.training import held_out_scores, recode
    from govnlp.tagging.training import train as train_on

    check_model_folder(output)
    labels = load_codebook(codebook)
    paragraphs = read_labelled(*labelled, allow_model_coder=allow_model_coder)
    if with_corpus:
        paragraphs += recode(read_corpus(("train", "validation")), labels)
    waiting = sum(p.labels is None for p in paragraphs)
    if waiting:
        _say(f"{waiting} paragraphs are not coded yet and left out ([] in .jsonl, none or 无 in a table: no label)")
    classifier = train_on(paragraphs, labels, progress=_say)
    reached = held_out_scores(classifier, paragraphs)
    _show_scores(reached, "out of fold: each article scored by models that had not seen it")
    if (output / SETTINGS).exists() and not _may_replace(output, classifier, paragraphs, replace):
        raise typer.Exit(1)
    name = classifier.save(
        output,
        f"Out of fold, articles kept whole:\n\n```\n{reached}\n```\n\n"
        f"Floor: micro F1 {reached.micro_low:.3f}, the lower end of its interval.",
    )
    if classifier.untrained_:
        _say(f"too few positive paragraphs, left untrained: {', '.join(classifier.untrained_)}")
    _say(f"wrote model {name} to {output}")


def _may_replace(folder: Path, new: MechanismClassifier, paragraphs: list[LabelledParagraph], anyway: bool) -> bool:
    """Compare a new model with the one in its folder, show both, and tell whether it may take its place."""
    from govnlp.errors import ModelError
    from govnlp.tagging.training import compare

    try:
        found = compare(_load(folder), new, paragraphs)
    except ModelError as error:
        _say(f"not compared with the model that is there: {error}")
        return True
    if not found.texts or found.old is None or found.new is None:
        _say(f"not compared with the model in {folder}: it had learnt from all of these texts")
        return True
    _show_comparison(found)
    if found.is_worse and not anyway:
        _say(f"govnlp: the new model scores lower than the one in {folder}, which stays; --replace replaces it anyway")
        return False
    return True


@app.command()
def evaluate(labelled: Labelled, model: Model = None, output: Output = None) -> None:
    """Score a model on labelled paragraphs.

    Per label, with 95 % intervals, calibration, confusions, the dial between precision and recall and the worst
    errors; OUT is .json or .xlsx, a table is shown.
    """
    from govnlp.batch.score_book import write_scores_xlsx
    from govnlp.batch.sinks import check_output, json_line, write_text
    from govnlp.labelled.paragraphs import read_labelled
    from govnlp.tagging.training import evaluate as evaluate_on

    target = check_output(output, (".json", ".xlsx")) if output else None
    scores = evaluate_on(_load(model), read_labelled(*labelled))
    if target and target.suffix.lower() == ".xlsx":
        write_scores_xlsx(scores, target)
    elif target:
        write_text(json_line(scores.to_dict()), target)
    else:
        sys.stdout.buffer.write(json_line(scores.to_dict()).encode())
    _show_scores(scores)


@app.command()
def terms(
    files: Inputs,
    output: Output = None,
    min_count: Annotated[
        int, typer.Option("--min-count", metavar="N", help="How often a term must occur, twice or more.")
    ] = 3,
    max_length: Annotated[
        int, typer.Option("--max-length", metavar="N", help="How many characters it may have, two or more.")
    ] = 12,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", help="List at most so many.")] = None,
    include_known: Annotated[
        bool, typer.Option("--include-known", help="List terms that the governance dictionary has, too.")
    ] = False,
) -> None:
    """Find candidate terms for a user dictionary, the likeliest first.

    OUT is .jsonl, .csv or .txt, a dictionary in jieba's format to be pruned by hand.
    """
    from govnlp.batch.sinks import check_output
    from govnlp.batch.terms import TERMS_SUFFIXES, candidate_rows, write_candidates
    from govnlp.lexicon.discovery import check_limits

    check_limits(min_count, max_length, limit)
    target = check_output(output, TERMS_SUFFIXES) if output else None
    errors: list[InputError] = []
    rows = candidate_rows(
        files, errors.append, min_count=min_count, max_length=max_length, limit=limit, include_known=include_known
    )
    if rows or not errors:
        write_candidates(rows, target)
    if not rows and not errors:
        _say(f"no candidate terms: no phrase that may be a new term occurs {min_count} times; more text may help")
    _end_with(errors)


def _write_ledger(
    files: list[str], output: Path | None, find: Callable[[Article], Sequence[Figure] | Sequence[Practice]]
) -> None:
    """Write what is found in each article as JSON Lines."""
    from govnlp.batch.run import read_inputs
    from govnlp.batch.sinks import check_output, write_json_lines

    target = check_output(output, (".jsonl",)) if output else None
    errors: list[InputError] = []
    articles = read_inputs(files, errors.append)
    if articles or not errors:
        write_json_lines((record.to_dict() for article in articles for record in find(article)), target)
    _end_with(errors)


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


def _note_script(articles: Iterable[Article]) -> None:
    """Say which sources print traditional characters."""
    from govnlp.batch.tagging import traditional_sources

    _say_traditional(traditional_sources(articles))


def _say_traditional(sources: Iterable[str]) -> None:
    for source in dict.fromkeys(sources):
        _say(f"govnlp: {source}: traditional characters, read and tagged as simplified ones; text is kept as printed")


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


def _show_scores(scores: Scores, title: str = "") -> None:
    from rich.table import Table

    from govnlp.evaluation.scores import HEADER

    table = Table(*HEADER, title=f"{scores.texts} paragraphs of {scores.groups} articles {title}".strip())
    for row in scores.rows():
        table.add_row(*row)
    _console().print(table)
    if scores.diagnostics:
        _show_diagnostics(scores.diagnostics, scores.texts)


def _show_diagnostics(behind: Diagnostics, texts: int) -> None:
    from rich.table import Table

    dial = Table("thresholds", "P", "R", "F1", title="precision or recall: all thresholds shifted (log-odds)")
    for point in behind.dial:
        dial.add_row(f"{point.shift:+.2f}", f"{point.precision:.2f}", f"{point.recall:.2f}", f"{point.f1:.2f}")
    _console().print(dial)
    _say(f"calibration error {behind.calibration_error:.3f} (scores against shares that were right)")
    often = [f"{c.given} for {c.missed} ({c.n})" for c in behind.confusions[:5]]
    _say(f"confused most: {', '.join(often) or 'nothing'}")
    if behind.trained_on:
        _say(
            f"warning: the model had learnt from {len(behind.trained_on)} of these {texts} texts, so the figures are "
            f"too high: {', '.join(behind.trained_on[:5])}{' …' if len(behind.trained_on) > 5 else ''}"
        )


def _show_comparison(found: Comparison) -> None:
    from rich.table import Table

    if found.old is None or found.new is None:
        return
    table = Table(
        "label", "old F1", "new F1", "n", title=f"{found.texts} paragraphs that neither model had learnt from"
    )
    for old, new in zip(found.old.labels, found.new.labels, strict=True):
        table.add_row(old.label, f"{old.f1:.2f}", f"{new.f1:.2f}", str(old.support))
    table.add_row("micro", f"{found.old.micro_f1:.2f}", f"{found.new.micro_f1:.2f}", "")
    table.add_row("macro", f"{found.old.macro_f1:.2f}", f"{found.new.macro_f1:.2f}", "")
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
