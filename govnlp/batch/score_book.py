"""Scores as a workbook: a sheet per kind of figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govnlp.batch.sinks import written_beside
from govnlp.evaluation.scores import Scores

_LABEL_COLUMNS = ("label", "precision", "recall", "f1", "support", "low", "high")


def write_scores_xlsx(scores: Scores, target: Path) -> None:
    """Write scores and what stands behind them: labels, together, dial, calibration, confusions, worst errors."""
    import pandas as pd

    figures = scores.to_dict()
    behind = figures.pop("diagnostics", None) or {}
    labels = [{"label": label, **values} for label, values in figures.pop("labels").items()]
    sheets: dict[str, list[dict[str, Any]]] = {
        "labels": labels,
        "together": [{"figure": key, "value": value} for key, value in _flat(figures)],
        "dial": behind.get("dial", []),
        "calibration": behind.get("calibration", []),
        "confusions": behind.get("confusions", []),
        "worst errors": behind.get("worst", []),
        "trained on": [{"id": name} for name in behind.get("trained_on", [])],
    }
    with written_beside(target) as beside, pd.ExcelWriter(beside, engine="openpyxl") as book:
        for name, rows in sheets.items():
            columns = _LABEL_COLUMNS if name == "labels" else None
            pd.DataFrame(rows, columns=columns).to_excel(book, sheet_name=name, index=False)
            _finish(book.sheets[name])


def _flat(figures: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return nested figures as one level: micro.precision."""
    return [
        (f"{key}.{inner}", number) if isinstance(value, dict) else (key, value)
        for key, value in figures.items()
        for inner, number in (value.items() if isinstance(value, dict) else [("", None)])
    ]


def _finish(sheet: Any) -> None:
    """Freeze the header, set widths, and hold every text as text: a paragraph may begin with =."""
    sheet.freeze_panes = "A2"
    for column in sheet.columns:
        for cell in column:
            if isinstance(cell.value, str):
                cell.data_type = "s"
        widest = max((len(str(cell.value or "")) for cell in column), default=0)
        sheet.column_dimensions[column[0].column_letter].width = min(80, max(12, widest + 2))
