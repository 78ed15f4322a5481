"""What a user gives by mistake: a clear message or an empty, valid result; never a traceback, never a hang."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest

from tests.calls import assert_refused, govnlp, records
from tests.contract import schemas
from tests.reading.pdf_pages import sheets

PAGE = "礁石区：一根缆绳系民心\n\n■中共礁石区委组织部\n\n礁石区按照海域把渔船编成船队，由老船长担任组长。\n"
TRADITIONAL = (
    "礁石區：一根纜繩繫民心\n\n■中共礁石區委組織部\n\n"
    "礁石區將全區劃分為482個網格，配備專職網格員668人，常態化開展入戶走訪。\n"
)
LINES = [("礁石区：一根缆绳系民心", 22), ("礁石区按照海域把渔船编成船队。", 10)]


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(300):
                member.write(bytes(1024 * 1024))


def textless_docx(path: Path) -> None:
    from docx import Document

    Document().save(path)


REFUSED = {
    "binary.txt": (b"\x00\x01\x02\xff\xfe" * 300, "not text"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "NUL bytes"),
    "nul.txt": (PAGE.encode() + b"\x00", "control character U+0000"),
    "report.txt": (sheets([LINES]), "a PDF; give it a name that ends in .pdf"),
    "big5.txt": (TRADITIONAL.encode("big5", "ignore"), "Big5 perhaps"),
    "surrogate.txt": ("礁石区\ud800".encode("utf-8", "surrogatepass"), "tried UTF-8"),
    "large.txt": (b" " * (50 * 1024 * 1024 + 1), "up to 52,428,800 bytes"),
    "folder.txt": (lambda path: path.mkdir(), "no pages in this folder"),
    "bomb.docx": (bomb, "packed more than 200 times"),
    "empty.docx": (textless_docx, "holds no text"),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
    "locked.pdf": (sheets([LINES], password="geheim"), "is encrypted"),
    "scan.pdf": (sheets([[]]), "holds no text (a scan"),
    "broken.pdf": (sheets([LINES])[:200], "cannot be read as a PDF"),
    "empty.pdf": (b"", "cannot be read as a PDF"),
    "scripts.html": (b"<html><script>document.write('x')</script></html>", "holds no text"),
    "picture.png": (b"\x89PNG", "files ending in .png cannot be read as pages"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_named_and_the_rest_done(tmp_path: Path, name: str) -> None:
    content, message = REFUSED[name]
    content(tmp_path / name) if callable(content) else (tmp_path / name).write_bytes(content)
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    done = govnlp("read", tmp_path / name, tmp_path / "page.txt")
    assert_refused(done, 1, name, message)
    assert [row["headline"] for row in records(done.stdout)] == ["礁石区：一根缆绳系民心"]


EMPTY_OR_ODD = {
    "empty": "",
    "blank": " \n\u3000\n\f\n",
    "headlines": "礁石区：一根缆绳系民心\n\n青石县：赶集日里办实事\n\n桥东区：织密“邻里网”\n",
    "captions": "图为渔民在织网。柳砚秋摄\n\n图为居民在包饺子。方既白摄\n",
    "punctuation": "。，；：\n\n……——！？\n\n“”‘’\n",
    "controls": "礁石区\x0b设立\x1f议事亭\x85，居民\u2028有事来坐坐。\u200b\ufeff\n",
    "digits": "１２３４５６７８９０\n",
    "half-width": "礁石区:一根缆绳系民心\n\n礁石区按照海域把渔船编成船队,由老船长担任组长.\n",
    "corner quotes": "礁石区：织密「邻里网」\n\n礁石区推行「一站式」办结，居民说：『好。』\n",
}


@pytest.mark.parametrize("kind", EMPTY_OR_ODD)
def test_an_odd_page_gives_a_valid_result(tmp_path: Path, kind: str) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(EMPTY_OR_ODD[kind].encode())
    done = govnlp("read", page)
    assert (done.returncode, done.stderr) == (0, b"")
    for row in records(done.stdout):
        jsonschema.validate(row, schemas.ARTICLE)
    for command in ("tag", "summarize"):
        assert govnlp(command, page).returncode == 0


@pytest.mark.parametrize(
    ("line", "megabytes"), [("居民有事来坐坐，", 50), ("居民 来\u3000议 事 ", 8), ("“", 8), ("第1版 ", 8)]
)
def test_a_line_of_many_megabytes_is_no_hang(tmp_path: Path, line: str, megabytes: int) -> None:
    page = tmp_path / "line.txt"
    page.write_text(line * (megabytes * 2**20 // len(line.encode())), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "govnlp", "read", page, "-o", tmp_path / "out.jsonl"], capture_output=True, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_folder_that_links_to_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    done = govnlp("read", tmp_path)
    assert done.returncode == 1
    assert b"loop.txt: cannot be read" in done.stderr
    assert len(records(done.stdout)) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    done = govnlp("read", tmp_path)
    assert (done.returncode, b"pipe.txt: is no file" in done.stderr) == (1, True)


@pytest.mark.parametrize("suffix", [".html", ".docx", ".pdf"])
def test_pages_of_every_format_are_read(tmp_path: Path, suffix: str) -> None:
    page = tmp_path / f"page{suffix}"
    if suffix == ".html":
        page.write_text(
            "<title>礁石区：一根缆绳系民心</title><h1>礁石区：一根缆绳系民心</h1><p>船队由老船长担任组长，件件有着落。</p>",
            "utf-8",
        )
    elif suffix == ".pdf":
        page.write_bytes(sheets([LINES]))
    else:
        from docx import Document

        document = Document()
        for line, _ in LINES:
            document.add_paragraph(line)
        document.save(page)
    assert [row["headline"] for row in records(govnlp("read", tmp_path).stdout)] == ["礁石区：一根缆绳系民心"]
    (shown,) = records(govnlp("read", "--roles", page).stdout)
    covered = {i for start, end, _ in shown["roles"] for i in range(start, end)}
    assert all(i in covered for i, letter in enumerate(shown["text"]) if not letter.isspace())


@pytest.mark.parametrize("command", ["read", "tag", "summarize"])
def test_traditional_characters_are_said_and_kept(tmp_path: Path, command: str) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TRADITIONAL, "utf-8")
    done = govnlp(command, page)
    assert done.returncode == 0
    assert "page.txt: traditional characters" in done.stderr.decode("utf-8")
    assert "482個網格" in done.stdout.decode("utf-8")
    if command == "tag":
        assert "grid" in records(done.stdout)[0]["labels"]


# What people do to the output of `read` by hand.


def article(**changes: object) -> dict:
    """Return a line of `read`'s output with changes; a key that is changed to ... is left out."""
    paragraphs = [
        {"id": f"a-p{n}", "text": text, "spans": [[n, n + 9]], "repairs": []}
        for n, text in enumerate(["全区划分网格482个，配备网格员668人。", "调解室化解纠纷32件。"], 1)
    ]
    row = {"id": "a", "source": "page.txt", "genre": "report", "headline": "礁石区：一根缆绳系民心", "locality": None,
           "sections": [{"heading": None, "paragraphs": paragraphs}], "captions": []} | changes  # fmt: skip
    return {key: value for key, value in row.items() if value is not ...}


