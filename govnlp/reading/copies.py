"""Blocks and parts of blocks that the page prints twice: one stays, the others become duplicates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from govnlp.reading import ends
from govnlp.reading.blocks import Block, make_block, squash

_SHINGLE = 12
_MOST_PLACES = 20
_SHORTEST_COPY = 14
_SHORTEST_OVERLAP = 6
_LOOK_BACK = 4
_RUN = 5
_ALIKE = 0.65
_NUMBER = re.compile(r"\d+")
_SHORTEST_MISREAD = 24


def set_copies_apart(source: str, page: Sequence[Block]) -> tuple[list[Block], frozenset[int]]:
    """Return the page with copies marked duplicate, and the starts of the blocks that had a copy.

    A fused copy goes first ("……办结率98%。健全机制。……" where both halves stand elsewhere too), then whole copies,
    copies of a part, and last a beginning that repeats the end of the piece before it.
    """
    found, kept = list(page), set[int]()
    bare = [squash(b.text) if b.role in ("paragraph", "heading", "headline", "caption", "kicker") else "" for b in page]
    for mark in (_find_fused, _find_equal, _find_contained, _find_misread):
        texts = [text if found[i].role != "duplicate" else "" for i, text in enumerate(bare)]
        for copy, owner in mark(found, texts):
            found[copy] = found[copy].become("duplicate")
            kept.add(found[owner].start)
    return _trim_overlaps(source, found, kept), frozenset(kept)


def _find_fused(page: Sequence[Block], texts: list[str]) -> list[tuple[int, int]]:
    """Return blocks that are two or more other blocks written together."""
    whole: dict[str, int] = {}
    by_head: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        if len(text) >= _SHORTEST_OVERLAP and page[i].role == "paragraph":
            whole.setdefault(text, i)
            places = by_head.setdefault(text[:_SHORTEST_OVERLAP], [])
            if len(places) < _MOST_PLACES:
                places.append(i)
    pairs = []
    for i, text in enumerate(texts):
        if page[i].role != "paragraph":
            continue
        for j in by_head.get(text[:_SHORTEST_OVERLAP], ()):
            rest = text[len(texts[j]) :]
            if (
                j != i
                and rest
                and text.startswith(texts[j])
                and whole.get(rest, i) != i
                and len(rest) >= _SHORTEST_COPY
            ):
                pairs += [(i, j), (i, whole[rest])]
    return pairs


def _find_equal(page: Sequence[Block], texts: list[str]) -> list[tuple[int, int]]:
    first: dict[str, int] = {}
    pairs = []
    for i, text in enumerate(texts):
        owner = first.setdefault(text, i)
        # Two articles may both have the heading "主要做法", so a short one counts only right under its twin.
        if owner != i and (len(text) >= 10 or (len(text) >= 4 and owner == i - 1)):
            pairs.append((i, owner))
    return pairs


def _find_contained(page: Sequence[Block], texts: list[str]) -> list[tuple[int, int]]:
    """Return pieces that stand inside another block, or across the break between two."""
    starts, at = [], 0
    body = [text if page[i].role == "paragraph" else "" for i, text in enumerate(texts)]
    for text in body:
        starts.append(at)
        at += len(text)
    whole = "".join(body)
    places = _places_of({text[:_SHINGLE] for text in body if len(text) >= _SHORTEST_COPY}, whole)
    owners = _owners(body)
    pairs, gone = [], set[int]()
    for i, text in enumerate(body):
        if len(text) < _SHORTEST_COPY:
            continue
        for place in places.get(text[:_SHINGLE], ()):
            outside = not starts[i] - len(text) < place < starts[i] + len(text)
            if outside and owners[place] not in gone and whole.startswith(text, place):
                pairs.append((i, owners[place]))
                gone.add(i)
                break
    return pairs


def _find_misread(page: Sequence[Block], texts: list[str]) -> list[tuple[int, int]]:
    """Return pieces of which another block holds nearly every run of letters: copies that were read otherwise.

    "议事亭里坐满了人，……" and "议事亭里坐满了入，……" are one piece; of two as long the first stays. Two with other
    numbers are two: "一组入户走访，化解纠纷11件，……" and "二组入户走访，化解纠纷12件，……".
    """
    first: dict[str, int] = {}
    shared, sizes = Counter[tuple[int, int]](), Counter[int]()
    for i, text in enumerate(texts):
        if page[i].role != "paragraph" or len(text) < _SHORTEST_MISREAD:
            continue
        sizes[i] = len(text) - _RUN + 1
        for k in range(sizes[i]):
            if (owner := first.setdefault(text[k : k + _RUN], i)) != i:
                shared[owner, i] += 1
    pairs, gone = [], set[int]()
    for (above, below), common in sorted(shared.items()):
        copy, owner = (above, below) if sizes[below] > sizes[above] + 2 else (below, above)
        alike = common >= _ALIKE * sizes[copy] and set(_NUMBER.findall(texts[copy])) <= set(
            _NUMBER.findall(texts[owner])
        )
        if alike and not gone & {copy, owner}:
            pairs.append((copy, owner))
            gone.add(copy)
    return pairs


def _places_of(wanted: set[str], whole: str) -> dict[str, list[int]]:
    """Return where each of the beginnings stands in the text."""
    places: dict[str, list[int]] = {}
    for at in range(len(whole) - _SHINGLE + 1):
        shingle = whole[at : at + _SHINGLE]
        if shingle in wanted:
            known = places.setdefault(shingle, [])
            if len(known) < _MOST_PLACES:
                known.append(at)
    return places


def _owners(body: list[str]) -> list[int]:
    return [i for i, text in enumerate(body) for _ in text]


def _trim_overlaps(source: str, page: list[Block], kept: set[int]) -> list[Block]:
    """Cut the copy of an earlier tail off the beginning of a paragraph."""
    found: list[Block] = []
    before: list[Block] = []
    for block in page:
        length = (
            max((_overlap(above, block) for above in before[-_LOOK_BACK:]), default=0)
            if block.role == "paragraph"
            else 0
        )
        if length:
            edge = _offset(source, block, length)
            found.append(make_block(source, block.start, edge, block.gap).become("duplicate"))
            block = replace(make_block(source, edge, block.end), role=block.role)
            kept.add(block.start)
        found.append(block)
        if block.role == "paragraph":
            before.append(block)
    return found


def _overlap(above: Block, block: Block) -> int:
    """Return how many letters at the beginning of the block repeat the end of the one above."""
    upper, text = squash(above.text), squash(block.text)
    shortest = _SHORTEST_OVERLAP if ends.is_open(upper) else _SHORTEST_COPY
    place = upper.find(text[:shortest], max(0, len(upper) - len(text) + 1)) if len(text) > shortest else -1
    while place >= 0:
        if text.startswith(upper[place:]):
            return len(upper) - place
        place = upper.find(text[:shortest], place + 1)
    return 0


def _offset(source: str, block: Block, letters: int) -> int:
    """Return the offset in the source behind the first `letters` non-blank characters of the block."""
    for start, end in block.spans:
        for at in range(start, end):
            letters -= not source[at].isspace()
            if letters == 0:
                return at + 1
    return block.end
