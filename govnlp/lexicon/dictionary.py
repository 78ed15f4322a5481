"""Dictionaries in jieba's format, `word [frequency] [tag]` a line, and the governance terms with what each is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from govnlp.errors import DictionaryError
from govnlp.records import Term
from govnlp.resources import data_path, read_data

# A tag may have capitals only behind a frequency (jieba's Ng): without one, the AB of 书记 AB belongs to the word.
_ENTRY = re.compile(r"^(?P<word>.+?)(?:\s+(?P<freq>\d+)(?:\s+[A-Za-z]+)?|\s+[a-z]+)?$")
_STRAY_NUMBER = re.compile(r"\s[-+]?\d+(?:\.\d+)?(?:\s|$)")
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_words(path: str | Path) -> tuple[str, ...]:
    """Return the words of a dictionary file in its order, each once.

    Reads UTF-8 (with or without a byte-order mark) and GB18030, any line ends; frequency and tag may be
    missing. A word may hold quotes, dashes, dots, digits, Latin letters and single blanks.

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
    word = found["word"] if found else ""
    if len(word) < 2 or word.isdigit() or _STRAY_NUMBER.search(word):
        raise DictionaryError(
            f"{where}: {entry!r} is no word; expected `word [frequency] [tag]`, the word of two characters or more, "
            "the frequency a whole number"
        )
    return word


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


@cache
def governance_terms() -> tuple[Term, ...]:
    """Return the terms of the packaged governance dictionary with what each is, sorted by word.

    >>> {term.word: term.canonical for term in governance_terms()}["业委会"]
    '业主委员会'
    """
    header, *lines = read_data("lexicon", "data", "terms.tsv").splitlines()
    return tuple(_term(dict(zip(header.split("\t"), line.split("\t"), strict=True))) for line in lines)


def _term(row: dict[str, str]) -> Term:
    return Term(
        word=row["word"],
        kind=row["kind"],  # type: ignore[arg-type]  # the table's kinds are tested
        mechanisms=tuple(row["mechanisms"].split(";")) if row["mechanisms"] else (),
        canonical=row["canonical"] or None,
        count=int(row["count"]),
        source=row["source"],  # type: ignore[arg-type]
    )


@cache
def canonical_forms() -> Mapping[str, str]:
    """Return the canonical form of each term that is a variant of another.

    >>> canonical_forms()["“两新”组织"]
    '两新组织'
    """
    return MappingProxyType({term.word: term.canonical for term in governance_terms() if term.canonical})
