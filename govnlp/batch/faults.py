"""What could not be done: which file, where in it, and why; the run goes on without it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from govnlp.errors import InputError
from govnlp.records import Record


@dataclass(frozen=True)
class Fault(Record):
    """An input, or a row of one, that could not be used.

    >>> str(Fault("rows.csv", "row 3", "no text"))
    'rows.csv, row 3: no text'
    """

    file: str
    place: str | None
    reason: str

    @classmethod
    def of(cls, file: str, error: InputError) -> Fault:
        """Return the fault of a whole file; its name, with which the message begins, is told once."""
        return cls(file, None, str(error).removeprefix(f"{file}: "))

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.reason}"


OnFault = Callable[[Fault], None]


class FaultLog:
    """The faults of one run: each is told as it comes and, once the output is there, listed in OUT.errors.jsonl.

    Args:
        target: the output; without one, faults are only told.
        tell: called with each fault.
    """

    def __init__(self, target: Path | None, tell: OnFault) -> None:
        self.path = target.with_name(f"{target.name}.errors.jsonl") if target else None
        self.count = 0
        self._beside = target.with_name(f".{target.name}.errors.jsonl.part") if target else None
        self._tell = tell

    def __enter__(self) -> FaultLog:
        if self._beside:
            self._beside.unlink(missing_ok=True)  # a killed run's
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._beside:
            self._beside.unlink(missing_ok=True)

    def __call__(self, fault: Fault) -> None:
        """Count, note and tell a fault."""
        self.count += 1
        if self._beside:
            with self._beside.open("a", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
                file.write(json.dumps(fault.to_dict(), ensure_ascii=False) + "\n")
        self._tell(fault)

    def keep(self) -> None:
        """Put the list in its place beside the output; an earlier run's goes."""
        if self.path and self._beside:
            self.path.unlink(missing_ok=True)
            if self.count:
                self._beside.replace(self.path)