def section(*texts: str, **more: object) -> list[dict]:
    return [{"heading": None, "paragraphs": [{"text": text, **more} for text in texts]}]


CORRECTED = {
    "nothing": (article(), 2),
    "text changed": (article(sections=section("全区划分网格48个。", id="a-p1", spans=[[0, 900]])), 1),
    "no ids": (article(sections=section("全区划分网格48个。", "调解纠纷3件。")), 2),
    "a paragraph copied with its id": (
        article(sections=section("划分网格48个。", "调解纠纷3件。", "办实事5件。", id="a-p1")),
        3,
    ),
    "sections merged": (article(sections=section("划分网格48个。", id="a-p1") + section("办实事5件。", id="a-p2")), 2),
    "only text": ({"sections": section("全区划分网格48个。")}, 1),
    "no section": (article(sections=[]), 0),
    "a blank paragraph": (article(sections=section("", "调解纠纷3件。")), 2),
    "null for what is unknown": (article(source=None, genre=None, captions=None, locality=None, id=None), 2),
    "own keys": (article(note="看过", sections=section("办实事5件。", checked=True)), 1),
}


@pytest.mark.parametrize("kind", CORRECTED)
def test_corrected_articles_are_taken_by_every_command(tmp_path: Path, kind: str) -> None:
    row, paragraphs = CORRECTED[kind]
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    done = govnlp("tag", file)
    assert (done.returncode, done.stderr) == (0, b"")
    ids = [tagged["id"] for tagged in records(done.stdout)]
    assert (len(ids), len(set(ids))) == (paragraphs, paragraphs)
    assert all(ids)
    assert govnlp("summarize", file).returncode == 0
    assert govnlp("run", file, "-o", tmp_path / "out").returncode == 0
    again = records(govnlp("read", file).stdout)
    assert records(govnlp("read", "-", stdin=json.dumps(again[0]).encode()).stdout) == again


WRONGLY_CORRECTED = [
    (article(sections=...), "line 2: the key 'sections' is missing"),
    (article(sections=[{"heading": "a"}]), "line 2: the key 'paragraphs' is missing"),
    (article(sections=[{"paragraphs": [{"id": "a"}]}]), "line 2: the key 'text' is missing"),
    (article(sections=[{"paragraphs": ["办实事5件。"]}]), "line 2: paragraphs is no list of objects"),
    (article(sections="办实事5件。"), "line 2: sections is no list of objects"),
    (article(sections=section("办实事5件。", spans=[[1]])), "line 2: spans is no list of pairs"),
    (article(sections=section("办实事5件。", repairs=["mended"])), "line 2: repairs is 'mended'"),
    (article(locality="礁石区"), "line 2: locality is str"),
    (article(genre="novel"), "line 2: genre is 'novel', not one of report"),
    (article(headline=5), "line 2: headline is int"),
]


@pytest.mark.parametrize(("row", "message"), WRONGLY_CORRECTED)
def test_an_edit_that_breaks_an_article_is_named_by_line_and_key(tmp_path: Path, row: dict, message: str) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text(f"{json.dumps(article())}\n{json.dumps(row, ensure_ascii=False)}\n", "utf-8")
    done = govnlp("tag", file)
    told = done.stderr.decode("utf-8")
    assert (done.returncode, message in told, "Traceback" in told) == (1, True, False), told
