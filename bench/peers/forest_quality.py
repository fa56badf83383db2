#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Is footfall's forest as good as scikit-learn's, and what does training take in memory?

    forest_quality.py PROGRAM DATA SHOPPERS.csv [--seeds 10] [--trees 300] [--only w1]

PROGRAM is footfall_forest_quality of the CMake preset `bench`, DATA a folder in which generate.py has written W1 and in which this
writes its own arrays, SHOPPERS.csv the online shoppers data (UCI data set 468). Both sides grow full trees, one thread, on the same
three quarters of the rows, another choice of rows for each seed. Peak memory is that of the first fit: what the process takes at most
while it runs, less what it had before.
"""
import argparse
import os
import statistics
import subprocess

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import average_precision_score, roc_auc_score

CATEGORIES = ["Month", "OperatingSystems", "Browser", "Region", "TrafficType", "VisitorType", "Weekend"]


def shoppers(path):
    sessions = pd.read_csv(path)
    y = sessions.pop("Revenue").to_numpy().astype(np.int32)
    return np.ascontiguousarray(pd.get_dummies(sessions, columns=CATEGORIES).to_numpy(dtype=np.float32)), y


def status_mb(name):
    with open("/proc/self/status", encoding="ascii") as status:
        return next(float(line.split()[1]) / 1024 for line in status if line.startswith(name + ":"))


def peer(x, y, orders, trees):
    train = len(y) * 3 // 4
    for seed, order in enumerate(orders):
        x_train, y_train = np.ascontiguousarray(x[order[:train]]), y[order[:train]]
        with open("/proc/self/clear_refs", "w", encoding="ascii") as refs:
            refs.write("5")  # the peak begins anew
        before = status_mb("VmRSS")
        forest = RandomForestClassifier(trees, n_jobs=1, random_state=seed).fit(x_train, y_train)
        took = status_mb("VmHWM") - before
        score = forest.predict_proba(x[order[train:]])[:, 1]
        yield roc_auc_score(y[order[train:]], score), average_precision_score(y[order[train:]], score), took


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("data")
    parser.add_argument("shoppers")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--trees", type=int, default=300)
    parser.add_argument("--only", choices=["w1", "shoppers"])
    given = parser.parse_args()
    load = lambda name: np.load(os.path.join(given.data, name))
    data = {"w1": (load("w1_X.npy"), load("w1_y.npy")), "shoppers": shoppers(given.shoppers)}
    for name, (x, y) in data.items():
        if given.only not in (None, name):
            continue
        orders = np.array([np.random.default_rng(seed).permutation(len(y)) for seed in range(given.seeds)], np.int32)
        for suffix, array in (("X", x), ("y", y), ("orders", orders)):
            np.save(os.path.join(given.data, f"quality_{name}_{suffix}.npy"), array)
        printed = subprocess.run([given.program, given.data, "quality_" + name, str(given.trees)], check=True,
                                 stdout=subprocess.PIPE, text=True).stdout
        ours = [tuple(map(float, line.split())) for line in printed.splitlines()]
        theirs = list(peer(x, y, orders, given.trees))
        print(f"{name}: {len(y)} rows, {x.shape[1]} columns, {given.trees} full trees, {given.seeds} seeds")
        for i, figure in enumerate(("AUC", "average precision")):
            differences = [own[i] - other[i] for own, other in zip(ours, theirs)]
            deviation = statistics.stdev(differences) if len(differences) > 1 else float("nan")
            print(f"  {figure}: ours {statistics.mean(own[i] for own in ours):.4f}, "
                  f"scikit-learn {statistics.mean(other[i] for other in theirs):.4f}, "
                  f"difference {statistics.mean(differences):+.4f} (sd over seeds {deviation:.4f})")
        print(f"  training peak: ours {ours[0][2]:.1f} MB, scikit-learn {theirs[0][2]:.1f} MB, "
              f"ratio {ours[0][2] / theirs[0][2]:.2f}", flush=True)


if __name__ == "__main__":
    main()
