"""What each block of a page is: headline, kicker, byline, heading, paragraph, caption, marker or noise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from govnlp.reading import cues, ends
from govnlp.reading.blocks import Block, make_block, squash

_SLOGANS = re.compile(rf"[{cues.HAN}”’》！？]{{3,}}\s+[“‘《]?[{cues.HAN}“]{{3,}}")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[）)]?[、.．]|第[一二三四五六七八九十][、，：\s]")
_FIRM = frozenset(("noise", "marker", "byline", "kicker", "caption"))
_LONGEST_CAPTION = 90
_HEAD_ROLES = frozenset(("kicker", "headline", "byline", "heading"))


def assign_roles(source: str, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with their roles, in the same order; markers inside a line become blocks of their own.

    Args:
        source: the page's text.
        blocks: what `split_blocks` made of it.
    """
    page = [_firm_role(part) for block in blocks for part in _separate(source, block)]
    page = _find_titles(page)
    page = _find_captions(page)
    return _find_headlines(page)


def _separate(source: str, block: Block) -> list[Block]:
    """Cut markers, and a ■ signature behind a headline, off the line that they stand in."""
    places = [m.span() for m in cues.MARKER.finditer(source, block.start, block.end)]
    if not places and len(block.text) <= 90 and "■" in block.text[1:]:
        at = source.index("■", block.start + 1)
        return [make_block(source, block.start, at, block.gap), make_block(source, at, block.end)]
    edges = sorted({block.start, block.end, *(edge for place in places for edge in place)})
    parts = [make_block(source, a, b) for a, b in zip(edges, edges[1:], strict=False) if source[a:b].strip()]
    return [replace(parts[0], gap=block.gap), *parts[1:]] if len(parts) > 1 else [block]


def _firm_role(block: Block) -> Block:
    """Give the roles that a line's own letters settle."""
    text = block.text
    if cues.is_marker(text):
        return block.become("marker")
    if not block.level and cues.is_folio(text) or not text:
        return block.become("noise")
    if cues.is_kicker(text):
        return block.become("kicker")
    if cues.is_byline(text):
        return block.become("byline")
    if cues.is_credit(text) or cues.says_caption(text) and text.count("。") <= 3:
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
    score = _form_score(block.text, text, slogan_page)
    before, after = _neighbour(page, i, -1), _neighbour(page, i, 1)
    if before is None or page[before].role == "kicker":
        score += 3
    if after is None:
        return score - 1
    if page[after].role == "byline":
        return score + 3
    if candidates[after]:
        return score - (1.5 if _has_slogans(page[after].text) and not _has_slogans(block.text) else 0)
    return score + _score_before_text(page, before, text, page[after].text)


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
    closed = before is None or page[before].role != "paragraph" or not ends.is_open(page[before].text)
    return 1.0 if closed and cost <= 0.5 else 0.0


def _neighbour(page: Sequence[Block], i: int, step: int) -> int | None:
    """Return the next block in one direction that is neither noise nor caption nor marker."""
    i += step
    while 0 <= i < len(page):
        if page[i].role not in ("noise", "caption", "marker"):
            return i
        i += step
    return None


# Captions


