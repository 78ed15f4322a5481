from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import figures, practices

CASES = [
    ("3600余名志愿者", [("3600余名", 3600, "名", "count", "余", None)]),
    ("办结1.1万件", [("1.1万件", 11000, "件", "count", None, None)]),
    ("化解率99.8%", [("99.8%", 99.8, "%", "percent", None, None)]),
    ("证明事项从26项减至5项", [("26项", 26, "项", "count", None, None), ("5项", 5, "项", "count", None, 26)]),
    ("投入近400万元", [("近400万元", 4000000, "元", "money", "近", None)]),
    ("2023年5月，“1331”工作体系，12345热线，三张清单", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_figures(text: str, expected: list[tuple]) -> None:
    found = [(f.text, f.value, f.unit, f.kind, f.hedge, f.from_) for f in figures(text)]
    assert found == expected


@given(st.text(alphabet="0123456789.万亿余多名个件%从至，。“”社区", max_size=40))
def test_a_figure_is_a_verbatim_span(text: str) -> None:
    assert all(text[f.start : f.end] == f.text for f in figures(text))


@given(st.text(alphabet="“”工作法模式“三聚三强”行动驿站，。", max_size=40))
def test_a_practice_is_a_verbatim_span(text: str) -> None:
    assert all(text[p.start : p.end] == p.name for p in practices(text))


def test_practices_have_kinds() -> None:
    found = practices("推行“三聚三强”工作法，开展“暖蜂归巢”行动。")
    assert [(p.name, p.kind) for p in found] == [("“三聚三强”工作法", "method"), ("“暖蜂归巢”行动", "campaign")]
