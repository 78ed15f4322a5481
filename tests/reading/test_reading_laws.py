"""Laws 1, 2 and 4 for any text: nothing lost, the place kept, the same answer twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.reading import read_text
from tests.reading.restoration import count_roles, roles_in

_LINES = (
    "松原省临江市桥东区：织密“邻里网” 点亮“万家灯”",
    "松原省临江市青石县：",
    "板凳议事有商量",
    "■中共桥东区委组织部",
    "本报记者 柳砚秋",
    "建强堡垒 聚拢人心",
    "## 办好小事 温暖大家",
    "桥东区推动社区议事协",
    "商会每月开一次，议定“一老一小”实事32件。",
    "健全机制。街道把报修、调解、代办并到一个窗口，",
    "”的队伍，人人有事做。",
    "松原省临江市桥东区举办邻里节。图为居民在包饺子。",
    "（上接第2版）",
    "（下转A03版）",
    "**搭台子。**把各方请来议事。",
    "本报临江5月6日讯（记者 方既白）近日，青石县开门接访。",
    "河湾日报 2024年5月6日 第3版",
    "—— 3 ——",
    "“以前没人管。",
    "现在有人问。”她说。",
)
_PAGES = st.lists(st.sampled_from(_LINES) | st.text(max_size=20), max_size=30).flatmap(
    lambda lines: st.sampled_from(("\n", "\n\n", "\n\n\n", "\r\n", "\f", " ")).map(lambda gap: gap.join(lines))
)
# Hostile pages: signs alone, digits alone, any Chinese letters, Markdown and pairs of quotes without order.
_HOSTILE = st.one_of(
    st.text(alphabet=alphabet, max_size=200)
    for alphabet in (
        "■□◆●▲\n ",
        "0123456789.%\n ",
        "的一是在不了有和人这\n\f，。",
        "#*_-“”‘’「」《》（）()[]【】\n啊",
        "省市区县：。\n党",
    )
)
_HAN = st.text(
    alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("\n，。 "), max_size=300
)
_ANY = st.text() | _PAGES | _HOSTILE | _HAN


@given(_ANY)
@settings(max_examples=300, deadline=None)
def test_every_character_has_one_role(text: str) -> None:
    covered = count_roles(text)
    assert all(n == 1 for c, n in zip(text, covered, strict=True) if not c.isspace())
    assert max(covered, default=0) <= 1


@given(_ANY)
@settings(max_examples=300, deadline=None)
def test_spans_hold_the_text(text: str) -> None:
    for article in read_text(text):
        for shown in (*article.paragraphs, *article.captions):
            source = "".join(text[a:b] for a, b in shown.spans)
            assert "".join(source.split()) == "".join(shown.text.split())
            assert shown.text


@given(_ANY)
@settings(max_examples=100, deadline=None)
def test_the_same_text_reads_the_same(text: str) -> None:
    assert read_text(text) == read_text(text)


@given(_ANY)
@settings(max_examples=100, deadline=None)
def test_roles_and_paragraphs_agree(text: str) -> None:
    role = {i: r for start, end, r in roles_in(text) for i in range(start, end)}
    shown = [i for a in read_text(text) for p in a.paragraphs for start, end in p.spans for i in range(start, end)]
    assert len(shown) == len(set(shown))
    printed = {i for i in shown if not text[i].isspace()}
    assert printed == {i for i, r in role.items() if r == "paragraph" and not text[i].isspace()}


@given(st.lists(_ANY, max_size=4))
@settings(max_examples=100, deadline=None)
def test_ids_are_unique(texts: list[str]) -> None:
    articles = read_text("\f".join(texts))
    names = [a.id for a in articles] + [p.id for a in articles for p in a.paragraphs]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "text",
    [
        "", " \n\t\f ", "\ufeff", "。", "——\n\n……", "#", "**", "# \n## ", "“" * 3000, "啊" * 30000,
        "\n".join("桥" * 9 for _ in range(2000)), "\n\n".join(f"第{n}件事办到了一" for n in range(1500)),
        "（上接第2版）\n（下转第3版）" * 50, "省市区县" * 2000, "\x00\x01\x02\x85\u2028a\u200b",
    ],
)  # fmt: skip
def test_odd_texts_are_read(text: str) -> None:
    assert all(paragraph.text for article in read_text(text) for paragraph in article.paragraphs)
