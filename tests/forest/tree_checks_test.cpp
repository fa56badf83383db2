// SPDX-License-Identifier: MIT
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/forest/tree_checks.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr std::size_t columns = 3;

// The definition, node by node.
bool plain_tree_check(const std::vector<ff::tree_node>& nodes) {
  std::vector<int> parents(nodes.size(), 0);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const ff::tree_node& node = nodes[i];
    if (node.leaf && node.next > ff::tree_node::one) return false;
    if (node.leaf) continue;
    if (node.feature >= columns || node.bin == 255) return false;
    if (node.next <= i || node.next + std::uint64_t{1} >= nodes.size()) return false;
    ++parents[node.next];
    ++parents[node.next + 1];
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (parents[i] != (i == 0 ? 0 : 1)) return false;
  }
  return !nodes.empty();
}

bool fast_tree_check(const std::vector<ff::tree_node>& nodes) {
  std::vector<std::uint8_t> marks;
  return ff::detail::is_tree(nodes, columns, marks);
}

// A tree of so many questions, split in random order.
std::vector<ff::tree_node> random_tree(int questions, ff::random_stream& stream) {
  std::vector<ff::tree_node> nodes(1);
  std::vector<std::size_t> leaves{0};
  for (int i = 0; i < questions; ++i) {
    std::swap(leaves[stream.below(leaves.size())], leaves.back());
    const auto next = static_cast<std::uint32_t>(nodes.size());
    nodes[leaves.back()] = {static_cast<std::uint16_t>(stream.below(columns)),
                            static_cast<std::uint8_t>(stream.below(255)), stream.below(2) == 0, false, next};
    leaves.back() = next;
    leaves.push_back(next + 1);
    nodes.resize(next + 2);
  }
  for (auto& node : nodes) {
    if (node.leaf) node.next = static_cast<std::uint32_t>(stream.below(ff::tree_node::one + std::uint64_t{1}));
  }
  return nodes;
}

}  // namespace

TEST_CASE("trees of all sizes around a block pass") {
  ff::random_stream stream(1);
  for (const int questions : {0, 1, 2, 7, 126, 127, 128, 129, 255, 256, 257, 1000}) {
    CAPTURE(questions);
    const auto tree = random_tree(questions, stream);
    CHECK(plain_tree_check(tree));
    CHECK(fast_tree_check(tree));
  }
  CHECK_FALSE(fast_tree_check({}));
}

TEST_CASE("many at a time says the same as one by one, on trees with something wrong") {
  ff::random_stream stream(2);
  int good = 0;
  int bad = 0;
  for (int round = 0; round < 20'000; ++round) {
    auto tree = random_tree(static_cast<int>(round % 200 == 0 ? 100 + stream.below(100) : stream.below(6)), stream);
    ff::tree_node& node = tree[stream.below(tree.size())];
    switch (stream.below(7)) {
      case 0: node.next = static_cast<std::uint32_t>(stream.below(tree.size() + 2)); break;
      case 1: node.feature = static_cast<std::uint16_t>(stream.below(columns + 1)); break;
      case 2: node.bin = static_cast<std::uint8_t>(250 + stream.below(6)); break;
      case 3: node.leaf = !node.leaf; break;
      case 4: node.next = ff::tree_node::one + static_cast<std::uint32_t>(stream.below(2)); break;
      case 5: std::swap(node, tree[stream.below(tree.size())]); break;
      default: tree.resize(tree.size() + (stream.below(2) == 0 ? 1 : -std::size_t{1}));
    }
    const bool is_tree = plain_tree_check(tree);
    ++(is_tree ? good : bad);
    REQUIRE(fast_tree_check(tree) == is_tree);
  }
  CHECK(good > 3000);
  CHECK(bad > 3000);
}

TEST_CASE("what is wrong is said by node and tree") {
  const ff::tree_node leaf;
  const auto refusal = [](std::vector<ff::tree_node> nodes, std::vector<std::uint64_t> starts) {
    return thrown_by([&] { ff::detail::require_trees(nodes, starts, columns, "forest"); });
  };
  const ff::tree_node question{0, 0, false, false, 1};
  CHECK(refusal({leaf, question, leaf, leaf}, {0, 1}).empty());
  CHECK(refusal({leaf}, {}) == "bad_parts: forest: the first tree must start at node 0");
  CHECK(refusal({leaf}, {0, 1}) == "bad_parts: forest: tree 1 has no nodes");
  CHECK(refusal({leaf, {0, 0, false, true, ff::tree_node::one + 1}}, {0, 1}) ==
        "bad_parts: forest: leaf 1 has a share above 1");
  CHECK(refusal({leaf, {3, 0, false, false, 1}, leaf, leaf}, {0, 1}) == "bad_parts: forest: node 1 asks for column 3");
  CHECK(refusal({{0, 255, false, false, 1}, leaf, leaf}, {0}) == "bad_parts: forest: node 0 asks for bin 255");
  CHECK(refusal({leaf, {0, 0, false, false, 2}, leaf, leaf}, {0, 1}) ==
        "bad_parts: forest: node 1 has children outside its tree");
  CHECK(refusal({question, {0, 0, false, false, 3}, {0, 0, false, false, 3}, leaf, leaf}, {0}) ==
        "bad_parts: forest: node 2 shares a child");
  CHECK(refusal({leaf, leaf}, {0}) == "bad_parts: forest: tree 0 has nodes without a parent");
}
