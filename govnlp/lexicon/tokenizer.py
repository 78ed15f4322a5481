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

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from govnlp.errors import UsageError
from govnlp.lexicon.dictionary import governance_words, read_words
from govnlp.lexicon.engines import ENGINES, Engine, load_engine
from govnlp.records import Token

_Match = tuple[int, int, int]  # number of the term, start, end
_Place = tuple[int, int, int, int]  # start, end, the word in which it starts, the border at or after its end
_SEPARATOR = "\0"  # always a word of its own, and in no term
_BATCH = 1 << 12  # characters cut in one call: enough that calls cost little, few enough for the processor's cache


@cache
def _finder(words: tuple[str, ...]) -> Callable[..., list[_Match]]:
    """Return the search for all occurrences of words, also overlapping ones, in order of their ends."""
    from ahocorasick_rs import AhoCorasick

    find: Callable[..., list[_Match]] = AhoCorasick(words, store_patterns=False).find_matches_as_indexes
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
        self._find: Callable[..., list[_Match]] | None = None

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
        words = engine.cut(text)
        matches = self._matches(text)
        return _put_together(text, words, matches, engine) if matches else words

    def cut_many(self, texts: Iterable[str]) -> list[list[str]]:
        """Return the words of each text, the same as `cut` gives.

        Args:
            texts: texts of any length; short ones, such as clauses and headlines, are cut faster so.

        >>> Tokenizer().cut_many(["建立网格党支部482个", "推行积分制"])
        [['建立', '网格党支部', '482', '个'], ['推行', '积分制']]
        """
        if isinstance(texts, str):
            raise UsageError("cut_many takes several texts, as a list; cut takes one")
        return [words for batch in _batches(texts) for words in self._cut_batch(batch)]

    def _cut_batch(self, texts: Sequence[str]) -> Iterable[list[str]]:
        """Cut texts as one, with separators between them that touch no word."""
        joined = _SEPARATOR.join(texts)
        if joined.count(_SEPARATOR) >= len(texts):
            return map(self.cut, texts)
        return _parted(self.cut(joined))

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text with their places."""
        words = self.cut(text)
        ends = accumulate(map(len, words))
        return [Token(word, end - len(word), end) for word, end in zip(words, ends, strict=True)]

    def _matches(self, text: str) -> list[_Match]:
        if self._find is None:
            self._find = _finder(self._words)
        return self._find(text, overlapping=True)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= _BATCH:
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


def _put_together(text: str, words: list[str], matches: Iterable[_Match], engine: Engine) -> list[str]:
    """Make each term one word, in place, unless it would tear an ordinary word."""
    borders = list(accumulate(map(len, words), initial=0))
    stop = len(text)
    for start, end, first, last in _heaviest(_untorn(words, borders, matches, engine)):
        if borders[first] == start and borders[last] == end:
            if last - first > 1:
                words[first:last] = (text[start:end],)
        else:
            parts = text[borders[first] : start], text[start:end], text[end : min(borders[last], stop)]
            words[first:last] = filter(None, parts)
        stop = start
    return words


def _untorn(words: list[str], borders: list[int], matches: Iterable[_Match], engine: Engine) -> Iterator[_Place]:
    """Yield the places of terms whose ends go through no word of the segmenter's dictionary.

    小组长 in 楼栋党小组长 is such a word, and 党小组 no term there; 栋党, which the segmenter guessed from
    楼栋党小组, is none.
    """
    has_word = engine.has_word
    for _, start, end in matches:
        first = bisect_right(borders, start) - 1
        if borders[first] != start and has_word(words[first]):
            continue
        last = bisect_left(borders, end, first)
        if borders[last] == end or not has_word(words[last - 1]):
            yield start, end, first, last


def _heaviest(places: Iterable[_Place]) -> Iterator[_Place]:
    """Yield, from the last to the first, the places that do not overlap and together weigh most.

    They are given in order of their ends. A term weighs its squared length: 养老服务中心 goes before 社区养老 in
    社区养老服务中心. Of equals the first stays: 基层治理 in 基层治理效能.
    """
    ends, weights = [0], [0]
    choices: list[Any] = [None]  # the best choice up to each end: its last place, and the choice before that
    for place in places:
        start, end, _, _ = place
        before = -1 if start >= ends[-1] else bisect_right(ends, start) - 1
        weight = weights[before] + (end - start) ** 2
        if weight > weights[-1]:
            ends.append(end)
            weights.append(weight)
            choices.append((place, choices[before]))
    choice = choices[-1]
    while choice:
        place, choice = choice
        yield place
