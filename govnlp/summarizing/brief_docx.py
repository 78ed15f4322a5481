"""A brief as a Word document in the frame of a Chinese brief, to be finished by hand."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from govnlp.errors import UsageError
from govnlp.summarizing import brief_frame as frame
from govnlp.summarizing.briefs import Brief
from govnlp.tagging.codebook import Codebook

_RED, _GREY = "B3150F", "767676"
_BODY, _HEADS = "FangSong", "SimHei"  # what a Chinese office prints in; others take their place where they are missing
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML has no place for them


def check_docx() -> None:
    """Raise UsageError where python-docx is not installed."""
    try:
        import docx  # noqa: F401
    except ImportError:
        raise UsageError('writing .docx needs python-docx: pip install "govnlp[docx]"') from None


def to_docx(brief: Brief, codebook: Codebook) -> bytes:
    """Return a brief as the bytes of a .docx; 编号, 签发 and 日期 are left blank.

    Raises:
        UsageError: python-docx is not installed.
    """
    check_docx()
    from docx import Document
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    _set_fonts(document)
    _write_head(document)
    for part in brief.parts:
        document.add_paragraph(_printable(part.title), style="Heading 1")
        for piece in frame.pieces(brief, part, codebook):
            _write_piece(document, piece)
    if not brief.parts:
        document.add_paragraph(frame.EMPTY)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def _set_fonts(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    looks = (("Normal", _BODY, 12, "222222"), ("Title", _HEADS, 22, _RED), ("Heading 1", _HEADS, 15, "000000"))
    for name, font, size, color in (*looks, ("List Bullet", _BODY, 12, "222222")):
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = RGBColor.from_string(color)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(script), font)
    document.styles["Normal"].paragraph_format.line_spacing = 1.4


def _write_head(document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.oxml.ns import qn
    from docx.shared import Cm

    title = document.add_paragraph(frame.TITLE, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for rule in title.style.element.iter(qn("w:bottom")):
        rule.set(qn("w:color"), _RED)
    fields = document.add_paragraph("\t".join(frame.BLANK_FIELDS))
    for stop in (Cm(5.5), Cm(11)):
        fields.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.LEFT)


def _write_piece(document: Any, piece: frame.Piece) -> None:
    match piece:
        case frame.Caption(text):
            _write_caption(document, text)
        case frame.Lines(lines):
            for line in lines:
                _write_line(document, line)
        case frame.Names(caption, text):
            _write_caption(document, caption)
            document.add_paragraph(_printable(text))
        case frame.Remark(text):
            document.add_paragraph(text)


def _write_caption(document: Any, caption: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(caption).bold = True
    paragraph.paragraph_format.keep_with_next = True


def _write_line(document: Any, line: frame.Line) -> None:
    from docx.shared import Pt, RGBColor

    paragraph = document.add_paragraph(style="List Bullet")
    if line.lead_in:
        paragraph.add_run(_printable(line.lead_in)).bold = True
    paragraph.add_run(_printable(line.bullet.text) + line.labels)
    note = paragraph.add_run()
    note.add_break()
    note.add_text(_printable(line.origins))
    note.font.size, note.font.color.rgb = Pt(9), RGBColor.from_string(_GREY)


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)
