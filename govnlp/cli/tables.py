"""The tables shown on standard error: of a run, an archive, scores, and two models beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from govnlp.cli.console import open_console, say

if TYPE_CHECKING:
    from govnlp.batch.run import RunResult
    from govnlp.evaluation.diagnostics import Diagnostics
    from govnlp.evaluation.scores import Scores
    from govnlp.tagging.codebook import Codebook
    from govnlp.tagging.training import Comparison


def show_contents(found: dict[str, Any]) -> None:
    """Show what is in an archive."""
    from rich.table import Table
    from rich.text import Text

    table = Table("", "", title=Text(found["archive"]), show_header=False)
    for name, value in found.items():
        if name != "archive":
            shown = " · ".join(f"{key} {n}" for key, n in value.items()) if isinstance(value, dict) else str(value)
            table.add_row(name, Text(shown))
    open_console().print(table)


def show_run(result: RunResult, codebook: Codebook) -> None:
    """Show the table of tags, the bullets and the files written."""
    from rich.table import Table
    from rich.text import Text

    console = open_console()
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


def show_scores(scores: Scores, title: str = "") -> None:
    """Show the scores of each label, and what stands behind them where it was looked at."""
    from rich.table import Table

    from govnlp.evaluation.scores import HEADER

    table = Table(*HEADER, title=f"{scores.texts} paragraphs of {scores.groups} articles {title}".strip())
    for row in scores.rows():
        table.add_row(*row)
    open_console().print(table)
    if scores.diagnostics:
        _show_diagnostics(scores.diagnostics, scores.texts)


def _show_diagnostics(behind: Diagnostics, texts: int) -> None:
    from rich.table import Table

    dial = Table("thresholds", "P", "R", "F1", title="precision or recall: all thresholds shifted (log-odds)")
    for point in behind.dial:
        dial.add_row(f"{point.shift:+.2f}", f"{point.precision:.2f}", f"{point.recall:.2f}", f"{point.f1:.2f}")
    open_console().print(dial)
    say(f"calibration error {behind.calibration_error:.3f} (scores against shares that were right)")
    often = [f"{c.given} for {c.missed} ({c.n})" for c in behind.confusions[:5]]
    say(f"confused most: {', '.join(often) or 'nothing'}")
    if behind.trained_on:
        say(
            f"warning: the model had learnt from {len(behind.trained_on)} of these {texts} texts, so the figures are "
            f"too high: {', '.join(behind.trained_on[:5])}{' …' if len(behind.trained_on) > 5 else ''}"
        )


def show_comparison(found: Comparison) -> None:
    """Show the scores of an old and a new model beside each other."""
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
    open_console().print(table)
