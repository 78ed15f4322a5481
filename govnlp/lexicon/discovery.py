"""Candidate terms of a corpus for the user dictionary: standing phrases, ranked, with what speaks for them.

N-grams that hold together (pointwise mutual information), stand in varied company (entropy of the neighbouring
characters on both sides: Huang & Powers 2003, Jin & Tanaka-Ishii 2006) and begin and end where words do are
phrases. Phrases that begin and end with words of the right kinds are candidates; what the kinds are, the
terms of the dictionary teach: 建立 begins none of them, 在职 some, and 站 or 委员会 end many. Candidates are
ranked by C-value (Frantzi, Ananiadou & Mima 2000) counted in texts, so that a part of longer candidates weighs
only what it does outside them, times how often a text that has it repeats it (Church & Gale 1995), the entropy
of its company, and how much more its first and last words begin and end terms than they stand anywhere.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from govnlp.errors import UsageError
from govnlp.lexicon.engines import load_engine
from govnlp.lexicon.ngrams import Corpus, Ngrams
from govnlp.lexicon.tokenizer import Tokenizer
from govnlp.records import Record

_INSIDE = "“”·+"  # what may stand in a term beside letters and digits
_COHESION, _ENTROPY, _WHOLE = 3.0, 1.0, 0.5  # the least of each: bits, bits, share of occurrences
_CONTEXT = 15  # characters shown on either side of an example
# Kinds of words by their first letter. Pronouns, particles, prepositions, conjunctions, adverbs, interjections and
# suffixes make a phrase no term (社区和家庭, 党员们); the others may stand at its end where the dictionary has it so.
_NEVER = frozenset("rupcdeyok")
_BY_HABIT = frozenset("vabzmqftg")
_NAMES = frozenset({"nr", "ns", "nrt"})
_HABIT = 2  # once is no habit
_PRIOR = 50  # so many terms made of any words are thought to stand beside those of the dictionary


@dataclass(frozen=True)
class Candidate(Record):
    """A phrase that may be a term, with what speaks for it.

    `count` is how often it occurs, `texts` in how many texts. `cohesion` (the least pointwise mutual information
    of two parts), `left_entropy` and `right_entropy` (of the neighbouring characters) are in bits. `quoted` is
    the share of occurrences in quotation marks; `known` tells whether the dictionary has it. The first
    occurrence stands at `start` to `end` of the text with the index `text`; `example` shows it in its company.
    """

    term: str
    score: float
    count: int
    texts: int
    cohesion: float
    left_entropy: float
    right_entropy: float
    quoted: float
    known: bool
    text: int
    start: int
    end: int
    example: str


@dataclass(frozen=True)
class _Phrase:
    """A row of the n-grams that is a phrase."""

    term: str
    grams: Ngrams
    row: int

    @property
    def texts(self) -> int:
        return int(self.grams.texts[self.row])

    @property
    def repetition(self) -> float:
        return float(self.grams.count[self.row]) / self.texts

    @property
    def variety(self) -> float:
        return min(float(self.grams.left[self.row]), float(self.grams.right[self.row]))


def discover_terms(
    texts: Iterable[str],
    *,
    min_count: int = 3,
    max_length: int = 12,
    limit: int | None = None,
    include_known: bool = False,
    tokenizer: Tokenizer | None = None,
) -> list[Candidate]:
    """Find phrases of a corpus that may be terms, the likeliest first.

    Args:
        texts: the corpus; a text that comes twice counts once.
        min_count: how often a phrase must occur, twice or more.
        max_length: how many characters it may have, two or more.
        limit: how many candidates are wanted; all unless told otherwise.
        include_known: list terms that the dictionary has, too.
        tokenizer: whose terms are known; one with the governance dictionary unless told otherwise.

    Returns:
        The candidates; none where nothing is frequent enough.

    Raises:
        UsageError: a number is out of range, or `texts` is one text.

    >>> texts = [f"{street}街设立邻里法庭{n}个，邻里法庭联系群众。" for n, street in enumerate("东西南北中上下")]
    >>> [candidate.term for candidate in discover_terms(texts)]
    ['邻里法庭']
    """
    check_limits(min_count, max_length, limit)
    if isinstance(texts, str):
        raise UsageError("discover_terms takes several texts, as a list; this is one")
    places: dict[str, int] = {}
    for place, text in enumerate(texts):
        places.setdefault(text, place)
    tokenizer = tokenizer or Tokenizer()
    known = frozenset(tokenizer.words)
    words = Tokenizer(dictionary="none", engine=tokenizer.engine).cut_many(places)
    corpus = Corpus.of(list(places), words, _INSIDE)
    habits = _Habits.of(tokenizer, Counter(chain.from_iterable(words)))
    ranked = _rank(list(_phrases(corpus, max_length, min_count)), habits, known)
    wanted = ((score, phrase) for score, phrase in ranked if include_known or phrase.term not in known)
    indexes = list(places.values())
    return [_candidate(score, phrase, corpus, indexes, known) for score, phrase in islice(wanted, limit)]


def check_limits(min_count: int, max_length: int, limit: int | None) -> None:
    """Raise UsageError where a number is out of range."""
    for name, value, least in (("min_count", min_count, 2), ("max_length", max_length, 2), ("limit", limit, 0)):
        if value is not None and value < least:
            raise UsageError(f"{name} is {value}; it must be {least} or more")


def _phrases(corpus: Corpus, max_length: int, min_count: int) -> Iterator[_Phrase]:
    """Yield the n-grams that hold together, stand in varied company and are made of whole words."""
    for grams in corpus.ngrams(max_length, min_count, _COHESION, _WHOLE):
        for row in ((grams.left >= _ENTROPY) & (grams.right >= _ENTROPY)).nonzero()[0]:
            start = int(grams.first[row])
            term = corpus.text[start : start + grams.length]
            if _is_well_formed(term):
                yield _Phrase(term, grams, int(row))


def _is_well_formed(term: str) -> bool:
    """Tell whether quotation marks come in pairs, inside the term only, and the ends are letters.

    “两新”组织 is well formed. “接诉即办” is not: it counts as 接诉即办, quoted.
    """
    enclosed = term[0] == "“" and term.find("”") == len(term) - 1
    paired = term.count("“") == term.count("”") and term.find("“") <= term.find("”")
    return paired and not enclosed and term[0] not in "·+”" and term[-1] not in "·+“"


@dataclass(frozen=True)
class _Habits:
    """How terms begin and end: the first and last words of a dictionary's terms, and all words of a corpus, counted."""

    engine: str
    terms: int
    first: Counter[str]
    last: Counter[str]
    corpus: Counter[str]
    size: int

    @classmethod
    def of(cls, tokenizer: Tokenizer, corpus: Counter[str]) -> _Habits:
        ends = [
            (words[0][0], words[-1][0]) for words in (_words(t, tokenizer.engine) for t in tokenizer.words) if words
        ]
        first, last = Counter(first for first, _ in ends), Counter(last for _, last in ends)
        return cls(tokenizer.engine, len(ends), first, last, corpus, corpus.total())

    def allow(self, term: str) -> bool:
        """Tell whether a term may be made of such words, and is no ordinary word."""
        if load_engine(self.engine).has_word(term) or any(c.isdigit() for c in term):
            return False
        words = _words(term, self.engine)
        if not words or any(kind[0] in _NEVER for _, kind in words):
            return False
        opens = term[0] == "“" or _fits(words[0], self.first)
        return opens and (term[-1] == "”" or _fits(words[-1], self.last))

    def weight(self, term: str) -> float:
        """Return how much the first and last words of a term speak for it."""
        words = _words(term, self.engine)
        return self._weight(words[0][0], self.first) * self._weight(words[-1][0], self.last)

    def _weight(self, word: str, habit: Counter[str]) -> float:
        """Return the weight of a word by how many terms have it there, and by how much more than chance that is."""
        share = (self.corpus[word] + 1) / (self.size + 1)
        lift = (habit[word] + _PRIOR * share) / (self.terms + _PRIOR) / share
        return (1 + math.log2(1 + habit[word])) * math.sqrt(math.sqrt(lift))


