"""Texts to TF-IDF: words and word pairs, weighted by sublinear term frequency and document frequency.

The same arithmetic as scikit-learn's TfidfVectorizer (sublinear_tf, smooth_idf, l2; a test holds them
together), on ids instead of strings and without importing scikit-learn, so that tagging starts fast.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.tokenizer import Tokenizer

PAIR = "\t"
_DIGIT = str.maketrans("0123456789", "0000000000")
_PUNCTUATION = frozenset("，。、；：“”‘’（）()《》〈〉—－-·…！？!?,.;: \n\t\u3000")


def normalize_word(word: str) -> str | None:
    """Return the feature name of a word, None for punctuation; all numbers of one length are one feature."""
    if word in _PUNCTUATION:
        return None
    return word.translate(_DIGIT) if word[0].isdigit() else word


def word_features(words: Iterable[str]) -> list[str]:
    r"""Return the features of a cut text: its words, and pairs of words that touch.

    >>> word_features(["建立", "网格党支部", "482", "个", "。"])
    ['建立', '网格党支部', '000', '个', '建立\t网格党支部', '网格党支部\t000', '000\t个']
    """
    names = [normalize_word(word) for word in words]
    singles = [name for name in names if name is not None]
    pairs = [a + PAIR + b for a, b in pairwise(names) if a is not None and b is not None]
    return singles + pairs


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

    def transform(self, texts: Sequence[str]) -> Any:
        """Return the TF-IDF rows of texts: a CSR matrix (n texts, n features), rows of length one or zero."""
        from scipy.sparse import csr_matrix

        index = self.index
        ids, ends = array("i"), array("i", [0])
        for text in texts:
            ids.extend(index[name] for name in word_features(self.tokenizer.cut(text)) if name in index)
            ends.append(len(ids))
        data = np.ones(len(ids), dtype=np.float32)
        matrix = csr_matrix(
            (data, np.frombuffer(ids, np.int32) if ids else [], ends), shape=(len(texts), len(self.vocabulary))
        )
        matrix.sum_duplicates()
        matrix.data = (1 + np.log(matrix.data)) * self.idf[matrix.indices]
        return _unit_rows(matrix)


def _unit_rows(matrix: Any) -> Any:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    matrix.data = (matrix.data / np.repeat(lengths, np.diff(matrix.indptr))).astype(np.float32)
    return matrix


def learn_features(texts: Sequence[str], tokenizer: Tokenizer, min_count: int = 2) -> Features:
    """Learn the vocabulary of texts: features that at least `min_count` of them have, in sorted order."""
    found = Counter(chain.from_iterable(set(word_features(tokenizer.cut(text))) for text in texts))
    vocabulary = tuple(sorted(name for name, count in found.items() if count >= min_count))
    counts = np.array([found[name] for name in vocabulary], dtype=np.float64)
    idf = np.log((1 + len(texts)) / (1 + counts)) + 1
    return Features(vocabulary, idf.astype(np.float32), tokenizer)
