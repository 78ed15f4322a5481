"""The house keeps its order: who may import whom, who may print, what an import may do."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import govnlp

PACKAGE = Path(govnlp.__file__).parent
# From the ground up: a room may import only from rooms above it in this list, and from itself.
ROOMS = (
    "errors", "records", "resources", "spreadsheets", "lexicon", "reading", "extracting", "evaluation", "labelled",
    "tagging", "summarizing", "batch", "cli", "__main__",
)  # fmt: skip
HEAVY = {
    "sklearn",
    "scipy",
    "pandas",
    "pyarrow",
    "openpyxl",
    "snownlp",
    "joblib",
    "duckdb",
    "rich",
    "yaml",
    "safetensors",
    "jieba",
    "lxml",
    "docx",
    "pypdfium2",
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, top_level_only: bool = False) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return names + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_rooms_above_it(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    used = {name.split(".")[1] for name in imports(path) if name.startswith("govnlp.")}
    below = {name for name in used if ROOMS.index(name) > ROOMS.index(room)}
    assert not below


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path, top_level_only=True)} & HEAVY


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) not in ("cli", "__main__")], ids=lambda p: p.stem)
def test_only_the_command_line_prints(path: Path) -> None:
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    assert "print" not in {call.func.id for call in calls if isinstance(call.func, ast.Name)}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_pickle_no_network_no_bare_except(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & {
        "pickle",
        "dill",
        "requests",
        "urllib",
        "socket",
        "http",
    }
    handlers = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ExceptHandler)]
    assert all(handler.type is not None for handler in handlers)


def test_import_does_no_work() -> None:
    code = (
        "import sys; opened=[]; sys.addaudithook(lambda e, a: opened.append(str(a[0])) if e == 'open' else None); "
        "import govnlp; data=[o for o in opened if 'govnlp' in o and not o.endswith(('.py', '.pyc'))]; "
        f"print(data, [m for m in {sorted(HEAVY | {'numpy', 'rjieba'})!r} if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[] []"


def test_front_door_is_sorted_and_opens() -> None:
    assert list(govnlp.__all__) == sorted(govnlp.__all__)
    assert all(getattr(govnlp, name) is not None for name in govnlp.__all__)


def test_front_door_names_what_there_is() -> None:
    with pytest.raises(AttributeError, match="MechanismClassifier"):
        govnlp.classify  # noqa: B018
