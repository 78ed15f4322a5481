"""A web page to text: imprint, headline, byline and body; menus, scripts, advertisements and comments left out.

The body is the smallest element that holds most of the page's prose (lines with sentences, their links not
counted), which needs neither class names nor <p>: the e-papers of many newspapers are nested tables.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from govnlp.errors import InputError
from govnlp.reading import cues
from govnlp.reading.blocks import squash
from govnlp.reading.decode import decode
from govnlp.reading.formats import import_extra

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
# fmt: off
_DROPPED = (
    "head", "title", "script", "style", "noscript", "template", "iframe", "object", "svg", "nav", "footer", "aside",
    "form", "button", "select", "textarea",
)
_INLINE = frozenset((
    "a", "abbr", "b", "big", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "ruby", "rt", "rp", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
))
# fmt: on
_BOLD = frozenset(("b", "strong"))
# Names of what stands around an article; "article-comment" has one, "content" and "commentary" have none.
_AROUND = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|foot|footer|sidebar|share|comments?|related|rel|recommend|breadcrumb|path|copyright|"
    r"ad|ads|advert|toolbar|login|search|pager|hot|rank|qr|qrcode|top|bottom)(?:$|[-_\s])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_OF_PROSE = 0.8
_LEAST_PROSE = 12
_LONGEST_TITLE = 60
_PROPERTIES = re.compile(r"enpproperty(.*)", re.DOTALL)
_SITE_NAME = re.compile(r"\s*[_|｜]\s*[^_|｜]*$|\s+[-–]\s+[^-–]*$|-[^-]{2,12}$")
_PIECES = re.compile(r"\s*[|｜]\s*|\s{2,}|\u3000+|\s+(?=(?:来源|作者|记者|本报记者|通讯员)[：:\s])")
_SOURCE = re.compile(r"(?:来源|來源|稿源)\s*[：:]\s*(\S+)")
_AUTHOR = re.compile(r"(?:作者|记者|記者|通讯员|通訊員|供稿)\s*[：:\s]\s*\S")
_DATE = re.compile(r"(20\d\d|19\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_NEWSPAPER = re.compile(rf"[{cues.HAN}]{{2,9}}报(?![{cues.HAN}])")
_COLOPHON = re.compile(r"版权所有|ICP备|Copyright|©", re.IGNORECASE)
# What a page says about itself: （责编：方既白）, 分享到：, 原标题：….
_FURNITURE = re.compile(
    r"[（(\[【]?\s*(?:(?:责任|值班|网络)?(?:编辑|责编|校对|审核)\s*[：:]\s*\S{2,12}|"
    r"(?:分享到?|关键词|标签|原标题|字体|字号|打印|浏览|阅读|点击)\s*[：:].{0,80})\s*[）)\]】]?"
)


@dataclass(frozen=True)
class _Line:
    """A line of the page as it would be shown.

    Attributes:
        text: its characters.
        linked: how many of them are links.
        level: 1 to 6 for a heading, 2 for a bold line, 0 for others.
    """

    text: str
    linked: int
    level: int

    @property
    def prose(self) -> int:
        """How much running text it holds: characters outside links, of a line that has sentences."""
        own = len(self.text) - self.linked
        return own if own >= _LEAST_PROSE and ("。" in self.text or self.text.count("，") > 1) else 0

    @property
    def is_link(self) -> bool:
        """Whether it leads elsewhere: 下一篇：…."""
        return self.linked * 2 > len(self.text) and not self.prose


@dataclass(frozen=True)
class _Element:
    """The lines that an element holds: first, and one behind the last."""

    first: int
    end: int
    is_body: bool


def html_to_text(data: bytes, source: str) -> str:
    """Return the article of a web page as lines of text.

    "# " stands before its headline, "## " before headings; newspaper, date and page stand on the first line.

    Args:
        data: the bytes of the file; its encoding may stand in a meta element.
        source: its name, for messages.

    Raises:
        InputError: it is no text, holds none, or the extra html is not installed.
    """
    charset = _CHARSET.search(data[:4096])
    text = decode(data, source, charset[1].decode("ascii") if charset else None)
    page = _parse(text, source)
    if page is None:
        raise InputError(f"{source}: this page holds no text")
    titles, imprint = _named_titles(page), _imprint(page)
    frames = bool(page.xpath("//frameset|//iframe"))
    _drop_around(page)
    lines, elements = _lines(page)
    if not lines:
        advice = "; it shows other pages in frames, save the one with the text" if frames else ""
        raise InputError(f"{source}: this page holds no text{advice}")
    return "\n\n".join(_article(lines, elements, titles, imprint)) + "\n"


def _parse(text: str, source: str) -> Any:
    etree = import_extra("lxml.etree", "html", source)
    # Such a parser opens no other file, takes no entity of the page's own, and stops at depth 256.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    page = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError(
            f"{source}: elements stand in each other more than 256 deep, or a run of text is longer than 10 MB; "
            "save the page as text"
        )
    return page


def _named_titles(page: Any) -> list[str]:
    """Return what the page calls itself, the surest first."""
    named = ["".join(found.itertext()) for found in page.xpath("//founder-title")]
    named += page.xpath("//meta[@property='og:title' or @name='ArticleTitle']/@content")
    named += ["".join(found.itertext()) for found in page.xpath("//title")]
    return [name.strip() for name in named if name.strip()]


def _imprint(page: Any) -> dict[str, str]:
    """Return date, author, introtitle, subtitle and nodename from what the page says to machines.

    E-papers of the Founder system say it in a comment: <!--enpproperty <date>2024-05-06</date>…/enpproperty-->.
    """
    found: dict[str, str] = {}
    for comment in page.xpath("//comment()"):
        properties = _PROPERTIES.match(comment.text or "")
        if properties:
            found.update(re.findall(r"<(date|author|introtitle|subtitle|nodename)>([^<>]+)</\1>", properties[1]))
    for key, names in (("date", "article:published_time PubDate pubdate publishdate"), ("author", "author Author")):
        for name in names.split():
            found.setdefault(key, "".join(page.xpath(f"//meta[@property='{name}' or @name='{name}']/@content")[:1]))
    return found


def _drop_around(page: Any) -> None:
    """Take out what is no part of an article: scripts, menus, what is hidden or named as a thing around it."""
    for element in [*page.iter(*_DROPPED), *page.xpath("//comment()")]:
        _drop(element)
    sentences = _sentences(page)
    for element in list(page.iter("div", "section", "ul", "ol", "table", "td", "p", "span", "header")):
        names = f"{element.get('class', '')} {element.get('id', '')}"
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
        # A theme may call the whole page "top-nav-layout": what holds most sentences stays.
        if hidden or (_AROUND.search(names) and _sentences(element) * 2 <= sentences):
            _drop(element)


def _sentences(element: Any) -> int:
    return sum(text.count("。") for text in element.itertext())


def _drop(element: Any) -> None:
    """Take an element out and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    above = element.getprevious()
    if element.tail and above is not None:
        above.tail = (above.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


# Lines


def _lines(page: Any) -> tuple[list[_Line], list[_Element]]:
    """Return the lines that the page shows, and which of them each element holds."""
    from lxml import etree

    lines: list[_Line] = []
    elements: list[_Element] = []
    begins: list[int] = []
    runs: list[tuple[str, bool, bool]] = []  # text, linked, bold
    links = bolds = level = 0

    def flush() -> None:
        line = _line(runs, level)
        runs.clear()
        if line.text:
            lines.append(line)

    for event, element in etree.iterwalk(page, events=("start", "end")):
        tag, start = str(element.tag), event == "start"
        step = 1 if start else -1
        in_row = tag in ("td", "th") and _is_row_of_cells(element.getparent())
        if tag not in _INLINE and not in_row:
            flush()
            level = (int(tag[1]) if start else 0) if re.fullmatch(r"h[1-6]", tag) else level
        if in_row and start:
            runs.append(("\u3000", False, False))
        links += step * (tag == "a")
        bolds += step * (tag in _BOLD)
        if start:
            begins.append(len(lines))
        else:
            elements.append(_Element(begins.pop(), len(lines), tag == "founder-content"))
        shown = element.text if start else element.tail
        if shown:
            # The tail stands behind the end tag, so outside of the link or bold run.
            runs.append((shown, links > 0, bolds > 0))
    flush()
    return lines, elements


def _line(runs: Sequence[tuple[str, bool, bool]], level: int) -> _Line:
    text = re.sub(r"[ \t\r\n\f\v\xa0]+", " ", "".join(run[0] for run in runs)).strip()
    linked = sum(len(squash(run)) for run, is_link, _ in runs if is_link)
    bold = all(is_bold for run, _, is_bold in runs if run.strip())
    is_title = text and len(text) <= _LONGEST_TITLE and text[-1] not in "。；，：:"
    return _Line(text, linked, level or (2 if bold and is_title else 0))


def _is_row_of_cells(row: Any) -> bool:
    """Return whether a row is one of data, shown on one line: 望桥街道　48个."""
    cells = list(row)
    return len(cells) > 1 and all(
        len("".join(cell.itertext())) <= 30 and all(inner.tag in _INLINE for inner in cell.iterdescendants())
        for cell in cells
    )


# The article


def _article(
    lines: Sequence[_Line], elements: Sequence[_Element], titles: Sequence[str], imprint: dict[str, str]
) -> Iterator[str]:
    """Yield the lines of the article: imprint, kicker, headline, byline, body."""
    body = _find_body(lines, elements)
    head = _find_headline(lines, body, titles)
    headline = lines[head].text if head is not None else _without_site(titles)
    start = max(body.first, head + 1) if head is not None else body.first
    first = next((i for i in range(start, body.end) if lines[i].prose), body.end)
    above = lines[head + 1 if head is not None else start : first]
    told = [piece for line in above if _is_imprint(line) for piece in _PIECES.split(line.text)]
    yield from _folio(told, imprint, [line.text for line in lines[:head]], titles)
    if head and cues.is_kicker(lines[head - 1].text):
        yield lines[head - 1].text
    elif "introtitle" in imprint:
        yield imprint["introtitle"]
    yield from (f"# {title}" for title in (headline, imprint.get("subtitle")) if title)
    yield from _signatures(told, above, imprint)
    for line in lines[start : body.end]:
        if not (line.is_link or line.text == headline or _is_imprint(line) or _FURNITURE.fullmatch(line.text)):
            yield f"## {line.text}" if line.level else line.text


def _find_body(lines: Sequence[_Line], elements: Sequence[_Element]) -> _Element:
    """Return the smallest element that holds most of the prose, with what stands around it up to the first links."""
    bodies = [element for element in elements if element.is_body and element.first < element.end]
    sums = [0, *itertools.accumulate(line.prose for line in lines)]
    if bodies or not sums[-1]:
        return bodies[0] if bodies else _Element(0, len(lines), True)
    enough = [e for e in elements if sums[e.end] - sums[e.first] >= _MOST_OF_PROSE * sums[-1]]
    inner, *around = sorted(enough, key=lambda e: e.end - e.first)
    for outer in around:
        added = [*lines[outer.first : inner.first], *lines[inner.end : outer.end]]
        if any(line.is_link or _COLOPHON.search(line.text) for line in added):
            break
        inner = outer
    return inner


def _find_headline(lines: Sequence[_Line], body: _Element, titles: Sequence[str]) -> int | None:
    """Return the longest line that the page's own title holds, or else the last h1 down to the body's first prose."""
    first = next((i for i in range(body.first, body.end) if lines[i].prose), body.end)
    named = [
        i
        for i, line in enumerate(lines[:first])
        if len(squash(line.text)) >= 4 and any(squash(line.text) in squash(title) for title in titles)
    ]
    if named:
        return max(named, key=lambda i: (len(squash(lines[i].text)), i))
    return next((i for i in reversed(range(first)) if lines[i].level == 1), None)


def _without_site(titles: Sequence[str]) -> str:
    """Return the page's title without the site that it names: 青石县搭起连心桥_要闻_青澜网 → 青石县搭起连心桥."""
    title, shorter = "", titles[0] if titles else ""
    while shorter != title:
        title, shorter = shorter, _SITE_NAME.sub("", shorter) or shorter
    return title


def _is_imprint(line: _Line) -> bool:
    """Return whether a line tells when, where and by whom, not what: 2024-05-06　来源：河湾日报　作者：方既白."""
    found = _DATE.search(line.text) or _SOURCE.search(line.text) or _AUTHOR.match(line.text)
    return found is not None and not line.prose and not line.level and len(line.text) <= 100


def _folio(told: Sequence[str], imprint: dict[str, str], above: Sequence[str], titles: Sequence[str]) -> Iterator[str]:
    """Yield the line that a printed page has at its top: 河湾日报 2024-05-06 第03版."""
    folios = [line for line in above if cues.is_folio(line)]
    texts = [*told, *folios, *(re.sub(r"数字报|电子[报版]", "", title) for title in titles)]
    newspaper = next((found[0] for text in texts if (found := _NEWSPAPER.search(text))), "")
    dates = (_DATE.search(text) for text in (imprint.get("date", ""), *told, *folios))
    date = next((f"{d[1]}-{int(d[2]):02}-{int(d[3]):02}" for d in dates if d), "")
    number = next((n for t in (imprint.get("nodename", ""), *folios) if (n := cues.PAGE_NUMBER.search(t))), None)
    page = f"第{number[1] or number[2]}版" if number else ""
    if newspaper or date or page:
        yield " ".join(filter(None, (newspaper, date, page)))


def _signatures(told: Sequence[str], above: Sequence[_Line], imprint: dict[str, str]) -> Iterator[str]:
    """Yield who signs: 记者 柳砚秋, ■中共青石县委组织部."""
    signed = [piece for piece in told if _AUTHOR.match(piece) or (cues.is_byline(piece) and not _SOURCE.match(piece))]
    signed += [line.text for line in above if not _is_imprint(line) and cues.is_unit(line.text)]
    if not signed and re.fullmatch(rf"[{cues.HAN}\s、，]{{2,20}}(?<![网报社])", imprint.get("author", "")):
        signed = [f"作者：{imprint['author']}"]
    yield from dict.fromkeys(signed)
