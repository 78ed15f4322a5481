"""Articles that go on on another page: 下转第3版 there, 上接第1版 here.

Within one source text both parts become one article, its spans counting in that text. A part in another file stays an
article of its own, since spans count in one source: it takes over what its beginning prints (headline, place,
signature), and the paragraph that was cut is marked incomplete in both. Files are linked in the order of the call, a
beginning before its continuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from govnlp.reading import ends
from govnlp.reading.blocks import clean_text, squash
from govnlp.records import REPAIRS, Article, Paragraph, Repair, Section

_NUMBER = re.compile(r"([A-Z]?)0*(\d{1,3}|[一二三四五六七八九十]{1,3})")
_DIGITS = "零一二三四五六七八九"
_TITLE = re.compile(r"版[^\w]*(\w.+?)[^\w]*$")
_ENOUGH = 3.0
_A_PIECE = 2.5  # the cost from which on a text is taken for a piece of a paragraph
_SHARED_TITLE = 4  # letters of a headline that its continuation repeats, at least


@dataclass(frozen=True)
class Part:
    """An article of one page, and the markers that lead from it and to it.

    Attributes:
        article: what stands on the page.
        onward: （下转第3版） at its end.
        back: （上接第1版） at its beginning.
        last_page: the page that it ends on.
    """

    article: Article
    onward: str | None = None
    back: str | None = None
    last_page: str | None = None


class OpenEnds:
    """The beginnings that earlier files of one call left open; one object a call."""

    def __init__(self) -> None:
        self._open: list[Part] = []

    def link(self, parts: Sequence[Part]) -> list[Article]:
        """Return the articles of the next file; what continues an earlier one takes over what that one prints."""
        return [self._link(part) for part in parts]

    def _link(self, part: Part) -> Article:
        above = _best(self._open, part)
        article = part.article
        if above is not None:
            self._open.remove(above)
            article = _take_over(above.article, article)
        if part.back and (above is None or _seam(above.article, article) > 0):
            article = _mark_begun_elsewhere(article)
        if part.onward:
            self._open.append(replace(part, article=article))
        return article


def join_parts(parts: Sequence[Part], text: str) -> list[Part]:
    """Return the parts of one source text, those of one article as one.

    Args:
        parts: the articles of all pages, in page order.
        text: what their spans count in.
    """
    found: list[Part] = []
    for part in parts:
        above = _best(found, part)
        if above is None:
            found.append(part)
        else:
            whole = _joined(above.article, part.article, text)
            found[found.index(above)] = replace(part, article=whole, back=above.back)
    return found


def _best(above: Iterable[Part], part: Part) -> Part | None:
    """Return the beginning that a part continues best, None where the evidence is too weak."""
    if part.back is None and part.article.headline is not None:
        return None
    scored = [(score, one) for one in above if one.onward and (score := _evidence(one, part)) >= _ENOUGH]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _evidence(above: Part, below: Part) -> float:
    """Return how much speaks for one article: page numbers, newspaper and date, titles, the broken sentence, the place.

    "（下转第3版）" on page 1 and "（上接第1版）" on page 3 are enough; without page numbers a sentence that goes on
    and the name of the place are.
    """
    first, second = above.article, below.article
    score = 0.0
    for said, is_ in ((above.onward, second.page), (below.back, above.last_page)):
        if said and is_ and _page(said) and _page(is_):
            score += 2 if _page(said) == _page(is_) else -8
    for one, other in ((first.newspaper, second.newspaper), (first.date, second.date)):
        score += 0 if not one or not other else 0.5 if one == other else -1.5
    title = squash("".join(_TITLE.findall(below.back or "")) + (second.headline or ""))
    if title:
        score += 2 if _shares_run(title, squash(first.headline or ""), _SHARED_TITLE) else -2
    place = (first.locality.county or first.locality.city or "") if first.locality else ""
    score += bool(place) and any(place[:-1] in p.text for p in second.paragraphs)
    return score + _seam(first, second)


def _page(text: str) -> str | None:
    """Return the page that a marker or an imprint names: "（下转A03版）" → "A3", "第三版" → "3"."""
    found = _NUMBER.search(unicodedata.normalize("NFKC", text).upper())
    if not found:
        return None
    tens, _, ones = found[2].rpartition("十")
    if "十" in found[2]:
        return f"{found[1]}{(_DIGITS.find(tens) if tens else 1) * 10 + (_DIGITS.find(ones) if ones else 0)}"
    return found[1] + "".join(str(_DIGITS.index(c)) if c in _DIGITS else c for c in found[2])


def _shares_run(text: str, other: str, length: int) -> bool:
    length = min(length, len(text), len(other)) or 1
    return any(text[i : i + length] in other for i in range(len(text) - length + 1))


def _seam(first: Article, second: Article) -> float:
    """Return what the broken sentence says for it: "推动社区议事协" and "商会每月开一次。" 2, whole ones 0."""
    if not first.paragraphs or not second.paragraphs:
        return 0
    begins_inside = ends.fragment_cost(second.paragraphs[0].text) >= _A_PIECE
    if ends.is_open(first.paragraphs[-1].text):
        return 2 if begins_inside else 1
    return -1 if begins_inside else 0


def _joined(first: Article, second: Article, text: str) -> Article:
    sections = list(first.sections)
    rest = list(second.sections)
    if rest and rest[0].heading is None and sections:
        last = sections[-1]
        seam = _seam(first, second)
        paragraphs = [*last.paragraphs, *rest.pop(0).paragraphs]
        cut = len(last.paragraphs)
        if seam > 0 and cut:
            paragraphs[cut - 1 : cut + 1] = [_whole(paragraphs[cut - 1], paragraphs[cut], text)]
        sections[-1] = Section(last.heading, tuple(paragraphs))
    return replace(
        first,
        unit=first.unit or second.unit,
        reporter=first.reporter or second.reporter,
        sections=(*sections, *rest),
        captions=first.captions + second.captions,
    )


def _whole(upper: Paragraph, lower: Paragraph, text: str) -> Paragraph:
    spans = upper.spans + lower.spans
    whole = clean_text(text, spans)
    kept = {*upper.repairs, *lower.repairs, "split", "displaced"} - {"incomplete"}
    if ends.is_open(whole):
        kept.add("incomplete")
    return Paragraph("", whole, spans, _in_order(kept))


def _mark_begun_elsewhere(article: Article) -> Article:
    """Mark the first paragraph below 上接 as a piece; one that breaks off at its end is known by its letters."""
    if not article.sections or not article.sections[0].paragraphs:
        return article
    first = article.sections[0]
    piece = replace(first.paragraphs[0], repairs=_in_order({*first.paragraphs[0].repairs, "incomplete"}))
    begun = replace(first, paragraphs=(piece, *first.paragraphs[1:]))
    return replace(article, sections=(begun, *article.sections[1:]))


def _in_order(repairs: Collection[str]) -> tuple[Repair, ...]:
    return tuple(name for name in REPAIRS if name in repairs)


def _take_over(first: Article, second: Article) -> Article:
    """Return a continuation in another file with what its beginning prints."""
    return replace(
        second,
        genre=first.genre,
        headline=second.headline or first.headline,
        kicker=second.kicker or first.kicker,
        date=second.date or first.date,
        newspaper=second.newspaper or first.newspaper,
        locality=first.locality or second.locality,
        unit=second.unit or first.unit,
        reporter=second.reporter or first.reporter,
    )
