"""Tag a folder of Parquet files on a Dask cluster: every partition goes through `tag_record_batches`.

    python examples/dask_tagging.py PARQUET OUT [--scheduler ADDRESS] [--model DIR]

PARQUET is a file or folder with a column `text`; OUT a folder. Without an address, a cluster of local processes is
started. Each worker process needs govnlp installed and loads the model once. A worker that dies is replaced and
its partitions are tagged again, with the same labels. Needs `pip install "dask[dataframe,distributed]"`.
"""

from __future__ import annotations

import argparse

import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
from dask.distributed import Client, LocalCluster

from govnlp.batch import tag_record_batches
from govnlp.batch.arrow import Model

ROWS = 1000  # in a record batch: small ones keep a worker's memory small


def tag_partition(frame: pd.DataFrame, model: Model = None) -> pd.DataFrame:
    """Return a partition tagged; columns have Arrow types, so that labels, scores and evidence stay nested."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    batches = table.to_batches(ROWS) or [pa.RecordBatch.from_pylist([], table.schema)]
    tagged = pa.Table.from_batches(list(tag_record_batches(batches, model)))
    return tagged.to_pandas(types_mapper=pd.ArrowDtype)


def tag(frame: dd.DataFrame, model: Model = None) -> dd.DataFrame:
    """Return a Dask data frame tagged; `model` is a folder that every worker can read, or None for the shipped one."""
    return frame.map_partitions(tag_partition, model, meta=tag_partition(frame._meta, model))


def main() -> None:
    """Tag what the command line names."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parquet")
    options.add_argument("out")
    options.add_argument("--scheduler")
    options.add_argument("--model")
    given = options.parse_args()
    with Client(given.scheduler or LocalCluster(threads_per_worker=1)):
        tag(dd.read_parquet(given.parquet), given.model).to_parquet(given.out)


if __name__ == "__main__":
    main()
