// SPDX-License-Identifier: MIT
// Walking trees: a copy of the nodes in one word each, and many walks under way at a time without a branch.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <span>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/core/types.hpp>
#include <footfall/forest/code_groups.hpp>
#include <footfall/forest/level_columns.hpp>
#include <footfall/forest/tree.hpp>
#include <footfall/simd/above_mask.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// A node in a word: bin in the low byte, above it what to ask, above that where the left child lies in its tree. A leaf
/// asks whether a byte is above 255 and leads to itself, so that a walk may go on after it has ended.
template <class Word>
struct walk_node {
  static constexpr int ask_bits = sizeof(Word) == 4 ? 8 : 24;
  static constexpr int next_bits = sizeof(Word) == 4 ? 16 : 32;

  static bool fits(std::uint64_t nodes, index cols) noexcept {
    return nodes <= std::uint64_t{1} << next_bits && 2 * static_cast<std::uint64_t>(cols) <= std::uint64_t{1}
                                                                                                 << ask_bits;
  }
  static Word of(const tree_node& node, std::uint64_t own, index cols) noexcept {
    const node_word word(node);
    const std::uint64_t missing = word.missing_left();
    const std::uint64_t asked = word.feature() + missing * static_cast<std::uint64_t>(cols);
    const std::uint64_t question = word.next() << (8 + ask_bits) | asked << 8 | (word.bin() + missing);
    const std::uint64_t ended = own << (8 + ask_bits) | 255;
    const std::uint64_t leaf = 0 - word.leaf();  // all bits or none: a branch would often be guessed wrong
    return static_cast<Word>((ended & leaf) | (question & ~leaf));
  }
  static std::uint8_t bin(Word node) noexcept { return static_cast<std::uint8_t>(node); }
  static std::size_t asks(Word node) noexcept { return node >> 8 & ((Word{1} << ask_bits) - 1); }
  static std::size_t next(Word node) noexcept { return static_cast<std::size_t>(node >> (8 + ask_bits)); }

  /// Where the walk goes from here when the code asked for is `code`.
  static std::size_t step(Word node, std::uint8_t code) noexcept { return next(node) + (bin(node) < code ? 1U : 0U); }
};

/// Takes the `count` sessions `open` of a group to their leaves, from node at[row] of the tree each, two steps a round.
/// Which walk has ended is decided without a branch, and none waits for another, so that the processor has as many loads
/// under way as it can. Uses up `open`.
template <class Word>
void finish_walks(const Word* __restrict tree, const std::uint8_t* __restrict codes, std::uint32_t* __restrict at,
                  std::uint32_t* __restrict open, std::size_t count) noexcept {
  using node = walk_node<Word>;
  while (count > 0) {
    std::size_t still = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint32_t row = open[k];
      const Word first = tree[at[row]];
      const auto middle = static_cast<std::uint32_t>(node::step(first, codes[node::asks(first) * group_rows + row]));
      const Word second = tree[middle];
      const auto end = static_cast<std::uint32_t>(node::step(second, codes[node::asks(second) * group_rows + row]));
      at[row] = end;
      open[still] = row;
      still += end != middle ? 1 : 0;
    }
    count = still;
  }
}

/// A number for each session of a group.
using group_numbers = std::array<std::uint32_t, group_rows>;

/// The upper levels of a tree, filled up to a complete one: their questions are put to 64 sessions at once. Question n has
/// the children 2 n + 1 and 2 n + 2; a branch that has ended asks nothing more and leads where it ended.
struct tree_top {
  static constexpr int levels = 6;
  static constexpr std::size_t questions = (std::size_t{1} << levels) - 1;

  std::array<std::uint32_t, questions> asks{};
  std::array<std::uint8_t, questions> bins{};
  std::array<std::uint32_t, questions + 1> ends{};

  template <class Word>
  static tree_top of(const Word* tree) {
    tree_top top;
    std::array<std::size_t, 2 * questions + 1> node{};
    for (std::size_t n = 0; n < questions; ++n) {
      const Word word = tree[node[n]];
      top.asks[n] = static_cast<std::uint32_t>(walk_node<Word>::asks(word));
      top.bins[n] = walk_node<Word>::bin(word);
      node[2 * n + 1] = walk_node<Word>::next(word);
      node[2 * n + 2] = walk_node<Word>::next(word) + (walk_node<Word>::next(word) != node[n] ? 1 : 0);
    }
    for (std::size_t i = 0; i <= questions; ++i) top.ends[i] = static_cast<std::uint32_t>(node[questions + i]);
    return top;
  }

