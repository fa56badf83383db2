// SPDX-License-Identifier: MIT
// Many walks at a time against one walk after the other, over trees of every shape.
#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/forest/walk.hpp>

namespace {

namespace ff = footfall;

/// A tree of `questions` questions: each splits a leaf drawn at random, or always the last one (a chain).
std::vector<ff::tree_node> random_tree(int questions, ff::index cols, bool chain, ff::random_stream& stream) {
  std::vector<ff::tree_node> tree(1);
  std::vector<std::uint32_t> leaves{0};
  for (int i = 0; i < questions; ++i) {
    const std::size_t which = chain ? leaves.size() - 1 : stream.below(leaves.size());
    const auto next = static_cast<std::uint32_t>(tree.size());
    tree[leaves[which]] = {static_cast<std::uint16_t>(stream.below(static_cast<std::uint64_t>(cols))),
                           static_cast<std::uint8_t>(stream.below(4) == 0 ? 254 : stream.below(255)),
                           stream.below(2) == 0, false, next};
    leaves[which] = next;
    leaves.push_back(next + 1);
    tree.resize(tree.size() + 2);
  }
  for (const std::uint32_t leaf : leaves) tree[leaf].next = static_cast<std::uint32_t>(stream.below(1U << 31));
  return tree;
}

/// A matrix whose values are their own codes; one in eight is missing.
ff::matrix<double> random_codes(ff::index rows, ff::index cols, ff::random_stream& stream) {
  ff::matrix<double> x(rows, cols);
  for (ff::index i = 0; i < rows * cols; ++i) {
    x.data()[i] = stream.below(8) == 0 ? std::numeric_limits<double>::quiet_NaN()
                                       : static_cast<double>(stream.below(3) == 0 ? 254 : stream.below(255));
  }
  return x;
}

ff::fitted_bins<double> whole_numbers(ff::index cols) {
  std::vector<double> edges;
  for (int i = 0; i < 254; ++i) edges.push_back(i);
  return ff::fitted_bins<double>::from_parts(std::vector<std::vector<double>>(static_cast<std::size_t>(cols), edges));
}

void check_walks(ff::index rows, ff::index cols, const std::vector<std::vector<ff::tree_node>>& trees,
                 ff::random_stream& stream) {
  std::vector<ff::tree_node> nodes;
  std::vector<std::uint64_t> starts;
  for (const auto& tree : trees) {
    starts.push_back(nodes.size());
    nodes.insert(nodes.end(), tree.begin(), tree.end());
  }
  const ff::matrix<double> x = random_codes(rows, cols, stream);
  const auto names = ff::columns_of(x);
  const auto bins = whole_numbers(cols);
  const ff::bin_codes codes = bins.codes(x, 0, rows, names, "test");
  ff::detail::code_groups groups(rows, cols);
  groups.encode<double>(bins, x, 0, names, "test");
  const ff::detail::walk_trees walks(nodes, starts, cols);

  std::vector<std::uint64_t> sums(static_cast<std::size_t>(rows), 5), expected(static_cast<std::size_t>(rows), 5);
  bool one_by_one = true;
  bool part = true;
  for (std::size_t t = 0; t < trees.size(); ++t) {
    for (std::size_t group = 0; group < groups.groups(); ++group) {
      const std::size_t first = group * ff::detail::group_rows;
      walks.add_shares(nodes, starts, t, groups.codes(group), groups.rows(group), sums.data() + first);
      // Every third session alone.
      ff::detail::group_numbers open, leaves;
      std::size_t count = 0;
      for (std::size_t i = 0; i < groups.rows(group); i += 3) open[count++] = static_cast<std::uint32_t>(i);
      walks.find_leaves(starts, t, groups.codes(group), open, count, leaves);
      for (std::size_t i = 0; i < groups.rows(group); i += 3) {
        part = part && nodes[starts[t] + leaves[i]].next ==
                           ff::leaf_value(nodes.data() + starts[t], codes.row(static_cast<ff::index>(first + i)));
      }
    }
  }
  for (ff::index row = 0; row < rows; ++row) {
    std::vector<std::uint8_t> both(codes.row(row), codes.row(row) + cols);
    for (ff::index i = 0; i < cols; ++i) both.push_back(static_cast<std::uint8_t>(codes.row(row)[i] + 1));
    std::uint64_t& sum = expected[static_cast<std::size_t>(row)];
    for (const std::uint64_t start : starts) sum += ff::leaf_value(nodes.data() + start, codes.row(row));
    one_by_one = one_by_one && walks.sum_of_shares(nodes, starts, both.data()) + 5 == sum;
  }
  CHECK(sums == expected);
  CHECK(one_by_one);
  CHECK(part);
}

}  // namespace

TEST_CASE("walks together end where walks alone end, for every number of sessions") {
  ff::random_stream stream(1);
  std::vector<std::vector<ff::tree_node>> trees{random_tree(0, 3, false, stream), random_tree(1, 3, false, stream),
                                                random_tree(40, 3, false, stream), random_tree(90, 3, true, stream)};
  for (ff::index rows = 0; rows <= 130; ++rows) {
    CAPTURE(rows);
    check_walks(rows, 3, trees, stream);
  }
  for (int i = 0; i < 60; ++i) trees.push_back(random_tree(3 * i, 3, i % 7 == 0, stream));
  check_walks(700, 3, trees, stream);  // more than a group, more trees than walk together
}

TEST_CASE("nodes that do not fit four bytes: many columns, large trees") {
  ff::random_stream stream(2);
  for (const ff::index cols : {128, 129, 600}) {
    CAPTURE(cols);
    check_walks(70, cols, {random_tree(500, cols, false, stream), random_tree(20, cols, false, stream)}, stream);
  }
  for (const int questions : {32'767, 32'768, 50'000}) {
    CAPTURE(questions);
    check_walks(70, 4, {random_tree(20, 4, false, stream), random_tree(questions, 4, false, stream)}, stream);
  }
}
