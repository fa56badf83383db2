#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Says how many lines and branches of the headers were reached, from what `llvm-cov export -skip-functions` prints.

  scripts/coverage.py export.json             header by header, the worst first, and in all
  scripts/coverage.py export.json --missed    also every line and every side of a condition that was not reached
  scripts/coverage.py export.json --least 95 85    fails below so many percent of lines and of branches

A line or a side of a condition is reached when it is in any instance of its template: the instances are added up place by place
(llvm-cov's own report takes the best instance of each function instead). A condition that was reached and went neither way
is one that the compiler decided (`if constexpr`, a constant): it has no sides to reach and is not counted. Nothing else is left out.
"""

import argparse
import json
import pathlib
import sys


class Header:
    """The segments of llvm-cov: from (line, column) on the count holds, if there is one."""

    def __init__(self, path, segments, branches):
        self.path = path
        self.segments = segments
        self.lines = self.count_lines()
        sides = {}
        for line, column, last, end, taken, not_taken, *_ in branches:
            both = sides.setdefault((line, column, last, end), [0, 0])
            both[0] += taken
            both[1] += not_taken
        self.sides = {place: both for place, both in sides.items() if any(both) or self.count_at(place[:2]) == 0}

    def count_at(self, place):
        before = [s for s in self.segments if (s[0], s[1]) <= place]
        return before[-1][2] if before and before[-1][3] else 0

    def count_lines(self):
        """Line to count, as llvm-cov counts: the largest of the regions that begin on it or reach into it."""
        lines = {}
        if not self.segments:
            return lines
        by_line = {}
        for segment in self.segments:
            by_line.setdefault(segment[0], []).append(segment)
        wrapped = None
        for line in range(self.segments[0][0], self.segments[-1][0] + 1):
            here = by_line.get(line, [])
            begins = [s for s in here if s[3] and s[4] and not s[5]]  # has a count, is an entry, is no gap
            skipped = bool(here) and not here[0][3] and here[0][4]
            if not skipped and (begins or (wrapped and wrapped[3])):
                lines[line] = max([s[2] for s in begins] + [wrapped[2] if wrapped and wrapped[3] else 0])
            if here:
                wrapped = here[-1]
        return lines

    def reached(self):
        return sum(count > 0 for count in self.lines.values())

    def sides_reached(self):
        return sum((taken > 0) + (not_taken > 0) for taken, not_taken in self.sides.values())

    def print_missed(self, root):
        text = pathlib.Path(root, self.path).read_text().split("\n")
        for line, count in sorted(self.lines.items()):
            if count == 0:
                print(f"  {self.path}:{line}: never: {text[line - 1].strip()}")
        for (line, column, last, end), (taken, not_taken) in sorted(self.sides.items()):
            if self.lines.get(line, 0) == 0 or (taken and not_taken):
                continue
            condition = text[line - 1][column - 1:end - 1] if last == line else text[line - 1][column - 1:] + " ..."
            never = "never asked" if not taken and not not_taken else "never true" if not taken else "never false"
            print(f"  {self.path}:{line}: {never}: {condition}")


def percent(part, whole):
    return 100.0 * part / whole if whole else 100.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export")
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--least", nargs=2, type=float, metavar=("LINES", "BRANCHES"), default=(0, 0))
    options = parser.parse_args()

    files = json.loads(pathlib.Path(options.export).read_text())["data"][0]["files"]
    headers = []
    for each in files:
        root, found, path = each["filename"].partition("include/footfall/")
        if found:
            headers.append((root + found, Header(path, each["segments"], each["branches"])))
    headers.sort(key=lambda pair: (percent(pair[1].sides_reached(), 2 * len(pair[1].sides)), pair[1].path))

    lines = sides = lines_reached = sides_reached = 0
    for root, header in headers:
        mine = (header.reached(), len(header.lines), header.sides_reached(), 2 * len(header.sides))
        lines_reached, lines = lines_reached + mine[0], lines + mine[1]
        sides_reached, sides = sides_reached + mine[2], sides + mine[3]
        print(f"{percent(*mine[:2]):6.1f} % of {mine[1]:4} lines, {percent(*mine[2:]):6.1f} % of {mine[3]:4} branches  {header.path}")
        if options.missed:
            header.print_missed(root)
    print(f"{len(headers)} headers: {percent(lines_reached, lines):.2f} % of {lines} lines, "
          f"{percent(sides_reached, sides):.2f} % of {sides} branches")
    return percent(lines_reached, lines) < options.least[0] or percent(sides_reached, sides) < options.least[1]


if __name__ == "__main__":
    sys.exit(main())
