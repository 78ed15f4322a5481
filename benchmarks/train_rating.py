"""Make the shipped rating of sentences from corpus/ alone, or check what it reaches.

    python benchmarks/train_rating.py             writes models/rating
    python benchmarks/train_rating.py --check     fails if the shipped rating scores below its floors
    python benchmarks/train_rating.py --ablate    leaves out each group of features in turn (into summaries.md)

It learns from the key sentences of the corpus's training and validation part. A sentence's mechanism scores come from
classifiers that have not seen its article; balance and threshold are chosen on articles of writers that the rating has
not seen, the threshold as the highest whose loss against the best lies within one standard error. Scores are F1 of
chosen against key sentences, mean over articles.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from govnlp import MechanismClassifier
from govnlp.labelled.paragraphs import corpus_articles, read_corpus
from govnlp.records import Article
from govnlp.summarizing.candidates import Candidates, article_sentences
from govnlp.summarizing.features import as_matrix, describe
from govnlp.summarizing.rating_model import RatingModel
from govnlp.summarizing.selection import Balance, select
from govnlp.tagging.training import SHIPPED, train

MODEL = Path(__file__).resolve().parent.parent / "models" / "rating"
SUMMARIES = Path(__file__).with_name("summaries.md")
ABLATION = (
    "## Ablation of the rating",
    "",
    "`python benchmarks/train_rating.py --ablate`: F1 of at most six bullets on articles of writers that the rating",
    "has not seen, when it is fitted anew without a group of features, and the standard error of the difference.",
    "",
)
FOLDS, BULLETS = 3, 6
WORDING = 3.0  # how much the wording may say, against the features (each of variance 1)
STRENGTH = 0.3  # C of the regression
MIN_COUNT = 5  # articles' sentences that a pair must stand in
THRESHOLDS = (0.0, 0.05, 0.1, 0.12, 0.15, 0.18, 0.2, 0.22, 0.24, 0.26, 0.28, 0.3)
SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
START = Balance(0.9, 0.9, 0.9, 1.0)
GROUPS = {
    "figures": ("has_number", "numbers", "number_rank", "percent", "numeral"),
    "named practices": ("practices", "quoted"),
    "mechanisms": ("best_score", "sum_score", "labels", "score_rank", "best_in_paragraph"),
    "actions and results": ("action", "result"),
    "slogans": ("slogan",),
    "speech": ("speech", "speaker", "asks"),
    "length": ("length", "length_squared", "length_rank", "short", "long"),
    "clauses and lists": ("clauses", "listed", "enumerated"),
    "place in paragraph": ("alone", "first", "second", "last", "place", "after_head", "is_head"),
    "place in article": ("lead", "closing", "section_first", "place_in_article", "sentences"),
    "centrality": ("central",),
    "novelty": ("novel",),
    "standing out": tuple(
        f"{name}_in_{whole}"
        for name in ("numbers", "length", "best_score", "sum_score")
        for whole in ("paragraph", "section", "article")
    ),
}


@dataclass(frozen=True)
class Example:
    """An article of the corpus with the sentences that its coder chose."""

    id: str
    part: str
    genre: str
    candidates: Candidates
    key: np.ndarray

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """The features of its sentences."""
        return describe(self.candidates)

    @property
    def writer(self) -> str:
        """Who wrote it."""
        return self.id.rpartition("-")[0]


def main() -> int:
    """Train, check or ablate."""
    if "--check" in sys.argv:
        return check()
    known = examples(("train", "validation"), cross_fitted())
    if "--ablate" in sys.argv:
        return ablate(known)
    model = tuned(known)
    name = model.save(MODEL, card(model))
    print(f"wrote rating {name} from {len(known)} articles to {MODEL}")
    return check()


def cross_fitted() -> Callable[[str], MechanismClassifier]:
    """Return for each article a classifier that has not seen it."""
    rows = read_corpus(("train", "validation"))
    models = []
    for fold in range(FOLDS):
        print(f"classifier {fold + 1} of {FOLDS}", file=sys.stderr)
        kept = [row for row in rows if fold_of(row.group) != fold]
        models.append(train(kept, settings=SHIPPED))
    return lambda article: models[fold_of(article)]


def fold_of(article: str) -> int:
    """Return the part that an article belongs to, whatever else the corpus holds."""
    return int.from_bytes(blake2b(article.encode(), digest_size=4).digest()) % FOLDS


def examples(parts: Iterable[str], classifier_for: Callable[[str], MechanismClassifier]) -> list[Example]:
    """Return the articles of some parts of the corpus."""
    wanted = frozenset(parts)
    return [example(row, classifier_for(row["id"])) for row in corpus_articles() if row["part"] in wanted]


def example(row: dict[str, Any], classifier: MechanismClassifier) -> Example:
    """Return one article of the corpus."""
    sentences = article_sentences(Article.from_dict(row))
    chosen = {tuple(place) for place in row["key_sentences"]}
    key = np.array([(s.paragraph.id, s.start, s.end) in chosen for s in sentences])
    scores = classifier.predict_proba([s.text for s in sentences])
    return Example(row["id"], row["part"], row["genre"], Candidates(sentences, scores, classifier.limits_), key)


def fit(known: Sequence[Example], without: Sequence[str] = (), wording: float = WORDING) -> RatingModel:
    """Fit the regression to reports and news; commentaries have no key sentences."""
    known = [one for one in known if one.genre != "commentary"]
    names = [name for name in known[0].columns if name not in without]
    dense = np.vstack([as_matrix(one.columns, names) for one in known])
    mean, deviation = dense.mean(axis=0), dense.std(axis=0) + 1e-9
    pairs = frequent_pairs(known)
    both = hstack([csr_matrix((dense - mean) / deviation), wording * pair_matrix(known, pairs)]).tocsr()
    found = LogisticRegression(C=STRENGTH, tol=1e-3, max_iter=500).fit(both, np.concatenate([one.key for one in known]))
    weights = found.coef_[0][: len(names)] / deviation
    return RatingModel(
        weights={name: round(float(weight), 6) for name, weight in zip(names, weights, strict=True)},
        intercept=round(float(found.intercept_[0] - mean @ weights), 6),
        pair_names=pairs,
        pair_weights=(wording * found.coef_[0][len(names) :]).astype(np.float32),
        threshold=0.0,
        balance=START,
        data={},
    )


def frequent_pairs(known: Sequence[Example]) -> np.ndarray:
    """Return the pairs of characters that enough sentences have, ascending."""
    names = np.concatenate([one.candidates.pairs.names[one.candidates.pairs.columns] for one in known])
    distinct, counts = np.unique(names, return_counts=True)
    return distinct[counts >= MIN_COUNT]


def pair_matrix(known: Sequence[Example], pairs: np.ndarray) -> csr_matrix:
    """Return which pairs each sentence has, divided by the root of their number."""
    names = np.concatenate([one.candidates.pairs.names[one.candidates.pairs.columns] for one in known])
    sizes = [len(one.key) for one in known]
    first = np.repeat(np.cumsum([0, *sizes[:-1]]), [len(one.candidates.pairs.columns) for one in known])
    rows = first + np.concatenate([one.candidates.pairs.owner for one in known])
    place = np.minimum(np.searchsorted(pairs, names), len(pairs) - 1)
    is_known = pairs[place] == names
    rows, place = rows[is_known], place[is_known]
    own = np.bincount(rows, minlength=sum(sizes))
    return csr_matrix((1 / np.sqrt(own[rows]), (rows, place)), (sum(sizes), len(pairs)))


def held_out(known: Sequence[Example], **options: Any) -> list[tuple[Example, np.ndarray]]:
    """Return each article with its sentences' probabilities, by ratings that have not seen its writer."""
    writers = sorted({one.writer for one in known})
    rated = []
    for start in range(6):
        left_out = set(writers[start::6])
        model = fit([one for one in known if one.writer not in left_out], **options)
        rated += [(one, model.probabilities(one.candidates)) for one in known if one.writer in left_out]
    return rated


