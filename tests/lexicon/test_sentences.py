"""Sentences of many texts are those of each."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from govnlp.labelled.paragraphs import read_corpus
from govnlp.lexicon.sentences import sentence_ends, sentence_spans

MARKS = st.text(alphabet="网格说道。！？”“’‘（）()《》」「，", max_size=30)


def one_by_one(texts: list[str]) -> list[int]:
    starts = accumulate(map(len, texts), initial=0)
    return [start + end for start, text in zip(starts, texts, strict=False) for _, end in sentence_spans(text)]


@given(st.lists(MARKS | st.text(max_size=10), max_size=6))
def test_ends_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert sentence_ends(texts).tolist() == one_by_one(texts)


def test_ends_in_the_corpus_are_those_of_each_paragraph() -> None:
    texts = [paragraph.text for paragraph in read_corpus()]
    assert sentence_ends(texts).tolist() == one_by_one(texts)
