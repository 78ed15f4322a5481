"""Texts to TF-IDF: words and pairs of characters, of each sentence and of the whole paragraph.

Every occurrence of a feature weighs its idf, a term of the dictionary that of its mechanism besides; a row is divided
by the length that its occurrences make together. So a row's score is a plain sum over occurrences: sentences add up to
their paragraph, and what an occurrence adds to a score is known without counting anything twice. (TfidfVectorizer
would count equal features together before it takes the length; scores differ little, see benchmarks/.)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.arrays import borders_of, code_points
from govnlp.lexicon.dictionary import governance_terms
from govnlp.lexicon.script import simplify_all
from govnlp.lexicon.sentences import HEAD_LENGTH, sentence_ends
from govnlp.lexicon.tokenizer import Tokenizer
from govnlp.tagging.lookup import Columns, Hashes
from govnlp.tagging.occurrences import Occurrences

SENSE = "\n"  # before a mechanism that terms speak for, so that it is another feature than a word
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


def clause_ends(texts: Sequence[str]) -> NDArray[np.intp]:
    """Return where the units that earn labels end once texts are joined.

    They are the sentences, a run-in head taken together with the first of them.
    """
    ends = sentence_ends(texts)
    bounds = borders_of(texts)
    first = np.searchsorted(ends, bounds[:-1], "right")
    several = np.searchsorted(ends, bounds[1:]) > first
    heads = first[several]
    return np.delete(ends, heads[ends[heads] - bounds[:-1][several] <= HEAD_LENGTH])


def text_features(text: str, tokenizer: Tokenizer) -> list[str]:
    r"""Return the features of a text: its words, and the pairs of its Chinese characters.

    >>> text_features("建立网格482个。", Tokenizer())
    ['建立', '网格', '000', '个', '\t建立', '\t立网', '\t网格']
    """
    words = [name for name in map(normalize_word, tokenizer.cut(text)) if name is not None]
    return words + [PAIR + run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1)]


@dataclass(frozen=True)
class Features:
    """A learned vocabulary.

    Attributes:
        vocabulary: the words and pairs, sorted.
        squares: what an occurrence of each adds to the square of a row's length.
        tokenizer: cuts the texts.
    """

    vocabulary: tuple[str, ...]
    squares: NDArray[np.float32]
    tokenizer: Tokenizer

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
        texts = simplify_all(texts)  # character by character, so that places stay as printed
        word_bounds = self.tokenizer.borders(texts)
        text_bounds = borders_of(texts)
        sentence_bounds = np.concatenate([[0], clause_ends(texts)])
        owner = np.searchsorted(text_bounds, sentence_bounds[:-1], "right") - 1

        joined = "".join(texts)
        hashes = Hashes(joined)
        word_table, pair_table = self._tables
        word_columns = word_table.find(hashes.of(word_bounds[:-1], word_bounds[1:]))
        word_columns[~_in_chinese(joined, text_bounds, word_bounds)] = -1
        known_words = np.flatnonzero(word_columns >= 0)
        pair_columns = pair_table.find(hashes.of_pairs())
        pair_columns[sentence_bounds[1:-1] - 1] = -1  # one character in a sentence, one in the next
        known_pairs = np.flatnonzero(pair_columns >= 0)
        word_of = np.repeat(np.arange(len(word_bounds) - 1), np.diff(word_bounds))
        word = np.concatenate([known_words, word_of[known_pairs]])
        order = np.argsort(word, kind="stable")
        columns = np.concatenate([word_columns[known_words], pair_columns[known_pairs]])[order]
        return Occurrences(
            columns=columns,
            word=word[order],
            squares=self.squares[columns],
            owner=owner,
            sentence_bounds=sentence_bounds,
            word_bounds=word_bounds,
            text_bounds=text_bounds,
            features=len(self.vocabulary),
        )


def learn_features(texts: Sequence[str], tokenizer: Tokenizer, min_count: int = 2) -> tuple[Features, Any]:
    """Learn the vocabulary of texts, and what models are fitted to.

    The vocabulary holds the words and pairs that at least `min_count` texts have, and all terms of the tokenizer
    whose mechanism the governance dictionary knows. An occurrence weighs the idf of its feature, and a term
    beside it that of its mechanism: so a term never seen in training still speaks for its mechanism.

    Args:
        texts: n texts.
        tokenizer: cuts them.
        min_count: in how many texts a word or pair must be.

    Returns:
        The features, and a CSR matrix (n features, n features + n mechanisms) that turns occurrences into what
        models see.
    """
    from scipy.sparse import csr_matrix

    texts = simplify_all(texts)
    senses = _senses(tokenizer)
    counts: Counter[str] = Counter()
    of_sense: Counter[str] = Counter()
    for text in texts:
        words = {name for name in map(normalize_word, tokenizer.cut(text)) if name is not None}
        counts.update(words)
        of_sense.update({sense for word in words & senses.keys() for sense in senses[word]})
    counts.update({PAIR + pair: count for pair, count in _count_pairs(texts)})
    vocabulary = tuple(sorted({name for name, count in counts.items() if count >= min_count} | senses.keys()))
    names = (*vocabulary, *sorted(of_sense))
    column = {name: number for number, name in enumerate(sorted(of_sense), len(vocabulary))}
    texts_with = np.array([counts[name] or of_sense[name] for name in names])
    idf = np.log((1 + len(texts)) / (1 + texts_with)) + 1

    own = [(row, row) for row, name in enumerate(vocabulary) if counts[name] >= min_count]
    shared = [
        (row, column[sense]) for row, name in enumerate(vocabulary) for sense in senses.get(name, ()) if sense in column
    ]
    rows, columns = np.array(own + shared, dtype=np.intp).reshape(-1, 2).T
    projection = csr_matrix((idf[columns].astype(np.float32), (rows, columns)), (len(vocabulary), len(names)))
    squares = np.asarray(projection.multiply(projection).sum(axis=1), dtype=np.float32).ravel()
    return Features(vocabulary, squares, tokenizer), projection


def _in_chinese(joined: str, text_bounds: NDArray[np.intp], word_bounds: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell for each word whether its text has a Chinese character: numbers alone, 482 668 99.8%, tell nothing."""
    codes = code_points(joined)
    seen = np.concatenate([[0], np.cumsum((codes >= _FIRST_HAN) & (codes <= _LAST_HAN))])
    chinese = np.diff(seen[text_bounds]) > 0
    return np.asarray(np.repeat(chinese, np.diff(np.searchsorted(word_bounds, text_bounds))))


def _senses(tokenizer: Tokenizer) -> dict[str, tuple[str, ...]]:
    """Return the mechanisms of the tokenizer's terms, as names of features."""
    own = set(tokenizer.words)
    return {
        str(normalize_word(term.word)): tuple(SENSE + mechanism for mechanism in term.mechanisms)
        for term in governance_terms()
        if term.mechanisms and term.word in own
    }


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
