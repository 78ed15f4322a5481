"""How much processor time reading takes, how the time grows with the page, and how much memory a long file takes.

    python -m benchmarks.reading_speed

Run from the project's folder; the pages are laid out from the corpus's articles. A page is measured after the first,
which loads the tables; the file of 1,000 pages, and the page of a megabyte, each in a process of their own.
"""

from __future__ import annotations

import random
import resource
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from govnlp.reading import read_text
from tests.reading.kinds import KINDS
from tests.reading.simulate import groups_of, move, read_corpus

SIZES = (1_750, 3_500, 7_000, 14_000, 28_000, 56_000)
MEGABYTE = 350_000  # letters of three bytes each


def main() -> None:
    """Print Markdown tables."""
    pages = broken_pages()
    read_text(pages[0])
    print("| letters on a page | ms (median of 5) | ms a 1,000 letters |\n| --- | --- | --- |")
    for size in SIZES:
        took = statistics.median(seconds(read_text, page_of(pages, size, start)) for start in range(5))
        print(f"| {size:,} | {1000 * took:.0f} | {1_000_000 * took / size:.1f} |", flush=True)
    print("\n| one file | seconds | articles | memory MB |\n| --- | --- | --- | --- |")
    for name, job in (("1 page", one_page), ("1,000 pages", thousand_pages), ("one page of 1 MB", megabyte)):
        with ProcessPoolExecutor(1) as process:
            took, articles, memory = process.submit(job).result()
        print(f"| {name} | {took:.1f} | {articles} | {memory:.0f} |", flush=True)


def broken_pages() -> list[str]:
    """Return pages cut into columns, two articles each."""
    rng = random.Random(1)
    groups = groups_of(list(read_corpus(False)), rng)
    return [KINDS["columns"]([move(article, rng) for article in group], rng).text for group in groups]


def page_of(pages: list[str], size: int, start: int) -> str:
    """Return a page of so many letters, other articles for each start."""
    text = "\n\n".join(pages[(start * 7 + k) % len(pages)] for k in range(size // 2_000 + 2))
    return text[:size]


def seconds(read: Callable[[str], object], text: str) -> float:
    """Return how long reading takes."""
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


def one_page() -> tuple[float, int, float]:
    """Read one page."""
    return _measured(page_of(broken_pages(), 7_000, 0))


def thousand_pages() -> tuple[float, int, float]:
    """Read 1,000 pages in one text, form feeds between them."""
    pages = broken_pages()
    return _measured("\f".join(page_of(pages, 7_000, start) for start in range(1_000)))


def megabyte() -> tuple[float, int, float]:
    """Read one page of a megabyte, as a file without form feeds would be."""
    return _measured(page_of(broken_pages(), MEGABYTE, 0))


def _measured(text: str) -> tuple[float, int, float]:
    read_text(text[:2_000])
    begun = time.process_time()
    articles = len(read_text(text))
    took = time.process_time() - begun
    return took, articles, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
