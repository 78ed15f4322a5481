"""User dictionaries in jieba's format: `word [frequency] [tag]` a line, # for comments."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from govnlp.errors import DictionaryError
from govnlp.resources import data_path

_ENTRY = re.compile(r"^(?P<word>.+?)(?:\s+(?P<freq>\d+))?(?:\s+(?P<tag>[a-z]+))?$")
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_words(path: str | Path) -> tuple[str, ...]:
    """Return the words of a dictionary file in its order, each once.

    Reads UTF-8 (with or without a byte-order mark) and GB18030, any line ends; frequency and tag may be
    missing. A word may hold quotes, dashes, dots and single blanks.

    Raises:
        DictionaryError: the file is missing, is no text, or a line holds no word; names file and line.
    """
    file = Path(path)
    words: dict[str, None] = {}
    for number, line in enumerate(_text(file).splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        words[_word(entry, f"{file}, line {number}")] = None
    return tuple(words)


def _word(entry: str, where: str) -> str:
    found = _ENTRY.match(entry)
    if found is None or len(found["word"]) < 2 or found["word"].isdigit():
        raise DictionaryError(
            f"{where}: {entry!r} is no word; expected `word [frequency] [tag]`, the word of two characters or more"
        )
    return found["word"]


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise DictionaryError(f"{file}: cannot be read ({error.strerror})") from None
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DictionaryError(f"{file}: is neither UTF-8 nor GB18030 text; save it as UTF-8")


@cache
def governance_words() -> tuple[str, ...]:
    """Return the words of the packaged governance dictionary."""
    return read_words(data_path("lexicon", "data", "terms.txt"))
