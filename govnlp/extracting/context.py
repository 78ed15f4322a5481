"""What a figure counts, and per what: 志愿者 in 3600余名志愿者, 户 in 每户补贴500元."""

from __future__ import annotations

import re

_REACH = 24
_CLAUSE_END = re.compile("[，。；！？：]")
_VERBS = (
    "建成 建设 建立 建有 建好 新建 改建 改造 打造 设立 设置 设有 开设 成立 组建 组织 开展 举办 召开 配备 配齐 选派 选聘 选拔 选育 选配 聘请 聘任 "
    "招募 招聘 吸纳 吸引 动员 发动 带动 引导 引进 引入 整合 整治 整改 盘活 收集 征集 梳理 排查 受理 办理 办结 解决 化解 调解 调处 处置 处理 "
    "完成 实施 推动 推进 推行 推出 推广 服务 惠及 覆盖 划分 划定 编组 发放 发布 投入 筹集 筹措 争取 拨付 安排 补贴 节约 减少 增加 增设 增收 取消 "
    "清理 压减 精简 摘除 拆除 清运 培育 培养 培训 储备 储备 提拔 通报 约谈 认领 领办 落实 落地 制定 出台 形成 汇集 汇聚 上传 提供 接待 走访 "
    "结对 联系 包保 帮扶 帮助 慰问 评选 表彰 评定 兑换 兑付 流转 种植 安置 容纳 涉及 辖有 现有 共有 共计 合计 累计 累计有 其中 先后 分别 平均 "
    "达到 提升到 提高到 控制在 保持在 参与 参加 加入 进驻 入驻 下沉 担任 兼任 推选 产生 产出 实现 垫付 回收 孵化 协调 转移 转办 修订 修建 修缮 "
    "栽种 安装 加装 铺设 疏通 拓宽 新增 更新 更换 捐赠 捐款 募集 注入 出资 占 达 为 有 共 约 至 由 用 比 将 把 对 在 从 向 以 等 被 让 给"
).split()
_VERB = re.compile("|".join(sorted(_VERBS, key=len, reverse=True)))
_NOUN_AFTER = re.compile("的?(?P<noun>[\\u4e00-\\u9fffA-Za-z]{1,12})")
# 调解员, 服务中心, 培训班: with these behind it the verb is the beginning of a noun.
_NOUN_ENDS = re.compile("[员者站室点所中队班会厅区圈费金卡岗站率量件类型用]")
_RUN = re.compile("[\\u4e00-\\u9fffA-Za-z“”]+$")
_FUNCTION_WORD = re.compile("[的了着过和与及并也都又再就才仅只还已]")
_LONGEST = 10

_MEASURES = "个名位家所座处支项件张台辆"
_PER = re.compile(
    rf"每(?:一)?(?:[{_MEASURES}](?P<thing>[\u4e00-\u9fff]{{2,6}})|(?P<unit>小时|季度|学期|网格|社区|[\u4e00-\u9fff]))|(?P<mean>[户人日月年村周季晚亩])均|(?P<day>日)处理"
)
_PER_BEHIND = re.compile("(?:/|每)(?P<unit>平方米|小时|[人户天日月年次件单餐亩吨])")


def counted(text: str, start: int, end: int) -> str | None:
    """Return the noun that a figure counts: the one behind it (3名党员), else the one before it (党员3名).

    >>> counted("3600余名志愿者调解纠纷", 0, 6), counted("配备专职网格员665人，", 7, 11)
    ('志愿者', '专职网格员')
    """
    return _noun_behind(text, end) or _noun_before(text, start)


def _noun_behind(text: str, end: int) -> str | None:
    found = _NOUN_AFTER.match(text, end)
    if found is None:
        return None
    noun = _cut_at_verb(found["noun"])
    return noun if len(noun) > 1 else None


def _cut_at_verb(run: str) -> str:
    for verb in _VERB.finditer(run):
        if not _NOUN_ENDS.match(run, verb.end()):
            run = run[: verb.start()]
            break
    word = _FUNCTION_WORD.search(run)
    return run[: word.start()] if word else run


def _noun_before(text: str, start: int) -> str | None:
    found = _RUN.search(text, max(0, start - _REACH), start)
    if found is None:
        return None
    run = found.group().rpartition("”")[2] or found.group().strip("“”")
    ends = [v.end() for v in _VERB.finditer(run) if not _NOUN_ENDS.match(run, v.end()) or v.end() == len(run)]
    while ends and ends[-1] == len(run):  # 合格率达99%: the verb between noun and figure
        run = run[: len(run) - len(_VERB.search(run, _last_verb(run)).group())]  # type: ignore[union-attr]
        ends = [v.end() for v in _VERB.finditer(run)]
    noun = run[ends[-1] :] if ends else run
    noun = _FUNCTION_WORD.split(noun)[-1][-_LONGEST:]
    return noun if len(noun) > 1 else None


def _last_verb(run: str) -> int:
    return max(v.start() for v in _VERB.finditer(run))


def counted_per(text: str, start: int, end: int) -> str | None:
    """Return what a figure is for one of: 户 in 每户补贴500元, 月 in 20元/月, 户·月 in 每户每月9元."""
    behind = _PER_BEHIND.match(text, end)
    if behind:
        return behind["unit"]
    clause = _CLAUSE_END.split(text[max(0, start - _REACH) : start])[-1]
    units = [_cut_at_verb(found["thing"] or "") or found["unit"] or found["mean"] or found["day"] for found in _PER.finditer(clause)]
    return "·".join(dict.fromkeys(filter(None, units))) or None
