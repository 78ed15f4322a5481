"""Runs of letters on a page to its text in reading order: titles across columns, then column by column.

A region is cut where a white gutter goes through it from top to bottom (columns, left before right), or else
between rows into bands that have gutters of their own (a headline, the columns below it): recursive XY-cut
(Nagy and Seth 1984) that prefers gutters, so that lines of two columns never mix.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

_GUTTER = 0.8  # of a letter; blanks inside a line are up to one letter wide, but not one below the other
_LINES_BESIDE = 3  # lines on both sides that make so narrow a gap a gutter
_WIDE_GUTTER = 2.0
_HEADLINE, _TITLE = 1.4, 1.1  # size of a headline's letters, and of a heading's, to those of the text
_INDENT = 1.2
_DEEP_INDENT = 3.0
_LONGEST_HEADING = 30
_SHORT = 1.8
_HALF = 0.6
_FINAL = "。！？”’）"
_PITCH = 1.6
_BLANK = 0.4
_OFF_CENTRE = 0.05
_DEEPEST = 30

Gap = tuple[float, float]


class Run(NamedTuple):
    """Letters that stand together on a line; distances in points, from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def has_headline(page: Sequence[Run]) -> bool:
    """Return whether letters of a headline's size stand on the page, as on every page of a newspaper."""
    return bool(page) and max(run.size for run in page) >= _HEADLINE * _text_size(page)


def runs_to_text(page: Sequence[Run]) -> str:
    """Return the text of a page, a paragraph of one column a line.

    "# " stands before what has a headline's size, "## " before what is a little larger than the text.
    """
    size = _text_size(page)
    pieces: list[str] = []
    above: list[Run] = []
    for region in _regions(page, 0):
        lines = [_line(row) for row in _rows(region)]
        paragraphs = list(_paragraphs(lines, size))
        if above and _goes_on(above, lines, size):
            pieces[-1] += paragraphs.pop(0)
        pieces += paragraphs
        above = lines
    return "\n\n".join(pieces)


def _text_size(runs: Sequence[Run]) -> float:
    return median(itertools.chain.from_iterable([run.size] * len(run.text) for run in runs)) if runs else 0.0


# Regions


def _regions(runs: Sequence[Run], depth: int) -> Iterator[Sequence[Run]]:
    """Yield the regions of a page in reading order; none has columns."""
    columns = _columns(runs)
    if len(columns) > 1 and depth < _DEEPEST:
        for column in columns:
            yield from _regions(column, depth + 1)
        return
    plain: list[Run] = []
    bands = _bands(runs)
    for band in bands:
        if len(bands) == 1 or depth >= _DEEPEST or len(_columns(band)) == 1:
            plain += band
            continue
        if plain:
            yield plain
            plain = []
        yield from _regions(band, depth + 1)
    if plain:
        yield plain


