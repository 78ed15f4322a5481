"""A brief over many articles: bullets by place or by mechanism, near-copies merged, each with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from govnlp.errors import UsageError
from govnlp.records import Bullet, Practice, Record, Summary
from govnlp.summarizing.features import RESULT
from govnlp.tagging.codebook import Codebook, load_codebook

By = Literal["place", "mechanism"]
ORDERS = ("place", "mechanism")
NO_PLACE, NO_MECHANISM = "（未注明地区）", "（其他）"
_RUN = 8  # characters in a row that near-copies share somewhere
_COPY = 0.8  # share of the shorter text's runs from which two bullets are copies


@dataclass(frozen=True)
class Origin(Record):
    """Where a line of a brief stands: the article's headline, the file, the paragraph, and the place told of."""

    headline: str | None
    source: str
    id: str
    place: str | None


@dataclass(frozen=True)
class BriefLine(Record):
    """A bullet with its origins: first where its text stands, then where copies of it stand."""

    bullet: Bullet
    origins: tuple[Origin, ...]

    @property
    def is_result(self) -> bool:
        """Whether it tells what was reached (成效): a rate or a change of a figure, with a word of result."""
        figures = self.bullet.figures
        reached = any(figure.kind == "percent" or figure.from_ is not None for figure in figures)
        return reached and RESULT.search(self.bullet.text) is not None


@dataclass(frozen=True)
class BriefPart(Record):
    """What a brief says of one place, or of one mechanism."""

    title: str
    lines: tuple[BriefLine, ...]
    practices: tuple[Practice, ...] = ()


@dataclass(frozen=True)
class Brief(Record):
    """A brief: its parts in the order in which their places first occur, or in the codebook's order."""

    by: By
    parts: tuple[BriefPart, ...]

    def _repr_html_(self) -> str:
        from govnlp.summarizing.brief_html import parts_html

        return parts_html(self, load_codebook())


def compose_brief(
    summaries: Iterable[Summary], by: str = "place", codebook: Codebook | None = None, mechanism: str | None = None
) -> Brief:
    r"""Put the bullets of many summaries together, by place or by mechanism; near-copies become one line.

    Args:
        summaries: of the articles, in the order wanted.
        by: "place" or "mechanism"; a bullet of several mechanisms stands under each.
        codebook: orders and names the mechanisms; the packaged one unless told otherwise.
        mechanism: the only one to tell of, by id or Chinese name, where the brief is by mechanism.

    Raises:
        UsageError: `by` is neither, or the codebook has no such mechanism.

    >>> from govnlp import read_text, summarize
    >>> articles = read_text("青桐区：划好小网格\n\n全区划分网格482个，配备专职网格员668人。")
    >>> [part.title for part in compose_brief(map(summarize, articles), by="mechanism").parts]
    ['网格管理']
    """
    check_order(by)
    if by == "place":
        return Brief("place", tuple(_by_place(list(summaries))))
    labels = codebook or load_codebook()
    only = [labels.find(mechanism)] if mechanism else []
    return Brief("mechanism", tuple(_by_mechanism(list(summaries), labels, only)))


def check_order(by: str) -> None:
    """Raise UsageError where a brief cannot be ordered so."""
    if by not in ORDERS:
        raise UsageError(f"a brief cannot be made by {by!r}; there are {', '.join(ORDERS)}")


def _by_place(summaries: Sequence[Summary]) -> Iterator[BriefPart]:
    grouped: dict[str, list[Summary]] = {}
    for summary in summaries:
        grouped.setdefault(_place(summary) or NO_PLACE, []).append(summary)
    for title, own in grouped.items():
        practices = {practice.name: practice for summary in own for practice in summary.practices}
        yield BriefPart(title, _merge_copies(_lines(own)), tuple(practices.values()))


def _by_mechanism(summaries: Sequence[Summary], codebook: Codebook, only: Sequence[str]) -> Iterator[BriefPart]:
    lines = _lines(summaries)
    for mechanism in only or codebook.ids:
        own = [line for line in lines if mechanism in line.bullet.mechanisms]
        if own:
            yield BriefPart(codebook.by_id[mechanism].zh, _merge_copies(own))
    if only:
        return
    others = [line for line in lines if not set(line.bullet.mechanisms) & set(codebook.ids)]
    if others:
        yield BriefPart(NO_MECHANISM, _merge_copies(others))


def _lines(summaries: Iterable[Summary]) -> list[BriefLine]:
    return [
        BriefLine(bullet, (Origin(summary.headline, summary.source, bullet.id, _place(summary)),))
        for summary in summaries
        for bullet in summary.bullets
    ]


def _place(summary: Summary) -> str | None:
    return summary.locality.name if summary.locality else None


def _merge_copies(lines: Sequence[BriefLine]) -> tuple[BriefLine, ...]:
    """Return lines of which none is nearly another's copy; only lines that share a run of characters are compared."""
    kept: list[BriefLine] = []
    runs_of: list[set[str]] = []
    holder: dict[str, int] = {}
    for line in lines:
        runs = _runs(line.bullet.text)
        rivals = {holder[run] for run in runs if run in holder}
        copied = next((n for n in sorted(rivals) if _is_copy(runs, runs_of[n])), None)
        if copied is not None:
            kept[copied] = replace(kept[copied], origins=kept[copied].origins + line.origins)
            continue
        for run in runs:
            holder.setdefault(run, len(kept))
        kept.append(line)
        runs_of.append(runs)
    return tuple(kept)


def _runs(text: str) -> set[str]:
    return {text[place : place + _RUN] for place in range(max(1, len(text) - _RUN + 1))}


def _is_copy(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _COPY * min(len(one), len(other))
