#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes cluster.hpp beside this file: what scikit-learn 1.2.1 says of small inputs that are exact in float.

Segments are renumbered as footfall numbers them: by total weight, the largest first, then by centre.
"""
import os
import sys
import textwrap

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_samples, silhouette_score
from sklearn.preprocessing import StandardScaler

lines = []


def number(value):
    return repr(float(value)) if isinstance(value, (float, np.floating)) else str(int(value))


def emit(name, values):
    """A vector, or a matrix with its rows one after the other."""
    values = np.asarray(values)
    kind = "double" if values.dtype.kind == "f" else "std::int32_t"
    shape = "" if values.ndim == 1 else f"  // {values.shape[0]} rows of {values.shape[1]}"
    numbers = ", ".join(number(v) for v in values.ravel())
    body = textwrap.fill(numbers, 116, initial_indent="    ", subsequent_indent="    ")
    lines.append(f"inline const std::vector<{kind}> {name} = {{{shape}\n{body}}};")


def emit_scalar(name, value):
    kind = "double" if isinstance(value, (float, np.floating)) else "int"
    lines.append(f"inline constexpr {kind} {name} = {number(value)};")


def exact(values, step=0.125):
    """Rounded to a multiple of a power of two, so that float and double hold the same number."""
    rounded = np.round(np.asarray(values) / step) * step
    assert np.all(rounded.astype(np.float32).astype(np.float64) == rounded)
    return rounded


rng = np.random.default_rng(20)

# Scaler: an ordinary column, a skewed one, a constant one, one far from zero.
scaled = exact(np.column_stack(
    [rng.normal(3, 2, 12), rng.exponential(20, 12), np.full(12, 7.25), 10000 + rng.normal(0, 1, 12)]))
row_weights = np.array([1.0, 2.0, 0.5, 0.0, 3.0, 1.0, 1.5, 1.0, 0.25, 2.0, 1.0, 4.0])
scaler = StandardScaler().fit(scaled)
emit("scaler_x", scaled)
emit("scaler_means", scaler.mean_)
emit("scaler_scales", scaler.scale_)
emit("scaler_transformed", scaler.transform(scaled))
weighted = StandardScaler().fit(scaled, sample_weight=row_weights)
emit("scaler_weights", row_weights)
emit("scaler_weighted_means", weighted.mean_)
emit("scaler_weighted_scales", weighted.scale_)


def fit(name, x, start, weight=None):
    model = KMeans(len(start), init=start, n_init=1, algorithm="lloyd").fit(x, sample_weight=weight)
    weight = np.ones(len(x)) if weight is None else weight
    sizes = np.array([weight[model.labels_ == i].sum() for i in range(len(start))])
    order = sorted(range(len(start)), key=lambda i: (-sizes[i], *model.cluster_centers_[i]))
    rank = np.argsort(order)
    emit(f"{name}_start", start)
    emit(f"{name}_labels", rank[model.labels_].astype(np.int32))
    emit(f"{name}_centers", model.cluster_centers_[order])
    emit(f"{name}_sizes", sizes[order])
    emit_scalar(f"{name}_inertia", float(model.inertia_))
    emit_scalar(f"{name}_passes", model.n_iter_)
    return rank[model.labels_]


# K-Means: four groups that touch, from four of the sessions; with weights; with a start centre that nobody is near.
middles = np.array([[0, 0, 0], [3, 0, 1], [0, 4, -1], [4, 4, 3]])
group = rng.choice(4, 60, p=[0.4, 0.3, 0.2, 0.1])
sessions = exact(middles[group] + rng.normal(0, 1.1, (60, 3)))
session_weights = exact(rng.uniform(0, 3, 60), 0.25)
emit("kmeans_x", sessions)
labels = fit("kmeans", sessions, sessions[[0, 1, 2, 3]])
emit("kmeans_weights", session_weights)
fit("kmeans_weighted", sessions, sessions[[5, 6, 7]], session_weights)
fit("kmeans_empty", sessions, np.vstack([sessions[[0, 1, 2]], [[100.0, 100.0, 100.0]]]))

# Silhouette: of those segments; and with a segment of one session, repeated sessions and a number that nobody has.
emit("silhouette_samples", silhouette_samples(sessions, labels))
emit_scalar("silhouette_mean", float(silhouette_score(sessions, labels)))
odd = np.array([[0, 0], [0, 0], [0, 0], [1, 0], [5, 5], [5, 5], [5, 6], [9, 0.5]], dtype=float)
odd_labels = np.array([0, 0, 2, 2, 4, 4, 4, 5], dtype=np.int32)
emit("odd_x", odd)
emit("odd_labels", odd_labels)
emit("odd_samples", silhouette_samples(odd, odd_labels))

# PCA: correlated columns, one constant, one far from zero. Variances are divided by rows, where scikit-learn takes one less.
mixed = exact(np.column_stack([sessions @ [1, 0.5, -0.25], sessions @ [0, 2, 1], sessions[:, 2], np.full(60, 3.0),
                               1000 + sessions[:, 0] * 0.5]))
pca = PCA(3, svd_solver="full").fit(mixed)
signs = np.sign(pca.components_[np.arange(3), np.abs(pca.components_).argmax(1)])
emit("pca_x", mixed)
emit("pca_axes", pca.components_ * signs[:, None])
emit("pca_variances", pca.explained_variance_ * 59 / 60)
emit("pca_shares", pca.explained_variance_ratio_)
emit("pca_transformed", pca.transform(mixed) * signs)

text = f"""// SPDX-License-Identifier: MIT
// Written by make_cluster.py with scikit-learn {sklearn.__version__}: do not edit.
// clang-format off
#pragma once

#include <cstdint>
#include <vector>

namespace oracle {{

""" + "\n".join(lines) + "\n\n}  // namespace oracle\n"

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cluster.hpp")
if sklearn.__version__ != "1.2.1":
    sys.exit(f"the oracle is scikit-learn 1.2.1, this is {sklearn.__version__}")
with open(path, "w") as file:
    file.write(text)
