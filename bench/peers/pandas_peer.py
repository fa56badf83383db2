#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""pandas, and numpy where it is the stronger peer: `pandas_peer.py OPERATION THREADS REPEATS`.

Both use one thread whatever THREADS says.
"""
from peer_common import data_path, emit, load, require, run, timed

require({"pandas": "python3-pandas"})

import numpy as np
import pandas as pd

W2_TYPES = {"session_id": "int32", "clicks": "int32", "page_views": "int32", "time_spent": "float32",
            "add_to_cart": "int8", "channel": "category"}


def read_csv(operation, threads, repeats):
    path = data_path(operation.csv + ".csv")
    for peer, types in (("pandas read_csv", None), ("pandas read_csv, types given", W2_TYPES)):
        pd.read_csv(path, dtype=types)
        runs, table = timed(lambda: pd.read_csv(path, engine="c", dtype=types), repeats)
        quality = {"rows": len(table), "columns": len(table.columns), "clicks": int(table["clicks"].sum())}
        emit(operation, peer, pd.__version__, threads, runs, quality)


def groups_of(table):
    return table.groupby(["channel", "segment"], observed=True).agg(
        sessions=("converted", "size"), conversions=("converted", "sum"), revenue=("revenue", "sum"))


def groupby(operation, threads, repeats):
    table = pd.read_csv(data_path("attr.csv"))
    coded = table.astype({"channel": "category", "segment": "category"})
    for peer, keys in (("pandas groupby, text keys", table), ("pandas groupby, categories", coded)):
        runs, groups = timed(lambda: groups_of(keys), repeats)
        emit(operation, peer, pd.__version__, threads, runs,
             {"groups": len(groups), "revenue": float(groups["revenue"].sum())})

    channel, segment, converted, revenue = (load(f"attr_{name}.npy") for name in ("ch", "sg", "cv", "rv"))

    def counts():
        group = channel * 4 + segment
        return (np.bincount(group, minlength=24), np.bincount(group, weights=converted, minlength=24),
                np.bincount(group, weights=revenue, minlength=24))

    runs, sums = timed(counts, repeats)
    emit(operation, "numpy bincount, codes", np.__version__, threads, runs,
         {"groups": int((sums[0] > 0).sum()), "revenue": float(sums[2].sum())})


run({
    "csv_500k": read_csv,
    "groupby_500k": groupby,
})
