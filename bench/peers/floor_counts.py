#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Counts that the floors of the forest rest on, from scikit-learn forests on W1: `floor_counts.py [TREES]`.

How many rows the nodes of a tree see while it grows (a row that is drawn twice is one distinct row), how many nodes
are small, and how long the paths are while it scores: also the longest among 16 and 64 neighbours, which is what a
vector of 16 lanes or a block of 64 rows waits for.
"""
import json
import sys

from peer_common import load_split, read_operations, require

require({"sklearn": "python3-sklearn"})

import numpy as np
from sklearn.ensemble import RandomForestClassifier

SMALL = 64


def node_depths(tree):
    """Parents come before their children in scikit-learn's arrays."""
    depths = np.zeros(tree.node_count, int)
    for parent in np.nonzero(tree.children_left >= 0)[0]:
        depths[tree.children_left[parent]] = depths[tree.children_right[parent]] = depths[parent] + 1
    return depths


def longest_among(path, neighbours):
    whole = len(path) // neighbours * neighbours
    return path[:whole].reshape(-1, neighbours).max(1).mean()


def counts_of(tree, x):
    split = tree.tree_.children_left >= 0
    path = node_depths(tree.tree_)[tree.apply(x)]
    return {
        "internal_nodes": split.sum(),
        f"internal_nodes_below_{SMALL}_rows": (split & (tree.tree_.n_node_samples < SMALL)).sum(),
        "distinct_row_visits": tree.tree_.n_node_samples[split].sum(),
        "weighted_row_visits": tree.tree_.weighted_n_node_samples[split].sum(),
        "mean_path": path.mean(),
        "longest_path_of_16": longest_among(path, 16),
        "longest_path_of_64": longest_among(path, 64),
    }


def main():
    operations = read_operations()
    for name in ("forest_train_full", "forest_train_d12"):
        operation = operations[name]
        trees = int(sys.argv[1]) if len(sys.argv) > 1 else 60
        x, y, train = load_split(operation.x)
        forest = RandomForestClassifier(trees, max_features=operation.features_per_split,
                                        max_depth=operation.max_depth or None,
                                        min_samples_leaf=operation.min_leaf, n_jobs=-1, random_state=1)
        forest.fit(x[:train], y[:train])
        counts = [counts_of(tree, x) for tree in forest.estimators_]
        means = {key: round(float(np.mean([each[key] for each in counts])), 2) for key in counts[0]}
        print(json.dumps({"operation": name, "trees": trees, "per_tree": means}), flush=True)


if __name__ == "__main__":
    main()
