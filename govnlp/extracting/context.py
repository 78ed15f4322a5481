"""What a figure counts, and per what: 志愿者 in 3600余名志愿者, 户 in 每户补贴500元.

No parser is run for it: verbs and function words from a table end a noun, which is right in most sentences of reports.
They count where the tokenizer cuts them off: 有 and 签 are no verbs in 有效办理率 and 签约率.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from govnlp.errors import UsageError
from govnlp.lexicon.engines import Engine, load_engine
from govnlp.lexicon.tokenizer import Tokenizer

_REACH = 24
_LONGEST = 10  # characters of a noun
_CLAUSE_END = re.compile("[，。；！？：]")

# What officials do in reports; a noun ends before such a word and begins behind it.
_VERBS = """
    建成 建设 建立 建有 建好 新建 改建 改造 打造 设立 设置 设有 开设 成立 组建 组织 开展 举办 召开 配备 配齐
    选派 选聘 选拔 选育 选配 聘请 聘任 招募 招聘 吸纳 吸引 动员 发动 带动 引导 引进 引入 整合 整治 整改 盘活
    收集 征集 梳理 排查 受理 办理 办结 解决 化解 调解 调处 处置 处理 完成 实施 推动 推进 推行 推出 推广 服务
    惠及 覆盖 划分 划定 编组 发放 发布 投入 筹集 筹措 争取 拨付 安排 补贴 节约 减少 增加 增设 增拨 取消 清理
    压减 压缩 精简 摘除 拆除 清运 培育 培养 培训 储备 提拔 通报 约谈 认领 领办 落实 制定 出台 形成 汇集 汇聚
    上传 提供 接待 走访 兑现 退回 结对 联系 包保 帮扶 帮助 慰问 评选 表彰 评定 兑换 兑付 流转 种植 安置 容纳
    涉及 辖有 现有 共有 共计 合计 累计 其中 先后 分别 平均 召集 达到 提升 提高 提升至 降到 降至 降为 下降 缩短
    上升 增长 控制 保持 稳定 参与 参加 加入 进驻 入驻 下沉 担任 兼任 推选 产生 产出 实现 垫付 回收 孵化 协调
    转移 转办 修订 修建 修缮 栽种 安装 加装 铺设 疏通 拓宽 新增 更新 更换 捐赠 捐款 募集 注入 出资 收取 发展
    完善 健全 优化 深化 细化 强化 汇编 推广 选取 进行 担当 深入 入手 相继 严把 统筹 培树 邀请 招录
    征求 发现 收回 保管 签订 签约 下设 减至 减到 减为 增至 增到
    增为 扩至 缩至 缩为 压减至 压缩至 缩短至 拥有
    支付 支出 收到 接到 占 达 为 有 共 约 至 由 用 比 将 把 对 在 从 向 以 等 被 让 给 送 发 选 建 设 评
    派 划 配 签 辖 超 到 是 就
