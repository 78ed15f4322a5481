"""A Word document to text: paragraphs, tables and text boxes in the order of the document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from govnlp.errors import InputError
from govnlp.reading.formats import import_extra

MAX_MEMBERS = 5_000  # a document with a thousand pictures has about 1,100
MAX_UNPACKED = 200 * 1024 * 1024  # of all members together; pictures hardly shrink, so this is far above 50 MB packed
MAX_RATIO = 200  # Word's XML shrinks to about a tenth, never to less than a hundredth
_SMALL = 10 * 1024 * 1024  # a member below this size may shrink as it likes
_LONGEST_CELL = 30
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LETTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What was deleted or moved away while changes were tracked, and the copy of a text box for old versions of Word.
_UNSEEN = frozenset((f"{_W}del", f"{_W}moveFrom", _FALLBACK))


def docx_to_text(data: bytes, source: str) -> str:
    """Return the text of a Word document, a paragraph a line, "# " before titles and "## " before headings.

    Args:
        data: the bytes of the .docx file.
        source: its name, for messages.

    Raises:
        InputError: it is no such document, is protected, holds no text or unpacks to more than the limits, or the
            extra docx is not installed.
    """
    docx = import_extra("docx", "docx", source)
    _check_archive(data, source)
    try:
        # python-docx parses with entities unresolved and libxml2's limits on depth and size on.
        document = docx.Document(io.BytesIO(data))
        levels = _title_levels(document)
        paragraphs = list(_shown(document.element.body, levels))
    except Exception as failure:  # python-docx lets whatever a damaged part causes through
        raise InputError(
            f"{source}: is no Word document that can be read ({failure or type(failure).__name__}); "
            "open it in Word and save it anew as .docx"
        ) from None
    text = "\n".join(paragraphs)
    if not text.strip():
        raise InputError(
            f"{source}: this document holds no text; if its pages are pictures, run text recognition first"
        )
    return text + "\n"


def _check_archive(data: bytes, source: str) -> None:
    if data.startswith(_OLE):
        raise InputError(
            f"{source}: is protected by a password or is an old .doc; open it in Word and save it as .docx without one"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as failure:
        raise InputError(f"{source}: is no Word document ({failure}); save it as .docx") from None
    if len(members) > MAX_MEMBERS:
        raise InputError(f"{source}: holds {len(members):,} parts; documents of up to {MAX_MEMBERS:,} are read")
    # The sizes are the archive's own word, but no member is unpacked beyond its own.
    unpacked = sum(member.file_size for member in members)
    squeezed = [m for m in members if m.file_size > _SMALL and m.file_size > MAX_RATIO * m.compress_size]
    if unpacked > MAX_UNPACKED or squeezed:
        raise InputError(
            f"{source}: unpacks to {unpacked:,} bytes from {len(data):,}; documents of up to {MAX_UNPACKED:,} bytes "
            f"are read, no part packed more than {MAX_RATIO} times; save only its text"
        )


def _shown(body: Any, levels: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines of body, tables and text boxes; a text box stands behind the paragraph that it hangs on."""
    for element in body.iter(f"{_W}p", f"{_W}tr"):
        above = {outer.tag for outer in element.iterancestors()}
        if above & _UNSEEN:
            continue
        if element.tag == f"{_W}tr":
            if _is_data(element):
                yield "\u3000".join("".join(_letters(p)) for p in element.iter(f"{_W}p"))
        elif not any(_is_data(row) for row in element.iterancestors(f"{_W}tr")):
            yield _text_of(element, levels)


def _is_data(row: Any) -> bool:
    """Return whether a row is one of data, shown on one line,望桥街道　48个, and none that lays out a page."""
    cells = row.findall(f"{_W}tc")
    return len(cells) > 1 and all(
        len(list(cell.iter(f"{_W}p"))) == 1 and len("".join(_letters(cell.find(f"{_W}p")))) <= _LONGEST_CELL
        for cell in cells
    )


def _text_of(paragraph: Any, levels: Mapping[str, int]) -> str:
    text = "".join(_letters(paragraph)).strip("\n")
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    level = levels.get(style.get(f"{_W}val"), 0) if style is not None and text.strip() else 0
    return f"{'#' * level} {text}" if level else text


def _letters(element: Any) -> Iterator[str]:
    """Yield what a paragraph shows, without the paragraphs of a text box inside it."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _LETTERS:
            yield _LETTERS[child.tag]
        elif child.tag != f"{_W}p" and child.tag not in _UNSEEN:
            yield from _letters(child)


def _title_levels(document: Any) -> dict[str, int]:
    """Return 1 for the style of titles and 2 for those of headings; they have English names in any language's Word."""
    names = {style.style_id: (style.name or "").lower() for style in document.styles}
    levels = {key: 1 if name == "title" else 2 * name.startswith("heading") for key, name in names.items()}
    return {key: level for key, level in levels.items() if level}
