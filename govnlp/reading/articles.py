"""A text to its articles, and to the role of each of its characters."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from govnlp.reading import cues, ends, imprint
from govnlp.reading.blocks import Block, clean_text, clean_title, iter_pages, squash
from govnlp.reading.continued import OpenEnds, Part, join_parts
from govnlp.reading.order import order_article
from govnlp.reading.page import Page, follow, lay_out
from govnlp.reading.printed import as_printed, simplify_pages
from govnlp.reading.source import read_source
from govnlp.records import (
    Article,
    Caption,
    Genre,
    Locality,
    PageRoles,
    Paragraph,
    Repair,
    Role,
    Section,
    Span,
    content_id,
)

_GARBLED = re.compile(
    r"[\ufffd\ue000-\uf8ff]|，，|。。|、、|[\u4e00-\u9fff、，]\s*\b(?:etc|and|the|of|or|to|in)\b\s*[\u4e00-\u9fff\d]"
)
_LEAD_FOR_PLACE = 1500


def read_file(path: str | Path, earlier: OpenEnds | None = None) -> list[Article]:
    """Return the articles of a page's file; see `read_text`."""
    return read_text(read_source(path), str(path), earlier)


def roles_of_file(path: str | Path) -> list[PageRoles]:
    """Return, for each page of a file, its decoded text and the role of each of its characters."""
    return read_page_roles(read_source(path), str(path))


def read_text(text: str, source: str = "", earlier: OpenEnds | None = None) -> list[Article]:
    """Return the articles of a text in page order, form feeds parting its pages.

    An article that goes on on another page of the text (下转第3版) is one article.

    A page that holds "桥东区：织密服务网", "■中共桥东区委组织部", "桥东区推动社区议事协" and "商会每月开一次。"
    gives one article with one paragraph, "桥东区推动社区议事协商会每月开一次。", repaired: split.

    Args:
        text: the decoded page or pages.
        source: the name of the file, written into the articles; date, newspaper and page may stand in it.
        earlier: what the files read before left unfinished; what continues one of them takes over its headline.
    """
    read = simplify_pages(text)
    parts = [p for start, end in iter_pages(read) for p in _page_parts(read, lay_out(read, start, end), source)]
    parts = join_parts(parts, read)
    articles = _with_ids([part.article for part in parts])
    if read != text:
        articles = as_printed(articles, read, text)
    return (earlier or OpenEnds()).link([replace(part, article=a) for part, a in zip(parts, articles, strict=True)])


def read_page_roles(text: str, source: str = "") -> list[PageRoles]:
    """Return for each page the role of every non-blank character, as spans of that page that do not overlap."""
    read = simplify_pages(text)
    return [PageRoles(source, text[start:end], _roles_of_page(read, start, end)) for start, end in iter_pages(read)]


def _roles_of_page(text: str, start: int, end: int) -> tuple[tuple[int, int, Role], ...]:
    roles = [role for block in lay_out(text, start, end).blocks for role in _block_roles(block)]
    return tuple((a - start, b - start, role) for a, b, role in roles)


def _block_roles(block: Block) -> list[tuple[int, int, Role]]:
    if block.role != "paragraph" or not block.cuts:
        return [(block.start, block.end, block.role)]
    marked: list[tuple[int, int, Role]] = [(a, b, "noise") for a, b in block.cuts]
    return sorted([*marked, *((a, b, block.role) for a, b in block.spans)])


def _page_parts(text: str, page: Page, source: str) -> list[Part]:
    printed = imprint.read_imprint(source, (b.text for b in page.blocks if b.role == "noise"))
    onward, back = _markers(page)
    articles = {k: _article(text, page, k, source, printed) for k in range(len(page.heads))}
    kept = {k: article for k, article in articles.items() if article is not None}
    settled = _with_places_settled(tuple(kept.values()), printed.newspaper)
    return [Part(one, onward.get(k), back.get(k), printed.page) for k, one in zip(kept, settled, strict=True)]


def _markers(page: Page) -> tuple[dict[int, str], dict[int, str]]:
    """Return for the articles that go on elsewhere their 下转, for those that come from elsewhere their 上接."""
    onward: dict[int, str] = {}
    back: dict[int, str] = {}
    for i, block in enumerate(page.blocks):
        if block.role != "marker":
            continue
        leads_away = cues.points_onward(block.text)
        article = _article_beside(page, i, -1 if leads_away else 1)
        if leads_away:
            onward[article] = block.text
        elif onward.pop(article, None) is None:
            # Behind its own 下转 an article has gone on on this page.
            back[article] = block.text
    return onward, back


def _article_beside(page: Page, i: int, step: int) -> int:
    """Return the article of the text next to a block, above it (step -1) or below."""
    for j in range(i, len(page.blocks) if step > 0 else -1, step):
        if page.blocks[j].role in ("paragraph", "heading", "headline"):
            return page.articles[j]
    return page.articles[i]


