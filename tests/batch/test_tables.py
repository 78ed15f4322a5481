"""Tables in and out: types kept, escapes undone, one bad row no bad table, columns of all inputs together."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook

from govnlp.batch.faults import FaultLog
from govnlp.batch.loads import Inputs
from govnlp.batch.tagging import TagOptions, tag_files
from govnlp.batch.work import IN_FLIGHT, tag_loads
from govnlp.errors import OutputError
from tests.batch.made import texts, write_jsonl, write_pages


def tag(classifier, inputs, target: Path, text_column: str = "text") -> list:
    faults: list = []
    with FaultLog(target, faults.append) as log:
        tag_files([str(one) for one in inputs], target, TagOptions(classifier, text_column=text_column), log)
    return faults


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx", ".parquet"])
def test_what_was_written_is_read_back(classifier, tmp_path, suffix) -> None:
    given = [*texts(3), "=1+1", "-5", "'引号", "@A1", "一，\n二", "\u2028行"]
    table = write_jsonl(tmp_path / "in.jsonl", [{"text": text, "note": text} for text in given])
    assert tag(classifier, [table], tmp_path / f"once{suffix}") == []
    assert tag(classifier, [tmp_path / f"once{suffix}"], tmp_path / "again.jsonl") == []
    again = rows_of(tmp_path / "again.jsonl")
    assert [(row["text"], row["note"]) for row in again] == [(text, text) for text in given]


def test_types_pass_from_parquet_to_parquet(classifier, tmp_path) -> None:
    columns = {
        "text": texts(2), "id": pa.array([5, 6]), "when": pa.array([0, 1], pa.timestamp("ms", "Asia/Shanghai")),
        "price": pa.array([1, 2]).cast(pa.decimal128(21, 2)), "kind": pa.array(["a", "b"]).dictionary_encode(),
    }  # fmt: skip
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    tag(classifier, [tmp_path / "in.parquet"], tmp_path / "out.parquet")
    found = pq.read_table(tmp_path / "out.parquet")
    for name in ("when", "price", "kind", "id"):
        assert found[name].combine_chunks() == pa.table(columns)[name].combine_chunks()


def test_json_values_come_back_as_they_were(classifier, tmp_path) -> None:
    rows = [
        {"id": "a", "text": "网格", "n": 1, "mixed": 1, "nested": {"a": [1, {"b": None}]}},
        {"id": "b", "text": "楼栋", "n": None, "mixed": "一", "nested": {"c": 2.5}, "late": True, "big": 2**70},
    ]
    table = write_jsonl(tmp_path / "in.jsonl", rows)
    tag(classifier, [table], tmp_path / "out.parquet")
    tag(classifier, [tmp_path / "out.parquet"], tmp_path / "out.jsonl")
    for row, found in zip(rows, rows_of(tmp_path / "out.jsonl"), strict=True):
        assert {name: found[name] for name in row} == row


def test_csv_stays_as_printed(classifier, tmp_path) -> None:
    (tmp_path / "in.csv").write_text("text,code,n\n网格,007,1.50\n楼栋,,\n", "utf-8-sig")
    tag(classifier, [tmp_path / "in.csv"], tmp_path / "out.jsonl")
    assert [(r["code"], r["n"]) for r in rows_of(tmp_path / "out.jsonl")] == [("007", "1.50"), ("", "")]


def test_a_workbook_keeps_numbers_and_times(classifier, tmp_path) -> None:
    book = Workbook()
    for line in [("text", "n", "day", None), ("网格", 3, datetime(2024, 5, 6), None), (None, None, None, None)]:
        book.active.append(line)
    book.save(tmp_path / "in.xlsx")
    assert tag(classifier, [tmp_path / "in.xlsx"], tmp_path / "out.xlsx") == []
    sheet = load_workbook(tmp_path / "out.xlsx")["tags"]
    row = dict(zip(*[[cell.value for cell in line] for line in sheet.iter_rows(max_row=2)], strict=True))
    assert (row["n"], row["day"]) == (3, datetime(2024, 5, 6))
    assert (sheet.freeze_panes, sheet.auto_filter.ref.startswith("A1:"), sheet.max_row) == ("A2", True, 2)


def test_columns_of_all_inputs_stand_in_one_table(classifier, tmp_path) -> None:
    pages = write_pages(tmp_path / "pages", 1)
    first = write_jsonl(tmp_path / "first.jsonl", [{"id": 1, "text": "网格", "year": 2024}])
    (tmp_path / "second.csv").write_text("text,year,labels_zh\n楼栋,去年,旧\n", "utf-8")
    for suffix in (".parquet", ".csv"):
        tag(classifier, [*pages, first, tmp_path / "second.csv"], tmp_path / f"out{suffix}")
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["year"] for row in found] == [None, None, None, "2024", "去年"]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert [row["id"] for row in rows] == [row["id"] for row in found]
    assert (rows[4]["labels_zh_in"], rows[3]["year"]) == ("旧", "2024")


def test_another_column_may_hold_the_text(classifier, tmp_path) -> None:
    table = write_jsonl(tmp_path / "in.jsonl", [{"正文": "划分网格482个。", "text": 5}])
    tag(classifier, [table], tmp_path / "out.jsonl", text_column="正文")
    row = rows_of(tmp_path / "out.jsonl")[0]
    assert (row["text"], row["text_in"], row["labels"]) == ("划分网格482个。", 5, ["grid"])


BAD_ROWS = [
    ("rows.jsonl", '{"text": "一"}\n{"text": 5}\n{\n[]\n{"text": "二"}\n'.encode(), ["line 2", "line 3", "line 4"]),
    ("rows.jsonl", b'{"text": "\xe4\xb8\x80"}\n{"text": "\xff"}\n{"text": "\xe4\xba\x8c"}\n', ["line 2"]),
    ("rows.csv", "text,n\n一,1\n三,2,3\n二,4\n".encode(), ["row 2"]),
    ("rows.csv", "text,n\n一,1\n\"三\"四,2\n二,4\n".encode(), ["row 2 (line 3)"]),
    ("rows.csv", "text\n一\n".encode() + b"\xff\xfe\n" + "二\n".encode(), ["row 2"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "places"), BAD_ROWS)
def test_a_bad_row_leaves_the_others(classifier, tmp_path, name, content, places) -> None:
    (tmp_path / name).write_bytes(content)
    faults = tag(classifier, [tmp_path / name], tmp_path / "out.jsonl")
    assert [fault.place for fault in faults] == places
    assert [row["text"] for row in rows_of(tmp_path / "out.jsonl")] == ["一", "二"]
    listed = rows_of(tmp_path / "out.jsonl.errors.jsonl")
    assert [fault["place"] for fault in listed] == places
    assert {fault["file"] for fault in listed} == {str(tmp_path / name)}


def test_a_parquet_row_without_a_text_is_named(classifier, tmp_path) -> None:
    pq.write_table(pa.table({"text": ["一", None, "二"]}), tmp_path / "in.parquet")
    assert [f.place for f in tag(classifier, [tmp_path / "in.parquet"], tmp_path / "out.jsonl")] == ["row 2"]
    assert [row["text"] for row in rows_of(tmp_path / "out.jsonl")] == ["一", "二"]


def test_a_damaged_parquet_file_is_named_and_the_next_is_done(classifier, tmp_path) -> None:
    pq.write_table(pa.table({"text": texts(50)}), tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(whole[:-60] + b"\x00" * 60)
    table = write_jsonl(tmp_path / "b.jsonl", [{"text": "二"}])
    faults = tag(classifier, [tmp_path / "a.parquet", table], tmp_path / "out.jsonl")
    assert [(f.file, "no Parquet" in f.reason) for f in faults] == [(str(tmp_path / "a.parquet"), True)]
    assert [row["text"] for row in rows_of(tmp_path / "out.jsonl")] == ["二"]


def test_the_list_of_an_earlier_runs_faults_goes(classifier, tmp_path) -> None:
    table = tmp_path / "in.jsonl"
    table.write_text('{"text": "一"}\n{}\n', "utf-8")
    tag(classifier, [table], tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl.errors.jsonl").exists()
    write_jsonl(table, [{"text": "一"}])
    tag(classifier, [table], tmp_path / "out.jsonl")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_gb18030_and_utf16_tables_are_read(classifier, tmp_path) -> None:
    for encoding in ("gb18030", "utf-16"):
        text = "全区划分网格四百个，配备专职网格员，常态化开展入户走访。"
        (tmp_path / "in.csv").write_text(f"text,n\n{text},一\n", encoding)
        tag(classifier, [tmp_path / "in.csv"], tmp_path / "out.jsonl")
        assert [(r["text"], r["n"]) for r in rows_of(tmp_path / "out.jsonl")] == [(text, "一")]


def test_folders_and_patterns(classifier, tmp_path) -> None:
    pages = write_pages(tmp_path / "deep", 2)
    (tmp_path / "deep" / "more").mkdir()
    pages.append(pages[0].rename(tmp_path / "deep" / "more" / "page-009.txt"))
    for given in (tmp_path, f"{tmp_path}/**/*.txt", f"{tmp_path}/deep/**/page-00?.txt"):
        tag(classifier, [given], tmp_path / "out.jsonl")
        assert {row["source"].rsplit("/", 1)[1] for row in rows_of(tmp_path / "out.jsonl")} == {
            "page-001.txt",
            "page-009.txt",
        }
    faults = tag(classifier, [f"{tmp_path}/*.none", tmp_path], tmp_path / "out.jsonl")
    assert [(f.file, f.reason) for f in faults] == [(f"{tmp_path}/*.none", "no file matches this pattern")]


def test_a_folder_of_tables(classifier, tmp_path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    pq.write_table(pa.table({"text": texts(2)}), folder / "b.parquet")
    write_jsonl(folder / "a.jsonl", [{"text": "一"}])
    write_jsonl(folder / "old.jsonl.errors.jsonl", [{"file": "x"}])
    assert tag(classifier, [folder], tmp_path / "out.jsonl") == []
    assert [row["text"] for row in rows_of(tmp_path / "out.jsonl")] == ["一", *texts(2)]


def test_a_sheet_that_is_too_small_is_told(classifier, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("govnlp.batch.workbook.XLSX_ROWS", 3)
    table = write_jsonl(tmp_path / "in.jsonl", [{"text": text} for text in texts(3)])
    with pytest.raises(OutputError, match=r"write \.parquet"):
        tag(classifier, [table], tmp_path / "out.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_is_read_than_is_worked_on(classifier, tmp_path, jobs) -> None:
    table = write_jsonl(tmp_path / "in.jsonl", [{"text": "网格", "i": i} for i in range(20_000)])
    given = Inputs([str(table)], print)
    taken = 0

    def counted():
        nonlocal taken
        for load in given.loads(given.files()):
            taken += 1
            yield load

    done = tag_loads(counted(), None, jobs)
    next(done)
    assert taken <= IN_FLIGHT * jobs
    done.close()


def test_rows_without_an_id_are_numbered_over_batches(classifier, tmp_path) -> None:
    table = write_jsonl(tmp_path / "in.jsonl", [{"text": "网格", "id": None if i != 5 else 7} for i in range(1500)])
    tag(classifier, [table], tmp_path / "out.jsonl")
    ids = [row["id"] for row in rows_of(tmp_path / "out.jsonl")]
    assert len(set(ids)) == 1500
    assert (ids[1], ids[5]) == (f"{ids[0]}-2", "7")
