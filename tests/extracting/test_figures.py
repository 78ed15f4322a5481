from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import figures

# Invented sentences, one shape each: the text, and (text, value, unit, kind) of its figures.
SHAPES = [
    # Arabic numbers
    ("青桐区划分网格482个。", [("482个", 482, "个", "count")]),
    ("配备专职巡查员668人、楼栋长1,204名。", [("668人", 668, "人", "count"), ("1,204名", 1204, "名", "count")]),
    ("受理群众诉求３６５０件。", [("３６５０件", 3650, "件", "count")]),
    ("办结事项1.1万件。", [("1.1万件", 11000, "件", "count")]),
    ("投入资金2.35亿元。", [("2.35亿元", 235000000, "元", "money")]),
    ("带动投资1.2万亿元。", [("1.2万亿元", 1200000000000, "元", "money")]),
    ("收集意见3万2千条。", [("3万2千条", 32000, "条", "count")]),
    ("社区常住人口4.6万，党员不多。", [("4.6万", 46000, "", "count")]),
    ("古街一天接待8万多游客。", [("8万多", 80000, "", "count")]),
    ("组织走访6000多户次。", [("6000多户次", 6000, "户次", "count")]),
    # numbers in characters
    ("十余名党员报名。", [("十余名", 10, "名", "count")]),
    ("三千多人到场。", [("三千多人", 3000, "人", "count")]),
    ("两个社区合用一座礼堂。", [("两个", 2, "个", "count")]),
    ("腾出二十三间旧屋。", [("二十三间", 23, "间", "count")]),
    ("累计服务一百二十人次。", [("一百二十人次", 120, "人次", "count")]),
    ("认领心愿两千三百五十个。", [("两千三百五十个", 2350, "个", "count")]),
    ("惠及群众三万余人。", [("三万余人", 30000, "人", "count")]),
    ("商会捐来六十万元。", [("六十万元", 600000, "元", "money")]),
    ("上千户居民搬进新楼。", [("上千户", 1000, "户", "count")]),
    ("近百名骑手签到。", [("近百名", 100, "名", "count")]),
    ("数十家企业响应。", [("数十家", 10, "家", "count")]),
    ("几十位老人排队。", [("几十位", 10, "位", "count")]),
    ("改造后新增电梯一部，加装雨棚。", [("一部", 1, "部", "count")]),
    # per cent and tenths
    ("办结率达99.8%。", [("99.8%", 99.8, "%", "percent")]),
    ("满意率９８．５％。", [("９８．５％", 98.5, "%", "percent")]),
    ("两成商户先试。", [("两成", 20, "%", "percent")]),
    ("党员占六成五。", [("六成五", 65, "%", "percent")]),
    ("百分之九十的楼栋签了约。", [("百分之九十", 90, "%", "percent")]),
    ("发案率为千分之三。", [("千分之三", 3, "‰", "percent")]),
    ("发案率为3.2‰。", [("3.2‰", 3.2, "‰", "percent")]),
    ("满意度提高4.5个百分点。", [("4.5个百分点", 4.5, "个百分点", "percent")]),
    # ratios and multiples
    ("按1:300的比例配备网格员。", [("1:300", 0.003333, "", "ratio")]),
    ("师生配比为1∶12。", [("1∶12", 0.083333, "", "ratio")]),
    ("车位配比达到1比1.5。", [("1比1.5", 0.666667, "", "ratio")]),
    ("三分之二的业主同意。", [("三分之二", 0.666667, "", "ratio")]),
    ("志愿者队伍翻一番。", [("翻一番", 2, "番", "ratio")]),
    ("客流翻了两番。", [("翻了两番", 4, "番", "ratio")]),
    ("产值翻99999999番。", [("翻99999999番", 2.0**64, "番", "ratio")]),
    ("产值翻番。", [("翻番", 2, "番", "ratio")]),
    ("订单增长3倍。", [("3倍", 3, "倍", "ratio")]),
    # measures
    ("新建广场3200平方米。", [("3200平方米", 3200, "平方米", "area")]),
    ("流转土地2.3万亩。", [("2.3万亩", 23000, "亩", "area")]),
    ("修路12.5公里。", [("12.5公里", 12.5, "公里", "length")]),
    ("渠长5千米。", [("5千米", 5, "千米", "length")]),
    ("清运垃圾860吨。", [("860吨", 860, "吨", "weight")]),
    ("平均8分钟到场。", [("8分钟", 8, "分钟", "duration")]),
    ("值守72小时。", [("72小时", 72, "小时", "duration")]),
    ("用时1小时30分。", [("1小时30分", 1.5, "小时", "duration")]),
    ("改造用了两个半月。", [("两个半月", 2.5, "个月", "duration")]),
    ("排查用了2天半。", [("2天半", 2.5, "天", "duration")]),
    ("驻点半个月。", [("半个月", 0.5, "个月", "duration")]),
    ("等了三个多小时。", [("三个多小时", 3, "个小时", "duration")]),
    ("诉求3日内办结。", [("3日", 3, "日", "duration")]),
    ("10个工作日内答复。", [("10个工作日", 10, "个工作日", "duration")]),
    ("连续五年没有诉讼。", [("五年", 5, "年", "duration")]),
    ("室外零下十五度。", [("零下十五度", -15, "度", "other")]),
    ("评价低于80分的限期整改。", [("低于80分", 80, "分", "other")]),
    # dates, times, ordinals, codes, addresses, ages
    ("2023年5月8日，二〇二四年春。", []),
    ("晚上8点30分开会，20时散会，8:30签到。", []),
    ("第3期、第十二批、前30名、第一书记。", []),
    ("三年来，五年前，近两年，近三年里，“十四五”期间。", []),
    ("8个月来，2年内，三年行动计划。", []),
    ("拨打12345或0763-3381234。", []),
    ("沪委发〔2021〕15号文件。", []),
    ("住在7栋2单元301室，G312国道旁，B14版。", []),
    ("70岁以上老人，35岁以下青年。", []),
    ("周五下午，星期三上午。", []),
    # numbers inside names and wording
    ("“1331”工作体系、“1+3+N”模式。", []),
    ("三张清单、四级联动、五项机制、“三个一批”。", []),
    ("一站式、一体化、一批项目、一系列举措、一张网、每一个家庭。", []),
    ("打造15分钟便民生活圈。", []),
    ("打通服务群众的最后一公里。", []),
    ("两委换届，三会一课，两代表一委员，千家万户，百姓。", []),
    ("十分困难，七台河的三轮车，十户长。", []),
    ("《二十条办法》印发。", []),
    ("3部门联合，2单位共建。", []),
    ("按照“1名格长、N名网格员”配备。", []),
    # all together
    (
        "目前3个社区试点，提前5天完工。",
        [("3个", 3, "个", "count"), ("5天", 5, "天", "duration")],
    ),
    ("楼长说：“我们这儿住着620户，一半是老人。”", [("620户", 620, "户", "count")]),
    (
        "建成食堂12个、驿站5处，服务1.1万人次。",
        [("12个", 12, "个", "count"), ("5处", 5, "处", "count"), ("1.1万人次", 11000, "人次", "count")],
    ),
]

