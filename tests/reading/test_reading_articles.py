"""Pages to articles: layouts, signatures, genres, roles."""

from __future__ import annotations

import pytest

from govnlp.reading import read_page_roles, read_text, roles_of_file
from govnlp.reading.articles import read_file

LEAD = "去年以来，礁石区把服务搬到码头，让渔民靠岸就能办事、出海也有人管家，日子过得踏实。"


def roles(text: str) -> list[str]:
    return [role for page in read_page_roles(text) for _, _, role in page.roles]


@pytest.mark.parametrize(
    ("top", "kicker", "headline"),
    [
        ("岚海省澄湾市礁石区：\n\n一根缆绳系民心", "岚海省澄湾市礁石区：", "一根缆绳系民心"),
        (
            "岚海省澄湾市礁石区：一根缆绳系民心 百条渔船有依靠",
            None,
            "岚海省澄湾市礁石区：一根缆绳系民心 百条渔船有依靠",
        ),
        ("# 礁石区：一根缆绳系民心", None, "礁石区：一根缆绳系民心"),
        ("**一根缆绳系民心**", None, "一根缆绳系民心"),
        ("一根缆绳系民心\n——礁石区服务渔民纪实", None, "一根缆绳系民心 ——礁石区服务渔民纪实"),
        ("一根缆绳系民心\n\n百条渔船有依靠\n\n■中共礁石区委组织部", None, "一根缆绳系民心 百条渔船有依靠"),
    ],
)
def test_title_lines(top: str, kicker: str | None, headline: str) -> None:
    (article,) = read_text(f"{top}\n\n{LEAD}")
    assert (article.kicker, article.headline) == (kicker, headline)
    assert [p.text for p in article.paragraphs] == [LEAD]


@pytest.mark.parametrize(
    ("line", "unit", "reporter"),
    [
        ("■中共礁石区委组织部", "中共礁石区委组织部", None),
        ("中共礁石区委社会工作部", "中共礁石区委社会工作部", None),
        ("□ 礁石区委组织部 供稿", "礁石区委组织部", None),
        ("本报记者 方既白 柳砚秋", None, "方既白、柳砚秋"),
        ("本报记者 方 言", None, "方言"),
        ("文/方既白", None, "方既白"),
        ("本报记者 方既白 通讯员 柳砚秋", None, "方既白、柳砚秋"),
        ("柳砚秋", None, "柳砚秋"),
    ],
)
def test_signatures(line: str, unit: str | None, reporter: str | None) -> None:
    (article,) = read_text(f"一根缆绳系民心\n\n{line}\n\n{LEAD}")
    assert (article.unit, article.reporter) == (unit, reporter)


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        (f"礁石区：一根缆绳系民心\n\n{LEAD}", "report"),
        (f"码头开出夜市\n\n本报澄湾讯（记者 方既白）{LEAD}", "news"),
        (f"记者手记\n\n一根缆绳的重量\n\n{LEAD}", "note"),
        ("减负不能减担当\n\n本报评论员\n\n减的是形式，不是责任。", "commentary"),
        (
            "减负不能减担当\n\n言之序\n\n减负，不能一减了之，必须从作风抓起。唯有如此，才能行稳致远。要把时间还给群众。",
            "commentary",
        ),
        (LEAD, "report"),
    ],
)
def test_genres(text: str, genre: str) -> None:
    (article,) = read_text(text)
    assert article.genre == genre


@pytest.mark.parametrize(
    ("source", "folio", "expected"),
    [
        ("x/澄湾日报_2024-05-06_A03.txt", "", ("澄湾日报", "2024-05-06", "A03")),
        ("a.txt", "澄湾日报　2024年5月6日　星期一　第3版\n\n", ("澄湾日报", "2024-05-06", "3")),
        ("a.txt", "", (None, None, None)),
    ],
)
def test_imprint(source: str, folio: str, expected: tuple[str | None, ...]) -> None:
    (article,) = read_text(f"{folio}一根缆绳系民心\n\n■中共礁石区委组织部\n\n{LEAD}", source)
    assert (article.newspaper, article.date, article.page) == expected


