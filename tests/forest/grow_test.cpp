// SPDX-License-Identifier: MIT
// The grower held against a naive twin that looks at every split of every node in exact integer arithmetic.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/forest/grow.hpp>
#include <footfall/forest/tree.hpp>

namespace {

namespace ff = footfall;

struct sample {
  ff::bin_codes codes;
  std::vector<std::uint32_t> counts;
  std::vector<bool> bought;

  std::vector<ff::detail::class_counts> sessions() const {
    std::vector<ff::detail::class_counts> result;
    for (std::size_t row = 0; row < counts.size(); ++row) {
      result.push_back(ff::detail::class_counts::of(counts[row], bought[row]));
    }
    return result;
  }
  ff::grown_tree grow(const ff::growth& options, std::uint64_t seed) const {
    const ff::detail::training_rows rows(codes, sessions());
    return ff::detail::tree_grower(rows, options)
        .grow(std::vector<std::uint8_t>(counts.size(), 1), ff::random_stream(seed));
  }
};

struct shape {
  ff::index rows, cols;
  std::uint64_t levels;    // distinct codes of a column, spread over 0 to 254
  double missing;          // share of missing values
  std::uint64_t heaviest;  // counts from 0 to this
};

sample random_sample(const shape& wanted, std::uint64_t seed) {
  ff::random_stream stream(seed);
  sample result;
  result.codes = {{}, wanted.rows, wanted.cols};
  for (ff::index i = 0; i < wanted.rows * wanted.cols; ++i) {
    const bool missing = stream.uniform() < wanted.missing;
    result.codes.values.push_back(static_cast<std::uint8_t>(
        missing ? 255 : stream.below(wanted.levels) * 254 / std::max<std::uint64_t>(1, wanted.levels - 1)));
  }
  for (ff::index row = 0; row < wanted.rows; ++row) {
    result.counts.push_back(static_cast<std::uint32_t>(wanted.heaviest == 1 ? 1 : stream.below(wanted.heaviest + 1)));
    result.bought.push_back(stream.below(3) == 0);
  }
  return result;
}

/// Sessions and buyers among some rows.
struct tally {
  std::int64_t all = 0;
  std::int64_t positives = 0;
};

/// One split and how much it gains, as the exact fraction gain / over: the decrease of Gini impurity is proportional to
/// (positives_left * all - positives * all_left)^2 / (all_left * all_right).
struct naive_split {
  std::int64_t gain = -1;
  std::int64_t over = 1;
  std::uint16_t column = 0;
  int bin = 0;
  bool missing_left = false;

  bool better_than(const naive_split& other) const { return gain * other.over > other.gain * over; }
  bool as_good_as(const naive_split& other) const { return gain * other.over == other.gain * over; }
};

class naive_check {
 public:
  naive_check(const sample& data, const ff::growth& options, const ff::grown_tree& tree)
      : data_(data), options_(options), tree_(tree) {}

  /// Walks the grown tree from the root and checks each node against what is best there.
  void check() {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < data_.counts.size(); ++row) {
      if (data_.counts[row] > 0) rows.push_back(row);
    }
    check_node(0, rows, 1);
    CHECK(visited_ == tree_.nodes.size());
  }

 private:
  std::uint8_t code(std::size_t row, std::uint16_t column) const {
    return data_.codes.values[row * static_cast<std::size_t>(data_.codes.cols) + column];
  }
  tally count(const std::vector<std::size_t>& rows) const {
    tally result;
    for (const std::size_t row : rows) {
      result.all += data_.counts[row];
      result.positives += data_.bought[row] ? data_.counts[row] : 0;
    }
    return result;
  }
  static bool goes_left(std::uint8_t code, int bin, bool missing_left) {
    return code == 255 ? missing_left : code <= bin;
  }

  /// The best split of `column`; among equals the lowest bin, then missing values to the right.
  naive_split best_of(std::uint16_t column, const std::vector<std::size_t>& rows) const {
    const tally total = count(rows);
    std::set<int> present;
    bool some_missing = false;
    for (const std::size_t row : rows) {
      if (code(row, column) == 255) {
        some_missing = true;
      } else {
        present.insert(code(row, column));
      }
    }
    naive_split best;
    for (auto at = present.begin(); at != present.end(); ++at) {
      const auto next = std::next(at);
      const bool last = next == present.end();
      if (last && !some_missing) break;
      for (const bool missing_left : {false, true}) {
        if (missing_left && (last || !some_missing)) continue;
        naive_split split{0, 1, column, last ? *at : (*at + *next - 1) / 2, missing_left};
        tally left;
        for (const std::size_t row : rows) {
          if (!goes_left(code(row, column), split.bin, missing_left)) continue;
          left.all += data_.counts[row];
          left.positives += data_.bought[row] ? data_.counts[row] : 0;
        }
        const std::int64_t right = total.all - left.all;
        if (left.all < static_cast<std::int64_t>(options_.min_leaf)) continue;
        if (right < static_cast<std::int64_t>(options_.min_leaf)) continue;
        const std::int64_t difference = left.positives * total.all - total.positives * left.all;
        split.gain = difference * difference;
        split.over = left.all * right;
        if (split.better_than(best)) {
          best = split;
          // With nothing missing here, missing values follow the larger side, the left one if both are equal.
          if (!some_missing) best.missing_left = left.all >= right;
        }
      }
    }
    return best;
  }

