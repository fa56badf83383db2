#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the tests: puts one deliberate fault at a time into a copy of the headers and looks whether a test turns red.

  scripts/faults.py                 every fault of tests/faults/faults.txt
  scripts/faults.py forest csv      those whose name or header contains one of the words
  scripts/faults.py --check         only that the list fits the headers: every text found exactly once

The exit status is 1 when the list is wrong, when a test is red without any fault, or when a fault survives that the list
does not answer. Needs Python 3 and a compiler; nothing is written into the repository.
"""

import argparse
import concurrent.futures
import pathlib
import queue
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "faults" / "faults.txt"
FLAGS = ["-std=c++20", "-O1", "-ffp-contract=off", "-w", "-fmax-errors=1", "-I", "include", "-I", "."]
PRECOMPILED = "#include <Eigen/Core>\n#include <unsupported/Eigen/SpecialFunctions>\n#include <doctest/doctest.h>\n"
FIELDS = ("fault", "header", "find", "with", "tests", "answered")
MEMORY = 4 << 30  # a fault may ask for all there is


def wrong(message):
    sys.exit(f"faults: {message}")


def read_list():
    """Blocks of `field: text`, apart by empty lines. A field that is repeated has several lines."""
    faults = []
    for block in LIST.read_text().split("\n\n"):
        fault = {}
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            field, colon, text = line.partition(":")
            if not colon or field not in FIELDS:
                wrong(f"not a field of a fault: {line}")
            text = text[1:]
            fault[field] = fault[field] + "\n" + text if field in fault else text
        if fault:
            missing = [field for field in FIELDS[:5] if field not in fault]
            if missing:
                wrong(f"{fault.get('fault', block)}: no {', '.join(missing)}")
            fault["tests"] = fault["tests"].split()
            faults.append(fault)
    return faults


def check_list(faults):
    """Every complaint about the list at once."""
    complaints = []
    names = set()
    for fault in faults:
        name = fault["fault"]
        if name in names:
            complaints.append(f"{name}: the name is taken")
        names.add(name)
        header = ROOT / "include" / "footfall" / fault["header"]
        if not header.is_file():
            complaints.append(f"{name}: no header {fault['header']}")
        elif (times := header.read_text().count(fault["find"])) != 1:
            complaints.append(f"{name}: found {times} times in {fault['header']}: {fault['find']}")
        if fault["find"] == fault["with"]:
            complaints.append(f"{name}: nothing is changed")
        for test in fault["tests"]:
            if not (ROOT / "tests" / f"{test}_test.cpp").is_file():
                complaints.append(f"{name}: no tests/{test}_test.cpp")
    if complaints:
        wrong("\n  ".join(["the list is wrong:", *complaints]))


class Bench:
    """A copy of the headers and tests, and what is compiled only once."""

    def __init__(self, folder, compiler, limit):
        self.folder = folder
        self.compiler = compiler
        self.limit = limit
        shutil.copytree(ROOT / "include", folder / "include")
        shutil.copytree(ROOT / "tests", folder / "tests")
        (folder / "common.hpp").write_text(PRECOMPILED)

    def compile(self, arguments):
        include = ["-isystem", "/usr/include/eigen3"]
        done = subprocess.run([self.compiler, *FLAGS, *include, *arguments], cwd=self.folder, capture_output=True, text=True)
        return done.returncode == 0, done.stderr

    def prepare(self):
        path = f'-DFOOTFALL_SOURCE_DIR="{self.folder}"'
        for arguments in (["-x", "c++-header", "common.hpp", "-o", "common.hpp.gch"],
                          [path, "-c", "tests/main.cpp", "-o", "main.o"]):
            good, output = self.compile(arguments)
            if not good:
                wrong(f"cannot compile {arguments}:\n{output}")

    def verdict(self, test):
        """`green`, or what made the test red; None and the compiler's words where it does not compile."""
        program = self.folder / "program"
        good, output = self.compile(["-include", "common.hpp", f"tests/{test}_test.cpp", "main.o", "-o", str(program)])
        if not good:
            return None, output
        try:
            done = subprocess.run([str(program), "--abort-after=1"], cwd=self.folder, capture_output=True, timeout=self.limit,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)))
        except subprocess.TimeoutExpired:
            return "no end", ""
        if done.returncode == 0:
            return "green", ""
        return ("red" if done.returncode > 0 else f"signal {-done.returncode}"), done.stdout.decode(errors="replace")

    def try_fault(self, fault):
        """The outcome (caught, survived, wrong), and the test that noticed or what is wrong."""
        header = self.folder / "include" / "footfall" / fault["header"]
        whole = header.read_text()
        header.write_text(whole.replace(fault["find"], fault["with"]))
        try:
            for test in fault["tests"]:
                verdict, output = self.verdict(test)
                if verdict is None:
                    return "wrong", f"does not compile:\n{output}"
                if verdict != "green":
                    return "caught", test if verdict == "red" else f"{test}: {verdict}"
            return "survived", " ".join(fault["tests"])
        finally:
            header.write_text(whole)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="only faults whose name or header contains one of them")
    parser.add_argument("--check", action="store_true", help="look at the list, compile nothing")
    parser.add_argument("--trust", action="store_true", help="do not first run the tests without a fault")
    parser.add_argument("--jobs", type=int, default=1, help="how many faults at once")
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--limit", type=float, default=60, help="seconds that a test file may run")
    options = parser.parse_args()

    faults = read_list()
    check_list(faults)
    if options.words:
        faults = [f for f in faults if any(word in f["fault"] or word in f["header"] for word in options.words)]
    print(f"{len(faults)} faults in {len({f['header'] for f in faults})} headers")
    if options.check:
        return 0

    start = time.monotonic()
    counts = {"caught": 0, "survived": 0, "answered": 0, "wrong": 0}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        benches = queue.SimpleQueue()
        for i in range(max(1, options.jobs)):
            bench = Bench(pathlib.Path(folder) / str(i), options.compiler, options.limit)
            bench.prepare()
            benches.put(bench)

        def on_a_bench(work):
            bench = benches.get()
            try:
                return work(bench)
            finally:
                benches.put(bench)

        with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
            if not options.trust:  # a test that is red anyway would seem to catch everything
                tests = sorted({test for fault in faults for test in fault["tests"]})
                for test, (verdict, output) in zip(tests, pool.map(lambda t: on_a_bench(lambda b: b.verdict(t)), tests)):
                    if verdict != "green":
                        wrong(f"{test} is not green without a fault:\n{output}")
                print(f"{len(tests)} test files are green without a fault, {time.monotonic() - start:.0f} s", flush=True)
            outcomes = pool.map(lambda f: on_a_bench(lambda b: b.try_fault(f)), faults)
            for fault, (outcome, detail) in zip(faults, outcomes):
                if outcome == "survived" and "answered" in fault:
                    outcome, detail = "answered", fault["answered"].replace("\n", " ")
                counts[outcome] += 1
                print(f"{outcome:9} {fault['fault']:44} {detail}", flush=True)

    print(", ".join(f"{count} {outcome}" for outcome, count in counts.items()), f"in {time.monotonic() - start:.0f} s")
    return 1 if counts["survived"] or counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
