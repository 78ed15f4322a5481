"""Which groups of title lines head an article, and what each of their lines is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govnlp.reading import cues, ends
from govnlp.reading.blocks import Block

_HEAD_ROLES = frozenset(("kicker", "headline", "byline", "heading"))


def neighbour(page: Sequence[Block], i: int, step: int) -> int | None:
    """Return the next block in one direction that is neither noise nor caption nor marker."""
    i += step
    while 0 <= i < len(page):
        if page[i].role not in ("noise", "caption", "marker"):
            return i
        i += step
    return None


def find_headlines(page: list[Block]) -> list[Block]:
    """Decide which groups of title lines head an article, and which line of the group is what."""
    found, i = list(page), 0
    deepest = _top_level(page)
    while i < len(page):
        if page[i].role not in _HEAD_ROLES:
            i += 1
            continue
        group = [i]
        while (after := neighbour(page, group[-1], 1)) is not None and page[after].role in _HEAD_ROLES:
            if page[after].role == "kicker" and any(page[j].role in ("heading", "byline") for j in group):
                break
            group.append(after)
        for j, block in _name_group(page, group, deepest):
            found[j] = block
        i = group[-1] + 1
    return found


def _top_level(page: Sequence[Block]) -> int:
    """Return the # level that headlines have: 1, or the highest where the page has several."""
    levels = sorted({b.level for b in page if b.level})
    return levels[0] if len(levels) > 1 or levels == [1] else 0


def _name_group(page: list[Block], group: list[int], top: int) -> list[tuple[int, Block]]:
    """Return the blocks of a group of title lines whose role changes: names sign, titles become the headline."""
    named = {j: page[j].become("byline") for j in group if page[j].role == "heading" and _signs(page, group, j)}
    roles = {j: named.get(j, page[j]).role for j in group}
    titles = [j for j in group if roles[j] == "heading"]
    bylines = [j for j in group if roles[j] == "byline"]
    main = _main_title(page, group, roles, titles, bylines, top)
    if main is None and not bylines:
        # "要闻" above a paragraph names the page's column, not an article.
        named.update((j, page[j].become("noise")) for j in group if cues.is_page_column(page[j].text))
    if main is not None and len(titles) > 1 and main == titles[0] and cues.names_series(page[main].text):
        named[main] = page[main].become("kicker")
        main, titles = titles[1], titles[1:]
    if main is not None:
        last = _last_headline(page, titles, main, [j for j in bylines if j > main])
        named.update((j, page[j].become("headline")) for j in titles if main <= j <= last)
    return list(named.items())


def _signs(page: list[Block], group: list[int], j: int) -> bool:
    """Return whether a line of names signs: it follows a title, or ends an article before the next headline."""
    if page[j].level:
        return False
    if cues.is_names(page[j].text):
        return j != group[0] or _follows_text(page, j)
    if len(group) == 1 and _follows_text(page, j) and neighbour(page, j, 1) is None:
        return cues.may_be_pen_name(page[j].text)
    # "减负不能减担当", below "言之序", below the text: nothing else so short stands there.
    return len(group) == 2 and j == group[1] and page[group[0]].role == "heading" and cues.may_be_pen_name(page[j].text)


def _follows_text(page: list[Block], j: int) -> bool:
    before = neighbour(page, j, -1)
    return before is not None and page[before].role == "paragraph"


def _main_title(
    page: list[Block], group: list[int], roles: Mapping[int, str], titles: list[int], bylines: list[int], top: int
) -> int | None:
    """Return the title line where the headline begins, or None when the group only heads a section."""
    for j in titles:
        if cues.is_place_headline(page[j].text) or (top and page[j].level == top):
            return j
    if not titles:
        return None
    kickers = [j for j in group if roles[j] == "kicker"]
    if kickers:
        return next((j for j in titles if j > kickers[-1]), titles[0])
    if any(j > titles[0] for j in bylines) or (bylines and _follows_text(page, group[0])):
        # A signature under the last paragraph ends an article, so the title below it begins another.
        return titles[0]
    opens_page = neighbour(page, group[0], -1) is None and not any(b.role == "marker" for b in page[: group[0]])
    below = neighbour(page, group[-1], 1)
    dispatched = below is not None and cues.DISPATCH.match(page[below].text) is not None
    if (opens_page and not top) or dispatched:
        return titles[0]
    return titles[0] if below is not None and _turns_elsewhere(page, titles[0], below) else None


def _turns_elsewhere(page: list[Block], title: int, below: int) -> bool:
    """Return whether title or lead name a place that the text above does not know: another article begins.

    Below three paragraphs on 桥东区: "板凳议事有商量" and "清晨，松原省临江市青石县的集市上……".
    """
    above = neighbour(page, title, -1)
    if (
        above is None
        or page[above].role != "paragraph"
        or page[below].role != "paragraph"
        or ends.fragment_cost(page[below].text) >= 2
    ):
        return False
    begins = next((i for i in range(title - 1, -1, -1) if page[i].level == 1 or page[i].role == "kicker"), 0)
    known = "\n".join(b.text for b in page[begins:title])
    coming = "\n".join(b.text for b in page[below : below + 5])
    spelled = cues.full_places(page[title].text) + cues.full_places(page[below].text[:90])
    named = [name for name in cues.title_places(page[title].text) if name in coming]
    named += [name for name in cues.counties(page[below].text[:90]) if coming.count(name) >= 3]
    return any(name not in known for name in spelled + named)


def _last_headline(page: list[Block], titles: list[int], main: int, bylines: list[int]) -> int:
    """Return the last line of the headline: all lines down to the signature, else the first and its ——subtitle."""
    if bylines:
        return max(j for j in titles if j < bylines[0])
    last = main
    for j in titles:
        if j > main and (
            page[j].text.startswith(("—", "──", "－－")) or (page[main].level and page[j].level == page[main].level)
        ):
            last = j
    return last
