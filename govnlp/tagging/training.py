"""From labelled paragraphs to a saved model, and the scores of a model on labelled paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from govnlp.errors import LabelledDataError
from govnlp.evaluation.diagnostics import diagnose
from govnlp.evaluation.scores import Scores, label_matrix, score
from govnlp.labelled.paragraphs import LabelledParagraph
from govnlp.tagging.classifier import MechanismClassifier
from govnlp.tagging.codebook import Codebook, load_codebook
from govnlp.tagging.learning import Progress

# Of the shipped model: the smallest weights whose F1, writers held out, lies within one standard error of the best
# (0.776 of 0.791, standard error 0.017): weights that are fitted less closely fit texts of another kind better.
SHIPPED = {"min_count": 2, "strength": 0.07}


def coded_paragraphs(paragraphs: Sequence[LabelledParagraph], codebook: Codebook) -> list[LabelledParagraph]:
    """Return the paragraphs that somebody has coded, their labels as ids of the codebook.

    Raises:
        LabelledDataError: nothing is coded, or a label is neither an id nor a name in the codebook.
    """
    ids = {name: m.id for m in codebook.mechanisms for name in (m.en, m.zh, m.id)}

    def known(names: Iterable[str], paragraph: str) -> tuple[str, ...]:
        unknown = [name for name in names if name not in ids]
        if unknown:
            raise LabelledDataError(
                f"paragraph {paragraph!r}: unknown label {', '.join(sorted(unknown))}; "
                f"the codebook has {', '.join(f'{m.id} ({m.zh})' for m in codebook.mechanisms)}"
            )
        return tuple(dict.fromkeys(ids[name] for name in names))

    coded = [
        replace(
            p,
            labels=known(p.labels, p.id),
            coded=None if p.coded is None else known(p.coded, p.id),
            marks=tuple(replace(mark, label=known([mark.label], p.id)[0]) for mark in p.marks),
        )
        for p in paragraphs
        if p.labels is not None
    ]
    if not coded:
        raise LabelledDataError(
            "no paragraph has labels; expected `labels`: a list of label ids, [] for none "
            "(in a table: ids or names divided by ；, none or 无 where the coder found none)"
        )
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
    paragraphs: Sequence[LabelledParagraph],
    codebook: Codebook | None = None,
    progress: Progress | None = None,
    settings: Mapping[str, Any] | None = None,
) -> MechanismClassifier:
    """Train a classifier on labelled paragraphs; those not coded yet are left out.

    Where writers are known (in the shipped corpus), a writer's texts are held out together when thresholds are found:
    the model will meet texts of other hands, on which it is less sure.

    Args:
        paragraphs: what coders labelled.
        codebook: the labels; the packaged 21 mechanisms unless told otherwise.
        progress: called with a line of text now and then.
        settings: further arguments of `MechanismClassifier`.
    """
    classifier = MechanismClassifier(codebook, **settings or {})
    coded = coded_paragraphs(paragraphs, classifier.codebook_)
    return classifier.fit(
        [p.text for p in coded],
        [p.labels or () for p in coded],
        [p.writer or p.group for p in coded],
        [p.coded for p in coded],
        [p.marks for p in coded],
        progress,
    )


def evaluate(classifier: MechanismClassifier, paragraphs: Sequence[LabelledParagraph]) -> Scores:
    """Compare a classifier's labels with those of coded paragraphs; the scores say what stands behind them."""
    ids = classifier.codebook_.ids
    coded = coded_paragraphs(paragraphs, classifier.codebook_)
    texts = [p.text for p in coded]
    truth = label_matrix([p.labels or () for p in coded], ids)
    probabilities = classifier.predict_proba(texts)
    looked_for = label_matrix([ids if p.coded is None else p.coded for p in coded], ids)
    seen = classifier.learnt_from(texts)
    behind = diagnose(
        truth, probabilities, classifier.limits_, looked_for, ids, [p.id for p in coded], texts,
        [p.id for p, known in zip(coded, seen, strict=True) if known],
    )  # fmt: skip
    scores = score(truth, probabilities >= classifier.limits_, [p.group for p in coded], ids, looked_for)
    return replace(scores, diagnostics=behind)


def held_out_scores(classifier: MechanismClassifier, paragraphs: Sequence[LabelledParagraph]) -> Scores:
    """Return a new classifier's scores on its own paragraphs, each scored by models that had not seen its article."""
    coded = coded_paragraphs(paragraphs, classifier.codebook_)
    ids = classifier.codebook_.ids
    chosen = classifier.held_out_
    truth = label_matrix([p.labels or () for p in coded], ids)[chosen]
    looked_for = label_matrix([ids if p.coded is None else p.coded for p in coded], ids)[chosen]
    groups = [p.group for p, held in zip(coded, chosen, strict=True) if held]
    return score(truth, classifier.held_out_scores_[chosen] >= classifier.limits_, groups, ids, looked_for)


@dataclass(frozen=True)
class Comparison:
    """Two models on the same texts that neither had learnt from; `texts` is 0 where there are none."""

    texts: int
    old: Scores | None = None
    new: Scores | None = None

    @property
    def is_worse(self) -> bool:
        """Whether the new model's micro F1 lies below the interval of the old one's."""
        return self.old is not None and self.new is not None and self.new.micro_f1 < self.old.micro_low


def compare(old: MechanismClassifier, new: MechanismClassifier, paragraphs: Sequence[LabelledParagraph]) -> Comparison:
    """Compare a model with one just trained, on its own labelled paragraphs.

    The new one is scored out of fold, by models that had not seen the article; the old one on the same
    paragraphs. Those that the old one had learnt from are left out, as are labels that only one of them knows.
    """
    coded = coded_paragraphs(paragraphs, new.codebook_)
    chosen = np.flatnonzero(new.held_out_ & ~old.learnt_from([p.text for p in coded]))
    if not len(chosen):
        return Comparison(0)
    ids = [label for label in new.codebook_.ids if label in old.codebook_.ids]
    kept = [coded[i] for i in chosen]
    truth = label_matrix([[label for label in p.labels or () if label in ids] for p in kept], ids)
    looked_for = label_matrix([ids if p.coded is None else [x for x in p.coded if x in ids] for p in kept], ids)
    old_columns = [old.codebook_.ids.index(label) for label in ids]
    new_columns = [new.codebook_.ids.index(label) for label in ids]
    was = (old.predict_proba([p.text for p in kept]) >= old.limits_)[:, old_columns]
    now = (new.held_out_scores_[chosen] >= new.limits_)[:, new_columns]
    groups = [p.group for p in kept]
    return Comparison(len(kept), score(truth, was, groups, ids, looked_for), score(truth, now, groups, ids, looked_for))
