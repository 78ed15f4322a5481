"""A model on disk: arrays as safetensors, settings as JSON, a card to read. Nothing in it can run."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import ModelError, OutputError

FORMAT = "govnlp-mechanisms"
FORMAT_VERSION = 2
ARRAYS, SETTINGS, CARD = "model.safetensors", "model.json", "README.md"
_LIMIT = 500_000_000  # bytes of a model file

Arrays = dict[str, NDArray[Any]]


def fingerprint(settings: dict[str, Any], arrays: Arrays) -> str:
    """Return twelve hex digits that stand for a model's settings and arrays."""
    digest = blake2b(json.dumps(settings, ensure_ascii=False, sort_keys=True).encode(), digest_size=6)
    for name in sorted(arrays):
        digest.update(name.encode() + str((arrays[name].dtype.str, arrays[name].shape)).encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


def check_model_folder(folder: str | Path) -> None:
    """Raise OutputError where a model cannot be put into a folder: no parent, a file, or files that are no model."""
    target = Path(folder)
    if not target.parent.is_dir():
        raise OutputError(f"{target.parent}: there is no such folder; make it first")
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target}: is a file; name a folder for the model")
    if target.is_dir() and any(target.iterdir()) and not (target / SETTINGS).exists():
        raise OutputError(f"{target}: holds files that are no model; name an empty folder or a new one")


def save_model(folder: str | Path, settings: dict[str, Any], arrays: Arrays, card: str, kind: str = FORMAT) -> str:
    """Write a model into a folder (made if its parent exists) and return its fingerprint; `kind` says what it is."""
    from safetensors.numpy import save

    target = Path(folder)
    name = fingerprint(settings, arrays)
    document = {"format": kind, "version": FORMAT_VERSION, "fingerprint": name, **settings}
    check_model_folder(target)
    try:
        target.mkdir(exist_ok=True)
        _write(target / ARRAYS, save({key: np.ascontiguousarray(value) for key, value in arrays.items()}))
        _write(target / SETTINGS, (json.dumps(document, ensure_ascii=False, indent=0) + "\n").encode())
        _write(target / CARD, card.replace("FINGERPRINT", name).encode())
    except OSError as error:
        raise OutputError(
            f"cannot write the model to {target}: {error.strerror}; its parent folder must exist and be writable"
        ) from None
    return name


def load_model(folder: str | Path, kind: str = FORMAT) -> tuple[dict[str, Any], Arrays, str]:
    """Read settings, arrays and fingerprint of a saved model.

    Raises:
        ModelError: the folder holds no govnlp model of that kind, one of another format version, or files that are
            damaged or do not belong together.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load

    target = Path(folder)
    try:
        document = json.loads(_read(target / SETTINGS))
        arrays = load(_read(target / ARRAYS))
    except FileNotFoundError as error:
        raise ModelError(
            f"{target} holds no model: {Path(error.filename).name} is missing; `govnlp train` writes one"
        ) from None
    except (OSError, ValueError, SafetensorError) as error:
        raise ModelError(f"the model in {target} cannot be read: {error}") from None
    if not isinstance(document, dict) or document.pop("format", None) != kind:
        raise ModelError(f"{target / SETTINGS} is no model of govnlp")
    version = document.pop("version", None)
    if version != FORMAT_VERSION:
        raise ModelError(
            f"the model in {target} has format {version}, this govnlp reads {FORMAT_VERSION}; "
            "train it again with `govnlp train`"
        )
    name = document.pop("fingerprint", None)
    if name != fingerprint(document, arrays):
        raise ModelError(
            f"the model in {target} was changed after it was saved (its fingerprint does not fit); "
            "train it again or restore the files"
        )
    return document, arrays, str(name)


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(data)
    beside.replace(path)


def _read(path: Path) -> bytes:
    if path.stat().st_size > _LIMIT:
        raise ModelError(f"{path} is larger than {_LIMIT // 1_000_000} MB; that is no model of govnlp")
    return path.read_bytes()
