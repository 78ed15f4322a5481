"""What begins each article of a page: its title lines, and the names by which its text may call the place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govnlp.reading import cues
from govnlp.reading.blocks import Block

TITLES = frozenset(("kicker", "headline"))
_PART = re.compile(
    rf"[{cues.HAN}A-Z]{{2,9}}?(?:省|自治区|自治州|地区|街道|社区|市|州|盟|区|县|旗|镇|乡|村|师|团)|[{cues.HAN}A-Z]{{1,9}}$"
)


@dataclass(frozen=True)
class Head:
    """What begins an article: its title lines, or the place where a headless one begins.

    Attributes:
        blocks: positions of kicker and headline on the page; empty for text without a headline.
        begins: the position from which a headless text may stand.
        names: the place names that its title lines and signature print.
        continues: it is headless and begins under 上接.
    """

    blocks: tuple[int, ...]
    begins: int
    names: tuple[str, ...] = ()
    continues: bool = False


def find_heads(page: Sequence[Block]) -> list[Head]:
    """Return the heads of a page in page order; text above the first headline or under 上接 gets one of its own."""
    heads: list[Head] = []
    group: list[int] = []
    for i, block in enumerate(page):
        if block.role == "kicker" and any(page[j].role == "headline" for j in group) and not _follows(page, group, i):
            heads.append(_head(page, group))
            group = []
        if block.role in TITLES:
            if group and not _follows(page, group, i):
                heads.append(_head(page, group))
                group = []
            group.append(i)
    if group:
        heads.append(_head(page, group))
    return sorted([*heads, *_headless(page, heads)], key=lambda head: head.begins)


def _follows(page: Sequence[Block], group: list[int], i: int) -> bool:
    """Return whether nothing but signatures, headings and noise stands between the group and block i."""
    return not group or (
        all(page[j].role not in ("paragraph",) for j in range(group[-1] + 1, i))
        and not (page[i].role == "kicker" and any(page[j].role == "headline" for j in group))
    )


def _head(page: Sequence[Block], group: Sequence[int]) -> Head:
    signature = next((b.text for b in page[group[-1] + 1 : group[-1] + 3] if b.role == "byline"), "")
    return Head(tuple(group), group[0], place_names(" ".join(page[j].text for j in group), signature))


def _headless(page: Sequence[Block], heads: Sequence[Head]) -> list[Head]:
    """Return heads for text that may have its headline on another page.

    Where the page has as many 下转 as 上接, what continues began here, and needs no head of its own.
    """
    first = heads[0].begins if heads else len(page)
    found = [i for i, block in enumerate(page[:first]) if block.role in ("paragraph", "heading")][:1]
    markers = [i for i, block in enumerate(page) if block.role == "marker"]
    onward = sum(cues.points_onward(page[i].text) for i in markers)
    marked = [i for i in markers if not cues.points_onward(page[i].text)] if onward * 2 < len(markers) else []
    found = [i for i in found if not marked or i < marked[0]]
    return [*(Head((), i) for i in found), *(Head((), i, continues=True) for i in marked)]


def place_names(title: str, signature: str = "") -> tuple[str, ...]:
    """Return the names by which the body may call the place, the most exact first.

    `place_names("某省临江市桥东区：建起议事亭", "■中共桥东区委组织部")` is ("桥东区", "桥东", "临江市", "某省").
    """
    names: list[str] = []
    for match in (cues.PLACE_HEAD.search(title), re.match(r"(.{1,20}?)\s*[：:]", title)):
        if match:
            names += [part for part in _PART.findall(match[0].rstrip("：: ")) if len(part) > 1][::-1]
            break
    signed = re.search(rf"中共([{cues.HAN}]{{2,9}}?)(?:委|工委)", signature)
    if signed:
        names.insert(0, signed[1])
    if not names:
        found = re.match(rf"[{cues.HAN}]{{2,9}}?[省市区县旗州镇乡村]", title)
        names = [found[0]] if found else []
    short = [name[:-1] for name in names if len(name) == 3 and name[-1] in "市区县旗镇乡村"]
    return tuple(dict.fromkeys(names[:1] + short[:1] + names[1:]))
