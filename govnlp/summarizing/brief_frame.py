"""What every rendering of a brief says: the frame of a Chinese brief, piece by piece, without markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govnlp.records import Bullet
from govnlp.summarizing.briefs import Brief, BriefLine, BriefPart
from govnlp.tagging.codebook import Codebook

TITLE = "党建引领基层治理工作简报"
# Fields that only a person may fill.
BLANK_FIELDS = ("编号：", "签发：", "日期：")
EMPTY = "（没有可摘的做法）"
_DONE, _REACHED, _NAMED = "主要做法", "成效", "特色品牌"


@dataclass(frozen=True)
class Caption:
    """What stands above lines. No heading: `verify` asks the articles of the place that the last heading names."""

    text: str


@dataclass(frozen=True)
class Line:
    """A bullet and what stands about it.

    Attributes:
        lead_in: what stands before it: under a mechanism the place that it tells of, "甲省乙市丙区：".
        bullet: the bullet.
        labels: its mechanisms in brackets, "（网格管理、党员作用）", or nothing.
        origins: where it and its copies stand, "来源：《小网格连着大民生》，page-1.txt，a1-p3".
    """

    lead_in: str
    bullet: Bullet
    labels: str
    origins: str


@dataclass(frozen=True)
class Lines:
    """Lines that make one list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Names:
    """The named practices of a place, under their caption."""

    caption: str
    text: str


@dataclass(frozen=True)
class Remark:
    """What is said instead of lines."""

    text: str


Piece = Caption | Lines | Names | Remark


def pieces(brief: Brief, part: BriefPart, codebook: Codebook) -> Iterator[Piece]:
    """Yield what a part says below its title, in order."""
    for caption, lines in _groups(brief, part):
        if caption:
            yield Caption(caption)
        yield Lines(tuple(_line(brief, line, codebook) for line in lines))
    if not part.lines:
        yield Remark(EMPTY)
    if part.practices:
        yield Names(_NAMED, "、".join(practice.name for practice in part.practices))


def _groups(brief: Brief, part: BriefPart) -> Iterator[tuple[str | None, list[BriefLine]]]:
    """Yield the lines of a part under their captions: of a place what it did and what it reached."""
    if brief.by == "mechanism":
        yield None, list(part.lines)
        return
    for caption, wanted in ((_DONE, False), (_REACHED, True)):
        lines = [line for line in part.lines if line.is_result is wanted]
        if lines:
            yield caption, lines


def _line(brief: Brief, line: BriefLine, codebook: Codebook) -> Line:
    place = line.origins[0].place
    lead_in = f"{place}：" if brief.by == "mechanism" and place else ""
    names = "、".join(codebook.zh(m for m in line.bullet.mechanisms if m in codebook.by_id))
    return Line(lead_in, line.bullet, f"（{names}）" if names else "", _origins(line))


def _origins(line: BriefLine) -> str:
    notes = []
    for origin in line.origins:
        title = f"《{' '.join(origin.headline.split())}》" if origin.headline else ""
        file = origin.source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        notes.append("，".join(part for part in (title, " ".join(file.split()), origin.id) if part))
    return "来源：" + "；".join(notes)
