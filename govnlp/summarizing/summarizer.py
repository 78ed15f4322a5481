"""An article to its bullets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from govnlp.errors import UsageError
from govnlp.extracting.figures import figures
from govnlp.extracting.practices import practices
from govnlp.records import Article, Bullet, Span, Summary
from govnlp.summarizing.candidates import Candidates, article_sentences
from govnlp.summarizing.features import are_practices, are_slogans
from govnlp.summarizing.rating import DEFAULT, METHODS, Ratings
from govnlp.summarizing.rating_model import shipped_rating
from govnlp.summarizing.selection import Balance, select
from govnlp.summarizing.statements import Parted
from govnlp.tagging.classifier import MechanismClassifier
from govnlp.tagging.codebook import Codebook


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
    mechanism: str | None = None,
) -> Summary:
    r"""Condense an article to bullets: verbatim, in order; a commentary gives none.

    A bullet is a whole sentence; of one that enumerates independent measures at ；, the statement that tells most. It
    is cut to a run of whole clauses only where `chars` leaves no room for more.

    Args:
        article: as `govnlp.read` gives it.
        bullets: at most so many; fewer where the article tells less.
        chars: at most so many characters together; no limit unless told.
        method: "learned" (what coders of the corpus chose), or for comparison "figures", "centroid", "lead" or
            "textrank" (snownlp's).
        classifier: names each bullet's mechanisms; the shipped model unless told otherwise.
        mechanism: take only sentences of this one, by id or Chinese name ("property": what is done about 物业).

    Raises:
        UsageError: a limit is below 1, there is no such method or mechanism, or `article` is no Article.

    >>> from govnlp.reading import read_text
    >>> article = read_text("青桐区：划好小网格\n\n全区划分网格482个，配备专职网格员668人。")[0]
    >>> [bullet.text for bullet in summarize(article).bullets]
    ['全区划分网格482个，配备专职网格员668人。']
    """
    check_limits(bullets, chars, method)
    if not isinstance(article, Article):
        raise UsageError(f"expected one Article, not {type(article).__name__}; call summarize for each article")
    sentences = [] if article.genre == "commentary" else article_sentences(article)
    chosen: tuple[Bullet, ...] = ()
    if sentences:
        model = classifier if classifier is not None else MechanismClassifier.load()
        candidates = Candidates(sentences, model.predict_proba([s.text for s in sentences]), model.limits_)
        allowed = _eligible(candidates) & _of_mechanism(candidates, model.codebook_, mechanism)
        # Who asks for one mechanism is shown also what no general brief would hold.
        ratings, balance = _rate(candidates, method, allowed, thresholded=mechanism is None)
        if method == DEFAULT:
            candidates = _stated(candidates, ratings > 0, model, mechanism)
        taken = select(candidates, ratings, bullets, chars, balance)
        chosen = tuple(_bullet(candidates, model.codebook_, number, run) for number, run in taken)
    return Summary(article.id, article.source, article.headline, article.locality, chosen, tuple(practices(article)))


def why_no_bullets(
    article: Article,
    chars: int | None = None,
    method: str = DEFAULT,
    classifier: MechanismClassifier | None = None,
    mechanism: str | None = None,
) -> str:
    """Say why `summarize` gave no bullets for an article, called with these arguments."""
    if not any(paragraph.text.strip() for paragraph in article.paragraphs):
        return "no text"
    if article.genre == "commentary":
        return "a commentary"
    if chars is not None and summarize(article, 1, None, method, classifier, mechanism).bullets:
        return f"no sentence fits in {chars} character{'s' * (chars != 1)}"
    return f"nothing in it is of {mechanism}" if mechanism else "nothing in it is a practice"


def _rate(
    candidates: Candidates, method: str, allowed: NDArray[np.bool_], thresholded: bool
) -> tuple[Ratings, Balance]:
    """Return ratings and how they are balanced; one not allowed, or to the learned method unlikely, is rated 0."""
    ratings = np.where(allowed, METHODS[method](candidates), 0.0)
    if method != DEFAULT:
        return ratings, Balance()
    learned = shipped_rating()
    return (_likely(candidates, ratings, learned.threshold) if thresholded else ratings), learned.balance


def _likely(candidates: Candidates, ratings: Ratings, threshold: float) -> Ratings:
    """Keep the ratings that reach the threshold; where none does, that of the best sentence that tells of a practice.

    One line without 。, or a sentence printed 20 times, is unlike what coders chose, yet all that its article tells.
    """
    wanted = ratings >= threshold
    if not wanted.any():
        practices = np.where(are_practices(candidates), ratings, 0.0)
        wanted = (practices > 0) & (np.arange(len(ratings)) == practices.argmax())
    return np.where(wanted, ratings, 0.0)


def _stated(
    candidates: Candidates, wanted: NDArray[np.bool_], model: MechanismClassifier, mechanism: str | None
) -> Candidates:
    """Return the candidates with the statement that tells most in the place of each wanted sentence that enumerates."""
    parted = Parted.of(candidates, wanted, model)
    if not len(parted.owner):
        return candidates
    asked = _of_mechanism(parted.candidates, model.codebook_, mechanism)
    return parted.best_in(candidates, asked + METHODS[DEFAULT](parted.candidates))


def _of_mechanism(candidates: Candidates, codebook: Codebook, mechanism: str | None) -> NDArray[np.bool_]:
    """Tell which sentences are of the mechanism asked for."""
    if mechanism is None:
        return np.ones(len(candidates.sentences), dtype=bool)
    column = codebook.ids.index(codebook.find(mechanism))
    return np.asarray(candidates.scores[:, column] >= candidates.limits[column])


def _eligible(candidates: Candidates) -> NDArray[np.bool_]:
    """Tell which sentences may be bullets: whole ones of whole paragraphs; if none, the others; a slogan never.

    A table pasted as text has no full stop: 网格数 | 482 | 网格员 | 668.
    """
    sentences = candidates.sentences
    undamaged = np.array(["incomplete" not in sentence.paragraph.repairs for sentence in sentences])
    whole = np.array([sentence.is_whole for sentence in sentences])
    told = ~np.array([sentence.is_head for sentence in sentences])
    telling = ~are_slogans(candidates)
    choices = (whole & undamaged & telling, whole & telling, told & telling)
    return next((choice for choice in choices if choice.any()), telling)


def _bullet(candidates: Candidates, codebook: Codebook, number: int, run: Span) -> Bullet:
    sentence, given = candidates.sentences[number], candidates.scores[number] >= candidates.limits
    text = sentence.text[run[0] : run[1]]
    return Bullet(
        text=text,
        id=sentence.paragraph.id,
        start=sentence.start + run[0],
        end=sentence.start + run[1],
        mechanisms=tuple(codebook.ids[i] for i in np.flatnonzero(given)),
        figures=tuple(figures(text, sentence.paragraph.id)),
    )
