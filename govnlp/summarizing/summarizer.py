"""An article to its bullets."""

from __future__ import annotations

import numpy as np

from govnlp.errors import UsageError
from govnlp.extracting.figures import figures
from govnlp.extracting.practices import practices
from govnlp.records import Article, Bullet, Practice, Summary
from govnlp.summarizing.candidates import Sentence, split_sentences
from govnlp.summarizing.rating import METHODS
from govnlp.summarizing.selection import select
from govnlp.tagging.classifier import MechanismClassifier


def check_limits(bullets: int, chars: int | None, method: str) -> None:
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
    method: str = "concrete",
    classifier: MechanismClassifier | None = None,
) -> Summary:
    r"""Condense an article to bullets: whole sentences, verbatim, in order; a commentary gives none.

    Args:
        article: as `govnlp.read` gives it.
        bullets: at most so many.
        chars: at most so many characters together; no limit unless told.
        method: "concrete" (figures, named practices, mechanisms), "lead" or "textrank".
        classifier: names each bullet's mechanisms; the shipped model unless told otherwise.

    >>> from govnlp.reading import read_text
    >>> article = read_text("青桐区：划好小网格\n\n全区划分网格482个，配备专职网格员665人。")[0]
    >>> [bullet.text for bullet in summarize(article).bullets]
    ['全区划分网格482个，配备专职网格员665人。']
    """
    check_limits(bullets, chars, method)
    if not isinstance(article, Article):
        raise UsageError(f"expected one Article, not {type(article).__name__}; call summarize for each article")
    sentences = [s for p in article.paragraphs if "incomplete" not in p.repairs for s in split_sentences(p)]
    named = _named_practices(article)
    if not sentences or article.genre == "commentary":
        return _summary(article, (), named)
    model = classifier if classifier is not None else MechanismClassifier.load()
    texts = [s.text for s in sentences]
    scores = model.predict_proba(texts)
    labels = model.predict(texts)
    ratings = METHODS[method](sentences, scores)
    main = [
        model.codebook_.ids[int(np.argmax(row))] if given else None for row, given in zip(scores, labels, strict=True)
    ]
    taken = select(sentences, ratings, main, bullets, chars)
    return _summary(article, tuple(_bullet(sentences[i], labels[i]) for i in taken), named)


def _bullet(sentence: Sentence, labels: tuple[str, ...]) -> Bullet:
    return Bullet(
        text=sentence.text,
        id=sentence.paragraph.id,
        start=sentence.start,
        end=sentence.end,
        mechanisms=labels,
        figures=tuple(figures(sentence.text, sentence.paragraph.id)),
    )


def _named_practices(article: Article) -> tuple[Practice, ...]:
    found: dict[str, Practice] = {}
    for paragraph in article.paragraphs:
        for practice in practices(paragraph.text, paragraph.id):
            found.setdefault(practice.name, practice)
    return tuple(found.values())


def _summary(article: Article, bullets: tuple[Bullet, ...], named: tuple[Practice, ...]) -> Summary:
    return Summary(article.id, article.source, article.headline, article.locality, bullets, named)
