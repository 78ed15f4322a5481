"""Keep the governance dictionary: count its terms anew, and write it in jieba's format.

    GOVNLP_DEVSET=DIR python -m benchmarks.lexicon.build_terms            writes terms.tsv and terms.txt
    GOVNLP_DEVSET=DIR python -m benchmarks.lexicon.build_terms --check    says whether they would change

Kept by hand in terms.tsv: word, kind, mechanisms, canonical. Derived here: `count`, how often the word stands in the
real texts that may be read (the three pages and the texts whose number is even; texts with odd numbers stay unseen for
the recall measure); `source`, real, else corpus when it stands in the project's own reports, else standing; and in
terms.txt the frequency that jieba's own dictionary suggests for keeping the word whole, at least 1.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import jieba

from benchmarks.lexicon import development_set

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "govnlp" / "lexicon" / "data"
TABLE, WORDS = DATA / "terms.tsv", DATA / "terms.txt"
HEADING = "# Governance dictionary, one term a line: word, frequency, tag. Kinds, mechanisms, variants: terms.tsv"
TAGS = {"organization": "nt"}  # jieba's tags: nt an organization, nz any other proper term


def main() -> None:
    """Write both tables, or tell whether they are up to date."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 when a table would change")
    check = options.parse_args().check
    rows = derive(read_rows())
    stale = []
    for path, text in ((TABLE, table(rows)), (WORDS, dictionary(rows))):
        if path.read_text("utf-8") != text:
            stale.append(path.name)
            if not check:
                path.write_text(text, "utf-8", newline="\n")
    print(f"{len(rows)} terms;", f"{'stale' if check else 'written'}: {', '.join(stale)}" if stale else "up to date")
    sys.exit(bool(check and stale))


def read_rows() -> list[dict[str, str]]:
    """Return the rows of terms.tsv, sorted by word."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), key=lambda row: row["word"])


def derive(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows with count and source as the texts give them."""
    real, reports = "\n".join(readable_texts()), "\n".join(report_texts())
    for row in rows:
        count = real.count(row["word"])
        row["count"] = str(count)
        row["source"] = "real" if count else "corpus" if row["word"] in reports else "standing"
    return rows


def readable_texts() -> Iterator[str]:
    """Yield the real texts that may be read for words: the pages, and the texts with even numbers."""
    folder = development_set()
    for page in sorted((folder / "pages").glob("*.txt")):
        yield page.read_text("utf-8")
    for line in (folder / "real" / "governance.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if int(re.findall(r"\d+", row["id"])[-1]) % 2 == 0:
            yield row["text"]


def report_texts() -> Iterator[str]:
    """Yield the headlines, headings and paragraphs of the corpus."""
    for path in sorted((ROOT / "corpus" / "reports").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            article = json.loads(line)
            yield article["headline"] or ""
            for section in article["sections"]:
                yield section["heading"] or ""
                yield from (paragraph["text"] for paragraph in section["paragraphs"])


def table(rows: list[dict[str, str]]) -> str:
    """Return terms.tsv."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def dictionary(rows: list[dict[str, str]]) -> str:
    """Return terms.txt, in jieba's format."""
    jieba.setLogLevel("ERROR")
    plain = jieba.Tokenizer()
    lines = (f"{row['word']} {max(1, plain.suggest_freq(row['word']))} {TAGS.get(row['kind'], 'nz')}" for row in rows)
    return "\n".join([HEADING, *lines, ""])


if __name__ == "__main__":
    main()
