"""Classifies a file of failures on a Spark cluster: `known-failures classify` is the filter of each partition.

    python3 replay.py MASTER FAILURES VERDICTS COMMAND

FAILURES and VERDICTS are what Spark can read and write: files that all workers see, HDFS, S3. The n-th verdict is that of the n-th failure.
COMMAND runs on the workers, which need Node.js and known-failures.
"""

import json
import sys
import time

from pyspark import SparkConf, SparkContext

# Some seconds of work for a partition: each starts a process of its own, which loads the list.
PARTITIONS = 4


def main(master, failures, verdicts, command):
    conf = SparkConf().setMaster(master).setAppName("known-failures")
    conf.set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false")
    with SparkContext(conf=conf) as spark:
        spark.setLogLevel("ERROR")
        started = time.monotonic()
        # checkCode: classify ends with 1 if a line is no failure, and with 3 if the list cannot be read
        spark.textFile(failures, PARTITIONS).pipe(command, checkCode=True).saveAsTextFile(verdicts)
        seconds = time.monotonic() - started
        # the driver is one of them, and runs no task
        executors = len(spark._jsc.sc().statusTracker().getExecutorInfos()) - 1
        print(json.dumps({"seconds": round(seconds, 2), "executors": executors}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
