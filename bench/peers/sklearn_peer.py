#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""scikit-learn, and numpy where it is the stronger peer: `sklearn_peer.py OPERATION THREADS REPEATS`.

Set OMP_NUM_THREADS and OPENBLAS_NUM_THREADS to THREADS outside, as compare.py does.
"""
import os
import pickle
import warnings

from peer_common import data_path, emit, load, load_split, require, run, time_single_rows, timed

require({"sklearn": "python3-sklearn", "threadpoolctl": "python3-threadpoolctl"})

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import average_precision_score, roc_auc_score, silhouette_score
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_info

VERSION = sklearn.__version__


def blas_notes():
    """Which BLAS kernels ran: K-Means, silhouette and PCA rest on them."""
    kernels = [pool["architecture"] for pool in threadpool_info() if pool["internal_api"] == "openblas"]
    return {"blas": "OpenBLAS " + kernels[0] if kernels else "not OpenBLAS"}


def fit_forest(operation, x, y, threads):
    recipe = RandomForestClassifier(operation.trees, max_features=operation.features_per_split,
                                    max_depth=operation.max_depth or None,
                                    min_samples_leaf=operation.min_leaf, n_jobs=threads, random_state=1)
    return recipe.fit(x, y)


def ranking_quality(y, score):
    return {"roc_auc": roc_auc_score(y, score), "average_precision": average_precision_score(y, score)}


def forest_train(operation, threads, repeats):
    x, y, train = load_split(operation.x)
    runs, forest = timed(lambda: fit_forest(operation, x[:train], y[:train], threads), repeats)
    quality = ranking_quality(y[train:], forest.predict_proba(x[train:])[:, 1])
    nodes = sum(tree.tree_.node_count for tree in forest.estimators_)
    emit(operation, "scikit-learn", VERSION, threads, runs, quality, {"nodes": nodes})


def forest_score(operation, threads, repeats):
    x, y, train = load_split(operation.x)
    forest = fit_forest(operation, x[:train], y[:train], threads)
    scored = load(operation.scored + "_X.npy")
    runs, _ = timed(lambda: forest.predict_proba(scored), repeats)
    quality = ranking_quality(y[train:], forest.predict_proba(x[train:])[:, 1])
    emit(operation, "scikit-learn", VERSION, threads, runs, quality)


def forest_score_one(operation, threads, repeats):
    x, y, train = load_split(operation.x)
    forest = fit_forest(operation, x[:train], y[:train], threads)
    series = [time_single_rows(forest.predict_proba, x[train:], 200) for _ in range(repeats)]
    quality = ranking_quality(y[train:], forest.predict_proba(x[train:])[:, 1])
    emit(operation, "scikit-learn", VERSION, threads, [p50 for p50, _ in series], quality,
         {"p99_s": min(p99 for _, p99 in series)})


def forest_file(operation, threads, repeats):
    """pickle of the highest protocol, forced to the disk as ours is."""
    x, y, train = load_split(operation.x)
    forest = fit_forest(operation, x[:train], y[:train], threads)
    path = data_path("sklearn_forest.pickle")

    def save():
        with open(path, "wb") as file:
            pickle.dump(forest, file, protocol=pickle.HIGHEST_PROTOCOL)
            file.flush()
            os.fsync(file.fileno())

    def read():
        with open(path, "rb") as file:
            return pickle.load(file)

    save()
    runs, _ = timed(save if operation.name == "forest_save" else read, repeats)
    size, nodes = os.path.getsize(path), sum(tree.tree_.node_count for tree in forest.estimators_)
    quality = ranking_quality(y[train:], read().predict_proba(x[train:])[:, 1])
    emit(operation, "scikit-learn", VERSION, threads, runs, quality, {"bytes": size, "bytes_a_node": size / nodes})
    os.remove(path)


def exact_inertia(x, fitted):
    """Summed in double: the library's own figure on float32 data is off in the fourth digit."""
    centers = fitted.cluster_centers_.astype(np.float64)
    return sum(float(((x[fitted.labels_ == k].astype(np.float64) - center)**2).sum())
               for k, center in enumerate(centers))


