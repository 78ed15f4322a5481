"""The word segmenters underneath: jieba's algorithm in Rust (rjieba) or in Python (jieba)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from govnlp.errors import UsageError

ENGINES = ("rjieba", "jieba")


@dataclass(frozen=True)
class Engine:
    """What is asked of a segmenter: to cut a text, whether its dictionary has a word, and the kinds of words.

    `tag` cuts a text into words with their parts of speech, in ICTCLAS letters (n noun, v verb, m numeral).
    """

    cut: Callable[[str], list[str]]
    has_word: Callable[[str], bool]
    tag: Callable[[str], list[tuple[str, str]]]


def load_engine(name: str) -> Engine:
    """Return the engine of that name, built once a process and never given words of anybody's own.

    Raises:
        UsageError: no engine has that name, or its library is not installed.
    """
    if name not in ENGINES:
        raise UsageError(f"no segmenter is called {name!r}; there are {' and '.join(ENGINES)}")
    return _load_rjieba() if name == "rjieba" else _load_jieba()


@cache
def _load_rjieba() -> Engine:
    try:
        from rjieba import Jieba
    except ImportError:
        raise UsageError(
            "rjieba is not installed here; install it (pip install rjieba), or ask for engine='jieba', "
            "which cuts alike and is about 25 times slower"
        ) from None
    segmenter = Jieba()  # not rjieba.cut: any library in the process may add words to that one
    return Engine(cut=segmenter.cut, has_word=segmenter.has_word, tag=segmenter.tag)


@cache
def _load_jieba() -> Engine:
    try:
        import jieba
    except ImportError:
        raise UsageError(
            "jieba is not installed here; install it (pip install jieba), or ask for engine='rjieba'"
        ) from None
    segmenter = jieba.Tokenizer()
    level, jieba.default_logger.disabled = jieba.default_logger.disabled, True
    try:
        segmenter.initialize()
    finally:
        jieba.default_logger.disabled = level

    @cache
    def tagger() -> Any:
        from jieba.posseg import POSTokenizer

        return POSTokenizer(segmenter)

    return Engine(
        cut=segmenter.lcut,
        has_word=lambda word: bool(segmenter.FREQ.get(word)),
        tag=lambda text: [(word, kind) for word, kind in tagger().cut(text)],
    )
