"""Commands for models: train, evaluate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from govnlp.cli.console import say
from govnlp.cli.options import Labelled, Model, Output, load_model
from govnlp.cli.tables import show_comparison, show_scores

if TYPE_CHECKING:
    from govnlp.labelled.paragraphs import LabelledParagraph
    from govnlp.tagging.classifier import MechanismClassifier

ONE_ARTICLE = "Not measured: all paragraphs are of one article, so that none could be held out"


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
        bool,
        typer.Option("--replace", help="Replace a model in DIR even by one that scores lower or cannot be compared."),
    ] = False,
) -> None:
    """Train a model on labelled paragraphs.

    Where DIR holds a model already, both are compared on texts that neither had learnt from; one that is worse, knows
    fewer labels or cannot be compared replaces it only with --replace.
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
        say(f"{waiting} paragraphs are not coded yet and left out ([] in .jsonl, none or 无 in a table: no label)")
    classifier = train_on(paragraphs, labels, progress=say)
    scores = f"{ONE_ARTICLE}."
    if classifier.held_out_.any():
        reached = held_out_scores(classifier, paragraphs)
        show_scores(reached, "out of fold: each article scored by models that had not seen it")
        scores = (
            f"Out of fold, articles kept whole:\n\n```\n{reached}\n```\n\n"
            f"Floor: micro F1 {reached.micro_low:.3f}, the lower end of its interval."
        )
    else:
        say(f"{ONE_ARTICLE}; label another, or give each row its article in the column `group`")
    if (output / SETTINGS).exists() and not replace:
        _check_replacement(output, classifier, paragraphs)
    name = classifier.save(output, scores)
    if classifier.untrained_:
        say(f"too few positive paragraphs, left untrained: {', '.join(classifier.untrained_)}")
    say(f"wrote model {name} to {output}")


def _check_replacement(folder: Path, new: MechanismClassifier, paragraphs: list[LabelledParagraph]) -> None:
    """Compare a new model with the one in its folder, show both, and end where it may not take its place."""
    from govnlp.errors import ModelError
    from govnlp.tagging.training import compare

    try:
        old = load_model(folder)
    except ModelError as error:
        _keep(folder, f"the model in {folder} cannot be read and compared ({error})")
    lost = [label for label in old.codebook_.ids if label not in old.untrained_ and label not in new.codebook_.ids]
    if lost:
        _keep(folder, f"the model in {folder} knows labels that the new one does not: {', '.join(lost)}")
    found = compare(old, new, paragraphs)
    if not found.texts or found.old is None or found.new is None:
        _keep(folder, f"there is no text on which the model in {folder} and the new one could be compared")
    show_comparison(found)
    if found.is_worse:
        _keep(folder, f"the new model scores lower than the one in {folder}")


def _keep(folder: Path, reason: str) -> NoReturn:
    say(f"govnlp: {reason}; the model there stays. --replace replaces it anyway, or name another folder")
    raise typer.Exit(1)


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
    scores = evaluate_on(load_model(model), read_labelled(*labelled))
    if target and target.suffix.lower() == ".xlsx":
        write_scores_xlsx(scores, target)
    elif target:
        write_text(json_line(scores.to_dict()), target)
    else:
        sys.stdout.buffer.write(json_line(scores.to_dict()).encode())
    show_scores(scores)
