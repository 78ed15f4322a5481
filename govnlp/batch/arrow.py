"""Tagging as one pure function over Arrow record batches, for the local run, Dask and Spark alike.

A tagged batch has the columns of a tagged row, then those of its input that bear another name:

    id            any type   the input's own, or made from the text
    article_id, source, headline, locality, adcode, heading     string, null where there is no article
    text          string
    labels        list<string>           the labels given, in the codebook's order
    unsure        list<string>           labels whose score lies close to its threshold
    scores        struct<LABEL: double>  one field a label of the model's codebook, in [0, 1]
    evidence      list<struct<label, term: string, start, end: int32, weight: double>>   at most 5 terms a label
    coder         string                 model:FINGERPRINT
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from govnlp.batch.cells import plain_cell
from govnlp.errors import InputError
from govnlp.records import Article
from govnlp.tagging.classifier import MechanismClassifier
from govnlp.tagging.tagged import TaggedTexts

if TYPE_CHECKING:
    import pyarrow as pa

Model = MechanismClassifier | str | PathLike[str] | None
Row = dict[str, Any]

PLACE = ("id", "article_id", "source", "headline", "locality", "adcode", "heading", "text")
RESULTS = ("labels", "unsure", "scores", "evidence", "coder")
JSON_TEXT = {b"govnlp": b"json"}  # marks a column whose values, of several kinds or nested, stand as JSON text


def tag_record_batches(batches: Iterable[pa.RecordBatch], model: Model = None) -> Iterator[pa.RecordBatch]:
    """Yield each record batch of paragraphs with its tags.

    Pure: nothing is read or written but the model, which each process loads once.

    >>> import pyarrow as pa
    >>> texts = pa.record_batch({"text": ["全区划分网格482个，配备专职网格员668人。"], "year": [2024]})
    >>> tagged = next(tag_record_batches([texts]))
    >>> tagged["labels"].to_pylist(), tagged["year"].to_pylist()
    ([['grid']], [2024])

    Args:
        batches: record batches with a column `text`. Where they have all of the eight columns of place (id to
            text, see above) these are kept; else a column with an output's name comes back as NAME_in, but `id`.
        model: a classifier, the folder of a saved one, or None for the shipped one. Across processes give the
            folder: it is loaded there.

    Raises:
        InputError: a batch has no column `text`, or one that holds anything but texts.
        ModelError: the folder holds no model.
    """
    classifier = find_classifier(model)
    seen: Counter[int] = Counter()
    for batch in batches:
        placed = batch if set(PLACE) <= set(batch.schema.names) else place_rows(batch, None, seen)
        yield _with_tags(placed, classifier)


def find_classifier(model: Model) -> MechanismClassifier:
    """Return a classifier as it is, or load the one of a folder, once a process."""
    return model if isinstance(model, MechanismClassifier) else _load(None if model is None else fspath(model))


@cache
def _load(folder: str | None) -> MechanismClassifier:
    return MechanismClassifier.load(folder)


def tagged_schema(labels: Sequence[str], passed: Iterable[pa.Field] = ()) -> pa.Schema:
    """Return the schema of tagged batches for a codebook's labels and the fields that pass through."""
    import pyarrow as pa

    term = [("label", pa.string()), ("term", pa.string()), ("start", pa.int32()), ("end", pa.int32())]
    evidence = pa.list_(pa.struct([*term, ("weight", pa.float64())]))
    kinds = {
        "labels": pa.list_(pa.string()),
        "unsure": pa.list_(pa.string()),
        "scores": pa.struct([(label, pa.float64()) for label in labels]),
        "evidence": evidence,
    }
    return pa.schema([*((name, kinds.get(name, pa.string())) for name in (*PLACE, *RESULTS)), *passed])


# Paragraphs with their place


