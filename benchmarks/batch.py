"""How fast whole batches go, what they need, and where the time goes; on unique text, in one run, as ratios.

    python -m benchmarks.batch speed [--paragraphs 20000]     against today's usual pipeline, and cutting alone
    python -m benchmarks.batch growth [--most 100000] [--plot growth.png]
    python -m benchmarks.batch archive [--pages 300]          pages into an archive, with a profile
    python -m benchmarks.batch daily [--paragraphs 100000]    200 new pages on an archive of so many paragraphs

Run from the project's folder. Paragraphs are made in memory from the sentences of the shipped corpus, newly combined,
none twice; the seed is fixed. The plot needs matplotlib (the extra `benchmarks`).
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from govnlp.batch.arrow import find_classifier
from govnlp.batch.faults import FaultLog
from govnlp.batch.tagging import TagOptions, tag_files
from govnlp.labelled.paragraphs import read_corpus
from govnlp.lexicon.sentences import sentence_spans

SEED = 20240506
ROW_GROUP = 10_000
NEW_PAGES = 200


def unique_paragraphs(count: int, seed: int = SEED) -> Iterator[str]:
    """Yield so many paragraphs of two to five sentences of the corpus, none twice."""
    sentences = [p.text[start:end] for p in read_corpus() for start, end in sentence_spans(p.text)]
    rng = random.Random(seed)
    seen: set[int] = set()
    while len(seen) < count:
        text = "".join(rng.choices(sentences, k=rng.randint(2, 5)))
        if hash(text) not in seen:
            seen.add(hash(text))
            yield text


def write_paragraphs(path: Path, count: int) -> Path:
    """Write so many unique paragraphs as Parquet, without holding them."""
    schema = pa.schema([("id", pa.int64()), ("text", pa.string())])
    texts = unique_paragraphs(count)
    with pq.ParquetWriter(path, schema) as writer:
        for begin in range(0, count, ROW_GROUP):
            ids = range(begin, min(begin + ROW_GROUP, count))
            writer.write_table(pa.table({"id": ids, "text": [next(texts) for _ in ids]}, schema))
    return path


def write_pages(folder: Path, count: int, seed: int = SEED) -> None:
    """Write so many pages of two reports each."""
    rng = random.Random(seed)
    texts = unique_paragraphs(count * 16, seed)
    folder.mkdir()
    for number in range(count):
        lines: list[str] = []
        for half in range(2):
            lines += [f"澄浦区：第{2 * number + half + seed % 97}号小院里的治理答卷", "■中共澄浦区委组织部", ""]
            for _ in range(rng.randint(5, 8)):
                lines += [next(texts), ""]
        (folder / f"page-{number:05}.txt").write_text("\n".join(lines), "utf-8")


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def tag(source: Path, target: Path, jobs: int = 1, retag: bool = False) -> int:
    """Tag as the command does, without its start; return how many paragraphs."""
    with FaultLog(target, lambda fault: sys.exit(str(fault))) as faults:
        return tag_files([str(source)], target, TagOptions(jobs=jobs, retag=retag), faults).paragraphs


# Speed


def speed(folder: Path, count: int) -> None:
    """Compare Parquet to Parquet with the usual pipeline, and with cutting alone."""
    import rjieba

    source = write_paragraphs(folder / "in.parquet", count)
    find_classifier(None)
    usual = usual_pipeline()
    texts = pq.read_table(source)["text"].to_pylist()
    taken = {
        "pandas, jieba, TfidfVectorizer, OneVsRest": seconds(lambda: usual(source, folder / "usual.parquet")),
        "cutting alone, rjieba": seconds(lambda: [rjieba.cut(text) for text in texts]),
        "govnlp, 1 process": seconds(lambda: tag(source, folder / "one.parquet")),
        "govnlp, 2 processes": seconds(lambda: tag(source, folder / "two.parquet", 2)),
    }
    same = pq.read_table(folder / "one.parquet", columns=["id", "labels"]).equals(
        pq.read_table(folder / "two.parquet", columns=["id", "labels"])
    )
    one, two = taken["govnlp, 1 process"], taken["govnlp, 2 processes"]
    pipeline, cutting = list(taken.values())[:2]
    print(f"{count} unique paragraphs of {sum(map(len, texts)) / count:.0f} characters, {os.cpu_count()} cores\n")
    print("| Parquet to Parquet | paragraphs a second |\n| --- | --- |")
    for name, time_taken in taken.items():
        print(f"| {name} | {count / time_taken:,.0f} |")
    print(f"\ntimes the usual pipeline: {pipeline / one:.2f} (1 process), {pipeline / two:.2f} (2)")
    print(f"of cutting alone: {cutting / one:.2f} (1 process)")
    print(f"2 processes against 1: {one / two:.2f}, the same labels: {same}")


def usual_pipeline() -> Callable[[Path, Path], None]:
    """Return what people write today, trained on the corpus with the same labels: Parquet in, labels and scores out."""
    import jieba
    import pandas as pd
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.preprocessing import MultiLabelBinarizer

    jieba.setLogLevel(60)
    jieba.initialize()
    rows = read_corpus(("train", "validation"))
    labels = MultiLabelBinarizer()
    truth = labels.fit_transform([row.labels or () for row in rows])
    words = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, ngram_range=(1, 2), min_df=2)
    model = OneVsRestClassifier(LogisticRegression(C=10)).fit(words.fit_transform([row.text for row in rows]), truth)

    def run(source: Path, target: Path) -> None:
        frame = pd.read_parquet(source)
        scores = model.predict_proba(words.transform(frame["text"]))
        frame["labels"] = labels.inverse_transform(scores >= 0.5)
        frame[list(labels.classes_)] = scores
        frame.to_parquet(target)

    return run


# Growth


def growth(folder: Path, most: int, plot: Path | None) -> None:
    """Show time and memory of the command from a thousand paragraphs on, tenfold each time."""
    counts = [10**power for power in range(3, 10) if 10**power <= most]
    found = []
    print("| paragraphs | seconds | paragraphs a second | most memory, MB |\n| --- | --- | --- | --- |")
    for count in counts:
        source = write_paragraphs(folder / f"{count}.parquet", count)
        call = [sys.executable, "-m", "govnlp", "tag", str(source), "-o", str(folder / "out.parquet"), "-q"]
        begin = time.perf_counter()
        with subprocess.Popen(call) as run:
            _, status, usage = os.wait4(run.pid, 0)
            run.returncode = os.waitstatus_to_exitcode(status)
        taken = time.perf_counter() - begin
        if run.returncode:
            raise SystemExit(f"the run over {count} paragraphs ended with status {run.returncode}")
        memory = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)  # bytes there, kilobytes elsewhere
        found.append((count, taken, memory))
        print(f"| {count:,} | {taken:.1f} | {count / taken:,.0f} | {memory:.0f} |", flush=True)
    if plot:
        draw(found, plot)


def draw(found: list[tuple[int, float, float]], path: Path) -> None:
    """Draw time and memory over the number of paragraphs."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 3.5), layout="constrained")
    counts = [count for count, _, _ in found]
    left, right = figure.subplots(1, 2)
    left.loglog(counts, [taken for _, taken, _ in found], "o-")
    left.set(xlabel="paragraphs", ylabel="seconds", title="time")
    right.semilogx(counts, [memory for _, _, memory in found], "o-")
    right.set(xlabel="paragraphs", ylabel="MB", title="most memory", ylim=(0, None))
    figure.savefig(path, dpi=150)