# The text, and (text, value, from, min, max, hedge, per) of its figure.
RELATIONS = [
    ("盖章事项从38项减至5项。", ("5项", 5, 38, None, None, None, None)),
    ("事项由原来的34项压减到7项。", ("7项", 7, 34, None, None, None, None)),
    ("时限由2小时压缩到20分钟。", ("20分钟", 20, 120, None, None, None, None)),
    ("投诉由每月40多起降为2起。", ("2起", 2, 40, None, None, None, "月")),
    ("示范点由12增加到20家。", ("20家", 20, 12, None, None, None, None)),
    ("参与率由37%提升至84%。", ("84%", 84, 37, None, None, None, None)),
    ("每个网格配3至5名网格员。", ("3至5名", 5, None, 3, 5, None, "网格")),
    ("奖补3至5万元。", ("3至5万元", 50000, None, 30000, 50000, None, None)),
    ("占比20%—30%。", ("20%—30%", 30, None, 20, 30, None, None)),
    ("拖了两三个月。", ("两三个月", 3, None, 2, 3, None, None)),
    ("来了七八十人。", ("七八十人", 80, None, 70, 80, None, None)),
    ("超过400万元。", ("超过400万元", 4000000, None, None, None, "超过", None)),
    ("约1700单。", ("约1700单", 1700, None, None, None, "约", None)),
    ("不少于三成。", ("不少于三成", 30, None, None, None, "不少于", None)),
    ("满意度在97%以上。", ("97%以上", 97, None, None, None, "以上", None)),
    ("缩短7分钟左右。", ("7分钟左右", 7, None, None, None, "左右", None)),
    ("每户补贴500元。", ("500元", 500, None, None, None, None, "户")),
    ("每户每月交9元。", ("9元", 9, None, None, None, None, "户·月")),
    ("停车费20元/月。", ("20元", 20, None, None, None, None, "月")),
    ("户均增收5100元。", ("5100元", 5100, None, None, None, None, "户")),
    ("日均接单6.8万单。", ("6.8万单", 68000, None, None, None, None, "日")),
]

