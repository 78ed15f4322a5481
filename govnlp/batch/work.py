"""Loads tagged in this process or shared by several, results in input order."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from govnlp.batch.arrow import Model, place_articles, tag_record_batches
from govnlp.batch.faults import Fault
from govnlp.batch.loads import Load, Unit
from govnlp.batch.sources import load_articles
from govnlp.errors import GovnlpError, InputError
from govnlp.extracting.figures import figures
from govnlp.extracting.practices import practices
from govnlp.reading import OpenEnds
from govnlp.records import Article, Figure, Practice

if TYPE_CHECKING:
    import pyarrow as pa

PARENT_SEEN = 2.0  # seconds between two looks of a worker at its parent
IN_FLIGHT = 3  # loads for each process: one in work, one waiting, one done


@dataclass(frozen=True)
class Result:
    """One file or part of one: its articles, none where it is a table, and how many paragraphs it has."""

    unit: Unit
    articles: tuple[Article, ...]
    paragraphs: int


@dataclass(frozen=True)
class Done:
    """A tagged load.

    The rows of `batch` are the paragraphs of the results, one after the other; `figures` and `practices` are found
    where they were asked for, each with the row that it stands in. `size` is the input's, in bytes.
    """

    results: tuple[Result, ...]
    batch: pa.RecordBatch  # None where nothing was left to tag
    size: float
    faults: tuple[Fault, ...] = ()
    figures: tuple[tuple[int, Figure], ...] = ()
    practices: tuple[tuple[int, Practice], ...] = ()


def tag_loads(loads: Iterable[Load], model: Model, jobs: int = 1, extract: bool = False) -> Iterator[Done]:
    """Yield tagged loads in their order.

    Args:
        loads: what is to be tagged; at most IN_FLIGHT for each process are held.
        model: a classifier or the folder of one, which each process loads once.
        jobs: how many processes share the work; threads would not help, since cutting words holds the
            interpreter's lock.
        extract: whether figures and practices are looked for too.
    """
    if jobs == 1:
        return (tag_load(load, model, extract) for load in loads)
    return _share(loads, model, jobs, extract)


def tag_load(load: Load, model: Model, extract: bool = False) -> Done:
    """Return a load tagged; a page that cannot be read is a fault of it."""
    placed = place_load(load)
    if placed.batch is None:
        return placed
    done = replace(placed, batch=next(tag_record_batches([placed.batch], model)))
    return _with_extracts(done) if extract else done


def place_load(load: Load) -> Done:
    """Return a load's paragraphs with their place, not tagged yet."""
    faults: list[Fault] = []
    results: list[Result] = []
    if load.content is None:
        earlier = OpenEnds()
        for unit in load.units:
            try:
                articles = tuple(load_articles(unit.source, earlier))
            except InputError as error:
                faults.append(Fault.of(unit.source, error))
            else:
                results.append(Result(unit, articles, _paragraphs(articles)))
        batch = place_articles(a for result in results for a in result.articles)
    elif isinstance(load.content, tuple):
        results = [Result(unit, load.content, _paragraphs(load.content)) for unit in load.units]
        batch = place_articles(load.content)
    else:
        batch = load.content
        results = [Result(unit, (), len(batch)) for unit in load.units]
    return Done(tuple(results), batch if results else None, load.size, tuple(faults))


def _paragraphs(articles: Iterable[Article]) -> int:
    return sum(len(article.paragraphs) for article in articles)


def _with_extracts(done: Done) -> Done:
    texts = done.batch["text"].to_pylist() if done.batch is not None else []
    return replace(
        done,
        figures=tuple((row, found) for row, text in enumerate(texts) for found in figures(text)),
        practices=tuple((row, found) for row, text in enumerate(texts) for found in practices(text)),
    )


# Several processes


def _share(loads: Iterable[Load], model: Model, jobs: int, extract: bool) -> Iterator[Done]:
    """Yield loads tagged by worker processes.

    Joblib's own pool of processes is asked directly: its `Parallel` goes on reading while the writer of results
    is busy, and memory would grow with the input.
    """
    from joblib.externals.loky import ProcessPoolExecutor
    from joblib.externals.loky.process_executor import BrokenProcessPool

    waiting: deque[Done | Future[Any]] = deque()
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(model, os.getpid()), env=one_thread)
    try:
        for load in loads:
            waiting.append(pool.submit(_work, _packed(load), extract) if load.units else Done((), None, load.size))
            while len(waiting) >= IN_FLIGHT * jobs:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    except BrokenProcessPool as error:
        raise GovnlpError(
            f"a worker process ended before its work was done ({type(error).__name__}): it was killed, or memory "
            "ran out; run again, with fewer --jobs"
        ) from None
    finally:
        pool.shutdown(kill_workers=True)


def _result(waiting: Done | Future[Any]) -> Done:
    done: Done = waiting if isinstance(waiting, Done) else _unpacked(waiting.result())
    return done


class _Worker:
    """What a worker process keeps between loads."""

    model: Model = None


def _begin(model: Model, parent: int) -> None:
    _Worker.model = model
    if os.name == "posix":  # elsewhere the parent's number stays when it is gone
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process once the one that started it is gone: killed, it could not say so."""
    while os.getppid() == parent:
        time.sleep(PARENT_SEEN)
    os._exit(1)


def _work(load: Load, extract: bool) -> Done:
    done: Done = _packed(tag_load(_unpacked(load), _Worker.model, extract))
    return done


def _packed(one: Any) -> Any:
    """Return a load or its result with its record batch as bytes: pickled as it is, a slice would carry the whole."""
    import pyarrow as pa

    name = "content" if isinstance(one, Load) else "batch"
    batch = getattr(one, name)
    if not isinstance(batch, pa.RecordBatch):
        return one
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return replace(one, **{name: sink.getvalue()})


def _unpacked(one: Any) -> Any:
    """Undo `_packed`."""
    import pyarrow as pa

    name = "content" if isinstance(one, Load) else "batch"
    packed = getattr(one, name)
    if not isinstance(packed, pa.Buffer):
        return one
    with pa.ipc.open_stream(packed) as stream:
        return replace(one, **{name: stream.read_next_batch()})
