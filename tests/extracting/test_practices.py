from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import practices, read_text
from govnlp.records import Article, Paragraph, Section

# Invented sentences, and (name, kind) of their practices.
NAMED = [
    ("推行“三问三办”工作法。", [("“三问三办”工作法", "method")]),
    ("“三问三办工作法”见了成效。", [("“三问三办工作法”", "method")]),
    ("全镇推行三问三办工作法。", [("三问三办工作法", "method")]),
    ("创新“1+3+N”模式。", [("“1+3+N”模式", "method")]),
    ("健全“四步议”议事协商机制。", [("“四步议”议事协商机制", "method")]),
    ("推行“早看灯、晚敲门”工作法。", [("“早看灯、晚敲门”工作法", "method")]),
    ("“两访三评”让干部沉下去。", [("“两访三评”", "method")]),
    ("打造“槐花香里”党建品牌。", [("“槐花香里”党建品牌", "brand")]),
    ("成立“喜鹊”志愿服务队伍。", [("“喜鹊”志愿服务队伍", "brand")]),
    ("“灯芯”护河队每天巡岸。", [("“灯芯”护河队", "brand")]),
    ("开展“暖蜂归巢”行动。", [("“暖蜂归巢”行动", "campaign")]),
    ("实施“青苗接力”工程。", [("“青苗接力”工程", "campaign")]),
    ("上线“邻声”小程序。", [("“邻声”小程序", "platform")]),
    ("数据接入“街区大脑”。", [("“街区大脑”", "platform")]),
    ("建成“檐下”驿站12处。", [("“檐下”驿站", "place")]),
    ("设立“曲婶调解室”。", [("“曲婶调解室”", "place")]),
    ("办好“热汤灶”，老人少跑路。", [("“热汤灶”", "place")]),
    ("居民到“拾光小铺”换米面。", [("“拾光小铺”", "place")]),
    ("深化“居民点单、支部派单”工作机制。", [("“居民点单、支部派单”工作机制", "method")]),
    ("试行“街道出题，居民解题”创新模式。", [("“街道出题，居民解题”创新模式", "method")]),
    ("探索“课桌+田头”实训模式。", [("“课桌+田头”实训模式", "method")]),
    ("推行“支部+楼栋+住户”服务模式。", [("“支部+楼栋+住户”服务模式", "method")]),
    ("开展“新芽向上、候鸟回家”行动。", [("“新芽向上、候鸟回家”行动", "campaign")]),
    ("她说：“我们的‘一家亲 共议事’工作法管用。”", [("‘一家亲 共议事’工作法", "method")]),
    ("创新社区帮办员“帮代办”工程。", [("“帮代办”工程", "campaign")]),
    ("300余名“夕照卫士”夜夜巡逻。", [("“夕照卫士”", "brand")]),
    ("举办“槐花宴”“灯火夜市”等活动。", [("“槐花宴”", "campaign"), ("“灯火夜市”", "campaign")]),
    ("通过“梁叔调解室”“巷口评理点”等品牌。", [("“梁叔调解室”", "place"), ("“巷口评理点”", "place")]),
    ("开展“槐荫夜谈”“邻里百家宴”。", [("“槐荫夜谈”", "campaign"), ("“邻里百家宴”", "campaign")]),
]
# General words between quotation marks, policies of the whole country, descriptions: no practices.
UNNAMED = [
    "办好群众的“小事”。",
    "坚持全区“一盘棋”。",
    "打通“最后一公里”。",
    "解决“急难愁盼”问题。",
    "深化“两学一做”专题活动。",
    "打造志愿服务“同心圆”。",
    "服务“一老一小”。",
    "健全“支部牵头、居民商议、社区督办”工作机制。",
    "推行“党建+物业”模式。",
    "构建“县—乡—村”三级贯通体系。",
    "荣获“全国文明社区”称号。",
    "培育“治理带头人”56名。",
    "各类“工作室”“服务站”一律取消。",
    "“有人管就好。”老人说。",
    "开通“7×24小时”服务热线。",
    "推行“一户一策”。",
    "破解“系统多、报表多”问题的机制。",
    "创新办法，解决“学用脱节”问题。",
    "针对“部门打架”等现象建立机制。",
    "为网格员办理“五险一金”。",
    "街道设“四办两中心”。",
    "就近“帮代办”，少跑一趟。",
    "完善“院坝说事”“线上议事”等配套机制。",
    "建立“群众提议、支部领题、部门解题”工作机制。",
]
EXPANDED = [
    ("“三聚”工作法见效。“三聚”：聚人心、聚资源、聚合力。", "聚人心、聚资源、聚合力"),
    ("推行“四步走”工作法，即走访、议事、办理、回访。", "走访、议事、办理、回访"),
    ("推行“1+3+N”模式（1个中心、3支队伍、N个站点）。", "1个中心、3支队伍、N个站点"),
    ("实施减报表、减台账、减会议“三减”行动。", "减报表、减台账、减会议"),
    ("构建“1个中枢+5个片区”的“15”指挥体系。", "1个中枢+5个片区"),
    ("推行“三问三办”工作法，成效明显。", None),
]


def named(text: str) -> list[tuple[str, str]]:
    return [(p.name, p.kind) for p in practices(text)]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize("text", UNNAMED)
def test_general_words_are_left_out(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(("text", "expansion"), EXPANDED)
def test_expansions(text: str, expansion: str | None) -> None:
    assert [p.expansion for p in practices(text)] == [expansion]


def test_variants_of_one_article_are_one() -> None:
    texts = [
        "“三问三办”工作法聚人心。",
        "推行三问三办工作法。",
        "“三问三办工作法”获评。“三问三办”，即聚人、聚力、强基、强网。",
    ]
    article = Article(
        "a", "", "report", None, sections=(Section(None, tuple(Paragraph(f"a-p{i}", t) for i, t in enumerate(texts))),)
    )
    found = practices(article)
    assert [(p.id, p.name, p.expansion) for p in found] == [("a-p0", "“三问三办”工作法", "聚人、聚力、强基、强网")]


def test_the_fullest_name_of_an_article_stays() -> None:
    article = read_text("青桐区：划好小网格\n\n居民常去“拾光小铺”。\n\n“拾光小铺”公益集市每周开一次。")[0]
    assert [p.name for p in practices(article)] == ["“拾光小铺”公益集市"]


@given(st.text(alphabet="“”‘’工作法模式三聚强行动驿站推行办好，。、：即（）+1N打造大脑队", max_size=60))
def test_practices_are_verbatim_and_each_once(text: str) -> None:
    found = practices(text, "p1")
    assert all(text[p.start : p.end] == p.name for p in found)
    assert len({p.name for p in found}) == len(found)
    assert [p.start for p in found] == sorted(p.start for p in found)


@pytest.mark.parametrize("piece", ["“", "”", "‘", "“三聚”", "“三聚”工作法", "办好“", "即、", "（", "聚人、", "推行"])
def test_long_runs_take_linear_time(piece: str) -> None:
    assert len(practices(piece * 30_000)) <= 1
