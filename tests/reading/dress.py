"""How articles are dressed: titles over two lines, signatures below, bullets, numbers, briefs in a row, one unit."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.reading.layouts import columns
from tests.reading.simulate import Broken, Clean, Item, body_items, cut_columns, flat, head_items, make_page

_NUMBERS = "一二三四五六七八九十"


def two_line_titles(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Headlines and headings of two slogans printed over two lines."""
    broken = columns(articles, rng)
    items: list[Item] = []
    for item in broken.items:
        halves = item.text.split(" ", 1) if item.role in ("headline", "heading") else [item.text]
        # One slogan a line stands close together, unlike paragraphs.
        items.append(replace(item, text="\n".join(halves)))
    return replace(broken, items=tuple(items))


def signed_below(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """The signature stands under the text, in brackets."""
    parts = []
    for n, a in enumerate(articles):
        head = [item for item in head_items(a, n, rng) if item.role != "byline"]
        signature = []
        if a.unit:
            signature = [Item("byline", rng.choice((f"（作者单位：{a.unit}）", f"（{a.unit}供稿）", f"■{a.unit}")), n)]
        elif a.reporter:
            names = a.reporter.replace("、", " ")
            signature = [Item("byline", rng.choice((f"（本报记者 {names}）", f"（记者 {names}）")), n)]
        parts.append([*head, *flat(cut_columns(body_items(a, n), rng)), *signature])
    return make_page(articles, parts)


def bullets(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Signs before paragraphs or before headings, one kind an article; they are printed, so they stay."""

    def dress(article: Clean) -> Clean:
        role, sign = rng.choice((("paragraph", "●"), ("paragraph", "◆"), ("heading", "●"), ("heading", "▲")))
        return replace(article, body=tuple((r, sign + t if r == role else t) for r, t in article.body))

    return columns([dress(a) for a in articles], rng)


def numbered(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Headings with numbers: 一、 or （一） or 1."""

    def dress(article: Clean) -> Clean:
        shape, count, body = rng.choice(("{}、", "（{}）", "{}. ")), 0, []
        for role, text in article.body:
            if role == "heading" and text[0] not in "一二三四五六七八九十（第0123456789" and count < 10:
                text = shape.format(_NUMBERS[count] if "." not in shape else count + 1) + text
                count += 1
            body.append((role, text))
        return replace(article, body=tuple(body))

    return columns([dress(a) for a in articles], rng)


def briefs(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Short news one below the other under the name of their column."""
    parts = [[*head_items(a, n, rng), *body_items(a, n)] for n, a in enumerate(articles)]
    if rng.random() < 0.5:
        parts = [[Item("kicker", rng.choice(("【简讯】", "要闻", "快讯")), -1)], *parts]
    return make_page(articles, parts)


def one_unit(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Both articles come from the place and the unit of the first."""
    first = articles[0]
    if not first.unit:
        return columns(articles, rng)
    told = [a if len(a.place) != len(first.place) else _told_of(a, first) for a in articles]
    return columns(told, rng)


def _told_of(article: Clean, other: Clean) -> Clean:
    def swap(text: str) -> str:
        for old, new in zip(article.place, other.place, strict=True):
            text = text.replace(old, new)
        return text

    return replace(
        article,
        headline=swap(article.headline),
        kicker=swap(article.kicker),
        unit=other.unit if article.unit else "",
        body=tuple((role, swap(text)) for role, text in article.body),
        place=other.place,
    )
