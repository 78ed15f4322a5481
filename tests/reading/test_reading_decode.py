"""Bytes to text, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from govnlp.errors import InputError
from govnlp.reading.decode import decode
from govnlp.reading.source import read_source

TEXT = "礁石区设立议事亭，居民有事来坐坐。\n大家商量着办。"
TRADITIONAL = "東區設立議事亭，居民有事來坐坐，大家商量著辦。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_encodings(encoding: str, break_: str) -> None:
    assert decode(TEXT.replace("\n", break_).encode(encoding), "a.txt") == TEXT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (TRADITIONAL.encode("big5"), "Big5"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "NUL"),
        (b"PK\x03\x04\x14\x00\x06\x00", r"a name that ends in .docx"),
        (b"%PDF-1.7 ...", r"a name that ends in .pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        (b"\x01\x02\x03\x04 text", "control character"),
        ("caf\u00e9".encode("latin-1"), "GB18030"),
        (b"\xef\xbb\xbf\xff\xfe\xfd", "utf-8"),
        (b"\xff\xfea", "utf-16"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decode(data, "a.txt")


def test_traditional_text_in_any_encoding_is_read() -> None:
    with pytest.raises(InputError, match=r"UTF-8.*GB18030.*UTF-16-LE.*UTF-16-BE"):
        decode(TRADITIONAL.encode("big5"), "a.txt")
    assert decode(TRADITIONAL.encode("big5"), "a.html", "big5") == TRADITIONAL


@pytest.mark.parametrize("declared", ["gb2312", "ascii", "no-such-encoding", "utf-16", "rot13"])
def test_a_wrong_declaration_is_passed_over(declared: str) -> None:
    assert decode(TEXT.encode(), "a.html", declared) == TEXT


def test_empty_is_empty() -> None:
    assert decode(b"", "a.txt") == ""


def test_traditional_text_in_gb18030_is_read() -> None:
    assert decode(TRADITIONAL.encode("gb18030"), "a.txt") == TRADITIONAL


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.png", "ending in .png"),
        ("none.txt", "cannot be read"),
        ("a", "ending in nothing"),
        ("a.doc", "save it as .docx"),
        ("folder.txt", "is no file"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError, match=message):
        read_source(tmp_path / name)


def test_size_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govnlp.reading.source.MAX_BYTES", 10)
    path = tmp_path / "a.md"
    path.write_text(TEXT, "utf-8")
    with pytest.raises(InputError, match="10 bytes"):
        read_source(path)
