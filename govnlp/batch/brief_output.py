"""Briefs out: .md, .html or .docx, written beside their place and renamed."""

from __future__ import annotations

from pathlib import Path

from govnlp.batch.sinks import check_output, write_text, written_beside
from govnlp.summarizing.brief_docx import check_docx, to_docx
from govnlp.summarizing.brief_html import to_html
from govnlp.summarizing.brief_markdown import to_markdown
from govnlp.summarizing.briefs import Brief
from govnlp.tagging.codebook import Codebook

SUMMARY_SUFFIXES = (".jsonl", ".md", ".docx", ".html")


def check_brief_output(path: str | Path) -> Path:
    """Return the path of summaries or a brief, having checked before work starts that it can be written.

    Raises:
        OutputError: its folder does not exist or is not writable, or its suffix names no format.
        UsageError: it is a .docx and python-docx is not installed.
    """
    target = check_output(path, SUMMARY_SUFFIXES)
    if target.suffix.lower() == ".docx":
        check_docx()
    return target


def write_brief(brief: Brief, target: Path, codebook: Codebook) -> None:
    """Write a brief in the format that the target's suffix names."""
    suffix = target.suffix.lower()
    if suffix == ".docx":
        packed = to_docx(brief, codebook)
        with written_beside(target) as beside:
            beside.write_bytes(packed)
        return
    write_text((to_html if suffix == ".html" else to_markdown)(brief, codebook), target)
