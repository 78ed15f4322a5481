"""Bytes to source text: UTF-8, UTF-16 with a byte order mark, or GB18030 that reads like Chinese."""

from __future__ import annotations

import codecs
import re
from functools import cache
from pathlib import Path

from govnlp.errors import InputError

MAX_BYTES = 50 * 1024 * 1024
SUFFIXES = (".txt", ".md")
_ADVICE = "save it as UTF-8 text (GB18030, and UTF-16 with a byte order mark, are read too)"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.002
_LEAST_COMMON = 0.6


def read_source(path: str | Path) -> str:
    r"""Return the decoded text of a .txt or .md file, line ends as \\n.

    Raises:
        InputError: the file is missing, has another suffix, is larger than 50 MB, or is no text.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"{path}: the suffix {path.suffix or '(none)'} is not read here; {' and '.join(SUFFIXES)} work"
        )
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"{path}: {size:,} bytes; files up to {MAX_BYTES:,} bytes are read, split it at a page end"
            )
        return decode(path.read_bytes(), str(path))
    except OSError as failure:
        raise InputError(
            f"{path}: cannot be read ({failure.strerror}); name a readable {' or '.join(SUFFIXES)} file"
        ) from None


def decode(data: bytes, source: str, declared: str | None = None) -> str:
    r"""Return `data` as text, line ends as \\n.

    `decode("桥东区设立议事亭".encode("gb18030"), "a.txt")` is "桥东区设立议事亭".

    Args:
        data: the bytes of a file.
        source: its name, for the message.
        declared: the encoding that the file names itself, as a web page does; it is tried first.

    Raises:
        InputError: no encoding fits, or the text is full of control characters; it says what was tried.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{source}: {len(data):,} bytes; up to {MAX_BYTES:,} bytes are read, split it at a page end")
    text = _decode_marked(data, source)
    if text is None and declared:
        text = _decode_declared(data, declared)
    if text is None:
        text = _decode_unmarked(data, source)
    _refuse_controls(text, source)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_marked(data: bytes, source: str) -> str | None:
    """Decode by the byte order mark; None without one."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as wrong:
                raise InputError(
                    f"{source}: it begins as {encoding} but byte {wrong.start + len(mark)} is not; {_ADVICE}"
                ) from None
    return None


def _decode_declared(data: bytes, encoding: str) -> str | None:
    """Decode by the encoding that the file names; None where that is wrong, as it often is."""
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
    try:
        # utf-16 and the like cannot be named by bytes that were read as ASCII.
        return None if encoding.lower().startswith("utf") else data.decode(wider.get(encoding.lower(), encoding))
    except (LookupError, UnicodeDecodeError):
        return None


def _decode_unmarked(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        first = wrong.start
    tried = f"tried UTF-8 (byte {first} does not fit)"
    if b"\x00" in data:
        raise InputError(f"{source}: this is not text (NUL bytes); {tried}; {_ADVICE}")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as wrong:
        raise InputError(
            f"{source}: not text in a known encoding; {tried} and GB18030 (byte {wrong.start} does not fit); {_ADVICE}"
        ) from None
    if not reads_like_chinese(text):
        raise InputError(
            f"{source}: {tried} and GB18030 (decodes, but not to plausible Chinese; Big5 perhaps); {_ADVICE}"
        )
    return text


def reads_like_chinese(text: str) -> bool:
    """Return whether most of the non-ASCII characters are everyday Chinese.

    Big5 read as GB18030 is made of rare characters: "桥东区" becomes something like "戭狥跋".
    """
    foreign = [c for c in text if c > "\x7f"]
    return not foreign or sum(c in _everyday_characters() for c in foreign) >= _LEAST_COMMON * len(foreign)


@cache
def _everyday_characters() -> frozenset[str]:
    """The 3755 frequent characters of GB 2312 (its first level), punctuation and full-width forms."""
    rows = [*range(0xB0, 0xD8), 0xA1, 0xA3]
    pairs = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode("gb2312", "ignore") for pair in pairs))


def _refuse_controls(text: str, source: str) -> None:
    found = _CONTROL.search(text)
    if found is None:
        return
    if "\x00" in text or len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text) + 2:
        raise InputError(
            f"{source}: this is not text (control character U+{ord(found[0]):04X} at {found.start()}); {_ADVICE}"
        )
