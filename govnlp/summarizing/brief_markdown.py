"""A brief as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govnlp.summarizing.brief_frame import (
    BLANK_FIELDS,
    EMPTY,
    NAMED,
    TITLE,
    groups,
    lead_in,
    mechanisms_zh,
    origin_note,
)
from govnlp.summarizing.briefs import Brief, BriefLine, BriefPart
from govnlp.tagging.codebook import Codebook

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows as it is: characters with a meaning are escaped, lines joined."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def to_markdown(brief: Brief, codebook: Codebook) -> str:
    """Return a brief as Markdown: a heading for each place or mechanism, each line with its origins."""
    fields = "　　".join(f"{name}：" for name in BLANK_FIELDS)
    lines = [f"# {TITLE}", "", fields, ""]
    for part in brief.parts:
        lines += [f"## {escape_markdown(part.title)}", "", *_part_lines(brief, part, codebook)]
    return "\n".join(lines if brief.parts else [*lines, EMPTY, ""])


def _part_lines(brief: Brief, part: BriefPart, codebook: Codebook) -> Iterator[str]:
    # Captions are no headings: `verify` asks the articles of the place that the last heading names.
    for caption, lines in groups(brief, part):
        if caption:
            yield from (f"**{caption}**", "")
        yield from (_line(brief, line, codebook) for line in lines)
        yield ""
    if not part.lines:
        yield from (EMPTY, "")
    if part.practices:
        names = "、".join(escape_markdown(practice.name) for practice in part.practices)
        yield from (f"**{NAMED}**：{names}", "")


def _line(brief: Brief, line: BriefLine, codebook: Codebook) -> str:
    names = mechanisms_zh(line, codebook)
    text = escape_markdown(lead_in(brief, line) + line.bullet.text) + (f"（{names}）" if names else "")
    return f"- {text}  \n  {escape_markdown(origin_note(line))}"