def _columns(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs parted at the gutters that go through all of them."""
    size = _text_size(runs)
    edges = [gap for gap in _gaps([(r.left, r.right) for r in runs], _GUTTER * size) if _is_gutter(runs, gap, size)]
    columns: list[list[Run]] = [[] for _ in range(len(edges) + 1)]
    for run in runs:
        columns[sum(run.left >= end for _, end in edges)].append(run)
    return columns


def _is_gutter(runs: Sequence[Run], gap: Gap, size: float) -> bool:
    sides = [[r for r in runs if r.right <= gap[0]], [r for r in runs if r.left >= gap[1]]]
    lines = min(len(_rows(side)) for side in sides)
    return lines >= _LINES_BESIDE or (lines > 1 and gap[1] - gap[0] >= _WIDE_GUTTER * size)


def _gaps(intervals: Sequence[Gap], least: float) -> list[Gap]:
    """Return the gaps between intervals that are at least so wide."""
    found: list[Gap] = []
    reach: float | None = None
    for start, end in sorted(intervals):
        if reach is not None and start - reach >= least:
            found.append((reach, start))
        reach = end if reach is None else max(reach, end)
    return found


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs parted where white goes through from left to right."""
    rows: list[list[Run]] = []
    reach = 0.0
    for run in sorted(runs, key=lambda r: (r.top, r.left)):
        # Boxes of lines set close touch; a tenth of a letter of overlap parts them all the same.
        if rows and run.top < reach - run.size / 10:
            rows[-1].append(run)
        else:
            rows.append([run])
        reach = max(reach, run.bottom) if len(rows[-1]) > 1 else run.bottom
    return rows


def _bands(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs in bands from top to bottom: rows with a gutter in common, title rows each for themselves."""
    if not runs:
        return []
    size = _text_size(runs)
    left, right = min(r.left for r in runs), max(r.right for r in runs)
    bands: list[list[Run]] = []
    white: list[Gap] = []
    below_title = False
    for row in _rows(runs):
        below_title = _is_title_row(row, left, right, size, below_title)
        own = _gaps([(left - size, left), *((r.left, r.right) for r in row), (right, right + size)], _GUTTER * size)
        common = [gap for gap in _common(white, own, _GUTTER * size) if _parts([*bands[-1], *row], gap)]
        if common and not below_title:
            bands[-1] += row
            white = common
        else:
            bands.append(list(row))
            white = [] if below_title else own
    return bands


def _common(some: Sequence[Gap], others: Sequence[Gap], least: float) -> list[Gap]:
    both = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return [(start, end) for start, end in both if end - start >= least]


def _parts(runs: Sequence[Run], gap: Gap) -> bool:
    """Return whether text stands on both sides: the white of an indent has none to its left."""
    return any(r.right <= gap[0] for r in runs) and any(r.left >= gap[1] for r in runs)


def _is_title_row(row: Sequence[Run], left: float, right: float, size: float, below_title: bool) -> bool:
    """Return whether a row belongs to all columns: a wide or centred title, or a centred byline below one."""
    begin, end = min(r.left for r in row), max(r.right for r in row)
    centred = abs((begin + end) - (left + right)) / 2 <= _OFF_CENTRE * (right - left)
    if min(r.size for r in row) < _HEADLINE * size:
        return below_title and centred and begin - left > 2 * _OFF_CENTRE * (right - left)
    return centred or end - begin >= (right - left) / 2


# Paragraphs


def _goes_on(above: Sequence[Run], below: Sequence[Run], size: float) -> bool:
    """Return whether a column begins inside the paragraph that ends the one before it.

    Its first line is not indented where others are, and the line before fills its column.
    """
    last, first = above[-1], below[0]
    width, other = (max(r.right for r in lines) - min(r.left for r in lines) for lines in (above, below))
    alike = abs(width - other) <= _SHORT * size and not _mark(last, size) and not _mark(first, size)
    full = not _is_short(last, max(line.right for line in above))
    edges = [min(r.left for r in lines) for lines in (above, below)]
    indents = any(
        _is_indented(line, edge, size) for lines, edge in zip((above, below), edges, strict=True) for line in lines
    )
    return alike and full and indents and not _is_indented(first, edges[1], size)


def _is_indented(line: Run, left: float, size: float) -> bool:
    return line.left - left >= _INDENT * line.size and not _mark(line, size)


def _paragraphs(lines: Sequence[Run], size: float) -> Iterator[str]:
    """Yield the paragraphs and titles of a column's lines."""
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    pitch = median([b.top - a.top for a, b in itertools.pairwise(lines)] or [0.0])
    groups = [[lines[0]]]
    for above, line in itertools.pairwise(lines):
        if (
            _is_indented(line, left, size)
            or _mark(line, size) != _mark(above, size)
            or line.top - above.top > _PITCH * pitch
            or _ends_short(above, left, right)
            or _is_heading(above, line, right)
        ):
            groups.append([])
        groups[-1].append(line)
    for group, below in itertools.zip_longest(groups, groups[1:]):
        heading = below and len(group) == 1 and _stands_out(group[0], below[0], left, right, size)
        yield ("## " if heading else _mark(group[0], size)) + "".join(line.text for line in group)


def _stands_out(line: Run, below: Run, left: float, right: float, size: float) -> bool:
    """Return whether a short line is a heading in the text's own size: flush or centred above a paragraph's indent."""
    indent = line.left - left
    set_apart = indent < _INDENT * size or indent > _DEEP_INDENT * size
    above_text = _is_indented(below, left, size) and below.left - left <= _DEEP_INDENT * size
    title = 2 < len(line.text) <= _LONGEST_HEADING and line.text[-1] not in "。；，、：,;"
    return set_apart and above_text and title and _is_short(line, right) and not _mark(line, size)


def _ends_short(line: Run, left: float, right: float) -> bool:
    """Return whether a line ends a paragraph or is a heading; digits alone leave lines short that are not set even."""
    return _is_short(line, right) and (line.text[-1] in _FINAL or line.right - left < _HALF * (right - left))


def _is_heading(above: Run, line: Run, right: float) -> bool:
    """Return whether a short line goes on from nothing and ends nothing: "桥东建起议事亭" below "……件件有着落。"."""
    return _is_short(line, right) and above.text[-1] in _FINAL and line.text[-1] not in f"{_FINAL}；，、：,;"


def _is_short(line: Run, right: float) -> bool:
    return right - line.right >= _SHORT * line.size


def _line(row: Sequence[Run]) -> Run:
    """Return the runs of a row as one, a blank where they stand apart."""
    runs = sorted(row, key=lambda r: r.left)
    text = runs[0].text
    for before, run in itertools.pairwise(runs):
        text += (" " if run.left - before.right > _BLANK * run.size else "") + run.text
    return Run(
        text, runs[0].left, min(r.top for r in runs), max(r.right for r in runs), max(r.bottom for r in runs),
        _text_size(runs),
    )  # fmt: skip


def _mark(line: Run, size: float) -> str:
    if len(line.text) < 2:
        return ""
    return "# " if line.size >= _HEADLINE * size else "## " if line.size >= _TITLE * size else ""
