"""Tagged rows of one level, for .csv and .xlsx: labels joined, Chinese names, a column per score."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from govnlp.batch.arrow import PLACE, RESULTS, passing_names
from govnlp.batch.cells import flat_cell, plain_cell
from govnlp.spreadsheets import escape_cell
from govnlp.tagging.codebook import Codebook

Row = dict[str, Any]


class Layout:
    """The columns of a flat table: place, those that pass through, results.

    Args:
        names: the columns of the tagged batches.
        codebook: names the labels.
    """

    def __init__(self, names: Sequence[str], codebook: Codebook) -> None:
        scores = [f"score_{label}" for label in codebook.ids]
        results = ["labels", "labels_zh", "unsure", "evidence_zh", *scores, "evidence", "coder"]
        own = [name for name in names if name not in (*PLACE, *RESULTS)]
        self.codebook = codebook
        self.passed = passing_names(own, (*PLACE, *results))
        self.columns = [*PLACE, *self.passed.values(), *results]

    def flatten(self, row: Row) -> list[Any]:
        """Return the cells of a tagged row in the order of the columns."""
        names = self.codebook.by_id
        evidence = (
            f"{names[label].zh}：{'、'.join(dict.fromkeys(str(part[0]) for part in parts))}"
            for label, parts in row["evidence"].items()
        )
        return [
            *(row[name] for name in PLACE),
            *(flat_cell(row.get(name)) for name in self.passed),
            ";".join(row["labels"]),
            ";".join(self.codebook.zh(row["labels"])),
            ";".join(row["unsure"]),
            "；".join(evidence),
            *row["scores"].values(),
            json.dumps(row["evidence"], ensure_ascii=False),
            row["coder"],
        ]


def write_csv(rows: Iterable[Sequence[Any]], columns: Sequence[str], path: Path) -> None:
    """Write rows as CSV that a spreadsheet opens as UTF-8 and runs no formula of."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(escape_cell, columns))
        writer.writerows([escape_cell(cell) if isinstance(cell, str) else plain_cell(cell) for cell in r] for r in rows)
