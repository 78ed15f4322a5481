from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp import locate
from govnlp.lexicon.gazetteer import divisions, former_divisions, full_name, parents, short_form
from govnlp.lexicon.places import locate_in_article, settle_by_page
from govnlp.records import Locality

HEADLINES = Path(__file__).parents[2] / "benchmarks" / "places" / "headlines.jsonl"
ROWS = [json.loads(line) for line in HEADLINES.read_text("utf-8").splitlines()]

PLACES = [
    ("辽宁省大连市西岗区：聚力", "210203"),
    ("大连西岗", "210203"),
    ("西岗", "210203"),
    ("桓仁县推进网格治理", "210522"),
    ("广东省罗定市：深化机制", "445381"),
    ("云浮罗定", "445381"),
    ("陕西咸阳：办好实事", "610400"),
    ("上海加强楼宇党建", "310000"),
    ("上海浦东", "310115"),
    ("福建厦门：邻里有约", "350200"),
    ("北京市石景山区用好老厂房", "110107"),
    ("四川犍为用活工作法", "511123"),
    ("新疆生产建设兵团第六师五家渠市", "659004"),
    ("新疆石河子市：军垦新城", "659001"),
    ("济南市中区：小院议事", "370103"),
    ("浙江省金华市民政局：一件事", "330700"),
    ("广州市民议事厅", "440100"),
    ("海南区域协作", "460000"),
    ("海南区：乌金路上的党支部", "150303"),
    ("吉安居民议事", "360800"),
    ("山西晋中：窑洞夜话", "140700"),
    ("大同：煤城新邻里", "140200"),
    ("甘肃合作：草原新城", "623001"),
    ("济源", "419001"),
    ("江苏省推进小区治理", "320000"),
    ("浙江省城市社区换新颜", "330000"),
    ("福建省为基层减负的老办法", "350000"),
    ("台湾省", "710000"),
]
NO_PLACES = [
    "平安建设入人心", "朝阳产业带动就业", "和平建设", "城关社区开展活动", "党建引领", "", "。", "长治久安",
    "公安民警下沉",
    "资源下沉", "学习浙江经验", "天津路社区的夜校", "沙县小吃店里的党员", "小区A区3栋", "A区业主群的早晨",
    "党委和县直部门", "市辖区",
    "本报记者 李云南 张海宁", "北京大学的毕业生",
]  # fmt: skip
PRINTED = [
    ("松陵省鹤原市炭台区：小网格", "松陵省鹤原市炭台区", "county"),
    ("澄江省泊阳市：探索超大城区治理新路", "澄江省泊阳市", "city"),
    ("明江市鹭港区：融合共建", "明江市鹭港区", "county"),
    ("辽宁省桦林区：热线", "辽宁省桦林区", "county"),
    ("A市：热线", "A市", "city"),
    ("B省C市D县：热线", "B省C市D县", "county"),
    ("中共D县委组织部", "D县", "county"),
    ("××县：热线", "××县", "county"),
    ("苏州工业园区：邻里", "苏州工业园区", "county"),
    ("成都高新区打造样板", "成都高新区", "county"),
    ("雄安新区：先锋岗", "雄安新区", "county"),
    ("新疆生产建设兵团：连队夜话", "新疆生产建设兵团", None),
]


def code_of(found: Locality | None) -> str | None:
    return found.adcode if found else None


@pytest.mark.parametrize(("text", "adcode"), PLACES)
def test_places(text: str, adcode: str) -> None:
    assert code_of(locate(text)) == adcode


@pytest.mark.parametrize("text", NO_PLACES)
def test_words_that_are_no_places(text: str) -> None:
    assert locate(text) is None


@pytest.mark.parametrize(("text", "name", "level"), PRINTED)
def test_a_unit_that_the_table_does_not_know_keeps_its_name(text: str, name: str, level: str | None) -> None:
    found = locate(text)
    assert found is not None
    assert (found.name, found.level, found.adcode, found.candidates) == (name, level, None, ())


@pytest.mark.parametrize("text", ["建好社区：一件事", "提升城市治理水平", "探索老城区改造", "打造示范区", "建设新区"])
def test_what_only_looks_like_a_unit(text: str) -> None:
    assert locate(text) is None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_headlines_of_the_benchmark(row: dict[str, object]) -> None:
    found = locate(str(row["text"]))
    assert code_of(found) == row["adcode"]
    if "candidates" in row:
        assert found is not None
        assert set(found.candidates) == set(row["candidates"])  # type: ignore[call-overload]
    elif row["adcode"] is None:
        assert (found.name if found else None) == row.get("printed")


@pytest.mark.parametrize("ending", ["：聚力", "推进网格治理", ""])
def test_every_unit_of_today_is_found_by_its_full_name(ending: str) -> None:
    assert [d for d in divisions().values() if code_of(locate(full_name(d) + ending)) != d.adcode] == []


def test_every_unit_of_today_is_found_by_its_short_names() -> None:
    chains = {"".join(short_form(u.name) for u in (*parents(d), d)): d for d in divisions().values() if parents(d)}
    missed = []
    for chain, division in chains.items():
        found = locate(chain + "：聚力")
        if found is None or full_name(division) not in (found.name, *found.candidates):
            missed.append(chain)
    assert missed == []