def test_roles_of_a_page() -> None:
    text = (
        "澄湾日报 2024年5月6日 第3版\n\n礁石区：一根缆绳系民心\n\n■中共礁石区委组织部\n\n"
        + LEAD
        + "\n\n建强船队 靠前服务\n\n"
        "礁石区按照海域把渔船编成船\n\n\n\n岚海省澄湾市礁石区举办渔家节。图为渔民在织网。\n\n"
        "队，由老船长担任组长。\n\n（下转第4版）\n\n— 3 —"
    )
    assert roles(text) == [
        "noise", "headline", "byline", "paragraph", "heading", "paragraph", "caption", "paragraph", "marker", "noise",
    ]  # fmt: skip
    (article,) = read_text(text)
    assert article.paragraphs[-1].text == "礁石区按照海域把渔船编成船队，由老船长担任组长。"
    assert article.paragraphs[-1].repairs == ("split", "displaced")


def test_markers_inside_a_line() -> None:
    assert roles("一根缆绳系民心\n\n渔民谈体会、（下转第4版）") == ["headline", "paragraph", "marker"]


def test_copies_appear_once() -> None:
    first, second = (
        "船队出海前讲安全、靠岸后理账目，难处先找组长商量。",
        "修船修网有人帮。六位退休师傅坐镇修理铺，收费贴在墙上。",
    )
    for body in ([first, first, second], [first, second, first + second], [first, first[-16:] + second]):
        (article,) = read_text("\n\n".join(["一根缆绳系民心", "■中共礁石区委组织部", *body]))
        assert [p.text for p in article.paragraphs] == [first, second]
        assert "repeated" in {r for p in article.paragraphs for r in p.repairs}


def test_two_pages_and_equal_articles() -> None:
    page = f"一根缆绳系民心\n\n■中共礁石区委组织部\n\n{LEAD}"
    first, second = read_text(f"{page}\f{page}")
    assert second.id == first.id + "-2"
    assert second.paragraphs[0].id == f"{second.id}-p1"
    assert second.paragraphs[0].spans[0][0] > first.paragraphs[0].spans[0][1]


def test_wrapped_lines() -> None:
    text = (
        "礁石区：一根缆绳系民心 百条渔船有依靠\n■中共礁石区委组织部\n"
        "　　礁石区把议事的长桌摆到码头上，请渔\n民来坐坐，一年开会三百多场，解决难事五\n百余件。\n"
        "　　每月初三，长桌准时摆好，船队按海域\n派出代表，干部坐在旁边听，听完当场答复。\n"
    )
    (article,) = read_text(text)
    assert [p.text[-5:] for p in article.paragraphs] == ["五百余件。", "当场答复。"]


def test_a_page_continued_from_elsewhere() -> None:
    text = (
        "（上接第1版）\n\n渔民说：“以前没人管，现在好了。”\n\n"
        "云岫省苍岭市茶溪县：守好一座山\n\n■中共茶溪县委组织部\n\n茶溪县有一座山，叫苍岭。"
    )
    first, second = read_text(text)
    assert (first.headline, second.headline) == (None, "云岫省苍岭市茶溪县：守好一座山")
    assert (len(first.paragraphs), len(second.paragraphs)) == (1, 1)


def test_blanks_and_markup() -> None:
    (article,) = read_text("# 码头夜校\n\n**学手艺。**师 傅们教 OTO 模式，共建“和美渔港 温馨码头”品牌。")
    assert article.paragraphs[0].text == "学手艺。师傅们教 OTO 模式，共建“和美渔港 温馨码头”品牌。"


def test_files(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LEAD, "utf-8")
    assert read_file(path)[0].source == str(path)
    assert [page.roles for page in roles_of_file(path)] == [((0, len(LEAD), "paragraph"),)]


def test_each_page_has_its_roles() -> None:
    pages = read_page_roles(f"{LEAD}\f{LEAD}")
    assert [(page.text, page.roles) for page in pages] == [(LEAD, ((0, len(LEAD), "paragraph"),))] * 2


@pytest.mark.parametrize("text", ["", "\n\n", "。。。", "——", "— 3 —", "1", "（上接第2版）"])
def test_pages_without_text(text: str) -> None:
    assert read_text(text) == []
