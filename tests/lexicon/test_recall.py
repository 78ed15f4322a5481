from __future__ import annotations

import pytest

from benchmarks.lexicon.recall import found

TEXT = "网格党支部书记入户"
ROWS = [  # words, marked spans, strict, lenient
    (["网格党支部书记", "入户"], [(0, 7)], 1, 1),
    (["网格党支部书记", "入户"], [(0, 5)], 0, 1),
    (["网格", "党支部", "书记", "入户"], [(0, 5), (2, 5)], 1, 1),
    (["网格党支部书记入户"], [(0, 7)], 0, 0),  # a longer token that is no term holds nothing
]


@pytest.mark.parametrize(("words", "spans", "strict", "lenient"), ROWS)
def test_terms_found(words: list[str], spans: list[tuple[int, int]], strict: int, lenient: int) -> None:
    assert found(lambda _: words, {"a": spans}, {"a": TEXT}) == (strict, lenient)