"""
_VERB = re.compile("|".join(sorted(_VERBS.split(), key=len, reverse=True)))
# 调解员, 服务中心, 培训班: with these behind it a verb is the beginning of a noun.
_NOUN_ENDS = re.compile("[员者站室点所中套队班会厅区圈费金卡岗率量件类型人展计群]|事项|项目|清单|案件|对象")
_SEVERAL = "(?:半|[十百千万两三四五六七八九\\d]+)个?(?:小时|季度|[年月周天日人户])"  # 每半年, 每万人
_FUNCTION_WORD = re.compile(
    f"以及|以[上下内]|各[类种项级]|每{_SEVERAL}|[的了着和及并各均仅]|(?<!参)与|去年|今年|每[年月季周天日]|同比|常年|定期|连续|每"
)
_NOW = frozenset(("目前", "当前", "如今", "现在", "起初", "最初", "以往", "今年", "去年"))
_NOT_IN_NOUN = tuple("dtcprf")  # parts of speech that no noun begins with: 目前, 原来, 各类
_ADVERBS = re.compile(
    "(?:了|着|过|也|已|各|均|仅|只|就|的|年均|日均|户均|人均|村均|成|[两三四五六七八九十几]个|[大小]类)$"
)

_RUN = re.compile("[\\u4e00-\\u9fffA-Za-z“”]+$")
_NOUN_AFTER = re.compile("(?P<of>的)?(?P<noun>[\\u4e00-\\u9fffA-Za-z]{1,12})")
_NO_NOUN = re.compile("[内后前里中外间下上时]|以[来内上下后前]|时间|左右")
_NAMED_BEFORE = frozenset(("percent", "ratio", "duration", "other"))  # 采用率67%: such are named before them

_MEASURES = "个名位家所座处支项件张台辆"
_PER = re.compile(
    rf"每(?:一)?(?:[{_MEASURES}](?P<thing>[\u4e00-\u9fff]{{2,6}})|(?P<unit>{_SEVERAL}|[十百千万]+名[\u4e00-\u9fff]{{2}}|小时|季度|学期|网格|社区|[\u4e00-\u9fff]))"
    rf"|(?P<mean>[户人日月年村周季晚亩])均|(?P<day>日)处理"
)
_PER_BEHIND = re.compile("(?:/|每)(?P<unit>平方米|小时|[人户天日月年次件单餐亩吨])")


def counted(text: str, start: int, end: int, kind: str) -> str | None:
    """Return the noun that a figure counts: the one behind it (3名党员), else the one before it (党员3名).

    >>> counted("3600余名志愿者调解纠纷", 0, 6, "count"), counted("配备专职巡查员668人，", 7, 11, "count")
    ('志愿者', '专职巡查员')
    """
    if behind := _noun_behind(text, end, kind in _NAMED_BEFORE):
        return behind
    before = _noun_before(text, start)
    return None if text.startswith(("“", "《"), end) and _is_verb(before) else before  # 复用5个“红砖驿站”


def _noun_behind(text: str, end: int, only_of: bool) -> str | None:
    found = _NOUN_AFTER.match(text, end)
    if found is None or (only_of and not found["of"]) or _NO_NOUN.match(found["noun"]):
        return None
    run = found["noun"]
    borders = _borders(run)
    starts = (v.start() for v in _VERB.finditer(run) if not _NOUN_ENDS.match(run, v.end()))
    verb = next((start for start in starts if start in borders), len(run))  # 调解纠纷 may be one word
    end = next((word.start() for word in _whole(_FUNCTION_WORD, run[:verb], borders)), verb)
    return _noun(run[:end])


def _noun_before(text: str, start: int) -> str | None:
    found = _RUN.search(text, max(0, start - _REACH), start)
    if found is None:
        return None
    run = _without_predicate(found.group().rstrip("“”").rpartition("“")[2])
    run = run.rpartition("”")[2]
    borders = _borders(run)
    verbs = [verb.end() for verb in _verbs(run, borders) if verb.end() < len(run)]
    begin = max((*verbs, *(word.end() for word in _whole(_FUNCTION_WORD, run, borders))), default=0)
    begin = min(border for border in borders if border >= max(begin, len(run) - _LONGEST))
    return _noun(run[begin:])


def _noun(words: str) -> str | None:
    """Return words without 各类 and 目前 before them; None where nothing is left."""
    for word, part_of_speech in _tools()[1].tag(words) if words else ():
        if part_of_speech not in _NOT_IN_NOUN or (word == words and part_of_speech == "t" and word not in _NOW):
            break  # 周期 is tagged like 目前
        words = words.removeprefix(word)
    return words if len(words) > 1 and not words.startswith("每") else None


def _is_verb(word: str | None) -> bool:
    return word is not None and [kind for _, kind in _tools()[1].tag(word)] == ["v"]


def _verbs(run: str, borders: frozenset[int]) -> list[re.Match[str]]:
    return [v for v in _whole(_VERB, run, borders) if not _NOUN_ENDS.match(run, v.end())]


def _whole(pattern: re.Pattern[str], run: str, borders: frozenset[int]) -> list[re.Match[str]]:
    """Return what a pattern finds that does not tear a word."""
    return [found for found in pattern.finditer(run) if found.start() in borders and found.end() in borders]


@cache
def _tools() -> tuple[Tokenizer, Engine]:
    """Return the tokenizer, and the segmenter that knows parts of speech: rjieba, or jieba where there is none."""
    try:
        return Tokenizer(), load_engine("rjieba")
    except UsageError:
        return Tokenizer(engine="jieba"), load_engine("jieba")


def _borders(run: str) -> frozenset[int]:
    """Return the places between the words of a run, and both its ends."""
    return frozenset(accumulate(map(len, _tools()[0].cut(run)), initial=0))


def _without_predicate(run: str) -> str:
    """Cut 达到 and 已提高到 off 办结率达到, 权重已提高到."""
    ends = {verb.end(): verb.start() for verb in _VERB.finditer(run)}
    while run:
        adverb = _ADVERBS.search(run)
        cut = ends.get(len(run), adverb.start() if adverb else len(run))
        if cut == len(run):
            break
        run = run[:cut]
    return run


def counted_per(text: str, start: int, end: int) -> str | None:
    """Return what a figure is for one of: 户 in 每户补贴500元, 月 in 20元/月, 户·月 in 每户每月9元."""
    if behind := _PER_BEHIND.match(text, end):
        return behind["unit"]
    window = text[max(0, start - _REACH) : start]
    if not _PER.search(window):
        return None
    clause = _CLAUSE_END.split(window)[-1]
    units = (
        _thing(found["thing"]) or found["unit"] or found["mean"] or found["day"] for found in _PER.finditer(clause)
    )
    return "·".join(dict.fromkeys(filter(None, units))) or None


def _thing(run: str | None) -> str:
    """Return 社区 of 社区配备, what 每个 stands before."""
    if not run:
        return ""
    borders = _borders(run)
    return run[: min((w.start() for w in (*_verbs(run, borders), *_whole(_FUNCTION_WORD, run, borders))), default=None)]
