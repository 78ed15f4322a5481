"""下转 and 上接: one article within a text, linked articles across files."""

from __future__ import annotations

from pathlib import Path

import pytest

import govnlp
from govnlp.reading import OpenEnds, read_text

BEGINNING = (
    "河湾日报 2024年5月6日 第1版\n\n松原省临江市桥东区：织密“邻里网” 点亮“万家灯”\n\n■中共桥东区委组织部\n\n"
    "桥东区把小区当作治理的最小单元，建起议事亭32座。\n\n健全机制。桥东区推动社区议事协{marker}\n\n"
    "松原省临江市青石县：赶集日里办实事\n\n■中共青石县委组织部\n\n青石县在集市上设立代办点，一年办成实事416件。\n"
)
REST = (
    "河湾日报 2024年5月6日 第{page}版\n\n{marker}\n\n商会每月开一次，议定“一老一小”实事32件。\n\n"
    "建强队伍。桥东区选派网格员214名，人人有事做。\n\n松原省云台市南浦区：老街有了新管家\n\n■中共南浦区委组织部\n\n"
    "南浦区把报修、调解、代办并到一个窗口，群众少跑腿。\n"
)
WHOLE = "健全机制。桥东区推动社区议事协商会每月开一次，议定“一老一小”实事32件。"


def pages(onward: str = "（下转第3版）", back: str = "（上接第1版）", page: str = "3") -> tuple[str, str]:
    return BEGINNING.format(marker=onward), REST.format(marker=back, page=page)


@pytest.mark.parametrize(
    ("onward", "back"),
    [
        ("（下转第3版）", "（上接第1版）"),
        ("\n\n▼下转第三版", "▲上接一版"),
        ("（下转第3版）", "（上接第1版《织密“邻里网”》）"),
        ("（下转03版）", "（上接01版）"),
    ],
)
def test_pages_of_one_text_are_joined(onward: str, back: str) -> None:
    first, second = pages(onward, back)
    text = f"{first}\f{second}"
    joined, *others = read_text(text)
    assert len(others) == 2
    assert [p.text for p in joined.paragraphs][1:] == [WHOLE, "建强队伍。桥东区选派网格员214名，人人有事做。"]
    assert joined.paragraphs[1].repairs == ("split", "displaced")
    assert "".join(text[a:b] for a, b in joined.paragraphs[1].spans) == WHOLE
    assert [p.id for p in joined.paragraphs] == [f"{joined.id}-p{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("onward", "back", "page"),
    [("（下转第4版）", "（上接第2版）", "3"), ("（下转第3版）", "（上接第2版《渔港的早晨》）", "3")],
)
def test_what_does_not_fit_stays_apart_and_is_marked(onward: str, back: str, page: str) -> None:
    articles = read_text("\f".join(pages(onward, back, page)))
    assert len(articles) == 4
    assert "incomplete" in articles[0].paragraphs[-1].repairs
    headless = next(a for a in articles if a.headline is None)
    assert "incomplete" in headless.paragraphs[0].repairs


def test_files_of_one_call_are_linked(tmp_path: Path) -> None:
    for name, text in zip(("1.txt", "3.txt"), pages(), strict=True):
        (tmp_path / name).write_text(text, "utf-8")
    beginning, _, rest, other = govnlp.read(tmp_path)
    assert (rest.headline, rest.unit, rest.locality) == (beginning.headline, beginning.unit, beginning.locality)
    assert (Path(rest.source).name, rest.page, beginning.page) == ("3.txt", "3", "1")
    assert "incomplete" in beginning.paragraphs[-1].repairs
    assert "incomplete" in rest.paragraphs[0].repairs
    text = (tmp_path / "3.txt").read_text("utf-8")
    assert all("".join(text[a:b] for a, b in p.spans) == p.text for p in rest.paragraphs)
    assert "南浦区" in (other.headline or "")


def test_an_earlier_call_leaves_nothing_behind() -> None:
    first, second = pages()
    read_text(first, "1.txt", OpenEnds())
    assert read_text(second, "3.txt", OpenEnds())[0].headline is None


def test_each_day_finds_its_own_beginning() -> None:
    earlier = OpenEnds()
    days = [[p.replace("5月6日", f"5月{day}日") for p in pages()] for day in (6, 7)]
    days[1] = [p.replace("桥东区", "桥西区") for p in days[1]]
    for day in days:
        read_text(day[0], "1.txt", earlier)
    found = [read_text(day[1], "3.txt", earlier)[0].headline or "" for day in reversed(days)]
    assert ["桥西区" in found[0], "桥东区" in found[1]] == [True, True]


def test_three_pages_are_one_article() -> None:
    first, _ = pages()
    second = "河湾日报 2024年5月6日 第3版\n\n（上接第1版）\n\n商会每月开一次，人人有事做。\n\n（下转第5版）\n"
    third = "河湾日报 2024年5月6日 第5版\n\n（上接第3版）\n\n点亮夜晚。桥东区的夜里，灯一盏盏亮着。\n"
    joined = read_text("\f".join((first, second, third)))[0]
    assert [p.text[:4] for p in joined.paragraphs] == ["桥东区把", "健全机制", "点亮夜晚"]
