"""Check what the main job wrote: the files are there, have rows, and hold labels of the codebook only."""

import json
import sys
from pathlib import Path

from govnlp import load_codebook

folder = Path(sys.argv[1])
names = ("articles.jsonl", "tagged.jsonl", "tagged.xlsx", "briefs.md")
missing = [name for name in names if not (folder / name).is_file() or not (folder / name).stat().st_size]
if missing:
    sys.exit(f"the main job did not write {', '.join(missing)}")
rows = [json.loads(line) for line in (folder / "tagged.jsonl").read_text("utf-8").splitlines()]
articles = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
labels = {label for row in rows for label in row["labels"]}
unknown = labels - set(load_codebook().ids)
if len(articles) < 3 or len(rows) < 20 or len(labels) < 5 or unknown:
    sys.exit(f"the main job wrote {len(articles)} articles, {len(rows)} rows, {len(labels)} labels, foreign: {unknown}")
print(f"main job: {len(articles)} articles, {len(rows)} rows, {len(labels)} labels of the codebook, all files there")
