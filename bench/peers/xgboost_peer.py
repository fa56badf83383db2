#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""xgboost's forest mode: `xgboost_peer.py OPERATION THREADS REPEATS`.

It differs from a textbook forest in two settings: rows are drawn without replacement (0.632 of them, as many
distinct ones as a bootstrap has) and the leaf size is a bound on the hessian (0.25 a row at the start).
"""
from peer_common import emit, load, load_split, require, run, time_single_rows, timed

require({"xgboost": "python3-xgboost", "sklearn": "python3-sklearn"})

import xgboost
from sklearn.metrics import average_precision_score, roc_auc_score

PEER, VERSION = "xgboost forest", xgboost.__version__


def fit_forest(operation, x, y, threads):
    settings = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "max_bin": 256,
        "num_parallel_tree": operation.trees,
        "subsample": .632,
        "colsample_bynode": operation.features_per_split / x.shape[1] + 1e-3,
        "learning_rate": 1,
        "max_depth": operation.max_depth,
        "min_child_weight": .25 * operation.min_leaf,
        "reg_lambda": 1e-5,
        "nthread": threads,
        "seed": 1,
    }
    return xgboost.train(settings, xgboost.DMatrix(x, y, nthread=threads), 1)


def test_quality(forest, x, y):
    score = forest.inplace_predict(x)
    return {"roc_auc": float(roc_auc_score(y, score)), "average_precision": float(average_precision_score(y, score))}


def trained(operation, threads):
    """The forest, its test sessions and their labels; warm, so that the first measured call is like the others."""
    x, y, train = load_split(operation.x)
    forest = fit_forest(operation, x[:train], y[:train], threads)
    forest.set_param({"nthread": threads})
    forest.inplace_predict(x[:10])
    return forest, x[train:], y[train:]


def forest_train(operation, threads, repeats):
    x, y, train = load_split(operation.x)
    runs, forest = timed(lambda: fit_forest(operation, x[:train], y[:train], threads), repeats)
    emit(operation, PEER, VERSION, threads, runs, test_quality(forest, x[train:], y[train:]))


def forest_score(operation, threads, repeats):
    forest, x_test, y_test = trained(operation, threads)
    scored = load(operation.scored + "_X.npy")
    runs, _ = timed(lambda: forest.inplace_predict(scored), repeats)
    emit(operation, PEER, VERSION, threads, runs, test_quality(forest, x_test, y_test))


def forest_score_one(operation, threads, repeats):
    forest, x_test, y_test = trained(operation, threads)
    series = [time_single_rows(forest.inplace_predict, x_test, 2000) for _ in range(repeats)]
    emit(operation, PEER, VERSION, threads, [p50 for p50, _ in series], test_quality(forest, x_test, y_test),
         {"p99_s": min(p99 for _, p99 in series)})


def forest_explain(operation, threads, repeats):
    """Path-dependent SHAP values; they explain the margin, since the trees add up there."""
    forest, x_test, y_test = trained(operation, threads)
    some = xgboost.DMatrix(x_test[:operation.sessions], nthread=threads)
    runs, values = timed(lambda: forest.predict(some, pred_contribs=True), repeats)
    margin = forest.predict(some, output_margin=True)
    emit(operation, PEER, VERSION, threads, runs, {"additivity_error": float(abs(values.sum(axis=1) - margin).max())})


run({
    "forest_train_full": forest_train,
    "forest_train_d12": forest_train,
    "forest_train_1m": forest_train,
    "forest_score_25k": forest_score,
    "forest_score_1m": forest_score,
    "forest_score_one": forest_score_one,
    "forest_explain": forest_explain,
})
