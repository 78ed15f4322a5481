"""govnlp: read, tag and summarize Chinese newspaper reports on grassroots governance.

Names are resolved when first used, so `import govnlp` does no work.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govnlp.batch.notebook import read, tag
    from govnlp.errors import GovnlpError
    from govnlp.extracting.figures import figures
    from govnlp.extracting.practices import practices
    from govnlp.labelled.paragraphs import read_labelled
    from govnlp.lexicon.dictionary import governance_terms
    from govnlp.lexicon.discovery import discover_terms
    from govnlp.lexicon.places import locate
    from govnlp.lexicon.tokenizer import Tokenizer
    from govnlp.reading import read_text
    from govnlp.summarizing.briefs import compose_brief
    from govnlp.summarizing.summarizer import summarize
    from govnlp.summarizing.verify import verify
    from govnlp.tagging.classifier import MechanismClassifier
    from govnlp.tagging.codebook import load_codebook
    from govnlp.tagging.training import evaluate

_HOMES = {
    "GovnlpError": "errors",
    "MechanismClassifier": "tagging.classifier",
    "Tokenizer": "lexicon.tokenizer",
    "compose_brief": "summarizing.briefs",
    "discover_terms": "lexicon.discovery",
    "evaluate": "tagging.training",
    "figures": "extracting.figures",
    "governance_terms": "lexicon.dictionary",
    "load_codebook": "tagging.codebook",
    "locate": "lexicon.places",
    "practices": "extracting.practices",
    "read": "batch.notebook",
    "read_labelled": "labelled.paragraphs",
    "read_text": "reading",
    "summarize": "summarizing.summarizer",
    "tag": "batch.notebook",
    "verify": "summarizing.verify",
}

__all__ = [
    "GovnlpError",
    "MechanismClassifier",
    "Tokenizer",
    "compose_brief",
    "discover_terms",
    "evaluate",
    "figures",
    "governance_terms",
    "load_codebook",
    "locate",
    "practices",
    "read",
    "read_labelled",
    "read_text",
    "summarize",
    "tag",
    "verify",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'govnlp' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(f"govnlp.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
