"""All kinds of damage that the simulator knows: each takes articles and returns a broken page."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from tests.reading import dress, layouts, scans
from tests.reading.simulate import Broken, Clean, groups_of

Kind = Callable[[Sequence[Clean], random.Random], Broken]
KINDS: dict[str, Kind] = {
    f.__name__: f
    for f in (
        layouts.plain, layouts.columns, layouts.wrapped, layouts.double_spaced, layouts.displaced, layouts.interleaved,
        layouts.right_to_left, layouts.headline_late, layouts.continued, layouts.repeated, layouts.missing,
        layouts.markdown, scans.folios, scans.running_heads, scans.noise_lines, scans.noisy, scans.near_copies,
        scans.spaced, scans.half_width, dress.two_line_titles, dress.signed_below, dress.bullets, dress.numbered,
        dress.briefs, dress.one_unit,
    )
}  # fmt: skip


def groups_for(kind: str, articles: Sequence[Clean], rng: random.Random) -> list[list[Clean]]:
    """Return the articles two by two, briefs four by four."""
    if kind == "briefs":
        return groups_of([a for a in articles if a.genre == "news"], rng, 3)
    return groups_of(articles, rng)
