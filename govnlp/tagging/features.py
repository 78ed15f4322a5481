"""Texts to TF-IDF: words and pairs of characters, of each sentence and of the whole paragraph.

Every occurrence of a feature weighs its idf; a row is divided by the length that its occurrences make together,
√Σ idf². So a row's score is a plain sum over occurrences: sentences add up to their paragraph, and what an
occurrence adds to a score is known without counting anything twice. (TfidfVectorizer would count equal features
together before it takes the length; scores differ little, see benchmarks/.)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.sentences import has_run_in_head, sentence_spans
from govnlp.lexicon.tokenizer import Tokenizer
from govnlp.records import Span
from govnlp.tagging.lookup import Columns, Hashes, bounds_of, code_points
from govnlp.tagging.occurrences import Occurrences

PAIR = "\t"  # before a pair of characters, so that the pair 网格 is another feature than the word 网格
CHUNK = 512  # texts at a time: their arrays stay in the processor's cache
_DIGITS = str.maketrans("0123456789", "0000000000")
_PUNCTUATION = frozenset("，。、；：“”‘’（）()《》〈〉—－-·…！？!?,.;: \n\t\u3000")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF


def normalize_word(word: str) -> str | None:
    """Return the feature name of a word, None for punctuation; all numbers of one length are one feature."""
    if word in _PUNCTUATION:
        return None
    return word.translate(_DIGITS)


def clause_spans(text: str) -> list[Span]:
    """Return the units that earn labels: sentences, a run-in head taken together with the first of them."""
    spans = sentence_spans(text)
    return [(0, spans[1][1]), *spans[2:]] if has_run_in_head(text, spans) else spans


def text_features(text: str, tokenizer: Tokenizer) -> list[str]:
    r"""Return the features of a text: its words, and the pairs of its Chinese characters.

    >>> text_features("建立网格482个。", Tokenizer())
    ['建立', '网格', '000', '个', '\t建立', '\t立网', '\t网格']
    """
    words = [name for name in map(normalize_word, tokenizer.cut(text)) if name is not None]
    return words + [PAIR + run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1)]


@dataclass(frozen=True)
class Features:
    """A learned vocabulary with its inverse document frequencies."""

    vocabulary: tuple[str, ...]
    idf: NDArray[np.float32]
    tokenizer: Tokenizer

    def weigh(self, coefficients: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what one occurrence of each feature adds before lengths: (n features, n labels)."""
        return np.ascontiguousarray(coefficients.T * self.idf[:, None])

    @cached_property
    def _tables(self) -> tuple[Columns, Columns]:
        """The columns of words and of pairs."""
        of_pair = np.array([name[0] == PAIR for name in self.vocabulary], dtype=bool)
        words, pairs = np.flatnonzero(~of_pair), np.flatnonzero(of_pair)
        return (
            Columns.of([self.vocabulary[column] for column in words], words.astype(np.int32)),
            Columns.of([self.vocabulary[column][1:] for column in pairs], pairs.astype(np.int32)),
        )

    def find(self, texts: Sequence[str]) -> Occurrences:
        """Return where the features of the vocabulary stand in texts and their sentences."""
        cut = self.tokenizer.cut_many(texts)
        words = list(chain.from_iterable(cut))
        word_bounds = bounds_of(words)
        text_bounds = bounds_of(texts)
        spans = [clause_spans(text) for text in texts]
        owner = np.repeat(np.arange(len(texts)), [len(own) for own in spans])
        ends = np.fromiter((end for own in spans for _, end in own), np.intp, len(owner))
        sentence_bounds = np.concatenate([[0], ends + text_bounds[owner]]).astype(np.intp)
        sentence_of = np.repeat(np.arange(len(owner)), np.diff(sentence_bounds))
        word_of = np.repeat(np.arange(len(words)), np.diff(word_bounds))

        hashes = Hashes("".join(texts))
        word_table, pair_table = self._tables
        word_columns = word_table.find(hashes.of(word_bounds[:-1], word_bounds[1:]))
        known_words = np.flatnonzero(word_columns >= 0)
        places = np.arange(max(0, len(word_of) - 1))
        pair_columns = pair_table.find(hashes.of(places, places + 2))
        known_pairs = np.flatnonzero((pair_columns >= 0) & (sentence_of[:-1] == sentence_of[1:]))
        sentence = sentence_of[np.concatenate([word_bounds[known_words], known_pairs])]
        order = np.argsort(sentence, kind="stable")
        columns = np.concatenate([word_columns[known_words], pair_columns[known_pairs]])[order]
        begin = np.concatenate([known_words, word_of[known_pairs]])[order]
        end = np.concatenate([known_words, word_of[known_pairs + 1]])[order]
        return Occurrences(
            columns=columns,
            sentence=sentence[order],
            words=np.stack([begin, end]),
            idf=self.idf[columns],
            owner=owner,
            sentence_bounds=sentence_bounds,
            word_bounds=word_bounds,
            text_bounds=text_bounds,
            words_of_text=np.searchsorted(word_bounds, text_bounds),
            features=len(self.vocabulary),
        )


def learn_features(texts: Sequence[str], tokenizer: Tokenizer, min_count: int = 2) -> Features:
    """Learn the vocabulary of texts: features that at least `min_count` of them have, in sorted order."""
    words: Counter[str] = Counter()
    for text in texts:
        words.update({name for name in map(normalize_word, tokenizer.cut(text)) if name is not None})
    found = {word: count for word, count in words.items() if count >= min_count}
    found |= {PAIR + pair: count for pair, count in _count_pairs(texts) if count >= min_count}
    vocabulary = tuple(sorted(found))
    counts = np.array([found[name] for name in vocabulary], dtype=np.float64)
    idf = np.log((1 + len(texts)) / (1 + counts)) + 1
    return Features(vocabulary, idf.astype(np.float32), tokenizer)


def _count_pairs(texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the pairs of Chinese characters with the number of texts that have them."""
    total = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for start in range(0, len(texts), CHUNK * 8):
        chunk = texts[start : start + CHUNK * 8]
        codes = code_points("".join(chunk)).astype(np.int64)
        text_of = np.repeat(np.arange(len(chunk)), [len(text) for text in chunk])
        han = (codes >= _FIRST_HAN) & (codes <= _LAST_HAN)
        places = np.flatnonzero(han[:-1] & han[1:] & (text_of[:-1] == text_of[1:]))
        keys = (codes[places] << 16) | codes[places + 1]
        once = np.unique((text_of[places] << 32) | keys) & 0xFFFFFFFF
        total = _add_counts(total, np.unique(once, return_counts=True))
    for key, count in zip(*(part.tolist() for part in total), strict=True):
        yield chr(key >> 16) + chr(key & 0xFFFF), count


def _add_counts(
    one: tuple[NDArray[np.int64], NDArray[np.int64]], other: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    keys, where = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    counts = np.bincount(where, np.concatenate([one[1], other[1]]), len(keys))
    return keys, counts.astype(np.int64)
