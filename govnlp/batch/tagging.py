"""Files to tagged files: inputs are cut into loads, tagged, and written as they come, so that memory stays small."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from govnlp.batch.arrow import Model, find_classifier
from govnlp.batch.faults import FaultLog
from govnlp.batch.loads import Inputs, size_of
from govnlp.batch.sinks import write_tagged
from govnlp.batch.sources import STANDARD_INPUT
from govnlp.batch.work import Done, tag_loads
from govnlp.errors import UsageError
from govnlp.lexicon.script import is_traditional
from govnlp.records import Article

ARCHIVE_SUFFIX = ".duckdb"


@dataclass(frozen=True)
class Progress:
    """How far a run is: paragraphs tagged, and the share of the input's bytes, None where that is not known."""

    paragraphs: int
    share: float | None


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class Tally:
    """What a run did: paragraphs tagged, and those that were in the archive already as they are.

    `traditional` names the pages in traditional characters.
    """

    paragraphs: int
    kept: int = 0
    other_model: int = 0
    traditional: tuple[str, ...] = ()


@dataclass(frozen=True)
class TagOptions:
    """How files are tagged.

    Args:
        model: a classifier, the folder of one, or None for the shipped one.
        jobs: how many processes share the work.
        text_column: the column of tables that holds the text.
        retag: whether what an archive has already is tagged again.
        wait: seconds to wait for an archive that another run holds.
    """

    model: Model = None
    jobs: int = 1
    text_column: str = "text"
    retag: bool = False
    wait: float = 30.0


def tag_files(
    inputs: Sequence[str],
    target: Path | None,
    options: TagOptions,
    faults: FaultLog,
    on_progress: OnProgress = lambda progress: None,
) -> Tally:
    """Tag files and write their rows to a file, an archive, or standard output.

    Nothing is written where no input could be used, so that earlier results stay.
    """
    if target:
        _check_apart(inputs, target)
    codebook = find_classifier(options.model).codebook_
    if target and target.suffix.lower() == ARCHIVE_SUFFIX:
        return _into_archive(inputs, target, options, faults, on_progress)
    given = Inputs(inputs, faults, options.text_column)
    files = _without(given.files(), target)
    counter = _Counter(files, on_progress)
    tagged = counter.watch(tag_loads(given.loads(files), options.model, options.jobs), faults)
    batches = (done.batch for done in tagged if done.batch is not None)
    first = next(batches, None)
    if first is not None or not faults.count:
        write_tagged(itertools.chain([] if first is None else [first], batches), target, codebook)
    faults.keep()
    return Tally(counter.paragraphs, traditional=tuple(counter.traditional))


def _check_apart(inputs: Iterable[str], target: Path) -> None:
    for name in inputs:
        if name != STANDARD_INPUT and Path(name).resolve() == target.resolve():
            raise UsageError(f"{name} is an input and the output; name another file after -o")


def _without(files: Iterable[str], target: Path | None) -> list[str]:
    """Return files without the output of an earlier run that lies among them."""
    own = target.resolve() if target else None
    return [name for name in files if name == STANDARD_INPUT or Path(name).resolve() != own]


def _into_archive(
    inputs: Sequence[str], target: Path, options: TagOptions, faults: FaultLog, on_progress: OnProgress
) -> Tally:
    from govnlp.batch.archive import Archive

    if STANDARD_INPUT in inputs:
        raise UsageError("an archive knows its inputs by their names, and standard input has none; write it to a file")
    with Archive.open(target, options.wait) as archive:
        ledger = archive.ledger(find_classifier(options.model).fingerprint_, options.retag)
        given = Inputs(inputs, faults, options.text_column, ledger)
        files = given.files()
        counter = _Counter(files, on_progress)
        tagged = tag_loads(given.loads(files), options.model, options.jobs, extract=True)
        for done in counter.watch(tagged, faults):
            archive.keep(done)
        archive.cut_ends(ledger.ends)
    faults.keep()
    return Tally(counter.paragraphs, ledger.kept, ledger.other_model, tuple(counter.traditional))


def traditional_sources(articles: Iterable[Article]) -> Iterator[str]:
    """Yield the sources of articles in traditional characters."""
    return (a.source for a in articles if any(is_traditional(p.text) for p in a.paragraphs))


class _Counter:
    """Counts what goes by and tells how far the run is."""

    def __init__(self, files: Iterable[str], on_progress: OnProgress) -> None:
        self.paragraphs = 0
        self.traditional: dict[str, None] = {}
        self._sizes = [size_of(name) for name in files]
        self._read = 0.0
        self._on_progress = on_progress

    def watch(self, tagged: Iterable[Done], faults: FaultLog) -> Iterator[Done]:
        """Pass results on, telling their faults and the progress."""
        total = sum(self._sizes)
        for done in tagged:
            for fault in done.faults:
                faults(fault)
            self.traditional.update(dict.fromkeys(traditional_sources(a for r in done.results for a in r.articles)))
            yield done
            self.paragraphs += len(done.batch) if done.batch is not None else 0
            self._read += done.size
            self._on_progress(Progress(self.paragraphs, min(self._read / total, 1.0) if total else None))
