"""From labelled paragraphs to a saved model, and the scores of a model on labelled paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govnlp.errors import LabelledDataError
from govnlp.evaluation.scores import Scores, label_matrix, score
from govnlp.labelled.paragraphs import LabelledParagraph
from govnlp.tagging.classifier import MechanismClassifier
from govnlp.tagging.codebook import Codebook, load_codebook
from govnlp.tagging.learning import Progress


def coded_paragraphs(paragraphs: Sequence[LabelledParagraph], codebook: Codebook) -> list[LabelledParagraph]:
    """Return the paragraphs that somebody has coded, having checked that their labels are in the codebook."""
    coded = [p for p in paragraphs if p.labels is not None]
    for paragraph in coded:
        named = {*(paragraph.labels or ()), *(paragraph.coded or ()), *(mark.label for mark in paragraph.marks)}
        unknown = named - set(codebook.ids)
        if unknown:
            raise LabelledDataError(
                f"paragraph {paragraph.id!r}: unknown label {', '.join(sorted(unknown))}; "
                f"the codebook has {', '.join(codebook.ids)}"
            )
    if not coded:
        raise LabelledDataError("no paragraph has labels; expected `labels`: a list of label ids, [] for none")
    return coded


def recode(paragraphs: Sequence[LabelledParagraph], codebook: Codebook) -> list[LabelledParagraph]:
    """Return paragraphs of the shipped corpus as coded for another codebook: only for the labels that both have."""
    shared = tuple(label for label in load_codebook().ids if label in codebook.ids)
    return [
        replace(
            p,
            labels=None if p.labels is None else tuple(label for label in p.labels if label in shared),
            marks=tuple(mark for mark in p.marks if mark.label in shared),
            coded=shared,
        )
        for p in paragraphs
    ]


def train(
    paragraphs: Sequence[LabelledParagraph], codebook: Codebook | None = None, progress: Progress | None = None
) -> MechanismClassifier:
    """Train a classifier on labelled paragraphs; those not coded yet are left out."""
    classifier = MechanismClassifier(codebook)
    coded = coded_paragraphs(paragraphs, classifier.codebook_)
    return classifier.fit(
        [p.text for p in coded],
        [p.labels or () for p in coded],
        [p.group for p in coded],
        [p.coded for p in coded],
        [p.marks for p in coded],
        progress,
    )


def evaluate(classifier: MechanismClassifier, paragraphs: Sequence[LabelledParagraph]) -> Scores:
    """Compare a classifier's labels with those of coded paragraphs."""
    ids = classifier.codebook_.ids
    coded = coded_paragraphs(paragraphs, classifier.codebook_)
    truth = label_matrix([p.labels or () for p in coded], ids)
    given = label_matrix(classifier.predict([p.text for p in coded]), ids)
    looked_for = label_matrix([ids if p.coded is None else p.coded for p in coded], ids)
    return score(truth, given, [p.group for p in coded], ids, looked_for)
