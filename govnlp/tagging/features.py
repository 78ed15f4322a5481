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
from govnlp.tagging.occurrences import Occurrences

PAIR = "\t"  # before a pair of characters, so that the pair 网格 is another feature than the word 网格
CHUNK = 512  # texts at a time: their arrays stay in the processor's cache
_DIGITS = str.maketrans("0123456789", "0000000000")
_PUNCTUATION = frozenset("，。、；：“”‘’（）()《》〈〉—－-·…！？!?,.;: \n\t\u3000")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_REMEMBERED = 1_000_000  # words that a vocabulary keeps in mind as unknown


def normalize_word(word: str) -> str | None:
    """Return the feature name of a word, None for punctuation; all numbers of one length are one feature."""
    if word in _PUNCTUATION:
        return None
    return word.translate(_DIGITS) if word[0].isdigit() else word


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


class _WordIds(dict[str, int]):
    """The column of each word, -1 for punctuation and words outside the vocabulary."""

    def __missing__(self, word: str) -> int:
        name = normalize_word(word)
        column = -1 if name is None or name == word else self.get(name, -1)
        if len(self) < _REMEMBERED:
            self[word] = column
        return column


@dataclass(frozen=True)
class _PairIds:
    """The column of each pair of characters: a table over the characters that come first and second."""

    first: NDArray[np.uint16]
    second: NDArray[np.uint16]
    table: NDArray[np.int32]

    @classmethod
    def of(cls, pairs: Sequence[str], columns: NDArray[np.int32]) -> _PairIds:
        """Build the table; row and column 0 stand for all other characters, and -1 for pairs not known."""
        codes = _code_points("".join(pairs)).reshape(-1, 2)
        first, second = np.zeros(1 << 16, np.uint16), np.zeros(1 << 16, np.uint16)
        for table, column in ((first, codes[:, 0]), (second, codes[:, 1])):
            known = np.unique(column)
            table[known] = np.arange(1, len(known) + 1)
        shape = (int(first.max()) + 1, int(second.max()) + 1)
        found = np.full(shape, -1, np.int32)
        found[first[codes[:, 0]], second[codes[:, 1]]] = columns
        return cls(first, second, found)

    def find(self, codes: NDArray[np.uint32]) -> NDArray[np.int32]:
        """Return the column of the pair that begins at each character but the last."""
        plain = np.where(codes < 1 << 16, codes, 0)
        return np.asarray(self.table[self.first[plain[:-1]], self.second[plain[1:]]])


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


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
    def _word_ids(self) -> _WordIds:
        return _WordIds((name, column) for column, name in enumerate(self.vocabulary) if name[0] != PAIR)

    @cached_property
    def _pair_ids(self) -> _PairIds:
        pairs = [(name[1:], column) for column, name in enumerate(self.vocabulary) if name[0] == PAIR]
        return _PairIds.of([pair for pair, _ in pairs], np.array([column for _, column in pairs], np.int32))

    def find(self, texts: Sequence[str]) -> Occurrences:
        """Return where the features of the vocabulary stand in texts and their sentences."""
        cut = self.tokenizer.cut_many(texts)
        words = list(chain.from_iterable(cut))
        word_bounds = _bounds(words)
        text_bounds = _bounds(texts)
        spans = [clause_spans(text) for text in texts]
        owner = np.repeat(np.arange(len(texts)), [len(own) for own in spans])
        ends = np.fromiter((end for own in spans for _, end in own), np.intp, len(owner))
        sentence_bounds = np.concatenate([[0], ends + text_bounds[owner]]).astype(np.intp)
        sentence_of = np.repeat(np.arange(len(owner)), np.diff(sentence_bounds))
        word_of = np.repeat(np.arange(len(words)), np.diff(word_bounds))

        word_columns = np.fromiter(map(self._word_ids.__getitem__, words), np.int32, len(words))
        known_words = np.flatnonzero(word_columns >= 0)
        pair_columns = self._pair_ids.find(_code_points("".join(texts)))
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


def _bounds(parts: Sequence[str]) -> NDArray[np.intp]:
    return np.concatenate([[0], np.cumsum(np.fromiter(map(len, parts), np.intp, len(parts)))]).astype(np.intp)


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
        codes = _code_points("".join(chunk)).astype(np.int64)
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
