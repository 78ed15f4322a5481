"""What every rendering of a brief says: the frame of a Chinese brief, and how a line names its origins."""

from __future__ import annotations

from collections.abc import Iterator

from govnlp.summarizing.briefs import Brief, BriefLine, BriefPart
from govnlp.tagging.codebook import Codebook

TITLE = "党建引领基层治理工作简报"
# Fields that only a person may fill.
BLANK_FIELDS = ("编号", "签发", "日期")
DONE, REACHED, NAMED = "主要做法", "成效", "特色品牌"
EMPTY = "（没有可摘的做法）"


def groups(brief: Brief, part: BriefPart) -> Iterator[tuple[str | None, list[BriefLine]]]:
    """Yield the lines of a part under their captions: of a place what it did and what it reached."""
    if brief.by == "mechanism":
        yield None, list(part.lines)
        return
    for caption, wanted in ((DONE, False), (REACHED, True)):
        lines = [line for line in part.lines if line.is_result is wanted]
        if lines:
            yield caption, lines


def lead_in(brief: Brief, line: BriefLine) -> str:
    """Return what stands before a line: under a mechanism the place that it tells of."""
    place = line.origins[0].place
    return f"{place}：" if brief.by == "mechanism" and place else ""


def mechanisms_zh(line: BriefLine, codebook: Codebook) -> str:
    """Return the names of a line's mechanisms."""
    return "、".join(codebook.zh(m for m in line.bullet.mechanisms if m in codebook.by_id))


def origin_note(line: BriefLine) -> str:
    """Return where a line and its copies stand: 来源：《小网格连着大民生》，page-1.txt，a1-p3."""
    notes = []
    for origin in line.origins:
        title = f"《{' '.join(origin.headline.split())}》" if origin.headline else ""
        file = origin.source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        notes.append("，".join(part for part in (title, " ".join(file.split()), origin.id) if part))
    return "来源：" + "；".join(notes)
