// SPDX-License-Identifier: MIT
// Growing one tree: at each node a few columns are drawn and the split that parts buyers from others best is kept.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/forest/counts.hpp>
#include <footfall/forest/fitted_bins.hpp>
#include <footfall/forest/grown_tree.hpp>
#include <footfall/forest/level_columns.hpp>
#include <footfall/forest/split_search.hpp>
#include <footfall/forest/training_rows.hpp>
#include <footfall/forest/tree.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The options of a recipe as the grower needs them: counted in the units of its counts, no special values left.
struct growth {
  int features_per_split = 1;
  int max_depth = 1;
  std::uint64_t min_leaf = 1;
  std::uint64_t max_leaves = 0;  ///< 0: no limit
};

namespace detail {

/// Grows trees one after the other; what it needs of memory is kept from one to the next.
class tree_grower {
 public:
  tree_grower(const training_rows& sessions, const growth& options, level_columns levels = {})
      : sessions_(sessions),
        layout_(sessions.layout()),
        options_(options),
        levels_(std::move(levels)),
        search_(layout_, options.min_leaf) {}

  /// A tree on each session as often as `draws` says.
  grown_tree grow(std::span<const std::uint8_t> draws, const random_stream& stream) {
    tree_ = {{}, std::vector<double>(layout_.cols, 0.0)};
    tree_.nodes.emplace_back();
    const std::size_t rows = take_rows(draws);
    if (!levels_.empty()) rank_levels(rows);
    class_counts all;
    for (std::size_t i = 0; i < rows; ++i) all = all + layout_.counts(buffer_[0].data() + i * layout_.stride);
    columns_.resize(layout_.cols);
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i] = static_cast<std::uint16_t>(i);
    node_work root{0, 0, 0, rows, all, 0, 1, 0, columns_.size()};
    if (closed(root.counts, 0)) {
      tree_.nodes[0].next = all.share();
    } else {
      open_.push_back(root);
    }
    while (!open_.empty()) {
      const node_work work = open_.back();
      open_.pop_back();
      columns_.resize(work.columns_end);  // what lies behind belonged to nodes that are done
      split(work, stream);
    }
    if (options_.max_leaves == 0) return std::move(tree_);
    worth_.resize(tree_.nodes.size());
    return with_best_splits(std::move(tree_), worth_, options_.max_leaves);
  }

 private:
  /// A node that will be split if it can be.
  struct node_work {
    std::uint32_t node;
    unsigned side;           // which of the two buffers holds its rows
    std::size_t begin, end;  // where they are
    class_counts counts;
    int depth;
    std::uint64_t name;                      // the path from the root: what the node's random stream hangs on
    std::size_t columns_begin, columns_end;  // where in columns_ those are that are not known to be constant here
  };

  // Random draws hang on the node's path and not on the order of growing: a grower that visits nodes in another order
  // grows the same tree.
  static std::uint64_t child_name(std::uint64_t name, std::uint64_t side) noexcept {
    std::uint64_t mixed = (2 * name + side) * 0x9E3779B97F4A7C15;
    mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93;
    return mixed ^ mixed >> 32;
  }

  bool closed(class_counts counts, int depth) const noexcept {
    return counts.pure() || depth >= options_.max_depth || counts.all() < 2 * options_.min_leaf;
  }

  /// Copies the rows that were drawn, with what they count, to the first buffer. Returns how many.
  std::size_t take_rows(std::span<const std::uint8_t> draws) {
    const auto rows = draws.size() - static_cast<std::size_t>(std::count(draws.begin(), draws.end(), 0));
    const std::size_t bytes = (rows + 1) * layout_.stride;
    for (auto& buffer :
         buffer_) {  // made anew: growing would copy what is not needed, and might double it for one row more
      if (buffer.size() < bytes) buffer = std::vector<std::uint8_t>(bytes + bytes / 32);
    }
    return with_stride(layout_.stride, [&](auto stride) {
      std::uint8_t* to = buffer_[0].data();
      for (std::size_t row = 0; row < draws.size(); ++row) {
        const class_counts counts = layout_.counts(sessions_.row(row)) * draws[row];
        std::memcpy(to, sessions_.row(row), stride);  // and written over by the next one if it does not count
        layout_.set_counts(to, counts);
        to += counts.packed == 0 ? 0 : stride;
      }
      return static_cast<std::size_t>(to - buffer_[0].data()) / stride;
    });
  }

  /// From here on the rows hold the ranks of their levels.
  void rank_levels(std::size_t rows) {
    std::uint8_t* const first = buffer_[0].data();
    tree_.ranks = levels_.ranks_of(first, rows, layout_);
    for (std::size_t i = 0; i < rows; ++i) levels_.rank_session(tree_.ranks, first + i * layout_.stride);
  }

