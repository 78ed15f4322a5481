"""Break clean articles the way newspaper columns and scanners do.

A draft file holds articles: a line "@@@ name", header lines "key: value", an empty line, then one paragraph a line,
"# " before a heading and "[图] " before a caption.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from govnlp.labelled.paragraphs import corpus_articles
from govnlp.lexicon.gazetteer import divisions

# In Broken.lost, instead of the number of a paragraph: something of the article is missing.
WHOLE = -2


@dataclass(frozen=True)
class Clean:
    """An article as its author wrote it; the body holds (role, text) in reading order."""

    name: str
    headline: str
    kicker: str = ""
    unit: str = ""
    reporter: str = ""
    genre: str = "report"
    body: tuple[tuple[str, str], ...] = ()
    place: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """A line of the broken page: its role, the article and paragraph that it comes from, which piece it is."""

    role: str
    text: str
    article: int
    paragraph: int = -1
    piece: int = 0
    blanks: int = 1
    mark: str = ""


@dataclass(frozen=True)
class Broken:
    """A broken page and what it was made from."""

    items: tuple[Item, ...]
    articles: tuple[Clean, ...]
    lost: frozenset[tuple[int, int]] = frozenset()

    @property
    def text(self) -> str:
        return "".join("\n" * (item.blanks + 1) + item.mark + item.text for item in self.items)


def parse_drafts(text: str) -> Iterator[Clean]:
    """Yield the articles of a draft file."""
    for part in re.split(r"^@@@ ", text, flags=re.M)[1:]:
        name, _, rest = part.partition("\n")
        head, _, body = rest.partition("\n\n")
        keys = dict(re.findall(r"^(\w+): *(.*)$", head, re.M))
        lines = [line.strip() for line in body.splitlines() if line.strip()]
        if "headline" in keys and lines:
            yield Clean(
                name.strip(),
                keys["headline"].strip(),
                *(keys.get(k, "").strip() for k in ("kicker", "unit", "reporter", "genre")),
                tuple(map(_role_of, lines)),
            )


def read_corpus(unseen: bool) -> Iterator[Clean]:
    """Yield the corpus's articles with a headline: those of odd number to work with, or those of even number."""
    for article in corpus_articles():
        if int(article["id"].rpartition("-")[2]) % 2 == unseen:
            continue
        place = article["locality"] or {}
        yield Clean(
            article["id"],
            article["headline"],
            *(article[key] or "" for key in ("kicker", "unit", "reporter", "genre")),
            tuple(_corpus_body(article)),
            tuple(place[key] for key in ("province", "city", "county") if place.get(key)),
        )


