"""Changes planted into briefs, and what `govnlp.verify` finds; true briefs, and what it finds wrongly.

    python -m benchmarks.verify            the table
    python -m benchmarks.verify --missed   and each change missed, each false alarm

Briefs are made with `govnlp.summarize` from articles of the corpus's test and validation parts and written as Markdown;
the sources are five articles, among them the one summarized. Each change is planted into one figure of a true brief,
drawn by a fixed seed.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from govnlp import MechanismClassifier, figures, load_codebook, summarize, verify
from govnlp.labelled.paragraphs import corpus_articles
from govnlp.records import Article, Figure
from govnlp.summarizing.brief_markdown import to_markdown
from govnlp.summarizing.briefs import compose_brief

BRIEFS = 100
SOURCES = 5
UNITS = ("件", "名", "户", "个", "万元", "平方米", "次", "%", "公里")
HEDGES = {"余": "", "近": "超", "超": "近", "超过": "不足", "约": "近", "左右": "以上", "以上": "以下", "多": ""}


@dataclass(frozen=True)
class Case:
    """A true brief, its figures, and the articles that it is held against."""

    brief: str
    article: Article
    sources: Sequence[Article]
    bullets: Sequence[tuple[str, Figure]]


def main() -> int:
    """Print the table."""
    cases = list(true_briefs())
    show = "--missed" in sys.argv
    alarms = [(case, finding) for case in cases for finding in verify(case.brief, case.sources)]
    print(f"{'true briefs':22} {len(cases)}, figures {sum(len(c.bullets) for c in cases)}, false alarms {len(alarms)}")
    if show:
        print(*(f"    {finding}" for _, finding in alarms), sep="\n")
    edited = [(restate(case.brief), case) for case in cases]
    alarms = [(case, finding) for brief, case in edited for finding in verify(brief, case.sources)]
    print(f"{'true, restated by rule':22} {len(edited)}, false alarms {len(alarms)}")
    if show:
        print(*(f"    {finding}" for _, finding in alarms), sep="\n")
    for name, change in CHANGES.items():
        planted = list(plant(cases, change))
        missed = [(case, old, new) for case, brief, old, new in planted if not verify(brief, case.sources)]
        print(f"{name:22} found {len(planted) - len(missed)} of {len(planted)}")
        if show:
            print(*(f"    {old} -> {new} in {case.article.headline}" for case, old, new in missed), sep="\n")
    mixed = list(plant_mixed(cases))
    found = sum(bool(verify(brief, case.sources)) for case, brief in mixed)
    print(f"{'one of these a brief':22} found {found} of {len(mixed)}")
    return 0


def true_briefs() -> Iterator[Case]:
    """Yield true briefs that hold figures."""
    articles = [Article.from_dict(a) for a in corpus_articles() if a["part"] in ("test", "validation")]
    classifier, codebook = MechanismClassifier.load(), load_codebook()
    made = 0
    for place, article in enumerate(articles):
        summary = summarize(article, classifier=classifier)
        told = [(bullet.text, figure) for bullet in summary.bullets for figure in figures(bullet.text)]
        if told and made < BRIEFS:
            made += 1
            sources = [articles[(place + step) % len(articles)] for step in range(SOURCES)]
            yield Case(to_markdown(compose_brief([summary]), codebook), article, sources, told)


Change = Callable[[Figure, Case, random.Random], str | None]


def change_digits(figure: Figure, case: Case, chance: random.Random) -> str | None:
    """3600余名 to 3700余名: one digit is another."""
    places = [i for i, c in enumerate(figure.text) if c.isdigit()]
    if not places:
        return None
    place = chance.choice(places)
    other = chance.choice([d for d in "123456789" if d != figure.text[place]])
    return figure.text[:place] + other + figure.text[place + 1 :]


def change_unit(figure: Figure, case: Case, chance: random.Random) -> str | None:
    """3600余名 to 3600余户; persons stay no persons."""
    if figure.unit not in figure.text:
        return None
    persons = ("名", "人", "位")
    others = [u for u in UNITS if u != figure.unit and not (u in persons and figure.unit in persons)]
    return figure.text.replace(figure.unit, chance.choice(others))


def drop_scale(figure: Figure, case: Case, chance: random.Random) -> str | None:
    """1.1万件 to 1.1件."""
    return figure.text.replace("万", "").replace("亿", "") if re.search("[万亿]", figure.text) else None


def change_hedge(figure: Figure, case: Case, chance: random.Random) -> str | None:
    """近5300名 to 超5300名, 3600余名 to 3600名."""
    return figure.text.replace(figure.hedge, HEDGES[figure.hedge]) if figure.hedge in HEDGES else None


def change_for_another(figure: Figure, case: Case, chance: random.Random) -> str | None:
    """482个 to 668名, both of the same article; only figures of the same unit are exchanged."""
    others = [
        other.text
        for paragraph in case.article.paragraphs
        for other in figures(paragraph.text)
        if other.unit == figure.unit and (other.value, other.hedge) != (figure.value, figure.hedge)
    ]
    return chance.choice(others) if others else None


CHANGES: dict[str, Change] = {
    "digits changed": change_digits,
    "unit changed": change_unit,
    "万 dropped": drop_scale,
    "hedge changed": change_hedge,
    "another of the article": change_for_another,
}


def plant(cases: Sequence[Case], change: Change) -> Iterator[tuple[Case, str, str, str]]:
    """Yield each brief in which the change can be made, with one figure changed."""
    chance = random.Random(7)
    for case in cases:
        for bullet, figure in chance.sample(case.bullets, len(case.bullets)):
            new = change(figure, case, chance)
            if new and new != figure.text and bullet in case.brief:
                changed = bullet[: figure.start] + new + bullet[figure.end :]
                yield case, case.brief.replace(bullet, changed), figure.text, new
                break


def plant_mixed(cases: Sequence[Case]) -> Iterator[tuple[Case, str]]:
    """Yield every brief with one change, the kinds in turn."""
    changes = list(CHANGES.values())
    for place, case in enumerate(cases):
        turns = changes[place % len(changes) :] + changes[: place % len(changes)]
        yield next((c, brief) for change in turns for c, brief, _, _ in plant([case], change))


def restate(brief: str) -> str:
    """Return a brief that says the same as an editor might: 1.1万 as 11000, 余 as 多, one clause a line."""
    brief = re.sub(r"(\d+(?:\.\d+)?)万(?=[件名个户人])", lambda m: f"{float(m[1]) * 10_000:.0f}", brief)
    lines = [
        line.replace("余", "多").replace("，", "。\n- ").replace("；", "。\n- ") if line.startswith("- ") else line
        for line in brief.split("\n")
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
