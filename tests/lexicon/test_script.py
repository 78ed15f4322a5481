"""Traditional characters: recognized, converted in place, the same labels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import MechanismClassifier
from govnlp.lexicon.script import is_traditional, to_simplified, traditional_forms

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "reports"


def corpus_paragraphs(region: str) -> list[str]:
    rows = map(json.loads, (CORPUS / f"{region}.jsonl").read_text("utf-8").splitlines())
    return [p["text"] for row in rows for section in row["sections"] for p in section["paragraphs"]]


def traditional(text: str) -> str:
    """Return a text in traditional characters, as far as one character stands for one."""
    opencc = pytest.importorskip("opencc")
    turned = opencc.OpenCC("s2t").convert(text)
    return turned if len(turned) == len(text) else "".join(map(opencc.OpenCC("s2t").convert, text))


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("東區設立議事亭，居民有事來坐坐。", "东区设立议事亭，居民有事来坐坐。"),
        ("「羣衆」與「群眾」", "「群众」与「群众」"),
        ("乾隆年间的老街，門匾犹在，如今是党群服务中心，居民在此议事、调解、领证、学艺。", None),
        ("东区设立议事亭，居民有事来坐坐。", None),
        ("", None),
        ("482個", "482个"),
    ],
)
def test_only_traditional_texts_are_converted(text: str, simplified: str | None) -> None:
    assert to_simplified(text) == (simplified or text)


@given(st.text() | st.text("東區設立議事亭，居民有事來坐坐。a1 \n"))
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(to_simplified(text)) == len(text)
    assert to_simplified(to_simplified(text)) == to_simplified(text)


def test_the_table_is_that_of_opencc() -> None:
    opencc = pytest.importorskip("opencc")
    convert = opencc.OpenCC("t2s").convert
    wrong = [(form, simple) for simple, forms in traditional_forms() for form in forms if convert(form) != simple]
    assert len(wrong) <= 5, wrong  # versions of OpenCC differ in a few variants


@pytest.mark.parametrize("region", ["coast", "bay"])
def test_the_corpus_is_told_apart_and_comes_back(region: str) -> None:
    paragraphs = corpus_paragraphs(region)
    turned = [traditional(text) for text in paragraphs]
    assert not any(map(is_traditional, paragraphs))
    assert all(map(is_traditional, turned))
    wrong = sum(
        a != b
        for text, back in zip(paragraphs, turned, strict=True)
        for a, b in zip(text, to_simplified(back), strict=True)
    )
    assert wrong / sum(map(len, paragraphs)) < 0.001


def test_traditional_text_is_tagged_alike_and_shown_as_printed(classifier: MechanismClassifier) -> None:
    paragraphs = corpus_paragraphs("coast")
    turned = [traditional(text) for text in paragraphs]
    same = sum(a == b for a, b in zip(classifier.predict(paragraphs), classifier.predict(turned), strict=True))
    assert same / len(paragraphs) > 0.97
    from govnlp.records import Paragraph

    tagged = classifier.tag_paragraphs([Paragraph(str(i), text) for i, text in enumerate(turned)])
    words = [(one, word) for one in tagged for tag in one.tags for word in tag.evidence]
    assert words
    assert all(one.paragraph.text[word.start : word.end] == word.term for one, word in words)
    assert any(to_simplified(word.term) != word.term for _, word in words)
