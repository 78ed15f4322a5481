"""Floors on the samples of the corpus that a reader marked; benchmarks/extracting.py gives the figures."""

from __future__ import annotations

import pytest

from benchmarks.extracting import corpus_texts, score


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return corpus_texts()


def test_figures_of_the_sample(texts: dict[str, str]) -> None:
    found = score("figures", texts)
    assert found.precision >= 0.95
    assert found.recall >= 0.95


def test_practices_of_the_sample(texts: dict[str, str]) -> None:
    assert score("practices", texts).f1 >= 0.85
