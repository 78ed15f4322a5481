"""Cut text into words, keeping the terms of the field whole.

jieba's algorithm cuts the text without any words of ours; an Aho-Corasick automaton finds all terms in the
same text; terms are then put together from the words between their ends. A term's end must be a word's end:
where it would tear a word that the segmenter's dictionary knows, the term is no term there. Of terms that
overlap, those stay whose squared lengths add up to most (weighted interval scheduling). So terms with quotes,
dots or blanks match like others, ordinary words stay whole, and texts without terms are cut as jieba cuts them.
(One exception in a million words: where two ways to cut characters that jieba does not know as a word weigh the
same to seven digits, as in 常在, rjieba may round the other way than jieba.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import UsageError
from govnlp.lexicon.arrays import borders_of
from govnlp.lexicon.dictionary import governance_words, read_words
from govnlp.lexicon.engines import ENGINES, load_engine
from govnlp.lexicon.term_places import Match, heaviest, place_terms, untorn
from govnlp.records import Token

_SEPARATOR = "\0"  # always a word of its own, and in no term
_BATCH = 1 << 12  # characters cut in one call: enough that calls cost little, few enough for the processor's cache
_ARRAY_BATCH = 1 << 16  # the same where terms are placed in array steps


@cache
def _finder(words: tuple[str, ...]) -> Callable[..., list[Match]]:
    """Return the search for all occurrences of words, also overlapping ones, in order of their ends."""
    from ahocorasick_rs import AhoCorasick

    find: Callable[..., list[Match]] = AhoCorasick(words, store_patterns=False).find_matches_as_indexes
    return find


class Tokenizer:
    """A tokenizer with the governance dictionary and words of one's own.

    Args:
        user_words: further words to keep whole, or the path of a dictionary file in jieba's format.
        dictionary: the path of a dictionary that replaces the governance dictionary; "none" for no terms.
        engine: "rjieba" (default) or "jieba", which cuts alike and is much slower.

    Instances are cheap: all share one segmenter a process, and none changes it. They can be pickled, cloned
    by scikit-learn, called as an analyzer, and shared between threads.

    Raises:
        UsageError: no segmenter has that name, or a user word is shorter than two characters.
        DictionaryError: a dictionary file cannot be read; the message names file and line.

    >>> Tokenizer().cut("建立网格党支部482个")
    ['建立', '网格党支部', '482', '个']
    >>> Tokenizer(user_words=["云岭邻里驿站"]).cut("走进云岭邻里驿站")
    ['走进', '云岭邻里驿站']
    """

    def __init__(
        self,
        user_words: Iterable[str] | str | Path = (),
        dictionary: str | Path | None = None,
        engine: str = "rjieba",
    ) -> None:
        self.user_words = user_words if isinstance(user_words, str | Path) else tuple(user_words)
        self.dictionary = dictionary
        self.engine = engine
        if engine not in ENGINES:
            raise UsageError(f"no segmenter is called {engine!r}; there are {' and '.join(ENGINES)}")
        self._words = self._read_words()
        self._find: Callable[..., list[Match]] | None = None

    def _read_words(self) -> tuple[str, ...]:
        own = read_words(self.user_words) if isinstance(self.user_words, str | Path) else self.user_words
        for word in own:
            if not isinstance(word, str) or len(word.strip()) < 2:
                raise UsageError(f"user word {word!r} is no word of two characters or more")
            if _SEPARATOR in word:
                raise UsageError(f"user word {word!r} holds the character U+0000, which no text has")
        if self.dictionary is None:
            base = governance_words()
        else:
            base = () if self.dictionary == "none" else read_words(self.dictionary)
        return tuple(dict.fromkeys(base + own)) if own else base

    @property
    def words(self) -> tuple[str, ...]:
        """The terms that this tokenizer keeps whole."""
        return self._words

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the constructor's arguments (scikit-learn's protocol)."""
        return {"user_words": self.user_words, "dictionary": self.dictionary, "engine": self.engine}

    def set_params(self, **params: Any) -> Tokenizer:
        """Set constructor arguments anew (scikit-learn's protocol)."""
        self.__init__(**{**self.get_params(), **params})  # type: ignore[misc]
        return self

    def __getstate__(self) -> dict[str, Any]:
        """Leave the automaton out of a pickle; a process builds it when it first cuts."""
        return {**self.__dict__, "_find": None}

    def __call__(self, text: str) -> list[str]:
        """Cut one text: what scikit-learn asks of an analyzer."""
        return self.cut(text)

    def __repr__(self) -> str:
        return f"Tokenizer({len(self._words)} terms, engine={self.engine!r})"

    def cut(self, text: str) -> list[str]:
        """Return the words of a text; joined they are the text."""
        engine = load_engine(self.engine)
        words, matches = engine.cut(text), self._matches(text)
        if matches:
            _join_terms(text, words, matches, engine.has_word)
        return words

    def cut_many(self, texts: Iterable[str]) -> list[list[str]]:
        """Return the words of each text, the same as `cut` gives.

        Args:
            texts: texts of any length; short ones, such as clauses and headlines, are cut faster so.

        >>> Tokenizer().cut_many(["建立网格党支部482个", "推行积分制"])
        [['建立', '网格党支部', '482', '个'], ['推行', '积分制']]
        """
        return [words for batch in _batches(texts, _BATCH) for words in self._cut_batch(batch)]

    def _cut_batch(self, texts: Sequence[str]) -> Iterable[list[str]]:
        words = self.cut(_SEPARATOR.join(texts))
        return _parted(words) if len(texts) > 1 else [words]

    def borders(self, texts: Iterable[str]) -> NDArray[np.intp]:
        """Return where the words of texts begin once all are joined, and where the last ends.

        The words are those of `cut_many`, found faster where nobody needs them as strings.

        >>> Tokenizer().borders(["建立网格党支部482个", "推行积分制"]).tolist()
        [0, 2, 7, 10, 11, 13, 16]
        """
        found = [np.zeros(1, np.intp)]
        for batch in _batches(texts, _ARRAY_BATCH):
            borders = self._borders([_SEPARATOR.join(part) for part in _batches(batch, _BATCH)])
            separators = np.cumsum([len(text) + 1 for text in batch])[:-1] - 1
            borders -= np.searchsorted(separators, borders)
            found.append(found[-1][-1] + borders[1:][np.diff(borders) > 0])
        return np.concatenate(found)

    def _borders(self, parts: Sequence[str]) -> NDArray[np.intp]:
        """Return the borders of the words of parts with a separator after each but the last."""
        engine, text = load_engine(self.engine), _SEPARATOR.join(parts)
        starts = np.cumsum([0, *(len(part) + 1 for part in parts[:-1])])
        borders = np.concatenate(
            [start + borders_of(engine.cut(part)) for start, part in zip(starts, parts, strict=True)]
        )
        matches = self._matches(text)
        return place_terms(matches, text, borders, engine.has_word).borders_with(borders) if matches else borders

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text with their places."""
        words = self.cut(text)
        ends = accumulate(map(len, words))
        return [Token(word, end - len(word), end) for word, end in zip(words, ends, strict=True)]

    def _matches(self, text: str) -> list[Match]:
        if self._find is None:
            self._find = _finder(self._words)
        return self._find(text, overlapping=True)


def _batches(texts: Iterable[str], characters: int) -> Iterator[list[str]]:
    """Yield texts that can be cut as one, with separators between them that touch no word."""
    if isinstance(texts, str):
        raise UsageError("expected several texts, as a list; cut takes one")
    batch: list[str] = []
    size = 0
    for text in texts:
        if _SEPARATOR in text:
            yield from ([batch, [text]] if batch else [[text]])
            batch, size = [], 0
            continue
        batch.append(text)
        size += len(text)
        if size >= characters:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _parted(words: list[str]) -> Iterator[list[str]]:
    words.append(_SEPARATOR)
    start = 0
    while start < len(words):
        end = words.index(_SEPARATOR, start)
        yield words[start:end]
        start = end + 1


def _join_terms(text: str, words: list[str], matches: Iterable[Match], has_word: Callable[[str], bool]) -> None:
    """Make each term one word, in place."""
    borders = list(accumulate(map(len, words), initial=0))
    stop = len(text)
    for start, end, first, last in heaviest(untorn(words, borders, matches, has_word)):
        if borders[first] == start and borders[last] == end:
            if last - first > 1:
                words[first:last] = (text[start:end],)
        else:
            parts = text[borders[first] : start], text[start:end], text[end : min(borders[last], stop)]
            words[first:last] = filter(None, parts)
        stop = start
