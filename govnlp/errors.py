"""One exception tree: a message says what is wrong, where, and what would work."""

from __future__ import annotations


class GovnlpError(Exception):
    """Any error that govnlp raises on purpose; its text is meant for the user."""


class InputError(GovnlpError):
    """An input cannot be used: missing, not text, empty, or not of the expected shape."""


class OutputError(GovnlpError):
    """An output cannot be written."""


class UsageError(GovnlpError, ValueError):
    """A call is wrong before any work starts: an argument out of range, an unknown name."""


class DictionaryError(InputError):
    """A user dictionary has a line that cannot be read; the message names file and line."""


class LabelledDataError(InputError):
    """Labelled paragraphs cannot be read; the message names file and row."""


class ModelError(GovnlpError):
    """A saved model is missing, foreign, tampered with, or made by another format version."""


class NotFittedError(GovnlpError):
    """A classifier is asked to predict before `fit` or `load`."""