  void check_node(std::size_t at, const std::vector<std::size_t>& rows, int depth) {
    CAPTURE(at);
    ++visited_;
    const ff::tree_node& node = tree_.nodes[at];
    const tally here = count(rows);
    const bool closed = here.positives == 0 || here.positives == here.all || depth - 1 >= options_.max_depth ||
                        here.all < 2 * static_cast<std::int64_t>(options_.min_leaf);
    naive_split best;
    for (std::uint16_t column = 0; !closed && column < data_.codes.cols; ++column) {
      if (const auto own = best_of(column, rows); own.better_than(best)) best = own;
    }
    if (node.leaf) {
      // With fewer columns to draw than there are, a node may also end because the drawn ones cannot be split.
      if (options_.features_per_split == data_.codes.cols) CHECK(best.gain == -1);
      CHECK(2 * std::int64_t{node.next} * here.all >= (2 * here.positives * ff::tree_node::one) - here.all);
      CHECK(2 * std::int64_t{node.next} * here.all <= (2 * here.positives * ff::tree_node::one) + here.all);
      return;
    }
    REQUIRE(best.gain >= 0);
    const naive_split chosen = best_of(node.feature, rows);
    CHECK(node.bin == chosen.bin);
    CHECK(node.missing_left == chosen.missing_left);
    if (options_.features_per_split == data_.codes.cols) CHECK(chosen.as_good_as(best));

    std::vector<std::size_t> left, right;
    for (const std::size_t row : rows) {
      (goes_left(code(row, node.feature), node.bin, node.missing_left) ? left : right).push_back(row);
    }
    REQUIRE(node.next > at);
    REQUIRE(node.next + 1 < tree_.nodes.size());
    check_node(node.next, left, depth + 1);
    check_node(node.next + 1, right, depth + 1);
  }

  const sample& data_;
  const ff::growth& options_;
  const ff::grown_tree& tree_;
  std::size_t visited_ = 0;
};

void check_against_naive(const shape& wanted, const ff::growth& options, int repeats) {
  for (int repeat = 0; repeat < repeats; ++repeat) {
    CAPTURE(repeat);
    const auto data = random_sample(wanted, static_cast<std::uint64_t>(repeat));
    const auto tree = data.grow(options, static_cast<std::uint64_t>(repeat) + 1000);
    naive_check(data, options, tree).check();
  }
}

constexpr int no_limit = std::numeric_limits<int>::max();

}  // namespace

TEST_CASE("every node has the best split that there is") {
  // Few rows and many, few and many codes, with and without missing values, counts too large for a byte.
  for (const shape& wanted :
       {shape{12, 3, 3, 0, 1}, shape{20, 2, 255, 0, 1}, shape{40, 3, 4, 0, 1}, shape{60, 2, 100, 0, 1},
        shape{24, 3, 5, 0.2, 1}, shape{60, 3, 6, 0.3, 1}, shape{50, 2, 40, 0.1, 3}, shape{30, 1, 2, 0.5, 2},
        shape{40, 2, 1, 0.5, 1}, shape{300, 5, 60, 0.1, 3}, shape{200, 2, 255, 0, 1}, shape{25, 2, 20, 0.2, 60}}) {
    CAPTURE(wanted.rows);
    CAPTURE(wanted.levels);
    CAPTURE(wanted.missing);
    const auto all_columns = static_cast<int>(wanted.cols);
    check_against_naive(wanted, {all_columns, no_limit, 1}, 12);
    check_against_naive(wanted, {all_columns, no_limit, 2}, 6);
    check_against_naive(wanted, {all_columns, no_limit, 5}, 6);
    check_against_naive(wanted, {all_columns, 1, 1}, 3);
    check_against_naive(wanted, {all_columns, 3, 2}, 3);
    check_against_naive(wanted, {1, no_limit, 1}, 4);
  }
}

