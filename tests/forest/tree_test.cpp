// SPDX-License-Identifier: MIT
// Walking a tree: which side a code takes, and where missing values go.
#include <cstdint>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/forest/tree.hpp>

namespace {

namespace ff = footfall;

ff::tree_node question(std::uint16_t feature, std::uint8_t bin, std::uint32_t next, bool missing_left = false) {
  return {feature, bin, missing_left, false, next};
}

ff::tree_node leaf(std::uint32_t share) { return {0, 0, false, true, share}; }

std::uint32_t walk(const std::vector<ff::tree_node>& tree, std::vector<std::uint8_t> codes) {
  return ff::leaf_value(tree.data(), codes.data());
}

}  // namespace

TEST_CASE("a new node is a leaf that holds nothing") {
  const ff::tree_node node;
  CHECK(node.leaf);
  CHECK(node.next == 0);
  CHECK(walk({node}, {}) == 0);
}

TEST_CASE("a tree of one leaf asks nothing") { CHECK(walk({leaf(77)}, {}) == 77); }

TEST_CASE("codes up to the bin go left") {
  const std::vector<ff::tree_node> tree{question(0, 9, 1), leaf(1), leaf(2)};
  CHECK(walk(tree, {0}) == 1);
  CHECK(walk(tree, {9}) == 1);
  CHECK(walk(tree, {10}) == 2);
  CHECK(walk(tree, {254}) == 2);
}

TEST_CASE("missing values go where the node says") {
  CHECK(walk({question(0, 9, 1, true), leaf(1), leaf(2)}, {255}) == 1);
  CHECK(walk({question(0, 9, 1, false), leaf(1), leaf(2)}, {255}) == 2);
  // The last bin that a question can name still leaves the missing ones to the flag.
  CHECK(walk({question(0, 254, 1, false), leaf(1), leaf(2)}, {255}) == 2);
  CHECK(walk({question(0, 254, 1, false), leaf(1), leaf(2)}, {254}) == 1);
}

TEST_CASE("each question asks its own column and leads to its own children") {
  const std::vector<ff::tree_node> tree{question(1, 4, 1), question(0, 2, 3), question(2, 0, 5), leaf(10),
                                        leaf(11),          leaf(12),          leaf(13)};
  CHECK(walk(tree, {2, 4, 9}) == 10);
  CHECK(walk(tree, {3, 4, 9}) == 11);
  CHECK(walk(tree, {2, 5, 0}) == 12);
  CHECK(walk(tree, {2, 5, 1}) == 13);
}

TEST_CASE("a chain as deep as a tree can be") {
  constexpr std::uint32_t depth = 100'000;
  std::vector<ff::tree_node> tree;
  for (std::uint32_t i = 0; i < depth; ++i) {
    tree.push_back(question(0, 0, 2 * i + 1));  // node 2i, its left child a leaf, its right child the next question
    tree.push_back(leaf(i));
  }
  tree.push_back(leaf(depth));
  CHECK(walk(tree, {0}) == 0);
  CHECK(walk(tree, {1}) == depth);
}

TEST_CASE("the parts of a node are all that it holds") {
  const ff::tree_node node{65'535, 254, true, false, 0xFFFFFFFF};
  const auto again = std::apply([](auto... parts) { return ff::tree_node::from_parts(parts...); }, node.parts());
  CHECK(ff::same_parts(node, again));
  const auto digest = ff::digest_of(node);
  for (const ff::tree_node other :
       {ff::tree_node{65'534, 254, true, false, 0xFFFFFFFF}, ff::tree_node{65'535, 253, true, false, 0xFFFFFFFF},
        ff::tree_node{65'535, 254, false, false, 0xFFFFFFFF}, ff::tree_node{65'535, 254, true, true, 0xFFFFFFFF},
        ff::tree_node{65'535, 254, true, false, 0xFFFFFFFE}}) {
    CHECK_FALSE(ff::same_parts(node, other));
    CHECK(ff::digest_of(other) != digest);
  }
}

TEST_CASE("a node as a number, in its own layout") {
  for (const ff::tree_node node :
       {ff::tree_node{}, ff::tree_node{65'535, 0, false, false, 0}, ff::tree_node{0, 255, false, false, 0},
        ff::tree_node{0, 0, true, false, 0}, ff::tree_node{1, 2, false, true, 0xFFFFFFFF},
        ff::tree_node{513, 7, true, false, 3}}) {
    const ff::node_word word(node);
    CHECK(word.feature() == node.feature);
    CHECK(word.bin() == node.bin);
    CHECK((word.missing_left() == 1) == node.missing_left);
    CHECK((word.leaf() == 1) == node.leaf);
    CHECK(word.next() == node.next);
    const auto again = std::apply([](auto... parts) { return ff::tree_node::from_parts(parts...); }, node.parts());
    CHECK(again.feature == node.feature);
    CHECK(again.bin == node.bin);
    CHECK(again.missing_left == node.missing_left);
    CHECK(again.leaf == node.leaf);
    CHECK(again.next == node.next);
  }
}
