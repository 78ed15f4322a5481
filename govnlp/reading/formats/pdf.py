"""A PDF with a text layer to text, its columns one after the other, form feeds between its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govnlp.errors import InputError
from govnlp.reading.decode import reads_like_chinese
from govnlp.reading.formats import import_extra
from govnlp.reading.formats.columns import Run, has_headline, runs_to_text

MAX_PAGES = 500  # a newspaper of a week has about 100
MAX_LETTERS = 100_000  # of a page; a full newspaper page has about 10,000
_TOGETHER = 0.4
_PASSWORD = "password"  # noqa: S105 - a word of the library's message


def pdf_to_text(data: bytes, source: str) -> str:
    """Return the text of a PDF; a page without any headline goes on from the page before.

    Args:
        data: the bytes of the file.
        source: its name, for messages.

    Raises:
        InputError: it is no PDF, is encrypted, is a scan without text, exceeds the limits, or the extra pdf is not
            installed.
    """
    pdfium = import_extra("pypdfium2", "pdf", source)
    try:
        document = pdfium.PdfDocument(data)
        pages = _read_pages(document, pdfium.raw, source)
        document.close()
    except pdfium.PdfiumError as failure:
        if _PASSWORD in str(failure).lower():
            raise InputError(f"{source}: is encrypted; save it without a password") from None
        raise InputError(
            f"{source}: cannot be read as a PDF ({failure}); open it in a viewer and save it anew"
        ) from None
    if not any(pages):
        raise InputError(
            f"{source}: this PDF holds no text (a scan: {len(pages)} pages of pictures); run text recognition first"
        )
    text = "".join(_joined(pages))
    if not reads_like_chinese(text):
        raise InputError(
            f"{source}: the fonts of this PDF do not say which characters they show; run text recognition on it"
        )
    return text


def _read_pages(document: Any, raw: Any, source: str) -> list[list[Run]]:
    if len(document) > MAX_PAGES:
        raise InputError(f"{source}: {len(document):,} pages; up to {MAX_PAGES} are read, split it")
    return [list(_runs(document[number], raw, f"{source}, page {number + 1}")) for number in range(len(document))]


def _joined(pages: list[list[Run]]) -> Iterator[str]:
    for number, page in enumerate(pages):
        if number:
            # A report of several sheets, printed from a word processor, has its one headline on the first.
            yield "\f" if has_headline(page) or not page else "\n\n"
        yield runs_to_text(page)
    yield "\n"


def _runs(page: Any, raw: Any, where: str) -> Iterator[Run]:
    """Yield the letters of a page, those together that stand side by side."""
    run: Run | None = None
    blank = ""
    for letter in _letters(page, raw, where):
        if letter.text.isspace():
            blank = " "
        elif run and _stands_beside(letter, run):
            run = Run(
                run.text + blank + letter.text, run.left, min(run.top, letter.top), letter.right,
                max(run.bottom, letter.bottom), max(run.size, letter.size),
            )  # fmt: skip
            blank = ""
        else:
            if run:
                yield run
            run, blank = letter, ""
    if run:
        yield run


def _stands_beside(letter: Run, run: Run) -> bool:
    near = -run.size / 4 < letter.left - run.right < _TOGETHER * run.size
    return near and abs(letter.top - run.top) < run.size / 4


def _letters(page: Any, raw: Any, where: str) -> Iterator[Run]:
    """Yield the letters and drawn blanks in the order of the file."""
    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_LETTERS:
        raise InputError(f"{where}: {count:,} letters; pages of up to {MAX_LETTERS:,} are read")
    height = page.get_height()
    for index in range(count):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if raw.FPDFText_IsGenerated(text, index) or not (letter.isprintable() or letter.isspace()):
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        # A Chinese letter is as wide as its font is large; the boxes' heights differ from font to font.
        size = right - left if letter >= "\u2e80" else top - bottom
        yield Run(letter, left, height - top, right, height - bottom, size)
