#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes features.hpp: a small table, and what scikit-learn's transformers make of it.

Run with scikit-learn 1.2.1 (Debian: python3-sklearn): /usr/bin/python3 make_features.py

There are 41 rows because at 4 k + 1 and 5 k + 1 rows numpy's interpolated quantiles and the mean of the two inverses of the
distribution function, which footfall uses, are the same values.
"""
import pathlib
import random

import numpy as np
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import (KBinsDiscretizer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler,
                                   StandardScaler)

draw = random.Random(20240611)
rows = 41


def listed(values):
    return "{%s}" % ", ".join("missing" if np.isnan(each) else repr(float(each)) for each in np.ravel(values))


def texts(values):
    return "{%s}" % ", ".join('"%s"' % each for each in values)


seconds = [draw.randrange(1, 4000) / 8 for _ in range(rows)]
value = [draw.randrange(-300, 301) / 4 for _ in range(rows)]
weight = [draw.randrange(1, 33) / 8 for _ in range(rows)]
gaps = [np.nan if draw.random() < 0.25 else draw.randrange(0, 20) for _ in range(rows)]
level = [draw.choice(["desktop", "phone", "phone", "tablet"]) for _ in range(rows - 2)] + ["console", "phone"]
later = ["tablet", "watch", "phone", "console"]

x = np.array([seconds, value]).T
holed = np.array([gaps]).T
levels = np.array([level]).T
new = np.array([later]).T

imputed = SimpleImputer(strategy="median", add_indicator=True).fit_transform(holed)
seen = OneHotEncoder(sparse_output=False, handle_unknown="ignore").fit(levels)
frequent = OneHotEncoder(sparse_output=False, handle_unknown="infrequent_if_exist", min_frequency=2).fit(levels)
ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(levels)
standard = StandardScaler().fit(x, sample_weight=weight)
smallest = MinMaxScaler().fit(x)
robust = RobustScaler().fit(x)
binned = KBinsDiscretizer(n_bins=5, encode="ordinal", strategy="quantile").fit(x)
even = np.array(seconds[:40])
shares = [0.0, 0.05, 0.1, 0.25, 0.3, 0.5, 0.75, 0.9, 0.975, 1.0]

pathlib.Path(__file__).with_name("features.hpp").write_text(f"""\
// SPDX-License-Identifier: MIT
// Written by make_features.py with scikit-learn {sklearn.__version__}: do not edit.
// clang-format off
#pragma once

#include <limits>
#include <string>
#include <vector>

namespace oracle {{

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
using numbers = std::vector<double>;

inline const numbers seconds = {listed(seconds)};
inline const numbers value = {listed(value)};
inline const numbers weight = {listed(weight)};
inline const numbers gaps = {listed(gaps)};
inline const std::vector<std::string> level = {texts(level)};
inline const std::vector<std::string> later_level = {texts(later)};

/// Matrices are listed row by row.
inline const numbers imputed = {listed(imputed)};                // SimpleImputer(strategy="median", add_indicator=True) of gaps
inline const numbers one_hot_later = {listed(seen.transform(new))};          // OneHotEncoder(handle_unknown="ignore")
inline const numbers one_hot_frequent_later = {listed(frequent.transform(new))};  // the same with min_frequency=2
inline const numbers ordinal_later = {listed(ordinal.transform(new))};       // OrdinalEncoder(unknown_value=-1)
inline const numbers standard_means = {listed(standard.mean_)};              // StandardScaler with sample_weight
inline const numbers standard_scales = {listed(standard.scale_)};
inline const numbers min_max = {listed(smallest.transform(x))};              // MinMaxScaler
inline const numbers robust_centers = {listed(robust.center_)};              // RobustScaler
inline const numbers robust_scales = {listed(robust.scale_)};
inline const numbers robust = {listed(robust.transform(x))};
inline const numbers bin_edges_seconds = {listed(binned.bin_edges_[0])};     // KBinsDiscretizer(strategy="quantile"), 5 bins
inline const numbers bin_edges_value = {listed(binned.bin_edges_[1])};
inline const numbers bins = {listed(binned.transform(x))};
inline const numbers logarithms = {listed(np.log1p(seconds))};               // numpy.log1p
inline const numbers quantile_shares = {listed(shares)};
inline const numbers quantiles_of_40 = {listed(np.quantile(even, shares, method="averaged_inverted_cdf"))};  // first 40 of seconds

}}  // namespace oracle
""")
