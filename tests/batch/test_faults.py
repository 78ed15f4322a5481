"""Whatever ends a run, what was committed stays, the next run does the rest, and a file is whole or not there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.made import page, texts, write_jsonl, write_pages
from tests.batch.test_archive import fresh, tagged
from tests.calls import govnlp, records

resource = pytest.importorskip("resource")
KILLS = 8


def test_killed_at_any_moment_an_archive_stays_whole(classifier, tmp_path) -> None:
    pages = write_pages(tmp_path / "pages", 80, 6)
    write_jsonl(tmp_path / "rows.jsonl", [{"text": text} for text in texts(2200)])
    inputs = [str(tmp_path / "pages"), str(tmp_path / "rows.jsonl")]
    archive = tmp_path / "archive.duckdb"
    expected = fresh(classifier, tmp_path, *inputs)
    rng = random.Random(8)
    counts = [0]
    call = [sys.executable, "-m", "govnlp", "tag", *inputs, "-o", str(archive), "-q"]
    for _ in range(KILLS):
        with subprocess.Popen(call, env=os.environ, stderr=subprocess.PIPE) as run:
            wait_for_work(run, archive, rng)
            run.send_signal(signal.SIGKILL)
        if archive.exists():
            counts.append(len(tagged(archive)))
            assert counts[-1] >= counts[-2]
    assert govnlp("tag", *inputs, "-o", archive).returncode == 0
    assert tagged(archive) == expected
    pages[3].write_text(page(500), "utf-8")
    assert govnlp("tag", *inputs, "-o", archive).returncode == 0
    assert tagged(archive) == fresh(classifier, tmp_path, *inputs)


def wait_for_work(run: subprocess.Popen, archive: Path, rng: random.Random) -> None:
    """Wait until a run has opened its archive, and a random time longer."""
    while run.poll() is None and not archive.with_name(f"{archive.name}.wal").exists():
        time.sleep(0.02)
    time.sleep(rng.uniform(0, 0.6))


def limited(size: int):
    """Return what keeps a process from writing larger files: a full disk, in small."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_leaves_what_was_committed(classifier, tmp_path) -> None:
    table = write_jsonl(tmp_path / "rows.jsonl", [{"text": text} for text in texts(3500)])
    archive = tmp_path / "archive.duckdb"
    done = govnlp("tag", table, "-o", archive, preexec_fn=limited(2_500_000))
    told = done.stderr.decode()
    assert (done.returncode, "make room and run again" in told, "Traceback" in told) == (2, True, False), told
    kept = len(tagged(archive))
    assert 0 < kept < 3500
    done = govnlp("tag", table, "-o", archive)
    assert f"{3500 - kept} paragraphs tagged, {kept} were" in done.stderr.decode()
    assert tagged(archive) == fresh(classifier, tmp_path, table)


FULL = [(".jsonl", 10_000), (".csv", 10_000), (".xlsx", 10_000), (".xlsx", 60_000), (".parquet", 10_000)]


