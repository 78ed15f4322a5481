"""A brief held against its sources: every figure, number, quotation and title of it stands there, or is named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import methodcaller

from govnlp.errors import UsageError
from govnlp.records import Article, Unsupported
from govnlp.summarizing.support import Told, bears_out, elsewhere, is_verbatim, nearest, nearly, told_in

Line = tuple[int, str]

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~])")
_HEADING = re.compile(r"#{1,6}\s+")
# "## ", "- ", "3. ", "（二）" set before a line
_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|[-*•]\s+|\d{1,2}(?:[、．]|\.(?!\d))\s*|[（(][\d一二三四五六七八九十]{1,3}[）)])")
_ORIGIN = re.compile("来源：.*")  # 来源：《小网格连着大民生》，page-3.txt，a1-p3: where a line comes from
# Words that a brief says are somebody's: “树荫议事”, and the title of a document, 《关于划好网格的意见》.
_QUOTED = re.compile("“[^“”]+”|《[^《》]+》")
_TITLE_ENDS = "》〉”"
# A year, a date, an ordinal, a code: no figure, yet printed in digits.
_NUMBER = re.compile(r"(?<![\d.])\d++(?:\.\d++)?")


@dataclass(frozen=True)
class _Source:
    """One article: what it is called, its texts (a paragraph's with its id), and what is looked up in it."""

    name: str
    file: str
    titles: frozenset[str]
    texts: tuple[tuple[str, str | None], ...]

    @cached_property
    def text(self) -> str:
        return "\n".join(text for text, _ in self.texts)

    @cached_property
    def told(self) -> list[Told]:
        return [told for text, id in self.texts for line in text.split("\n") for told in told_in(line, id)]

    @cached_property
    def plain(self) -> str:
        return _plain(self.text)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(number for line in self.text.split("\n") for number in _numbers(line))

    def has_number(self, printed: str) -> bool:
        return printed in self.numbers

    def has_words(self, quoted: str) -> bool:
        """Tell whether quoted words stand here; those of a title as the end of one, the headline included."""
        words = _plain(quoted[1:-1])
        if quoted[0] == "“":
            return words in self.plain
        printed = any(f"{words}{mark}" in self.plain for mark in _TITLE_ENDS)
        return printed or any(title.endswith(words) for title in self.titles)

    def has_figure(self, claim: Told) -> bool:
        return is_verbatim(claim, self.text) or bears_out(claim, self.told)


def verify(brief: str | Iterable[Line], sources: Article | Sequence[Article]) -> list[Unsupported]:
    r"""Return what a brief says and its sources do not: figures, numbers, quotations and titles, each with its line.

    A figure stands in a source when value and unit do (1.1万 is 11000, 三千多 is 3000余), its hedge points the same
    way, and no other amount stands in the words around it. Under a heading that is an article's headline or place, that
    article is asked; what only another one says is named as such. The reason says what was found: where the amount
    stands in other words, or what amount stands in these; "stands in no source" only where no such amount is there.

    Args:
        brief: the text of a brief, plain or Markdown, or its lines with their numbers.
        sources: the articles that it was made from.

    Raises:
        UsageError: there is no source, or one is no Article.

    >>> from govnlp.reading import read_text
    >>> articles = read_text("青桐区：划好小网格\n\n全区划分网格482个，配备专职巡查员668人。")
    >>> verify("- 全区划分网格482个。", articles)
    []
    >>> verify("- 全区划分网格428个。", articles)[0].text
    '428个'
    """
    articles = [sources] if isinstance(sources, Article) else list(sources)
    if not articles or not all(isinstance(article, Article) for article in articles):
        raise UsageError("verify needs the articles that the brief was made from; `govnlp.read` gives them")
    everything = [_source(article) for article in articles]
    return [
        finding
        for number, line, own in _with_scope(_lines(brief), everything)
        for finding in _check(number, line, own, everything)
    ]


def count_claims(brief: str | Iterable[Line]) -> tuple[int, int]:
    """Return how many figures and other numbers, and how many quotations and titles, `verify` looks up of a brief.

    >>> count_claims("- 2023年起推行“树荫议事”，划分网格482个。")
    (2, 1)
    """
    texts = [text for _, text, _ in _with_scope(_lines(brief), ())]
    claims = [(text, told_in(text)) for text in texts]
    figures = sum(len(told) + len(_numbers(_without_figures(text, told))) for text, told in claims)
    return figures, sum(len(_QUOTED.findall(text)) for text in texts)


def _lines(brief: str | Iterable[Line]) -> Iterable[Line]:
    return enumerate(brief.splitlines(), 1) if isinstance(brief, str) else brief


def _source(article: Article) -> _Source:
    place = article.locality.name if article.locality else None
    around = [article.headline, article.kicker, article.date, *(section.heading for section in article.sections)]
    around += [caption.text for caption in article.captions]
    return _Source(
        name=article.headline or article.source or article.id,
        file=article.source or article.headline or article.id,
        titles=frozenset(_plain(title) for title in (article.headline, place) if title),
        texts=(*((text, None) for text in around if text), *((p.text, p.id) for p in article.paragraphs)),
    )


def _with_scope(lines: Iterable[Line], sources: Sequence[_Source]) -> Iterator[tuple[int, str, list[_Source]]]:
    """Yield the lines as they are read, each with the articles whose title it stands under (none: all)."""
    own: list[_Source] = []
    for number, line in lines:
        text = _ESCAPED.sub(r"\1", line)
        heading = _HEADING.match(text)
        if heading:
            title = _plain(text[heading.end() :])
            own = [source for source in sources if title in source.titles]
        yield number, _ORIGIN.sub("", _MARKS.sub("", text)), own or list(sources)


def _check(number: int, line: str, own: Sequence[_Source], everything: Sequence[_Source]) -> Iterator[Unsupported]:
    others = [source for source in everything if source not in own]
    claims = told_in(line)
    for claim in claims:
        if reason := _why_no_figure(claim, own, others):
            yield Unsupported(number, claim.figure.text, "figure", reason)
    for printed in _numbers(_without_figures(line, claims)):
        if reason := _why_not(methodcaller("has_number", printed), own, others):
            yield Unsupported(number, printed, "number", reason)
    for quoted in _QUOTED.findall(line):
        if reason := _why_not(methodcaller("has_words", quoted), own, others):
            yield Unsupported(number, quoted, "quotation", reason)


def _why_no_figure(claim: Told, own: Sequence[_Source], others: Sequence[_Source]) -> str | None:
    """Say what was found instead: the amount in other words, these words with another amount, or neither."""
    told = [figure for source in own for figure in source.told]
    if any(is_verbatim(claim, source.text) for source in own) or bears_out(claim, told):
        return None
    if place := _place(elsewhere, claim, own):
        return place
    if meant := nearest(claim, told):
        return f"the source has {_with_change(meant)} in these words"
    if other := next((source for source in others if source.has_figure(claim)), None):
        return f"stands in {other.name}, not here"
    return _place(elsewhere, claim, others) or _place(nearly, claim, [*own, *others]) or "stands in no source"


def _place(find: Callable[[Told, Sequence[Told]], Told | None], claim: Told, sources: Sequence[_Source]) -> str | None:
    """Say where the first of the sources that has the figure has it."""
    for source in sources:
        if found := find(claim, source.told):
            paragraph = f", paragraph {found.figure.id}" if found.figure.id else ""
            return f"not in these words; {_with_change(found)} stands at {source.file}{paragraph}"
    return None


def _with_change(told: Told) -> str:
    """Return a figure as printed, what it changed from behind it: 5项 (from 26)."""
    return told.figure.text if told.figure.from_ is None else f"{told.figure.text} (from {told.figure.from_:g})"


def _why_not(has: Callable[[_Source], bool], own: Sequence[_Source], others: Sequence[_Source]) -> str | None:
    """Say that something stands in no source, or only in another; None where one of the articles asked has it."""
    if any(map(has, own)):
        return None
    other = next(filter(has, others), None)
    return f"stands in {other.name}, not here" if other else "stands in no source"


def _without_figures(line: str, claims: Sequence[Told]) -> str:
    for claim in reversed(claims):
        line = f"{line[: claim.figure.start]}、{line[claim.figure.end :]}"
    return line


def _numbers(text: str) -> list[str]:
    """Return the numbers of a text, each with the character behind it: 2023年, 12月, 3号."""
    plain = _plain(text)
    return [plain[found.start() : found.end() + 1].rstrip("，。、；：！？”）,.") for found in _NUMBER.finditer(plain)]


def _plain(text: str) -> str:
    """Return text in one width and without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())