def _corpus_body(article: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for section in article["sections"]:
        if section["heading"]:
            yield "heading", section["heading"]
        yield from (("paragraph", p["text"]) for p in section["paragraphs"])
    yield from (("caption", caption["text"]) for caption in article["captions"])


def move(article: Clean, rng: random.Random) -> Clean:
    """Return the article as told of a real place of the same levels, in memory only: invented names are swapped."""
    chains = [chain for chain in _real_chains() if len(chain) == len(article.place)]
    if not chains:
        return article
    new = rng.choice(chains)

    def swap(text: str) -> str:
        for old, name in zip(article.place, new, strict=True):
            text = text.replace(old, name)
        return text

    return replace(
        article,
        **{key: swap(getattr(article, key)) for key in ("headline", "kicker", "unit")},
        body=tuple((role, swap(text)) for role, text in article.body),
        place=new,
    )


@cache
def _real_chains() -> tuple[tuple[str, ...], ...]:
    """Return all units of the table as chains of names: (辽宁省, 大连市, 西岗区)."""
    found = []
    for code, division in divisions().items():
        above = [divisions()[c].name for c in (code[:2] + "0000", code[:4] + "00") if c != code and c in divisions()]
        if code < "700000":  # Taiwan, Hong Kong and Macao are divided otherwise
            found.append((*above, division.name))
    return tuple(found)


def _role_of(line: str) -> tuple[str, str]:
    if line.startswith("#"):
        return "heading", line.lstrip("# ")
    return ("caption", line[3:].strip()) if line.startswith("[图]") else ("paragraph", line)


# Printing


def head_items(article: Clean, n: int, rng: random.Random) -> list[Item]:
    """Return kicker, headline and signature, the kicker on a line of its own or not."""
    found = []
    if article.kicker and article.kicker.endswith("：") and rng.random() < 0.5:
        found = [Item("headline", article.kicker + article.headline, n)]
    else:
        found = [Item("kicker", article.kicker, n)] if article.kicker else []
        found.append(Item("headline", article.headline, n))
    if article.unit:
        found.append(Item("byline", f"■{article.unit}", n))
    elif article.reporter:
        found.append(Item("byline", f"本报记者 {article.reporter.replace('、', ' ')}", n))
    return found


def body_items(article: Clean, n: int) -> list[Item]:
    found, count = [], 0
    for role, text in article.body:
        found.append(Item(role, text, n, count if role == "paragraph" else -1, blanks=3 if role == "caption" else 1))
        count += role == "paragraph"
    return found


def cut_columns(items: Sequence[Item], rng: random.Random, shortest: int = 180, longest: int = 450) -> list[list[Item]]:
    """Return the body in columns; where one is full in the middle of a paragraph, the paragraph is cut."""
    columns: list[list[Item]] = [[]]
    room = rng.randint(shortest, longest)
    for item in items:
        while item.role == "paragraph" and len(item.text) > room and (at := cut_place(item.text, room, rng)):
            columns[-1].append(replace(item, text=item.text[:at].rstrip()))
            item = replace(item, text=item.text[at:].lstrip(), piece=item.piece + 1)
            columns.append([])
            room = rng.randint(shortest, longest)
        columns[-1].append(item)
        room -= len(item.text)
        if room < 25:
            columns.append([])
            room = rng.randint(shortest, longest)
    return [column for column in columns if column]


def cut_place(text: str, room: int, rng: random.Random) -> int:
    """Return where the paragraph is cut, never behind a full stop, where nobody could tell."""
    for at in range(max(2, room), min(len(text) - 2, room + 40)):
        if text[at - 1] not in "。！？”）；" and text[at] not in "。！？，、；：”） ":
            return at
    return 0


# Kinds of damage: each takes articles and returns a broken page


def plain(articles: Sequence[Clean], rng: random.Random) -> Broken:
    return _pages(articles, [[*head_items(a, n, rng), *body_items(a, n)] for n, a in enumerate(articles)])


def columns(articles: Sequence[Clean], rng: random.Random) -> Broken:
    parts = [[*head_items(a, n, rng), *_flat(cut_columns(body_items(a, n), rng))] for n, a in enumerate(articles)]
    return _pages(articles, parts)


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
        flat = _flat(cut)
        for caption in captions:
            flat.insert(rng.choice(_breaks(flat) or [len(flat)]), caption)
        parts.append([*head_items(a, n, rng), *_move_headings(flat, rng)])
    made = [i for part in parts for i in part if i.role == "caption"]
    return _pages(
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
            items += _flat(waiting[:take])
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
    first[-1] = [*host[:place], *_flat(cut[at:]), *host[place:]]
    return _pages(articles, [*first, [*head_items(last, n, rng), *_flat(cut[:at])]])


def continued(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Like headline_late, with （下转…版） and （上接…版） at the break."""
    *others, last = articles
    n = len(others)
    cut = cut_columns(body_items(last, n), rng)
    at = rng.randint(1, max(1, len(cut) - 1))
    sheet = rng.choice(("A0", "B1", "第", "", "C"))
    above = [Item("marker", f"（上接{sheet}{rng.randint(2, 8)}版）", -1), *_flat(cut[at:])]
    below = [*head_items(last, n, rng), *_flat(cut[:at]), Item("marker", f"（下转{sheet}{rng.randint(2, 8)}版）", -1)]
    first = [[*head_items(a, k, rng), *body_items(a, k)] for k, a in enumerate(others)]
    if len(cut) <= at:
        above, below = [], below[:-1]
    if rng.random() < 0.5:
        return _pages(articles, [*first, [*above], below])
    return _pages(articles, [below, *first, above])


def repeated(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Blocks printed twice, alone, fused with the next, or overlapping at the break."""
    parts = []
    for n, a in enumerate(articles):
        items = [*head_items(a, n, rng), *_flat(cut_columns(body_items(a, n), rng))]
        for _ in range(2):
            spots = [
                i
                for i, item in enumerate(items[:-1])
                if item.role == "paragraph" == items[i + 1].role and len(item.text) > 20
            ]
            if spots:
                items = _repeat(items, rng.choice(spots), rng)
        parts.append(items)
    return _pages(articles, parts)


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
        parts.append([*head_items(a, n, rng), *_flat(cut)])
    broken = _pages(articles, parts)
    return replace(broken, lost=frozenset(lost))


def markdown(articles: Sequence[Clean], rng: random.Random) -> Broken:
    broken = columns(articles, rng)
    marks = {"headline": "# ", "heading": "## "}
    return replace(broken, items=tuple(replace(i, mark=marks.get(i.role, "")) for i in broken.items))


def folios(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Page furniture between the articles, titles over two lines."""
    broken = columns(articles, rng)
    items = [
        Item("noise", "澜江日报　2024年5月6日　星期一　第3版", -1),
        Item("noise", "责任编辑：言之序　版式：方圆", -1),
        *broken.items,
        Item("noise", "— 3 —", -1),
    ]
    return replace(broken, items=tuple(items))


def noisy(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """The scanner drops, doubles and inserts: what is printed is the truth, since nothing is corrected."""
    return columns([_with_texts(a, lambda text: _misread(text, rng)) for a in articles], rng)


def half_width(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Commas, colons, semicolons and brackets of half width, as recognizers print them."""
    table = str.maketrans("，：；（）", ",:;()")
    return columns([_with_texts(a, lambda text: text.translate(table)) for a in articles], rng)


def _with_texts(article: Clean, change: Callable[[str], str]) -> Clean:
    body = tuple((role, change(text) if role == "paragraph" else text) for role, text in article.body)
    return replace(article, body=body)


def _misread(text: str, rng: random.Random) -> str:
    if len(text) < 60 or rng.random() < 0.5:
        return text
    at = rng.randint(20, len(text) - 20)
    before, after = text[:at], text[at:]
    return rng.choice((before + after[1:], before + before[-1] + after, f"{before} etc {after}", f"{before}·{after}"))


KINDS: dict[str, Callable[[Sequence[Clean], random.Random], Broken]] = {
    f.__name__: f
    for f in (
        plain,
        columns,
        wrapped,
        displaced,
        interleaved,
        headline_late,
        continued,
        repeated,
        missing,
        markdown,
        folios,
        noisy,
        half_width,
    )
}


def _flat(columns_: Iterable[Sequence[Item]]) -> list[Item]:
    return [item for column in columns_ for item in column]


def _pages(articles: Sequence[Clean], parts: Sequence[Sequence[Item]]) -> Broken:
    return Broken(tuple(_flat(parts)), tuple(articles))


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


def groups_of(articles: Sequence[Clean], rng: random.Random, size: int = 2) -> list[list[Clean]]:
    mixed = list(articles)
    rng.shuffle(mixed)
    return [mixed[i : i + size] for i in range(0, len(mixed) - size + 1, size)]
