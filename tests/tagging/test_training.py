from __future__ import annotations

from dataclasses import replace

import pytest

from govnlp.labelled.paragraphs import LabelledParagraph
from govnlp.tagging.codebook import Codebook, Mechanism
from govnlp.tagging.training import compare, evaluate, held_out_scores, train

SMALL = Codebook("1", (Mechanism("grid", "网格管理"), Mechanism("disputes", "矛盾化解")))
PLACES = ["东片", "西片", "南片", "北片", "中片", "河边", "山前", "山后", "桥头", "渡口"]


def paragraphs(first: int, last: int) -> list[LabelledParagraph]:
    return [
        LabelledParagraph(f"{place}-{what}", f"{place}{text}{n}个。", (what,), place)
        for n, place in enumerate(PLACES[first:last], first)
        for what, text in (("grid", "划分网格"), ("disputes", "组织调解纠纷"))
    ]


@pytest.fixture(scope="module")
def old():
    return train(paragraphs(0, 6), SMALL)


def test_models_are_compared_on_what_neither_learnt_from(old) -> None:
    everything = paragraphs(0, 10)
    found = compare(old, train(everything, SMALL), everything)
    assert found.texts == 8
    assert found.old is not None
    assert found.new is not None
    assert found.old.micro_f1 == found.new.micro_f1 == 1.0
    assert not found.is_worse


def test_the_same_texts_give_no_comparison(old) -> None:
    assert compare(old, old, paragraphs(0, 6)).texts == 0


def test_a_worse_model_is_seen_to_be_worse(old) -> None:
    swapped = {("grid",): ("disputes",), ("disputes",): ("grid",)}
    wrong = [replace(p, labels=swapped[p.labels]) for p in paragraphs(0, 6)]
    new = train(wrong + paragraphs(6, 10)[:2], SMALL)
    assert compare(old, new, wrong + paragraphs(6, 10)[:2]).is_worse


def test_out_of_fold_scores_cover_the_paragraphs_once(old) -> None:
    assert held_out_scores(old, paragraphs(0, 6)).texts == 12


def test_texts_that_a_model_learnt_from_are_named(old) -> None:
    behind = evaluate(old, paragraphs(5, 7)).diagnostics
    assert behind is not None
    assert behind.trained_on == ("河边-grid", "河边-disputes")
