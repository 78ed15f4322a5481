"""Word documents: what they show, in order; bombs and other files are refused."""

from __future__ import annotations

import io
import sys
import zipfile

import pytest
from docx import Document

from govnlp.errors import InputError
from govnlp.reading import read_text
from govnlp.reading.formats.docx import docx_to_text

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def report() -> bytes:
    """Return a report with a title and headings."""
    document = Document()
    document.add_heading("礁石区：一根缆绳系民心", 0)
    document.add_paragraph("■中共礁石区委组织部")
    document.add_paragraph("礁石区按照海域把渔船编成船队，由老船长担任组长。")
    document.add_heading("建强船队 靠前服务", 1)
    document.add_paragraph("健全机制。每月15日在码头议事，一年议定实事32件。")
    return saved(document)


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(body: str, prolog: str = "") -> bytes:
    """Return a document whose body is the given XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(report())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = f"<?xml version='1.0'?>{prolog}<w:document {NS}><w:body>{body}</w:body></w:document>".encode()
            new.writestr(name, data)
    return out.getvalue()


def test_a_report_is_read() -> None:
    text = docx_to_text(report(), "a.docx")
    assert text.startswith("# 礁石区：一根缆绳系民心\n■中共礁石区委组织部\n")
    (article,) = read_text(text)
    assert (article.headline, article.unit) == ("礁石区：一根缆绳系民心", "中共礁石区委组织部")
    assert [s.heading for s in article.sections] == [None, "建强船队 靠前服务"]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('议事')}{run('亭里')}</w:p>", "议事亭里\n"),
        (
            f"<w:p>{run('议事')}<w:ins>{run('亭')}</w:ins><w:del><w:r><w:delText>台</w:delText></w:r></w:del></w:p>",
            "议事亭\n",
        ),
        (f"<w:p><w:hyperlink>{run('议事亭')}</w:hyperlink></w:p>", "议事亭\n"),
        (f"<w:p>{run('议事亭')}<w:r><w:br/></w:r>{run('里')}</w:p>", "议事亭\n里\n"),
        (f"<w:sdt><w:sdtContent><w:p>{run('议事亭')}</w:p></w:sdtContent></w:sdt>", "议事亭\n"),
        (
            f"<w:p>{run('正文')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent>"
            f"<w:p>{run('框内')}</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>",
            "正文\n框内\n",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('甲')}</w:p></w:tc><w:tc><w:p>{run('乙')}</w:p></w:tc></w:tr></w:tbl>",
            "甲\u3000乙\n",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('甲')}</w:p><w:p>{run('乙')}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
            "甲\n乙\n\n",
        ),
    ],
)
def test_what_a_paragraph_shows(body: str, text: str) -> None:
    assert docx_to_text(with_body(body), "a.docx") == text


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    return out.getvalue()


LAUGHS = "<!DOCTYPE d [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
WRONG = [
    (b"", "is no Word document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "password.*save it as .docx"),
    (archive(a=b"x"), "cannot be read|can be read"),
    (report()[:2000], "is no Word document"),
    (with_body(""), "holds no text"),
    (with_body("<w:p><w:r><w:t>"), "can be read"),
    (with_body(f"<w:p>{run('&i;')}</w:p>", LAUGHS), "holds no text|can be read"),
    (
        with_body(f"<w:p>{run('&x;')}</w:p>", "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
        "holds no text|can be read",
    ),
    (with_body("<w:p>" * 5000 + run("议") + "</w:p>" * 5000), "can be read"),
    (archive(**{"word/document.xml": bytes(20 * 1024 * 1024)}), "packed more than 200 times"),
    (archive(**{f"m{i}": b"" for i in range(5001)}), "5,001 parts"),
]


@pytest.mark.parametrize(("data", "message"), WRONG, ids=range(len(WRONG)))
def test_what_is_no_document_with_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        docx_to_text(data, "a.docx")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError, match=r'pip install "govnlp\[docx\]"'):
        docx_to_text(report(), "a.docx")
