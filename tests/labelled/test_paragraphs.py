from __future__ import annotations

import json
from pathlib import Path

import pytest

from govnlp import read_labelled
from govnlp.errors import LabelledDataError

ROW = {"id": "1", "text": "划分网格48个。", "labels": ["grid"], "group": "a"}
WRONG = [
    ("{", "row 1: is no JSON"),
    ("[]", "row 1: is no JSON object"),
    (json.dumps({**ROW, "text": " "}), "row 1: `text` is missing or empty"),
    (json.dumps({**ROW, "labels": "grid"}), "row 1: `labels`"),
    (json.dumps(ROW) + "\n" + json.dumps(ROW), "row 2: the id '1' was already used"),
    (json.dumps({**ROW, "coder": "model:abc"}), "allow-model-coder"),
    (json.dumps({**ROW, "marks": [{"label": "grid"}]}), "`marks` cannot be read"),
]


def write(folder: Path, text: str) -> Path:
    file = folder / "rows.jsonl"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_wrong_row_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(LabelledDataError, match=message):
        read_labelled(write(tmp_path, text))


def test_none_and_not_coded_are_not_the_same(tmp_path: Path) -> None:
    rows = [
        {**ROW, "labels": []},
        {"id": "2", "text": "x"},
        {"id": "3", "text": "y", "labels": None, "article_id": "b"},
    ]
    found = read_labelled(write(tmp_path, "\n".join(map(json.dumps, rows))))
    assert [p.labels for p in found] == [(), None, None]
    assert found[2].group == "b"


def test_corpus_articles_are_labelled_input(tmp_path: Path) -> None:
    mark = {"label": "grid", "start": 0, "end": 7}
    article = {
        "id": "a",
        "sections": [
            {
                "heading": None,
                "paragraphs": [{"id": "a-p1", "text": "划分网格48个。", "labels": ["grid"], "marks": [mark]}],
            }
        ],
    }
    found = read_labelled(write(tmp_path, json.dumps(article)))
    assert (found[0].group, found[0].labels, found[0].marks[0].label) == ("a", ("grid",), "grid")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(LabelledDataError, match=r"missing\.jsonl: cannot be read"):
        read_labelled("missing.jsonl")
