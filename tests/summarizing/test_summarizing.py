from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import read_text, summarize
from govnlp.errors import UsageError
from govnlp.records import Article, Paragraph, Section
from govnlp.summarizing.briefs import escape_markdown, to_markdown
from govnlp.summarizing.candidates import split_sentences
from govnlp.summarizing.rating import METHODS
from govnlp.tagging.codebook import load_codebook

SENTENCES = [
    ("织密网格。全区划分网格48个。", ["织密网格。", "全区划分网格48个。"]),
    ("“好！”居民说。再来。", ["“好！”居民说。", "再来。"]),
    ("他说：“先建支部。再选网格长。”大家同意。", ["他说：“先建支部。再选网格长。”", "大家同意。"]),
    ("没有句号", ["没有句号"]),
    ("", []),
]
PAGE = """青桐区：小网格连着大民生

■中共青桐区委组织部

青桐区坚持党建引领，不断增强群众的获得感、幸福感、安全感。

织密一张网

划好责任田。全区划分网格482个，配备专职网格员665人，建立网格党支部120个。

议好身边事。推行“树荫议事”工作法，每月组织居民代表议事，解决停车、充电等问题230余个。

办好暖心事。建成社区食堂12个、养老服务中心5个，服务老人1.1万人次。
"""


@pytest.mark.parametrize(("text", "sentences"), SENTENCES)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [s.text for s in split_sentences(Paragraph("p", text))] == sentences


@given(st.text(alphabet="网格。！？”“’‘）（，说道他", max_size=50))
def test_sentences_joined_are_the_paragraph(text: str) -> None:
    found = split_sentences(Paragraph("p", text))
    assert "".join(s.text for s in found) == text
    assert all(text[s.start : s.end] == s.text for s in found)


@pytest.mark.parametrize("method", [m for m in METHODS if m != "textrank"])
@pytest.mark.parametrize(("bullets", "chars"), [(1, None), (2, None), (6, 60), (6, 1), (6, None)])
def test_limits_are_hard_and_bullets_verbatim(classifier, method: str, bullets: int, chars: int | None) -> None:
    article = read_text(PAGE)[0]
    found = summarize(article, bullets, chars, method, classifier)
    texts = {p.id: p.text for p in article.paragraphs}
    assert len(found.bullets) <= bullets
    assert found.characters <= (chars or 10_000)
    assert all(texts[b.id][b.start : b.end] == b.text for b in found.bullets)
    assert all(b.text[f.start : f.end] == f.text for b in found.bullets for f in b.figures)


def test_bullets_stand_in_the_articles_order(classifier) -> None:
    found = summarize(read_text(PAGE)[0], classifier=classifier)
    places = [(b.id, b.start) for b in found.bullets]
    assert places == sorted(places)
    assert [p.name for p in found.practices] == ["“树荫议事”工作法"]


def test_textrank_is_snownlps(classifier) -> None:
    assert summarize(read_text(PAGE)[0], 2, method="textrank", classifier=classifier).bullets


@pytest.mark.parametrize("text", ["网格", "，" * 50, "3个" * 2000, "全区划分网格48个。" * 300])
def test_odd_paragraphs_are_summarized(classifier, text: str) -> None:
    article = Article("a", "", "report", None, sections=(Section(None, (Paragraph("a-p1", text),)),))
    assert len(summarize(article, classifier=classifier).bullets) <= 1


@pytest.mark.parametrize("arguments", [{"bullets": 0}, {"bullets": -1}, {"chars": 0}, {"method": "best"}])
def test_wrong_limits_are_named(arguments: dict) -> None:
    with pytest.raises(UsageError, match=r"expected|there are"):
        summarize(read_text(PAGE)[0], **arguments)


def test_a_brief_escapes_what_markdown_would_take(classifier) -> None:
    assert escape_markdown("<b>*一*</b>\n[x](y)") == r"\<b\>\*一\*\</b\> \[x\](y)"
    brief = to_markdown([summarize(read_text(PAGE)[0], classifier=classifier)], load_codebook())
    assert brief.startswith("## 小网格连着大民生") or brief.startswith("## 青桐区")
