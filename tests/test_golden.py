"""What people see, held against golden files; GOVNLP_WRITE_GOLDEN=1 writes them anew, to be read before a commit."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from govnlp import load_codebook, read
from govnlp.batch.sinks import json_line
from govnlp.evaluation.scores import score
from govnlp.records import Bullet, Figure, Locality, Practice, Summary
from govnlp.summarizing.brief_html import to_html
from govnlp.summarizing.brief_markdown import to_markdown
from govnlp.summarizing.briefs import compose_brief
from govnlp.tagging.card import model_card

GOLDEN = Path(__file__).parent / "golden"
PAGES = Path(__file__).parent.parent / "examples" / "pages"
FIGURE = Figure("p1", "668人", 16, 20, "count", 668, "人", "常态化")
SUMMARY = Summary(
    "a1",
    "pages/b*1.txt",
    "小网格 大民生",
    Locality("松陵省鹤原市炭台区", level="county"),
    (
        Bullet("划分网格482个，配备专职网格员668人。", "p1", 0, 21, ("grid",), (FIGURE,)),
        Bullet("推行“树荫议事”工作法。", "p2", 5, 16),
    ),
    (Practice("p2", "“树荫议事”工作法", 7, 16, "method"),),
)
DATA = {"paragraphs": 60, "groups": 12, "fingerprint": "0a1b2c3d4e5f", "versions": "govnlp 0.1.0, numpy 2.0.0"}
RATE = Figure("p9", "98%", 8, 11, "percent", 98.0, "%", "满意度")
COPY = Summary(
    "a3",
    "pages/c<1>.txt",
    "又一版",
    SUMMARY.locality,
    (
        Bullet("划分网格482个，配备专职网格员668人。", "p7", 0, 21, ("grid",), (FIGURE,)),
        Bullet("群众满意度达到了98%。", "p9", 0, 12, ("services",), (RATE,)),
    ),
)
EMPTY = Summary("a2", "c.txt", None, None)


def articles_of(name: str) -> str:
    return "".join(json_line({**article.to_dict(), "source": name}) for article in read(PAGES / name))


def scores_table() -> str:
    truth = np.array([[True, False], [True, True], [False, False], [True, False]])
    given = np.array([[True, False], [False, True], [False, True], [True, False]])
    found = score(truth, given, ["a", "a", "b", "b"], ["grid", "members"])
    return f"{found}\n{found._repr_html_()}\n"


CASES = {
    "page-01.jsonl": lambda: articles_of("page-01.txt"),
    "page-02.jsonl": lambda: articles_of("page-02.txt"),
    "page-03.jsonl": lambda: articles_of("page-03.md"),
    "brief.md": lambda: to_markdown(compose_brief([SUMMARY, COPY, EMPTY]), load_codebook()),
    "brief-by-mechanism.md": lambda: to_markdown(compose_brief([SUMMARY, EMPTY], "mechanism"), load_codebook()),
    "brief.html": lambda: to_html(compose_brief([SUMMARY, COPY, EMPTY]), load_codebook()),
    "summary.html": lambda: SUMMARY._repr_html_() + "\n",
    "summary.json": lambda: json_line(SUMMARY.to_dict()),
    "scores.txt": scores_table,
    "card.md": lambda: model_card(load_codebook(), ("culture",), 1234, DATA, "micro F1 0.80"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_looks_as_it_should(name: str) -> None:
    made, golden = CASES[name](), GOLDEN / name
    if os.environ.get("GOVNLP_WRITE_GOLDEN"):
        golden.write_text(made, "utf-8", newline="\n")
    assert made == golden.read_text("utf-8")
