"""What each block of a page is: headline, kicker, byline, heading, paragraph, caption, marker or noise."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from govnlp.reading import cues, ends
from govnlp.reading.blocks import Block, make_block, squash
from govnlp.reading.headlines import find_headlines, neighbour
from govnlp.reading.letters import reads_on

_SLOGANS = re.compile(rf"[{cues.HAN}”’》！？]{{3,}}\s+[“‘《]?[{cues.HAN}“]{{3,}}")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[）)]?[、.．]|第[一二三四五六七八九十][、，：\s]")
_LETTERS = re.compile(r"\w+")
_LONGEST_CAPTION = 90
_TWIN_REACH = 60
_READS_ON = 3.0


def assign_roles(source: str, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with their roles, in the same order; markers inside a line become blocks of their own.

    Args:
        source: the page's text.
        blocks: what `split_blocks` made of it.
    """
    page = [_firm_role(part) for block in blocks for part in _separate(source, block)]
    page = _find_titles(page)
    page = _find_captions(page)
    return find_headlines(page)


def _separate(source: str, block: Block) -> list[Block]:
    """Cut markers, and a ■ signature behind a headline, off the line that they stand in."""
    places = [m.span() for m in cues.MARKER.finditer(source, block.start, block.end)]
    if not places and len(block.text) <= 90 and "■" in block.text[1:]:
        at = source.index("■", block.start + 1)
        return [make_block(source, block.start, at, block.gap), make_block(source, at, block.end)]
    edges = sorted({block.start, block.end, *(edge for place in places for edge in place)})
    parts = [make_block(source, a, b) for a, b in itertools.pairwise(edges) if source[a:b].strip()]
    return [replace(parts[0], gap=block.gap), *parts[1:]] if len(parts) > 1 else [block]


def _firm_role(block: Block) -> Block:
    """Give the roles that a line's own letters settle."""
    text = block.text
    if cues.is_marker(text):
        return block.become("marker")
    if (not block.level and cues.is_folio(text)) or not text:
        return block.become("noise")
    if cues.is_kicker(text):
        return block.become("kicker")
    if cues.is_byline(text):
        return block.become("byline")
    if cues.is_credit(text) or (cues.says_caption(text) and text.count("。") <= 3):
        return block.become("caption")
    return block


# Titles


def _find_titles(page: list[Block]) -> list[Block]:
    """Mark the blocks that are headlines or headings as headings; which of them are headlines comes later."""
    candidates = [b.role == "paragraph" and (cues.looks_like_title(b.text) or _is_marked(b)) for b in page]
    slogans = [_has_slogans(b.text) for b, title in zip(page, candidates, strict=True) if title]
    slogan_page = len(slogans) >= 3 and sum(slogans) * 2 > len(slogans)
    found = list(page)
    for i, block in enumerate(page):
        if candidates[i] and _title_score(page, candidates, i, slogan_page) > -1:
            found[i] = block.become("heading")
    return found


def _is_marked(block: Block) -> bool:
    return (block.level > 0 or block.bold) and len(block.text) <= 60 and not block.text.endswith("。")


def _has_slogans(text: str) -> bool:
    return _SLOGANS.search(text) is not None


def _title_score(page: list[Block], candidates: list[bool], i: int, slogan_page: bool) -> float:
    """Return the evidence that a short line is a title and no piece of a paragraph.

    "健全机制，提升治" before "理效能。街道……" is a piece, "建好阵地 兜住民心" before "桥东区坚持……" a heading.
    """
    block, text = page[i], squash(page[i].text)
    if _is_marked(block) or cues.is_place_headline(block.text):
        return 4.0
    score = _form_score(block.text, text, slogan_page) + 3 * _has_twin(page, candidates, i)
    before, after = neighbour(page, i, -1), neighbour(page, i, 1)
    if before is None or page[before].role == "kicker":
        score += 3
    if after is None:
        return score - 1
    if page[after].role == "byline":
        return score + 3
    if candidates[after]:
        return score - (1.5 if _has_slogans(page[after].text) and not _has_slogans(block.text) else 0)
    return score + _score_before_text(page, before, text, page[after].text)