# Archives

STAGES = {
    "reading pages": ("sources.py", "load_articles"),
    "tagging": ("arrow.py", "_with_tags"),
    "figures and practices": ("work.py", "_with_extracts"),
    "archive": ("archive.py", "keep"),
    "finding what is new": ("loads.py", "_unit"),
}


def archive(folder: Path, pages: int) -> None:
    """Put pages into an archive, in one process, and show where the time goes."""
    write_pages(folder / "pages", pages)
    find_classifier(None)
    profile = cProfile.Profile()
    plain = seconds(lambda: tag(folder / "pages", folder / "plain.duckdb"))
    paragraphs = profile.runcall(tag, folder / "pages", folder / "archive.duckdb")
    stats = pstats.Stats(profile)
    again = seconds(lambda: tag(folder / "pages", folder / "plain.duckdb"))
    print(
        f"{pages} pages, {paragraphs} paragraphs: {pages / plain:.1f} pages a second, again unchanged {again:.1f} s\n"
    )
    whole = max(spent[3] for spent in stats.stats.values())
    print("| stage | share of the time |\n| --- | --- |")
    for stage, (file, name) in STAGES.items():
        spent = sum(s[3] for key, s in stats.stats.items() if key[2] == name and key[0].endswith(f"/batch/{file}"))
        print(f"| {stage} | {spent / whole:.0%} |")
    print("\nthe ten functions that take most of it themselves:")
    stats.sort_stats("tottime").print_stats(10)


def daily(folder: Path, paragraphs: int) -> None:
    """Add pages to a large archive: as a command, from its start to its end."""
    target = folder / "archive.duckdb"
    source = write_paragraphs(folder / "old.parquet", paragraphs)
    built = seconds(lambda: tag(source, target, os.cpu_count() or 1))
    write_pages(folder / "new", NEW_PAGES, SEED + 1)
    call = [sys.executable, "-m", "govnlp", "tag", str(folder / "new"), "-o", str(target), "-q"]
    taken = seconds(lambda: subprocess.run(call, check=True))
    again = seconds(lambda: subprocess.run(call, check=True))
    size = target.stat().st_size / 2**20
    print(f"an archive of {paragraphs:,} paragraphs: {size:.0f} MB, made in {built:.0f} s")
    print(f"{NEW_PAGES} new pages: {taken:.1f} s; the same again, unchanged: {again:.1f} s")


def main() -> None:
    """Run the measurement that the command line names."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", choices=("speed", "growth", "archive", "daily"))
    options.add_argument("--paragraphs", type=int, default=20_000)
    options.add_argument("--most", type=int, default=100_000)
    options.add_argument("--pages", type=int, default=300)
    options.add_argument("--plot", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.what == "speed":
            speed(folder, given.paragraphs)
        elif given.what == "growth":
            growth(folder, given.most, given.plot)
        elif given.what == "archive":
            archive(folder, given.pages)
        else:
            daily(folder, given.paragraphs)


if __name__ == "__main__":
    main()
