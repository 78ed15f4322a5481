"""The calls of a notebook that take files: `govnlp.read` and `govnlp.tag`."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from govnlp.batch.sources import expand, load, load_articles
from govnlp.batch.tagging import tagged_rows
from govnlp.errors import InputError, UsageError
from govnlp.reading import OpenEnds
from govnlp.records import Article
from govnlp.tagging.classifier import MechanismClassifier

if TYPE_CHECKING:
    import pandas as pd

Paths = str | PathLike[str] | Sequence[str | PathLike[str]]


def read(paths: Paths) -> list[Article]:
    """Read pages, folders of pages or `govnlp read`'s output into articles.

    Args:
        paths: one path or several.

    Raises:
        InputError: the first input that cannot be read, and why.
    """
    earlier = OpenEnds()
    return [article for name in _files(paths) for article in load_articles(name, earlier)]


def tag(paths: Paths | Sequence[Article], model: MechanismClassifier | None = None) -> pd.DataFrame:
    """Tag pages, folders, tables or articles in hand; return one row per paragraph.

    Args:
        paths: one path or several, or articles.
        model: the classifier; the shipped one unless told otherwise.

    Returns:
        A data frame with the columns of `govnlp tag`'s JSON rows; `labels` holds lists, `scores` and
        `evidence` dicts.
    """
    import pandas as pd

    classifier = model if model is not None else MechanismClassifier.load()
    loaded: list[Any]
    if not isinstance(paths, str | PathLike) and all(isinstance(item, Article) for item in paths):
        loaded = [paths]
    else:
        earlier = OpenEnds()
        loaded = [load(name, earlier) for name in _files(paths)]  # type: ignore[arg-type]
    rows = tagged_rows(loaded, classifier)
    return pd.DataFrame(rows, columns=None if rows else list(_EMPTY))


_EMPTY = (
    "id",
    "article_id",
    "source",
    "headline",
    "locality",
    "adcode",
    "heading",
    "text",
    "labels",
    "unsure",
    "scores",
    "evidence",
    "coder",
)


def _files(paths: Paths) -> list[str]:
    names = [fspath(paths)] if isinstance(paths, str | PathLike) else [fspath(path) for path in paths]
    if not names:
        raise UsageError("no path given; expected a page, a folder of pages, or a list of them")
    files = []
    for name in expand(names):
        if isinstance(name, InputError):
            raise name
        files.append(name)
    return files
