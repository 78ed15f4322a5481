from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from govnlp import read_labelled
from govnlp.errors import LabelledDataError
from govnlp.tagging.codebook import load_codebook
from govnlp.tagging.training import coded_paragraphs

TEXTS = ["划分网格48个。", "调解纠纷3件。", "晚风吹过河边。"]
# columns beside text, and what they say: (labels, labels looked for) per row
TABLES = [
    (
        {"labels": ["grid;disputes", "矛盾化解", "none"]},
        [(("grid", "disputes"), None), (("disputes",), None), ((), None)],
    ),
    ({"labels": ["grid；矛盾纠纷", "", "无"]}, None),
    ({"labels": ["grid、disputes", "", ""], "coder": ["王", "王", ""]}, [(("grid", "disputes"), None), ((), None)]),
    (
        {"网格管理": [1, 0, 0], "disputes": [0, 1, ""], "备注": ["好", "1", ""]},
        [(("grid",), ("grid", "disputes")), (("disputes",), ("grid", "disputes")), ((), ("grid",))],
    ),
]


def write(folder: Path, columns: dict, suffix: str) -> Path:
    frame = pd.DataFrame({"id": ["a", "b", "c"], "text": TEXTS, **columns})
    file = folder / f"rows{suffix}"
    if suffix == ".xlsx":
        frame.to_excel(file, index=False)
    else:
        frame.to_csv(file, index=False, encoding="gb18030" if suffix == ".gb.csv" else "utf-8-sig")
    return file


@pytest.mark.parametrize("suffix", [".csv", ".gb.csv", ".xlsx"])
@pytest.mark.parametrize(("columns", "expected"), TABLES)
def test_tables_are_labelled_input(tmp_path: Path, columns, expected, suffix: str) -> None:
    paragraphs = read_labelled(write(tmp_path, columns, suffix))
    if expected is None:
        with pytest.raises(LabelledDataError, match="paragraph 'a': unknown label 矛盾纠纷"):
            coded_paragraphs(paragraphs, load_codebook())
        return
    assert [(p.labels, p.coded) for p in coded_paragraphs(paragraphs, load_codebook())] == expected


WRONG = [
    ({"text": ["x"]}, "neither a column `labels` nor"),
    ({"labels": ["grid"]}, "no column `text`; there is labels"),
    ({"text": [" "], "labels": ["grid"]}, "row 2: `text` is missing or empty"),
    ({"id": ["a", "a"], "text": ["x", "y"], "labels": ["grid", "grid"]}, "row 3: the id 'a' was already used"),
    ({"text": ["x"], "labels": ["grid"], "coder": ["model:1"]}, "its coder is still"),
]


@pytest.mark.parametrize(("columns", "message"), WRONG)
def test_a_wrong_table_is_named(tmp_path: Path, columns, message: str) -> None:
    pd.DataFrame(columns).to_csv(tmp_path / "rows.csv", index=False)
    with pytest.raises(LabelledDataError, match=message):
        read_labelled(tmp_path / "rows.csv")


def test_what_is_no_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "rows.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(LabelledDataError, match="is no table that can be read"):
        read_labelled(tmp_path / "rows.xlsx")