  /// Which of `ends` each of 64 sessions comes to.
  void route(const std::uint8_t* codes, std::uint8_t* slots) const noexcept {
    std::array<std::uint64_t, 2 * questions + 1> there;  // the sessions that come to each question
    std::array<std::uint64_t, levels> right{};           // those that leave each level to the right
    there[0] = ~std::uint64_t{0};
    std::size_t n = 0;
    for (int level = 0; level < levels; ++level) {
      for (const std::size_t end = 2 * n + 1; n < end; ++n) {
        const std::uint64_t above = simd::above_mask(codes + asks[n] * group_rows, bins[n]);
        there[2 * n + 1] = there[n] & ~above;
        there[2 * n + 2] = there[n] & above;
        right[static_cast<std::size_t>(level)] |= there[2 * n + 2];
      }
    }
    simd::bytes_of_bits(right.data(), levels, slots);
  }

  /// The node that each of the first `rows` sessions of a group comes to: its walk goes on from there.
  void lead(const std::uint8_t* codes, std::size_t rows, group_numbers& at) const noexcept {
    std::array<std::uint8_t, group_rows> slots;
    for (std::size_t part = 0; part < rows; part += 64) route(codes + part, slots.data() + part);
    for (std::size_t i = 0; i < rows; ++i) at[i] = ends[slots[i]];
  }
};

/// The trees of a forest, ready to be walked: four bytes a node where that is enough, else eight.
class walk_trees {
  template <class F>
  void with_nodes(F&& f) const {
    wide_.empty() ? f(narrow_.data()) : f(wide_.data());
  }

 public:
  walk_trees() = default;
  walk_trees(const std::vector<tree_node>& nodes, const std::vector<std::uint64_t>& starts, index cols) : cols_(cols) {
    std::uint64_t largest = 0;
    for (std::size_t t = 0; t < starts.size(); ++t) largest = std::max(largest, end_of(nodes, starts, t) - starts[t]);
    walk_node<std::uint32_t>::fits(largest, cols) ? fill(narrow_, nodes, starts) : fill(wide_, nodes, starts);
  }

  /// Adds to `sums` the leaf shares in tree `t` of `nodes` of the first `rows` sessions of a group.
  void add_shares(const std::vector<tree_node>& nodes, const std::vector<std::uint64_t>& starts, std::size_t t,
                  const std::uint8_t* codes, std::size_t rows, std::uint64_t* sums) const noexcept {
    group_numbers at, open;
    tops_[t].lead(codes, rows, at);
    for (std::size_t i = 0; i < rows; ++i) open[i] = static_cast<std::uint32_t>(i);
    with_nodes([&](const auto* words) { finish_walks(words + starts[t], codes, at.data(), open.data(), rows); });
    const tree_node* const tree = nodes.data() + starts[t];
    for (std::size_t i = 0; i < rows; ++i) sums[i] += tree[at[i]].next;
  }

  /// Takes the `count` sessions `open` of a group to their leaves in tree `t`, which `at` then names. Uses up `open`.
  void find_leaves(const std::vector<std::uint64_t>& starts, std::size_t t, const std::uint8_t* codes,
                   group_numbers& open, std::size_t count, group_numbers& at) const noexcept {
    tops_[t].lead(codes, group_rows, at);
    with_nodes([&](const auto* words) { finish_walks(words + starts[t], codes, at.data(), open.data(), count); });
  }

  /// The sum of the leaf shares of one session in all trees: its codes, then the same plus one.
  std::uint64_t sum_of_shares(const std::vector<tree_node>& nodes, const std::vector<std::uint64_t>& starts,
                              const std::uint8_t* session) const noexcept {
    std::uint64_t sum = 0;
    for (std::size_t t = 0; t < starts.size(); t += together) {
      sum += sum_side_by_side(nodes, starts, t, together, [&](std::size_t) { return session; });
    }
    return sum;
  }

