"""What each piece of evidence is worth: it is switched off, and the same broken pages are restored again."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType

from govnlp.reading import layout, read_file, stitch
from govnlp.reading.blocks import squash
from tests.reading.kinds import KINDS
from tests.reading.restoration import paragraph_f1

# The kinds of damage on which the evidence is meant to decide; on the others nothing is cut or mixed.
COLUMNS = (
    "columns", "displaced", "interleaved", "right_to_left", "headline_late", "continued", "repeated", "missing",
    "noisy", "one_unit",
)  # fmt: skip
# Two weights are thresholds of a cost: without them every block could be anybody's.
SWITCHES: dict[str, tuple[ModuleType, dict[str, float]]] = {
    **{f"stitch.{f.name}": (stitch, {f.name: 0.0}) for f in fields(stitch.Weights) if f.name != "least"},
    **{f"layout.{f.name}": (layout, {f.name: 0.0}) for f in fields(layout.Weights) if not f.name.startswith("step")},
    "layout.step_mixed": (layout, {"step_mixed": layout.WEIGHTS.step}),
}


def ablate(count: Callable[[str], Counter[str]]) -> None:
    """Print a Markdown table of paragraph F1 times 1000: all evidence, then what is lost without each piece.

    Args:
        count: gives the counts of one kind of damage.
    """
    kinds = [kind for kind in COLUMNS if kind in KINDS]
    whole = _measure(count, kinds)
    print("| evidence | " + " | ".join((*kinds, "all", "real pages")) + " |\n" + "| --- " * (len(kinds) + 3) + "|")
    print(_row("everything", whole, dict.fromkeys(whole, 0.0)), flush=True)
    for name, (module, values) in SWITCHES.items():
        with _weights(module, values):
            print(_row(f"without {name}", _measure(count, kinds), whole), flush=True)


@contextmanager
def _weights(module: ModuleType, values: dict[str, float]) -> Iterator[None]:
    kept = module.WEIGHTS
    module.WEIGHTS = replace(kept, **values)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        module.WEIGHTS = kept  # type: ignore[attr-defined]


def _measure(count: Callable[[str], Counter[str]], kinds: list[str]) -> dict[str, float]:
    counts = {kind: count(kind) for kind in kinds}
    total = sum(counts.values(), Counter[str]())
    return {**{k: paragraph_f1(c) for k, c in counts.items()}, "all": paragraph_f1(total), "real pages": _real_pages()}


def _real_pages() -> float:
    """Return paragraph F1 on the real pages of GOVNLP_DEVSET, 0 without them."""
    folder = os.environ.get("GOVNLP_DEVSET")
    if not folder:
        return 0.0
    gold = json.loads(Path(folder, "gold", "articles.json").read_text("utf-8"))
    want = Counter(squash(p["text"]) for a in gold for s in a["sections"] for p in s["paragraphs"])
    pages = {a["seed"] for a in gold}
    got = Counter(
        squash(p.text) for name in pages for a in read_file(Path(folder, "pages", name)) for p in a.paragraphs
    )
    return 2 * (want & got).total() / (want.total() + got.total())


def _row(name: str, values: dict[str, float], beside: dict[str, float]) -> str:
    whole = not any(beside.values())
    cells = [f"{1000 * (values[k] - beside[k]):{'' if whole else '+'}.0f}" for k in values]
    return f"| {name} | " + " | ".join(cells) + " |"