def test_every_former_unit_is_found_by_its_full_name_and_leads_to_today() -> None:
    for division in former_divisions().values():
        found = locate(full_name(division) + "：聚力")
        assert found is not None
        if found.adcode == division.adcode:
            assert found.candidates == tuple(full_name(divisions()[code]) for code in division.now)
        else:
            assert found.adcode in division.now, division  # 湖北省神农架林区 bears its name still


def test_a_former_unit_has_its_own_code_and_says_where_it_lies_today() -> None:
    found = locate("湖北省襄樊市：老街坊")
    assert found is not None
    assert (found.name, found.adcode, found.candidates) == ("湖北省襄樊市", "420600", ("湖北省襄阳市",))


def test_an_ambiguous_name_says_so() -> None:
    found = locate("鼓楼区推进网格治理")
    assert found is not None
    assert (found.name, found.adcode) == ("鼓楼区", None)
    assert "福建省福州市鼓楼区" in found.candidates


@pytest.mark.parametrize("name", ["江北区", "桥东区"])
def test_a_district_abolished_lately_is_meant_too(name: str) -> None:
    found = locate(name + "：楼道里的灯")
    assert found is not None
    assert found.adcode is None
    assert len(found.candidates) >= 2


IN_ARTICLE = [
    # headline, kicker, byline, body, adcode
    ("中山区：用好小阵地", None, None, "大连有山有海。近年来，大连市中山区坚持……", "210202"),
    ("中山区：用好小阵地", None, "■中共大连市中山区委组织部", "近年来，区里坚持……", "210202"),
    ("中山区：用好小阵地", None, None, "近年来，中山区坚持……", None),
    ("中山区：用好小阵地", None, None, "从大连到台北，海峡两岸都有中山区……", None),
    ("用好小阵地", "中山区", "中共中山区委", "近年来，大连坚持……", "210202"),
    ("河北省桥西区：明责赋能", None, None, "针对权责不清的问题，河北省张家口市桥西区坚持清单管理。", "130703"),
    ("圩埂上长出的菜园", None, None, "端午刚过，青山湖区双湖村的圩埂上，茅草被割得齐齐整整。", "360111"),
    ("矿灯下的夜校", None, None, "大田县一个社区，一到晚上就亮灯。这里曾是福建省三明市的矿区，大田县……", "350425"),
    ("一张明白纸", None, "漳州市委社会工作部", "各县（区）委社会工作部：", "350600"),
    ("一张明白纸", None, "本报记者 王海南", "各县（区）委社会工作部：", None),
    ("这个浙江经验怎么用", None, "中共大连市西岗区委组织部", "西岗区的做法……", "210203"),
    ("别让表格绊住脚", None, None, "基层减负，要减到点子上。", None),
    ("鹭港区：融合共建", None, None, "近年来，岭东省明江市鹭港区坚持……", None),
]


@pytest.mark.parametrize(("headline", "kicker", "byline", "body", "adcode"), IN_ARTICLE)
def test_byline_and_body_decide(
    headline: str, kicker: str | None, byline: str | None, body: str, adcode: str | None
) -> None:
    assert code_of(locate_in_article(headline, kicker, byline, body)) == adcode


def test_an_unknown_unit_is_spelled_out_by_the_body() -> None:
    found = locate_in_article("明江市鹭港区：融合共建", None, None, "近年来，岭东省明江市鹭港区坚持……")
    assert found is not None
    assert (found.name, found.province, found.adcode) == ("岭东省明江市鹭港区", "岭东省", None)


@pytest.mark.parametrize(
    ("page", "adcode"),
    [
        (["大连日报"], "210202"),
        (["", "辽宁省大连市西岗区"], "210202"),
        (["", "辽宁省沈阳市和平区"], None),
        (["大连日报", "台湾省台北市"], None),
        ([], None),
    ],
)
def test_the_rest_of_the_page_decides(page: list[str], adcode: str | None) -> None:
    found = locate("中山区：用好小阵地")
    assert found is not None
    assert settle_by_page(found, page).adcode == adcode


def test_a_page_settles_the_places_of_its_articles() -> None:
    import govnlp

    text = "省直联办进楼门\n\n大连日报 2024年5月6日 第3版\n\n"
    text += (
        "辽宁省大连市西岗区：楼院有事楼院议\n\n■中共西岗区委组织部\n\n" + "西岗区把议事桌搬进楼院，居民有话当面说。" * 6
    )
    text += (
        "\n\n中山区：小广场大民生\n\n■中共中山区委组织部\n\n"
        + "中山区把广场边的老房子改成驿站，环卫工歇脚有了去处。" * 6
    )
    found = {a.headline: code_of(a.locality) for a in govnlp.read_text(text) if a.headline and a.locality}
    assert found["中山区：小广场大民生"] == "210202"


NAMES = st.sampled_from([d.name for d in divisions().values()] + [short_form(d.name) for d in divisions().values()])
WORDS = st.sampled_from(
    ["推进", "：", "社区", "区", "市", "委", "域", "A", "中共", "建设", "“", " ", "兵团", "新区", "\U00020000"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(NAMES | WORDS | st.text(max_size=4), max_size=8).map("".join))
def test_a_code_is_in_the_table_and_an_open_name_has_candidates_of_it(text: str) -> None:
    found = locate(text)
    assert locate(text) == found
    if found and found.adcode:
        assert found.adcode in divisions() or found.adcode in former_divisions()
    elif found and found.candidates:
        assert len(found.candidates) > 1
    elif found:
        assert found.name in text
