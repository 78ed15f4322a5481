"""Tag a table on a Spark cluster: `mapInArrow` takes `tag_record_batches` as it is.

    spark-submit examples/spark_tagging.py PARQUET OUT [MODEL]

PARQUET has a column `text`; MODEL is a folder that every executor can read, the shipped model unless named. Each
Python worker needs govnlp installed and loads the model once. Tried with Spark 4.0.5 in local mode, Java 17.
"""

from __future__ import annotations

import sys
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from govnlp.batch import tag_record_batches
from govnlp.batch.arrow import Model


def tag(frame: DataFrame, model: Model = None) -> DataFrame:
    """Return a Spark data frame tagged, its own columns after the tags."""
    no_rows = pa.RecordBatch.from_pylist([], to_arrow_schema(frame.schema))
    tagged = next(tag_record_batches([no_rows], model)).schema
    return frame.mapInArrow(partial(tag_record_batches, model=model), from_arrow_schema(tagged))


def main() -> None:
    """Tag what the command line names."""
    source, target, *model = sys.argv[1:]
    spark = SparkSession.builder.appName("govnlp").getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
    tag(spark.read.parquet(source), *model).write.mode("overwrite").parquet(target)


if __name__ == "__main__":
    main()
