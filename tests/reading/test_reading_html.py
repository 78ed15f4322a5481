"""Web pages: the article whole, nothing of what stands around it."""

from __future__ import annotations

import sys

import pytest

from govnlp.errors import InputError
from govnlp.reading import read_text
from govnlp.reading.formats.html import html_to_text
from tests.reading.web_pages import BOILERPLATE, SHAPES, web_page

BODY = "<p>礁石区设立议事亭，居民有事来坐坐，大家商量着办。</p>"


def squash(text: str | None) -> str:
    return "".join((text or "").split())


@pytest.mark.parametrize("shape", SHAPES)
def test_the_article_is_found_and_nothing_around_it(shape: str) -> None:
    data, told = web_page(shape)
    text = html_to_text(data, f"{shape}.html")
    assert not [words for words in BOILERPLATE if squash(words) in squash(text)]
    (article,) = read_text(text)
    assert squash(article.headline) == squash(told.headline)
    assert article.date == told.date
    paragraphs = [squash(p.text) for p in article.paragraphs]
    assert [p for p in paragraphs if "望桥街道" not in p] == [squash(text) for _, text in told.paragraphs]
    assert {squash(heading) for heading, _ in told.paragraphs if heading} <= {
        squash(s.heading) for s in article.sections
    }


@pytest.mark.parametrize("shape", ["epaper", "article_tags", "old_tables", "divs", "figures"])
def test_newspaper_and_reporter_are_found(shape: str) -> None:
    data, told = web_page(shape)
    (article,) = read_text(html_to_text(data, "a.html"))
    assert (article.newspaper, article.reporter) == (told.newspaper, told.reporter)


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (BODY + "<script>document.write('<p>盗版。</p>')</script>", "礁石区设立议事亭，居民有事来坐坐，大家商量着办。"),
        (BODY.replace("议事亭", "&ldquo;议事亭&#8221;"), "礁石区设立“议事亭”，居民有事来坐坐，大家商量着办。"),
        (BODY.replace("大家", "<!-- 盗版。 --><b>大</b>家"), "礁石区设立议事亭，居民有事来坐坐，大家商量着办。"),
        (BODY + "<table><tr><th>街道</th><th>网格</th></tr></table>", "街道\u3000网格"),
        (f"<h1>议事亭里</h1>{BODY}", "# 议事亭里"),
        (f"<title>议事亭里_要闻_青澜网</title>{BODY}", "# 议事亭里"),
        (f"<h1>青澜网</h1><title>议事亭里-青澜网</title><div>议事亭里</div>{BODY}", "# 议事亭里"),
        (f"<p>礁石区：</p><h1>议事亭里</h1>{BODY}", "礁石区："),
        (f"<h1>议事亭里</h1><p>■中共礁石区委组织部</p><div>{BODY}</div>", "■中共礁石区委组织部"),
        (f"<?xml version='1.0' encoding='gbk'?>{BODY}", "礁石区设立议事亭，居民有事来坐坐，大家商量着办。"),
        ("<!DOCTYPE html [<!ENTITY a '甲'>]><p>议事亭&a;</p>", "议事亭&a;"),
        (BODY + "<p>&#xD800;议事</p>", "\ufffd议事"),
    ],
)
def test_lines_of_a_page(page: str, line: str) -> None:
    lines = html_to_text(page.encode(), "a.html").split("\n")
    assert line in lines
    assert not any("盗版" in other for other in lines)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("", "holds no text"),
        ("<script>var a = 1</script>", "holds no text"),
        ("<frameset><frame src='a.htm'></frameset>", "frames"),
        ("<div>" * 3000 + BODY, "256 deep"),
        ("<p>" + "啊" * 4_000_000, "10 MB"),
        ("\x00\x01\x02", "not text"),
    ],
)
def test_pages_that_hold_no_article(page: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        html_to_text(page.encode(), "a.html")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("big5", "big5"), ("utf-8", "utf-8"), ("utf-8", "gb18030"), ("gbk", "utf-8")],
)
def test_the_encoding_is_the_declared_one_or_the_one_that_fits(declared: str, encoding: str) -> None:
    text = (
        "東區設立議事亭，居民有事來坐坐，大家商量著辦。" if encoding == "big5" else "东区设立议事亭，居民有事来坐坐。"
    )
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{text}</p>'
    assert html_to_text(page.encode(encoding), "a.html") == f"{text}\n"


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml.etree", None)
    with pytest.raises(InputError, match=r'pip install "govnlp\[html\]"'):
        html_to_text(BODY.encode(), "a.html")
