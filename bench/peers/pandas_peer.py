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


def sessions_of(path, types):
    """Ten columns a session; a pause of more than 30 minutes begins one. Whole columns at a time, no Python per group."""
    events = pd.read_csv(path, engine="c", dtype=types)
    events = events.sort_values(["user_id", "timestamp"], kind="stable", ignore_index=True)
    user, time, name = events["user_id"], events["timestamp"], events["event"]
    begins = (user != user.shift()) | (time.diff() > 1800)
    session = begins.cumsum()
    purchase, view = name == "purchase", name == "view_item"
    columns = pd.DataFrame({
        "page_views": name == "page_view", "product_views": view, "searches": name == "search",
        "add_to_cart": name == "add_to_cart", "purchases": purchase,
        "revenue": events["value"].where(purchase, 0.), "dearest_view": events["value"].where(view)})
    groups = columns.groupby(session, sort=False)
    table = groups[["page_views", "product_views", "searches", "purchases", "revenue"]].sum()
    table["add_to_cart"] = groups["add_to_cart"].max()
    table["dearest_view"] = groups["dearest_view"].max()
    first, last = np.flatnonzero(begins), np.flatnonzero(begins.shift(-1, fill_value=True))
    seconds = time.to_numpy()
    table["duration"] = seconds[last] - seconds[first]
    table["device"] = events["device"].to_numpy()[first]
    table["hour"] = seconds[first] // 3600 % 24
    return table


def events(operation, threads, repeats):
    path = data_path(operation.csv + ".csv")
    types = {"user_id": "category", "event": "category", "page": "category", "device": "category"}
    for peer, given in (("pandas, text ids", {"user_id": "str"}), ("pandas, categories", types)):
        runs, table = timed(lambda: sessions_of(path, given), repeats)
        emit(operation, peer, pd.__version__, threads, runs,
             {"sessions": len(table), "page_views": int(table["page_views"].sum()), "revenue": float(table["revenue"].sum()),
              "duration": float(table["duration"].sum()), "hours": float(table["hour"].sum())})


run({
    "csv_500k": read_csv,
    "groupby_500k": groupby,
    "events_2m": events,
})
