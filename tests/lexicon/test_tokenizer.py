from __future__ import annotations

import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import Tokenizer
from govnlp.errors import DictionaryError, UsageError
from govnlp.labelled.paragraphs import read_corpus
from govnlp.lexicon.engines import load_engine

CASES = [
    ("建立网格党支部482个", ["建立", "网格党支部", "482", "个"]),
    ("推行“红色物业”模式", ["推行", "“", "红色物业", "”", "模式"]),
    ("建强“两新”组织", ["建强", "“两新”组织"]),
    ("设党小组长12名", ["设", "党小组长", "12", "名"]),  # 党小组 would tear the ordinary word 党小组长
    ("", []),
]
ALPHABET = st.text(alphabet="党建引领网格支部员小区物业委会议事调解“”·—、，。 0123456789+ABN社区治理中心", max_size=60)


@pytest.mark.parametrize(("text", "words"), CASES)
def test_terms_stay_whole(text: str, words: list[str]) -> None:
    assert Tokenizer(user_words=["党小组"]).cut(text) == words


@pytest.mark.parametrize("term", ["“三聚三强”工作法", "扶·益起来", "党员A岗", "1+3+N", "一核—多圈", "e 家亲"])
def test_user_words_with_any_character_match(term: str) -> None:
    assert term in Tokenizer(user_words=[term]).cut(f"推行{term}见效")


@given(ALPHABET | st.text(max_size=40))
def test_tokens_joined_are_the_text(text: str) -> None:
    tokens = Tokenizer().tokens(text)
    assert "".join(t.word for t in tokens) == text
    assert all(text[t.start : t.end] == t.word for t in tokens)


# Overlapping terms: a term that is no term here makes way for others; of the rest, the heaviest stay.
OVERLAPS = [
    (["党小组", "栋党小", "党小组组长"], "楼栋党小组长", ["楼栋", "党小组长"]),
    (["居民议事会", "居民议事"], "居民议事会议", ["居民议事", "会议"]),  # 议事会 would tear 会议, 居民议事 does not
    (["村民议事会", "事会议"], "村民议事会议", ["村民", "议事", "会议"]),
    (["社区养老", "养老服务中心"], "社区养老服务中心", ["社区", "养老服务中心"]),
    (["社区党委", "党委书记"], "社区党委书记", ["社区", "党委书记"]),  # an ordinary word goes before a term
    (["社区党委", "社区党委书记"], "社区党委书记", ["社区党委书记"]),
    (["基层治理", "治理效能"], "基层治理效能", ["基层治理", "效能"]),
    (["网格党支部", "支部书记", "书记例会制"], "网格党支部书记例会制", ["网格党支部", "书记例会制"]),
    (["红色物业", "“红色物业”"], "推行“红色物业”", ["推行", "“红色物业”"]),
]


@pytest.mark.parametrize(("terms", "text", "words"), OVERLAPS)
def test_of_overlapping_terms_the_best_stay(terms: list[str], text: str, words: list[str]) -> None:
    assert Tokenizer(user_words=terms, dictionary="none").cut(text) == words


@given(ALPHABET, st.lists(st.text(alphabet="党建引领网格小区物业委会议事“”·", min_size=2, max_size=5), max_size=6))
def test_words_that_touch_no_term_are_those_of_jieba(text: str, terms: list[str]) -> None:
    words = Tokenizer(user_words=terms, dictionary="none").tokens(text)
    bare = {(t.start, t.end) for t in Tokenizer(dictionary="none").tokens(text)}
    changed = [t for t in words if (t.start, t.end) not in bare and t.word not in terms]
    ends = {place for t in words if t.word in terms for place in (t.start, t.end)}
    assert all(t.start in ends or t.end in ends for t in changed)  # a rest of a word that a term ended in