TEST_CASE("flipped labels grow the same tree with flipped shares") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    auto data = random_sample({200, 4, 12, 0.1, 3}, seed);
    const auto tree = data.grow({2, no_limit, 1}, seed);
    data.bought.flip();
    const auto flipped = data.grow({2, no_limit, 1}, seed);
    REQUIRE(tree.nodes.size() == flipped.nodes.size());
    bool equal = true;
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
      ff::tree_node expected = tree.nodes[i];
      if (expected.leaf) expected.next = ff::tree_node::one - expected.next;
      equal = equal && ff::same_parts(expected, flipped.nodes[i]);
    }
    CHECK(equal);
    CHECK(tree.decrease == flipped.decrease);
  }
}

TEST_CASE("repeated rows and counts are the same to the last bit") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    CAPTURE(seed);
    const auto counted = random_sample({80, 3, 9, 0.1, 3}, seed);
    sample repeated{{{}, 0, 3}, {}, {}};
    for (std::size_t row = 0; row < counted.counts.size(); ++row) {
      for (std::uint32_t i = 0; i < counted.counts[row]; ++i) {
        const auto codes = counted.codes.values.begin() + static_cast<std::ptrdiff_t>(3 * row);
        repeated.codes.values.insert(repeated.codes.values.end(), codes, codes + 3);
        repeated.counts.push_back(1);
        repeated.bought.push_back(counted.bought[row]);
      }
    }
    repeated.codes.rows = static_cast<ff::index>(repeated.counts.size());
    for (const std::uint64_t min_leaf : {std::uint64_t{1}, std::uint64_t{4}}) {
      const auto a = counted.grow({2, no_limit, min_leaf}, seed);
      const auto b = repeated.grow({2, no_limit, min_leaf}, seed);
      CHECK(std::ranges::equal(a.nodes, b.nodes, [](const auto& x, const auto& y) { return ff::same_parts(x, y); }));
      CHECK(a.decrease == b.decrease);
    }
  }
}

TEST_CASE("a split in the gap between two codes lies in its middle") {
  // Codes 10 and 20 are there: 14 and below go left, 15 and above right.
  const sample data{{{10, 20}, 2, 1}, {1, 1}, {false, true}};
  const auto tree = data.grow({1, no_limit, 1}, 0);
  REQUIRE(tree.nodes.size() == 3);
  CHECK(tree.nodes[0].bin == 14);
  CHECK(tree.nodes[1].next == 0);
  CHECK(tree.nodes[2].next == ff::tree_node::one);
  // Impurity times sessions falls from 2 * (1/2) to 0; in the unit of `decrease`, half of that.
  CHECK(tree.decrease == std::vector<double>{0.5});
}

TEST_CASE("what is missing can be the best question") {
  const sample data{{{7, 7, 7, 255, 255}, 5, 1}, {1, 1, 1, 1, 1}, {false, false, false, true, true}};
  const auto tree = data.grow({1, no_limit, 1}, 0);
  REQUIRE(tree.nodes.size() == 3);
  const std::uint8_t present = 7, missing = 255;
  CHECK(ff::leaf_value(tree.nodes.data(), &present) == 0);
  CHECK(ff::leaf_value(tree.nodes.data(), &missing) == ff::tree_node::one);
}

TEST_CASE("missing values that were not there follow the larger side") {
  const std::uint8_t missing = 255;
  const sample left_heavy{{{1, 1, 1, 9}, 4, 1}, {1, 1, 1, 1}, {false, false, false, true}};
  CHECK(ff::leaf_value(left_heavy.grow({1, no_limit, 1}, 0).nodes.data(), &missing) == 0);
  const sample right_heavy{{{1, 9, 9, 9}, 4, 1}, {1, 1, 1, 1}, {false, true, true, true}};
  CHECK(ff::leaf_value(right_heavy.grow({1, no_limit, 1}, 0).nodes.data(), &missing) == ff::tree_node::one);
  const sample even{{{1, 9}, 2, 1}, {1, 1}, {false, true}};
  CHECK(ff::leaf_value(even.grow({1, no_limit, 1}, 0).nodes.data(), &missing) == 0);
}

TEST_CASE("rows that count 0 and columns of one code take no part") {
  const sample nothing{{{3, 3, 3}, 3, 1}, {1, 2, 1}, {true, false, false}};
  const auto tree = nothing.grow({1, no_limit, 1}, 0);
  REQUIRE(tree.nodes.size() == 1);
  CHECK(tree.nodes[0].leaf);
  CHECK(tree.nodes[0].next == ff::tree_node::one / 4);

  const sample unseen{{{3, 200, 3}, 3, 1}, {1, 0, 1}, {true, true, false}};
  CHECK(unseen.grow({1, no_limit, 1}, 0).nodes.size() == 1);
}