def tuned(known: Sequence[Example]) -> RatingModel:
    """Fit, and choose balance and threshold, one after the other, on articles of writers held out."""
    rated = held_out(known)
    balance, threshold = START, 0.05
    for name in ("paragraph", "mechanism", "section"):
        balance = max(
            (replace(balance, **{name: share}) for share in SHARES), key=lambda b: mean_f1(rated, b, threshold)
        )
    threshold = shortest(rated, balance)
    reached = mean_f1(rated, balance, threshold)
    data = {"articles": len(known), "sentences": sum(len(one.key) for one in known), "held_out_f1": round(reached, 4)}
    data["key_sentences"] = int(sum(one.key.sum() for one in known))
    return replace(fit(known), balance=balance, threshold=threshold, data=data)


def shortest(rated: Sequence[tuple[Example, np.ndarray]], balance: Balance) -> float:
    """Return the highest threshold whose loss against the best one lies within that loss's standard error.

    A longer summary has to earn its length (the rule of one standard error, Breiman et al. 1984).
    """
    scores = {value: each_f1(rated, balance, value) for value in THRESHOLDS}
    best = max(scores.values(), key=np.mean)
    losses = {value: best - own for value, own in scores.items()}
    return max(value for value, loss in losses.items() if loss.mean() <= loss.std() / np.sqrt(len(loss)))