@given(st.lists(ALPHABET | st.text(max_size=20) | st.just("\0\r\n"), max_size=8))
def test_many_texts_are_cut_like_each(texts: list[str]) -> None:
    tokenizer = Tokenizer()
    assert tokenizer.cut_many(iter(texts)) == [tokenizer.cut(text) for text in texts]


def test_batches_change_nothing() -> None:
    texts = [f"第{i}网格建立网格党支部{i}个，推行“红色物业”。" * (i % 7) for i in range(600)]
    tokenizer = Tokenizer()
    assert tokenizer.cut_many(texts) == [tokenizer.cut(text) for text in texts]


TERMS_THAT_OVERLAP = [
    "党建引领",
    "引领基层",
    "引领",
    "网格党支部",
    "党支部",
    "格党",
    "议事会",
    "事会员",
    "员“红",
    "红色物业”",
]
OF_TERMS = st.text(alphabet="党建引领基层网格支部书记议事会员“红色物业”小区长，。0", max_size=40)


@given(st.lists(OF_TERMS | ALPHABET | st.text(max_size=20) | st.just("\0\r\n"), max_size=8))
def test_borders_are_those_of_the_words(texts: list[str]) -> None:
    tokenizer = Tokenizer(user_words=TERMS_THAT_OVERLAP, dictionary="none")
    lengths = [len(word) for words in tokenizer.cut_many(texts) for word in words]
    assert tokenizer.borders(texts).tolist() == list(accumulate(lengths, initial=0))


def test_borders_of_a_real_text_are_those_of_its_words() -> None:
    texts = [paragraph.text for paragraph in read_corpus()][:1500]
    lengths = [len(word) for words in Tokenizer().cut_many(texts) for word in words]
    assert Tokenizer().borders(texts).tolist() == list(accumulate(lengths, initial=0))


@given(ALPHABET)
def test_without_terms_the_words_are_those_of_jieba(text: str) -> None:
    assert Tokenizer(dictionary="none").cut(text) == Tokenizer(dictionary="none", engine="jieba").cut(text)


def test_words_of_one_instance_are_no_other_instances() -> None:
    Tokenizer(user_words=["云岭邻里驿站"])
    assert "云岭邻里驿站" not in Tokenizer().cut("走进云岭邻里驿站")


def test_cloned_instances_cut_alike() -> None:
    from sklearn.base import clone

    tokenizer = Tokenizer(user_words=["云岭邻里驿站"], dictionary="none", engine="jieba")
    copy = clone(tokenizer)
    assert (copy.get_params(), copy.words) == (tokenizer.get_params(), tokenizer.words)
    assert copy.cut("走进云岭邻里驿站") == ["走进", "云岭邻里驿站"]


def test_it_is_an_analyzer() -> None:
    from sklearn.feature_extraction.text import CountVectorizer

    names = CountVectorizer(analyzer=Tokenizer()).fit(["建立网格党支部"]).get_feature_names_out()
    assert set(names) == {"建立", "网格党支部"}