def _with_places_settled(articles: Sequence[Article], newspaper: str | None) -> list[Article]:
    """Let the newspaper's name and the other articles' places decide about a name that several places bear."""
    from govnlp.lexicon.places import settle_by_page

    found = []
    for article in articles:
        if article.locality and article.locality.candidates and not article.locality.adcode:
            others = [a.locality.name for a in articles if a.locality and a.locality.adcode]
            locality = settle_by_page(article.locality, [newspaper or "", *others])
            article = replace(article, locality=locality)
        found.append(article)
    return found


def _article(text: str, page: Page, k: int, source: str, printed: imprint.Imprint) -> Article | None:
    mine = [i for i, article in enumerate(page.articles) if article == k]
    if not any(page.blocks[i].role in ("paragraph", "headline", "caption") for i in mine):
        return None
    lines = {
        role: [clean_title(page.blocks[i].text) for i in mine if page.blocks[i].role == role]
        for role in ("kicker", "headline", "byline")
    }
    headline, kicker = " ".join(lines["headline"]) or None, " ".join(lines["kicker"]) or None
    sections = _sections(text, page, order_article(page.blocks, mine, page.heads[k], page.links))
    body = [p.text for s in sections for p in s.paragraphs]
    unit = imprint.find_unit(lines["byline"])
    first, last = (body[0], body[-1]) if body else ("", "")
    captions = tuple(
        Caption(clean_text(text, page.blocks[i].spans), page.blocks[i].spans)
        for i in mine
        if page.blocks[i].role == "caption"
    )
    named, locality = _locality(headline, kicker, lines["byline"], body, captions)
    genre: Genre = "report"
    if headline or kicker:
        titles = [*lines["kicker"], *lines["headline"]]
        genre = imprint.find_genre(titles, lines["byline"], body, named, unit is not None)
    return Article(
        id="",
        source=source,
        genre=genre,
        headline=headline,
        kicker=kicker,
        date=imprint.dispatch_date(first, printed.date[:4] if printed.date else None) or printed.date,
        newspaper=printed.newspaper,
        page=printed.page,
        locality=None if genre == "commentary" else locality,
        unit=unit,
        reporter=imprint.find_reporter(lines["byline"], first, last),
        sections=tuple(sections),
        captions=captions,
    )


def _locality(
    headline: str | None, kicker: str | None, bylines: Sequence[str], body: Sequence[str], captions: Sequence[Caption]
) -> tuple[bool, Locality | None]:
    """Return whether the title lines name a place, and the place of the article."""
    from govnlp.lexicon.places import locate, locate_in_article

    lead = "\n".join([*body, *(c.text for c in captions)])[:_LEAD_FOR_PLACE]
    kicker = squash(kicker or "") or None
    named = locate((kicker or "") + (headline or "")) is not None
    return named, locate_in_article(headline, kicker, " ".join(bylines) or None, lead)


def _sections(text: str, page: Page, order: Sequence[tuple[int, bool]]) -> list[Section]:
    """Return headings with their paragraphs, in reading order; ids come later."""
    found: list[tuple[str | None, list[Paragraph]]] = [(None, [])]
    continued = set(page.links.values())
    for i, moved in order:
        block = page.blocks[i]
        if block.role == "heading":
            found.append((clean_title(block.text), []))
        elif i not in continued:
            found[-1][1].append(_paragraph(text, page, i, moved))
    return [Section(heading, tuple(paragraphs)) for heading, paragraphs in found if heading or paragraphs]


def _paragraph(text: str, page: Page, first: int, moved: bool) -> Paragraph:
    chain = follow(page.links, first)
    spans: tuple[Span, ...] = tuple(span for i in chain for span in page.blocks[i].spans)
    whole = clean_text(text, spans)
    repairs: dict[Repair, bool] = {
        "split": len(chain) > 1,
        "repeated": any(page.blocks[i].start in page.repeated for i in chain),
        "displaced": moved or any(not _stand_together(page, a, b) for a, b in itertools.pairwise(chain)),
        "incomplete": ends.is_open(whole) or ends.fragment_cost(whole) >= 2.5,
        "garbled": _GARBLED.search(whole) is not None,
    }
    return Paragraph("", whole, spans, tuple(name for name, done in repairs.items() if done))


def _stand_together(page: Page, upper: int, lower: int) -> bool:
    """Return whether no text, heading or picture stands between two pieces."""
    return lower > upper and all(page.blocks[i].role in ("duplicate", "noise") for i in range(upper + 1, lower))


def _with_ids(articles: Sequence[Article]) -> list[Article]:
    """Name the articles of one text by their content, and those that are the same id, id-2, id-3."""
    seen = Counter[str]()
    found = []
    for article in articles:
        name = content_id(article.headline, (p.text for p in article.paragraphs))
        seen[name] += 1
        if seen[name] > 1:
            name = f"{name}-{seen[name]}"
        found.append(replace(article, id=name, sections=_with_paragraph_ids(article.sections, name)))
    return found


def _with_paragraph_ids(sections: Sequence[Section], article: str) -> tuple[Section, ...]:
    found, n = [], 0
    for section in sections:
        paragraphs = tuple(replace(p, id=f"{article}-p{n + m}") for m, p in enumerate(section.paragraphs, 1))
        n += len(paragraphs)
        found.append(replace(section, paragraphs=paragraphs))
    return tuple(found)
