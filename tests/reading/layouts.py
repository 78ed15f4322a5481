"""Pages laid out as newspapers do: columns, wrapped lines, articles inside each other, copies, lost columns."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.reading.simulate import (
    WHOLE,
    Broken,
    Clean,
    Item,
    body_items,
    cut_columns,
    flat,
    head_items,
    make_page,
)


def plain(articles: Sequence[Clean], rng: random.Random) -> Broken:
    return make_page(articles, [[*head_items(a, n, rng), *body_items(a, n)] for n, a in enumerate(articles)])


def columns(articles: Sequence[Clean], rng: random.Random) -> Broken:
    parts = [[*head_items(a, n, rng), *flat(cut_columns(body_items(a, n), rng))] for n, a in enumerate(articles)]
    return make_page(articles, parts)


def wrapped(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Lines of a fixed width, paragraphs indented by two full-width blanks, nothing else between them."""
    width, items = rng.randint(16, 30), []
    for n, a in enumerate(articles):
        for item in [*head_items(a, n, rng), *body_items(a, n)]:
            if item.role != "paragraph":
                items.append(item)
                continue
            text = "　　" + item.text
            lines = "\n".join(text[i : i + width] for i in range(0, len(text), width))
            items.append(replace(item, text=lines, blanks=0 if items and items[-1].role == "paragraph" else 1))
    return Broken(tuple(items), tuple(articles))


