"""Tagged rows of one level, for .csv and .xlsx: labels joined, Chinese names, a column per score."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from govnlp.batch.arrow import PLACE, RESULTS, passing_names
from govnlp.batch.cells import escape_cell, flat_cell, plain_cell
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

    def flatten(self, row: Row) -> Row:
        """Return a tagged row as one level of cells."""
        zh = self.codebook.by_id
        evidence = (
            f"{zh[label].zh}：{'、'.join(dict.fromkeys(str(part[0]) for part in parts))}"
            for label, parts in row["evidence"].items()
        )
        flat = {name: row[name] for name in PLACE}
        flat.update({passed: row.get(name) for name, passed in self.passed.items()})
        flat["labels"] = ";".join(row["labels"])
        flat["labels_zh"] = ";".join(self.codebook.zh(row["labels"]))
        flat["unsure"] = ";".join(row["unsure"])
        flat["evidence_zh"] = "；".join(evidence)
        flat.update({f"score_{label}": value for label, value in row["scores"].items()})
        flat["evidence"] = json.dumps(row["evidence"], ensure_ascii=False)
        flat["coder"] = row["coder"]
        return {name: flat_cell(value) for name, value in flat.items()}


def write_csv(rows: Iterable[Row], columns: Sequence[str], path: Path) -> None:
    """Write rows as CSV that a spreadsheet opens as UTF-8 and runs no formula of."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({key: escape_cell(plain_cell(value)) for key, value in row.items()} for row in rows)
