"""The Dask example on a real cluster of processes, one of which is killed while it works."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from govnlp.batch import tag_record_batches
from tests.batch.made import texts

dd = pytest.importorskip("dask.dataframe")
distributed = pytest.importorskip("distributed")

PARTITIONS = 12


@pytest.fixture
def example(monkeypatch):
    """The example as a module that worker processes can import too."""
    folder = Path(__file__).resolve().parents[2] / "examples"
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]))
    spec = importlib.util.find_spec("dask_tagging")
    assert spec is not None
    yield importlib.import_module("dask_tagging")
    sys.modules.pop("dask_tagging", None)


def test_labels_are_the_local_runs_though_a_worker_is_killed(classifier, example) -> None:
    import pandas as pd

    frame = pd.DataFrame({"id": range(600), "text": texts(600), "year": 2024})
    local = pa.Table.from_batches(tag_record_batches(pa.Table.from_pandas(frame).to_batches(), classifier))
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0
    )
    with cluster, distributed.Client(cluster) as client:
        pids = client.run(os.getpid)
        assert os.getpid() not in pids.values()
        tagged = example.tag(dd.from_pandas(frame, npartitions=PARTITIONS))
        parts = client.compute(tagged.to_delayed())
        distributed.wait(parts[:2], return_when="FIRST_COMPLETED")
        assert sum(part.done() for part in parts) < PARTITIONS
        os.kill(next(iter(pids.values())), signal.SIGKILL)
        found = pa.concat_tables(pa.Table.from_pandas(part, preserve_index=False) for part in client.gather(parts))
        assert set(client.run(os.getpid).values()) != set(pids.values())
    assert found["labels"].to_pylist() == local["labels"].to_pylist()
    assert found["id"].to_pylist() == local["id"].to_pylist()
    assert found["evidence"].to_pylist() == local["evidence"].to_pylist()
