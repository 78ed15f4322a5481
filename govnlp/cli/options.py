"""What several commands take: their arguments and options, and the model that one names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govnlp.tagging.classifier import MechanismClassifier

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
Bullets = Annotated[
    int,
    typer.Option(
        "--bullets", metavar="N", help="At most so many bullets an article; fewer where it does not tell as much."
    ),
]


def load_model(model: Path | None) -> MechanismClassifier:
    """Return the model that --model names, or the shipped one."""
    from govnlp.tagging.classifier import MechanismClassifier

    return MechanismClassifier.load(model)
