"""The calls of a notebook that take files: `govnlp.read` and `govnlp.tag`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING

from govnlp.batch.arrow import PLACE, RESULTS, Model, place_articles, tag_record_batches, to_rows
from govnlp.batch.faults import Fault
from govnlp.batch.loads import Inputs
from govnlp.batch.sources import expand, load_articles
from govnlp.batch.work import tag_loads
from govnlp.errors import InputError, UsageError
from govnlp.reading import OpenEnds
from govnlp.records import Article

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Paths = str | PathLike[str] | Sequence[str | PathLike[str]]


def read(paths: Paths) -> list[Article]:
    """Read pages, folders of pages or `govnlp read`'s output into articles.

    Args:
        paths: one path or several; a path may be a pattern such as "pages/**/*.txt".

    Raises:
        InputError: the first input that cannot be read, and why.
    """
    articles = []
    earlier = OpenEnds()
    for name in expand(_names(paths)):
        if isinstance(name, InputError):
            raise name
        articles.extend(load_articles(name, earlier))
    return articles


def tag(paths: Paths | Sequence[Article], model: Model = None) -> pd.DataFrame:
    """Tag pages, folders, tables or articles in hand; return one row per paragraph.

    Args:
        paths: one path or several, or articles.
        model: a classifier or the folder of one; the shipped one unless told otherwise.

    Returns:
        A data frame with the columns of `govnlp tag`'s JSON rows; `labels` holds lists, `scores` and
        `evidence` dicts.

    Raises:
        InputError: the first input or row that cannot be used, and why.
    """
    import pandas as pd

    rows = [row for batch in _tagged(paths, model) for row in to_rows(batch)]
    return pd.DataFrame(rows, columns=None if rows else [*PLACE, *RESULTS])


def _tagged(paths: Paths | Sequence[Article], model: Model) -> Iterator[pa.RecordBatch]:
    if not isinstance(paths, str | PathLike):
        articles = [item for item in paths if isinstance(item, Article)]
        if len(articles) == len(paths):
            yield from tag_record_batches([place_articles(articles)], model)
            return
    given = Inputs(_names(paths), _raise)  # type: ignore[arg-type]
    for done in tag_loads(given.loads(given.files()), model):
        for fault in done.faults:
            _raise(fault)
        if done.batch is not None:
            yield done.batch


def _names(paths: Paths) -> list[str]:
    names = [fspath(paths)] if isinstance(paths, str | PathLike) else [fspath(path) for path in paths]
    if not names:
        raise UsageError("no path given; expected a page, a folder of pages, or a list of them")
    return names


def _raise(fault: Fault) -> None:
    raise InputError(str(fault))