  /// The same where each tree has ranks of its own, all of them in `ranks`. Allocates with more than 256 columns.
  std::uint64_t sum_of_shares(const std::vector<tree_node>& nodes, const std::vector<std::uint64_t>& starts,
                              const std::uint8_t* session, const level_columns& levels,
                              std::span<const std::uint8_t> ranks) const {
    constexpr std::size_t fewest = 64;  // trees side by side
    const auto cols = static_cast<std::size_t>(cols_);
    const std::size_t size = 2 * cols;
    std::array<std::uint8_t, 512 * fewest> room;
    std::vector<std::uint8_t> more(size * fewest > room.size() ? size * fewest : 0);
    std::uint8_t* const own = more.empty() ? room.data() : more.data();
    const std::size_t most = std::min(together, std::max(room.size(), more.size()) / size);
    std::uint64_t sum = 0;
    for (std::size_t t = 0; t < starts.size(); t += most) {
      for (std::size_t i = 0; i < std::min(most, starts.size() - t); ++i) {
        std::memcpy(own + i * size, session, size);
        levels.rank_one(ranks.subspan((t + i) * levels.bytes(), levels.bytes()), cols, own + i * size);
      }
      sum += sum_side_by_side(nodes, starts, t, most, [&](std::size_t i) { return own + i * size; });
    }
    return sum;
  }

  /// Bytes of the words and of the upper levels.
  index bytes() const noexcept {
    return static_cast<index>(narrow_.size() * sizeof(std::uint32_t) + wide_.size() * sizeof(std::uint64_t) +
                              tops_.size() * sizeof(tree_top));
  }

 private:
  static constexpr std::size_t together = 512;
  // The nodes of different trees lie far apart: all trees side by side, so that many loads are under way until the last
  // walks end. Hardly any ends within six steps, and more steps do no harm: until then nobody asks who has.
  template <class Session>
  std::uint64_t sum_side_by_side(const std::vector<tree_node>& nodes, const std::vector<std::uint64_t>& starts,
                                 std::size_t t, std::size_t most, const Session& session_of) const noexcept {
    const std::size_t some = std::min(most, starts.size() - t);
    std::uint64_t sum = 0;
    with_nodes([&](const auto* words) {
      using word = std::remove_cvref_t<decltype(*words)>;
      using node = walk_node<word>;
      std::array<std::uint64_t, together> at;
      std::array<std::uint32_t, together> open;
      const auto step_of = [&](std::size_t i) {
        const word here = words[at[i]];
        return starts[t + i] + node::step(here, session_of(i)[node::asks(here)]);
      };
      for (std::size_t i = 0; i < some; ++i) at[i] = starts[t + i];
      std::iota(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(some), std::uint32_t{0});
      for (int level = 0; level < 6; ++level) {
        for (std::size_t i = 0; i < some; ++i) at[i] = step_of(i);
      }
      for (std::size_t left = some; left > 0;) {
        std::size_t still = 0;
        for (std::size_t k = 0; k < left; ++k) {
          const std::uint32_t i = open[k];
          const std::uint64_t next = step_of(i);
          open[still] = i;
          still += next != at[i] ? 1 : 0;
          at[i] = next;
        }
        left = still;
      }
      for (std::size_t i = 0; i < some; ++i) sum += nodes[at[i]].next;
    });
    return sum;
  }

  static std::uint64_t end_of(const std::vector<tree_node>& nodes, const std::vector<std::uint64_t>& starts,
                              std::size_t t) noexcept {
    return t + 1 < starts.size() ? starts[t + 1] : nodes.size();
  }
  template <class Word>
  void fill(std::vector<Word>& words, const std::vector<tree_node>& nodes, const std::vector<std::uint64_t>& starts) {
    words.resize(nodes.size());
    tops_.reserve(starts.size());
    for (std::size_t t = 0; t < starts.size(); ++t) {
      const std::uint64_t size = end_of(nodes, starts, t) - starts[t];
      const tree_node* const tree = nodes.data() + starts[t];
      Word* const own = words.data() + starts[t];
      for (std::uint64_t i = 0; i < size; ++i) own[i] = walk_node<Word>::of(tree[i], i, cols_);
      tops_.push_back(tree_top::of(own));
    }
  }

  index cols_ = 0;
  std::vector<std::uint32_t> narrow_;
  std::vector<std::uint64_t> wide_;
  std::vector<tree_top> tops_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
