"""Invented pages and tables for the tests of batches."""

from __future__ import annotations

import json
from pathlib import Path

PLACES = ("桥东区", "望桥区", "青棹区", "鹭港区", "泊阳县", "柳湾县", "石渡县", "云汀区")


def page(number: int, paragraphs: int = 3) -> str:
    """Return a page with one report, unlike any other number's."""
    place = PLACES[number % len(PLACES)]
    lines = [f"{place}：第{number}号网格里的小院议事", "", f"■中共{place}委组织部", ""]
    for i in range(paragraphs):
        lines.append(
            f"{place}划分网格{number + 2}个，配备专职网格员{number * 3 + i + 5}人，第{i + 1}组常态化入户走访，"
            f"化解邻里纠纷{number + i + 11}件。推行“{place[0]}邻{number}号”工作法，组织党员认领岗位{i + 2}个。"
        )
    return "\n".join(lines) + "\n"


def write_pages(folder: Path, count: int, paragraphs: int = 3) -> list[Path]:
    """Write so many pages into a folder."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"page-{i:03}.txt" for i in range(count)]
    for i, path in enumerate(paths):
        path.write_text(page(i, paragraphs), "utf-8")
    return paths


def texts(count: int, begin: int = 0) -> list[str]:
    """Return so many texts, all different."""
    return [f"全区划分网格{i + 2}个，调解纠纷{i * 7 % 911}件，建成第{i}处议事亭。" for i in range(begin, begin + count)]


def write_jsonl(path: Path, rows: list[dict]) -> Path:
    """Write rows as JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path
