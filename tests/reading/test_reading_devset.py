"""The real pages, where they are at hand (GOVNLP_DEVSET names their folder)."""

from __future__ import annotations

import json
from pathlib import Path

from govnlp.reading import read_file


def _squash(text: str | None) -> str:
    return "".join((text or "").split())


def test_real_pages(devset: Path) -> None:
    gold = json.loads((devset / "gold" / "articles.json").read_text("utf-8"))
    pages = {seed: read_file(devset / "pages" / seed) for seed in sorted({a["seed"] for a in gold})}
    found = {_squash((a.kicker or "") + (a.headline or "")): a for articles in pages.values() for a in articles}
    want = [_squash(p["text"]) for a in gold for s in a["sections"] for p in s["paragraphs"]]
    got = [_squash(p.text) for articles in pages.values() for a in articles for p in a.paragraphs]
    assert {_squash(a["headline"]) for a in gold} == set(found)
    assert len(set(want) & set(got)) >= 0.97 * len(want)
    assert len(got) <= 1.03 * len(want)
    for a in gold:
        article = found[_squash(a["headline"])]
        assert (article.unit, article.genre) == (a["unit"], a["genre"])
        assert article.locality is not None
        assert article.locality.name == a["locality"]
