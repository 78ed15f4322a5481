"""How well labels agree with the truth: per label and together, with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import UsageError

if TYPE_CHECKING:
    from govnlp.evaluation.diagnostics import Diagnostics

SAMPLES = 1000
MACRO_FLOOR = 5  # macro F1 is the mean over labels with at least that many positives


def label_matrix(labels: Sequence[Iterable[str]], ids: Sequence[str]) -> NDArray[np.bool_]:
    """Return labels as a boolean array (n texts, n ids)."""
    column = {label: i for i, label in enumerate(ids)}
    matrix = np.zeros((len(labels), len(ids)), dtype=bool)
    for row, given in enumerate(labels):
        if isinstance(given, str):
            raise UsageError(
                f"row {row + 1}: the labels are one text, {given!r}; expected a list of label ids, as [{given!r}]"
            )
        for label in given:
            if label not in column:
                raise UsageError(f"unknown label {label!r} in row {row + 1}; the codebook has {', '.join(ids)}")
            matrix[row, column[label]] = True
    return matrix


def f1_score(hits: Any, given: Any, true: Any) -> Any:
    """Return F1 from counts; 0 where nothing is given and nothing true."""
    return 2 * hits / np.maximum(1, given + true)


@dataclass(frozen=True)
class LabelScore:
    """Precision, recall, F1 of one label, its number of positives, and F1's 95 % interval."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int
    low: float
    high: float


@dataclass(frozen=True)
class Scores:
    """Scores of one set of predictions. Shows itself as a table."""

    labels: tuple[LabelScore, ...]
    micro_precision: float
    micro_recall: float
    micro_f1: float
    micro_low: float
    micro_high: float
    macro_f1: float
    exact: float
    texts: int
    groups: int
    diagnostics: Diagnostics | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return all figures as plain numbers."""
        return {
            "texts": self.texts,
            "groups": self.groups,
            "micro": {
                "precision": self.micro_precision, "recall": self.micro_recall, "f1": self.micro_f1,
                "low": self.micro_low, "high": self.micro_high,
            },
            "macro_f1": self.macro_f1,
            "exact": self.exact,
            "labels": {
                s.label: {
                    "precision": s.precision, "recall": s.recall, "f1": s.f1, "support": s.support,
                    "low": s.low, "high": s.high,
                }
                for s in self.labels
            },
            **({"diagnostics": self.diagnostics.to_dict()} if self.diagnostics else {}),
        }  # fmt: skip

    def rows(self) -> list[tuple[str, ...]]:
        """Return the table's rows as text: label, P, R, F1, interval, support."""
        rows: list[tuple[str, ...]] = [
            (
                s.label,
                f"{s.precision:.2f}",
                f"{s.recall:.2f}",
                f"{s.f1:.2f}",
                f"{s.low:.2f}–{s.high:.2f}",
                str(s.support),
            )
            for s in self.labels
        ]
        support = str(sum(s.support for s in self.labels))
        rows.append(("micro", f"{self.micro_precision:.2f}", f"{self.micro_recall:.2f}", f"{self.micro_f1:.2f}",
                     f"{self.micro_low:.2f}–{self.micro_high:.2f}", support))  # fmt: skip
        rows.append((f"macro (n ≥ {MACRO_FLOOR})", "", "", f"{self.macro_f1:.2f}", "", ""))
        rows.append(("exact", "", "", f"{self.exact:.2f}", "", f"{self.texts} texts"))
        return rows

    def __str__(self) -> str:
        return "\n".join("{:<16}{:>6}{:>6}{:>6}{:>13}{:>10}".format(*row) for row in [HEADER, *self.rows()])

    def _repr_html_(self) -> str:
        cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in self.rows()]
        head = "".join(f"<th>{escape(cell)}</th>" for cell in HEADER)
        return f"<table><tr>{head}</tr>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


HEADER = ("label", "P", "R", "F1", "95 %", "n")


def score(
    truth: NDArray[np.bool_], given: NDArray[np.bool_], groups: Sequence[str], ids: Sequence[str],
    coded: NDArray[np.bool_] | None = None,
) -> Scores:  # fmt: skip
    """Compare labels given with the truth, both boolean (n texts, n labels).

    The intervals come from a bootstrap over groups (articles), since paragraphs of one article are alike.
    Where `coded` is False, a label was not looked for and is left out.
    """
    mask = np.ones_like(truth) if coded is None else coded
    counts = np.stack([(truth & given & mask), (given & mask), (truth & mask)]).astype(np.int64)
    names, member = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    by_group = np.zeros((3, len(names), truth.shape[1]), dtype=np.int64)
    for kind in range(3):
        np.add.at(by_group[kind], member, counts[kind])
    hits, gave, true = by_group.sum(axis=1)
    low, high, micro_low, micro_high = _intervals(by_group)
    f1 = f1_score(hits, gave, true)
    enough = true >= MACRO_FLOOR
    labels = tuple(
        LabelScore(
            label, _ratio(hits[i], gave[i]), _ratio(hits[i], true[i]), _round(f1[i]), int(true[i]),
            _round(low[i]), _round(high[i]),
        )
        for i, label in enumerate(ids)
    )  # fmt: skip
    return Scores(
        labels=labels,
        micro_precision=_ratio(hits.sum(), gave.sum()),
        micro_recall=_ratio(hits.sum(), true.sum()),
        micro_f1=_round(f1_score(hits.sum(), gave.sum(), true.sum())),
        micro_low=_round(micro_low),
        micro_high=_round(micro_high),
        macro_f1=_round(f1[enough].mean()) if enough.any() else 0.0,
        exact=_round(((truth & mask) == (given & mask)).all(axis=1).mean()) if len(truth) else 0.0,
        texts=len(truth),
        groups=len(names),
    )


def _intervals(by_group: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64], float, float]:
    """Return the 2.5 and 97.5 % points of F1 per label and of micro F1 over resampled groups."""
    groups, labels = by_group.shape[1:]
    if groups == 0:
        return np.zeros(labels), np.zeros(labels), 0.0, 0.0
    draws = np.random.default_rng(0).multinomial(groups, np.full(groups, 1 / groups), size=SAMPLES)
    hits, gave, true = (draws @ by_group[kind] for kind in range(3))
    low, high = np.percentile(f1_score(hits, gave, true), [2.5, 97.5], axis=0)
    micro = f1_score(hits.sum(axis=1), gave.sum(axis=1), true.sum(axis=1))
    micro_low, micro_high = np.percentile(micro, [2.5, 97.5])
    return low, high, float(micro_low), float(micro_high)


def _ratio(part: Any, whole: Any) -> float:
    return _round(part / whole) if whole else 0.0


def _round(value: Any) -> float:
    return round(float(value), 6)
