"""Bytes to source text: UTF-8, or GB18030 and UTF-16 that read like Chinese."""

from __future__ import annotations

import codecs
import re
from functools import cache

from govnlp.errors import InputError
from govnlp.lexicon.script import traditional_forms

MAX_BYTES = 50 * 1024 * 1024
_ADVICE = "save it as UTF-8 text (GB18030 and UTF-16 are read too)"
_SIGNS = {
    b"%PDF-": "a PDF; give it a name that ends in .pdf",
    b"PK\x03\x04": "a Word document or another zip archive; give a Word document a name that ends in .docx",
    b"\xd0\xcf\x11\xe0": "an old Office document; save it as .docx",
    b"{\\rtf": "rich text; save it as .docx",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.002
_LEAST_COMMON = 0.75  # text of the corpus has 0.93 a paragraph, Big5 read as GB18030 0.49 at most


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
    kind = next((kind for sign, kind in _SIGNS.items() if data.startswith(sign)), None)
    if kind:
        raise InputError(f"{source}: this is not text but {kind}")
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
        tried = [f"UTF-8 (byte {wrong.start} does not fit)"]
    # UTF-16 without a mark is told by its Chinese alone; NUL bytes, which it has, are no text elsewhere.
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as wrong:
            tried.append(f"{encoding.upper()} (byte {wrong.start} does not fit)")
            continue
        if "\x00" not in text and reads_like_chinese(text):
            return text
        tried.append(f"{encoding.upper()} (decodes, but not to plausible Chinese)")
    kind = "not text, it has NUL bytes" if b"\x00" in data else "in no known encoding, Big5 perhaps"
    raise InputError(f"{source}: this is {kind}; tried {', '.join(tried)}; {_ADVICE}")


def reads_like_chinese(text: str) -> bool:
    """Return whether most of the non-ASCII characters are everyday Chinese.

    Big5 read as GB18030 is made of rare characters: "桥东区" becomes something like "戭狥跋".
    """
    foreign = [c for c in text if c > "\x7f"]
    return not foreign or sum(c in _everyday_characters() for c in foreign) >= _LEAST_COMMON * len(foreign)


@cache
def _everyday_characters() -> frozenset[str]:
    """The 3755 frequent characters of GB 2312 (its first level), their traditional forms, punctuation, full width."""
    rows = [*range(0xB0, 0xD8), 0xA1, 0xA3]
    pairs = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    common = frozenset("".join(pair.decode("gb2312", "ignore") for pair in pairs))
    return common | {form for simple, forms in traditional_forms() if simple in common for form in forms}


def _refuse_controls(text: str, source: str) -> None:
    found = _CONTROL.search(text)
    if found is None:
        return
    if "\x00" in text or len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text) + 2:
        raise InputError(
            f"{source}: this is not text (control character U+{ord(found[0]):04X} at {found.start()}); {_ADVICE}"
        )
