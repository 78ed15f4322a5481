"""Summaries as a brief in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govnlp.records import Summary
from govnlp.tagging.codebook import Codebook

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows as it is: characters with a meaning are escaped, lines joined."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def to_markdown(summaries: Iterable[Summary], codebook: Codebook) -> str:
    """Return a brief: for each article its headline, place and bullets, each with its mechanisms."""
    return "\n".join(line for summary in summaries for line in _article_lines(summary, codebook))


def _article_lines(summary: Summary, codebook: Codebook) -> list[str]:
    lines = [f"## {escape_markdown(summary.headline or '（无标题）')}", ""]
    place = summary.locality.name if summary.locality else "—"
    lines += [f"{escape_markdown(place)}　来源：{escape_markdown(summary.source)}", ""]
    for bullet in summary.bullets:
        names = "、".join(codebook.zh(m for m in bullet.mechanisms if m in codebook.by_id))
        lines.append(f"- {escape_markdown(bullet.text)}" + (f"（{names}）" if names else ""))
    if not summary.bullets:
        lines.append("（没有可摘的做法）")
    if summary.practices:
        lines += ["", "特色做法：" + "、".join(escape_markdown(p.name) for p in summary.practices)]
    return [*lines, ""]
