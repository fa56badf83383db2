// SPDX-License-Identifier: MIT
// footfall's side of forest_quality.py: `forest_quality FOLDER NAME TREES` fits a forest on each split of NAME_orders.npy (rows in the
// order of a seed, the first three quarters to train on) and prints the quality on the rest, a line a seed.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <footfall/evaluate/ranking.hpp>
#include <footfall/forest/random_forest.hpp>

#include "npy.hpp"

namespace ff = footfall;

namespace {

/// A figure of /proc/self/status in megabytes.
double status_mb(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kilobytes = 0;
    if (word == name + ":" && status >> kilobytes) return kilobytes / 1024;
  }
  return 0;
}

ff::row_set rows_of(const peers::npy_array<std::int32_t>& orders, std::size_t seed, std::size_t begin,
                    std::size_t end) {
  const auto order = orders.row(seed);
  return {order.begin() + static_cast<std::ptrdiff_t>(begin), order.begin() + static_cast<std::ptrdiff_t>(end)};
}

void judge(const std::string& path, int trees) {
  const auto values = peers::load_npy<float>(path + "_X.npy");
  const ff::labels y(peers::load_npy<std::int32_t>(path + "_y.npy").values);
  const auto orders = peers::load_npy<std::int32_t>(path + "_orders.npy");
  ff::matrix<float> x(static_cast<ff::index>(values.rows), static_cast<ff::index>(values.columns));
  std::vector<ff::feature_info> columns;
  for (ff::index column = 0; column < x.cols(); ++column) {
    columns.push_back({ff::text("x", column), "", ff::stage::unknown});
    for (ff::index row = 0; row < x.rows(); ++row) {
      x(row, column) = values.row(static_cast<std::size_t>(row))[static_cast<std::size_t>(column)];
    }
  }
  const ff::features<float> all(std::move(x), columns);
  const std::size_t train = values.rows * 3 / 4;
  for (std::size_t seed = 0; seed < orders.rows; ++seed) {
    const auto seen = rows_of(orders, seed, 0, train), unseen = rows_of(orders, seed, train, values.rows);
    const auto x_train = all.rows(seen), x_test = all.rows(unseen);
    const auto y_train = y.rows(seen);
    const ff::random_forest recipe{.trees = trees, .out_of_bag = false, .seed = seed};
    std::ofstream("/proc/self/clear_refs") << 5;  // the peak begins anew
    const double before = status_mb("VmRSS");
    const auto forest = recipe.fit(x_train, y_train, {}, {.threads = 1});
    const double took = status_mb("VmHWM") - before;
    const auto ranking = ff::ranking(forest.score(x_test), y.rows(unseen));
    std::cout << ff::roc_auc(ranking).value << ' ' << ff::average_precision(ranking).value << ' ' << took << std::endl;
  }
}

}  // namespace

int main(int count, char** words) {
  try {
    if (count != 4) throw std::runtime_error("usage: forest_quality FOLDER NAME TREES");
    std::cout.precision(17);
    judge(std::string(words[1]) + "/" + words[2], std::stoi(words[3]));
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
}