@pytest.mark.parametrize(("suffix", "size"), FULL)
def test_a_full_disk_leaves_no_half_file(tmp_path, suffix, size) -> None:
    table = write_jsonl(tmp_path / "rows.jsonl", [{"text": text} for text in texts(300)])
    target = tmp_path / f"out{suffix}"
    target.write_text("before", "utf-8")
    done = govnlp("tag", table, "-o", target, preexec_fn=limited(size))
    told = done.stderr.decode()
    assert (done.returncode, "cannot be written" in told, "Traceback" in told) == (2, True, False), told
    assert target.read_text("utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([f"out{suffix}", "rows.jsonl"])


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_killed_a_file_is_whole_or_not_there(tmp_path, suffix) -> None:
    table = write_jsonl(tmp_path / "rows.jsonl", [{"text": text} for text in texts(4000)])
    target = tmp_path / f"out{suffix}"
    with subprocess.Popen([sys.executable, "-m", "govnlp", "tag", table, "-o", target], stderr=subprocess.PIPE) as run:
        while run.poll() is None and not list(tmp_path.glob(f".out{suffix}.*")):
            time.sleep(0.02)
        run.kill()
    assert not target.exists()


def test_a_page_that_cannot_be_read_is_listed(tmp_path) -> None:
    pages = write_pages(tmp_path / "pages", 3)
    pages[1].unlink()
    pages[1].mkdir()
    pages[2].write_bytes(b"\x00\x01\xff" * 40)
    target = tmp_path / "out.jsonl"
    done = govnlp("tag", *pages, tmp_path / "none.txt", "-o", target)
    listed = records((tmp_path / "out.jsonl.errors.jsonl").read_bytes())
    assert done.returncode == 1
    assert "3 could not be used" in done.stderr.decode()
    assert [Path(one["file"]).name for one in listed] == ["page-001.txt", "none.txt", "page-002.txt"]
    assert all(one["reason"] and one["place"] is None for one in listed)
    assert len(records(target.read_bytes())) == 3


def test_a_killed_worker_is_told(tmp_path) -> None:
    psutil = pytest.importorskip("psutil")
    table = write_jsonl(tmp_path / "rows.jsonl", [{"text": text} for text in texts(9000)])
    call = [sys.executable, "-m", "govnlp", "tag", table, "--jobs", "2", "-o", tmp_path / "out.jsonl"]
    with subprocess.Popen(call, stderr=subprocess.PIPE) as run:
        while not (
            workers := [one for one in psutil.Process(run.pid).children() if "popen_loky" in " ".join(one.cmdline())]
        ):
            time.sleep(0.05)
        workers[0].kill()
        told = run.communicate(timeout=60)[1].decode()
    assert (run.returncode, "worker process" in told, "Traceback" in told) == (2, True, False), told
    assert not (tmp_path / "out.jsonl").exists()


def test_ended_in_mid_run_nothing_is_left(tmp_path) -> None:
    table = write_jsonl(tmp_path / "rows.jsonl", [{"text": text} for text in texts(6000)])
    call = [sys.executable, "-m", "govnlp", "tag", str(table), "-o", str(tmp_path / "out.jsonl"), "--jobs", "2", "-q"]
    with subprocess.Popen(call, stderr=subprocess.PIPE) as run:
        while run.poll() is None and not list(tmp_path.glob(".out.jsonl*")):
            time.sleep(0.02)
        run.terminate()
        run.communicate(timeout=60)  # standard error ends when the workers that hold it have ended too
    assert run.returncode == 128 + signal.SIGTERM
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rows.jsonl"]


def test_faults_are_listed_also_where_nothing_could_be_used(tmp_path) -> None:
    (tmp_path / "bytes.txt").write_bytes(b"\x00\x01\x02\xff\xfe" * 30)
    (tmp_path / "out.jsonl.errors.jsonl").write_text('{"file": "yesterday"}\n', "utf-8")
    assert govnlp("tag", tmp_path / "bytes.txt", "-o", tmp_path / "out.jsonl").returncode == 1
    assert [row["file"] for row in records((tmp_path / "out.jsonl.errors.jsonl").read_bytes())] == [
        str(tmp_path / "bytes.txt")
    ]


def test_an_output_is_no_input(tmp_path) -> None:
    table = write_jsonl(tmp_path / "rows.jsonl", [{"text": text} for text in texts(3)])
    before = table.read_bytes()
    same = govnlp("tag", table, "-o", table)
    assert same.returncode == 2
    assert "is an input and the output" in same.stderr.decode("utf-8")
    assert table.read_bytes() == before
    for _ in range(2):
        assert govnlp("tag", tmp_path, "-o", tmp_path / "tagged.jsonl").returncode == 0
        assert len(records((tmp_path / "tagged.jsonl").read_bytes())) == 3