def place_articles(articles: Iterable[Article]) -> pa.RecordBatch:
    """Return the paragraphs of articles as a record batch with the columns of place."""
    import pyarrow as pa

    rows = [
        (p.id, a.id, a.source, a.headline, place and place.name, place and place.adcode, heading, p.text)
        for a in articles
        for place in [a.locality]
        for heading, p in a.iter_with_heading()
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(PLACE)
    return pa.record_batch([pa.array(map(_without_surrogates, c), pa.string()) for c in columns], names=list(PLACE))


def _without_surrogates(value: str | None) -> str | None:
    """Return a text that Arrow can hold; a file name of a strange encoding may not be one."""
    return value if value is None else value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def place_rows(
    batch: pa.RecordBatch, source: str | None, seen: Counter[int], text_column: str = "text"
) -> pa.RecordBatch:
    """Return the rows of a table with the columns of place before their own.

    Args:
        batch: rows with a text each.
        source: the name of the table.
        seen: how often each text without an id came before; it counts on.
        text_column: the column that holds the texts; it becomes `text`.
    """
    import pyarrow as pa

    if text_column not in batch.schema.names:
        raise InputError(
            f"no column `{text_column}` with a text; there is {', '.join(batch.schema.names) or 'nothing'}"
        )
    texts = as_texts(batch.column(text_column), text_column)
    if texts.null_count:
        raise InputError(f"{texts.null_count} rows without a text in the column `{text_column}`; leave them out")
    nothing = pa.nulls(len(batch), pa.string())
    own = {name: batch.column(name) for name in batch.schema.names if name not in ("id", text_column)}
    kept = dict.fromkeys(PLACE, nothing) | {"id": _ids(batch, texts, seen), "text": texts}
    if source is not None:
        kept["source"] = pa.array([_without_surrogates(source)] * len(batch), pa.string())
    names = passing_names(list(own), (*PLACE, *RESULTS))
    fields = [pa.field(name, column.type) for name, column in kept.items()]
    fields += [batch.schema.field(name).with_name(names[name]) for name in own]
    return pa.record_batch([*kept.values(), *own.values()], schema=pa.schema(fields))


def as_texts(column: pa.Array, name: str) -> pa.Array:
    """Return a column as strings.

    Raises:
        InputError: it holds something else.
    """
    import pyarrow as pa

    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    textual = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    if not any(fits(kind) for fits in textual):
        raise InputError(f"the column `{name}` holds {kind}, not texts")
    return column.cast(pa.string())


def passing_names(names: Sequence[str], taken: Sequence[str]) -> dict[str, str]:
    """Return the names under which columns pass: one that bears an output's name becomes NAME_in."""
    free = [name for name in names if name not in taken]
    used = {*taken, *free}
    found = {name: name for name in free}
    for name in names:
        passing = name
        while passing in used and name not in found:
            passing += "_in"
        found.setdefault(name, passing)
        used.add(passing)
    return found


def _ids(batch: pa.RecordBatch, texts: pa.Array, seen: Counter[int]) -> pa.Array:
    import pyarrow as pa

    own = batch.column("id") if "id" in batch.schema.names else pa.nulls(len(batch))
    if not own.null_count:
        return own
    pairs = zip(own.to_pylist(), texts.to_pylist(), strict=True)
    return pa.array([_identity(text, seen) if own is None else str(own) for own, text in pairs], pa.string())


def _identity(text: str, seen: Counter[int]) -> str:
    """Return an id made from a text; where it comes again, numbered."""
    digest = blake2b(text.encode(), digest_size=6)
    key = int.from_bytes(digest.digest())
    seen[key] += 1
    return digest.hexdigest() if seen[key] == 1 else f"{digest.hexdigest()}-{seen[key]}"


# Tags


def _with_tags(batch: pa.RecordBatch, classifier: MechanismClassifier) -> pa.RecordBatch:
    import pyarrow as pa

    results = _tag_texts(batch.column("text").to_pylist(), classifier)
    passed = [f for f in batch.schema if f.name not in PLACE]
    names = passing_names([f.name for f in passed], (*PLACE, *RESULTS))
    schema = tagged_schema(classifier.codebook_.ids, [f.with_name(names[f.name]) for f in passed])
    for name in PLACE:
        schema = schema.set(schema.get_field_index(name), batch.schema.field(name))
    columns = [*(batch.column(name) for name in PLACE), *results, *(batch.column(f.name) for f in passed)]
    return pa.record_batch(columns, schema=schema)


def _tag_texts(texts: Sequence[str], classifier: MechanismClassifier) -> list[pa.Array]:
    """Return labels, unsure, scores, evidence and coder of texts, a column each."""
    import pyarrow as pa

    tagged = classifier.tag_texts(texts)
    schema = tagged_schema(tagged.labels)
    scores = [pa.array(column) for column in tagged.scores.T]
    return [
        _label_lists(tagged.given, tagged.labels),
        _label_lists(tagged.unsure, tagged.labels),
        pa.StructArray.from_arrays(scores, fields=list(schema.field("scores").type)),
        _evidence_lists(texts, tagged, schema.field("evidence").type),
        pa.array([tagged.coder] * len(texts), pa.string()),
    ]


def _label_lists(chosen: NDArray[np.bool_], labels: Sequence[str]) -> pa.Array:
    """Return for each row of a boolean array (n texts, n labels) the list of its labels."""
    import pyarrow as pa

    values = pa.array(labels, pa.string()).take(pa.array(np.nonzero(chosen)[1]))
    return pa.ListArray.from_arrays(_offsets(chosen.sum(axis=1)), values)


def _evidence_lists(texts: Sequence[str], tagged: TaggedTexts, kind: pa.DataType) -> pa.Array:
    """Return for each text the words that speak for its labels."""
    import pyarrow as pa

    rows, columns = np.nonzero(tagged.given)
    words = tagged.evidence
    counts = np.diff(words.bounds)
    owner = np.repeat(rows, counts)
    starts, ends = words.starts.tolist(), words.ends.tolist()
    terms = [texts[i][start:end] for i, start, end in zip(owner.tolist(), starts, ends, strict=True)]
    parts = [
        pa.array(tagged.labels, pa.string()).take(pa.array(np.repeat(columns, counts))),
        pa.array(terms, pa.string()),
        pa.array(words.starts.astype(np.int32)),
        pa.array(words.ends.astype(np.int32)),
        pa.array(words.weights),
    ]
    structs = pa.StructArray.from_arrays(parts, fields=list(kind.value_type))
    return pa.ListArray.from_arrays(_offsets(np.bincount(owner, minlength=len(texts))), structs)


def _offsets(lengths: NDArray[Any]) -> pa.Array:
    import pyarrow as pa

    return pa.array(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32))


