from __future__ import annotations

import pytest

from govnlp import locate
from govnlp.lexicon.places import locate_in_article

PLACES = [
    ("辽宁省大连市西岗区：聚力", "210203"),
    ("大连西岗", "210203"),
    ("桓仁县推进网格治理", "210522"),
    ("广东省罗定市：深化机制", "445381"),
    ("陕西咸阳：办好实事", "610400"),
    ("上海加强流动党员管理", "310000"),
    ("北京市石景山区扎实推进", "110107"),
    ("四川犍为用活工作法", "511123"),
    ("新疆生产建设兵团第八师石河子市", "659001"),
]
NO_PLACES = ["平安建设入人心", "朝阳产业带动就业", "和平建设", "城关社区开展活动", "党建引领", "", "。"]


@pytest.mark.parametrize(("text", "adcode"), PLACES)
def test_places(text: str, adcode: str) -> None:
    found = locate(text)
    assert found is not None
    assert found.adcode == adcode


@pytest.mark.parametrize("text", NO_PLACES)
def test_words_that_are_no_places(text: str) -> None:
    assert locate(text) is None


def test_an_ambiguous_name_says_so() -> None:
    found = locate("鼓楼区推进网格治理")
    assert found is not None
    assert found.adcode is None
    assert "福建省福州市鼓楼区" in found.candidates


def test_the_body_decides() -> None:
    found = locate_in_article("中山区：用好小阵地", None, None, "大连有山有海。近年来，大连市中山区坚持……")
    assert found is not None
    assert found.adcode == "210202"


def test_a_unit_that_the_table_does_not_know_keeps_its_name() -> None:
    found = locate("松陵省鹤原市炭台区：小网格")
    assert found is not None
    assert (found.name, found.adcode, found.level) == ("松陵省鹤原市炭台区", None, "county")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("澄江省泊阳市：探索超大城区治理新路", "澄江省泊阳市"),
        ("明江市鹭港区：融合共建", "明江市鹭港区"),
        ("建好社区：一件事", None),
        ("提升城市治理水平", None),
        ("探索老城区改造", None),
    ],
)
def test_printed_names(text: str, name: str | None) -> None:
    found = locate(text)
    assert (found.name if found else None) == name


def test_a_feature_names_its_place_in_passing() -> None:
    found = locate_in_article("圩埂上长出的菜园", None, None, "端午刚过，青山湖区双湖村的圩埂上，茅草被割得齐齐整整。")
    assert found is not None
    assert found.adcode == "360111"


def test_the_body_spells_an_ambiguous_headline_out() -> None:
    body = "针对权责不清的问题，河北省张家口市桥西区坚持清单管理。"
    found = locate_in_article("河北省桥西区：明责赋能", None, None, body)
    assert found is not None
    assert found.adcode == "130703"
