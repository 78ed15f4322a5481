"""The commands: JSON shapes, exit statuses, streams, and what a user is told when an input is wrong."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from openpyxl import Workbook, load_workbook

from govnlp import Tokenizer
from tests.calls import assert_refused, govnlp, records
from tests.contract import schemas

LABELLED = [
    {"id": f"{label}-{i}", "text": text.format(i + 2), "labels": [label], "group": f"a{i}"}
    for label, text in [
        ("grid", "片区划分网格{}个，配备网格员。"),
        ("disputes", "调解室化解纠纷{}件。"),
        ("culture", "举办邻里节{}场。"),
    ]
    for i in range(12)
]


def valid(rows: list[dict], schema: dict) -> list[dict]:
    for row in rows:
        jsonschema.validate(row, schema)
    return rows


def test_run_does_the_main_job(pages: list[Path], tmp_path: Path) -> None:
    done = govnlp("run", *pages, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert done.stdout == b""
    folder = tmp_path / "out"
    assert sorted(p.name for p in folder.iterdir()) == ["articles.jsonl", "briefs.md", "tagged.jsonl", "tagged.xlsx"]
    articles = valid(records((folder / "articles.jsonl").read_bytes()), schemas.ARTICLE)
    rows = valid(records((folder / "tagged.jsonl").read_bytes()), schemas.TAGGED)
    assert len(rows) == sum(len(s["paragraphs"]) for a in articles for s in a["sections"])
    shown = done.stderr.decode("utf-8")
    assert "Tags" in shown
    assert "briefs.md" in shown


def test_read_gives_articles_and_roles(pages: list[Path], tmp_path: Path) -> None:
    articles = valid(records(govnlp("read", *pages).stdout), schemas.ARTICLE)
    assert len(articles) >= len(pages)
    target = tmp_path / "roles.jsonl"
    assert govnlp("read", "--roles", pages[0], "-o", target).returncode == 0
    page = valid(records(target.read_bytes()), schemas.PAGE_ROLES)[0]
    covered = [i for start, end, _ in page["roles"] for i in range(start, end)]
    assert sorted(set(covered)) == sorted(covered)
    assert all(i in set(covered) for i, c in enumerate(page["text"]) if not c.isspace())


def test_tag_takes_pages_articles_and_standard_input(pages: list[Path]) -> None:
    from_page = valid(records(govnlp("tag", pages[0]).stdout), schemas.TAGGED)
    articles = govnlp("read", pages[0]).stdout
    from_articles = valid(records(govnlp("tag", "-", stdin=articles).stdout), schemas.TAGGED)
    assert [(r["id"], r["labels"]) for r in from_page] == [(r["id"], r["labels"]) for r in from_articles]
    page = "将全区划分为482个网格，配备专职网格员668人，常态化开展入户走访。"
    assert "grid" in records(govnlp("tag", "-", stdin=page.encode()).stdout)[0]["labels"]


def test_tag_passes_the_columns_of_a_table_through(tmp_path: Path) -> None:
    table = tmp_path / "in.jsonl"
    row = {"id": 7, "text": "全区划分网格482个。", "labels": ["x"], "year": 2024, "note": None}
    table.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    found = valid(records(govnlp("tag", table).stdout), schemas.TAGGED_TABLE)[0]
    assert (found["id"], found["labels_in"], found["year"], found["note"]) == (7, ["x"], 2024, None)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_tables_are_read_back_as_written(tmp_path: Path, suffix: str) -> None:
    texts = ["=1+1", "@SUM(A1)", "'引号", "全区划分网格482个，\n配备网格员。", "+3", "平常"]
    table = tmp_path / "in.jsonl"
    rows = [{"id": str(i), "text": text} for i, text in enumerate(texts)]
    table.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    target = tmp_path / f"out{suffix}"
    assert govnlp("tag", table, "-o", target).returncode == 0
    again = records(govnlp("tag", target).stdout)
    assert [row["text"] for row in again] == texts


def test_any_number_of_processes_gives_the_same_rows(tmp_path: Path) -> None:
    table = tmp_path / "in.jsonl"
    rows = [{"id": i, "text": f"全区划分网格{i}个，调解纠纷{i + 3}件。"} for i in range(1200)]
    table.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert govnlp("tag", table, "--jobs", 2).stdout == govnlp("tag", table).stdout


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    table = tmp_path / "in.jsonl"
    table.write_text(json.dumps({"id": "=2+2", "text": "=HYPERLINK(1)"}), "utf-8")
    govnlp("tag", table, "-o", tmp_path / "out.csv")
    govnlp("tag", table, "-o", tmp_path / "out.xlsx")
    cells = next(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8-sig")))
    assert (cells["id"], cells["text"]) == ("'=2+2", "'=HYPERLINK(1)")
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["tags", "codebook"]
    assert {cell.data_type for row in book["tags"].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_summarize_gives_bullets_and_briefs(pages: list[Path], tmp_path: Path) -> None:
    found = valid(records(govnlp("summarize", *pages, "--bullets", 3).stdout), schemas.SUMMARY)
    assert all(len(summary["bullets"]) <= 3 for summary in found)
    assert govnlp("summarize", *pages, "-o", tmp_path / "brief.md").returncode == 0
    assert "## " in (tmp_path / "brief.md").read_text("utf-8")
    for name in ("brief.docx", "brief.html"):
        brief = tmp_path / name
        assert govnlp("summarize", *pages, "--mechanism", "grid", "-o", brief).returncode == 0
        assert govnlp("verify", brief, *pages).returncode == 0


COMMENTARY = (
    "推动干部“真下沉”\n\n□王禾苗\n\n下沉不是下去打卡。有的地方人下去了，心没有下去。"
    "我们要让干部真正走进群众，这样才能解决问题。"
)
SILENT = [
    ("青桐区：划好小网格\n\n全区划分网格482个。", ["--chars", 3], "no sentence fits in 3 characters"),
    ("青桐区：划好小网格\n\n全区划分网格482个。", ["--mechanism", "产业发展"], "nothing in it is of industry"),
    ("始终坚持党建引领，不断提升群众幸福感。\n", [], "nothing in it is a practice"),
    (COMMENTARY, [], "a commentary"),
    (" \n", [], "no text"),
]


@pytest.mark.parametrize(("text", "options", "reason"), SILENT)
def test_summarize_says_why_an_article_gives_no_bullets(
    tmp_path: Path, text: str, options: list[str | int], reason: str
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(text, "utf-8")
    done = govnlp("summarize", page, *options)
    assert (done.returncode, done.stderr.decode("utf-8")) == (0, f"{page}: no bullets: {reason}\n")


def test_figures_and_practices_are_ledgers(pages: list[Path], tmp_path: Path) -> None:
    texts = {
        p["id"]: p["text"]
        for a in records(govnlp("read", *pages).stdout)
        for s in a["sections"]
        for p in s["paragraphs"]
    }
    found = valid(records(govnlp("figures", *pages).stdout), schemas.FIGURE)
    assert all(texts[f["id"]][f["start"] : f["end"]] == f["text"] for f in found)
    target = tmp_path / "practices.jsonl"
    assert govnlp("practices", *pages, "-o", target).returncode == 0
    named = valid(records(target.read_bytes()), schemas.PRACTICE)
    assert named
    assert all(texts[p["id"]][p["start"] : p["end"]] == p["name"] for p in named)


@pytest.mark.parametrize("suffix", [".md", ".jsonl"])
def test_verify_finds_nothing_in_a_true_brief(pages: list[Path], tmp_path: Path, suffix: str) -> None:
    brief = tmp_path / f"brief{suffix}"
    govnlp("summarize", *pages, "-o", brief)
    done = govnlp("verify", brief, *pages)
    assert (done.returncode, done.stdout) == (0, b"")
    assert re.fullmatch(rf"{re.escape(str(brief))}: \d+ figures and \d+ quotations, all found\n", done.stderr.decode())


TALLIES = [
    ("", "no figure and no quotation in it"),
    ("# 简报\n\n没有数字。", "no figure and no quotation in it"),
    ("网格482个，设立“灯下议事”点。", "1 figure and 1 quotation, all found"),
    ("网格482个、网格428个，出台《灯下意见》。", "2 figures and 1 quotation, 2 of them not found"),
]


@pytest.mark.parametrize(("brief", "tally"), TALLIES)
def test_verify_says_how_much_it_looked_up(tmp_path: Path, brief: str, tally: str) -> None:
    (tmp_path / "page.txt").write_text("青桐区：划好小网格\n\n全区划分网格482个，设立“灯下议事”点。", "utf-8")
    (tmp_path / "brief.md").write_text(brief, "utf-8")
    assert tally in govnlp("verify", tmp_path / "brief.md", tmp_path / "page.txt").stderr.decode("utf-8")


def test_verify_names_what_no_source_has(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("青桐区：划好小网格\n\n全区划分网格482个，设立“灯下议事”点。", "utf-8")
    brief = "# 简报\n\n- 全区划分网格428个，设立“灯下”点。\n- 推行“树下议事”。\n"
    done = govnlp("verify", "-", tmp_path / "page.txt", stdin=brief.encode())
    found = valid(records(done.stdout), schemas.UNSUPPORTED)
    assert done.returncode == 1
    assert [(f["line"], f["text"], f["kind"]) for f in found] == [
        (3, "428个", "figure"),
        (4, "“树下议事”", "quotation"),
    ]
    assert "line 3: figure 428个: the source has 482个 in these words" in done.stderr.decode("utf-8")


def test_verify_says_what_is_wrong_with_its_files(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("青桐区：划好小网格\n\n全区划分网格482个。", "utf-8")
    (tmp_path / "brief.xlsx").write_bytes(b"")
    (tmp_path / "brief.docx").write_bytes(b"no archive")
    (tmp_path / "brief.jsonl").write_text('{"text": "x"}', "utf-8")
    for brief, message in [
        ("brief.xlsx", "briefs end in .md"),
        ("brief.docx", "is no Word document"),
        ("brief.jsonl", "line 1: is no summary"),
        ("none.md", "cannot be read"),
    ]:
        done = govnlp("verify", tmp_path / brief, page)
        assert (done.returncode, done.stdout) == (1, b"")
        assert message in done.stderr.decode("utf-8")
    assert govnlp("verify", "-", "-").returncode == 2


def test_train_and_evaluate(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("\n".join(json.dumps(row) for row in LABELLED), "utf-8")
    trained = govnlp("train", rows, "-o", tmp_path / "model")
    assert trained.returncode == 0
    assert b"left untrained" in trained.stderr
    found = govnlp("evaluate", rows, "--model", tmp_path / "model", "-o", tmp_path / "scores.json")
    assert found.returncode == 0
    scores = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert scores["micro"]["f1"] > 0.9
    tagged = records(govnlp("tag", "-", "--model", tmp_path / "model", stdin="片区划分网格3个。".encode()).stdout)
    assert tagged[0]["labels"] == ["grid"]


def test_a_model_is_replaced_only_by_one_that_was_compared(tmp_path: Path) -> None:
    rows, model = tmp_path / "rows.jsonl", tmp_path / "model"
    rows.write_text("\n".join(json.dumps(row) for row in LABELLED), "utf-8")
    assert govnlp("train", rows, "-o", model).returncode == 0
    before = (model / "model.json").read_bytes()
    again = govnlp("train", rows, "-o", model)
    assert_refused(again, 1, "there is no text on which", "--replace")
    assert (model / "model.json").read_bytes() == before
    assert govnlp("train", rows, "-o", model, "--replace").returncode == 0


def test_one_article_gives_no_scores(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("\n".join(json.dumps({**row, "group": "a"}) for row in LABELLED), "utf-8")
    done = govnlp("train", rows, "-o", tmp_path / "model")
    assert done.returncode == 0
    assert "none could be held out" in done.stderr.decode("utf-8")
    assert "out of fold" not in done.stderr.decode("utf-8")


WRONG_INPUTS = [
    ("missing.txt", None, "there is no such file"),
    ("empty-folder", "folder", "no pages in this folder"),
    ("bytes.txt", b"\x00\x01\x02\xff\xfe" * 30, "bytes.txt"),
    ("page.pdf", b"%PDF-1.4", "cannot be read"),
    ("rows.jsonl", b"{", "line 1: is no JSON"),
    ("twice.csv", "text,text\n一,二\n".encode(), "comes twice"),
    ("cells.csv", "text\n一,二\n".encode(), "more cells than the header"),
    ("surrogate.jsonl", b'{"text": "\\ud800"}', "line 1"),
    ("deep.jsonl", b"[" * 100_000, "line 1"),
    ("table.csv", "标题,正文\n一,二\n".encode(), "no column `text`"),
    ("book.xlsx", b"no workbook", "is no workbook"),
    ("article.jsonl", b'{"sections": [{}]}', "line 1: the key 'paragraphs' is missing"),
]


@pytest.mark.parametrize(("name", "content", "message"), WRONG_INPUTS)
def test_a_wrong_input_is_named_and_the_others_are_done(pages, tmp_path, name, content, message) -> None:
    wrong = tmp_path / name
    if content == "folder":
        wrong.mkdir()
    elif content is not None:
        wrong.write_bytes(content)
    done = govnlp("tag", wrong, pages[0])
    assert_refused(done, 1, name, message)
    assert len(records(done.stdout)) > 5


@pytest.mark.parametrize("content", ["", "\n\n", "。。。"])
def test_an_empty_page_is_no_error(tmp_path: Path, content: str) -> None:
    page = tmp_path / "page.txt"
    page.write_text(content, "utf-8")
    for command in ("read", "tag", "summarize"):
        assert govnlp(command, page).returncode == 0
    assert govnlp("run", page, "-o", tmp_path / "out").returncode == 0


WRONG_CALLS = [
    (["frobnicate"], "frobnicate"),
    (["tag"], "FILE"),
    (["tag", "PAGE", "--modle", "x"], "--modle"),
    (["tag", "PAGE", "-o", "nowhere/out.csv"], "there is no such folder"),
    (["tag", "PAGE", "-o", "out.pptx"], "names no format"),
    (["tag", "PAGE", "--model", "nowhere"], "holds no model"),
    (["run", "PAGE"], "output"),
    (["run", "PAGE", "-o", "nowhere/out"], "there is no such folder"),
    (["run", "PAGE", "-o", "PAGE"], "is a file"),
    (["tag", "PAGE", "--jobs", "0"], "--jobs"),
    (["summarize", "PAGE", "--bullets", "0"], "expected 1 or more"),
    (["summarize", "PAGE", "--method", "best"], "there are"),
    (["summarize", "PAGE", "--by", "date", "-o", "brief.md"], "there are place, mechanism"),
    (["summarize", "PAGE", "--by", "place"], "name one with -o"),
    (["summarize", "PAGE", "--mechanism", "best"], "grid 网格管理, "),
    (["summarize", "PAGE", "-o", "brief.pdf"], "names no format"),
    (["read", "PAGE", "-o", "."], "folder"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG_CALLS)
def test_a_wrong_call_is_refused_before_work_starts(pages, tmp_path, monkeypatch, arguments, message) -> None:
    monkeypatch.chdir(tmp_path)
    done = govnlp(*[pages[0] if a == "PAGE" else a for a in arguments])
    assert_refused(done, 2, message)
    assert list(tmp_path.iterdir()) == []


def test_chinese_stays_whole_on_any_console(pages: list[Path]) -> None:
    done = govnlp("tag", pages[0], "没有.txt", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert "没有.txt" in done.stderr.decode("utf-8")
    assert records(done.stdout)[0]["text"]


def test_help_is_shown_on_any_console() -> None:
    assert govnlp("run", "--help", PYTHONIOENCODING="cp437", PYTHONUTF8="0").returncode == 0


def test_results_stay_where_no_input_can_be_read(pages: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert govnlp("run", pages[0], "-o", folder).returncode == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert govnlp("run", tmp_path / "missing.txt", "-o", folder).returncode == 1
    assert govnlp("tag", tmp_path / "missing.txt", "-o", folder / "tagged.jsonl").returncode == 1
    faults = records((folder / "tagged.jsonl.errors.jsonl").read_bytes())
    assert [fault["file"] for fault in faults] == [str(tmp_path / "missing.txt")]
    assert {path.name: path.read_bytes() for path in folder.iterdir() if "errors" not in path.name} == before


def test_results_are_no_input(pages: list[Path], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(pages[0].read_bytes())
    first = govnlp("run", tmp_path, "-o", tmp_path / "out")
    again = govnlp("run", tmp_path, "-o", tmp_path / "out")
    assert first.stderr == again.stderr


def test_gb18030_and_dates_are_read(tmp_path: Path) -> None:
    text = "将全区划分为482个网格，配备专职网格员668人，常态化开展入户走访。"
    (tmp_path / "rows.csv").write_bytes(f"text,日期\n{text},五月\n".encode("gb18030"))
    assert records(govnlp("tag", tmp_path / "rows.csv").stdout)[0]["日期"] == "五月"
    book = Workbook()
    book.active.append(["text", "day"])
    book.active.append([text, date(2024, 5, 6)])
    book.save(tmp_path / "rows.xlsx")
    assert records(govnlp("tag", tmp_path / "rows.xlsx").stdout)[0]["day"].startswith("2024-05-06")
    page = govnlp("read", "-", stdin=f"青桐区：划好小网格\n\n{text}".encode("gb18030"))
    assert len(records(page.stdout)) == 1


def test_control_characters_and_long_texts_in_a_workbook(tmp_path: Path) -> None:
    table = tmp_path / "in.jsonl"
    table.write_text(json.dumps({"text": "网格\x00\x0b"}), "utf-8")
    assert govnlp("tag", table, "-o", tmp_path / "out.xlsx").returncode == 0
    assert records(govnlp("tag", tmp_path / "out.xlsx").stdout)[0]["text"] == "网格\x00\x0b"
    table.write_text(json.dumps({"text": "网格" * 20_000}), "utf-8")
    done = govnlp("tag", table, "-o", tmp_path / "long.xlsx")
    assert (done.returncode, b"Traceback" in done.stderr, (tmp_path / "long.xlsx").exists()) == (2, False, False)


def test_rows_without_an_id_get_one_from_their_text(tmp_path: Path) -> None:
    table = tmp_path / "in.jsonl"
    table.write_text("\n".join(json.dumps({"text": text}) for text in ("网格", "党员", "网格")), "utf-8")
    ids = [row["id"] for row in records(govnlp("tag", table).stdout)]
    assert ids[2] == f"{ids[0]}-2"
    assert ids == [row["id"] for row in records(govnlp("tag", table).stdout)]


def test_tagged_rows_that_a_person_corrected_are_labelled_input(tmp_path: Path) -> None:
    table = tmp_path / "in.jsonl"
    table.write_text("\n".join(json.dumps({"text": row["text"]}) for row in LABELLED), "utf-8")
    rows = records(govnlp("tag", table).stdout)
    for row, truth in zip(rows, LABELLED, strict=True):
        row.update(labels=truth["labels"], coder="李某")
    (tmp_path / "mine.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert govnlp("train", tmp_path / "mine.jsonl", "-o", tmp_path / "model").returncode == 0


def term_table(tmp_path: Path) -> Path:
    shapes = ("{}设立邻里话事亭", "=走进邻里话事亭，{}", "{}由邻里话事亭牵头", "{}的邻里话事亭热闹")
    table = tmp_path / "texts.jsonl"
    rows = [{"id": f"{i}-{s}", "text": shape.format(s)} for i, shape in enumerate(shapes) for s in "东西南北"]
    table.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return table


def test_terms_lists_candidates_with_their_place(tmp_path: Path, pages: list[Path]) -> None:
    table = term_table(tmp_path)
    texts = {row["id"]: row["text"] for row in records(table.read_bytes())}
    found = valid(records(govnlp("terms", table, *pages).stdout), schemas.CANDIDATE)
    first = next(row for row in found if row["term"] == "邻里话事亭")
    assert (first["source"], first["count"]) == (str(table), 16)
    assert texts[first["id"]][first["start"] : first["end"]] == "邻里话事亭"
    assert len(records(govnlp("terms", table, *pages, "--limit", 2, "--include-known").stdout)) == 2


def test_terms_writes_tables_and_dictionaries(tmp_path: Path) -> None:
    table = term_table(tmp_path)
    for name in ("out.csv", "out.txt", "out.jsonl"):
        assert govnlp("terms", table, "-o", tmp_path / name).returncode == 0
    row = next(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8-sig", newline="")))
    assert (row["term"], row["example"][:1]) == ("邻里话事亭", "东")
    assert (tmp_path / "out.txt").read_text("utf-8") == "邻里话事亭 16 nz\n"
    assert Tokenizer(user_words=tmp_path / "out.txt").cut("走进邻里话事亭") == ["走进", "邻里话事亭"]
    assert valid(records((tmp_path / "out.jsonl").read_bytes()), schemas.CANDIDATE)


def test_terms_says_what_was_not_found(tmp_path: Path) -> None:
    done = govnlp("terms", "-", stdin="全区划分网格。".encode())
    assert (done.returncode, done.stdout, b"no candidate terms" in done.stderr) == (0, b"", True)
    done = govnlp("terms", term_table(tmp_path), "missing.txt")
    assert (done.returncode, b"missing.txt" in done.stderr, len(records(done.stdout))) == (1, True, 1)
    for wrong in (("--min-count", 1), ("--limit", -1), ("-o", "out.xlsx")):
        assert govnlp("terms", term_table(tmp_path), *wrong).returncode == 2


def test_train_keeps_foreign_folders(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("\n".join(json.dumps(row) for row in LABELLED), "utf-8")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "README.md").write_text("mine", "utf-8")
    done = govnlp("train", rows, "-o", tmp_path / "project")
    assert (done.returncode, b"no model" in done.stderr) == (2, True)
    rows.write_text(json.dumps({**LABELLED[0], "marks": [{"label": "nope", "start": 0, "end": 1}]}), "utf-8")
    done = govnlp("train", rows, "-o", tmp_path / "new")
    assert (done.returncode, b"nope" in done.stderr, (tmp_path / "new").exists()) == (1, True, False)


def test_an_unwritable_output_leaves_nothing_behind(pages: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.mkdir()
    done = govnlp("tag", pages[0], "-o", target)
    assert (done.returncode, list(target.iterdir()), [p.name for p in tmp_path.iterdir()]) == (2, [], ["out.jsonl"])


@pytest.mark.parametrize(
    "command",
    ["run", "read", "tag", "summarize", "figures", "practices", "verify", "train", "evaluate", "terms", "archive"],
)
def test_every_command_explains_itself(command: str) -> None:
    done = govnlp(command, "--help")
    assert done.returncode == 0
    assert b"Usage" in done.stdout


def test_version() -> None:
    assert govnlp("--version").stdout.startswith(b"govnlp ")
