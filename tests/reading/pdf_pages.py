"""Invented PDF pages: articles of the corpus set in columns below headlines that span them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from reportlab.lib.pagesizes import A3
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from tests.reading.web_pages import Story

FONT = "STSong-Light"
SIZE, PITCH, GUTTER, MARGIN = 9.0, 13.0, 9.0, 50.0  # a comma that hangs out stands in the gutter's first half
NEVER_FIRST = "，。；、：！？”）》"

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def set_lines(text: str, width: float) -> Iterator[str]:
    """Yield the lines of a paragraph, two letters indented; a comma hangs out rather than begin a line."""
    line = "　　"
    for letter in text:
        if letter not in NEVER_FIRST and pdfmetrics.stringWidth(line + letter, FONT, SIZE) > width:
            yield line
            line = ""
        line += letter
    yield line


def newspaper(stories: Sequence[Story], columns: int) -> bytes:
    """Return a page: its folio, and below each other the stories in so many columns."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A3, invariant=1)
    width, height = A3
    page.setFont(FONT, SIZE)
    page.drawString(MARGIN, height - 30, f"{stories[0].newspaper}　　　　{stories[0].date}　　　　第3版")
    top = height - 70
    for story in stories:
        top = _set_story(page, story, columns, top, width) - 30
    page.showPage()
    page.save()
    return out.getvalue()


def _set_story(page: canvas.Canvas, story: Story, columns: int, top: float, width: float) -> float:
    page.setFont(FONT, 20)
    page.drawCentredString(width / 2, top, story.headline)
    page.setFont(FONT, SIZE)
    page.drawCentredString(width / 2, top - 22, f"本报记者 {story.reporter}")
    top -= 44
    column = (width - 2 * MARGIN - (columns - 1) * GUTTER) / columns
    lines = []
    for heading, text in story.paragraphs:
        lines += [heading] if heading else []
        lines += set_lines(text, column - SIZE)
    rows = -(-len(lines) // columns)
    for i, line in enumerate(lines):
        x, y = MARGIN + (i // rows) * (column + GUTTER), top - (i % rows) * PITCH
        page.drawString(x, y, line)
    return top - rows * PITCH


def sheets(text_pages: Sequence[Sequence[tuple[str, float]]], password: str | None = None) -> bytes:
    """Return a PDF of sheets in one column: lines with their size."""
    out = io.BytesIO()
    encryption = {"encrypt": password} if password else {}
    page = canvas.Canvas(out, invariant=1, **encryption)
    for lines in text_pages:
        y = 780.0
        for line, size in lines:
            page.setFont(FONT, size)
            page.drawString(60, y, line)
            y -= size * 1.6
        page.showPage()
    page.save()
    return out.getvalue()