# Rows


def to_rows(batch: pa.RecordBatch) -> list[Row]:
    """Return a tagged batch as rows in the contract's shape; values of own columns as Arrow gives them."""
    columns = {name: _values(batch, i) for i, name in enumerate(batch.schema.names)}
    columns["evidence"] = _evidence(columns["labels"], batch.column("evidence"))
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def json_rows(batch: pa.RecordBatch) -> list[Row]:
    """Return a tagged batch as rows of plain JSON."""
    rows = to_rows(batch)
    own = [name for name in batch.schema.names if name not in (*PLACE[1:], *RESULTS)]
    for row in rows:
        row.update({name: plain_cell(row[name]) for name in own})
    return rows


def _values(batch: pa.RecordBatch, number: int) -> list[Any]:
    if batch.schema.names[number] == "evidence":
        return []
    values: list[Any] = batch.column(number).to_pylist()
    marked = (batch.schema.field(number).metadata or {}).items() >= JSON_TEXT.items()
    return [None if value is None else json.loads(value) for value in values] if marked else values


def _evidence(labels: Sequence[Sequence[str]], column: pa.Array) -> list[dict[str, list[list[Any]]]]:
    """Return for each row its labels with their terms; a label that no term speaks for has an empty list."""
    from pyarrow.compute import list_value_length

    flat = column.flatten()
    parts = zip(*(flat.field(name).to_pylist() for name in ("label", "term", "start", "end", "weight")), strict=True)
    found = []
    for given, length in zip(labels, list_value_length(column).to_pylist(), strict=True):
        terms: dict[str, list[list[Any]]] = {label: [] for label in given}
        for _ in range(length):
            label, *term = next(parts)
            terms[label].append(term)
        found.append(terms)
    return found
