#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes choose_k.hpp beside this file: what scikit-learn 1.2.1 says of segmentations of small inputs."""
import os
import sys
import textwrap

import numpy as np
import sklearn
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

if sklearn.__version__ != "1.2.1":
    sys.exit(f"the oracle is scikit-learn 1.2.1, this is {sklearn.__version__}")

rng = np.random.default_rng(31)
middles = rng.normal(0, 4, (4, 3))
x = np.round((middles[rng.integers(0, 4, 60)] + rng.normal(0, 1, (60, 3))) * 8) / 8
good = np.argmin(((x[:, None] - middles[None]) ** 2).sum(axis=2), axis=1)
poor = rng.integers(0, 5, 60)
# A number that nobody has, a segment of one session, a segment of equal sessions.
odd_x = np.array([[0, 0], [0, 0], [0, 0], [3, 1], [4, 1], [5, 1.5], [9, 9]], dtype=float)
odd_labels = np.array([0, 0, 0, 2, 2, 2, 4])
# Segments whose means are equal.
crossed_x = np.array([[-1, 0], [1, 0], [0, -1], [0, 1], [7, 7], [8, 7]], dtype=float)
crossed_labels = np.array([0, 0, 1, 1, 2, 2])

lines = []


def emit(name, values):
    values = np.asarray(values)
    kind = "double" if values.dtype.kind == "f" else "std::int32_t"
    numbers = ", ".join(repr(float(v)) if kind == "double" else str(int(v)) for v in values.ravel())
    lines.append(f"inline const std::vector<{kind}> {name} = {{\n"
                 + textwrap.fill(numbers, 116, initial_indent="    ", subsequent_indent="    ") + "};")


def emit_scores(name, data, labels):
    lines.append(f"inline constexpr double {name}_calinski_harabasz = {calinski_harabasz_score(data, labels)!r};")
    lines.append(f"inline constexpr double {name}_davies_bouldin = {davies_bouldin_score(data, labels)!r};")


emit("choose_x", x)
emit("choose_good", good)
emit("choose_poor", poor)
emit("choose_odd_x", odd_x)
emit("choose_odd_labels", odd_labels)
emit("choose_crossed_x", crossed_x)
emit("choose_crossed_labels", crossed_labels)
emit_scores("choose_good", x, good)
emit_scores("choose_poor", x, poor)
emit_scores("choose_odd", odd_x, odd_labels)
emit_scores("choose_crossed", crossed_x, crossed_labels)

text = """// SPDX-License-Identifier: MIT
// Written by make_choose_k.py with scikit-learn 1.2.1: do not edit.
// clang-format off
#pragma once

#include <cstdint>
#include <vector>

namespace oracle {

""" + "\n".join(lines) + "\n\n}  // namespace oracle\n"
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "choose_k.hpp"), "w") as file:
    file.write(text)
