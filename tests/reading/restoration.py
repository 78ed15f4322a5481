"""Score how well broken pages are restored.

python -m tests.reading.restoration DRAFT.txt… [--part even|odd] [--seeds 3] [--kind columns] [--show]
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections import Counter
from pathlib import Path

from govnlp.reading import read_page_roles, read_text
from tests.reading.kinds import KINDS, groups_for
from tests.reading.simulate import WHOLE, Broken, parse_drafts


def score(broken: Broken) -> Counter[str]:
    """Return counts: paragraphs found, wrong, missed; damaged ones restored; titles; leaks; order; characters lost."""
    counts = Counter[str]()
    text = broken.text
    predicted = read_text(text)
    lost_pieces = [_squash(i.text) for i in broken.items if (i.article, i.paragraph) in broken.lost]
    pieces = Counter((i.article, i.paragraph) for i in broken.items if i.role == "paragraph")
    used: set[int] = set()
    for n, clean in enumerate(broken.articles):
        counts["articles"] += 1
        found = next(
            (
                k
                for k, p in enumerate(predicted)
                if k not in used and _squash(clean.headline) in _squash(p.headline or "")
            ),
            None,
        )
        want = [(k, _squash(t)) for k, t in enumerate(t for r, t in clean.body if r == "paragraph")]
        if found is None:
            counts["fn"] += len(want)
            continue
        used.add(found)
        article = predicted[found]
        counts["found"] += 1
        counts["genre"] += article.genre == clean.genre
        counts["unit"] += (article.unit or "") == clean.unit
        counts["reporter"] += (article.reporter or "") == clean.reporter
        if broken.imprint:
            counts["printed"] += 1
            counts["imprint"] += (article.newspaper, article.date, article.page) == broken.imprint
        place = article.locality.name if article.locality else ""
        counts["place"] += not clean.place or place == "".join(clean.place)
        got = [_squash(p.text) for p in article.paragraphs]
        left, seen = list(got), []
        for k, paragraph in want:
            if (n, k) in broken.lost:
                continue
            hit = paragraph in left
            counts["tp" if hit else "fn"] += 1
            if pieces[n, k] > 1:
                counts["cut"] += 1
                counts["restored"] += hit
            if hit:
                left.remove(paragraph)
                seen.append(got.index(paragraph))
        counts["fp"] += sum(not any(p in x or x in p for p in lost_pieces) for x in left)
        counts["order"] += sum(b < a for a, b in itertools.pairwise(seen))
        captions = [_squash(t) for r, t in clean.body if r == "caption"]
        if (n, WHOLE) not in broken.lost:
            headings = [_squash(t) for r, t in clean.body if r == "heading"]
            counts["headings"] += len(headings)
            counts["headings_found"] += len(set(headings) & {_squash(s.heading or "") for s in article.sections})
            counts["captions"] += len(captions)
            counts["captions_found"] += len(set(captions) & {_squash(c.text) for c in article.captions})
        counts["leaks"] += sum(c in x for c in captions for x in got)
    extra = [a for k, a in enumerate(predicted) if k not in used]
    counts["extra"] += len(extra)
    counts["fp"] += sum(len(a.paragraphs) for a in extra)
    counts["lost"] += _characters_lost(text)
    return counts


def roles_in(text: str) -> list[tuple[int, int, str]]:
    """Return the roles of all pages of a text, placed in the whole text."""
    found, begin = [], 0
    for page in read_page_roles(text):
        begin = text.index(page.text, begin)
        found += [(begin + start, begin + end, role) for start, end, role in page.roles]
        begin += len(page.text)
    return found


def count_roles(text: str) -> list[int]:
    """Return for each character of a text how many roles it has."""
    counts = [0] * len(text)
    for start, end, _ in roles_in(text):
        for i in range(start, end):
            counts[i] += 1
    return counts


def _characters_lost(text: str) -> int:
    covered = count_roles(text)
    return sum(n != 1 for c, n in zip(text, covered, strict=True) if not c.isspace())


def _squash(text: str) -> str:
    return "".join(text.split())


def paragraph_f1(counts: Counter[str]) -> float:
    """Return F1 of paragraphs: a paragraph is right when its text is right to the letter, blanks aside."""
    return 2 * counts["tp"] / max(1, 2 * counts["tp"] + counts["fp"] + counts["fn"])


def rate(counts: Counter[str]) -> str:
    """Return the counts in one line."""

    def share(a: str, b: str) -> str:
        return f"{counts[a]}/{counts[b]}"

    return (
        f"F1 {paragraph_f1(counts):.3f} cut restored {share('restored', 'cut')} "
        f"articles {share('found', 'articles')} (+{counts['extra']}) "
        f"genre {counts['genre']} unit {counts['unit']} reporter {counts['reporter']} "
        f"imprint {share('imprint', 'printed')} "
        f"headings {share('headings_found', 'headings')} "
        f"captions {share('captions_found', 'captions')} "
        f"leaks {counts['leaks']} order {counts['order']} lost {counts['lost']}"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("drafts", nargs="+", type=Path)
    options.add_argument("--part", choices=("even", "odd", "all"), default="even")
    options.add_argument("--seeds", type=int, default=2)
    options.add_argument("--kind", choices=sorted(KINDS))
    options.add_argument(
        "--show", action="store_true", help="print the broken pages that come out wrong, and what was missed"
    )
    given = options.parse_args()
    articles = [a for path in sorted(given.drafts) for a in parse_drafts(path.read_text("utf-8"))]
    if given.part != "all":
        articles = articles[given.part == "odd" :: 2]
    total = Counter[str]()
    for kind in [given.kind] if given.kind else KINDS:
        counts = Counter[str]()
        for seed in range(given.seeds):
            rng = random.Random(f"{kind}{seed}")
            for group in groups_for(kind, articles, rng):
                broken = KINDS[kind](group, rng)
                one = score(broken)
                counts += one
                if given.show and (one["fp"] or one["fn"] or one["order"]):
                    show(broken)
        total += counts
        print(f"{kind:14} {rate(counts)}")
    print(f"{'all':14} {rate(total)}")


def show(broken: Broken) -> None:
    print("=" * 100)
    predicted = {_squash(p.text) for a in read_text(broken.text) for p in a.paragraphs}
    want = {_squash(t) for a in broken.articles for r, t in a.body if r == "paragraph"}
    for item in broken.items:
        text = f"{item.text[:26]} … {item.text[-16:]}".replace("\n", "/")
        print(f"   {item.article} {item.paragraph:3}.{item.piece} {item.role:9} {text}")
    for kind, texts in (("wrong", predicted - want), ("missed", want - predicted)):
        for text in sorted(texts):
            print(f"  {kind}: {text[:40]} … {text[-20:]} ({len(text)})")


if __name__ == "__main__":
    main()
