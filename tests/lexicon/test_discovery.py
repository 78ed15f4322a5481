from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import Tokenizer, discover_terms
from govnlp.errors import UsageError
from govnlp.lexicon.engines import ENGINES, load_engine
from govnlp.lexicon.ngrams import Corpus, Ngrams

STREETS = ("青棹", "望桥", "松阳", "桦林", "昭梧", "石埠", "柳渡", "云岭")
SHAPES = (
    "{s}街道设立{t}，群众就近参与",
    "{s}：这里的{t}很热闹",
    "{s}通过{t}听取意见",
    "老人们走进{t}坐一坐，{s}",
    "{s}每月在{t}开会三次",
    "{s}由{t}牵头办理",
)


def corpus_with(term: str) -> list[str]:
    return [f"{shape.format(s=street, t=term)}。" for street in STREETS for shape in SHAPES]


@pytest.mark.parametrize("term", ["邻里话事亭", "楼院治理小组", "家门口服务站", "“两江”党建联盟", "“红邻”志愿者"])
def test_standing_terms_come_first(term: str) -> None:
    assert discover_terms(corpus_with(term))[0].term == term


# (phrase that is no term, why)
ORDINARY = [
    ("社区和居民", "a conjunction"),
    ("他们的意见", "a particle"),
    ("建立服务站", "a verb begins it"),
    ("服务站建立", "a verb ends it"),
    ("三个服务站", "a number begins it"),
    ("派出所", "an ordinary word"),
    ("482网格", "figures"),
]


@pytest.mark.parametrize(("phrase", "why"), ORDINARY)
def test_ordinary_phrases_are_no_candidates(phrase: str, why: str) -> None:
    found = discover_terms(corpus_with(phrase), tokenizer=Tokenizer(dictionary="none"))
    assert phrase not in [candidate.term for candidate in found], why


def test_a_part_of_a_longer_term_is_no_candidate() -> None:
    found = [candidate.term for candidate in discover_terms(corpus_with("邻里协商议事厅"))]
    assert not {"邻里协商", "协商议事厅", "议事厅"} & set(found)


def test_a_candidate_tells_its_place_and_what_speaks_for_it() -> None:
    texts = ["开头没有。", *corpus_with("邻里话事亭"), "设立“邻里话事亭”，邻里话事亭很好。"]
    found = discover_terms(texts)[0]
    assert texts[found.text][found.start : found.end] == found.term == "邻里话事亭"
    assert (found.text, found.count, found.texts) == (1, len(STREETS) * len(SHAPES) + 2, len(STREETS) * len(SHAPES) + 1)
    assert found.quoted == pytest.approx(1 / found.count, abs=1e-4)
    assert found.example in texts[found.text]
    assert found.term in found.example


def test_quotation_marks_around_a_term_are_left_out() -> None:
    found = discover_terms(corpus_with("“邻里话事亭”"))[0]
    assert (found.term, found.quoted) == ("邻里话事亭", 1.0)


def test_known_terms_are_listed_on_demand() -> None:
    texts = corpus_with("网格党支部")
    assert "网格党支部" not in [candidate.term for candidate in discover_terms(texts)]
    known = discover_terms(texts, include_known=True)[0]
    assert (known.term, known.known) == ("网格党支部", True)
    own = Tokenizer(user_words=["邻里话事亭"])
    assert discover_terms(corpus_with("邻里话事亭"), tokenizer=own, include_known=True)[0].known


def test_repeated_texts_count_once_and_the_result_is_always_the_same() -> None:
    texts = corpus_with("邻里话事亭") + corpus_with("家门口服务站")
    first = discover_terms(texts)
    assert discover_terms(iter(texts + texts)) == first
    assert discover_terms(texts, limit=1) == first[:1]
    assert [c.score for c in first] == sorted((c.score for c in first), reverse=True)


@pytest.mark.parametrize("texts", [[], [""], ["党"], ["\n", "。。"], ["a\0b" * 9], ["邻里话事亭"], ["邻里话事亭" * 40]])
def test_nothing_frequent_is_an_empty_result(texts: list[str]) -> None:
    assert discover_terms(texts) == []


@pytest.mark.parametrize(
    ("options", "named"),
    [({"min_count": 1}, "min_count is 1"), ({"max_length": 0}, "max_length is 0"), ({"limit": -1}, "limit is -1")],
)
def test_wrong_numbers_are_named(options: dict[str, int], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        discover_terms(["邻里话事亭"], **options)


def test_one_text_is_not_a_corpus() -> None:
    with pytest.raises(UsageError, match="as a list"):
        discover_terms("邻里话事亭")


def test_lengths_and_counts_have_limits() -> None:
    texts = corpus_with("家门口服务站")
    assert all(len(c.term) <= 4 and c.count >= 9 for c in discover_terms(texts, max_length=4, min_count=9))


def measured(grams: Ngrams, row: int) -> tuple[float, ...]:
    columns = (grams.count, grams.texts, grams.cohesion, grams.left, grams.right, grams.quoted)
    return tuple(float(column[row]) for column in columns)


def counted(term: str, texts: list[str]) -> tuple[float, ...]:
    """The same figures, counted text by text."""
    joined = "".join(text + "\0" for text in texts)
    places = [i for i in range(len(joined)) if joined.startswith(term, i)]
    total = sum(c.isalnum() for c in joined)

    def times(part: str) -> int:
        return sum(joined.startswith(part, i) for i in range(len(joined)))

    def entropy(values: Counter[str]) -> float:
        return -sum(n / len(places) * math.log2(n / len(places)) for n in values.values())

    pairs = [times(term[:k]) * times(term[k:]) for k in range(1, len(term))]
    quoted = [joined[i - 1] == "“" and joined[i + len(term)] == "”" for i in places]
    before = Counter(joined[i - 1 - inside] for i, inside in zip(places, quoted, strict=True))
    after = Counter(joined[i + len(term) + inside] for i, inside in zip(places, quoted, strict=True))
    return (
        len(places),
        sum(term in text for text in texts),
        math.log2(len(places) * total / max(pairs)),
        entropy(before),
        entropy(after),
        sum(quoted) / len(places),
    )


@given(st.lists(st.text(alphabet="网格员社区“”，", max_size=30), min_size=1, max_size=6))
def test_figures_are_those_of_plain_counting(texts: list[str]) -> None:
    corpus = Corpus.of(texts, Tokenizer(dictionary="none").cut_many(texts), inside="")
    for grams in corpus.ngrams(longest=4, min_count=2, cohesion=-99, whole=0):
        for row, first in enumerate(grams.first):
            term = corpus.text[first : first + grams.length]
            assert corpus.text.index(term) == first
            assert measured(grams, row) == pytest.approx(counted(term, texts), abs=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_tell_the_kinds_of_words(engine: str) -> None:
    assert load_engine(engine).tag("建立党支部") == [("建立", "v"), ("党支部", "j")]


def test_most_of_the_first_hundred_of_real_texts_are_terms(devset: Path) -> None:
    from benchmarks.discovery import JUDGED, govnlp, real_texts

    with JUDGED.open(encoding="utf-8", newline="") as file:
        verdicts = {row["term"]: row["verdict"] == "1" for row in csv.DictReader(file, delimiter="\t")}
    judged = [verdicts[term] for term in govnlp(real_texts()) if term in verdicts]
    assert sum(judged) / len(judged) >= 0.75
