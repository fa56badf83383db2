#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Writes the work loads that the peer comparisons run on: seeded, so that every machine gets the same bytes.

    generate.py FOLDER                     all work loads
    generate.py FOLDER W1 W2H              only these
    generate.py --smoke FOLDER             the same kinds of data, a few thousand rows each
    generate.py --force FOLDER             even if they are there already

    W1    w1_X.npy   float32 25,000 x 18      w1_y.npy int32: sessions of a shop and whether they bought
    W1L   w1l_X.npy  float32 1,000,000 x 18   w1l_y.npy: more sessions of the same shop
    W1K   w1k_X.npy  float32 25,000 x 12: the behavioural columns of W1, standardised
          w1k_ids.npy int32: six clusters of these, the same for every silhouette
    W2    w2_X.npy   float32 500,000 x 4      w2s_X.npy: the same, standardised
          w2s_ids.npy int32: four clusters of these      w2.csv: six columns, with the text ones
    W2H   w2h_X.npy  float32 1,000,000 x 16 in eight groups
    ev    ev_s.npy   float64 1,000,000 scores, ev_t.npy: rounded to 300ths as a forest's are, ev_y.npy int32
    evl   the same of 10,000,000 scores
    events  events.csv   2,000,000 events of some 200,000 visitors: user_id, event, timestamp (seconds), page, value, device
    attr  attr.csv   500,000 x channel, segment, converted, revenue; attr_{ch,sg,cv,rv}.npy: the same in codes