def displaced(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Captions and headings printed between the halves of a cut paragraph."""
    parts = []
    for n, a in enumerate(articles):
        body = body_items(a, n)
        captions = [i for i in body if i.role == "caption"] or [_made_caption(a, n, rng)]
        cut = cut_columns([i for i in body if i.role != "caption"], rng)
        items = flat(cut)
        for caption in captions:
            items.insert(rng.choice(_breaks(items) or [len(items)]), caption)
        parts.append([*head_items(a, n, rng), *_move_headings(items, rng)])
    made = [i for part in parts for i in part if i.role == "caption"]
    return make_page(
        [
            replace(
                a,
                body=(
                    *(b for b in a.body if b[0] != "caption"),
                    *(("caption", i.text) for i in made if i.article == n),
                ),
            )
            for n, a in enumerate(articles)
        ],
        parts,
    )


def interleaved(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Two articles side by side, read column by column across both."""
    cut = [cut_columns(body_items(a, n), rng, 350, 700) for n, a in enumerate(articles)]
    items = [i for n, a in enumerate(articles) for i in (*head_items(a, n, rng), *cut[n][0])]
    rest = [c[1:] for c in cut]
    while any(rest):
        for waiting in rest:
            take = min(len(waiting), rng.randint(1, 2))
            items += flat(waiting[:take])
            del waiting[:take]
    return Broken(tuple(items), tuple(articles))


def headline_late(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """The last article's later columns stand inside or above the page's other article, its headline below."""
    *others, last = articles
    n = len(others)
    cut = cut_columns(body_items(last, n), rng)
    at = rng.randint(1, max(1, len(cut) - 1))
    first = [[*head_items(a, k, rng), *body_items(a, k)] for k, a in enumerate(others)]
    host = first[-1]
    ends = [i for i, item in enumerate(host) if i > 3 and item.role == "heading"] or [len(host)]
    place = rng.choice(ends)
    first[-1] = [*host[:place], *flat(cut[at:]), *host[place:]]
    return make_page(articles, [*first, [*head_items(last, n, rng), *flat(cut[:at])]])


def continued(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Like headline_late, with （下转…版） and （上接…版） at the break."""
    *others, last = articles
    n = len(others)
    cut = cut_columns(body_items(last, n), rng)
    at = rng.randint(1, max(1, len(cut) - 1))
    sheet = rng.choice(("A0", "B1", "第", "", "C"))
    above = [Item("marker", f"（上接{sheet}{rng.randint(2, 8)}版）", -1), *flat(cut[at:])]
    below = [*head_items(last, n, rng), *flat(cut[:at]), Item("marker", f"（下转{sheet}{rng.randint(2, 8)}版）", -1)]
    first = [[*head_items(a, k, rng), *body_items(a, k)] for k, a in enumerate(others)]
    if len(cut) <= at:
        above, below = [], below[:-1]
    if rng.random() < 0.5:
        return make_page(articles, [*first, [*above], below])
    return make_page(articles, [below, *first, above])


def repeated(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Blocks printed twice, alone, fused with the next, or overlapping at the break."""
    parts = []
    for n, a in enumerate(articles):
        items = [*head_items(a, n, rng), *flat(cut_columns(body_items(a, n), rng))]
        for _ in range(2):
            spots = [
                i
                for i, item in enumerate(items[:-1])
                if item.role == "paragraph" == items[i + 1].role and len(item.text) > 20
            ]
            if spots:
                items = _repeat(items, rng.choice(spots), rng)
        parts.append(items)
    return make_page(articles, parts)


def _repeat(items: list[Item], i: int, rng: random.Random) -> list[Item]:
    kind, item = rng.choice(("block", "far", "fused", "overlap")), items[i]
    copy = replace(item, role="duplicate")
    if kind == "block":
        return [*items[: i + 1], copy, *items[i + 1 :]]
    if kind == "far":
        at = min(len(items), i + 3)
        return [*items[:at], copy, *items[at:]]
    if kind == "fused":
        return [*items[: i + 1], replace(copy, text=item.text + items[i + 1].text), *items[i + 1 :]]
    tail = item.text[-rng.randint(15, 30) :]
    return [*items[: i + 1], replace(items[i + 1], text=tail + items[i + 1].text), *items[i + 2 :]]


def missing(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """A column is lost: pieces stay whose other half is nowhere."""
    parts, lost = [], set[tuple[int, int]]()
    for n, a in enumerate(articles):
        cut = cut_columns(body_items(a, n), rng)
        if len(cut) > 3:
            gone = cut.pop(rng.randint(1, len(cut) - 2))
            lost |= {(n, item.paragraph) for item in gone if item.role == "paragraph"}
            lost |= {(n, WHOLE)}
        parts.append([*head_items(a, n, rng), *flat(cut)])
    broken = make_page(articles, parts)
    return replace(broken, lost=frozenset(lost))


def markdown(articles: Sequence[Clean], rng: random.Random) -> Broken:
    broken = columns(articles, rng)
    marks = {"headline": "# ", "heading": "## "}
    return replace(broken, items=tuple(replace(i, mark=marks.get(i.role, "")) for i in broken.items))


def _breaks(items: Sequence[Item]) -> list[int]:
    return [i for i in range(1, len(items)) if items[i].piece]


def _move_headings(items: list[Item], rng: random.Random) -> list[Item]:
    """Put some headings between the halves of the paragraph above them."""
    found = list(items)
    for i in range(2, len(found)):
        if (
            found[i].role == "heading"
            and found[i - 1].piece
            and found[i - 2].role == "paragraph"
            and rng.random() < 0.5
        ):
            found[i - 1], found[i] = found[i], found[i - 1]
    return found


def _made_caption(article: Clean, n: int, rng: random.Random) -> Item:
    place = article.kicker.rstrip("：") or "松原省临江市桥东区"
    deed = rng.choice(("志愿者为独居老人检修水电", "居民在凉亭里商量停车的事", "社区开展邻里百家宴活动"))
    return Item("caption", f"{place}{deed}。{rng.choice(('图为活动现场。', '', '言之序摄'))}", n, blanks=3)


def double_spaced(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Every printed line of a narrow column is a line of the file, an empty line below each."""
    width, items = rng.randint(14, 24), []
    for n, a in enumerate(articles):
        for item in [*head_items(a, n, rng), *body_items(a, n)]:
            if item.role == "paragraph":
                text = "　　" + item.text
                item = replace(item, text="\n\n".join(text[i : i + width] for i in range(0, len(text), width)))
            items.append(item)
    return Broken(tuple(items), tuple(articles))


def right_to_left(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """An article's columns read from the right: the last column stands first."""
    parts = []
    for n, a in enumerate(articles):
        cut = cut_columns(body_items(a, n), rng, 300, 700)
        parts.append([*head_items(a, n, rng), *flat(cut[::-1] if len(cut) < 4 else [*cut[:-3], *cut[:-4:-1]])])
    return make_page(articles, parts)
