"""A brief held against its sources: every figure, number and quotation of it stands there, or is named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from govnlp.errors import UsageError
from govnlp.records import Article, Unsupported
from govnlp.summarizing.support import Told, bears_out, is_verbatim, nearest, told_in

Line = tuple[int, str]

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~])")
_HEADING = re.compile(r"#{1,6}\s+")
# "- ", "3. ", "（二）": what a list sets before its lines; 来源：page-3.txt names a file.
_LIST_MARK = re.compile(r"\s*(?:[-*•]\s+|\d{1,2}[.、．]\s*|[（(][\d一二三四五六七八九十]{1,3}[）)])")
_ORIGIN = re.compile("来源：\\S*")
_QUOTED = re.compile("“([^“”]+)”")
# A year, a date, an ordinal, a code: no figure, yet printed in digits.
_NUMBER = re.compile(r"(?<![\d.])\d++(?:\.\d++)?")


@dataclass(frozen=True)
class _Source:
    """One article: its texts, and what is looked up in them."""

    name: str
    headline: str
    texts: tuple[str, ...]

    @cached_property
    def told(self) -> list[Told]:
        return told_in(self.texts)

    @cached_property
    def plain(self) -> str:
        return "\n".join(map(_plain, self.texts))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(number for text in self.texts for number in _numbers(text))


def verify(brief: str | Iterable[Line], sources: Article | Sequence[Article]) -> list[Unsupported]:
    """Return what a brief says and its sources do not: figures, numbers and quotations, each with its line.

    A figure stands in a source when value and unit do (1.1万 is 11000, 三千多 is 3000余), its hedge points the same
    way, and no other amount stands in the words around it. Under a heading that is an article's headline, that article
    is asked first; what only another one says is named too.

    Args:
        brief: the text of a brief, plain or Markdown, or its lines with their numbers.
        sources: the articles that it was made from.

    Raises:
        UsageError: there is no source, or one is no Article.

    >>> from govnlp.reading import read_text
    >>> articles = read_text("青桐区：划好小网格\\n\\n全区划分网格482个，配备专职网格员665人。")
    >>> verify("- 全区划分网格482个。", articles)
    []
    >>> verify("- 全区划分网格428个。", articles)[0].text
    '428个'
    """
    articles = [sources] if isinstance(sources, Article) else list(sources)
    if not articles or not all(isinstance(article, Article) for article in articles):
        raise UsageError("verify needs the articles that the brief was made from; `govnlp.read` gives them")
    everything = [_source(article) for article in articles]
    lines = enumerate(brief.splitlines(), 1) if isinstance(brief, str) else brief
    return [finding for number, line, own in _with_scope(lines, everything) for finding in _check(number, line, own, everything)]


def _source(article: Article) -> _Source:
    headings = [section.heading for section in article.sections]
    titles = [article.headline, article.kicker, article.date, *headings]
    texts = [*titles, *(p.text for p in article.paragraphs), *(c.text for c in article.captions)]
    headline = article.headline or ""
    name = headline or article.source or article.id
    return _Source(name, _plain(headline), tuple(text for text in texts if text))


def _with_scope(lines: Iterable[Line], sources: Sequence[_Source]) -> Iterator[tuple[int, str, list[_Source]]]:
    """Yield the lines as they are read, each with the articles of the headline that it stands under (none: all)."""
    own: list[_Source] = []
    for number, line in lines:
        text = _ESCAPED.sub(r"\1", line)
        heading = _HEADING.match(text)
        if heading:
            text = text[heading.end() :]
            own = [source for source in sources if source.headline and source.headline == _plain(text)]
        yield number, _ORIGIN.sub("", text[_mark_end(text) :]), own or list(sources)


def _mark_end(text: str) -> int:
    mark = _LIST_MARK.match(text)
    return mark.end() if mark else 0


def _check(number: int, line: str, own: Sequence[_Source], everything: Sequence[_Source]) -> Iterator[Unsupported]:
    claims = told_in([line])
    for claim in claims:
        if not _supported(claim, own):
            yield Unsupported(number, claim.figure.text, "figure", _why_not(claim, own, everything))
    for printed in _numbers(_without_figures(line, claims)):
        if not any(printed in source.numbers for source in own):
            yield Unsupported(number, printed, "number", _elsewhere(own, everything, lambda s: printed in s.numbers))
    for quoted in _QUOTED.findall(line):
        words = _plain(quoted)
        if not any(words in source.plain for source in own):
            reason = _elsewhere(own, everything, lambda s: words in s.plain)
            yield Unsupported(number, f"“{quoted}”", "quotation", reason)


def _elsewhere(own: Sequence[_Source], everything: Sequence[_Source], has: Callable[[_Source], bool]) -> str:
    """Say where else something stands that the articles asked first do not have."""
    other = next((source.name for source in everything if source not in own and has(source)), None)
    return f"stands in {other}, not here" if other else "stands in no source"


def _supported(claim: Told, sources: Sequence[_Source]) -> bool:
    if any(is_verbatim(claim, text) for source in sources for text in source.texts):
        return True
    return bears_out(claim, [told for source in sources for told in source.told])


def _without_figures(line: str, claims: Sequence[Told]) -> str:
    for claim in reversed(claims):
        line = f"{line[: claim.figure.start]}、{line[claim.figure.end :]}"
    return line


def _why_not(claim: Told, own: Sequence[_Source], everything: Sequence[_Source]) -> str:
    meant = nearest(claim, [told for source in own for told in source.told])
    if meant:
        return f"the source has {meant.figure.text} in these words"
    return _elsewhere(own, everything, lambda source: bears_out(claim, source.told))


def _numbers(text: str) -> list[str]:
    """Return the numbers of a text, each with the character behind it: 2023年, 12月, 3号."""
    plain = _plain(text)
    return [plain[found.start() : found.end() + 1].rstrip("，。、；：！？”）,.") for found in _NUMBER.finditer(plain)]


def _plain(text: str) -> str:
    """Return text in one width and without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())