def kmeans_pass(operation, threads, repeats):
    """One pass: what the passes after the first one add, from the same given centres on both sides."""
    warnings.simplefilter("ignore", ConvergenceWarning)
    x = load(operation.x + "_X.npy")
    centers = x[:operation.clusters].copy()

    def fit(passes):
        return KMeans(operation.clusters, init=centers, n_init=1, max_iter=passes, tol=0, algorithm="lloyd").fit(x)

    # A fit that ends before its limit leaves out the last assignment, which would make its passes look cheaper.
    passes = fit(operation.passes).n_iter_
    if passes < operation.passes:
        passes -= 1
    one, short = timed(lambda: fit(1), repeats)
    all_passes, long = timed(lambda: fit(passes), repeats)
    added = long.n_iter_ - short.n_iter_
    emit(operation, "scikit-learn", VERSION, threads, [(t - min(one)) / added for t in all_passes],
         {"inertia": exact_inertia(x, long)}, {"fit_s": min(all_passes), "passes": passes, **blas_notes()})


def kmeans_restarts(operation, threads, repeats):
    x = load(operation.x + "_X.npy")
    seeds = iter(range(1, repeats + 1))

    def fit():
        return KMeans(operation.clusters, init="k-means++", n_init=operation.restarts, max_iter=300, tol=1e-4,
                      algorithm="lloyd", random_state=next(seeds)).fit(x)

    runs, fitted = timed(fit, repeats)
    emit(operation, "scikit-learn", VERSION, threads, runs, {"inertia": exact_inertia(x, fitted)},
         {"passes": fitted.n_iter_, **blas_notes()})


def silhouette(operation, threads, repeats):
    x, ids = load(operation.x + "_X.npy"), load(operation.x + "_ids.npy")
    runs, mean = timed(lambda: silhouette_score(x, ids), repeats)
    emit(operation, "scikit-learn", VERSION, threads, runs, {"silhouette": float(mean)}, blas_notes())


def scaler(operation, threads, repeats):
    x = load(operation.x + "_X.npy")
    runs, scaled = timed(lambda: StandardScaler().fit_transform(x), repeats)
    mean, deviation = scaled.mean(0, dtype=np.float64), scaled.std(0, dtype=np.float64)
    emit(operation, "scikit-learn", VERSION, threads, runs,
         {"mean_error": float(np.abs(mean).max()), "deviation_error": float(np.abs(deviation - 1).max())})


def roc_auc_ap(operation, threads, repeats):
    score, y = load(operation.scores + ".npy"), load(operation.labels + ".npy")
    runs, quality = timed(lambda: ranking_quality(y, score), repeats)
    emit(operation, "scikit-learn", VERSION, threads, runs, quality)


def pca(operation, threads, repeats):
    x = load(operation.x + "_X.npy")

    def by_hand():
        centered = x - x.mean(0, dtype=np.float64).astype(np.float32)
        _, vectors = np.linalg.eigh(centered.T @ centered)
        return centered @ vectors[:, ::-1][:, :operation.components]

    def variances(projected):
        return {f"variance_{i + 1}": float(v) for i, v in enumerate(projected.var(0, dtype=np.float64))}

    runs, projected = timed(lambda: PCA(operation.components, svd_solver="full").fit_transform(x), repeats)
    emit(operation, "scikit-learn", VERSION, threads, runs, variances(projected), blas_notes())
    runs, projected = timed(by_hand, repeats)
    emit(operation, "numpy covariance and eigh", np.__version__, threads, runs, variances(projected), blas_notes())


run({
    "forest_train_full": forest_train,
    "forest_train_d12": forest_train,
    "forest_train_1m": forest_train,
    "forest_score_25k": forest_score,
    "forest_score_1m": forest_score,
    "forest_score_one": forest_score_one,
    "forest_save": forest_file,
    "forest_load": forest_file,
    "kmeans_w2": kmeans_pass,
    "kmeans_w1k": kmeans_pass,
    "kmeans_w2h": kmeans_pass,
    "kmeans_w2_restarts": kmeans_restarts,
    "kmeans_w1k_restarts": kmeans_restarts,
    "kmeans_w2h_restarts": kmeans_restarts,
    "silhouette_25k": silhouette,
    "scaler_w2h": scaler,
    "roc_auc_ap_1m": roc_auc_ap,
    "roc_auc_ap_1m_ties": roc_auc_ap,
    "roc_auc_ap_10m": roc_auc_ap,
    "roc_auc_ap_10m_ties": roc_auc_ap,
    "pca_w2h": pca,
})
