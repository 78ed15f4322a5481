"""Source text to blocks: the lines of a page, wrapped lines taken together, with their places."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from govnlp.records import Role, Span

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_PAGE = re.compile(r"[^\f]+")
_BLANKS = re.compile(r"\s+")
_MARKDOWN_HEAD = re.compile(r"(#{1,6})(?=[^#])\s*")
_STARS = re.compile(r"\*\*|__")
_NARROWEST, _WIDEST = 6, 60
_RAGGED = 2
_FEWEST_FILLED = 4
_ENDS = ("。", "！", "？", "”", "）")
_STOPS = ("，", "、", "；")
_MOST_TITLES = 3
_CREDIT = re.compile(r"(?:摄|供图|摄影报道)[）)]?\s*$")
Line = tuple[int, int, int]  # start, end, empty lines above


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
    runs, width = _set_to_width(source, lines)
    return [make_block(source, *line) for run in runs for line in (_unwrap(source, run, width) if width else run)]


def _set_to_width(source: str, lines: Sequence[Line]) -> tuple[list[list[Line]], int]:
    """Return the lines that stand together, and the width that they are set to, or 0.

    Some recognizers print an empty line below every line, which then parts nothing.
    """
    runs = list(_runs(lines, 0))
    if width := _column_width(source, runs):
        return runs, width
    usual = Counter(line[2] for line in lines).most_common(1)
    if usual and usual[0][0] and usual[0][1] * 10 >= 9 * len(lines):
        wider = list(_runs(lines, usual[0][0]))
        return (wider, width) if (width := _column_width(source, wider)) else (runs, 0)
    return runs, 0


def _runs(lines: Sequence[Line], gap: int) -> Iterator[list[Line]]:
    """Yield the lines that stand together with no more than so many empty lines between them."""
    run: list[Line] = []
    for line in lines:
        if line[2] > gap and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _unwrap(source: str, run: list[Line], width: int) -> list[Line]:
    """Take lines of a narrow column together until one ends short, or the next is indented or a title of its own.

    A column of 12 characters: "社区把闲置的锅炉房改成 / 议事厅，居民有事来坐坐 / 。" is one paragraph.
    """
    whole = [run[0]]
    for n, (above, line) in enumerate(itertools.pairwise(run), 1):
        credit = _CREDIT.search(source, *above[:2]) is not None
        filled = abs(_printed_width(source, above) - width) <= _RAGGED and not credit
        if filled and not _begins_anew(source, line[0]) and not _is_title_line(source, run, n):
            whole[-1] = (whole[-1][0], line[1], whole[-1][2])
        else:
            whole.append(line)
    return whole


def _is_title_line(source: str, run: Sequence[Line], n: int) -> bool:
    """Return whether titles stand between a sentence that ended and a line that begins anew.

    "……有了当家人。", below "以长效机制画好“保障圆”", below "　　坚持用制度……".
    """
    anew = next((k for k in range(n + 1, len(run)) if _begins_anew(source, run[k][0])), len(run))
    above, *titles = (source[slice(*line[:2])].rstrip() for line in run[n - 1 : anew])
    no_title = any(line.rstrip("”’）").endswith(_ENDS) for line in titles) or titles[-1].endswith(_STOPS)
    return len(titles) <= _MOST_TITLES and above.endswith(_ENDS) and not no_title


def _column_width(source: str, runs: Sequence[list[Line]]) -> int:
    """Return the width that most lines of the page fill, or 0 when they are not set to a width."""
    widths = Counter(_printed_width(source, line) for run in runs if len(run) > 1 for line in run)
    if not widths:
        return 0
    width = max(widths, key=lambda w: (sum(widths[w + d] for d in (-1, 0, 1)), w))
    filled = sum(widths[width + d] for d in range(-_RAGGED, _RAGGED + 1))
    wider = sum(count for w, count in widths.items() if w > width + _RAGGED)
    even = filled >= _FEWEST_FILLED and filled * 5 >= 2 * widths.total() and wider * 6 <= widths.total()
    return width if even and _NARROWEST <= width <= _WIDEST else 0


def _printed_width(source: str, line: Line) -> int:
    return len(source[line[0] : line[1]].rstrip())


def _begins_anew(source: str, start: int) -> bool:
    return _is_indented(source, start) or _MARKDOWN_HEAD.match(source, start) is not None or source[start] in "■□◆●▲（("


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
    before, after = blank.string[max(0, blank.start() - 1) : blank.start()], blank.string[blank.end() : blank.end() + 1]
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
