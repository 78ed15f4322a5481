"""How far a run is: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from govnlp.batch.tagging import Progress, Tally
from govnlp.cli import progress
from tests.batch.made import texts, write_jsonl
from tests.calls import govnlp

pty = pytest.importorskip("pty")


def test_a_bar_on_a_terminal(tmp_path) -> None:
    table = write_jsonl(tmp_path / "in.jsonl", [{"text": text} for text in texts(1200)])
    screen, terminal = pty.openpty()
    call = [sys.executable, "-m", "govnlp", "tag", str(table), "-o", str(tmp_path / "out.jsonl")]
    with subprocess.Popen(call, stderr=terminal, env={**os.environ, "COLUMNS": "100", "TERM": "xterm"}):
        os.close(terminal)
        shown = read_all(screen)
    assert "a second" in shown
    assert "%" in shown
    assert "1200 paragraphs tagged" in shown


def read_all(screen: int) -> str:
    """Return what is shown on a terminal until its last writer ends."""
    shown = b""
    while True:
        try:
            part = os.read(screen, 4096)
        except OSError:  # how Linux tells the end
            part = b""
        if not part:
            return shown.decode()
        shown += part


def test_nothing_when_quiet(tmp_path) -> None:
    table = write_jsonl(tmp_path / "in.jsonl", [{"text": text} for text in texts(3)])
    assert govnlp("tag", table, "-o", tmp_path / "out.jsonl", "-q").stderr == b""


def test_lines_now_and_then(monkeypatch, capsys) -> None:
    show = progress.lines_of_progress()
    show(Progress(10, 0.1))
    monkeypatch.setattr(progress, "EVERY", 0.0)
    time.sleep(0.01)
    show(Progress(500, 0.5))
    show(Progress(600, None))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("500 paragraphs, ")
    assert lines[0].endswith(" s left")
    assert lines[1].endswith(" a second")


TALLIES = [
    (Tally(5), "5 paragraphs tagged"),
    (Tally(0, 5), "0 paragraphs tagged, 5 were in the archive already"),
    (Tally(1, 5, 2), "1 paragraphs tagged, 5 were in the archive already (2 of them tagged by another model: --retag"),
]


@pytest.mark.parametrize(("tally", "told"), TALLIES)
def test_what_was_done_is_told(tally, told) -> None:
    assert progress.describe_run(tally).startswith(told)
