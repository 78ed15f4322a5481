"""An article to its bullets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import UsageError
from govnlp.extracting.figures import figures
from govnlp.extracting.practices import practices
from govnlp.records import Article, Bullet, Summary
from govnlp.summarizing.candidates import Candidates, Sentence, article_sentences
from govnlp.summarizing.rating import DEFAULT, METHODS
from govnlp.summarizing.rating_model import shipped_rating
from govnlp.summarizing.selection import Balance, select
from govnlp.tagging.classifier import MechanismClassifier

_DAMAGED = frozenset(("incomplete", "garbled"))


def check_limits(bullets: int, chars: int | None, method: str = DEFAULT) -> None:
    """Raise UsageError where a limit or method makes no sense."""
    if bullets < 1:
        raise UsageError(f"bullets is {bullets}; expected 1 or more")
    if chars is not None and chars < 1:
        raise UsageError(f"chars is {chars}; expected 1 or more")
    if method not in METHODS:
        raise UsageError(f"no method is called {method!r}; there are {', '.join(METHODS)}")


def summarize(
    article: Article,
    bullets: int = 6,
    chars: int | None = None,
    method: str = DEFAULT,
    classifier: MechanismClassifier | None = None,
) -> Summary:
    r"""Condense an article to bullets: whole sentences, verbatim, in order; a commentary gives none.

    A sentence is cut to a run of whole clauses only where `chars` leaves no room for more.

    Args:
        article: as `govnlp.read` gives it.
        bullets: at most so many; fewer where the article tells less.
        chars: at most so many characters together; no limit unless told.
        method: "learned" (what coders of the corpus chose), or for comparison "figures", "centroid", "lead" or
            "textrank" (snownlp's).
        classifier: names each bullet's mechanisms; the shipped model unless told otherwise.

    Raises:
        UsageError: a limit is below 1, there is no such method, or `article` is no Article.

    >>> from govnlp.reading import read_text
    >>> article = read_text("青桐区：划好小网格\n\n全区划分网格482个，配备专职网格员665人。")[0]
    >>> [bullet.text for bullet in summarize(article).bullets]
    ['全区划分网格482个，配备专职网格员665人。']
    """
    check_limits(bullets, chars, method)
    if not isinstance(article, Article):
        raise UsageError(f"expected one Article, not {type(article).__name__}; call summarize for each article")
    sentences = [] if article.genre == "commentary" else article_sentences(article)
    chosen: tuple[Bullet, ...] = ()
    if sentences:
        model = classifier if classifier is not None else MechanismClassifier.load()
        chosen = _bullets(sentences, bullets, chars, method, model)
    return Summary(
        article.id, article.source, article.headline, article.locality, chosen, tuple(practices(article))
    )


def _bullets(
    sentences: list[Sentence], bullets: int, chars: int | None, method: str, model: MechanismClassifier
) -> tuple[Bullet, ...]:
    scores = model.predict_proba([sentence.text for sentence in sentences])
    candidates = Candidates(sentences, scores, model.limits_)
    ratings = np.where(_eligible(sentences), METHODS[method](candidates), 0.0)
    balance = shipped_rating().balance if method == DEFAULT else Balance()
    taken = select(candidates, ratings, bullets, chars, balance)
    ids = model.codebook_.ids
    given = scores >= model.limits_
    return tuple(
        _bullet(sentences[number], start, end, tuple(ids[i] for i in np.flatnonzero(given[number])))
        for number, (start, end) in taken
    )


def _eligible(sentences: list[Sentence]) -> NDArray[np.bool_]:
    """Tell which sentences may be bullets: the whole ones, of paragraphs that are whole; if there is none, the others.

    A table pasted as text has no full stop: 网格数 | 482 | 网格员 | 665.
    """
    undamaged = np.array([not _DAMAGED & set(sentence.paragraph.repairs) for sentence in sentences])
    whole = np.array([sentence.is_whole for sentence in sentences])
    told = ~np.array([sentence.is_head for sentence in sentences])
    choices = (whole & undamaged, whole, told)
    return next((choice for choice in choices if choice.any()), np.ones(len(sentences), dtype=bool))


def _bullet(sentence: Sentence, start: int, end: int, mechanisms: tuple[str, ...]) -> Bullet:
    text = sentence.text[start:end]
    return Bullet(
        text=text,
        id=sentence.paragraph.id,
        start=sentence.start + start,
        end=sentence.start + end,
        mechanisms=mechanisms,
        figures=tuple(figures(text, sentence.paragraph.id)),
    )
