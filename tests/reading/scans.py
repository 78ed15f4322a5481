"""What printers and recognizers add to a page or take from it: furniture, noise, blanks, copies with errors."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.reading.layouts import columns
from tests.reading.simulate import Broken, Clean, Item


def folios(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Page furniture between the articles, titles over two lines."""
    broken = columns(articles, rng)
    items = [
        Item("noise", "澜江日报　2024年5月6日　星期一　第3版", -1),
        Item("noise", "责任编辑：言之序　版式：方圆", -1),
        *broken.items,
        Item("noise", "— 3 —", -1),
    ]
    return replace(broken, items=tuple(items), imprint=("澜江日报", "2024-05-06", "3"))


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


_FURNITURE = (
    "2024年5月6日　星期一　03版　要闻", "澜江日报", "03版", "— 3 —", "要闻", "责任编辑：言之序", "A03", "2024.5.6",
)  # fmt: skip
_NOISE = (
    "今日天气：多云转晴，18～26℃，东南风3级", "广告热线：0999-8888666", "扫码关注澜江日报微信公众号",
    "投稿邮箱：ljrb@example.cn",
    "责编/言之序　版式/方圆　校对/纪云帆", "（责任编辑：言之序　校对：方圆）", "编辑：言之序 校对：方圆",
    "（完）", "■版式 方圆",
    "扫描二维码　看更多精彩内容", "新闻热线 0999-12345678", "国内统一连续出版物号 CN 99-0001", "邮发代号：99-9",
    "往下看>>>",
    "官方网站：www.example.cn", "本报地址：桐江市河滨路9号", "定价：每份2元",
)  # fmt: skip


def running_heads(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Page numbers, running heads and dates in the middle of the text."""
    broken = columns(articles, rng)
    items = [Item("noise", "2024年5月6日　星期一　第3版　澜江日报", -1), *_strew(broken.items, _FURNITURE, rng)]
    return replace(broken, items=tuple(items), imprint=("澜江日报", "2024-05-06", "3"))


def noise_lines(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Advertisements, weather, addresses, credits between the pieces."""
    broken = columns(articles, rng)
    return replace(broken, items=tuple(_strew(broken.items, _NOISE, rng)))


def _strew(items: Sequence[Item], lines: Sequence[str], rng: random.Random) -> list[Item]:
    """Put three of the lines before paragraphs, by preference where one was cut."""
    places = [i for i, item in enumerate(items) if item.role == "paragraph" and i > 2]
    cut = [i for i in places if items[i].piece]
    chosen = (
        {rng.choice(cut or places) if rng.random() < 0.6 else rng.choice(places) for _ in range(3)} if places else ()
    )
    found: list[Item] = []
    for i, item in enumerate(items):
        if i in chosen:
            found.append(Item("noise", rng.choice(lines), -1))
        found.append(item)
    return found


def spaced(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """Blanks between letters: all of a stretch, or here and there."""

    def strew(text: str) -> str:
        if rng.random() < 0.2:
            return " ".join(text)
        return "".join(c + " " * (rng.random() < 0.05) for c in text)

    broken = columns(articles, rng)
    items = [replace(i, text=strew(i.text)) if i.role == "paragraph" else i for i in broken.items]
    return replace(broken, items=tuple(items))


def near_copies(articles: Sequence[Clean], rng: random.Random) -> Broken:
    """A piece printed again right below or two pieces later, a letter or two read otherwise."""
    broken = columns(articles, rng)
    items = list(broken.items)
    for _ in range(2):
        places = [i for i, item in enumerate(items) if item.role == "paragraph" and len(item.text) > 40]
        i = rng.choice(places)
        text = items[i].text
        at = rng.randint(8, len(text) - 8)
        wrong = text[:at] + rng.choice("曰己末士千") + text[at + rng.randint(0, 1) :]
        items.insert(min(len(items), i + rng.randint(1, 2)), replace(items[i], role="duplicate", text=wrong))
    return replace(broken, items=tuple(items))