  void split(const node_work& work, const random_stream& stream) {
    const std::uint8_t* const rows = buffer_[work.side].data() + work.begin * layout_.stride;
    search_.begin(rows, work.end - work.begin, work.counts);

    // Columns are drawn one by one without putting back; a column that is constant in the node does not count.
    drawn_.assign(columns_.begin() + static_cast<std::ptrdiff_t>(work.columns_begin),
                  columns_.begin() + static_cast<std::ptrdiff_t>(work.columns_end));
    constant_.clear();
    random_stream draws = stream.child(work.name);
    int wanted = options_.features_per_split;
    for (std::size_t i = 0; i < drawn_.size() && wanted > 0;) {
      const std::size_t end = std::min({drawn_.size(), i + static_cast<std::size_t>(wanted), i + split_search::group});
      for (std::size_t j = i; j < end; ++j) std::swap(drawn_[j], drawn_[j + draws.below(drawn_.size() - j)]);
      wanted -= search_.look_at(std::span(drawn_).subspan(i, end - i), constant_);
      i = end;
    }
    const best_split best = search_.finish();
    if (best.gain < 0) {
      tree_.nodes[work.node].next = work.counts.share();
      return;
    }

    const auto left = static_cast<std::uint32_t>(tree_.nodes.size());
    tree_.nodes[work.node] = {best.column, best.bin, best.missing_left, false, left};
    tree_.nodes.resize(tree_.nodes.size() + 2);
    const double decrease = best.gain / static_cast<double>(work.counts.all());
    tree_.decrease[best.column] += decrease;
    if (options_.max_leaves > 0) {
      worth_.resize(tree_.nodes.size());
      worth_[work.node] = {decrease, work.counts.share()};
    }

    const class_counts right_counts = work.counts - best.left;
    const bool left_closed = closed(best.left, work.depth + 1);
    const bool right_closed = closed(right_counts, work.depth + 1);
    if (left_closed) tree_.nodes[left].next = best.left.share();
    if (right_closed) tree_.nodes[left + 1].next = right_counts.share();
    if (left_closed && right_closed) return;

    const std::size_t middle = part_rows(work, best, !left_closed, !right_closed);
    const auto [columns_begin, columns_end] = columns_below(work);
    const unsigned side = 1 - work.side;
    if (!right_closed) {
      open_.push_back({left + 1, side, middle, work.end, right_counts, work.depth + 1, child_name(work.name, 1),
                       columns_begin, columns_end});
    }
    if (!left_closed) {
      open_.push_back({left, side, work.begin, middle, best.left, work.depth + 1, child_name(work.name, 0),
                       columns_begin, columns_end});
    }
  }

  /// The columns that are not known to be constant in the children, in ascending order whatever was drawn, so that the
  /// lists, too, hang on the path alone.
  std::pair<std::size_t, std::size_t> columns_below(const node_work& work) {
    if (constant_.empty()) return {work.columns_begin, work.columns_end};
    std::sort(constant_.begin(), constant_.end());
    const std::size_t begin = columns_.size();
    auto skip = constant_.begin();
    for (std::size_t i = work.columns_begin; i < work.columns_end; ++i) {
      const std::uint16_t column = columns_[i];
      if (skip != constant_.end() && *skip == column) {
        ++skip;
      } else {
        columns_.push_back(column);
      }
    }
    return {begin, columns_.size()};
  }

  /// Moves the rows of each child that stays open to the other buffer: the left ones from the front, the right ones from
  /// the back, in an order that nothing hangs on. Returns where the right ones begin.
  std::size_t part_rows(const node_work& work, const best_split& best, bool keep_left, bool keep_right) {
    return with_stride(layout_.stride, [&](auto stride) {
      const std::uint8_t* from = buffer_[work.side].data() + work.begin * stride;
      const std::uint8_t* const end = buffer_[work.side].data() + work.end * stride;
      std::uint8_t* const base = buffer_[1 - work.side].data();
      std::uint8_t* left = base + work.begin * stride;
      std::uint8_t* right = base + work.end * stride;
      // With missing values on the left, code 255 wraps to 0 and comes first.
      const auto wrap = static_cast<std::uint8_t>(best.missing_left ? 1 : 0);
      const auto limit = static_cast<std::uint8_t>(best.bin + wrap);
      const auto goes_left = [&](const std::uint8_t* row) {
        return static_cast<std::size_t>(static_cast<std::uint8_t>(row[best.column] + wrap) <= limit);
      };
      if (keep_left && keep_right) {
        for (; from != end; from += stride) {  // each row to both places, of which one is written again by the next
          const std::size_t is_left = goes_left(from);
          std::memcpy(left, from, stride);
          std::memcpy(right - stride, from, stride);
          left += is_left * stride;
          right -= (1 - is_left) * stride;
        }
        return static_cast<std::size_t>(left - base) / stride;
      }
      if (keep_left) {
        for (; from != end; from += stride) {
          std::memcpy(left, from, stride);
          left += goes_left(from) * stride;
        }
        return static_cast<std::size_t>(left - base) / stride;
      }
      for (; from != end; from += stride) {
        std::memcpy(right - stride, from, stride);
        right -= (1 - goes_left(from)) * stride;
      }
      return static_cast<std::size_t>(right - base) / stride;
    });
  }

  const training_rows& sessions_;
  row_layout layout_;
  growth options_;
  level_columns levels_;
  split_search search_;
  grown_tree tree_;
  std::vector<split_worth> worth_;  // of each node, where leaves are limited
  std::vector<node_work> open_;
  std::vector<std::uint16_t> columns_, drawn_, constant_;
  std::array<std::vector<std::uint8_t>, 2> buffer_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
