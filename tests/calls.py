"""Calls of the command line, and what they tell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable


def govnlp(
    *arguments: object, stdin: bytes | None = None, preexec_fn: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "govnlp", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        preexec_fn=preexec_fn,
        env={**os.environ, **environment},
    )


def records(out: bytes) -> list[dict]:
    """Return JSON Lines as objects."""
    return [json.loads(line) for line in out.decode("utf-8").splitlines()]


def assert_refused(done: subprocess.CompletedProcess[bytes], status: int, *told: str) -> None:
    """Assert that a call ended with a status and told what is wrong, in words made for the user."""
    message = done.stderr.decode("utf-8")
    assert done.returncode == status
    assert [words for words in told if words not in message] == []
    assert "Traceback" not in message
