"""The main job: pages in; articles, tagged paragraphs and briefs out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from govnlp.batch.arrow import place_articles, tag_record_batches
from govnlp.batch.sinks import check_folder, write_json_lines, write_tagged, write_text
from govnlp.batch.sources import ARTICLES, BRIEFS, expand, load_articles
from govnlp.errors import InputError, OutputError
from govnlp.reading import OpenEnds
from govnlp.records import Article, Summary
from govnlp.summarizing.brief_markdown import to_markdown
from govnlp.summarizing.briefs import compose_brief
from govnlp.summarizing.summarizer import summarize
from govnlp.tagging.classifier import MechanismClassifier

TAGS, TAGS_TABLE = "tagged.jsonl", "tagged.xlsx"


@dataclass(frozen=True)
class ArticleResult:
    """What the main job made of one article."""

    article: Article
    labels: tuple[tuple[str, ...], ...]  # of each paragraph
    summary: Summary


@dataclass(frozen=True)
class RunResult:
    """What the main job made of all inputs."""

    articles: tuple[ArticleResult, ...] = ()
    files: tuple[Path, ...] = ()
    errors: tuple[InputError, ...] = field(default=())


def prepare_folder(directory: str | Path) -> Path:
    """Return the output folder, made where its parent exists.

    Raises:
        OutputError: the parent does not exist, or the folder is a file or not writable.
    """
    folder = Path(directory)
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file; name a folder for the results")
    if not folder.exists():
        check_folder(folder.parent)
        folder.mkdir()
    check_folder(folder)
    return folder


def read_inputs(
    inputs: Sequence[str],
    on_error: Callable[[InputError], None],
    on_file: Callable[[str], None] = lambda name: None,
    on_empty: Callable[[str], None] = lambda name: None,
) -> list[Article]:
    """Read the articles of all inputs; one that cannot be read, or holds none, is reported and left out."""
    articles: list[Article] = []
    earlier = OpenEnds()
    for name in expand(inputs):
        try:
            if isinstance(name, InputError):
                raise name
            on_file(name)
            found = load_articles(name, earlier)
            articles.extend(found)
            if not found:
                on_empty(name)
        except InputError as error:
            on_error(error)
    return articles


def run(
    inputs: Sequence[str],
    directory: str | Path,
    classifier: MechanismClassifier | None = None,
    bullets: int = 6,
    on_file: Callable[[str], None] = lambda name: None,
) -> RunResult:
    """Read, tag and summarize all inputs and write the four result files into a folder.

    Nothing is written where no input could be read, so that earlier results stay.
    """
    folder = prepare_folder(directory)
    model = classifier if classifier is not None else MechanismClassifier.load()
    errors: list[InputError] = []
    articles = read_inputs(inputs, errors.append, on_file)
    if errors and not articles:
        return RunResult(errors=tuple(errors))
    tagged = next(tag_record_batches([place_articles(articles)], model))
    labels = iter(tagged["labels"].to_pylist())
    results = tuple(
        ArticleResult(a, tuple(tuple(next(labels)) for _ in a.paragraphs), summarize(a, bullets, classifier=model))
        for a in articles
    )
    files = tuple(folder / name for name in (ARTICLES, TAGS, TAGS_TABLE, BRIEFS))
    write_json_lines((article.to_dict() for article in articles), files[0])
    write_tagged([tagged], files[1], model.codebook_)
    write_tagged([tagged], files[2], model.codebook_)
    brief = compose_brief((result.summary for result in results), codebook=model.codebook_)
    write_text(to_markdown(brief, model.codebook_), files[3])
    return RunResult(results, files, tuple(errors))
