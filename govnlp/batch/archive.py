"""An archive of tagged pages in one DuckDB file, kept by `govnlp tag -o archive.duckdb`.

What is kept together, a file or a part of a long table, is replaced in one transaction: killed at any moment, an
archive holds whole sources, and the next run does the rest.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from govnlp import __version__
from govnlp.batch.archive_rows import article_rows, figure_rows, paragraph_rows, practice_rows, source_rows
from govnlp.batch.archive_schema import SCHEMA, SCHEMA_VERSION, TABLES
from govnlp.batch.loads import Unit
from govnlp.batch.work import Done
from govnlp.errors import OutputError

_MEMORY = "512MB"  # of DuckDB's own; it would take most of the machine's
_POLL = 0.2  # seconds between two looks at an archive that another run holds
_HOLDER = re.compile(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")

_INSERT_TAGS = """
INSERT INTO tags
SELECT paragraph_key, source_id, label, scores[label],
       [{'term': e.term, 'start_char': e.start, 'end_char': e."end", 'weight': e.weight}
        FOR e IN evidence IF e.label = label]
FROM (SELECT *, unnest(labels) AS label FROM new_paragraphs)
"""
_COLUMNS = "paragraph_key, source_id, article_key, id, heading, text, columns, labels, unsure, scores"


class Ledger:
    """What an archive has already; counts what is left as it is."""

    def __init__(
        self, archive: Archive, known: Mapping[tuple[str, int], tuple[str, str, int]], model: str, retag: bool
    ) -> None:
        self.kept = 0
        self.other_model = 0
        self.ends: dict[str, int] = {}
        self._met: set[tuple[str, int]] = set()
        self._archive, self._known, self._model, self._retag = archive, known, model, retag

    def is_done(self, unit: Unit) -> bool:
        """Return whether the archive has a unit with this content, or this run has met it before."""
        key = (self._archive.name_of(unit.source), unit.part)
        if key in self._met:
            return True
        self._met.add(key)
        digest, model, paragraphs = self._known.get(key, ("", "", 0))
        if self._retag or digest != unit.digest:
            return False
        self.kept += paragraphs
        self.other_model += paragraphs if model != self._model else 0
        return True

    def end(self, source: str, parts: int) -> None:
        """Note how many parts a table has that was read to its end."""
        self.ends[source] = parts


class Archive:
    """A DuckDB file with the tables that `govnlp.batch.archive_schema` describes; one process holds it at a time."""

    def __init__(self, path: Path, connection: Any) -> None:
        self.path = path
        self.connection = connection
        self._folder = path.resolve().parent

    @classmethod
    def open(cls, path: str | Path, wait: float = 30.0, read_only: bool = False) -> Archive:
        """Open an archive, made where there is none unless it is only read.

        Args:
            path: the file.
            wait: seconds to wait for another process that holds it.
            read_only: whether it is only looked at.

        Raises:
            OutputError: it is held by another process, is no archive, or is of another schema.
        """
        path = Path(path)
        if read_only and not path.is_file():
            raise OutputError(f"{path}: there is no such archive; `govnlp tag FILE… -o {path}` makes one")
        archive = cls(path, _connect(path, wait, read_only))
        try:
            archive._check_schema(read_only)
        except BaseException:
            archive.connection.close()
            raise
        return archive

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._telling():
            self.connection.close()

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query.

        Raises:
            OutputError: the archive lacks a table or a column of the query.
        """
        import duckdb

        try:
            rows: list[tuple[Any, ...]] = self.connection.execute(sql, list(values)).fetchall()
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise self._damaged(str(error).split("\n")[0]) from None
        return rows

    def _damaged(self, reason: str) -> OutputError:
        return OutputError(
            f"{self.path}: is no archive of govnlp, or a damaged one ({reason}); tag its pages into a new archive"
        )

    def _check_schema(self, read_only: bool) -> None:
        names = {name for (name,) in self.query("SELECT table_name FROM information_schema.tables")}
        if not names and not read_only:
            with self._transaction():
                self.connection.execute(SCHEMA)
                made = "INSERT INTO archive VALUES (?, ?, ?, 1, 1, 1)"
                self.connection.execute(made, [SCHEMA_VERSION, __version__, _now()])
            return
        if "archive" not in names:
            raise OutputError(f"{self.path}: is a DuckDB file but no archive of govnlp; name another file")
        versions = self.query("SELECT schema_version FROM archive")
        if len(versions) != 1:
            raise self._damaged(f"its table archive has {len(versions)} rows")
        version = versions[0][0]
        if version > SCHEMA_VERSION:
            raise OutputError(
                f"{self.path}: has schema {version}, made by a newer govnlp; this one ({__version__}) knows schema "
                f"{SCHEMA_VERSION}: upgrade govnlp"
            )
        if version < SCHEMA_VERSION:
            raise OutputError(
                f"{self.path}: has schema {version}, this govnlp keeps schema {SCHEMA_VERSION}; tag its pages into a "
                f"new archive (`govnlp tag FILE… -o NEW.duckdb`), the old one stays readable with DuckDB"
            )
        missing = sorted({"archive", *TABLES} - names)
        if missing:
            raise self._damaged(f"without {', '.join(missing)}")

    def name_of(self, source: str) -> str:
        """Return the name that a file is kept by: relative to the archive's folder where it lies below it."""
        path = Path(source).resolve()
        return (path.relative_to(self._folder) if path.is_relative_to(self._folder) else path).as_posix()

    def ledger(self, model: str, retag: bool = False) -> Ledger:
        """Return what the archive has, to be asked before work is done."""
        rows = self.query("SELECT file, part, content_hash, model, paragraphs FROM sources")
        return Ledger(self, {(file, part): tuple(rest) for file, part, *rest in rows}, model, retag)

    def keep(self, done: Done) -> None:
        """Put a tagged load into the archive in place of what its files had there, in one transaction."""
        if done.batch is None:
            return
        with self._transaction():
            self._delete([(self.name_of(r.unit.source), r.unit.part) for r in done.results])
            self._insert(done)

    def cut_ends(self, ends: Mapping[str, int]) -> None:
        """Delete the parts that tables, read to their ends, no longer have."""
        known = self.query("SELECT file, part FROM sources WHERE part > 0")
        parts = {self.name_of(source): count for source, count in ends.items()}
        gone = [(file, part) for file, part in known if part >= parts.get(file, part + 1)]
        gone += [(file, 0) for file, count in parts.items() if count == 0]
        if gone:
            with self._transaction():
                self._delete(gone)

    def _delete(self, units: list[tuple[str, int]]) -> None:
        files = [file for file, _ in units]
        rows = self.query("SELECT source_id, file, part FROM sources WHERE list_contains(?, file)", files)
        old = [number for number, file, part in rows if (file, part) in set(units)]
        for table in reversed(TABLES if old else ()):
            self.connection.execute(f"DELETE FROM {table} WHERE list_contains(?, source_id)", [old])  # noqa: S608

    def _insert(self, done: Done) -> None:
        source, article, paragraph = self.query("SELECT next_source, next_article, next_paragraph FROM archive")[0]
        files = [self.name_of(result.unit.source) for result in done.results]
        sources = source_rows(done, source, files)
        articles = article_rows(done, source, article)
        self._append("sources", sources)
        paragraphs = paragraph_rows(done, source, article, paragraph)
        self._append("articles", articles)
        self.connection.register("new_paragraphs", paragraphs)
        self.connection.execute(f"INSERT INTO paragraphs SELECT {_COLUMNS} FROM new_paragraphs")  # noqa: S608
        self.connection.execute(_INSERT_TAGS)
        self.connection.unregister("new_paragraphs")
        self._append("figures", figure_rows(done, paragraphs))
        self._append("practices", practice_rows(done, paragraphs))
        counted = "UPDATE archive SET next_source = ?, next_article = ?, next_paragraph = ?"
        self.connection.execute(counted, [source + len(sources), article + len(articles), paragraph + len(paragraphs)])

    def _append(self, table: str, rows: Any) -> None:
        if len(rows):
            self.connection.register("new_rows", rows)
            self.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM new_rows")  # noqa: S608
            self.connection.unregister("new_rows")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Commit what is done within, or leave the archive as it was."""
        with self._telling():
            self.connection.begin()
            try:
                yield
                self.connection.commit()
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        import duckdb

        with suppress(duckdb.Error):  # a commit that failed has rolled back already
            self.connection.rollback()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Turn DuckDB's errors into ones for the user."""
        import duckdb

        try:
            yield
        except duckdb.Error as error:
            first = str(error).split("\n")[0]
            raise OutputError(
                f"{self.path}: cannot be written ({first}); what was committed before stays: make room and run again"
            ) from None


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _connect(path: Path, wait: float, read_only: bool) -> Any:
    try:
        import duckdb
    except ModuleNotFoundError:
        raise OutputError(
            f'{path}: archives need DuckDB, which is not installed; pip install "govnlp[archive]"'
        ) from None
    end = time.monotonic() + wait
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only, config={"memory_limit": _MEMORY})
        except duckdb.Error as error:
            told = str(error)
        if "lock" not in told.lower() and "used by another process" not in told:
            raise OutputError(f"{path}: is no archive that can be opened ({told.splitlines()[0]})")
        if time.monotonic() >= end:
            raise OutputError(f"{path}: {_who(told)} holds it; run again when that has ended, or --wait longer")
        time.sleep(_POLL)


def _who(message: str) -> str:
    found = _HOLDER.search(message)
    return f"process {found['pid']} ({found['program']})" if found else "another process"
