#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs footfall and its peers on the same work loads, in turn, and writes what it found to out/peers.json.

Usually started by compare.sh. README.md says what makes a comparison fair and how to add an operation.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)

import generate
import peer_common

PYTHON = "/usr/bin/python3"
OURS = os.path.join(ROOT, "build", "bench", "bench", "peers", "footfall_peers")
RUNNERS = {
    "sklearn": [PYTHON, os.path.join(HERE, "sklearn_peer.py")],
    "xgboost": [PYTHON, os.path.join(HERE, "xgboost_peer.py")],
    "pandas": [PYTHON, os.path.join(HERE, "pandas_peer.py")],
    "r": ["Rscript", os.path.join(HERE, "r_peer.R")],
    "study": [PYTHON, os.path.join(HERE, "study.py"), "pandas"],
}
STUDIES = [PYTHON, os.path.join(HERE, "study.py"), "footfall"]  # whole programs, which footfall's runner does not hold
SMOKE_TREES = 20
QUICK_REPEATS = 3


class Failed(Exception):
    """A program ended badly; the message says how."""


# ------------------------------------------------------------------------------------------------- preparations

def say(text):
    print(text, flush=True)


def install():
    script = os.path.join(ROOT, "scripts", "bootstrap.sh")
    if not os.path.exists(script):
        say("scripts/bootstrap.sh is not here: taking the peers that are installed")
    elif subprocess.run(["sh", script, "build", "bench", "peers"], cwd=ROOT).returncode != 0:
        say("scripts/bootstrap.sh failed: taking the peers that are installed")


def build(studies):
    """footfall's own runner, optimised for this machine, and the programs of both studies where they are asked for."""
    commands = [["cmake", "--preset", "bench"], ["cmake", "--build", "--preset", "bench", "--target", "footfall_peers"]]
    if studies:
        commands.append(["cmake", "--workflow", "--preset", "study"])
    for command in commands:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            sys.exit(f"{done.stdout[-6000:]}\n{' '.join(command)} failed")


def write_smoke_table(folder):
    """The table of operations with small forests and one short round, next to the small work loads."""
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "operations.csv")
    with open(peer_common.OPERATIONS, encoding="utf-8") as source, open(path, "w", encoding="utf-8") as table:
        for line in source:
            line = re.sub(r"\btrees=\d+", f"trees={SMOKE_TREES}", line)
            if not line.startswith(("#", "operation,")):
                settings, _, title = line.rpartition(",")
                line = f"{settings},smoke test: {title}"
            table.write(line)
    return path


def cpu():
    """The processor's name and flags; empty where the system does not tell."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            text = file.read()
    except OSError:
        return "", set()
    name = re.search(r"^model name\s*:\s*(.*)$", text, re.M)
    flags = re.search(r"^flags\s*:\s*(.*)$", text, re.M)
    return (name.group(1) if name else ""), set(flags.group(1).split() if flags else [])


def openblas_kernels(environment):
    """Which kernels OpenBLAS chooses for this processor; None where scikit-learn runs on another BLAS."""
    program = ("import scipy.linalg, threadpoolctl as t;"
               "print(*[p['architecture'] for p in t.threadpool_info() if p['internal_api'] == 'openblas'][:1])")
    done = subprocess.run([PYTHON, "-c", program], capture_output=True, text=True, env=environment)
    return done.stdout.strip() or None


def clean_environment():
    """The caller's, without what would tune or hold back the libraries of one side."""
    return {name: value for name, value in os.environ.items()
            if not name.startswith(("OPENBLAS_", "GOTO_", "BLIS_", "MKL_", "OMP_", "GOMP_"))}


