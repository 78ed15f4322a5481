from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import Tokenizer
from govnlp.errors import DictionaryError, UsageError

CASES = [
    ("建立网格党支部482个", ["建立", "网格党支部", "482", "个"]),
    ("推行“红色物业”模式", ["推行", "“红色物业”", "模式"]),
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


@given(ALPHABET)
def test_without_terms_the_words_are_those_of_jieba(text: str) -> None:
    assert Tokenizer(dictionary="none").cut(text) == Tokenizer(dictionary="none", engine="jieba").cut(text)


def test_words_of_one_instance_are_no_other_instances() -> None:
    Tokenizer(user_words=["云岭邻里驿站"])
    assert "云岭邻里驿站" not in Tokenizer().cut("走进云岭邻里驿站")


def test_pickled_and_cloned_instances_cut_alike() -> None:
    from sklearn.base import clone

    tokenizer = Tokenizer(user_words=["云岭邻里驿站"])
    text = "走进云岭邻里驿站"
    assert pickle.loads(pickle.dumps(tokenizer)).cut(text) == clone(tokenizer).cut(text) == tokenizer.cut(text)


def test_threads_may_share_an_instance() -> None:
    tokenizer = Tokenizer()
    texts = ["建立网格党支部482个", "推行“红色物业”模式"] * 50
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(tokenizer.cut, texts)) == [tokenizer.cut(text) for text in texts]


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
    with pytest.raises(DictionaryError, match="cannot be read"):
        Tokenizer(dictionary="missing.txt")


def test_real_texts_without_terms_are_cut_as_jieba_cuts(devset) -> None:
    rows = [json.loads(line) for line in (devset / "real" / "governance.jsonl").read_text("utf-8").splitlines()]
    fast, slow = Tokenizer(dictionary="none"), Tokenizer(dictionary="none", engine="jieba")
    texts = [p for row in rows[:40] for p in row["text"].split("\n")]
    assert [fast.cut(text) for text in texts] == [slow.cut(text) for text in texts]
