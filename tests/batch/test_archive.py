"""An archive: only what is new or changed is tagged, nothing is doubled or lost, one run at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from govnlp.batch.archive import Archive
from govnlp.batch.archive_schema import QUERIES, SCHEMA_VERSION, TABLES
from govnlp.batch.archive_views import contents
from govnlp.batch.faults import FaultLog
from govnlp.batch.tagging import TagOptions, Tally, tag_files
from govnlp.errors import OutputError
from tests.batch.made import page, texts, write_jsonl, write_pages
from tests.calls import govnlp, records


@pytest.fixture
def archive(tmp_path) -> Path:
    return tmp_path / "archive.duckdb"


def tag(classifier, archive: Path, *inputs: object, **options) -> Tally:
    with FaultLog(archive, print) as faults:
        return tag_files([str(one) for one in inputs], archive, TagOptions(classifier, **options), faults)


def query(archive: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(archive), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def check_whole(archive: Path) -> None:
    """Every key is given once, every row has its source, every count is right."""
    for table, key in [("sources", "file, part"), ("articles", "article_key"), ("paragraphs", "paragraph_key"),
                       ("tags", "paragraph_key, label"), ("figures", "paragraph_key, start_char")]:  # fmt: skip
        assert query(archive, f"SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1") == []
        assert query(archive, f"SELECT 1 FROM {table} ANTI JOIN sources USING (source_id)") == []
    assert query(archive, "SELECT 1 FROM tags ANTI JOIN paragraphs USING (paragraph_key)") == []
    counts = "SELECT coalesce(sum(paragraphs), 0)::INT, coalesce(sum(articles), 0)::INT FROM sources"
    assert query(archive, counts) == query(
        archive, "SELECT (SELECT count(*) FROM paragraphs), (SELECT count(*) FROM articles)"
    )


def tagged(archive: Path) -> list[tuple]:
    """What an archive says, but for numbers and times."""
    check_whole(archive)
    return query(archive, """
        SELECT file, part, a.headline, id, text, labels, unsure, scores,
               (SELECT count(*) FROM figures f WHERE f.paragraph_key = p.paragraph_key),
               (SELECT list(name ORDER BY start_char) FROM practices r WHERE r.paragraph_key = p.paragraph_key)
        FROM paragraphs p JOIN sources USING (source_id) LEFT JOIN articles a USING (article_key)
        ORDER BY file, part, paragraph_key""")  # fmt: skip


def fresh(classifier, tmp_path: Path, *inputs: object) -> list[tuple]:
    """What a new archive beside the first says of the same inputs."""
    new = tmp_path / "fresh.duckdb"
    new.unlink(missing_ok=True)
    tag(classifier, new, *inputs)
    return tagged(new)


def test_only_what_is_new_or_changed_is_tagged(classifier, tmp_path, archive) -> None:
    pages = write_pages(tmp_path / "pages", 4)
    assert tag(classifier, archive, tmp_path / "pages") == Tally(12, 0)
    assert tag(classifier, archive, tmp_path / "pages") == Tally(0, 12)
    pages[1].write_text(page(77, 5), "utf-8")
    (tmp_path / "pages" / "page-100.txt").write_text(page(100), "utf-8")
    assert tag(classifier, archive, tmp_path / "pages") == Tally(8, 9)
    assert tagged(archive) == fresh(classifier, tmp_path, tmp_path / "pages")


def test_rows_are_those_of_a_table(classifier, tmp_path, archive) -> None:
    write_pages(tmp_path / "pages", 2)
    tag(classifier, archive, tmp_path / "pages")
    plain = records(govnlp("tag", tmp_path / "pages", "-q").stdout)
    found = records(govnlp("archive", archive, "--export", "tagged").stdout)
    for name in ("id", "article_id", "source", "headline", "locality", "heading", "text", "labels", "unsure", "coder"):
        assert [row[name] for row in found] == [row[name] for row in plain]
    evidence = "SELECT label, [e.term FOR e IN evidence] FROM tags ORDER BY paragraph_key, label"
    expected = [(label, [e[0] for e in row["evidence"][label]]) for row in plain for label in sorted(row["labels"])]
    assert query(archive, evidence) == expected


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_table_is_kept_in_parts(classifier, tmp_path, archive, monkeypatch, jobs) -> None:
    monkeypatch.setattr("govnlp.batch.tables.CHUNK", 10)
    rows = [{"text": text, "year": i} for i, text in enumerate(texts(35))]
    table = write_jsonl(tmp_path / "in.jsonl", rows)
    assert tag(classifier, archive, table, jobs=jobs) == Tally(35, 0)
    write_jsonl(table, [*rows, {"text": "新增网格3个。"}])
    assert tag(classifier, archive, table, jobs=jobs) == Tally(6, 30)
    write_jsonl(table, rows[:12])
    assert tag(classifier, archive, table, jobs=jobs) == Tally(2, 10)
    assert tagged(archive) == fresh(classifier, tmp_path, table)
    assert query(archive, "SELECT DISTINCT columns FROM paragraphs ORDER BY 1 LIMIT 1") == [('{"year": 0}',)]
    write_jsonl(table, [])
    tag(classifier, archive, table)
    assert tagged(archive) == []


def test_a_table_that_breaks_off_keeps_its_parts(classifier, tmp_path, archive, monkeypatch) -> None:
    monkeypatch.setattr("govnlp.batch.tables.CHUNK", 10)
    table = tmp_path / "in.csv"
    table.write_text("text\n" + "\n".join(texts(25)), "utf-8")
    tag(classifier, archive, table)
    table.write_bytes(b"\x00\x01\x02\xff" * 50)
    tag(classifier, archive, table)
    assert len(tagged(archive)) == 25


def test_articles_are_kept_too(classifier, tmp_path, archive) -> None:
    write_pages(tmp_path / "pages", 2)
    (tmp_path / "read.jsonl").write_bytes(govnlp("read", tmp_path / "pages").stdout)
    assert tag(classifier, archive, tmp_path / "read.jsonl") == Tally(6, 0)
    assert tag(classifier, archive, tmp_path / "read.jsonl") == Tally(0, 6)
    assert query(archive, "SELECT count(*), count(locality) FROM articles")[0][0] == 2


def test_all_are_tagged_again_when_asked_for(classifier, tmp_path, archive) -> None:
    write_pages(tmp_path / "pages", 3)
    tag(classifier, archive, tmp_path / "pages")
    with duckdb.connect(str(archive)) as connection:
        connection.execute("UPDATE sources SET model = 'another'")
    assert tag(classifier, archive, tmp_path / "pages") == Tally(0, 9, 9)
    assert tag(classifier, archive, tmp_path / "pages", retag=True) == Tally(9, 0)
    assert tagged(archive) == fresh(classifier, tmp_path, tmp_path / "pages")
    assert query(archive, "SELECT DISTINCT model FROM sources") == [(classifier.fingerprint_,)]


def test_a_broken_page_keeps_what_was_there(classifier, tmp_path, archive) -> None:
    pages = write_pages(tmp_path / "pages", 3)
    tag(classifier, archive, tmp_path / "pages")
    before = tagged(archive)
    pages[1].write_bytes(b"\x00\x01\x02\xff\xfe" * 30)
    done = govnlp("tag", tmp_path / "pages", "-o", archive)
    assert (done.returncode, tagged(archive)) == (1, before)
    assert records((tmp_path / "archive.duckdb.errors.jsonl").read_bytes())[0]["file"].endswith("page-001.txt")


@pytest.mark.parametrize("retag", [False, True])
def test_a_page_named_twice_is_kept_once(classifier, tmp_path, archive, monkeypatch, retag) -> None:
    pages = write_pages(tmp_path / "pages", 2)
    monkeypatch.chdir(tmp_path)
    assert tag(classifier, archive, "pages", pages[0], "pages/../pages/page-001.txt", retag=retag) == Tally(6, 0)
    check_whole(archive)


def test_an_archive_may_move_with_its_pages(classifier, tmp_path) -> None:
    (tmp_path / "here").mkdir()
    write_pages(tmp_path / "here" / "pages", 2)
    tag(classifier, tmp_path / "here" / "a.duckdb", tmp_path / "here" / "pages")
    (tmp_path / "here").rename(tmp_path / "there")
    assert tag(classifier, tmp_path / "there" / "a.duckdb", tmp_path / "there" / "pages") == Tally(0, 6)


def test_what_is_in_it_is_shown(classifier, tmp_path, archive) -> None:
    write_pages(tmp_path / "pages", 2)
    tag(classifier, archive, tmp_path / "pages")
    done = govnlp("archive", archive)
    found = records(done.stdout)[0]
    assert (found["files"], found["articles"], found["paragraphs"]) == (2, 2, 6)
    assert found["models"] == {classifier.fingerprint_: 6}
    assert "paragraphs" in done.stderr.decode()


def test_a_word_is_found_in_its_contexts(classifier, tmp_path, archive) -> None:
    write_pages(tmp_path / "pages", 2)
    tag(classifier, archive, tmp_path / "pages")
    found = records(govnlp("archive", archive, "--search", "专职网格员").stdout)
    assert len(found) == 6
    texts_of = dict(query(archive, "SELECT id, text FROM paragraphs"))
    for row in found:
        text = texts_of[row["id"]]
        assert text[row["start"] : row["end"]] == "专职网格员" == row["word"]
        assert row["left"] + row["word"] + row["right"] in text
    assert govnlp("archive", archive, "--search", "没有这个词").stdout == b""


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx", ".parquet"])
def test_every_table_is_exported(classifier, tmp_path, archive, suffix) -> None:
    write_pages(tmp_path / "pages", 1)
    tag(classifier, archive, tmp_path / "pages")
    for table in (*TABLES, "tagged"):
        target = tmp_path / f"{table}{suffix}"
        done = govnlp("archive", archive, "--export", table, "-o", target)
        assert (done.returncode, done.stderr) == (0, b"")
        assert target.stat().st_size > 0


def test_the_documented_queries_run(classifier, tmp_path, archive) -> None:
    write_pages(tmp_path / "pages", 3)
    tag(classifier, archive, tmp_path / "pages")
    queries = [one for one in QUERIES.split(";") if one.strip()]
    assert len(queries) == 3
    for one in queries:
        query(archive, one)
    assert "CREATE TABLE paragraphs" in govnlp("archive", "--schema").stdout.decode()


WRONG_SCHEMAS = [
    ("UPDATE archive SET schema_version = 0", "has schema 0, this govnlp keeps schema"),
    (f"UPDATE archive SET schema_version = {SCHEMA_VERSION + 1}", "upgrade govnlp"),
    ("DROP TABLE archive", "no archive of govnlp"),
    ("DROP TABLE tags", "a damaged one (without tags)"),
    ("DELETE FROM archive", "a damaged one (its table archive has 0 rows)"),
    ("ALTER TABLE archive RENAME schema_version TO x", "no archive of govnlp, or a damaged one"),
]


@pytest.mark.parametrize(("change", "message"), WRONG_SCHEMAS)
def test_another_schema_is_refused_with_the_way_out(classifier, tmp_path, archive, change, message) -> None:
    pages = write_pages(tmp_path / "pages", 1)
    tag(classifier, archive, *pages)
    with duckdb.connect(str(archive)) as connection:
        connection.execute(change)
    before = archive.read_bytes()
    for call in (["tag", *pages, "-o", archive], ["archive", archive]):
        done = govnlp(*call)
        assert (done.returncode, message in done.stderr.decode()) == (2, True)
    assert archive.read_bytes() == before


WRONG_CALLS = [
    (["archive", "none.duckdb"], "there is no such archive"),
    (["archive"], "name an archive"),
    (["archive", "DB", "--export", "nonsense"], "there are sources, articles"),
    (["archive", "DB", "--search", ""], "name a word"),
    (["archive", "DB", "--search", "a", "--export", "tags"], "give one of them"),
    (["archive", "DB", "-o", "x.csv"], "-o goes with"),
    (["tag", "-", "-o", "DB"], "standard input has none"),
    (["archive", "page.txt"], "is no archive that can be opened"),
    (["tag", "page.txt", "-o", "bad.duckdb"], "is no archive that can be opened"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG_CALLS)
def test_a_wrong_call_is_refused(classifier, tmp_path, archive, monkeypatch, arguments, message) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(page(1), "utf-8")
    (tmp_path / "bad.duckdb").write_text("no archive " * 2000, "utf-8")
    tag(classifier, archive, "page.txt")
    done = govnlp(*[archive if a == "DB" else a for a in arguments], stdin=b"")
    told = done.stderr.decode()
    assert (done.returncode, message in told, "Traceback" in told) == (2, True, False), told


def test_without_duckdb_the_extra_is_named(tmp_path, archive, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(OutputError, match=r'pip install "govnlp\[archive\]"'):
        Archive.open(archive)


HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.readline()"


def test_the_second_of_two_runs_waits_or_says_who_holds_it(classifier, tmp_path, archive) -> None:
    pages = write_pages(tmp_path / "pages", 1)
    tag(classifier, archive, *pages)
    call = [sys.executable, "-c", HOLD, str(archive)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdin
        holder.stdout.readline()
        done = govnlp("tag", *pages, "-o", archive, "--wait", "0.3")
        assert done.returncode == 2
        assert f"process {holder.pid}" in done.stderr.decode()
        more = [sys.executable, "-m", "govnlp", "archive", str(archive), "--wait", "60"]
        with subprocess.Popen(more, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as waiting:
            with pytest.raises(subprocess.TimeoutExpired):
                waiting.wait(2)
            holder.stdin.write("\n")
            holder.stdin.flush()
            assert waiting.wait(30) == 0


def test_contents_of_an_empty_archive(archive) -> None:
    with Archive.open(archive) as opened:
        assert contents(opened)["paragraphs"] == 0
