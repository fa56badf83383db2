#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes forest.hpp: what scikit-learn's forest and tree make of data that both sides draw by the same formula.

Run with scikit-learn 1.2.1 (Debian: python3-sklearn): /usr/bin/python3 make_forest.py
The formula is `sessions` here and `oracle_sessions` in ../forest/random_forest_oracle_test.cpp.
"""
import pathlib
from fractions import Fraction

import numpy as np
import sklearn
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier

SEEDS = range(10)
TREES = 100


def sessions(rows, seed):
    """Eight columns of whole numbers and a label, from a linear congruential generator of 31 bits."""
    state = seed

    def draw(below):
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return (state >> 8) % below

    x, y = [], []
    for _ in range(rows):
        row = [draw(1000), draw(1000), draw(200), draw(10), draw(2), draw(1000), draw(100), draw(5)]
        strength = row[0] + row[1] * row[3] // 8 + 3 * row[2] * row[4] + draw(600)
        x.append(row)
        y.append(1 if strength > 1500 else 0)
    return np.array(x, dtype=np.float64), np.array(y)


def forest_aucs(data, min_leaf):
    x, y = sessions(1000, data)
    train, test = slice(0, 500), slice(500, 1000)
    aucs = []
    for seed in SEEDS:
        forest = RandomForestClassifier(n_estimators=TREES, min_samples_leaf=min_leaf, random_state=seed)
        aucs.append(roc_auc_score(y[test], forest.fit(x[train], y[train]).predict_proba(x[test])[:, 1]))
    return aucs


def unique_splits(x, y, rows, min_leaf, depth):
    """Whether at every node of the tree one parting of the rows is better than all others, in exact arithmetic."""
    n, p = len(rows), int(y[rows].sum())
    if p in (0, n) or depth == 0 or n < 2 * min_leaf:
        return True
    best = {}
    for column in range(x.shape[1]):
        for value in np.unique(x[rows, column])[:-1]:
            left = rows[x[rows, column] <= value]
            if min_leaf <= len(left) <= n - min_leaf:
                gain = Fraction((int(y[left].sum()) * n - p * len(left)) ** 2, len(left) * (n - len(left)))
                best.setdefault(gain, set()).add((column, tuple(left)))
    if not best:
        return True
    if len(best[max(best)]) > 1:
        return False
    ((_, left),) = best[max(best)]
    left = np.array(left)
    right = np.setdiff1d(rows, left)
    return all(unique_splits(x, y, side, min_leaf, depth - 1) for side in (left, right))


def tree_case(rows, min_leaf, depth):
    seed = next(s for s in range(1, 10000)
                if unique_splits(*sessions(rows, s), np.arange(rows), min_leaf, depth))
    x, y = sessions(rows, seed)
    tree = DecisionTreeClassifier(min_samples_leaf=min_leaf, max_depth=depth).fit(x, y)
    shares = tree.predict_proba(x)[:, 1]
    lines = ",\n     ".join(", ".join(repr(float(share)) for share in shares[i:i + 8]) for i in range(0, rows, 8))
    return f"    {{{rows}, {seed}, {min_leaf}, {depth}, {tree.tree_.node_count},\n     {{{lines}}}}}"


def forest_case(data, min_leaf):
    aucs = forest_aucs(data, min_leaf)
    return f"    {{{data}, {TREES}, {min_leaf}, {len(aucs)}, {np.mean(aucs)!r}}}"


forests = ",\n".join(forest_case(data, min_leaf) for min_leaf in (1, 5) for data in range(20240, 20245))
trees = ",\n".join(tree_case(*case) for case in ((200, 10, 4), (250, 20, 8), (120, 1, 3)))
pathlib.Path(__file__).with_name("forest.hpp").write_text(f"""\
// SPDX-License-Identifier: MIT
// Written by make_forest.py with scikit-learn {sklearn.__version__}: do not edit.
// clang-format off
#pragma once

#include <vector>

namespace oracle {{

/// Mean ROC-AUC on the last 500 of 1000 sessions of forests grown on the first 500.
struct forest_case {{
  unsigned data;  // the seed of the sessions
  int trees, min_leaf, seeds;
  double auc;
}};

inline const std::vector<forest_case> forest_cases = {{
{forests}}};

/// The share of positives that a single tree on all columns says for each of its training sessions.
struct tree_case {{
  int rows;
  unsigned seed;
  int min_leaf, max_depth, nodes;
  std::vector<double> share;
}};

inline const std::vector<tree_case> tree_cases = {{
{trees}}};

}}  // namespace oracle
""")
