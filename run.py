"""Set everything up and run the project: `python3 run.py demo`, `python3 run.py test`, `python3 run.py check`.

Needs nothing but Python 3.11 or newer; makes an environment of its own in .venv and installs govnlp there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"
EXTRAS = {"demo": "", "test": "[test]", "check": "[test,dev]"}
USAGE = """usage: python3 run.py demo    set up, then run the main job on the sample pages
       python3 run.py test    set up, then run the tests
       python3 run.py check   set up, then lint and type-check"""


def main() -> int:
    """Do what the first argument names."""
    if sys.version_info < (3, 11):  # noqa: UP036
        print(f"govnlp needs Python 3.11 or newer, this is {sys.version.split()[0]}; run this script with a newer one")
        return 2
    task = sys.argv[1] if len(sys.argv) > 1 else ""
    if task not in EXTRAS:
        print(USAGE)
        return 2
    problem = set_up(EXTRAS[task])
    if problem:
        print(problem)
        return 1
    return {"demo": demo, "test": test, "check": check}[task](sys.argv[2:])


def set_up(extras: str) -> str | None:
    """Make .venv and install govnlp with the extras that a task needs; return what went wrong."""
    if not PYTHON.exists():
        print("making an environment in .venv …", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        try:
            venv.create(VENV, with_pip=True)
        except (subprocess.CalledProcessError, OSError, ImportError, SystemExit):
            shutil.rmtree(VENV, ignore_errors=True)
            name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            return (
                "Python's venv module is not complete here. On Debian and Ubuntu: "
                f"sudo apt install python3-venv (or {name}); then run this again"
            )
    wanted = hashlib.sha256((HERE / "pyproject.toml").read_bytes()).hexdigest()
    done = STAMP.read_text("utf-8").split() if STAMP.exists() else []
    if wanted not in done or any(extra not in done for extra in extras.strip("[]").split(",") if extra):
        print("installing govnlp and what it needs (once; some minutes) …", flush=True)
        call = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f".{extras}"]
        if subprocess.run(call, cwd=HERE).returncode:
            return "pip could not install what govnlp needs; its message stands above"
        kept = done if wanted in done else [wanted]
        STAMP.write_text("\n".join([*kept, *extras.strip("[]").split(",")]), "utf-8")
    return None


def demo(arguments: list[str]) -> int:
    """Run the main job on the sample pages, or on what the arguments name."""
    return call("-m", "govnlp", "run", *(arguments or ["examples/pages"]), "-o", "demo-output")


def test(arguments: list[str]) -> int:
    """Run the tests; arguments go to pytest."""
    return call("-m", "pytest", *arguments)


def check(arguments: list[str]) -> int:
    """Lint and type-check."""
    return call("-m", "ruff", "check", ".") or call("-m", "ruff", "format", "--check", ".") or call("-m", "mypy")


def call(*arguments: str) -> int:
    """Run Python of the environment in this folder."""
    return subprocess.run([PYTHON, *arguments], cwd=HERE, env={**os.environ, "PYTHONUTF8": "1"}).returncode


if __name__ == "__main__":
    sys.exit(main())
