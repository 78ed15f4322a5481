"""Texts to TF-IDF: words and pairs of characters, of each sentence and of the whole paragraph.

The arithmetic is that of scikit-learn's TfidfVectorizer (sublinear_tf, smooth_idf, l2; a test holds them
together), on ids instead of strings and without importing scikit-learn, so that tagging starts fast.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.sentences import has_run_in_head, sentence_spans
from govnlp.lexicon.tokenizer import Tokenizer
from govnlp.records import Span

PAIR = "\t"  # before a pair of characters, so that the pair 网格 is another feature than the word 网格
_DIGITS = str.maketrans("0123456789", "0000000000")
_PUNCTUATION = frozenset("，。、；：“”‘’（）()《》〈〉—－-·…！？!?,.;: \n\t\u3000")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


def normalize_word(word: str) -> str | None:
    """Return the feature name of a word, None for punctuation; all numbers of one length are one feature."""
    if word in _PUNCTUATION:
        return None
    return word.translate(_DIGITS) if word[0].isdigit() else word


def text_features(text: str, tokenizer: Tokenizer) -> list[str]:
    r"""Return the features of a text: its words, and the pairs of its Chinese characters.

    >>> text_features("建立网格482个。", Tokenizer())
    ['建立', '网格', '000', '个', '\t建立', '\t立网', '\t网格']
    """
    words = [name for name in map(normalize_word, tokenizer.cut(text)) if name is not None]
    pairs = chain.from_iterable(map(add, run, run[1:]) for run in _HAN_RUN.findall(text))
    return words + [PAIR + pair for pair in pairs]


def clause_spans(text: str) -> list[Span]:
    """Return the units that earn labels: sentences, a run-in head taken together with the first of them."""
    spans = sentence_spans(text)
    return [(0, spans[1][1]), *spans[2:]] if has_run_in_head(text, spans) else spans


@dataclass(frozen=True)
class Rows:
    """TF-IDF rows of n texts and of their m sentences.

    Attributes:
        paragraphs: CSR matrix (n, features).
        sentences: CSR matrix (m, features), in the order of the texts.
        owners: for each sentence the number of its text.
        spans: for each sentence its place in its text.
    """

    paragraphs: Any
    sentences: Any
    owners: NDArray[np.intp]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Features:
    """A learned vocabulary with its inverse document frequencies."""

    vocabulary: tuple[str, ...]
    idf: NDArray[np.float32]
    tokenizer: Tokenizer

    @cached_property
    def index(self) -> dict[str, int]:
        """The column of each feature."""
        return {name: column for column, name in enumerate(self.vocabulary)}

    def transform(self, texts: Sequence[str]) -> Rows:
        """Return the TF-IDF rows of texts and of their sentences, each row of length one or zero."""
        from scipy.sparse import csr_matrix

        split = [clause_spans(text) for text in texts]
        owners = np.repeat(np.arange(len(texts)), [len(spans) for spans in split])
        spans = tuple(chain.from_iterable(split))
        counts = self._count(text[a:b] for text, own in zip(texts, split, strict=True) for a, b in own)
        together = csr_matrix(
            (np.ones(len(owners), np.float32), (owners, np.arange(len(owners)))), (len(texts), len(owners))
        )
        return Rows(self._weigh(together @ counts), self._weigh(counts), owners, spans)

    def _count(self, texts: Iterator[str]) -> Any:
        from scipy.sparse import csr_matrix

        index = self.index
        ids, ends = array("i"), array("i", [0])
        for text in texts:
            ids.extend(index[name] for name in text_features(text, self.tokenizer) if name in index)
            ends.append(len(ids))
        columns = np.frombuffer(ids, np.int32) if ids else np.zeros(0, np.int32)
        counts = csr_matrix((np.ones(len(ids), np.float32), columns, ends), shape=(len(ends) - 1, len(self.vocabulary)))
        counts.sum_duplicates()
        return counts

    def _weigh(self, counts: Any) -> Any:
        rows = counts.copy()
        rows.data = (1 + np.log(rows.data)) * self.idf[rows.indices]
        lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
        lengths[lengths == 0] = 1
        rows.data = (rows.data / np.repeat(lengths, np.diff(rows.indptr))).astype(np.float32)
        return rows


def learn_features(texts: Sequence[str], tokenizer: Tokenizer, min_count: int = 2) -> Features:
    """Learn the vocabulary of texts: features that at least `min_count` of them have, in sorted order."""
    found = Counter(chain.from_iterable(set(_features_by_sentence(text, tokenizer)) for text in texts))
    vocabulary = tuple(sorted(name for name, count in found.items() if count >= min_count))
    counts = np.array([found[name] for name in vocabulary], dtype=np.float64)
    idf = np.log((1 + len(texts)) / (1 + counts)) + 1
    return Features(vocabulary, idf.astype(np.float32), tokenizer)


def _features_by_sentence(text: str, tokenizer: Tokenizer) -> Iterator[str]:
    return chain.from_iterable(text_features(text[a:b], tokenizer) for a, b in clause_spans(text))
