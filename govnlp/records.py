"""The records that flow through govnlp: frozen, comparable, and JSON-shaped by `to_dict`.

Field order is the order of the keys in JSON. Positions are half-open character offsets.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from html import escape
from typing import Any, Literal, TypeVar

from govnlp.errors import InputError

Span = tuple[int, int]
Genre = Literal["report", "news", "commentary", "note"]
Level = Literal["province", "city", "county"]
Repair = Literal["split", "repeated", "displaced", "incomplete", "garbled"]
TermKind = Literal[
    "organization", "role", "place_of_service", "method", "campaign", "document", "document_form", "platform", "concept"
]
TermSource = Literal["real", "corpus", "standing"]
Role = Literal["headline", "kicker", "byline", "heading", "paragraph", "caption", "marker", "duplicate", "noise"]

GENRES: tuple[Genre, ...] = ("report", "news", "commentary", "note")
REPAIRS: tuple[Repair, ...] = ("split", "repeated", "displaced", "incomplete", "garbled")
_Record = TypeVar("_Record")


class Record:
    """What all records share: a JSON-shaped view of themselves."""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain lists, dicts, strings and numbers, in contract order."""
        return {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


@dataclass(frozen=True)
class Locality(Record):
    """An administrative unit named by a text.

    `name` is the full official name (广东省云浮市罗定市). An ambiguous name has `adcode` None and
    lists its `candidates`; a unit that the table does not know keeps its printed name, adcode None.
    """

    name: str
    adcode: str | None = None
    level: Level | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph(Record):
    """A restored paragraph: its text, where its characters stand in the source, what was repaired."""

    id: str
    text: str
    spans: tuple[Span, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True)
class Section(Record):
    """Paragraphs under one heading (None before the first heading)."""

    heading: str | None
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Caption(Record):
    """The text under a picture, kept apart from the paragraphs."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Article(Record):
    """One report of a page. Fields that the page does not give are None."""

    id: str
    source: str
    genre: Genre
    headline: str | None
    kicker: str | None = None
    date: str | None = None
    newspaper: str | None = None
    page: str | None = None
    locality: Locality | None = None
    unit: str | None = None
    reporter: str | None = None
    sections: tuple[Section, ...] = ()
    captions: tuple[Caption, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in reading order."""
        return tuple(p for section in self.sections for p in section.paragraphs)

    def iter_with_heading(self) -> Iterator[tuple[str | None, Paragraph]]:
        """Yield each paragraph with the heading that it stands under."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield section.heading, paragraph

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: str = "article") -> Article:
        """Build an article from its JSON shape, as `govnlp read` wrote it or a person corrected it.

        What is left out is None or empty; an id that is missing, or that a copied paragraph shares with another, is
        made anew. Unknown keys are ignored. Spans are taken as they are: they place the text before correction.

        Raises:
            InputError: a key is missing or has the wrong type; the message names it and `where`.
        """
        try:
            headline = _optional(data.get("headline"), "headline")
            drafts = [_section_from_dict(s) for s in _objects(data["sections"], "sections")]
            identity = _optional(data.get("id"), "id") or content_id(
                headline, (p.text for s in drafts for p in s.paragraphs)
            )
            return cls(
                id=identity,
                source=_optional(data.get("source"), "source") or "",
                genre=_one_of(data.get("genre") or "report", GENRES, "genre"),
                headline=headline,
                kicker=_optional(data.get("kicker"), "kicker"),
                date=_optional(data.get("date"), "date"),
                newspaper=_optional(data.get("newspaper"), "newspaper"),
                page=_optional(data.get("page"), "page"),
                locality=_locality_from_dict(data.get("locality")),
                unit=_optional(data.get("unit"), "unit"),
                reporter=_optional(data.get("reporter"), "reporter"),
                sections=_with_own_ids(drafts, identity),
                captions=tuple(
                    Caption(_string(c["text"], "caption"), _spans(c.get("spans")))
                    for c in _objects(data.get("captions") or (), "captions")
                ),
            )
        except KeyError as missing:
            raise InputError(
                f"{where}: the key {missing} is missing; expected the shape that `govnlp read` writes"
            ) from None
        except (TypeError, ValueError) as wrong:
            raise InputError(f"{where}: {wrong}; expected the shape that `govnlp read` writes") from None


def content_id(headline: str | None, paragraphs: Iterable[str]) -> str:
    """Return the id of an article: a digest of its headline and text."""
    content = "\n".join([headline or "", *paragraphs])
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _section_from_dict(data: Mapping[str, Any]) -> Section:
    paragraphs = tuple(
        Paragraph(
            id=_optional(p.get("id"), "paragraph id") or "",
            text=_string(p["text"], "paragraph text"),
            spans=_spans(p.get("spans")),
            repairs=tuple(_one_of(r, REPAIRS, "repairs") for r in p.get("repairs") or ()),
        )
        for p in _objects(data["paragraphs"], "paragraphs")
    )
    return Section(_optional(data.get("heading"), "heading"), paragraphs)


def _with_own_ids(sections: Sequence[Section], article: str) -> tuple[Section, ...]:
    """Give a paragraph without an id, or with that of a paragraph above it, the next free one."""
    given = {p.id for section in sections for p in section.paragraphs}
    free = (name for n in itertools.count(1) if (name := f"{article}-p{n}") not in given)
    seen = {""}

    def with_own_id(paragraph: Paragraph) -> Paragraph:
        own = replace(paragraph, id=next(free)) if paragraph.id in seen else paragraph
        seen.add(own.id)
        return own

    return tuple(replace(section, paragraphs=tuple(map(with_own_id, section.paragraphs))) for section in sections)


def _locality_from_dict(data: Any) -> Locality | None:
    if data is None:
        return None
    if not isinstance(data, Mapping):
        raise TypeError(f"locality is {type(data).__name__}, not an object with a name")
    given: dict[str, Any] = {f.name: data.get(f.name) for f in dataclasses.fields(Locality)}
    given["name"] = _string(data["name"], "locality name")
    given["candidates"] = tuple(_string(name, "candidates") for name in given["candidates"] or ())
    return Locality(**given)


def _objects(value: Any, name: str) -> Sequence[Mapping[str, Any]]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
        raise TypeError(f"{name} is no list of objects")
    return value


def _string(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} is {type(value).__name__}, not a text")
    return value


def _optional(value: Any, name: str) -> str | None:
    return None if value is None else _string(value, name)


def _one_of(value: Any, allowed: tuple[_Record, ...], name: str) -> _Record:
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}, not one of {', '.join(map(str, allowed))}")
    return allowed[allowed.index(value)]


def _spans(value: Any) -> tuple[Span, ...]:
    if not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in value or ()):
        raise ValueError("spans is no list of pairs [start, end]")
    return tuple((int(start), int(end)) for start, end in value or ())


@dataclass(frozen=True)
class PageRoles(Record):
    """The decoded text of one page and the role of each of its non-blank characters."""

    source: str
    text: str
    roles: tuple[tuple[int, int, Role], ...]


@dataclass(frozen=True)
class Token(Record):
    """A word and its place in the text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Term(Record):
    """A term of the governance dictionary.

    `kind` says what it names: a role is an office or a group of people, a place_of_service any place where services or
    public life happen, a document a text with its name (项目清单), a document_form a sort of writing (实施方案), a
    concept what is none of these: a policy idea, a matter, a fund. `mechanisms` are the codebook's ids where the term
    speaks for one by itself; `canonical` is the form that a variant stands for (业委会: 业主委员会); `count` its
    occurrences in real texts; `source` where it was seen: real texts, the project's corpus, or neither (standing).
    """

    word: str
    kind: TermKind
    mechanisms: tuple[str, ...]
    canonical: str | None
    count: int
    source: TermSource


@dataclass(frozen=True)
class Evidence(Record):
    """A term of a paragraph, its place, and what it adds to a label's raw score."""

    term: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Tag(Record):
    """A label given to a paragraph: its probability and the terms that earned it, heaviest first."""

    label: str
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class TaggedParagraph(Record):
    """A paragraph with its tags and the article that it stands in."""

    paragraph: Paragraph
    tags: tuple[Tag, ...]
    unsure: tuple[str, ...]
    scores: Mapping[str, float]
    coder: str
    article_id: str | None = None
    source: str | None = None
    headline: str | None = None
    locality: Locality | None = None
    heading: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels given, in the codebook's order."""
        return tuple(tag.label for tag in self.tags)

    def to_dict(self) -> dict[str, Any]:
        """Return the row that `govnlp tag` writes."""
        return {
            "id": self.paragraph.id,
            "article_id": self.article_id,
            "source": self.source,
            "headline": self.headline,
            "locality": self.locality.name if self.locality else None,
            "adcode": self.locality.adcode if self.locality else None,
            "heading": self.heading,
            "text": self.paragraph.text,
            "labels": list(self.labels),
            "unsure": list(self.unsure),
            "scores": dict(self.scores),
            "evidence": {t.label: [[e.term, e.start, e.end, e.weight] for e in t.evidence] for t in self.tags},
            "coder": self.coder,
        }


@dataclass(frozen=True)
class Figure(Record):
    """A number of the text and what it counts: `3600余名` with value 3600, unit 名, hedge 余."""

    id: str | None
    text: str
    start: int
    end: int
    kind: str
    value: float
    unit: str
    what: str | None = None
    hedge: str | None = None
    from_: float | None = None
    min: float | None = None
    max: float | None = None
    per: str | None = None
    flag: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the figure in contract shape; whole values are written as integers."""
        row = {key.rstrip("_"): value for key, value in super().to_dict().items()}
        for key in ("value", "from", "min", "max"):
            if isinstance(row[key], float) and row[key].is_integer():
                row[key] = int(row[key])
        return row


@dataclass(frozen=True)
class Practice(Record):
    """A named practice: a method, brand, campaign, platform or place, in its own words."""

    id: str | None
    name: str
    start: int
    end: int
    kind: str
    expansion: str | None = None


@dataclass(frozen=True)
class Bullet(Record):
    """A verbatim run of a paragraph, with its place, mechanisms and figures."""

    text: str
    id: str
    start: int
    end: int
    mechanisms: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Summary(Record):
    """The bullets of one article in the article's order, and its named practices."""

    article_id: str
    source: str
    headline: str | None
    locality: Locality | None
    bullets: tuple[Bullet, ...] = field(default=())
    practices: tuple[Practice, ...] = field(default=())

    @property
    def characters(self) -> int:
        """The length of all bullets together, in characters."""
        return sum(len(bullet.text) for bullet in self.bullets)

    def _repr_html_(self) -> str:
        place = f"<p>{escape(self.locality.name)}</p>" if self.locality else ""
        bullets = "".join(f"<li>{escape(bullet.text)}</li>" for bullet in self.bullets)
        return f"<b>{escape(self.headline or '')}</b>{place}<ul>{bullets}</ul>"


@dataclass(frozen=True)
class Unsupported(Record):
    """A figure, number or quotation of a brief that its sources do not bear out, with the line that it stands in.

    `kind` is "figure", "number" (a year, a date, an ordinal) or "quotation" (also a title in 《》).
    """

    line: int
    text: str
    kind: str
    reason: str
