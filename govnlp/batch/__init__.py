"""Many inputs to one output: sources, record batches, sinks, archives, and the runs over them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govnlp.batch.arrow import tag_record_batches, tagged_schema

__all__ = ["tag_record_batches", "tagged_schema"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'govnlp.batch' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module("govnlp.batch.arrow"), name)
