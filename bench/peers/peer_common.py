# SPDX-License-Identifier: MIT
"""What the Python runners share: the table of operations, the arrays, the clock and the line of JSON.

A runner is called as `RUNNER OPERATION THREADS REPEATS` and prints one line of JSON for each peer it measures:
operation, workload, peer, version, threads, the seconds of each run, their min and median, quality (figures that
show that both sides did the same work) and notes. It exits with 3 when its package is missing.
"""
import csv
import importlib
import json
import os
import resource
import statistics
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.environ.get("PEERS_DATA", os.path.join(HERE, "..", "..", "out", "peers-data"))
OPERATIONS = os.environ.get("PEERS_OPERATIONS", os.path.join(HERE, "operations.csv"))
MISSING = 3


class Operation:
    """A line of operations.csv. Settings are numbers where they look like one: `operation.trees`, `operation.x`."""

    def __init__(self, line):
        self.name = line["operation"]
        self.title = line["title"]
        self.workloads = line["workloads"].split()
        self.runners = line["runners"].split()
        self.only_threads = None if line["threads"] == "any" else int(line["threads"])
        self.rounds = int(line["rounds"])
        self.repeats = int(line["repeats"])
        self.figure = line["figure"]
        for setting in line["settings"].split():
            key, value = setting.split("=")
            setattr(self, key, int(value) if value.isdigit() else value)


def read_operations(path=OPERATIONS):
    with open(path, encoding="utf-8", newline="") as file:
        lines = csv.DictReader(line for line in file if not line.startswith("#"))
        return {line["operation"]: Operation(line) for line in lines}


def data_path(name):
    return os.path.join(DATA, name)


def load(name):
    import numpy
    return numpy.load(data_path(name))


def load_split(name):
    """Features and labels of W1 or W1L, and how many of the rows are for training."""
    x, y = load(name + "_X.npy"), load(name + "_y.npy")
    return x, y, len(y) * 3 // 4


def timed(work, repeats):
    """The seconds of each run, and what the last one returned."""
    seconds, result = [], None
    for _ in range(repeats):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return seconds, result


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def time_single_rows(score, rows, calls):
    """p50 and p99 in seconds of one call for one session, over sessions in no particular order, warm."""
    def row(i):
        at = i * 7919 % len(rows)
        return rows[at:at + 1]

    for i in range(min(200, calls)):
        score(row(i))
    seconds = []
    for i in range(calls):
        one = row(i)
        start = time.perf_counter()
        score(one)
        seconds.append(time.perf_counter() - start)
    return percentile(seconds, .5), percentile(seconds, .99)


def emit(operation, peer, version, threads, runs, quality=None, notes=None):
    print(json.dumps({
        "operation": operation.name,
        "workload": operation.title,
        "peer": peer,
        "version": version,
        "threads": threads,
        "runs": runs,
        "min": min(runs),
        "median": statistics.median(runs),
        "quality": quality or {},
        "notes": notes or {},
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "load1": os.getloadavg()[0],
    }), flush=True)


def require(modules):
    """Ends the runner with the agreed status when a package is not installed. `modules`: module name to package."""
    for module, package in modules.items():
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"{package} is not installed", file=sys.stderr)
            sys.exit(MISSING)


def run(handlers):
    """Calls the handler of the operation named on the command line with (operation, threads, repeats)."""
    operations = read_operations()
    if len(sys.argv) != 4:
        sys.exit(f"usage: {os.path.basename(sys.argv[0])} OPERATION THREADS REPEATS")
    name, threads, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    known = [operation for operation in operations if operation in handlers]
    if name not in known:
        sys.exit(f"unknown operation {name}; known here are {', '.join(known)}")
    handlers[name](operations[name], threads, repeats)
