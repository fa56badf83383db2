#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes calibration.hpp: what scikit-learn says about scores as probabilities, and the maps that it and scipy fit to them.

Run with scikit-learn 1.2.1 (Debian: python3-sklearn): /usr/bin/python3 make_calibration.py

scikit-learn ends Platt's fit when its gradient is below 1e-5. Its loss has one minimum, so its answer is followed to the end by
Newton's method in long doubles, and the two must agree to 1e-3. Beta calibration is no part of scikit-learn: its curve is fitted by the
same Newton's method to log(s) and -log(1 - s), with Platt's targets.
"""
import pathlib
import random

import numpy
import sklearn
from sklearn.calibration import _sigmoid_calibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, log_loss

draw = random.Random(20240602)
LEAST = 1e-6


def text(values):
    if isinstance(values, (float, int, numpy.floating)):
        return repr(float(values))
    return "{" + ", ".join(text(value) if not isinstance(value, int) else str(value) for value in values) + "}"


def logistic_curve(columns, label, weight):
    """The coefficients of the columns, the intercept last, with the least log-loss against Platt's targets."""
    label, weight = numpy.array(label), numpy.array(weight, dtype=numpy.longdouble)
    positives, negatives = weight[label == 1].sum(), weight[label == 0].sum()
    target = numpy.where(label == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    x = numpy.array(list(columns) + [[1.0] * len(label)], dtype=numpy.longdouble)
    b = numpy.zeros(len(x), dtype=numpy.longdouble)
    for _ in range(100):
        p = 1 / (1 + numpy.exp(-(b @ x)))
        gradient = x @ (weight * (p - target))
        curvature = (x * (weight * p * (1 - p))) @ x.T
        b -= numpy.linalg.solve(curvature.astype(float), gradient.astype(float))
    loss = -(weight * (target * numpy.log(p) + (1 - target) * numpy.log(1 - p))).sum()
    return [float(value) for value in b], float(loss)


def beta_curve(s, label, weight):
    """The same of log(s) and -log(1 - s) with slopes that are not negative: the best of the full curve and the edges."""
    low, high = numpy.log(s), -numpy.log1p(-s)
    best, _ = logistic_curve([low, high], label, weight)
    if min(best[:2]) >= 0:
        return best
    (a, c_a), loss_a = logistic_curve([low], label, weight)
    (b, c_b), loss_b = logistic_curve([high], label, weight)
    assert max(a, b) > 0
    return [a, 0.0, c_a] if b <= 0 or (a > 0 and loss_a < loss_b) else [0.0, b, c_b]


def case(score, label, weight, probes):
    score, label, weight = (numpy.array(values, dtype=float) for values in (score, label, weight))
    inside = score.min() >= 0 and score.max() <= 1
    figures, curve = [0.0] * 4, ([], [])
    if inside:
        figures = [brier_score_loss(label, score), brier_score_loss(label, score, sample_weight=weight),
                   log_loss(label, score), log_loss(label, score, sample_weight=weight)]
        curve = calibration_curve(label, score, n_bins=5)
    maps = []
    for w in (None, weight):
        maps.append(IsotonicRegression(out_of_bounds="clip").fit(score, label, sample_weight=w).predict(probes))
        w_or_ones = numpy.ones(len(label)) if w is None else w
        ours, _ = logistic_curve([score], label, w_or_ones)
        theirs = _sigmoid_calibration(score, label, w)
        assert max(abs(ours[0] + theirs[0]), abs(ours[1] + theirs[1])) < 1e-3, (ours, theirs)
        maps.append(ours)
        s = numpy.clip(score, LEAST, 1 - LEAST)
        maps.append(beta_curve(s, label, w_or_ones) if inside else [0.0, 0.0, 0.0])
    parts = [list(score), [int(y) for y in label], list(weight), *figures, *curve, list(probes), *maps]
    return "    {" + ",\n     ".join(text(part) for part in parts) + "}"


def drawn(rows, steps, bend):
    """Scores in steps of 1 / steps, and labels whose probability is the score bent upwards or downwards."""
    score = [draw.randrange(steps + 1) / steps for _ in range(rows)]
    label = [int(draw.random() < s ** bend) for s in score]
    weight = [draw.choice([0.5, 1.0, 2.25, 3.0]) for _ in range(rows)]
    return score, label, weight


probes = [0.0, 0.03, 0.2, 0.25, 0.333, 0.5, 0.51, 0.7777, 0.9, 1.0]
cases = [case([0.1, 0.4, 0.35, 0.8, 0.65, 0.2, 0.9, 0.55], [0, 0, 1, 1, 0, 0, 1, 1],
              [1.0, 2.0, 0.5, 1.0, 3.0, 0.25, 1.5, 1.0], probes),
         case(*drawn(60, 8, 1.5), probes), case(*drawn(200, 1000, 0.6), probes)]
score, label, weight = drawn(150, 64, 1.2)
cases.append(case([8 * s - 3 for s in score], label, weight, [-10.0, -3.0, -1.77, 0.0, 0.625, 4.9, 5.0, 100.0]))
pathlib.Path(__file__).with_name("calibration.hpp").write_text(f"""\
// SPDX-License-Identifier: MIT
// Written by make_calibration.py with scikit-learn {sklearn.__version__}: do not edit.
// clang-format off
#pragma once

#include <vector>

namespace oracle {{

inline constexpr double least_score = {LEAST!r};  // beta calibration moves scores into [least, 1 - least]

/// Figures and the curve of 5 bins of equal width are there for scores in [0, 1] only. Curves are {{slopes..., intercept}}.
struct calibration_case {{
  std::vector<double> score;
  std::vector<int> label;
  std::vector<double> weight;
  double brier, weighted_brier, log_loss, weighted_log_loss;
  std::vector<double> observed, promised;
  std::vector<double> probe;
  std::vector<double> isotonic, platt, beta;
  std::vector<double> weighted_isotonic, weighted_platt, weighted_beta;
}};

inline const std::vector<calibration_case> calibration_cases = {{
{(","+chr(10)).join(cases)}}};

}}  // namespace oracle
""")
