"""Cut text into words, keeping the terms of the field whole.

jieba's algorithm cuts the text without any words of ours; an Aho-Corasick automaton finds the terms in the
same text; a term is then put together from the words between its ends. A term's end must be a word's end:
where it would tear a word that the segmenter's dictionary knows, the term is no term there. So terms with
quotes, dots or blanks match like others, ordinary words stay whole, and texts without terms are cut
exactly as jieba cuts them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from govnlp.errors import UsageError
from govnlp.lexicon.dictionary import governance_words, read_words
from govnlp.lexicon.engines import ENGINES, Engine, load_engine
from govnlp.records import Token


@cache
def _automaton(words: tuple[str, ...]) -> Any:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, store_patterns=False)


class Tokenizer:
    """A tokenizer with the governance dictionary and words of one's own.

    Args:
        user_words: further words to keep whole, or the path of a dictionary file in jieba's format.
        dictionary: the path of a dictionary that replaces the governance dictionary; "none" for no terms.
        engine: "rjieba" (default) or "jieba", which cuts alike and is much slower.

    Instances are cheap: all share one segmenter a process, and none changes it. They can be pickled, cloned
    by scikit-learn, called as an analyzer, and shared between threads.

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

    def _read_words(self) -> tuple[str, ...]:
        own = read_words(self.user_words) if isinstance(self.user_words, str | Path) else self.user_words
        for word in own:
            if not isinstance(word, str) or len(word.strip()) < 2:
                raise UsageError(f"user word {word!r} is no word of two characters or more")
        if self.dictionary is None:
            base: tuple[str, ...] = governance_words()
        elif self.dictionary == "none":
            base = ()
        else:
            base = read_words(self.dictionary)
        return base + tuple(word for word in own if word not in set(base)) if own else base

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

    def __call__(self, text: str) -> list[str]:
        """Cut one text: what scikit-learn asks of an analyzer."""
        return self.cut(text)

    def __repr__(self) -> str:
        return f"Tokenizer({len(self._words)} terms, engine={self.engine!r})"

    def cut(self, text: str) -> list[str]:
        """Return the words of a text; joined they are the text."""
        engine = load_engine(self.engine)
        words: list[str] = engine.cut(text)
        if not self._words:
            return words
        matches = _automaton(self._words).find_matches_as_indexes(text)
        return _put_together(text, words, matches, engine) if matches else words

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text with their places."""
        words = self.cut(text)
        ends = list(accumulate(map(len, words)))
        return [Token(word, end - len(word), end) for word, end in zip(words, ends, strict=True)]


def _put_together(text: str, words: list[str], matches: Sequence[tuple[int, int, int]], engine: Engine) -> list[str]:
    """Return the words with each matched term as one word, unless it would tear an ordinary word."""
    ends = list(accumulate(map(len, words)))
    borders = {0, *ends}
    added: set[int] = set()
    removed: set[int] = set()
    for _, start, end in matches:
        torn = [place for place in (start, end) if place not in borders]
        if any(_tears(words, ends, place, engine) for place in torn):
            continue
        added.update(torn)
        first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
        removed.update(ends[first:last])
    if not added and not removed:
        return words
    cuts = sorted((borders - removed) | added)
    return [text[start:end] for start, end in pairwise(cuts)]


def _tears(words: list[str], ends: list[int], place: int, engine: Engine) -> bool:
    """Tell whether a cut at `place` goes through a word of the segmenter's dictionary.

    小组长 in 楼栋党小组长 is such a word, and 党小组 no term there; 栋党, which the segmenter guessed from
    楼栋党小组, is none.
    """
    return engine.has_word(words[bisect_right(ends, place)])