def _has_twin(page: list[Block], candidates: list[bool], i: int) -> bool:
    """Return whether another short line is built like this one: "让闲置房有用处" and "让独居者有依靠"."""
    text = squash(page[i].text)
    twins = {
        squash(page[j].text)
        for j in range(max(0, i - _TWIN_REACH), min(len(page), i + _TWIN_REACH))
        if candidates[j] and j != i
    }
    return any(_built_alike(text, twin) for twin in twins - {text})


def _built_alike(text: str, twin: str) -> bool:
    """Return whether marks stand at the same places, or the same letters do: "建组织、强纽带" and "引项目、富产业"."""
    shape = _shape_of(text)
    if len(shape) > 3 and shape == _shape_of(twin):
        return True
    return abs(len(twin) - len(text)) <= 2 and sum(map(str.__eq__, twin, text)) >= max(2, len(text) // 3)


def _shape_of(bare: str) -> str:
    """Return the marks of a line and how many letters stand between them: "建组织、强纽带" is "3、3"."""
    return _LETTERS.sub(lambda run: str(len(run[0])), bare)


def _form_score(text: str, bare: str, slogan_page: bool) -> float:
    score = 0.5 if len(bare) <= 24 else 0.0
    if _has_slogans(text):
        score += 2
    elif slogan_page:
        score -= 0.5
    if "，" in bare:
        halves = {len(half) for half in bare.split("，")}
        score -= 0 if len(halves) == 1 else 1
    score += (bare[-1] in "！？") + 2 * (_NUMBERED.match(bare) is not None)
    score -= "、" in bare and not _has_slogans(text)
    return score - (0 if ends.ends_like_title(bare) else 3)


def _score_before_text(page: list[Block], before: int | None, bare: str, below: str) -> float:
    cost = ends.fragment_cost(below)
    if cost >= 2.5:
        return -2 - 1.5 * bool(ends.crossing_word(bare, below))
    if reads_on(bare, below) >= _READS_ON:
        # "礁石区按照海域把渔船编成船队，由老", below "船长担任组长，……": short, and yet a piece.
        return -2.0
    closed = before is None or page[before].role != "paragraph" or not ends.is_open(page[before].text)
    return 1.0 if closed and cost <= 0.5 else 0.0


# Captions


def _find_captions(page: list[Block]) -> list[Block]:
    usual = _usual_gap(page)
    return [
        b.become("caption") if b.role == "paragraph" and _caption_score(page, i, usual) >= 3 else b
        for i, b in enumerate(page)
    ]


def _usual_gap(page: Sequence[Block]) -> int:
    gaps = sorted(b.gap for b in page[1:])
    return gaps[len(gaps) // 2] if gaps else 0


def _caption_score(page: list[Block], i: int, usual: int) -> float:
    """Return the evidence that a sentence stands under a picture.

    Set apart by empty lines, one sentence that shows a scene at a full place: "某省临江市桥东区举办邻里节活动。"
    """
    block = page[i]
    bare = squash(block.text)
    if not 8 <= len(bare) <= _LONGEST_CAPTION or "。" in bare[:-1]:
        return 0.0
    score = 2.0 * (block.gap > usual and block.gap >= 2)
    score += 1.0 + (_place_depth(bare) >= 2) + (_place_depth(bare) >= 3) * 0.5 + cues.shows_scene(bare)
    before, after = neighbour(page, i, -1), neighbour(page, i, 1)
    if before is not None and page[before].role == "heading" and block.gap <= usual:
        score -= 1.5
    if ends.is_open(bare) or ends.fragment_cost(bare) >= 2.5:
        score -= 3
    if score >= 2 and before is not None and after is not None and _breaks_into(page[before], page[after]):
        score += 1
    return score


def _place_depth(bare: str) -> int:
    found = cues.PLACE_CHAIN.match(bare)
    return (
        sum(found[0].count(c) for c in "省市区县旗州镇乡") + found[0].count("街道") + found[0].count("社区")
        if found
        else 0
    )


def _breaks_into(above: Block, below: Block) -> bool:
    return (
        above.role == below.role == "paragraph" and ends.is_open(above.text) and not ends.fragment_cost(below.text) < 0
    )
