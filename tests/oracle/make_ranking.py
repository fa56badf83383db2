#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes ranking.hpp: scores with and without ties, and what scikit-learn's metrics say about them.

Run with scikit-learn 1.2.1 (Debian: python3-sklearn): /usr/bin/python3 make_ranking.py
"""
import pathlib
import random

import sklearn
from sklearn.metrics import (accuracy_score, average_precision_score, f1_score, precision_recall_curve, precision_score,
                             recall_score, roc_auc_score, roc_curve)

draw = random.Random(20240601)
draw_weight = random.Random(20240602)


def listed(values):
    return "{%s}" % ", ".join(repr(float(each)) for each in values)


def case(rows, levels, share, signal):
    """Scores are `level / 1024`: both sides hold the same doubles."""
    while True:
        label = [int(draw.random() < share) for _ in range(rows)]
        if 0 < sum(label) < rows:
            break
    level = [min(1024, int((draw.randrange(levels) + signal * levels * y) / (1 + signal) * 1024 / levels)) for y in label]
    if levels == 1:
        level = [512] * rows
    score = [each / 1024 for each in level]
    called = [int(each >= 0.5) for each in score]
    # Precision and recall without any positive call have no value; such cases are drawn again.
    if sum(called) == 0:
        return case(rows, levels, share, signal)
    figures = (roc_auc_score(label, score), average_precision_score(label, score), accuracy_score(label, called),
               precision_score(label, called), recall_score(label, called), f1_score(label, called))
    numbers = ", ".join(repr(float(figure)) for figure in figures)
    weight = [draw_weight.randrange(1, 41) / 8 + (row % 3 == 2) * 0.1 for row in range(rows)]
    if rows > 4:
        weight[rows // 2] = 0.0 if 0 < sum(y for row, y in enumerate(label) if row != rows // 2) < rows - 1 else 1.0
    weighted = (roc_auc_score(label, score, sample_weight=weight),
                average_precision_score(label, score, sample_weight=weight),
                roc_auc_score(label, score, max_fpr=0.1), roc_auc_score(label, score, max_fpr=0.35),
                roc_auc_score(label, score, max_fpr=0.35, sample_weight=weight))
    false_rate, true_rate, _ = roc_curve(label, score, drop_intermediate=False)
    precision, recall, _ = precision_recall_curve(label, score)
    return "    {{%s},\n     {%s},\n     %s,\n     %s,\n     %s,\n     %s,\n     %s,\n     %s,\n     %s}" % (
        ", ".join(map(str, level)), ", ".join(map(str, label)), numbers, listed(weight),
        ", ".join(repr(float(figure)) for figure in weighted), listed(false_rate), listed(true_rate),
        listed(precision), listed(recall))


shapes = [(2, 4, 0.5, 0), (3, 2, 0.5, 1), (5, 3, 0.4, 0.5), (10, 1, 0.3, 0), (10, 1024, 0.5, 1), (20, 2, 0.1, 0.5),
          (50, 5, 0.5, 0.25), (50, 1024, 0.07, 0), (100, 10, 0.2, 0.5), (200, 1024, 0.3, 0.2), (300, 20, 0.15, 0.3)]
cases = ",\n".join(case(*shape) for shape in shapes)
pathlib.Path(__file__).with_name("ranking.hpp").write_text(f"""\
// SPDX-License-Identifier: MIT
// Written by make_ranking.py with scikit-learn {sklearn.__version__}: do not edit.
// clang-format off
#pragma once

#include <vector>

namespace oracle {{

/// A session scores `level / 1024` and is called positive from 0.5 on.
struct ranking_case {{
  std::vector<int> level;
  std::vector<int> label;
  double roc_auc, average_precision, accuracy, precision, recall, f1;
  std::vector<double> weight;
  double weighted_roc_auc, weighted_average_precision;
  double partial_auc_10, partial_auc_35, weighted_partial_auc_35;            // max_fpr, standardised by McClish
  std::vector<double> false_rates, true_rates;                              // roc_curve, no point dropped
  std::vector<double> precisions, recalls;                                  // precision_recall_curve
}};

inline const std::vector<ranking_case> ranking_cases = {{
{cases}}};

}}  // namespace oracle
""")
