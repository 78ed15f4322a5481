"""Inputs cut into loads: what one process takes at a time, none larger than some thousand paragraphs."""

from __future__ import annotations

import io
import itertools
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from govnlp.batch.arrow import place_rows
from govnlp.batch.faults import Fault, OnFault
from govnlp.batch.sources import STANDARD_INPUT, expand, unreadable
from govnlp.batch.tables import (
    Piece,
    batch_objects,
    open_table,
    read_csv,
    read_json_objects,
    read_lines,
    read_parquet,
    read_xlsx,
)
from govnlp.errors import InputError
from govnlp.reading import read_text
from govnlp.reading.decode import decode
from govnlp.reading.source import SUFFIXES as PAGE_SUFFIXES
from govnlp.records import Article

if TYPE_CHECKING:
    import pyarrow as pa

_PAGE_BYTES = 200_000  # of pages that are read together: some hundred paragraphs
_ARTICLES = 50  # of `read`'s output that are taken together
_READERS = {".csv": read_csv, ".xlsx": read_xlsx, ".parquet": read_parquet}


@dataclass(frozen=True)
class Unit:
    """A file, or a part of a long one: what an archive keeps or replaces as a whole.

    `digest` stands for its content; it is made where an archive asks for it.
    """

    source: str
    part: int = 0
    digest: str = ""


@dataclass(frozen=True)
class Load:
    """What one process takes at a time: pages, read by that process, or articles or rows in hand.

    `size` is the input's, in bytes.
    """

    units: tuple[Unit, ...]
    content: pa.RecordBatch | tuple[Article, ...] | None
    size: float


class Ledger(Protocol):
    """What is done already, asked before a load is made."""

    def is_done(self, unit: Unit) -> bool:
        """Return whether a unit was done with the same content."""
        ...

    def end(self, source: str, parts: int) -> None:
        """Note that a file was read to its end and how many parts it has."""
        ...


