"""Commands for briefs: summarize, verify."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from govnlp.cli.console import end_with, note_script, say
from govnlp.cli.options import Bullets, Inputs, Model, Output, load_model
from govnlp.errors import InputError, UsageError


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
        typer.Option(
            "--mechanism",
            metavar="NAME",
            help="Take only sentences of this mechanism, by id or Chinese name (property, 物业与小区治理).",
        ),
    ] = None,
    output: Output = None,
    model: Model = None,
) -> None:
    """Condense articles to bullets.

    OUT is .jsonl, one summary each, or a brief over all articles: .md, .docx or .html, by place unless told otherwise.
    Why an article gives no bullets is said on standard error.
    """
    from govnlp.batch.brief_output import check_brief_output, write_brief
    from govnlp.batch.run import read_inputs
    from govnlp.batch.sinks import write_json_lines
    from govnlp.summarizing.briefs import check_order, compose_brief
    from govnlp.summarizing.summarizer import check_limits, why_no_bullets
    from govnlp.summarizing.summarizer import summarize as condense

    check_limits(bullets, chars, method)
    target = check_brief_output(output) if output else None
    is_brief = target is not None and target.suffix.lower() != ".jsonl"
    order = by or ("mechanism" if mechanism else "place")
    check_order(order)
    if by and not is_brief:
        raise UsageError("--by orders a brief; name one with -o (.md, .docx or .html)")
    classifier = load_model(model)
    mechanism = classifier.codebook_.find(mechanism) if mechanism else None
    errors: list[InputError] = []
    articles = read_inputs(files, errors.append, on_empty=lambda name: say(f"{name}: no bullets: no text"))
    note_script(articles)
    summaries = [condense(article, bullets, chars, method, classifier, mechanism) for article in articles]
    if errors and not summaries:
        end_with(errors)
    if target and is_brief:
        write_brief(compose_brief(summaries, order, classifier.codebook_, mechanism), target, classifier.codebook_)
    else:
        write_json_lines((summary.to_dict() for summary in summaries), target)
    shared = Counter(article.source for article in articles)
    for article, summary in zip(articles, summaries, strict=True):
        if not summary.bullets:
            name = (
                f"{article.source}, {article.headline or article.id}" if shared[article.source] > 1 else article.source
            )
            say(f"{name}: no bullets: {why_no_bullets(article, chars, method, classifier, mechanism)}")
    end_with(errors)


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

    Every figure, number, quotation and title (《》) is looked up. What is not found is listed with its line, and the
    exit status is 1. How many were looked up is said on standard error.
    """
    from govnlp.batch.brief_files import read_brief
    from govnlp.batch.run import read_inputs
    from govnlp.batch.sinks import write_json_lines
    from govnlp.summarizing.verify import count_claims
    from govnlp.summarizing.verify import verify as find_unsupported

    if [brief, *sources].count("-") > 1:
        raise UsageError("standard input is named twice; it can be the brief or a source")
    lines = read_brief(brief)
    errors: list[InputError] = []
    articles = read_inputs(sources, errors.append)
    if not articles:
        end_with(errors or [InputError(f"{', '.join(sources)}: no article in it")])
    found = find_unsupported(lines, articles)
    write_json_lines((finding.to_dict() for finding in found), None)
    for finding in found:
        say(f"{brief}, line {finding.line}: {finding.kind} {finding.text}: {finding.reason}")
    say(f"{brief}: {_tally(*count_claims(lines), missing=len(found))}")
    end_with(errors)
    if found:
        raise typer.Exit(1)


def _tally(figures: int, quotations: int, missing: int) -> str:
    """Say what was looked up: 3 figures and 1 quotation, all found."""
    if not figures + quotations:
        return "no figure and no quotation in it, nothing to look up"
    counted = f"{figures} figure{'s' * (figures != 1)} and {quotations} quotation{'s' * (quotations != 1)}"
    return f"{counted}, {f'{missing} of them not found' if missing else 'all found'}"