def set_blas(environment, flags):
    """An old OpenBLAS takes a newer processor for an ancient one: then it is told which kernels suit."""
    kernels = openblas_kernels(environment)
    if kernels is None:
        say("warning: no OpenBLAS (Debian: libopenblas0-pthread), so scikit-learn is slower here than it can be")
        return
    has_avx512 = {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"} <= flags
    if has_avx512 and kernels.lower() not in ("skylakex", "cooperlake", "sapphirerapids"):
        environment["OPENBLAS_CORETYPE"] = "SKYLAKEX"


# --------------------------------------------------------------------------------------------------- measurement

class Bench:
    def __init__(self, ours, environment, time_limit):
        self.ours = ours
        self.environment = environment
        self.time_limit = time_limit

    def run(self, program, operation, threads, repeats):
        """The lines that a runner printed; None when its package is not installed."""
        if shutil.which(program[0]) is None:
            return None
        environment = {**self.environment, "OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}
        command = program + [operation.name, str(threads), str(repeats)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT,
                                  timeout=self.time_limit)
        except subprocess.TimeoutExpired:
            raise Failed(f"did not finish in {self.time_limit} s") from None
        if done.returncode == peer_common.MISSING:
            return None
        if done.returncode != 0:
            raise Failed(done.stderr.strip()[-1500:] or f"ended with {done.returncode}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def measure(self, operation, threads, rounds, repeats):
        """Rows of the result, and what went wrong. All programs of a round run one after another, then the next
        round begins, so that a slow minute of the machine falls on all of them."""
        runners = ["ours"] + operation.runners
        measured, problems = {}, []
        for _ in range(rounds):
            for runner in list(runners):
                try:
                    ours = STUDIES if "study" in operation.runners else [self.ours]
                    program = ours if runner == "ours" else RUNNERS[runner]
                    lines = self.run(program, operation, threads, repeats)
                    if lines is None and runner == "ours":
                        raise Failed(f"there is no {self.ours}")
                except Failed as failure:
                    problems.append(f"{operation.name}: {runner}: {failure}")
                    if runner == "ours":
                        return [], problems
                    runners.remove(runner)
                    continue
                if lines is None:
                    say(f"{operation.name}: {runner} is not installed, going on without it")
                    runners.remove(runner)
                    continue
                for line in lines:
                    kept = measured.setdefault((runner, line["peer"]), line)
                    if kept is not line:
                        kept["runs"] += line["runs"]
                        kept["load1"] = max(kept["load1"], line["load1"])
        ours = measured.pop(("ours", "footfall"))
        ours.setdefault("build", "")
        return [row_of(operation, threads, ours, peer) for peer in measured.values()], problems


def row_of(operation, threads, ours, peer):
    figure = {"min": min, "median": statistics.median}[operation.figure]
    ours_s, peer_s = figure(ours["runs"]), figure(peer["runs"])
    return {
        "operation": operation.name,
        "workload": operation.title,
        "peer": peer["peer"],
        "version": peer["version"],
        "threads": threads,
        "ours_s": ours_s,
        "peer_s": peer_s,
        "ratio": peer_s / ours_s,
        "quality_ours": ours["quality"],
        "quality_peer": peer["quality"],
        "notes": {
            "figure": operation.figure,
            "ours": {"version": ours["version"], "build": ours["build"], "runs": len(ours["runs"]),
                     "median_s": statistics.median(ours["runs"]), "rss_mb": ours["rss_mb"], **ours["notes"]},
            "peer": {"runs": len(peer["runs"]), "median_s": statistics.median(peer["runs"]),
                     "rss_mb": peer["rss_mb"], **peer["notes"]},
            "load1": max(ours["load1"], peer["load1"]),
        },
    }


# --------------------------------------------------------------------------------------------------------- output

def write_rows(path, rows):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".part", "w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1)
        file.write("\n")
    os.replace(path + ".part", path)


def seconds_text(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} us"


def quality_text(quality):
    return " ".join(f"{name} {value:.6g}" for name, value in quality.items() if value is not None)


def print_table(rows):
    header = ["operation", "threads", "peer", "ours", "peer's", "ratio", "quality: ours", "quality: peer's"]
    lines = [[row["operation"], str(row["threads"]), f"{row['peer']} {row['version']}", seconds_text(row["ours_s"]),
              seconds_text(row["peer_s"]), f"{row['ratio']:.2f}", quality_text(row["quality_ours"]),
              quality_text(row["quality_peer"])] for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *lines)]
    for line in [header] + lines:
        say("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip())


# ----------------------------------------------------------------------------------------------------------- main

def parse(operations):
    parser = argparse.ArgumentParser(
        prog="compare.sh", description="Runs footfall and its peers side by side and writes out/peers.json.",
        epilog="operations: " + ", ".join(operations))
    parser.add_argument("operation", nargs="*", help="all of them where none is named")
    parser.add_argument("--threads", default="1", help="for both sides; several as 1,2 (default: 1)")
    parser.add_argument("--quick", action="store_true", help="one round only: figures to look at, not to quote")
    parser.add_argument("--smoke", action="store_true",
                        help="tiny work loads, to see that everything runs; writes out/peers-smoke.json instead")
    parser.add_argument("--keep", action="store_true", help="keep the rows of other operations in the file")
    parser.add_argument("--time-limit", type=int, default=1800, metavar="S", help="of one program (default: 1800)")
    parser.add_argument("--no-install", action="store_true", help="take the peers that are installed")
    parser.add_argument("--no-build", action="store_true", help="take footfall's runner as it was built last")
    parser.add_argument("--ours", metavar="PROGRAM", help="take this program as footfall's runner")
    parser.add_argument("--list", action="store_true", help="name the operations and end")
    arguments = parser.parse_args()
    for name in arguments.operation:
        if name not in operations:
            parser.error(f"unknown operation {name}; known are {', '.join(operations)}")
    try:
        arguments.threads = [int(text) for text in arguments.threads.split(",")]
        if min(arguments.threads) < 1:
            raise ValueError
    except ValueError:
        parser.error("--threads must be whole numbers of at least 1")
    return arguments


def main():
    operations = peer_common.read_operations()
    arguments = parse(operations)
    if arguments.list:
        for operation in operations.values():
            say(f"{operation.name:22} {operation.title} ({', '.join(operation.runners)})")
        return 0

    if not arguments.no_install:
        install()
    if not (arguments.no_build or arguments.ours):
        build(any("study" in operations[name].runners for name in arguments.operation or operations))

    suffix = "-smoke" if arguments.smoke else ""
    data = os.environ.get("PEERS_DATA", os.path.join(ROOT, "out", "peers-data")) + suffix
    table = write_smoke_table(data) if arguments.smoke else peer_common.OPERATIONS
    operations = peer_common.read_operations(table)
    chosen = [operations[name] for name in dict.fromkeys(arguments.operation or operations)]
    generate.generate(data, sorted({name for each in chosen for name in each.workloads}), arguments.smoke)

    cpu_name, flags = cpu()
    environment = {**clean_environment(), "PEERS_DATA": data, "PEERS_OPERATIONS": table}
    if any({"sklearn", "study"} & set(each.runners) for each in chosen):
        set_blas(environment, flags)
    common_notes = {"cpu": cpu_name, "cores": os.cpu_count(), "date": time.strftime("%Y-%m-%d")}
    if "OPENBLAS_CORETYPE" in environment:
        common_notes["openblas_coretype"] = environment["OPENBLAS_CORETYPE"]
    if arguments.quick:
        common_notes["quick"] = True

    result = os.path.join(ROOT, "out", f"peers{suffix}.json")
    rows = []
    if arguments.keep and os.path.exists(result):
        with open(result, encoding="utf-8") as file:
            measured_now = {(each.name, threads) for each in chosen for threads in arguments.threads}
            rows = [row for row in json.load(file) if (row["operation"], row["threads"]) not in measured_now]

    bench = Bench(arguments.ours or OURS, environment, arguments.time_limit)
    failures = []
    for threads in arguments.threads:
        for operation in chosen:
            if operation.only_threads not in (None, threads):
                say(f"{operation.name}: runs on {operation.only_threads} thread only, left out for {threads}")
                continue
            short = arguments.quick or arguments.smoke
            say(f"{operation.name}, threads {threads} ...")
            found, problems = bench.measure(operation, threads, 1 if short else operation.rounds,
                                            min(QUICK_REPEATS, operation.repeats) if short else operation.repeats)
            for row in found:
                row["notes"].update(common_notes)
            rows += found
            failures += problems
            for problem in problems:
                say("failed: " + problem)
            write_rows(result, rows)
    print_table(rows)
    say(f"wrote {os.path.relpath(result)}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
