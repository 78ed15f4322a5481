"""Ends, joins, copies: the evidence, one row a case."""

from __future__ import annotations

import pytest

from govnlp.reading import ends
from govnlp.reading.stitch import Piece, join_pieces


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("渔民靠岸就能办事。", False),
        ("大家都说好。”", False),
        ("办得怎么样？", False),
        ("渔民靠岸就能办", True),
        ("设立议事亭、", True),
        ("她说：“咱们船上", True),
        ("推行“码头办", True),
        ("由老船长担任组长。（记者 方既白）", False),
        ("", False),
    ],
)
def test_open_ends(text: str, is_open: bool) -> None:
    assert ends.is_open(text) is is_open


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("健全机制。码头上的事码头议。", -1, -0.5),
        ("一、把窗口开到码头。渔民……", -1, -0.5),
        ("【做法】渔民轮流当主播。", -1, -0.5),
        ("近年来，礁石区把服务搬到码头。", 0, 1),
        ("立规矩。码头上的事码头议。", -1, 0.5),
        ("队，由老船长担任组长。", 2.5, 5),
        ("效能。渔民靠岸就能办事。", 2.5, 5),
        ("、船检三十六项业务。", 5, 5),
        ("坐坐”活动，渔民都来参加。", 4, 5),
    ],
)
def test_beginnings(text: str, low: float, high: float) -> None:
    assert low <= ends.fragment_cost(text) <= high


@pytest.mark.parametrize(
    ("upper", "lower", "word"),
    [("推动社区居", "民议事", "居民"), ("渔民出海，", "码头有人", ""), ("", "码头", "")],
)
def test_words_across_a_break(upper: str, lower: str, word: str) -> None:
    assert ends.crossing_word(upper, lower) == word


def _join(*texts: str, **marks: bool) -> dict[int, int]:
    pieces = [Piece(text, i, i, rank=i) for i, text in enumerate(texts)]
    return join_pieces(pieces, "\n".join(texts))


@pytest.mark.parametrize(
    ("texts", "links"),
    [
        (("礁石区把服务搬到码", "头，渔民靠岸就能办事。"), {0: 1}),
        (("礁石区把服务搬到码头。", "头一年就办了三百件。"), {}),
        (("渔民推选代表组成议事", "会，每月初三开会。", "修船有人帮。六位师傅坐镇。"), {0: 1}),
        (("推行“码头办", "修船有人帮。六位师傅坐镇。", "”服务，靠岸就能办事。"), {0: 2}),
        (("会，每月初三开会。", "渔民推选代表组成议事"), {1: 0}),
        (("一件一", "件一件", "件一"), {0: 1, 1: 2}),
    ],
)
def test_joins(texts: tuple[str, ...], links: dict[int, int]) -> None:
    assert _join(*texts) == links
