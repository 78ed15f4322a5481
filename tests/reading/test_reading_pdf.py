"""PDFs with a text layer: columns in reading order; what is no such file is refused."""

from __future__ import annotations

import sys
import zlib

import pytest

from govnlp.errors import InputError
from govnlp.reading import read_text
from govnlp.reading.formats.columns import Run, runs_to_text
from govnlp.reading.formats.pdf import pdf_to_text
from tests.reading.pdf_pages import newspaper, sheets
from tests.reading.web_pages import story

STORIES = [("bay", 0), ("coast", 1), ("delta", 2), ("steppe", 1)]


def squash(text: str | None) -> str:
    return "".join((text or "").split())


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
@pytest.mark.parametrize("first", [0, 2])
def test_columns_below_a_headline_are_read_one_after_the_other(columns: int, first: int) -> None:
    stories = [story(*place) for place in STORIES[first : first + 2]]
    articles = read_text(pdf_to_text(newspaper(stories, columns), "a.pdf"))
    assert [squash((a.kicker or "") + (a.headline or "")) for a in articles] == [squash(s.headline) for s in stories]
    found = {squash(p.text) for a in articles for p in a.paragraphs}
    wanted = [squash(text) for s in stories for _, text in s.paragraphs]
    assert sum(text in found for text in wanted) >= 0.95 * len(wanted)
    assert {a.date for a in articles} == {stories[0].date}


def test_no_letter_of_a_page_is_lost() -> None:
    one = story("bay", 0)
    text = squash(pdf_to_text(newspaper([one], 3), "a.pdf"))
    assert all(text.count(letter) >= sum(p.count(letter) for _, p in one.paragraphs) for letter in set("网格员，。“”9"))


def test_pages_with_headlines_are_parted_and_sheets_of_one_report_are_not() -> None:
    title, line = ("礁石区：一根缆绳系民心", 22), ("礁石区按照海域把渔船编成船队，由老船长担任组长，", 10)
    last = ("出海前先议事，回港后再评理，件件有着落。", 10)
    report = pdf_to_text(sheets([[title, line], [last]]), "a.pdf")
    assert "\f" not in report
    assert read_text(report)[0].paragraphs[0].text == line[0] + last[0]
    assert pdf_to_text(sheets([[title, line, last], [title, line, last]]), "a.pdf").count("\f") == 1


def bomb(size: int) -> bytes:
    """Return a PDF whose page unpacks to so many bytes of blanks."""
    packed = zlib.compress(b" " * size, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    return (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, o) for i, o in enumerate(objects, 1))
        + b"trailer<</Root 1 0 R>>"
    )


PAGE = [("礁石区：一根缆绳系民心", 22), ("礁石区按照海域把渔船编成船队。", 10)]
WRONG = [
    (b"", "cannot be read as a PDF"),
    (b"%PDF-1.4", "cannot be read as a PDF"),
    (b"\x89PNG" * 100, "cannot be read as a PDF"),
    (sheets([PAGE])[:700], "cannot be read as a PDF|holds no text"),
    (sheets([[], []]), "holds no text .a scan: 2 pages"),
    (sheets([PAGE], password="geheim"), "is encrypted"),
    (bomb(50_000_000), "holds no text"),
]


@pytest.mark.parametrize(("data", "message"), WRONG, ids=range(len(WRONG)))
def test_what_is_no_pdf_with_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        pdf_to_text(data, "a.pdf")


@pytest.mark.parametrize(("limit", "message"), [("MAX_PAGES", "2 pages"), ("MAX_LETTERS", "page 1: .* letters")])
def test_limits(limit: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"govnlp.reading.formats.pdf.{limit}", 1)
    with pytest.raises(InputError, match=message):
        pdf_to_text(sheets([PAGE, PAGE]), "a.pdf")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(InputError, match=r'pip install "govnlp\[pdf\]"'):
        pdf_to_text(sheets([PAGE]), "a.pdf")


def column(x: float, y: float, lines: list[str], size: float = 10) -> list[Run]:
    """Return lines set one below the other."""
    return [
        Run(text, x, y + 14 * i, x + size * len(text), y + 14 * i + size, size) for i, text in enumerate(lines) if text
    ]


A, B, C = ["甲" * 12] * 4, ["乙" * 12] * 4, ["丙" * 12] * 4


@pytest.mark.parametrize(
    ("page", "order"),
    [
        # a title across two columns, a third column beside it from top to bottom
        (column(0, 0, ["题" * 9], 24) + column(0, 40, A) + column(135, 40, B) + column(270, 0, C + C[:3]),
         "题甲乙丙"),
        # two titles below each other, each above its columns
        (column(24, 0, ["题" * 9], 24) + column(0, 40, A) + column(135, 40, B) + column(55, 120, ["副" * 6], 24)
         + column(0, 160, C) + column(135, 160, C), "题甲乙副丙"),
        # a title inside the second column
        (column(0, 0, A + A) + column(135, 0, B) + column(135, 70, ["副" * 5], 20) + column(135, 100, C), "甲乙副丙"),
        # slogans with a blank between them are one line
        (column(0, 0, ["题" * 4], 20) + column(100, 0, ["题" * 4], 20) + column(0, 40, A), "题甲"),
        ([], ""),
        (column(0, 0, ["甲"]), "甲"),
    ],
)  # fmt: skip
def test_reading_order(page: list[Run], order: str) -> None:
    text = runs_to_text(page[::-1])
    assert "".join(dict.fromkeys(c for c in text if c not in "# \n")) == order