Arrays are in C order. The first three quarters of W1 and W1L are for training (rows are independent draws).
"""
import argparse
import json
import os

import numpy as np

VERSION = 1  # raise it whenever a number below changes: folders made by an earlier version are then made anew

CHANNELS = ["direct", "organic", "paid_search", "email", "social", "affiliate"]
CHANNEL_SHARES = [.30, .22, .18, .14, .10, .06]
EVENTS = ["page_view", "view_item", "scroll", "search", "add_to_cart", "begin_checkout", "purchase"]
EVENT_SHARES = [.45, .22, .18, .06, .05, .025, .015]
DEVICES = ["mobile", "desktop", "tablet"]
SEGMENTS = ["bouncer", "browser", "researcher", "buyer"]
SEGMENT_SHARES = [.45, .27, .18, .10]
BEHAVIOURAL = 12  # of the 18 columns of W1, the first so many say what the visitor did


def logistic(z):
    return 1 / (1 + np.exp(-z))


def shop_sessions(rows, seed):
    """18 features a session and whether it bought: 7.4 % do, and no model can exceed an AUC of 0.871.

    Do not reorder the draws: their order is part of the work load.
    """
    draw = np.random.default_rng(seed)
    intent = draw.normal(size=rows)
    explorer = draw.normal(size=rows)
    device = draw.choice(3, rows, p=[.55, .38, .07])
    channel = draw.choice(6, rows, p=CHANNEL_SHARES)
    returning = (draw.random(rows) < logistic(-.5 + .5 * intent)).astype(int)
    hour = np.clip(np.round(draw.normal(15, 5, rows)), 0, 23)
    weekday = draw.integers(0, 7, rows)

    expected_views = np.exp(1.25 + .30 * intent + .45 * explorer)
    page_views = 1 + draw.poisson(draw.gamma(2.0, expected_views / 2.0))
    clicks = draw.binomial(page_views * 3, logistic(-.9 + .35 * intent))
    time_spent = page_views * np.exp(draw.normal(3.1 + .20 * intent - .15 * (device == 0), .75, rows))
    product_views = draw.binomial(page_views, logistic(-.3 + .3 * intent + .3 * explorer))
    searches = draw.poisson(np.exp(-.5 + .25 * explorer))
    add_to_cart = (draw.random(rows) < logistic(-2.3 + .95 * intent + .10 * product_views)).astype(int)
    cart_items = np.where(add_to_cart == 1, 1 + draw.poisson(.8 + .2 * np.maximum(intent, 0)), 0)
    wishlist = (draw.random(rows) < logistic(-2.6 + .3 * explorer)).astype(int)
    past_orders = draw.poisson(np.exp(-.6 + .6 * returning + .35 * intent)) * returning
    days_since_visit = draw.exponential(np.where(returning == 1, 9., 30.))
    order_value = np.exp(draw.normal(3.7 + .1 * intent, .55, rows))
    scroll_depth = draw.beta(2 + np.maximum(intent, -1), 2.2, rows)
    discount_seen = (draw.random(rows) < .28).astype(int)

    evidence = (-3.8325 + 1.55 * add_to_cart + .25 * np.minimum(cart_items, 4)
                + .55 * np.tanh((np.log(time_spent) - 4.2) / .8)
                + .9 * add_to_cart * (time_spent > 120) - .8 * (page_views > 14) * (1 - add_to_cart)
                + .42 * np.minimum(past_orders, 4)**.7
                - .55 * np.tanh(days_since_visit / 20) + .45 * discount_seen * (order_value < 45)
                + .35 * wishlist * returning
                + .9 * (product_views / (1.0 + page_views) - .4) + .35 * np.sin(hour / 24 * 2 * np.pi - 2.6)
                + np.array([.0, -.25, .25, .45, -.5, .1])[channel] + np.array([-.35, .2, .0])[device]
                + .35 * (scroll_depth > .6) * (clicks > 4) + .15 * (weekday >= 5))
    bought = (draw.random(rows) < logistic(evidence)).astype(np.int32)

    columns = [page_views, clicks, np.round(time_spent, 1), product_views, searches, add_to_cart, cart_items,
               wishlist, past_orders, np.round(days_since_visit, 2), np.round(order_value, 2),
               np.round(scroll_depth, 3), hour, weekday, device, channel, returning, discount_seen]
    return np.ascontiguousarray(np.stack(columns, 1).astype(np.float32)), bought


def visitor_groups(rows, seed):
    """Clicks, page views, time spent and add to cart of four kinds of visitors; also the kind and the channel."""
    draw = np.random.default_rng(seed)
    group = draw.choice(4, rows, p=SEGMENT_SHARES)
    page_views = 1 + draw.poisson(np.array([1.2, 6.0, 15.0, 9.0])[group])
    clicks = draw.poisson(np.array([.8, 5.0, 14.0, 22.0])[group])
    log_time = draw.normal(np.array([2.8, 4.6, 6.3, 5.9])[group], np.array([.5, .35, .25, .25])[group])
    time_spent = np.round(np.exp(log_time), 1)
    add_to_cart = (draw.random(rows) < np.array([.01, .08, .15, .93])[group]).astype(int)
    x = np.stack([clicks, page_views, time_spent, add_to_cart], 1).astype(np.float32)
    channel = draw.choice(6, rows, p=CHANNEL_SHARES)
    return np.ascontiguousarray(x), group, channel


def eight_groups(rows, seed):
    """Eight groups of unequal size and spread in 16 dimensions."""
    draw = np.random.default_rng(seed)
    centers = draw.normal(0, 2.0, (8, 16))
    group = draw.choice(8, rows, p=np.array([5, 4, 4, 3, 3, 2, 2, 1]) / 24.)
    noise = draw.normal(0, 1.25, (rows, 16)) * draw.uniform(.7, 1.4, (8, 16))[group]
    return np.ascontiguousarray((centers[group] + noise).astype(np.float32))


def standardised(x):
    x = x.astype(np.float64)
    return np.ascontiguousarray(((x - x.mean(0)) / x.std(0)).astype(np.float32))


def lloyd_clusters(x, clusters, passes=10):
    """Some reasonable clusters: a few plain passes from the first sessions that differ from one another."""
    x = x.astype(np.float64)
    _, first = np.unique(x[:1000], axis=0, return_index=True)
    centers = x[np.sort(first)[:clusters]]
    for _ in range(passes):
        distances = np.stack([((x - center)**2).sum(1) for center in centers], 1)
        ids = distances.argmin(1)
        centers = np.stack([x[ids == k].mean(0) if (ids == k).any() else centers[k] for k in range(clusters)])
    return ids.astype(np.int32)


class Folder:
    """Where the files go. A file appears under its name only once it is complete."""

    def __init__(self, path):
        self.path = path
        os.makedirs(path, exist_ok=True)

    def save(self, name, array):
        with open(self._temporary(name), "wb") as file:
            np.save(file, array)
        self._publish(name)

    def save_csv(self, name, header, columns):
        with open(self._temporary(name), "w", encoding="ascii", newline="\n") as file:
            file.write(",".join(header) + "\n")
            file.writelines(",".join(map(str, row)) + "\n" for row in zip(*columns))
        self._publish(name)

    def has(self, name):
        return os.path.exists(os.path.join(self.path, name))

    def read_manifest(self):
        if not self.has("manifest.json"):
            return {}
        with open(os.path.join(self.path, "manifest.json"), encoding="ascii") as file:
            return json.load(file)

    def write_manifest(self, manifest):
        with open(self._temporary("manifest.json"), "w", encoding="ascii") as file:
            json.dump(manifest, file, indent=2, sort_keys=True)
        self._publish("manifest.json")

    def _temporary(self, name):
        return os.path.join(self.path, name + ".part")

    def _publish(self, name):
        os.replace(self._temporary(name), os.path.join(self.path, name))


def make_w1(folder, rows):
    x, bought = shop_sessions(rows, 20240601)
    folder.save("w1_X.npy", x)
    folder.save("w1_y.npy", bought)
    return f"{bought.mean():.2%} positives"


def make_w1l(folder, rows):
    x, bought = shop_sessions(rows, 20240602)
    folder.save("w1l_X.npy", x)
    folder.save("w1l_y.npy", bought)
    return f"{bought.mean():.2%} positives"


def make_w1k(folder, rows):
    x = standardised(shop_sessions(rows, 20240601)[0][:, :BEHAVIOURAL])
    folder.save("w1k_X.npy", x)
    folder.save("w1k_ids.npy", lloyd_clusters(x, 6))
    return ""


def make_w2(folder, rows):
    x, _, channel = visitor_groups(rows, 20240603)
    scaled = standardised(x)
    folder.save("w2_X.npy", x)
    folder.save("w2s_X.npy", scaled)
    folder.save("w2s_ids.npy", lloyd_clusters(scaled, 4))
    whole = x.astype(int)
    folder.save_csv("w2.csv", ["session_id", "clicks", "page_views", "time_spent", "add_to_cart", "channel"],
                    [(np.arange(rows) + 10**6).tolist(), whole[:, 0].tolist(), whole[:, 1].tolist(),
                     np.round(x[:, 2].astype(float), 1).tolist(), whole[:, 3].tolist(),
                     [CHANNELS[c] for c in channel]])
    return ""


def make_w2h(folder, rows):
    folder.save("w2h_X.npy", eight_groups(rows, 20240604))
    return ""


def make_ev(folder, rows, name="ev"):
    draw = np.random.default_rng(20240606)
    y = (draw.random(rows) < .074).astype(np.int32)
    score = logistic(draw.normal(size=rows) + 1.4 * y - 2.5)
    folder.save(name + "_s.npy", score)
    folder.save(name + "_y.npy", y)
    folder.save(name + "_t.npy", np.round(score * 300) / 300)
    return f"{y.mean():.2%} positives"


def make_evl(folder, rows):
    return make_ev(folder, rows, "evl")


def make_events(folder, rows):
    draw = np.random.default_rng(20240607)
    visitors = max(rows // 10, 1)
    visits = rows // 6
    visitor_of = draw.integers(0, visitors, visits)
    start_of = draw.integers(1_700_000_000, 1_700_000_000 + 30 * 86_400, visits)
    visit = np.sort(draw.integers(0, visits, rows))
    pause = np.minimum(draw.exponential(60., rows), 1500.).astype(np.int64)
    first = np.r_[0, np.flatnonzero(np.diff(visit)) + 1]
    passed = np.cumsum(pause)
    time = start_of[visit] + passed - np.repeat(passed[first], np.diff(np.r_[first, rows]))
    event = draw.choice(len(EVENTS), rows, p=EVENT_SHARES)
    page = draw.integers(0, 20_000, rows)
    value = np.round(np.exp(draw.normal(3.7, .55, rows)), 2)
    device = draw.choice(3, visitors, p=[.55, .38, .07])
    order = np.argsort(time, kind="stable")  # as a tracker writes them down: visitors mixed, in the order of time
    columns = zip(visitor_of[visit][order].tolist(), event[order].tolist(), time[order].tolist(), page[order].tolist(),
                  value[order].tolist())
    lines = [(f"{100_000_000 + 4001 * v}.{1_700_000_000 + v}", EVENTS[e], t, f"/en/women/shoes/product-{p}",
              x if EVENTS[e] in ("view_item", "purchase") else "", DEVICES[device[v]]) for v, e, t, p, x in columns]
    folder.save_csv("events.csv", ["user_id", "event", "timestamp", "page", "value", "device"], zip(*lines))
    return f"{visits:,} visits"


def make_attr(folder, rows):
    _, segment, channel = visitor_groups(rows, 20240603)
    draw = np.random.default_rng(20240605)
    converted = (draw.random(rows) < np.array([.004, .03, .07, .42])[segment]).astype(np.int32)
    revenue = np.where(converted == 1, np.round(np.exp(draw.normal(3.9, .6, rows)), 2), 0.)
    folder.save("attr_ch.npy", channel.astype(np.int32))
    folder.save("attr_sg.npy", segment.astype(np.int32))
    folder.save("attr_cv.npy", converted)
    folder.save("attr_rv.npy", revenue)
    folder.save_csv("attr.csv", ["channel", "segment", "converted", "revenue"],
                    [[CHANNELS[c] for c in channel], [SEGMENTS[s] for s in segment], converted.tolist(),
                     revenue.tolist()])
    return f"{converted.mean():.2%} converted"


# name: how to make it, rows, rows of a smoke test, files
WORKLOADS = {
    "W1": (make_w1, 25_000, 4_000, ["w1_X.npy", "w1_y.npy"]),
    "W1L": (make_w1l, 1_000_000, 20_000, ["w1l_X.npy", "w1l_y.npy"]),
    "W1K": (make_w1k, 25_000, 2_000, ["w1k_X.npy", "w1k_ids.npy"]),
    "W2": (make_w2, 500_000, 10_000, ["w2_X.npy", "w2s_X.npy", "w2s_ids.npy", "w2.csv"]),
    "W2H": (make_w2h, 1_000_000, 20_000, ["w2h_X.npy"]),
    "ev": (make_ev, 1_000_000, 20_000, ["ev_s.npy", "ev_t.npy", "ev_y.npy"]),
    "evl": (make_evl, 10_000_000, 30_000, ["evl_s.npy", "evl_t.npy", "evl_y.npy"]),
    "events": (make_events, 2_000_000, 20_000, ["events.csv"]),
    "attr": (make_attr, 500_000, 10_000,
             ["attr.csv", "attr_ch.npy", "attr_sg.npy", "attr_cv.npy", "attr_rv.npy"]),
}


def generate(path, names, smoke=False, force=False):
    """Makes the named work loads in the folder, but those that are there already only with `force`."""
    folder = Folder(path)
    for name in names:
        make, rows, smoke_rows, files = WORKLOADS[name]
        rows = smoke_rows if smoke else rows
        stamp = {"version": VERSION, "rows": rows}
        if not force and folder.read_manifest().get(name) == stamp and all(map(folder.has, files)):
            continue
        remark = make(folder, rows)
        folder.write_manifest({**folder.read_manifest(), name: stamp})
        print(f"{name}: {rows:,} rows" + (f", {remark}" if remark else ""), flush=True)


def main():
    parser = argparse.ArgumentParser(description="Writes the work loads of the peer comparisons.")
    parser.add_argument("folder")
    parser.add_argument("workload", nargs="*", help="all of them where none is named: " + ", ".join(WORKLOADS))
    parser.add_argument("--smoke", action="store_true", help="a few thousand rows each")
    parser.add_argument("--force", action="store_true", help="make them even if they are there already")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.workload if name not in WORKLOADS]
    if unknown:
        parser.error(f"unknown work load {unknown[0]}; known are {', '.join(WORKLOADS)}")
    generate(arguments.folder, arguments.workload or list(WORKLOADS), arguments.smoke, arguments.force)


if __name__ == "__main__":
    main()
