"""One pure function over record batches: the same labels in any batch size, columns kept, names made free."""

from __future__ import annotations

import pickle

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.batch.arrow import json_rows, place_articles, tag_record_batches, tagged_schema
from govnlp.batch.loads import Load, Unit
from govnlp.batch.work import _packed, _unpacked
from govnlp.errors import InputError, ModelError
from govnlp.reading import read_text
from tests.batch.made import page, texts


def tagged(batches, classifier) -> pa.Table:
    return pa.Table.from_batches(tag_record_batches(batches, classifier))


def test_rows_are_those_of_the_classifier(classifier) -> None:
    articles = read_text(page(1), "page.txt")
    rows = [row for batch in tag_record_batches([place_articles(articles)], classifier) for row in json_rows(batch)]
    assert rows == [one.to_dict() for one in classifier.tag(articles)]


@settings(max_examples=10)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=6))
def test_any_cut_into_batches_gives_the_same_rows(classifier, sizes) -> None:
    batch = pa.record_batch({"text": texts(sum(sizes))})
    begins = [sum(sizes[:i]) for i in range(len(sizes))]
    cut = [batch.slice(begin, size) for begin, size in zip(begins, sizes, strict=True)]
    assert tagged(cut, classifier).combine_chunks() == tagged([batch], classifier).combine_chunks()


def test_the_schema_is_the_documented_one(classifier) -> None:
    batch = pa.record_batch({"text": texts(2), "year": pa.array([1, 2], pa.int16())})
    assert tagged([batch], classifier).schema == tagged_schema(classifier.codebook_.ids, [pa.field("year", pa.int16())])


def test_no_rows_are_tagged_too(classifier) -> None:
    batch = pa.record_batch({"text": pa.array([], pa.string())})
    assert tagged([batch], classifier).num_rows == 0
    assert list(tag_record_batches([], classifier)) == []


NAMES = [
    (["text", "labels"], "labels_in"),
    (["text", "labels", "labels_in"], "labels_in_in"),
    (["text", "source"], "source_in"),
    (["text", "coder"], "coder_in"),
]


@pytest.mark.parametrize(("names", "expected"), NAMES)
def test_a_column_with_an_outputs_name_comes_back_renamed(classifier, names, expected) -> None:
    found = tagged([pa.record_batch([texts(1) for _ in names], names=names)], classifier)
    assert expected in found.column_names
    assert len(set(found.column_names)) == len(found.column_names)


def test_place_is_kept_where_a_batch_has_it_all(classifier) -> None:
    placed = place_articles(read_text(page(3), "page.txt"))
    assert tagged([placed], classifier).select(placed.schema.names).to_batches() == [placed]


def test_columns_keep_their_types(classifier) -> None:
    columns = {
        "id": pa.array([9, 8]), "text": pa.array(texts(2), pa.large_string()).dictionary_encode(),
        "day": pa.array([0, 1], pa.date32()), "parts": pa.array([[1], None], pa.list_(pa.int8())),
    }  # fmt: skip
    found = tagged([pa.record_batch(columns)], classifier)
    assert [found.schema.field(n).type for n in ("id", "day", "parts")] == [
        columns[n].type for n in ("id", "day", "parts")
    ]
    assert found["id"].to_pylist() == [9, 8]


WRONG = [
    ({"body": ["一"]}, "no column `text`"),
    ({"text": [1]}, "holds int64"),
    ({"text": ["一", None]}, "1 rows without a text"),
]


@pytest.mark.parametrize(("columns", "message"), WRONG)
def test_what_is_no_text_is_named(classifier, columns, message) -> None:
    with pytest.raises(InputError, match=message):
        tagged([pa.record_batch(columns)], classifier)


def test_a_folder_without_a_model_is_refused(tmp_path) -> None:
    with pytest.raises(ModelError):
        next(tag_record_batches([pa.record_batch({"text": ["一"]})], tmp_path))


def test_a_slice_travels_alone() -> None:
    batch = pa.record_batch({"text": texts(5000)})
    load = Load((Unit("a"),), batch.slice(10, 3), 0)
    assert len(pickle.dumps(_packed(load))) < 5000
    assert _unpacked(pickle.loads(pickle.dumps(_packed(load)))).content == batch.slice(10, 3)