def test_a_pickled_instance_cuts_alike_in_another_process(tmp_path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("云岭邻里驿站", "utf-8")
    tokenizer = Tokenizer(user_words=words)
    tokenizer.cut("走进")
    (tmp_path / "tokenizer").write_bytes(pickle.dumps(tokenizer))
    words.unlink()  # the words travel with the pickle, not the path
    code = "import pickle, sys; print(pickle.load(open(sys.argv[1], 'rb')).cut('走进云岭邻里驿站'))"
    done = fresh(code, str(tmp_path / "tokenizer"))
    assert (done.stdout.strip(), done.stderr) == ("['走进', '云岭邻里驿站']", "")


@pytest.mark.parametrize("engine", ["rjieba", "jieba"])
def test_it_is_silent_and_leaves_jieba_alone(engine: str) -> None:
    code = (
        "import sys, jieba, govnlp; t = govnlp.Tokenizer(user_words=['云岭邻里驿站'], engine=sys.argv[1]); "
        "t.cut('走进云岭邻里驿站'); before = jieba.dt.initialized; jieba.default_logger.disabled = True; "
        "print(before, jieba.dt.user_word_tag_tab, '云岭邻里驿站' in jieba.lcut('走进云岭邻里驿站'))"
    )
    done = fresh(code, engine)
    assert (done.stdout.strip(), done.stderr) == ("False {} False", "")


def fresh(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-X", "utf8", "-c", code, *arguments]
    return subprocess.run(call, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize("engine", ["rjieba", "jieba"])
def test_instances_share_one_segmenter(engine: str) -> None:
    assert load_engine(engine) is load_engine(engine)


def test_threads_may_share_an_instance() -> None:
    tokenizer = Tokenizer(user_words=["云岭邻里驿站"])
    texts = [f"第{i}网格建立网格党支部{i}个，走进云岭邻里驿站" for i in range(400)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(tokenizer.cut, texts))
    assert results == [tokenizer.cut(text) for text in texts]


def test_dictionary_files_of_any_make(tmp_path) -> None:
    lines = "# 我的词\r\n云岭邻里驿站 3 nz\r\n“老井架”先锋户\r\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        file = tmp_path / f"{encoding}.txt"
        file.write_bytes(lines.encode(encoding))
        assert Tokenizer(user_words=file).cut("云岭邻里驿站“老井架”先锋户") == ["云岭邻里驿站", "“老井架”先锋户"]


def test_a_bad_line_is_named(tmp_path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("云岭邻里驿站\n站\n", "utf-8")
    with pytest.raises(DictionaryError, match=r"words\.txt, line 2"):
        Tokenizer(user_words=file)


def test_wrong_calls_say_what_there_is() -> None:
    with pytest.raises(UsageError, match="rjieba and jieba"):
        Tokenizer(engine="hanlp")
    with pytest.raises(UsageError, match="站"):
        Tokenizer(user_words=["站"])
    with pytest.raises(UsageError, match="U\\+0000"):
        Tokenizer(user_words=["驿\0站"])
    with pytest.raises(UsageError, match="several texts"):
        Tokenizer().cut_many("驿站")
    with pytest.raises(DictionaryError, match="cannot be read"):
        Tokenizer(dictionary="missing.txt")


def real_paragraphs(devset: Path) -> list[str]:
    lines = (devset / "real" / "governance.jsonl").read_text("utf-8").splitlines()
    return [paragraph for line in lines for paragraph in json.loads(line)["text"].split("\n")]


def corpus_paragraphs() -> list[str]:
    return [paragraph.text for paragraph in read_corpus()]


def cut_by_jieba(texts: list[str]) -> list[list[str]]:
    jieba.default_logger.disabled = True
    return [jieba.lcut(text) for text in texts]


# Cut both ways, 常在 weighs the same to seven digits, and the two engines round differently.
ROUNDED = ("常在",)


def test_real_texts_without_terms_are_cut_as_jieba_cuts(devset) -> None:
    texts = real_paragraphs(devset)
    assert Tokenizer(dictionary="none").cut_many(texts) == cut_by_jieba(texts)


def test_the_corpus_without_terms_is_cut_as_jieba_cuts() -> None:
    texts = [text for text in corpus_paragraphs() if not any(word in text for word in ROUNDED)]
    assert Tokenizer(dictionary="none").cut_many(texts) == cut_by_jieba(texts)


def test_words_of_real_texts_that_touch_no_term_are_those_of_jieba(devset) -> None:
    terms = set(Tokenizer().words)
    changed = total = 0
    for paragraph in real_paragraphs(devset):
        bare = {(t.start, t.end) for t in Tokenizer(dictionary="none").tokens(paragraph)}
        others = [(t.start, t.end) for t in Tokenizer().tokens(paragraph) if t.word not in terms]
        changed += sum(place not in bare for place in others)
        total += len(others)
    assert changed / total <= 0.001
