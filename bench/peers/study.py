#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Both studies from data to figures, as users of pandas and scikit-learn write them, beside the programs in examples/.

Called as the other runners with the side in front: `study.py footfall|pandas OPERATION THREADS REPEATS`. Our side runs the
built program, which makes its sessions, does more than is done here and writes its page; the other side reads the sessions
from a file and does what both libraries have.
"""
import os
import subprocess
import sys
import tempfile

import peer_common

ROOT = os.path.dirname(os.path.dirname(peer_common.HERE))
PROGRAMS = os.path.join(ROOT, "build", "study", "examples")
LATE = ["add_to_cart", "reached_checkout", "checkout_step_reached", "checkout_progress_ratio", "engagement_score"]
OUTCOME = ["purchased", "revenue"]
SEGMENT_COLUMNS = ["pages_viewed", "product_views", "session_duration_sec", "scroll_depth_pct", "wishlist_adds",
                   "used_search", "promo_clicks", "reached_checkout", "checkout_step_reached"]


def program(name):
    return os.path.join(PROGRAMS, name + "_study")


def run_ours(study, folder):
    subprocess.run([program(study), "--out", folder], check=True, stdout=subprocess.DEVNULL)


def footfall(operation, threads, repeats):
    study = operation.name.removeprefix("study_")
    if not os.path.exists(program(study)):
        sys.exit(f"there is no {program(study)}: cmake --workflow --preset study builds it")
    cores = ["taskset", "-c", ",".join(map(str, range(threads)))]
    with tempfile.TemporaryDirectory() as folder:
        runs, _ = peer_common.timed(
            lambda: subprocess.run(cores + [program(study), "--out", folder], check=True, stdout=subprocess.DEVNULL),
            repeats)
    peer_common.emit(operation, "footfall", "of this tree", threads, runs,
                     notes={"does": "makes the sessions, and writes page, charts, lists and models too"})


# ------------------------------------------------------------------------------------------- pandas and scikit-learn

def judged(y, score):
    """AUC, average precision, and the lifts of the best tenth and fifth."""
    import numpy as np
    from sklearn.metrics import average_precision_score, roc_auc_score
    order = np.argsort(-score, kind="stable")
    return {"roc_auc": roc_auc_score(y, score), "average_precision": average_precision_score(y, score),
            "lift_10": y[order[:len(y) // 10]].mean() / y.mean(), "lift_20": y[order[:len(y) // 5]].mean() / y.mean()}


def resampled_precision(y, score):
    """The interval of the average precision, from 1,000 resamples."""
    import numpy as np
    from sklearn.metrics import average_precision_score
    random = np.random.default_rng(7)
    values = []
    for _ in range(1000):
        rows = random.integers(0, len(y), len(y))
        values.append(average_precision_score(y[rows], score[rows]))
    return np.percentile(values, [2.5, 97.5])


def propensity(file, threads):
    import pandas as pd
    from sklearn.cluster import KMeans
    from sklearn.compose import make_column_transformer
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.inspection import permutation_importance
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
    sessions = pd.read_csv(file)
    y = sessions["purchased"].to_numpy()
    categories = ["device", "traffic_source", "country", "day_of_week"]
    for column in categories + ["hour"]:
        sessions.groupby(column)["purchased"].agg(["mean", "count"])
    found = {}
    for model, barred in (("a", []), ("b", LATE)):
        x = sessions.drop(columns=OUTCOME + barred)
        x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.25, stratify=y, random_state=7)

        def model_of(trees, **options):
            encode = make_column_transformer((OneHotEncoder(handle_unknown="ignore", sparse_output=False), categories),
                                             remainder="passthrough")
            return make_pipeline(encode, RandomForestClassifier(trees, min_samples_leaf=20, n_jobs=threads,
                                                                random_state=7, **options))
        forest = model_of(300, oob_score=True).fit(x_train, y_train)
        score = forest.predict_proba(x_test)[:, 1]
        found[model] = judged(y_test, score)
        resampled_precision(y_test, score)
        judged(y_train, forest[-1].oob_decision_function_[:, 1])
        # The columns of a category are permuted together; the forest scores with all threads.
        permutation_importance(forest, x_test, y_test, scoring="roc_auc", n_repeats=2, random_state=7)
        cross_val_predict(model_of(50), x, y, cv=StratifiedKFold(3, shuffle=True, random_state=7), method="predict_proba")
    x = StandardScaler().fit_transform(sessions[SEGMENT_COLUMNS])
    best = (-1, 0)
    fits = {}
    for k in range(2, 11):
        fits[k] = KMeans(k, n_init=10, random_state=7).fit_predict(x)
        best = max(best, (silhouette_score(x, fits[k]), k))
        calinski_harabasz_score(x, fits[k]), davies_bouldin_score(x, fits[k])
    sessions.assign(segment=fits[6]).groupby("segment")[SEGMENT_COLUMNS + OUTCOME].mean()
    return {"auc_a": found["a"]["roc_auc"], "auc_b": found["b"]["roc_auc"], "k": best[1]}


def segmentation(file, threads):
    import numpy as np
    import pandas as pd
    from scipy.stats import chi2_contingency
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score
    from sklearn.preprocessing import StandardScaler
    del threads  # those of OpenMP and BLAS are set for the whole program
    sessions = pd.read_csv(file)
    columns = ["clicks", "page_views", "time_spent", "add_to_cart"]
    x = StandardScaler().fit_transform(sessions[columns])
    sample = np.random.default_rng(7).choice(len(x), 10_000, replace=False)
    best = (-1, 0)
    for k in range(2, 9):
        ids = KMeans(k, n_init=5, random_state=7).fit_predict(x)
        best = max(best, (silhouette_score(x[sample], ids[sample]), k))
        calinski_harabasz_score(x, ids), davies_bouldin_score(x, ids)
    ids = KMeans(4, n_init=10, random_state=7).fit_predict(x)
    sessions["persona"] = ids
    sessions.groupby("persona")[columns].mean()
    sessions.groupby("channel")[columns].agg(["mean", "count"])
    chi2_contingency(pd.crosstab(sessions["channel"], sessions["persona"]))
    points = PCA(2).fit_transform(x)
    np.histogram2d(points[:, 0], points[:, 1], bins=56)
    return {"k": best[1]}


def pandas(operation, threads, repeats):
    peer_common.require({"pandas": "pandas", "sklearn": "scikit-learn", "scipy": "scipy"})
    import sklearn
    study = operation.name.removeprefix("study_")
    with tempfile.TemporaryDirectory() as folder:
        if study == "propensity":
            run_ours(study, folder)  # not timed: it writes the sessions that are read here
            runs, figures = peer_common.timed(lambda: propensity(os.path.join(folder, "sessions.csv"), threads), repeats)
        else:
            runs, figures = peer_common.timed(lambda: segmentation(peer_common.data_path("w2.csv"), threads), repeats)
    peer_common.emit(operation, "pandas, scikit-learn", sklearn.__version__, threads, runs, figures)


def main():
    if len(sys.argv) != 5 or sys.argv[1] not in ("footfall", "pandas"):
        sys.exit("usage: study.py footfall|pandas OPERATION THREADS REPEATS")
    operation = peer_common.read_operations()[sys.argv[2]]
    side = footfall if sys.argv[1] == "footfall" else pandas
    side(operation, int(sys.argv[3]), int(sys.argv[4]))


if __name__ == "__main__":
    main()
