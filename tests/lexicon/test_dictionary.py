from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from govnlp import Tokenizer, governance_terms, load_codebook
from govnlp.errors import DictionaryError
from govnlp.lexicon.dictionary import canonical_forms, governance_words, read_words
from govnlp.records import TermKind, TermSource

TERMS = governance_terms()

KINDS = [
    ("业主委员会", "organization"),
    ("楼栋党小组", "organization"),
    ("专职网格员", "role"),
    ("法律明白人", "role"),
    ("党群服务中心", "place_of_service"),
    ("司机之家", "place_of_service"),
    ("接诉即办", "method"),
    ("街道吹哨、部门报到", "method"),
    ("老旧小区改造", "campaign"),
    ("居民公约", "document"),
    ("实施方案", "document_form"),
    ("12345政务服务便民热线", "platform"),
    ("基层治理", "concept"),
]
CANONICAL = [
    ("业委会", "业主委员会"),
    ("“两新”组织", "两新组织"),
    ("村“两委”", "村两委"),
    ("新时代“枫桥经验”", "新时代枫桥经验"),
]
ENTRIES = [  # line of a user's file, word
    ("云岭邻里驿站", "云岭邻里驿站"),
    ("云岭邻里驿站 3", "云岭邻里驿站"),
    ("云岭邻里驿站 3 nz", "云岭邻里驿站"),
    ("云岭邻里驿站 nz", "云岭邻里驿站"),
    ("云岭邻里驿站\t3\tNg", "云岭邻里驿站"),
    ("  云岭邻里驿站　3 nz  ", "云岭邻里驿站"),
    ("12345热线", "12345热线"),
    ("12345热线 10 n", "12345热线"),
    ("“两新”组织", "“两新”组织"),
    ("“两新”组织 10 n", "“两新”组织"),
    ("AB岗", "AB岗"),
    ("AB岗 10 n", "AB岗"),
    ("书记 AB", "书记 AB"),
    ("党建+", "党建+"),
    ("党建+ 10 n", "党建+"),
    ("红色·物业", "红色·物业"),
    ("红色·物业 10 n", "红色·物业"),
    ("一核—多圈", "一核—多圈"),
    ("一核—多圈 10 n", "一核—多圈"),
    ("e 家亲", "e 家亲"),
    ("e 家亲 10 n", "e 家亲"),
    ("1+3+N", "1+3+N"),
    ("街道吹哨、部门报到 10", "街道吹哨、部门报到"),
]
BAD_ENTRIES = ["站", "站 3 n", "12345", "10 n", "云岭邻里驿站 3.5 n", "云岭邻里驿站 -1", "云岭邻里驿站 3 4"]


@pytest.mark.parametrize(("word", "kind"), KINDS)
def test_terms_know_what_they_are(word: str, kind: str) -> None:
    assert {term.word: term.kind for term in TERMS}[word] == kind


@pytest.mark.parametrize(("word", "canonical"), CANONICAL)
def test_variants_know_their_canonical_form(word: str, canonical: str) -> None:
    assert canonical_forms()[word] == canonical


def test_the_two_tables_agree_word_for_word() -> None:
    assert governance_words() == tuple(term.word for term in TERMS)


def test_terms_are_enough_sorted_and_each_there_once() -> None:
    words = [term.word for term in TERMS]
    assert len(words) >= 3000
    assert words == sorted(set(words))


def test_terms_have_no_outer_blanks_and_two_characters_or_more() -> None:
    assert not [term.word for term in TERMS if term.word.strip() != term.word or len(term.word) < 2]


def test_a_term_in_quotes_is_listed_without_them() -> None:
    assert not [t.word for t in TERMS if t.word.startswith("“") and t.word.endswith("”") and t.word.count("“") == 1]


def test_kinds_sources_and_mechanisms_are_known() -> None:
    assert {term.kind for term in TERMS} == set(get_args(TermKind))
    assert {term.source for term in TERMS} == set(get_args(TermSource))
    assert {label for term in TERMS for label in term.mechanisms} <= set(load_codebook().ids)


def test_counts_are_those_of_the_sources() -> None:
    assert not [term.word for term in TERMS if (term.count > 0) != (term.source == "real")]


def test_a_canonical_form_is_listed_and_no_variant_itself() -> None:
    forms = canonical_forms()
    words = set(governance_words())
    assert set(forms.values()) <= words
    assert not set(forms.values()) & set(forms)


def test_each_term_is_kept_whole() -> None:
    tokenizer = Tokenizer()
    assert not [term.word for term in TERMS if tokenizer.cut(term.word) != [term.word]]


def test_jieba_reads_the_file_too() -> None:
    import jieba

    from govnlp.resources import data_path

    peer = jieba.Tokenizer()
    peer.load_userdict(str(data_path("lexicon", "data", "terms.txt")))
    assert peer.lcut("建立网格党支部482个") == ["建立", "网格党支部", "482", "个"]
    assert all(peer.FREQ[word] >= 1 for word in governance_words())


@pytest.mark.parametrize(("entry", "word"), ENTRIES)
def test_user_lists_give_the_whole_word(tmp_path, entry: str, word: str) -> None:
    file = tmp_path / "words.txt"
    file.write_text(f"{entry}\n", "utf-8")
    assert read_words(file) == (word,)
    assert word in Tokenizer(user_words=file).cut(f"推行{word}见效")


@pytest.mark.parametrize("entry", BAD_ENTRIES)
def test_a_bad_line_names_file_and_line(tmp_path, entry: str) -> None:
    file = tmp_path / "words.txt"
    file.write_text(f"# 我的词\n\n{entry}\n", "utf-8")
    with pytest.raises(DictionaryError, match=r"words\.txt, line 3: .* is no word"):
        read_words(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_user_lists_of_any_make(tmp_path, encoding: str, end: str) -> None:
    file = tmp_path / "words.txt"
    file.write_bytes(end.join(["# 我的词", "", "云岭邻里驿站 3 nz", "红色·物业", "云岭邻里驿站"]).encode(encoding))
    assert read_words(file) == ("云岭邻里驿站", "红色·物业")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8\xff", b"\x81"])
def test_a_list_that_is_no_text_says_what_would_work(tmp_path, data: bytes) -> None:
    file = tmp_path / "words.txt"
    file.write_bytes(data)
    with pytest.raises(DictionaryError, match=r"words\.txt.*save it as UTF-8"):
        read_words(file)


def test_counts_and_frequencies_are_what_the_texts_give(devset) -> None:
    from benchmarks.lexicon.build_terms import TABLE, WORDS, derive, dictionary, read_rows, table

    rows = derive(read_rows())
    assert table(rows) == TABLE.read_text("utf-8")
    assert dictionary(rows) == WORDS.read_text("utf-8")


def test_the_number_that_is_told_is_the_number_there_is() -> None:
    root = Path(__file__).resolve().parents[2]
    for name in ("README.md", "CHANGELOG.md", "benchmarks/README.md"):
        assert f"{len(TERMS):,} terms" in (root / name).read_text("utf-8")
