from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import verify as planted
from govnlp import read_text, verify
from govnlp.batch.brief_files import read_brief
from govnlp.errors import InputError, UsageError

PAGE = """青桐区：划好小网格

■中共青桐区委组织部

2023年以来，青桐区推行“树荫议事”工作法，全区划分网格482个，配备专职巡查员668人，3600余名志愿者上门服务1.1万人次。

受理群众诉求2175件，办结2172件，办结率99.8%。盖章事项从38项减至5项，投入资金近400万元。

白蒲县：共建好家园

■中共白蒲县委组织部

白蒲县建成邻里食堂24个，推行“百家灯”行动，90%以上的小区成立业委会，出台《白蒲县邻里食堂办法》，夯实基层治理基础。
"""
# Lines of a brief, and what of them no source bears out.
LINES = [
    ("全区划分网格482个，配备专职巡查员668人。", []),
    ("2023年以来推行“树荫议事”工作法。", []),
    # said in other words
    ("专职巡查员668名。", []),
    ("志愿者3600多人服务11000人次。", []),
    ("三千六百余名志愿者上门服务。", []),
    ("办结诉求2100余件。", []),
    ("盖章事项由38项减到5项。", []),
    # changed
    ("全区划分网格428个。", ["428个"]),
    ("全区划分网格482户。", ["482户"]),
    ("上门服务1.1人次。", ["1.1人次"]),
    ("3600名志愿者上门服务。", ["3600名"]),
    ("投入资金超400万元。", ["超400万元"]),
    ("投入资金400元。", ["400元"]),
    ("盖章事项从48项减至5项。", ["5项", "48项"]),
    ("2024年以来推行“树荫议事”工作法。", ["2024年"]),
    ("推行“树阴议事”工作法。", ["“树阴议事”"]),
    # exchanged for another figure of the same article
    ("全区划分网格668个，配备专职巡查员482人。", ["668个", "482人"]),
    ("受理群众诉求2172件，办结2175件。", ["2172件", "2175件"]),
    # told of another place
    ("## 青桐区：划好小网格\n- 建成邻里食堂24个。", ["24个"]),
    ("## 青桐区：划好小网格\n- 推行“百家灯”行动。", ["“百家灯”"]),
    # titles: of a document, shortened, of the article; made of words that stand in no title
    ("出台《白蒲县邻里食堂办法》，即《邻里食堂办法》。", []),
    ("见《划好小网格》。", []),
    ("印发《基层治理》《关于划好网格的意见》。", ["《基层治理》", "《关于划好网格的意见》"]),
    # what a brief adds around its lines
    ("## 划好小网格\n\n1. 全区划分网格482个。\n（二）配备专职巡查员668人。\n来源：page-37.txt", []),
    (r"\- 投入资金近400万元\*", []),
]


@pytest.mark.parametrize(("brief", "expected"), LINES)
def test_lines(brief: str, expected: list[str]) -> None:
    assert [found.text for found in verify(brief, read_text(PAGE))] == expected


def test_a_finding_says_where_and_why() -> None:
    articles = read_text(PAGE)
    titles = [article.headline for article in articles]
    found = verify(f"前言\n## {titles[0]}\n- 建成邻里食堂24个。\n- 办结诉求2171件。\n- 修路88公里。", articles)
    assert [(f.line, f.kind) for f in found] == [(3, "figure"), (4, "figure"), (5, "figure")]
    assert found[0].reason == f"stands in {titles[1]}, not here"
    assert found[2].reason == "stands in no source"


PLACES = "青桐区：划好小网格\n\n议事机构减少81个、精简76.4%。在474个网格建立482个网格支部，90%以上的小区成立业委会。"
# What is said of a figure: where its amount stands, or what stands in its words.
REASONS = [
    ("本月精简81个。", "not in these words; 81个 stands at page.txt, paragraph {id}"),
    ("建立网格474个。", "not in these words; 474个 stands at page.txt, paragraph {id}"),
    ("物业费收缴率90%。", "not in these words; 90%以上 stands at page.txt, paragraph {id}"),
    ("议事机构减少82个、精简76.4%。", "the source has 81个 in these words"),
    ("在475个网格建立482个网格支部。", "the source has 474个 in these words"),
    ("修路88公里。", "stands in no source"),
    ("精简了3公里。", "stands in no source"),
]


@pytest.mark.parametrize(("line", "reason"), REASONS)
def test_a_reason_says_what_was_found(line: str, reason: str) -> None:
    articles = read_text(PLACES, source="page.txt")
    assert [found.reason for found in verify(line, articles)] == [reason.format(id=articles[0].paragraphs[0].id)]


@pytest.mark.parametrize("sources", [[], ["全区划分网格482个。"]])
def test_sources_are_articles(sources: list) -> None:
    with pytest.raises(UsageError, match="articles"):
        verify("网格482个", sources)


@pytest.fixture(scope="module")
def cases() -> list[planted.Case]:
    return list(planted.true_briefs())[:20]


def test_true_briefs_give_no_alarm(cases: list[planted.Case]) -> None:
    assert [found for case in cases for found in verify(case.brief, case.sources)] == []


@pytest.mark.parametrize("name", list(planted.CHANGES))
def test_planted_changes_are_found(cases: list[planted.Case], name: str) -> None:
    changed = list(planted.plant(cases, planted.CHANGES[name]))
    found = [case for case, brief, _, _ in changed if verify(brief, case.sources)]
    assert len(found) >= 0.95 * len(changed) > 0


TEXTS = ["## 划好小网格", "全区划分网格482个。", "办结率99.8%。"]


def test_a_word_file_is_read(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("划好小网格", 1)
    document.add_paragraph(TEXTS[1])
    document.add_table(1, 1).cell(0, 0).text = TEXTS[2]
    document.save(str(tmp_path / "brief.docx"))
    assert [text for _, text in read_brief(str(tmp_path / "brief.docx"))] == TEXTS


def test_a_web_page_is_read(tmp_path: Path) -> None:
    page = [
        "<html><style>p {x: 3个}</style>",
        "<h2>划好小网格</h2>",
        "<li>全区划分<b>网格</b>482个。",
        "<li>办结率99.8%。",
    ]
    (tmp_path / "brief.html").write_text("\n".join(page), "utf-8")
    assert read_brief(str(tmp_path / "brief.html")) == [(2, TEXTS[0]), (3, TEXTS[1]), (4, TEXTS[2])]


def test_a_file_that_unpacks_too_far_is_refused(tmp_path: Path) -> None:
    from zipfile import ZIP_DEFLATED, ZipFile

    with ZipFile(tmp_path / "brief.docx", "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 101_000_000)
    with pytest.raises(InputError, match="unpacks to"):
        read_brief(str(tmp_path / "brief.docx"))
