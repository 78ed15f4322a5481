"""What is known of each sentence of an article when it is rated, as numbers.

The words looked for are of the official style and of no one text; which of them speaks for a sentence, and how much, is
learned (models/rating).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from govnlp.extracting.practices import practices
from govnlp.summarizing.candidates import Candidates, Sentence

Column = NDArray[np.float64]

# Printed numbers that count something. Figures are read in full only for the bullets: that takes ten times as long, and
# rates no better (benchmarks/summaries.md).
NUMBER = re.compile(
    r"(?<![\d.,第“])\d+(?:[.,]\d+)*(?![\d.,]|年(?!均)|月\d|月[，、份底初末至起]|日|号|[+＋”])[多余万亿]*"
)
_PERCENT = re.compile("[%％]|个百分点|[一二三四五六七八九]成")
_NUMERAL = re.compile("[一二两三四五六七八九十百千][多余]?[百千万亿][多余]?|[十百千万][余多]|[数几近上][十百千万]")
_QUOTED = re.compile("“[^“”]{1,14}”")
_SPEECH = re.compile("“[^“”]*[。！？，]”")
_SPEAKER = re.compile("[说道讲](?:[，。：]|起)|表示|告诉|感慨|称赞|点赞|介绍")
_ASKS = re.compile("[？！]")
_ENUMERATED = re.compile("[一二三四五][是要]|第[一二三四]|首先|其次")
_SLOGAN = re.compile(
    "不断|持续|进一步|切实|着力|扎实|牢固|有力|有效|深入|充分|全面|始终|坚持|努力|奋力|引领|聚焦|立足|围绕|推动|提升|增强|"
    "幸福感|获得感|新格局|合力|活力|动力|保障|基础|实践表明|下一步"
)
ACTION = re.compile(
    "建立|设立|组建|成立|选派|选聘|划分|整合|制定|出台|推行|开展|组织|搭建|打造|开发|投入|新建|改造|建成|吸纳|动员|引导|聘请|"
    "招募|培训|举办|签订|发放|推出|实行|实施|健全|完善|探索|创新|梳理|明确|设置|配备|引入|引进|盘活|调整|统筹|安排"
)
RESULT = re.compile("累计|先后|共|已|化解|解决|办结|办理|服务|满意|下降|增长|提高|达到|受益|惠及|帮助|调处|实现")
_CLAUSE = re.compile("[，；：]")
_LISTED = re.compile("、")
_USUAL_LENGTH = 4.0  # log of the characters
# What of a sentence is held against its paragraph, section and article: one reader of many takes from each the sentence
# that stands out.
_COMPARED = ("numbers", "length", "best_score", "sum_score")


def describe(candidates: Candidates) -> dict[str, Column]:
    """Return the features of n sentences, each a column (n), most of them between 0 and 1.

    Ranks are shares of the article's sentences that have less.
    """
    columns = {
        **_told(candidates),
        **_mechanisms(candidates),
        **_form(candidates),
        **_place(candidates.sentences),
        "central": candidates.pairs.centrality(),
        "novel": candidates.pairs.novelty(),
    }
    told = {name: np.asarray(column, dtype=float) for name, column in columns.items()}
    return {**told, **_standing_out(told, candidates.sentences)}


def are_slogans(candidates: Candidates) -> NDArray[np.bool_]:
    """Tell which of n sentences hold standing phrases and no mechanism, figure, quotation, action or result.

    始终坚持党建引领，奋力谱写新篇章。 is one, of which a thin article offers nothing better.
    """
    texts = candidates.texts
    told = candidates.mechanism >= 0
    for pattern in (NUMBER, _QUOTED, ACTION, RESULT):
        told |= _count(pattern, texts) > 0
    return np.asarray(~told & (_count(_SLOGAN, texts) > 1))


def are_practices(candidates: Candidates) -> NDArray[np.bool_]:
    """Tell which of n sentences carry a mechanism with a figure or an action."""
    done = (_count(NUMBER, candidates.texts) > 0) | (_count(ACTION, candidates.texts) > 0)
    return np.asarray((candidates.mechanism >= 0) & done & ~are_slogans(candidates))


def _told(candidates: Candidates) -> dict[str, Column]:
    """Figures, named practices, actions and results against slogans and speech."""
    texts = candidates.texts
    numbers = _count(NUMBER, texts)
    return {
        "has_number": numbers > 0,
        "numbers": np.log1p(numbers),
        "number_rank": _rank(numbers),
        "percent": _count(_PERCENT, texts) > 0,
        "numeral": _count(_NUMERAL, texts) > 0,
        "practices": np.minimum(2, _named(candidates.sentences)),
        "quoted": np.log1p(_count(_QUOTED, texts)),
        "action": np.log1p(_count(ACTION, texts)),
        "result": np.log1p(_count(RESULT, texts)),
        "slogan": _count(_SLOGAN, texts) / np.sqrt(_lengths(texts)),
        "speech": _count(_SPEECH, texts) > 0,
        "speaker": _count(_SPEAKER, texts) > 0,
        "asks": _count(_ASKS, texts) > 0,
    }


def _mechanisms(candidates: Candidates) -> dict[str, Column]:
    scores = candidates.scores
    best = scores.max(axis=1, initial=0)
    paragraph = np.array([sentence.row for sentence in candidates.sentences])
    best_of = np.zeros(paragraph.max() + 1)
    np.maximum.at(best_of, paragraph, best)
    return {
        "best_score": best,
        "sum_score": np.minimum(3, scores.sum(axis=1)),
        "labels": np.minimum(3, (scores >= candidates.limits).sum(axis=1)),
        "score_rank": _rank(best),
        "best_in_paragraph": best >= best_of[paragraph],
    }


def _form(candidates: Candidates) -> dict[str, Column]:
    texts = candidates.texts
    lengths = _lengths(texts)
    from_usual = np.log(lengths) - _USUAL_LENGTH
    return {
        "length": from_usual,
        "length_squared": from_usual**2,
        "length_rank": _rank(lengths),
        "short": np.clip((40 - lengths) / 40, 0, 1),
        "long": np.clip((lengths - 100) / 100, 0, 2),
        "clauses": np.log1p(_count(_CLAUSE, texts)),
        "listed": np.log1p(_count(_LISTED, texts)),
        "enumerated": _count(_ENUMERATED, texts) > 0,
    }


def _place(sentences: list[Sentence]) -> dict[str, Column]:
    """Where a sentence stands in its paragraph (a run-in head not counted), section and article."""
    paragraph = np.array([sentence.row for sentence in sentences])
    head = np.array([sentence.is_head for sentence in sentences])
    _, first, inverse = np.unique(paragraph, return_index=True, return_inverse=True)
    headed = head[first][inverse]
    place = np.arange(len(sentences)) - first[inverse] - headed
    size = np.bincount(inverse)[inverse] - headed
    section = np.array([sentence.section for sentence in sentences])
    _, begins, of_section = np.unique(section, return_index=True, return_inverse=True)
    return {
        "alone": size == 1,
        "first": place == 0,
        "second": place == 1,
        "last": place == size - 1,
        "place": place / np.maximum(1, size - 1),
        "after_head": headed & ~head,
        "is_head": head,
        "lead": inverse == 0,
        "closing": inverse == inverse[-1],
        "section_first": (paragraph == paragraph[begins][of_section]) & (section > 0),
        "place_in_article": np.linspace(0, 1, len(sentences)),
        "sentences": np.full(len(sentences), np.log1p(len(sentences)) - 3),
    }


def _standing_out(columns: Mapping[str, Column], sentences: list[Sentence]) -> dict[str, Column]:
    """How far a sentence lies above the mean of its paragraph, section and article."""
    groups = {
        "paragraph": np.array([sentence.row for sentence in sentences]),
        "section": np.array([sentence.section for sentence in sentences]),
        "article": np.zeros(len(sentences), dtype=int),
    }
    return {
        f"{name}_in_{whole}": columns[name] - _mean_of(columns[name], group)
        for name in _COMPARED
        for whole, group in groups.items()
    }


def _mean_of(values: Column, group: NDArray[np.intp]) -> Column:
    """Return for each value the mean of its group."""
    means = np.bincount(group, values) / np.maximum(1, np.bincount(group))
    return np.asarray(means[group], dtype=float)


def _named(sentences: list[Sentence]) -> Column:
    """Return how many named practices begin in each sentence."""
    places = {s.row: s.paragraph.text for s in sentences}
    starts = {row: [practice.start for practice in practices(text)] for row, text in places.items()}
    return np.array([sum(s.start <= place < s.end for place in starts[s.row]) for s in sentences], dtype=float)


def _count(pattern: re.Pattern[str], texts: list[str]) -> Column:
    return np.array([len(pattern.findall(text)) for text in texts], dtype=float)


def _lengths(texts: list[str]) -> Column:
    return np.array([max(1, len(text)) for text in texts], dtype=float)


def _rank(values: Column) -> Column:
    """Return for each value the share of all that are less."""
    return np.searchsorted(np.sort(values), values) / len(values)


def as_matrix(columns: Mapping[str, Column], names: list[str]) -> NDArray[np.float64]:
    """Return the columns named side by side (n, names)."""
    return np.stack([columns[name] for name in names], axis=1)