def mean_f1(rated: Sequence[tuple[Example, np.ndarray]], balance: Balance, threshold: float) -> float:
    """Return the mean F1 of at most six bullets an article."""
    return float(each_f1(rated, balance, threshold).mean())


def each_f1(rated: Sequence[tuple[Example, np.ndarray]], balance: Balance, threshold: float) -> np.ndarray:
    """Return the F1 of each article that gives bullets at all."""
    return np.array([f1(chosen(one, own, balance, threshold), one.key) for one, own in rated if is_report(one)])


def is_report(one: Example) -> bool:
    """Tell whether an article gives bullets at all."""
    return one.genre != "commentary"


def chosen(one: Example, ratings: np.ndarray, balance: Balance, threshold: float) -> list[int]:
    """Return the numbers of the sentences taken."""
    allowed = np.array([s.is_whole for s in one.candidates.sentences])
    return [n for n, _ in select(one.candidates, ratings * allowed * (ratings >= threshold), BULLETS, None, balance)]


def f1(found: Sequence[int], key: np.ndarray) -> float:
    """Return the F1 of sentences found against the key sentences; 1 where there is neither."""
    total = len(found) + int(key.sum())
    return 2 * int(key[list(found)].sum()) / total if total else 1.0


def test_score(model: RatingModel) -> float:
    """Return the F1 on the corpus's test part."""
    shipped = MechanismClassifier.load()
    rated = [(one, model.probabilities(one.candidates)) for one in examples(("test",), lambda article: shipped)]
    return mean_f1(rated, model.balance, model.threshold)


def check() -> int:
    """Compare the shipped rating with its floor."""
    floor = json.loads((MODEL / "floors.json").read_text("utf-8"))["the corpus's test part"]["f1"]
    reached = test_score(RatingModel.load(MODEL))
    print(f"the corpus's test part: F1 {reached:.3f} (floor {floor})")
    return int(reached < floor)


def ablate(known: Sequence[Example]) -> int:
    """Write what is lost on writers held out when a group of features is left out into benchmarks/summaries.md."""
    shipped = RatingModel.load(MODEL)

    def reached(**options: Any) -> np.ndarray:
        return each_f1(held_out(known, **options), shipped.balance, shipped.threshold)

    whole = reached()
    lines = ["| left out | F1 | difference | ± |", "| --- | --- | --- | --- |", f"| nothing | {whole.mean():.3f} | | |"]
    for name, options in [*((name, {"without": own}) for name, own in GROUPS.items()), ("wording", {"wording": 1e-6})]:
        own = reached(**options)
        lost, error = (own - whole).mean(), (own - whole).std() / np.sqrt(len(own))
        lines.append(f"| {name} | {own.mean():.3f} | {lost:+.3f} | {error:.3f} |")
        print(lines[-1], flush=True)
    kept = SUMMARIES.read_text("utf-8").partition("## Ablation")[0].rstrip()
    SUMMARIES.write_text("\n".join([kept, "", *ABLATION, *lines, ""]), "utf-8")
    return 0


def card(model: RatingModel) -> str:
    """Return the model card; FINGERPRINT is filled in when the model is saved."""
    data, balance = model.data, model.balance
    return f"""# Rating FINGERPRINT

One logistic regression: how likely is it that a coder who condenses a report chooses this sentence? It sees
{len(model.weights)} features of the sentence in its article (`govnlp/summarizing/features.py`) and its pairs of
characters ({len(model.pair_names)} known). Made by `benchmarks/train_rating.py` from corpus/ alone.

- Learnt from {data["sentences"]} sentences of {data["articles"]} articles (training and validation part),
  {data["key_sentences"]} of them key sentences
- A sentence less likely than {model.threshold} is no bullet
- What a sentence keeps of its worth for each bullet of the same mechanism: {balance.mechanism}, of the same paragraph:
  {balance.paragraph}, of the same section: {balance.section}; what it repeats is taken off

## Scores

F1 of at most six bullets against the key sentences of the corpus, mean over articles:

- writers held out: {data["held_out_f1"]:.3f}
- the corpus's test part: {test_score(model):.3f}

Scores on real pages and beside other summarizers are in `benchmarks/summaries.md`.

## Limits

Key sentences of the corpus are one reader's choice, and that reader was an instance of a language model
(corpus/DATASHEET.md). Of six bullets more than one is not what that reader chose.
"""


if __name__ == "__main__":
    sys.exit(main())
