from __future__ import annotations

import re
import sys
from io import BytesIO

import pytest

from govnlp import compose_brief, load_codebook, read_text, summarize, verify
from govnlp.batch.brief_output import check_brief_output
from govnlp.errors import UsageError
from govnlp.records import Bullet, Figure, Locality, Summary
from govnlp.summarizing.brief_docx import to_docx
from govnlp.summarizing.brief_html import to_html
from govnlp.summarizing.brief_markdown import escape_markdown, to_markdown

CODEBOOK = load_codebook()
LONG = "划分网格482个，配备专职网格员668人，开展入户走访3200户。"
HOSTILE = "<script>alert(1)</script>&\x01“*树荫*议事”"
PLACES = [Locality("甲省乙市丙区"), Locality("甲省乙市丁县"), None]


def summary(text: str, place: Locality | None = None, name: str = "a", labels: tuple[str, ...] = ("grid",)) -> Summary:
    return Summary(name, f"{name}.txt", f"标题{name}", place, (Bullet(text, f"{name}-p1", 0, len(text), labels),))


def test_near_copies_are_one_line_with_all_origins() -> None:
    texts = [LONG, LONG.replace("全区", "").replace("3200", "3201"), "建成社区食堂12个，服务老人1.1万人次。"]
    brief = compose_brief([summary(text, PLACES[0], name) for text, name in zip(texts, "abc", strict=True)])
    assert [[origin.id for origin in line.origins] for line in brief.parts[0].lines] == [["a-p1", "b-p1"], ["c-p1"]]


def test_places_stand_as_they_first_occur() -> None:
    brief = compose_brief([summary(LONG, place, str(n)) for n, place in enumerate([*PLACES, PLACES[0]])])
    assert [part.title for part in brief.parts] == ["甲省乙市丙区", "甲省乙市丁县", "（未注明地区）"]


def test_by_mechanism_each_line_names_its_place() -> None:
    brief = compose_brief(
        [summary(LONG, PLACES[0], labels=("members", "grid")), summary("建站。", labels=())], "mechanism"
    )
    assert [part.title for part in brief.parts] == ["党员作用", "网格管理", "（其他）"]
    assert "- 甲省乙市丙区：划分网格" in to_markdown(brief, CODEBOOK)
    only = compose_brief([summary(LONG, labels=("members", "grid"))], "mechanism", mechanism="grid")
    assert [part.title for part in only.parts] == ["网格管理"]


@pytest.mark.parametrize("arguments", [{"by": "date"}, {"by": "mechanism", "mechanism": "best"}])
def test_what_cannot_order_a_brief_is_named(arguments: dict) -> None:
    with pytest.raises(UsageError, match=r"place|grid"):
        compose_brief([], **arguments)


@pytest.mark.parametrize(
    ("text", "kind", "from_", "is_result"),
    [
        ("群众满意度达98%。", "percent", None, True),
        ("证明材料从31份减至6份，已全部公示。", "count", 31.0, True),
        ("选聘网格员98名。", "count", None, False),
    ],
)
def test_results_are_rates_and_changes(text: str, kind: str, from_: float | None, is_result: bool) -> None:
    figure = Figure("p", "98", 0, 2, kind, 98, "", from_=from_)
    brief = compose_brief([Summary("a", "a.txt", None, None, (Bullet(text, "p", 0, len(text), (), (figure,)),))])
    assert brief.parts[0].lines[0].is_result is is_result


def test_text_is_escaped_wherever_it_is_shown() -> None:
    brief = compose_brief([summary(HOSTILE, Locality(HOSTILE), HOSTILE)])
    page = to_html(brief, CODEBOOK) + brief._repr_html_()
    assert "<script" not in page
    assert re.search(r"https?:|src=|href=", page) is None
    assert "\\<script\\>" in to_markdown(brief, CODEBOOK)
    assert escape_markdown("<b>*一*</b>\n[x](y)") == r"\<b\>\*一\*\</b\> \[x\](y)"


def docx_texts(packed: bytes) -> list[str]:
    docx = pytest.importorskip("docx")
    return [paragraph.text for paragraph in docx.Document(BytesIO(packed)).paragraphs]


def test_a_document_has_the_frame_and_its_blanks() -> None:
    texts = docx_texts(to_docx(compose_brief([summary(LONG + HOSTILE, PLACES[0])]), CODEBOOK))
    assert texts[:4] == ["党建引领基层治理工作简报", "编号：\t签发：\t日期：", "甲省乙市丙区", "主要做法"]
    assert texts[4].startswith(LONG)
    assert "来源：《标题a》，a.txt，a-p1" in texts[4]


@pytest.mark.parametrize("render", [to_markdown, to_html, to_docx])
def test_a_brief_of_nothing_says_so(render) -> None:
    made = render(compose_brief([]), CODEBOOK)
    assert "没有可摘的做法" in (made if isinstance(made, str) else "".join(docx_texts(made)))


def test_a_missing_extra_is_named_before_work_starts(tmp_path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UsageError, match=r'pip install "govnlp\[docx\]"'):
        check_brief_output(tmp_path / "brief.docx")


def test_a_brief_is_borne_out_by_its_sources(classifier, pages) -> None:
    articles = [article for page in pages for article in read_text(page.read_text("utf-8"))]
    summaries = [summarize(article, classifier=classifier) for article in articles]
    for by in ("place", "mechanism"):
        assert verify(to_markdown(compose_brief(summaries, by), CODEBOOK), articles) == []