def _find_captions(page: list[Block]) -> list[Block]:
    usual = _usual_gap(page)
    return [
        b.become("caption") if b.role == "paragraph" and _caption_score(page, i, usual) >= 3 else b for i, b in enumerate(page)
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
    before, after = _neighbour(page, i, -1), _neighbour(page, i, 1)
    if before is not None and page[before].role == "heading" and block.gap <= usual:
        score -= 1.5
    if ends.is_open(bare) or ends.fragment_cost(bare) >= 2.5:
        score -= 3
    if score >= 2 and before is not None and after is not None and _breaks_into(page[before], page[after]):
        score += 1
    return score


def _place_depth(bare: str) -> int:
    found = cues.PLACE_CHAIN.match(bare)
    return sum(found[0].count(c) for c in "省市区县旗州镇乡") + found[0].count("街道") + found[0].count("社区") if found else 0


def _breaks_into(above: Block, below: Block) -> bool:
    return (
        above.role == below.role == "paragraph" and ends.is_open(above.text) and not ends.fragment_cost(below.text) < 0
    )


# Headlines


def _find_headlines(page: list[Block]) -> list[Block]:
    """Decide which groups of title lines head an article, and which line of the group is what."""
    found, i = list(page), 0
    deepest = _top_level(page)
    while i < len(page):
        if page[i].role not in _HEAD_ROLES:
            i += 1
            continue
        group = [i]
        while (after := _neighbour(page, group[-1], 1)) is not None and page[after].role in _HEAD_ROLES:
            if page[after].role == "kicker" and any(page[j].role in ("heading", "byline") for j in group):
                break
            group.append(after)
        for j, block in _name_group(page, group, deepest):
            found[j] = block
        i = group[-1] + 1
    return found


def _top_level(page: Sequence[Block]) -> int:
    """Return the # level that headlines have: 1, or the highest where the page has several."""
    levels = sorted({b.level for b in page if b.level})
    return levels[0] if len(levels) > 1 or levels == [1] else 0


def _name_group(page: list[Block], group: list[int], top: int) -> list[tuple[int, Block]]:
    """Return the blocks of a group of title lines whose role changes: names sign, titles become the headline."""
    named = {j: page[j].become("byline") for j in group if page[j].role == "heading" and _signs(page, group, j)}
    roles = {j: named.get(j, page[j]).role for j in group}
    titles = [j for j in group if roles[j] == "heading"]
    bylines = [j for j in group if roles[j] == "byline"]
    main = _main_title(page, group, roles, titles, bylines, top)
    if main is not None:
        last = _last_headline(page, titles, main, [j for j in bylines if j > main])
        named.update((j, page[j].become("headline")) for j in titles if main <= j <= last)
    return list(named.items())


def _signs(page: list[Block], group: list[int], j: int) -> bool:
    """Return whether a line of names signs: it follows a title, or ends an article before the next headline."""
    return not page[j].level and cues.is_names(page[j].text) and (j != group[0] or _follows_text(page, j))


def _follows_text(page: list[Block], j: int) -> bool:
    before = _neighbour(page, j, -1)
    return before is not None and page[before].role == "paragraph"


def _main_title(
    page: list[Block], group: list[int], roles: dict[int, str], titles: list[int], bylines: list[int], top: int
) -> int | None:
    """Return the title line where the headline begins, or None when the group only heads a section."""
    for j in titles:
        if cues.is_place_headline(page[j].text) or top and page[j].level == top:
            return j
    if not titles:
        return None
    kickers = [j for j in group if roles[j] == "kicker"]
    if kickers:
        return next((j for j in titles if j > kickers[-1]), titles[0])
    if any(j > titles[0] for j in bylines) or bylines and _follows_text(page, group[0]):
        # A signature under the last paragraph ends an article, so the title below it begins another.
        return titles[0]
    opens_page = _neighbour(page, group[0], -1) is None and not any(b.role == "marker" for b in page[: group[0]])
    below = _neighbour(page, group[-1], 1)
    dispatched = below is not None and cues.DISPATCH.match(page[below].text) is not None
    if opens_page and not top or dispatched:
        return titles[0]
    return titles[0] if below is not None and _turns_elsewhere(page, titles[0], below) else None


def _turns_elsewhere(page: list[Block], title: int, below: int) -> bool:
    """Return whether title or lead name a place that the text above does not know: another article begins.

    Below three paragraphs on 桥东区: "板凳议事有商量" and "清晨，松原省临江市青石县的集市上……".
    """
    above = _neighbour(page, title, -1)
    if above is None or page[above].role != "paragraph" or ends.fragment_cost(page[below].text) >= 2:
        return False
    begins = next((i for i in range(title - 1, -1, -1) if page[i].level == 1 or page[i].role == "kicker"), 0)
    known = "\n".join(b.text for b in page[begins:title])
    coming = "\n".join(b.text for b in page[below : below + 5])
    spelled = cues.full_places(page[title].text) + cues.full_places(page[below].text[:90])
    named = [name for name in cues.title_places(page[title].text) if name in coming]
    named += [name for name in cues.counties(page[below].text[:90]) if coming.count(name) >= 3]
    return any(name not in known for name in spelled + named)


def _last_headline(page: list[Block], titles: list[int], main: int, bylines: list[int]) -> int:
    """Return the last line of the headline: all lines down to the signature, else the first and its ——subtitle."""
    if bylines:
        return max(j for j in titles if j < bylines[0])
    last = main
    for j in titles:
        if j > main and (page[j].text.startswith(("—", "──", "－－")) or page[main].level and page[j].level == page[main].level):
            last = j
    return last