@dataclass(frozen=True)
class Inputs:
    """Files to be cut into loads.

    Args:
        names: files, folders, patterns, or "-".
        on_fault: called with each input or row that cannot be used.
        text_column: the column of tables that holds the text.
        ledger: says what is done already and left out.
    """

    names: Sequence[str]
    on_fault: OnFault
    text_column: str = "text"
    ledger: Ledger | None = None

    def files(self) -> list[str]:
        """Return the files named; what is none is a fault."""
        found = []
        for name in expand(self.names, tables=True):
            if isinstance(name, InputError):
                file, _, reason = str(name).rpartition(": ")
                self.on_fault(Fault(file, None, reason))
            else:
                found.append(name)
        return found

    def loads(self, files: Iterable[str]) -> Iterator[Load]:
        """Yield the loads of files in order."""
        for paged, names in itertools.groupby(files, _is_page):
            if paged:
                yield from self._pages(names)
            else:
                for name in list(names):
                    yield from self._table(name)

    def _pages(self, names: Iterable[str]) -> Iterator[Load]:
        units: list[Unit] = []
        size = 0
        for name in names:
            length = size_of(name)
            unit = self._unit(name, 0, lambda name=name: Path(name).read_bytes())
            if unit is None:
                yield Load((), (), length)
                continue
            if units and size + length > _PAGE_BYTES:
                yield Load(tuple(units), None, size)
                units, size = [], 0
            units.append(unit)
            size += length
        if units:
            yield Load(tuple(units), None, size)

    def _table(self, name: str) -> Iterator[Load]:
        """Yield the parts of one file that is no page; where it breaks off, what came before stays."""
        parts = 0
        try:
            for parts, load in enumerate(self._parts(name), 1):  # noqa: B007
                yield load
        except (OSError, InputError) as error:
            told = error if isinstance(error, InputError) else InputError(f"{name}: cannot be read ({error.strerror})")
            self.on_fault(Fault.of(name, told))
        else:
            if self.ledger:
                self.ledger.end(name, parts)

    def _parts(self, name: str) -> Iterator[Load]:
        suffix = Path(name).suffix.lower()
        if name == STANDARD_INPUT:
            return self._standard_input()
        if suffix == ".jsonl":
            return self._json_lines(open_table(name), name)
        if suffix not in _READERS:
            raise unreadable(name)
        return self._rows(_READERS[suffix](name, self.text_column, self.on_fault), name)

    def _standard_input(self) -> Iterator[Load]:
        """Yield the loads of standard input: JSON Lines where it begins with a brace, else a page."""
        file = sys.stdin.buffer
        head = next((line for line in file if line.strip()), b"")
        if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            return self._json_lines(file, STANDARD_INPUT, head)
        text = decode(head + file.read(), "standard input")
        return iter([Load((Unit(STANDARD_INPUT),), tuple(read_text(text, STANDARD_INPUT)), 0)])

    def _json_lines(self, file: BinaryIO, name: str, head: bytes = b"") -> Iterator[Load]:
        """Yield articles where the first object is one, else rows."""
        whole = size_of(name) or 1
        with file:
            objects = read_json_objects(read_lines(file, name, head), name, self.on_fault)
            first = next(objects, None)
            if first is None:
                return
            objects = itertools.chain([first], objects)
            if "sections" in first[1]:
                yield from self._articles(objects, name, file)
                return
            batches = batch_objects(objects, self.text_column, name, self.on_fault)
            pieces = (Piece(b, file.tell() / whole if name != STANDARD_INPUT else 0) for b in batches)
            yield from self._rows(pieces, name)

    def _articles(self, objects: Iterator[tuple[int, dict[str, Any]]], name: str, file: BinaryIO) -> Iterator[Load]:
        part, before = 0, 0
        while chunk := list(itertools.islice(objects, _ARTICLES)):
            articles = []
            for number, row in chunk:
                where = f"{name}, line {number}"
                try:
                    articles.append(Article.from_dict(row, where))
                except InputError as error:
                    self.on_fault(Fault(name, f"line {number}", str(error).removeprefix(f"{where}: ")))
            unit = self._unit(name, part, lambda chunk=chunk: repr([row for _, row in chunk]).encode())
            read = before if name == STANDARD_INPUT else file.tell()
            yield Load((unit,) if unit else (), tuple(articles) if unit else (), read - before)
            part, before = part + 1, read

    def _rows(self, pieces: Iterable[Piece], name: str) -> Iterator[Load]:
        seen: Counter[int] = Counter()
        before = 0.0
        for part, piece in enumerate(pieces):
            unit = self._unit(name, part, lambda piece=piece: _content(piece.batch))
            size = (piece.read - before) * size_of(name)
            before = piece.read
            placed = place_rows(piece.batch, name, seen, self.text_column)
            yield Load((unit,), placed, size) if unit else Load((), (), size)

    def _unit(self, source: str, part: int, content: Any) -> Unit | None:
        """Return a unit that has to be done, or None where the ledger has it with this content."""
        if self.ledger is None:
            return Unit(source, part)
        try:
            unit = Unit(source, part, blake2b(content(), digest_size=16).hexdigest())
        except OSError:
            return Unit(source, part)  # its reader tells what is wrong
        return None if self.ledger.is_done(unit) else unit


def size_of(name: str) -> int:
    """Return the bytes of a file, 0 for standard input."""
    try:
        return 0 if name == STANDARD_INPUT else Path(name).stat().st_size
    except OSError:
        return 0


def _is_page(name: str) -> bool:
    return name.lower().endswith(PAGE_SUFFIXES)


def _content(batch: pa.RecordBatch) -> bytes:
    """Return bytes that stand for the values of a batch."""
    told = io.StringIO()
    for field, column in zip(batch.schema, batch.columns, strict=True):
        told.write(f"{field.name}\x00{field.type}\x00{column.to_pylist()!r}\x00")
    return told.getvalue().encode("utf-8", "surrogatepass")
