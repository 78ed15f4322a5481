"""A brief as Markdown."""

from __future__ import annotations

import re

from govnlp.summarizing import brief_frame as frame
from govnlp.summarizing.briefs import Brief
from govnlp.tagging.codebook import Codebook

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows as it is: characters with a meaning are escaped, lines joined."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def to_markdown(brief: Brief, codebook: Codebook) -> str:
    """Return a brief as Markdown: a heading for each place or mechanism, each line with its origins."""
    blocks = [f"# {frame.TITLE}", "　　".join(frame.BLANK_FIELDS)]
    for part in brief.parts:
        blocks += [f"## {escape_markdown(part.title)}", *map(_piece, frame.pieces(brief, part, codebook))]
    return "\n\n".join(blocks if brief.parts else [*blocks, frame.EMPTY]) + "\n"


def _piece(piece: frame.Piece) -> str:
    match piece:
        case frame.Caption(text):
            return f"**{text}**"
        case frame.Lines(lines):
            return "\n".join(map(_line, lines))
        case frame.Names(caption, text):
            return f"**{caption}**：{escape_markdown(text)}"
        case frame.Remark(text):
            return text


def _line(line: frame.Line) -> str:
    text = escape_markdown(line.lead_in + line.bullet.text) + line.labels
    return f"- {text}  \n  {escape_markdown(line.origins)}"
