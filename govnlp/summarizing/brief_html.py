"""A brief as one HTML page: nothing is fetched, nothing runs, all text is escaped."""

from __future__ import annotations

from html import escape

from govnlp.records import Bullet
from govnlp.summarizing import brief_frame as frame
from govnlp.summarizing.briefs import Brief, BriefPart
from govnlp.tagging.codebook import Codebook

_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff;
       font: 1rem/1.75 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
h1 { color: #b3150f; text-align: center; letter-spacing: .15em; border-bottom: 3px solid #b3150f;
     padding-bottom: .6rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h2, .fields, .origin, .labels { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
.fields { display: flex; justify-content: space-between; }
.fields span { min-width: 11rem; }
li { margin-bottom: .6rem; }
.labels { color: #555; font-size: .8rem; }
.origin { display: block; color: #767676; font-size: .75rem; line-height: 1.5; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } li { break-inside: avoid; } }
"""


def to_html(brief: Brief, codebook: Codebook) -> str:
    """Return a brief as a page that stands alone."""
    fields = "".join(f"<span>{field}</span>" for field in frame.BLANK_FIELDS)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{frame.TITLE}</title>\n'
        f'<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{frame.TITLE}</h1>\n<p class="fields">{fields}</p>\n'
        f"{parts_html(brief, codebook)}</body>\n</html>\n"
    )


def parts_html(brief: Brief, codebook: Codebook) -> str:
    """Return the parts of a brief as a piece of a page."""
    return "".join(_part(brief, part, codebook) for part in brief.parts) or f"<p>{frame.EMPTY}</p>\n"


def _part(brief: Brief, part: BriefPart, codebook: Codebook) -> str:
    below = "".join(map(_piece, frame.pieces(brief, part, codebook)))
    return f"<section>\n<h2>{escape(part.title)}</h2>\n{below}</section>\n"


def _piece(piece: frame.Piece) -> str:
    match piece:
        case frame.Caption(text):
            return f"<p><b>{text}</b></p>\n"
        case frame.Lines(lines):
            return f"<ul>\n{''.join(map(_line, lines))}</ul>\n"
        case frame.Names(caption, text):
            return f"<p><b>{caption}</b>：{escape(text)}</p>\n"
        case frame.Remark(text):
            return f"<p>{text}</p>\n"


def _line(line: frame.Line) -> str:
    labels = f' <span class="labels">{escape(line.labels)}</span>' if line.labels else ""
    origins = f'<span class="origin">{escape(line.origins)}</span>'
    return f"<li>{escape(line.lead_in)}{_with_figures(line.bullet)}{labels}{origins}</li>\n"


def _with_figures(bullet: Bullet) -> str:
    """Return a bullet's text with its figures in bold."""
    text, pieces, end = bullet.text, [], 0
    for figure in bullet.figures:
        if figure.start >= end:
            pieces += [escape(text[end : figure.start]), "<b>", escape(text[figure.start : figure.end]), "</b>"]
            end = figure.end
    return "".join(pieces) + escape(text[end:])
