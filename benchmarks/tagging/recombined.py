"""Any number of different labelled paragraphs, put together from sentences of the corpus."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from benchmarks.tagging.protocol import Labelled, corpus_part
from govnlp.labelled.paragraphs import Mark
from govnlp.tagging.features import clause_ends

SENTENCES = (2, 5)  # of a paragraph, drawn evenly: about as long as the corpus's own
OF_AN_ARTICLE = 12  # paragraphs


def recombined(count: int, seed: int = 0) -> Labelled:
    """Return paragraphs of sentences drawn at random, each with the labels of its sentences and marks over them."""
    corpus = corpus_part("train", "validation", "test")
    sentences = _labelled_sentences(corpus)
    rng = np.random.default_rng(seed)
    made: dict[str, tuple[Mark, ...]] = {}
    while len(made) < count:
        text, marks = "", []
        for i in rng.integers(len(sentences), size=rng.integers(*SENTENCES, endpoint=True)):
            sentence, labels = sentences[i]
            marks += [Mark(label, len(text), len(text) + len(sentence)) for label in labels]
            text += sentence
        made[text] = tuple(marks)
    ids = corpus.codebook.ids
    truth = np.array([[label in {mark.label for mark in marks} for label in ids] for marks in made.values()])
    groups = [str(i // OF_AN_ARTICLE) for i in range(count)]
    return Labelled(list(made), truth, groups, corpus.codebook, list(made.values()))


def _labelled_sentences(corpus: Labelled) -> list[tuple[str, list[str]]]:
    return [
        (text[start:end], sorted({mark.label for mark in marks if mark.start < end and mark.end > start}))
        for text, marks in zip(corpus.texts, corpus.marks or [], strict=True)
        for start, end in pairwise([0, *clause_ends([text]).tolist()])
    ]