TEST_CASE("a constant column does not use up a draw") {
  // Nine columns of one code and one that says it all: with one column a node, the tree still finds it, always.
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    sample data{{std::vector<std::uint8_t>(60, 5), 6, 10}, {1, 1, 1, 1, 1, 1}, {true, false, true, false, true, false}};
    for (std::size_t row = 0; row < 6; ++row) data.codes.values[10 * row + 4] = data.bought[row] ? 9 : 2;
    const auto tree = data.grow({1, no_limit, 1}, seed);
    REQUIRE(tree.nodes.size() == 3);
    CHECK(tree.nodes[0].feature == 4);
  }
}

TEST_CASE("columns are drawn evenly, without putting back") {
  // Eight columns that all split alike: the column drawn first stays the best.
  constexpr int columns = 8;
  constexpr int trees = 4000;
  sample data{{{}, 4, columns}, {1, 1, 1, 1}, {true, false, true, false}};
  for (std::size_t i = 0; i < 4 * columns; ++i) data.codes.values.push_back(data.bought[i / columns] ? 1 : 0);
  for (const int per_split : {1, 3, columns}) {
    CAPTURE(per_split);
    std::vector<double> chosen(columns, 0);
    for (std::uint64_t seed = 0; seed < trees; ++seed) {
      chosen[data.grow({per_split, no_limit, 1}, seed).nodes[0].feature] += 1;
    }
    double chi_square = 0;
    for (const double count : chosen)
      chi_square += (count - trees / columns) * (count - trees / columns) / (trees / columns);
    CHECK(chi_square < 24.3);  // 7 degrees of freedom: once in a thousand
  }
  // With all columns drawn, the one that is best is found whatever the order.
  data.bought = {true, true, false, false};
  for (std::size_t row = 0; row < 4; ++row) data.codes.values[columns * row + 6] = data.bought[row] ? 3 : 8;
  for (std::uint64_t seed = 0; seed < 50; ++seed) CHECK(data.grow({columns, no_limit, 1}, seed).nodes[0].feature == 6);
  // With three it is found where it is among them: in three trees of eight, 1500 of 4000 with a deviation of 31.
  int found = 0;
  for (std::uint64_t seed = 0; seed < trees; ++seed) {
    found += data.grow({3, no_limit, 1}, seed).nodes[0].feature == 6 ? 1 : 0;
  }
  CHECK(std::abs(found - 1500) < 150);
}

TEST_CASE("every node draws columns of its own") {
  // One column is drawn a node and all can be split: parent and child, and the two children, have the same one by chance.
  constexpr int columns = 8;
  const auto data = random_sample({100, columns, 200, 0, 1}, 3);
  int as_parent = 0, as_sibling = 0, pairs = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const auto tree = data.grow({1, 2, 1}, seed);
    const ff::tree_node &root = tree.nodes[0], &left = tree.nodes[root.next], &right = tree.nodes[root.next + 1];
    if (left.leaf || right.leaf) continue;
    ++pairs;
    as_parent += left.feature == root.feature ? 1 : 0;
    as_sibling += left.feature == right.feature ? 1 : 0;
  }
  REQUIRE(pairs > 1000);
  const double deviation = std::sqrt(pairs * (1.0 / columns) * (1 - 1.0 / columns));
  CHECK(std::fabs(as_parent - 1.0 * pairs / columns) < 5 * deviation);
  CHECK(std::fabs(as_sibling - 1.0 * pairs / columns) < 5 * deviation);
}

TEST_CASE("a session drawn three times is one that counts three") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    CAPTURE(seed);
    auto data = random_sample({80, 3, 9, 0.1, 3}, seed);
    const ff::growth options{2, no_limit, 2};
    const auto counted = data.grow(options, seed);
    const std::vector<std::uint8_t> draws(data.counts.begin(), data.counts.end());
    std::fill(data.counts.begin(), data.counts.end(), 1U);
    const ff::detail::training_rows rows(data.codes, data.sessions());
    const auto drawn = ff::detail::tree_grower(rows, options).grow(draws, ff::random_stream(seed));
    CHECK(std::ranges::equal(counted.nodes, drawn.nodes,
                             [](const auto& a, const auto& b) { return ff::same_parts(a, b); }));
    CHECK(counted.decrease == drawn.decrease);
  }
}
