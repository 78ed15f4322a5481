"""What pages print around their articles: signatures, boxes, columns, folio lines, headings; one row a shape."""

from __future__ import annotations

import pytest

from govnlp.reading import read_page_roles, read_text
from govnlp.reading.letters import reads_on

LEAD = "去年以来，礁石区把服务搬到码头，让渔民靠岸就能办事、出海也有人管家，日子过得踏实。"
MORE = "礁石区按照海域把渔船编成船队，由老船长担任组长，遇事先在船上商量，商量不成再上岸。"
HEAD = "礁石区：一根缆绳系民心\n\n■中共礁石区委组织部"


@pytest.mark.parametrize(
    ("tail", "unit", "reporter"),
    [
        ("（中共礁石区委组织部供稿）", "中共礁石区委组织部", None),
        ("（作者单位：中共礁石区委组织部）", "中共礁石区委组织部", None),
        ("■中共礁石区委组织部", "中共礁石区委组织部", None),
        ("（本报记者 方既白 柳砚秋）", None, "方既白、柳砚秋"),
        ("（记者 方既白）", None, "方既白"),
        ("言之序", None, "言之序"),
    ],
)
def test_signatures_below_the_text(tail: str, unit: str | None, reporter: str | None) -> None:
    (article,) = read_text(f"一根缆绳系民心\n\n{LEAD}\n\n{MORE}\n\n{tail}")
    assert (article.unit, article.reporter) == (unit, reporter)
    assert [p.text for p in article.paragraphs] == [LEAD, MORE]


@pytest.mark.parametrize("line", ["礁石区委组织部 方既白", "■礁石区委组织部　方既白"])
def test_a_unit_and_a_name_sign_together(line: str) -> None:
    (article,) = read_text(f"一根缆绳系民心\n\n{line}\n\n{LEAD}\n\n{MORE}")
    assert (article.unit, article.reporter) == ("礁石区委组织部", "方既白")


@pytest.mark.parametrize(
    "heading",
    [
        "一、把支部建到船上", "（一）把支部建到船上", "1.把支部建到船上", "●把支部建到船上", "■把支部建到船上",
        "◆开好会", "■链接", "【点评】",
    ],
)  # fmt: skip
def test_headings(heading: str) -> None:
    (article,) = read_text(f"{HEAD}\n\n{LEAD}\n\n{heading}\n\n{MORE}")
    assert [(s.heading, [p.text for p in s.paragraphs]) for s in article.sections] == [
        (None, [LEAD]),
        (heading, [MORE]),
    ]
    assert article.reporter is None


@pytest.mark.parametrize(
    ("folio", "imprint"),
    [
        ("2023年6月15日　星期四　03版　要闻", (None, "2023-06-15", "03")),
        ("A03 要闻 澄湾日报 2023.06.15 星期四", ("澄湾日报", "2023-06-15", "A03")),
        (
            "澄湾日报\nCHENGWAN DAILY\n2023年6月15日 星期四\n农历癸卯年四月廿八 第A03版\n责任编辑：言之序",
            ("澄湾日报", "2023-06-15", "A03"),
        ),
        ("《澄湾日报》 2023-06-15 第3版", ("澄湾日报", "2023-06-15", "3")),
    ],
)
def test_folio_lines(folio: str, imprint: tuple[str | None, ...]) -> None:
    (article,) = read_text(f"{folio}\n\n{HEAD}\n\n{LEAD}")
    assert (article.newspaper, article.date, article.page) == imprint
    assert [p.text for p in article.paragraphs] == [LEAD]


@pytest.mark.parametrize(
    "line",
    [
        "要闻", "今日天气：多云转晴，18～26℃", "广告热线：0999-8888666", "投稿邮箱：cwrb@example.cn",
        "扫码关注澄湾日报微信公众号",
        "责编/言之序　版式/方圆　校对/纪云帆", "（责任编辑：言之序　校对：方圆）", "邮发代号：99-9", "A03", "— 3 —",
        "国内统一连续出版物号 CN 99-0001", "（完）",
    ],
)  # fmt: skip
def test_lines_that_are_no_text(line: str) -> None:
    upper, lower = MORE[:15], MORE[15:]
    text = f"{HEAD}\n\n{LEAD}\n\n{upper}\n\n{line}\n\n{lower}"
    (article,) = read_text(text)
    assert [p.text for p in article.paragraphs] == [LEAD, MORE]
    assert (*(role for page in read_page_roles(text) for _, _, role in page.roles),)[-2] == "noise"


@pytest.mark.parametrize(
    ("top", "kicker", "headline"),
    [
        ("党建引领基层治理·一线探访\n\n一根缆绳系民心", "党建引领基层治理·一线探访", "一根缆绳系民心"),
        ("岚海省澄湾市礁石区\n\n一根缆绳系民心", "岚海省澄湾市礁石区", "一根缆绳系民心"),
        ("岚海省海东哈萨克自治州礁石回族自治县：\n\n一根缆绳", "岚海省海东哈萨克自治州礁石回族自治县：", "一根缆绳"),
    ],
)  # fmt: skip
def test_lines_above_the_headline(top: str, kicker: str, headline: str) -> None:
    (article,) = read_text(f"{top}\n\n■中共礁石区委组织部\n\n{LEAD}\n\n{MORE}")
    assert (article.kicker, article.headline) == (kicker, headline)


def test_a_table_is_no_heading() -> None:
    (article,) = read_text(f"{HEAD}\n\n{LEAD}\n\n2021年 12 12\n\n2022年 27 25\n\n{MORE}")
    assert [s.heading for s in article.sections] == [None]


def test_an_editors_note_is_a_commentary() -> None:
    note, article = read_text(f"编者按\n\n各地把治理的根扎在基层，本版推出一组报道。\n\n{HEAD}\n\n{LEAD}")
    assert (note.genre, article.genre) == ("commentary", "report")


def test_a_copy_read_otherwise_appears_once() -> None:
    (article,) = read_text(f"{HEAD}\n\n{LEAD}\n\n{LEAD.replace('踏实', '踏宾')}\n\n{MORE}")
    assert [p.text for p in article.paragraphs] == [LEAD, MORE]
    assert article.paragraphs[0].repairs == ("repeated",)


@pytest.mark.parametrize(
    ("upper", "lower", "more"), [("让社区居", "民议事", "建三年"), ("办成的品", "牌，年", "建三年")]
)
def test_letters_that_read_on(upper: str, lower: str, more: str) -> None:
    assert reads_on(upper, lower) > 0 > reads_on(upper, more)
