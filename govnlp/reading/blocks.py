"""Source text to blocks: the lines of a page, wrapped lines taken together, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from govnlp.records import Role, Span

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_PAGE = re.compile(r"[^\f]+")
_BLANKS = re.compile(r"\s+")
_MARKDOWN_HEAD = re.compile(r"(#{1,6})(?=[^#])\s*")
_STARS = re.compile(r"\*\*|__")
_WIDEST_WRAPPED = 60


@dataclass(frozen=True)
class Block:
    """A stretch of the page that has one role.

    Attributes:
        start: where it begins in the source text.
        end: where it ends.
        text: its characters without line breaks at the edges and without markup.
        gap: empty lines above it.
        level: number of # before it, 0 without.
        bold: it stands between ** and **.
        cuts: characters inside that are markup, no text.
        role: what it is; a paragraph until something else is known.
    """

    start: int
    end: int
    text: str
    gap: int = 0
    level: int = 0
    bold: bool = False
    cuts: tuple[Span, ...] = ()
    role: Role = "paragraph"

    def become(self, role: Role) -> Block:
        """Return the block with another role."""
        return replace(self, role=role)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places of its text: all of it but the cuts."""
        spans, at = [], self.start
        for start, end in self.cuts:
            spans.append((at, start))
            at = end
        return tuple((a, b) for a, b in [*spans, (at, self.end)] if a < b)


def squash(text: str) -> str:
    """Return the text without blanks: `squash("聚力 同行")` is "聚力同行"."""
    return "".join(text.split())


def iter_pages(text: str) -> Iterator[Span]:
    """Yield the spans between form feeds."""
    return ((page.start(), page.end()) for page in _PAGE.finditer(text))


def make_block(source: str, start: int, end: int, gap: int = 0) -> Block:
    """Return the block of source[start:end], its markup set aside; blanks at the edges are left out."""
    raw = source[start:end]
    start, end = start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))
    head = _MARKDOWN_HEAD.match(source, start, end)
    cuts = [(head.start(), head.end())] if head else []
    level = len(head[1]) if head else 0
    stars = [m.span() for m in _STARS.finditer(source, cuts[0][1] if cuts else start, end)]
    # A single ** is a slip of the pen or a footnote, only pairs are markup: "**搭台子。**把各方请来议事".
    cuts += stars[: len(stars) // 2 * 2]
    text = "".join(source[a:b] for a, b in Block(start, end, "", cuts=tuple(cuts)).spans).strip()
    bold = len(stars) == 2 and stars[0][0] == start and stars[1][1] == end
    return Block(start, end, text, gap, level, bold, tuple(cuts))


def split_blocks(source: str, start: int, end: int) -> list[Block]:
    """Return the blocks of a page in the order of the page: one a line, or one a paragraph of wrapped lines."""
    lines, last = [], start
    for match in _LINE.finditer(source, start, end):
        if match[0].isspace():
            continue
        breaks = sum(1 for _ in _BREAK.finditer(source, last, match.start()))
        lines.append((match.start(), match.end(), max(0, breaks - 1)))
        last = match.end()
    return [make_block(source, *line) for run in _runs(lines) for line in _unwrap(source, run)]


def _runs(lines: Sequence[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Yield the lines that stand together without an empty line between them."""
    run: list[tuple[int, int, int]] = []
    for line in lines:
        if line[2] and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _unwrap(source: str, run: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Take lines of a narrow column together until one ends short, or the next is indented.

    A column of 12 characters: "社区把闲置的锅炉房改成 / 议事厅，居民有事来坐坐 / 。" is one paragraph.
    """
    width = _column_width(source, run)
    if not width:
        return run
    whole = [run[0]]
    for above, line in zip(run, run[1:], strict=False):
        text = source[above[0] : above[1]].rstrip()
        full = len(text.strip()) >= width - 2 or (len(text.strip()) >= width * 0.7 and text[-1] not in "。！？”：")
        if full and not _is_indented(source, line[0]) and not _MARKDOWN_HEAD.match(source, line[0]):
            whole[-1] = (whole[-1][0], line[1], whole[-1][2])
        else:
            whole.append(line)
    return whole


def _column_width(source: str, run: list[tuple[int, int, int]]) -> int:
    """Return the width that most lines of the run fill, or 0 when they are not set to a width."""
    if len(run) < 3:
        return 0
    lengths = sorted(len(source[a:b].strip()) for a, b, _ in run)
    width = lengths[-1]
    filled = sum(length >= width - 2 for length in lengths)
    return width if 6 <= width <= _WIDEST_WRAPPED and filled * 2 >= len(lengths) else 0


def _is_indented(source: str, start: int) -> bool:
    return source[start : start + 1].isspace()


def clean_title(text: str) -> str:
    """Return a headline or heading with single blanks between its slogans: "建强堡垒 聚拢人心"."""
    return _BLANKS.sub(" ", text).strip()


def clean_text(source: str, spans: Sequence[Span]) -> str:
    """Return the characters of the spans as running text.

    Blanks go where they stand beside Chinese; one stays beside a foreign word ("推行 OTO 模式") and between
    the slogans of a quotation (“和美里弄 温馨家园”).
    """
    return _BLANKS.sub(_keep_blank, "\n".join(source[a:b] for a, b in spans)).strip()


def _keep_blank(blank: re.Match[str]) -> str:
    before, after = blank.string[: blank.start()][-1:], blank.string[blank.end() : blank.end() + 1]
    latin = [c.isascii() and c.isalnum() for c in (before, after)]
    if "\n" in blank[0]:
        return " " if before.isascii() and after.isascii() and before.isalpha() and after.isalpha() else ""
    if any(latin):
        return " " if all(latin) or any(c.isascii() and c.isalpha() for c in (before, after)) else ""
    return " " if _in_quoted_slogan(blank.string, blank.start(), blank.end()) else ""


def _in_quoted_slogan(text: str, start: int, end: int) -> bool:
    left = re.search(r"[“‘「《](\w{3,14})$", text[max(0, start - 16) : start])
    right = re.match(r"(\w{3,14})[”’」》]", text[end : end + 16])
    return left is not None and right is not None
