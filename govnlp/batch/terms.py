"""Candidate terms of any inputs, with the place of an example, and the files that hold them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from govnlp.batch.arrow import Row
from govnlp.batch.faults import OnFault
from govnlp.batch.loads import Inputs
from govnlp.batch.sinks import write_json_lines, write_text
from govnlp.batch.work import place_load
from govnlp.errors import InputError
from govnlp.lexicon.discovery import discover_terms
from govnlp.spreadsheets import escape_cell

TERMS_SUFFIXES = (".jsonl", ".csv", ".txt")
COLUMNS = (
    "term", "score", "count", "texts", "cohesion", "left_entropy", "right_entropy", "quoted", "known",
    "source", "id", "start", "end", "example",
)  # fmt: skip


def candidate_rows(inputs: Sequence[str], on_error: Callable[[InputError], None], **options: Any) -> list[Row]:
    """Return the candidate terms of all inputs; one that cannot be read is reported and left out.

    Each row names the paragraph or row of a table (`source`, `id`) in which its example stands. Options are
    those of `discover_terms`.
    """
    found = list(_paragraphs(inputs, lambda fault: on_error(InputError(str(fault)))))
    candidates = discover_terms((text for _, _, text in found), **options)
    rows = ({**c.to_dict(), "source": found[c.text][0], "id": found[c.text][1]} for c in candidates)
    return [{name: row[name] for name in COLUMNS} for row in rows]


def _paragraphs(names: Sequence[str], on_fault: OnFault) -> Iterator[tuple[str, str, str]]:
    """Yield source, id and text of each paragraph, or row of a table."""
    given = Inputs(names, on_fault)
    for load in given.loads(given.files()):
        placed = place_load(load)
        for fault in placed.faults:
            on_fault(fault)
        if placed.batch is not None:
            columns = (placed.batch.column(name).to_pylist() for name in ("source", "id", "text"))
            yield from ((source, str(name), text) for source, name, text in zip(*columns, strict=True))


def write_candidates(rows: Sequence[Row], target: Path | None) -> None:
    """Write candidate terms as JSON Lines or CSV, or as a user dictionary (.txt) to be pruned by hand."""
    suffix = target.suffix.lower() if target else ".jsonl"
    if target is None or suffix == ".jsonl":
        write_json_lines(rows, target)
    elif suffix == ".csv":
        write_text("\ufeff" + _csv(rows), target)
    else:
        write_text("".join(f"{row['term']} {row['count']} nz\n" for row in rows), target)


def _csv(rows: Sequence[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows({name: escape_cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()
