"""The codebook: which labels there are, how they are called and defined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from govnlp.errors import InputError, UsageError
from govnlp.resources import data_path


@dataclass(frozen=True)
class Mechanism:
    """One label: its id, names, definition and the cue words that a coder starts from."""

    id: str
    zh: str
    en: str = ""
    group: str = ""
    definition: str = ""
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """The labels in their fixed order."""

    version: str
    mechanisms: tuple[Mechanism, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The label ids in order."""
        return tuple(m.id for m in self.mechanisms)

    @cached_property
    def by_id(self) -> dict[str, Mechanism]:
        """The mechanisms by id."""
        return {m.id: m for m in self.mechanisms}

    def zh(self, labels: Iterable[str]) -> list[str]:
        """Return the Chinese names of labels: ["grid"] -> ["网格管理"]."""
        return [self.by_id[label].zh for label in labels]

    def sort(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return labels in the codebook's order, each once.

        Raises:
            UsageError: a label is not in the codebook; the message lists those that are.
        """
        given = set(labels)
        unknown = given - set(self.ids)
        if unknown:
            raise UsageError(
                f"unknown label {', '.join(sorted(map(repr, unknown)))}; the codebook has {', '.join(self.ids)}"
            )
        return tuple(label for label in self.ids if label in given)

    def find(self, name: str) -> str:
        """Return the id of the label that goes by an id or a Chinese name: 网格管理 is "grid".

        Raises:
            UsageError: no label does; the message lists ids and names.
        """
        for mechanism in self.mechanisms:
            if name in (mechanism.id, mechanism.zh):
                return mechanism.id
        known = ", ".join(f"{m.id} {m.zh}".rstrip() for m in self.mechanisms)
        raise UsageError(f"no mechanism is called {name!r}; the codebook has {known}")

    def to_dict(self) -> dict[str, Any]:
        """Return ids, names, groups and definitions: what a saved model keeps of its codebook."""
        return {
            "version": self.version,
            "mechanisms": [
                {"id": m.id, "zh": m.zh, "en": m.en, "group": m.group, "definition": m.definition}
                for m in self.mechanisms
            ],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any], where: str = "codebook") -> Codebook:
        """Build a codebook from its YAML or JSON shape.

        Raises:
            InputError: a mechanism lacks an id or Chinese name, or an id comes twice.
        """
        try:
            mechanisms = tuple(
                Mechanism(
                    id=str(m["id"]),
                    zh=str(m.get("zh") or m["id"]),
                    en=str(m.get("en") or m["id"]),
                    group=str(m.get("group") or ""),
                    definition=str(m.get("definition") or ""),
                    cues=tuple(map(str, m.get("cues") or ())),
                )
                for m in data["mechanisms"]
            )
        except (KeyError, TypeError, AttributeError) as wrong:
            raise InputError(
                f"{where}: not a codebook ({wrong}); expected `mechanisms:`, a list with `id` and `zh` each"
            ) from None
        ids = [m.id for m in mechanisms]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice or not ids:
            raise InputError(f"{where}: " + (f"the ids {', '.join(twice)} come twice" if twice else "no mechanisms"))
        return cls(version=str(data.get("version", "1")), mechanisms=mechanisms)


def load_codebook(path: str | Path | None = None) -> Codebook:
    """Read a codebook from YAML; without a path, the packaged one of 21 mechanisms.

    >>> load_codebook().by_id["grid"].zh
    '网格管理'
    """
    import yaml

    file = Path(path) if path is not None else data_path("tagging", "codebook.yaml")
    try:
        data = yaml.safe_load(file.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"codebook {file} cannot be read ({error.strerror})") from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"codebook {file} is no YAML text: {error}") from None
    if not isinstance(data, dict):
        raise InputError(f"codebook {file}: not a codebook; expected `mechanisms:`, a list with `id` and `zh` each")
    return Codebook.from_dict(data, str(file))
