"""Traditional characters: recognized, and read through simplified ones of the same number.

The table is OpenCC's, one character to one character, so that every place in the converted text is the place in the
printed one. OpenCC's phrases would settle by the neighbours what one character in 8,000 of such text needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from govnlp.lexicon.arrays import borders_of, code_points
from govnlp.resources import read_data

_HAN = re.compile(r"[\u3400-\u9fff]+")
# Of the Chinese characters of a paragraph. In the corpus 0.03 at most (a quoted name), in the same paragraphs turned
# into traditional characters 0.11 at least.
_TRADITIONAL_SHARE = 0.06


def to_simplified(text: str) -> str:
    """Return a traditional text in simplified characters, of the same length; any other text as it is.

    >>> to_simplified("建立網格黨支部482個")
    '建立网格党支部482个'
    >>> to_simplified("乾隆年间的老街")
    '乾隆年间的老街'
    """
    return text.translate(_simplified()) if is_traditional(text) else text


def simplify_all(texts: Sequence[str]) -> list[str]:
    """Return texts as `to_simplified` gives each, found in array steps: few texts hold any traditional character.

    >>> simplify_all(["建立網格黨支部", "推行积分制"])
    ['建立网格党支部', '推行积分制']
    """
    simple = list(texts)
    codes = code_points("".join(texts))
    marked = np.flatnonzero(_marks()[np.minimum(codes, len(_marks()) - 1)])
    for text in np.unique(np.searchsorted(borders_of(texts), marked, "right") - 1).tolist():
        simple[text] = to_simplified(texts[text])
    return simple


@cache
def _marks() -> NDArray[np.bool_]:
    """For each code point, whether no simplified text prints it."""
    marks = np.zeros(1 << 16, dtype=bool)
    marks[[ord(form) for form in _outside_gb2312() if ord(form) < len(marks)]] = True
    return marks


def is_traditional(text: str) -> bool:
    """Return whether a text is printed in traditional characters.

    >>> is_traditional("東區設立議事亭"), is_traditional("东区设立议事亭，匾额写作“議事亭”，居民有事来坐坐")
    (True, False)
    """
    marked = _only_traditional()
    return marked.search(text) is not None and _count(marked, text) >= _TRADITIONAL_SHARE * _count(_HAN, text)


def _count(characters: re.Pattern[str], text: str) -> int:
    return sum(len(run[0]) for run in characters.finditer(text))


@cache
def traditional_forms() -> tuple[tuple[str, str], ...]:
    """Return simplified characters, each with its traditional forms: ("发", "發髮")."""
    lines = read_data("lexicon", "data", "traditional.tsv").splitlines()
    return tuple((line[0], line[2:]) for line in lines if line[0] != "#")


@cache
def _simplified() -> dict[int, str]:
    return {ord(form): simple for simple, forms in traditional_forms() for form in forms}


@cache
def _only_traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_outside_gb2312())}]+")


def _outside_gb2312() -> list[str]:
    """Return the characters that no simplified text prints: those of the table outside GB 2312, which has 乾 and 著."""
    return [chr(form) for form in _simplified() if not chr(form).encode("gb2312", "ignore")]
