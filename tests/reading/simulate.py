"""Break clean articles the way newspaper columns and scanners do.

A draft file holds articles: a line "@@@ name", header lines "key: value", an empty line, then one paragraph a line,
"# " before a heading and "[图] " before a caption.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
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
    imprint: tuple[str, str, str] | None = None

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
    """Yield the corpus's articles with a headline: those of odd number to work with, or those of even number.

    Broadcasts are left out: no newspaper page prints them.
    """
    for article in corpus_articles():
        if article["form"] == "broadcast" or int(article["id"].rpartition("-")[2]) % 2 == unseen:
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


def groups_of(articles: Sequence[Clean], rng: random.Random, size: int = 2) -> list[list[Clean]]:
    mixed = list(articles)
    rng.shuffle(mixed)
    return [mixed[i : i + size] for i in range(0, len(mixed) - size + 1, size)]


def flat(columns_: Iterable[Sequence[Item]]) -> list[Item]:
    return [item for column in columns_ for item in column]


def make_page(articles: Sequence[Clean], parts: Sequence[Sequence[Item]]) -> Broken:
    return Broken(tuple(flat(parts)), tuple(articles))