COUNTED = [
    ("3600余名志愿者调解纠纷。", "志愿者"),
    ("配备专职巡查员668人。", "专职巡查员"),
    ("办结率达到98%。", "办结率"),
    ("盖章事项从38项减至5项。", "盖章事项"),
    ("90%的家庭签了约。", "家庭"),
    ("3个。", None),
]

FLAGS = [
    ("受理诉求2175件、办结2172件、办结率99.8%。", None),
    ("受理诉求2175件、办结2172件、办结率98.9%。", "2172÷2175=99.9%，文中为98.9%"),
    ("受理诉求1.1万件，办结1.1万件，办结率99.2%。", None),
    ("受理诉求2000余件，办结1500件，办结率98%。", None),
    ("受理诉求2175件、办结2172件，群众满意率98%。", None),
    ("事项从26项减至5项，减少81%。", None),
    ("事项从26项减至5项，减少71%。", "从26到5是减少80.8%，文中为71%"),
    ("队伍由50支增至80支，增长60%。", None),
    ("队伍由50支增至80支，增长70%。", "从50到80是增加60.0%，文中为70%"),
    ("事项从26项减至5项，群众满意度提高12%。", None),
    ("选派党员48名，其中女性12名，占25%。", None),
    ("选派党员48名，其中女性12名，占35%。", "12÷48=25.0%，文中为35%"),
    ("选派党员48名，其中女性52名。", "其中的52名多于全部的48名"),
    ("建支部3个、小组5个，合计8个。", None),
    ("建支部3个、小组5个，合计9个。", "各项相加为8，文中为9"),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_shapes(text: str, expected: list[tuple]) -> None:
    assert [(f.text, f.value, f.unit, f.kind) for f in figures(text)] == expected


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_relations(text: str, expected: tuple) -> None:
    found = [(f.text, f.value, f.from_, f.min, f.max, f.hedge, f.per) for f in figures(text)]
    assert found == [expected]


@pytest.mark.parametrize(("text", "what"), COUNTED)
def test_what_is_counted(text: str, what: str | None) -> None:
    assert figures(text)[0].what == what


@pytest.mark.parametrize(("text", "flag"), FLAGS)
def test_stated_arithmetic(text: str, flag: str | None) -> None:
    assert next((f.flag for f in figures(text) if f.flag), None) == flag


ALPHABET = (
    "0123456789０９.,，。万亿余多千百十一二两三半个名件%％从由至到—:比分之成翻零下度每户月占其中合计“”社区年时前第"
)


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_figures_are_verbatim_in_order_and_apart(text: str) -> None:
    found = figures(text, "p1")
    assert all(text[f.start : f.end] == f.text for f in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(f.id == "p1" and f.value == f.value for f in found)
    assert all(f.min is None or f.min < f.max == f.value for f in found)


@pytest.mark.parametrize(
    "piece", ["1", "1,", "一", "十", "百万", "3.", "1:", "第1", "从1至", "3个、", "“", "每", "近", "N"]
)
def test_long_runs_take_linear_time(piece: str) -> None:
    """A quadratic rule would not come back from these within the patience of any reader."""
    assert isinstance(figures("“" + piece * 60_000), list)
