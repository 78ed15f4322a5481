"""Articles read through simplified characters, given back in the characters that the page prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from govnlp.lexicon.script import to_simplified
from govnlp.reading.blocks import clean_text, squash
from govnlp.records import Article, Locality, Section


def simplify_pages(text: str) -> str:
    """Return a text with its traditional pages in simplified characters, every character in its place."""
    return "\f".join(map(to_simplified, text.split("\f")))


def as_printed(articles: Sequence[Article], read: str, printed: str) -> list[Article]:
    """Return articles with the words of the printed text; places are named as their table names them.

    Args:
        articles: what was made of `read`.
        read: the text in simplified characters.
        printed: the same text as it stands in the source.
    """
    page = _Page(printed, squash(read), squash(printed))
    return [page.restore(article) for article in articles]


@dataclass(frozen=True)
class _Page:
    """A printed text, and both texts without blanks, in which titles and names are found."""

    text: str
    bare_read: str
    bare_printed: str

    def restore(self, article: Article) -> Article:
        return replace(
            article,
            headline=self.words(article.headline),
            kicker=self.words(article.kicker),
            newspaper=self.words(article.newspaper),
            locality=self.locality(article.locality),
            unit=self.words(article.unit),
            reporter=self.words(article.reporter, "、"),
            sections=tuple(map(self.section, article.sections)),
            captions=tuple(replace(c, text=clean_text(self.text, c.spans)) for c in article.captions),
        )

    def locality(self, locality: Locality | None) -> Locality | None:
        """Return a place that no table knows under its printed name."""
        if locality is None or locality.adcode or locality.candidates:
            return locality
        return replace(
            locality,
            name=self.word(locality.name),
            province=self.words(locality.province),
            city=self.words(locality.city),
            county=self.words(locality.county),
        )

    def section(self, section: Section) -> Section:
        paragraphs = (replace(p, text=clean_text(self.text, p.spans)) for p in section.paragraphs)
        return Section(self.words(section.heading), tuple(paragraphs))

    def words(self, value: str | None, between: str = " ") -> str | None:
        """Return words as printed where they first stand; those that stand nowhere, as they are."""
        return None if value is None else between.join(map(self.word, value.split(between)))

    def word(self, value: str) -> str:
        at = self.bare_read.find(value)
        return value if at < 0 else self.bare_printed[at : at + len(value)]
