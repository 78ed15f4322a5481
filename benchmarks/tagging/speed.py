"""How fast the tagger is, beside the usual pipeline in the same run: python -m benchmarks.tagging.speed.

Texts are unique. Times are processor time of one process, the least of several turns in which every way has its turn.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.tagging.protocol import corpus_part, fill, table
from benchmarks.tagging.recombined import recombined
from benchmarks.tagging.systems import logistic_pipeline
from govnlp import MechanismClassifier
from govnlp.records import Paragraph

COUNT = 10_000
TURNS = 3
SINGLES = 1_000
RETRAINED = 3_000
BATCH = 500
LOAD = """
import time, numpy
from govnlp import MechanismClassifier
for _ in range(2):
    begin = time.process_time()
    MechanismClassifier.load().predict(["建立网格党支部482个。"])
    print(time.process_time() - begin)
"""


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of a call."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def tag_table(model: MechanismClassifier, source: Path, target: Path) -> None:
    """Read texts, write full rows with evidence."""
    import pyarrow.parquet as pq

    from govnlp.batch.arrow import tag_record_batches

    batches = tag_record_batches(pq.ParquetFile(source).iter_batches(BATCH), model)
    first = next(batches)
    with pq.ParquetWriter(target, first.schema) as writer:
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)


def tag_table_usually(pipeline: Any, labels: np.ndarray, source: Path, target: Path) -> None:
    """Read texts, write labels and scores, without evidence."""
    import pandas as pd

    frame = pd.read_parquet(source)
    scores = pipeline.predict_proba(frame["text"])
    frame["labels"] = [labels[row].tolist() for row in scores >= 0.5]
    frame[labels] = scores
    frame.to_parquet(target)


def cut_all(texts: list[str]) -> None:
    """Cut only, with the segmenter alone."""
    import rjieba

    for text in texts:
        rjieba.cut(text)


def usual_pipeline() -> Any:
    """Return the usual pipeline, trained on the corpus."""
    import jieba

    train = corpus_part("train", "validation")
    return logistic_pipeline(jieba.lcut).fit(train.texts, train.truth.astype(int))


def one_at_a_time(model: MechanismClassifier, texts: list[str]) -> float:
    """Return the mean milliseconds of a paragraph that comes alone."""
    paragraphs = [Paragraph(id="1", text=text) for text in texts]
    return 1000 / len(texts) * seconds(lambda: [model.tag_paragraphs([paragraph]) for paragraph in paragraphs])


def training_seconds(count: int) -> float:
    """Return how long training on so many paragraphs of the corpus takes."""
    train = corpus_part("train", "validation").take(np.arange(count))
    model = MechanismClassifier(train.codebook)
    return seconds(lambda: model.fit(train.texts, train.labels, train.groups, marks=train.marks))


def main() -> None:
    """Measure batches beside the usual pipeline, then what is done once."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts, model, usual = recombined(COUNT).texts, MechanismClassifier.load(), usual_pipeline()
    labels = np.array(model.codebook_.ids)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.parquet", Path(folder) / "out.parquet"
        pq.write_table(pa.table({"id": list(map(str, range(COUNT))), "text": texts}), source)
        ways: dict[str, Callable[[], None]] = {
            "pandas + jieba + TfidfVectorizer + OneVsRest": lambda: tag_table_usually(usual, labels, source, target),
            "govnlp, full rows with evidence": lambda: tag_table(model, source, target),
            "cutting alone, rjieba": lambda: cut_all(texts),
        }
        turns = [{name: seconds(way) for name, way in ways.items()} for _ in range(TURNS)]
    least = {name: min(turn[name] for turn in turns) for name in ways}
    rows = [[name, f"{COUNT / s:,.0f}", f"{next(iter(least.values())) / s:.1f}"] for name, s in least.items()]
    loads = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True).stdout.split()
    once: list[list[str | float]] = [
        ["a paragraph that comes alone, with evidence", f"{one_at_a_time(model, texts[:SINGLES]):.2f} ms"],
        ["the model loaded and one text tagged, first time in a process", f"{float(loads[0]):.2f} s"],
        ["the same once the segmenter has its dictionary", f"{float(loads[1]):.2f} s"],
        [f"training on {RETRAINED:,} paragraphs", f"{training_seconds(RETRAINED):.0f} s"],
    ]
    length = sum(map(len, texts)) / COUNT
    fill(
        "speed",
        f"{COUNT:,} paragraphs of {length:.0f} characters, Parquet to Parquet:\n\n"
        f"{table(['', 'paragraphs a second', 'ratio'], rows)}\n\n{table(['', 'processor time'], once)}",
    )


if __name__ == "__main__":
    main()
