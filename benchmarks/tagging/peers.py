"""govnlp beside other ways to tag, on the same texts: python -m benchmarks.tagging.peers."""

from __future__ import annotations

from benchmarks.tagging.protocol import corpus_part, fill, macro_f1, micro_f1, table, test_sets
from benchmarks.tagging.systems import cue_matching, fasttext, govnlp, logistic, shipped


def main() -> None:
    """Train every system on the train and validation parts, ask it for the test sets."""
    train = corpus_part("train", "validation")
    sets = test_sets()
    asked = [one.texts for one in sets.values()]
    rows: list[list[str | float]] = []
    for system in (shipped, govnlp, cue_matching, logistic, fasttext):
        for name, said in system(train, asked).items():
            pairs = list(zip(sets.values(), said, strict=True))
            rows.append([name, *(f(one.truth, own.given) for one, own in pairs for f in (micro_f1, macro_f1))])
    head = [f"{name}, {kind}" for name in sets for kind in ("micro F1", "macro F1")]
    count = f"Trained on {len(train.texts)} paragraphs; " + ", ".join(f"{n}: {len(s.texts)}" for n, s in sets.items())
    fill("peers", f"{count}.\n\n{table(['system', *head], rows)}")


if __name__ == "__main__":
    main()
