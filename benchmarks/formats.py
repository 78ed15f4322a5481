"""What is found in web pages and PDFs: invented pages around articles of the corpus.

    python -m benchmarks.formats    web pages by three ways, PDFs by number of columns

Run from the project's folder. The web pages also go through trafilatura, where it is installed, and through lxml's
bare text. A paragraph or title counts when it is a line of the text; boilerplate, when a phrase of it is in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from govnlp.reading import read_text
from govnlp.reading.formats.html import html_to_text
from govnlp.reading.formats.pdf import pdf_to_text
from tests.reading.pdf_pages import newspaper
from tests.reading.web_pages import BOILERPLATE, CORPUS, SHAPES, Story, story, web_page

PAGES = 3  # of each region's file, two articles each


def main() -> None:
    """Print two Markdown tables."""
    print("| web pages | paragraphs | headings | headlines | boilerplate phrases |\n| --- | --- | --- | --- | --- |")
    for name, extract in WAYS.items():
        total: Counter[str] = Counter()
        for shape in SHAPES:
            data, told = web_page(shape)
            total += score_lines(extract(data), told)
        shares = " | ".join(_share(total, key) for key in ("paragraph", "heading", "headline"))
        print(f"| {name} | {shares} | {total['noise']} |")
    print("\n| columns of a PDF | paragraphs | articles |\n| --- | --- | --- |")
    for columns in (1, 2, 3, 4):
        counts = score_pdfs(columns)
        print(f"| {columns} | {_share(counts, 'paragraph')} | {_share(counts, 'article')} |")


def _share(counts: Counter[str], key: str) -> str:
    return f"{counts[key]} of {counts[f'{key}s']}"


def squash(text: str) -> str:
    """Return a text without blanks."""
    return "".join(text.split())


def score_lines(text: str, told: Story) -> Counter[str]:
    """Count what of a story stands in a text as a line of its own."""
    lines = {squash(re.sub(r"^[#\-*>\s]+|\*\*", "", line)) for line in text.split("\n")}
    headings = [heading for heading, _ in told.paragraphs if heading]
    return Counter(
        paragraph=sum(squash(paragraph) in lines for _, paragraph in told.paragraphs),
        paragraphs=len(told.paragraphs),
        heading=sum(squash(heading) in lines for heading in headings),
        headings=len(headings),
        headline=int(squash(told.headline) in lines),
        headlines=1,
        noise=sum(squash(words) in squash(text) for words in BOILERPLATE),
    )


def score_pdfs(columns: int) -> Counter[str]:
    """Count the paragraphs and articles that come back to the letter from pages of two articles."""
    counts: Counter[str] = Counter()
    for file in sorted(CORPUS.glob("*.jsonl")):
        for n in range(PAGES):
            stories = [story(file.stem, 2 * n), story(file.stem, 2 * n + 1)]
            articles = read_text(pdf_to_text(newspaper(stories, columns), "page.pdf"))
            found = {squash(p.text) for a in articles for p in a.paragraphs}
            heads = {squash((a.kicker or "") + (a.headline or "")) for a in articles}
            for one in stories:
                counts["article"] += squash(one.headline) in heads
                counts["articles"] += 1
                counts["paragraph"] += sum(squash(text) in found for _, text in one.paragraphs)
                counts["paragraphs"] += len(one.paragraphs)
    return counts


def _by_trafilatura(data: bytes) -> str:
    import trafilatura

    wanted = {"output_format": "markdown", "include_tables": True, "include_comments": False, "with_metadata": True}
    return trafilatura.extract(data, favor_recall=True, **wanted) or ""


def _by_lxml(data: bytes) -> str:
    import lxml.html

    page = lxml.html.document_fromstring(data)
    for element in page.xpath("//script|//style|//noscript|//comment()"):
        element.drop_tree()
    return "\n".join(page.itertext())


def _ways() -> dict[str, Callable[[bytes], str]]:
    ways: dict[str, Callable[[bytes], str]] = {
        "govnlp": lambda data: html_to_text(data, "page.html"),
        "lxml, all text": _by_lxml,
    }
    try:
        import trafilatura  # noqa: F401
    except ImportError:
        return ways
    return {**ways, "trafilatura": _by_trafilatura}


WAYS = _ways()

if __name__ == "__main__":
    main()
