"""Commands from pages to what stands in them: run, read, figures, practices, terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from govnlp.cli.console import end_with, note_script, say
from govnlp.cli.options import Bullets, Inputs, Model, Output, load_model
from govnlp.cli.tables import show_run
from govnlp.errors import InputError

if TYPE_CHECKING:
    from govnlp.records import Article, Figure, Practice


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
    classifier = load_model(model)
    result = run_all(files, output, classifier, bullets, on_file=lambda name: say(f"reading {name}"))
    note_script(one.article for one in result.articles)
    if result.files:
        show_run(result, classifier.codebook_)
    end_with(result.errors)


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
        note_script(articles)
        records = [article.to_dict() for article in articles]
    if records or not errors:
        write_json_lines(records, target)
    end_with(errors)


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


def figures(files: Inputs, output: Output = None) -> None:
    """List the figures of articles: one object each, with value, unit and what it counts."""
    from govnlp.extracting.figures import figures as find

    _write_ledger(files, output, lambda article: [f for p in article.paragraphs for f in find(p.text, p.id)])


def practices(files: Inputs, output: Output = None) -> None:
    """List the named practices of articles: methods, brands, campaigns, platforms, places; one object each."""
    from govnlp.extracting.practices import practices as find

    _write_ledger(files, output, find)


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
    end_with(errors)


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
        say(f"no candidate terms: no phrase that may be a new term occurs {min_count} times; more text may help")
    end_with(errors)