@cache
def _words(term: str, engine: str) -> list[tuple[str, str]]:
    """Return the words of a term and their kinds, quotation marks left out."""
    return [(word, kind) for word, kind in load_engine(engine).tag(term) if word not in _INSIDE]


def _fits(word: tuple[str, str], habit: Counter[str]) -> bool:
    """Tell whether a word may stand at an end of a term: any noun, others where terms have them so."""
    by_habit = word[1][0] in _BY_HABIT or word[1] in _NAMES
    return not by_habit or (len(word[0]) > 1 and habit[word[0]] >= _HABIT)


def _rank(phrases: Sequence[_Phrase], habits: _Habits, known: frozenset[str]) -> list[tuple[float, _Phrase]]:
    """Return the phrases that may be terms with their scores, the highest first."""
    allowed = {phrase.term: phrase for phrase in phrases if phrase.term in known or habits.allow(phrase.term)}
    outside = _counts_outside(allowed)
    scored = [
        (math.log2(len(term)) * outside[term] * phrase.repetition * phrase.variety * habits.weight(term), phrase)
        for term, phrase in allowed.items()
    ]
    return sorted(((score, p) for score, p in scored if score > 0), key=lambda pair: (-pair[0], pair[1].term))


def _counts_outside(phrases: Mapping[str, _Phrase]) -> dict[str, float]:
    """Return in how many texts each phrase stands, less the mean of the longer phrases that it is part of."""
    longer: dict[str, list[int]] = defaultdict(list)
    for term, phrase in phrases.items():
        parts = {term[i:j] for i in range(len(term)) for j in range(i + 2, len(term) + 1)}
        for part in parts & phrases.keys() - {term}:
            longer[part].append(phrase.texts)
    return {t: p.texts - (sum(longer[t]) / len(longer[t]) if t in longer else 0) for t, p in phrases.items()}


def _candidate(
    score: float, phrase: _Phrase, corpus: Corpus, indexes: Sequence[int], known: frozenset[str]
) -> Candidate:
    grams, row = phrase.grams, phrase.row
    place = int(grams.first[row])
    number = int(corpus.owner[place])
    begin = int(corpus.owner.searchsorted(number))
    finish = int(corpus.owner.searchsorted(number, "right")) - 1
    return Candidate(
        term=phrase.term,
        score=round(score, 4),
        count=int(grams.count[row]),
        texts=phrase.texts,
        cohesion=round(float(grams.cohesion[row]), 4),
        left_entropy=round(float(grams.left[row]), 4),
        right_entropy=round(float(grams.right[row]), 4),
        quoted=round(float(grams.quoted[row]), 4),
        known=phrase.term in known,
        text=indexes[number],
        start=place - begin,
        end=place - begin + grams.length,
        example=corpus.text[max(begin, place - _CONTEXT) : min(finish, place + grams.length + _CONTEXT)],
    )
