// SPDX-License-Identifier: MIT
// Growing one tree: at each node a few columns are drawn and the split that parts buyers from others best is kept.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>
#include <footfall/forest/binning.hpp>
#include <footfall/forest/tree.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The options of a recipe as the grower needs them: counted in the units of its counts, no special values left.
struct growth {
  int features_per_split = 1;
  int max_depth = 1;
  std::uint64_t min_leaf = 1;
};

/// A tree and what each column contributed to it: the sum over its splits of half the decrease in Gini impurity times
/// sessions.
struct grown_tree {
  std::vector<tree_node> nodes;
  std::vector<double> decrease;
};

namespace detail {

/// Two counts that are always added together: all sessions (high half) and the positive ones (low half). Integers, so that
/// the order of adding never matters.
struct class_counts {
  std::uint64_t packed = 0;

  static class_counts of(std::uint32_t count, bool positive) noexcept {
    return {std::uint64_t{count} << 32 | (positive ? count : 0)};
  }
  std::uint64_t all() const noexcept { return packed >> 32; }
  std::uint64_t positives() const noexcept { return packed & 0xFFFFFFFF; }
  bool pure() const noexcept { return positives() == 0 || positives() == all(); }
  class_counts operator+(class_counts other) const noexcept { return {packed + other.packed}; }
  class_counts operator-(class_counts other) const noexcept { return {packed - other.packed}; }

  /// What parting `left` from the rest of these sessions gains: the decrease of Gini impurity times sessions, up to the
  /// factor 2 / all() that all splits of one node share. With two classes it is (p n' - p' n)^2 / (n (n' - n)), where n
  /// and p count left, n' and p' all. The difference is exact (its size is at most n'^2 / 4, so that unsigned products may
  /// wrap), and nothing is added in floating point: every build rounds alike, and so do flipped labels and exchanged sides.
  double gain(class_counts left) const noexcept {
    const auto difference = static_cast<std::int64_t>(left.positives() * all() - positives() * left.all());
    const auto exact = static_cast<double>(difference);
    return exact * exact / (static_cast<double>(left.all()) * static_cast<double>(all() - left.all()));
  }

  std::uint32_t share() const noexcept {
    return static_cast<std::uint32_t>((positives() * tree_node::one + all() / 2) / all());
  }
};

class tree_grower {
 public:
  tree_grower(const bin_codes& codes, std::span<const class_counts> sessions, const growth& options,
              const random_stream& stream)
      : codes_(codes),
        sessions_(sessions),
        options_(options),
        stream_(stream),
        tree_{{}, std::vector<double>(static_cast<std::size_t>(codes.cols), 0.0)} {
    for (std::size_t row = 0; row < sessions.size(); ++row) {
      if (sessions[row].packed != 0) rows_.push_back(static_cast<std::uint32_t>(row));
    }
    right_.resize(rows_.size());
  }

  grown_tree grow() {
    class_counts all;
    for (const std::uint32_t row : rows_) all = all + sessions_[row];
    std::vector<std::uint16_t> columns(static_cast<std::size_t>(codes_.cols));
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = static_cast<std::uint16_t>(i);
    tree_.nodes.emplace_back();
    open_.push_back({0, 0, rows_.size(), all, 0, 1, std::move(columns)});
    while (!open_.empty()) {
      const node_work work = std::move(open_.back());
      open_.pop_back();
      split_or_close(work);
    }
    return std::move(tree_);
  }

 private:
  struct node_work {
    std::uint32_t node;
    std::size_t begin, end;  // its rows in rows_
    class_counts counts;
    int depth;
    std::uint64_t name;                  // the path from the root: what the node's random stream hangs on
    std::vector<std::uint16_t> columns;  // those not known to be constant here
  };
  struct best_split {
    double gain = -1;
    std::uint16_t column = 0;
    std::uint8_t bin = 0;
    bool missing_left = false;
    class_counts left;
  };

  // Random draws hang on the node's path and not on the order of growing: a grower that visits nodes in another order
  // grows the same tree.
  static std::uint64_t child_name(std::uint64_t name, std::uint64_t side) noexcept {
    std::uint64_t mixed = (2 * name + side) * 0x9E3779B97F4A7C15;
    mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93;
    return mixed ^ mixed >> 32;
  }

  void split_or_close(const node_work& work) {
    tree_node& node = tree_.nodes[work.node];
    node.next = work.counts.share();
    if (work.counts.pure() || work.depth >= options_.max_depth || work.counts.all() < 2 * options_.min_leaf) return;

    // Columns are drawn one by one without putting back; a column that is constant in the node does not count.
    best_split best;
    std::vector<std::uint16_t> columns = work.columns;
    std::vector<std::uint16_t> constant;
    random_stream draws = stream_.child(work.name);
    int tried = 0;
    for (std::size_t i = 0; i < columns.size() && tried < options_.features_per_split; ++i) {
      std::swap(columns[i], columns[i + draws.below(columns.size() - i)]);
      if (try_column(work, columns[i], best)) {
        ++tried;
      } else {
        constant.push_back(columns[i]);
      }
    }
    if (best.gain < 0) return;

    const std::size_t middle = part_rows(work, best);
    const auto left = static_cast<std::uint32_t>(tree_.nodes.size());
    tree_.nodes[work.node] = {best.column, best.bin, best.missing_left, false, left};
    tree_.nodes.resize(tree_.nodes.size() + 2);
    const class_counts right_counts = work.counts - best.left;
    tree_.decrease[best.column] += best.gain / static_cast<double>(work.counts.all());

    // In ascending order whatever was drawn, so that the lists, too, hang on the path alone.
    std::vector<std::uint16_t> live;
    std::sort(constant.begin(), constant.end());
    std::set_difference(work.columns.begin(), work.columns.end(), constant.begin(), constant.end(),
                        std::back_inserter(live));
    open_.push_back({left + 1, middle, work.end, right_counts, work.depth + 1, child_name(work.name, 1), live});
    open_.push_back({left, work.begin, middle, best.left, work.depth + 1, child_name(work.name, 0), std::move(live)});
  }

  /// Looks at every split of the node by this column and keeps it in `best` if it is strictly better: among equals the
  /// column drawn first, then the lowest bin, then missing values to the right. False if the column is constant here.
  bool try_column(const node_work& work, std::uint16_t column, best_split& best) {
    collect(work, column);
    const bool some_missing = missing_.packed != 0;
    if (cells_ + (some_missing ? 1U : 0U) < 2) return false;
    const class_counts present = work.counts - missing_;
    class_counts left;
    for (std::size_t i = 0; i < cells_; ++i) {
      left = left + cell_counts_[i];
      const bool last = i + 1 == cells_;
      if (last && !some_missing) break;
      // Between this value and the next one present: the middle of the bins that lie between.
      const auto bin = static_cast<std::uint8_t>(last ? cell_codes_[i] : (cell_codes_[i] + cell_codes_[i + 1] - 1) / 2);
      if (!some_missing) {
        // Nothing is known about missing values here: they follow the larger side.
        consider(work, best, {0, column, bin, left.all() >= work.counts.all() - left.all(), left});
      } else {
        consider(work, best, {0, column, bin, false, left});
        if (!last) consider(work, best, {0, column, bin, true, left + missing_});
      }
      if (left.all() == present.all()) break;
    }
    return true;
  }

  void consider(const node_work& work, best_split& best, best_split candidate) const {
    const class_counts right = work.counts - candidate.left;
    if (candidate.left.all() < options_.min_leaf || right.all() < options_.min_leaf) return;
    candidate.gain = work.counts.gain(candidate.left);
    if (candidate.gain > best.gain) best = candidate;
  }

  /// The counts of each code present in the node, ascending, into cell_codes_ and cell_counts_; the missing ones apart.
  void collect(const node_work& work, std::uint16_t column) {
    const std::uint8_t* const codes = codes_.values.data() + column;
    const std::size_t stride = static_cast<std::size_t>(codes_.cols);
    cells_ = 0;
    missing_ = {};
    if (work.end - work.begin <= few_rows) {
      // Few rows: sorted by insertion, without touching a histogram.
      for (std::size_t i = work.begin; i < work.end; ++i) {
        const std::uint32_t row = rows_[i];
        insert(codes[row * stride], sessions_[row]);
      }
      return;
    }
    std::uint8_t lowest = 255;
    std::uint8_t highest = 0;
    for (std::size_t i = work.begin; i < work.end; ++i) {
      const std::uint32_t row = rows_[i];
      const std::uint8_t code = codes[row * stride];
      histogram_[code] = histogram_[code] + sessions_[row];
      lowest = std::min(lowest, code);
      if (code != 255) highest = std::max(highest, code);
    }
    missing_ = std::exchange(histogram_[255], {});
    for (std::size_t code = lowest; code <= highest; ++code) {
      if (histogram_[code].packed == 0) continue;
      cell_codes_[cells_] = static_cast<std::uint8_t>(code);
      cell_counts_[cells_++] = std::exchange(histogram_[code], {});
    }
  }

  void insert(std::uint8_t code, class_counts counts) {
    if (code == 255) {
      missing_ = missing_ + counts;
      return;
    }
    std::size_t i = cells_;
    while (i > 0 && cell_codes_[i - 1] > code) --i;
    if (i > 0 && cell_codes_[i - 1] == code) {
      cell_counts_[i - 1] = cell_counts_[i - 1] + counts;
      return;
    }
    for (std::size_t j = cells_; j > i; --j) {
      cell_codes_[j] = cell_codes_[j - 1];
      cell_counts_[j] = cell_counts_[j - 1];
    }
    cell_codes_[i] = code;
    cell_counts_[i] = counts;
    ++cells_;
  }

  /// Puts the rows that go left before those that go right, each in their old order. Returns where the right ones begin.
  std::size_t part_rows(const node_work& work, const best_split& split) {
    const std::uint8_t* const codes = codes_.values.data() + split.column;
    const std::size_t stride = static_cast<std::size_t>(codes_.cols);
    std::size_t middle = work.begin;
    std::size_t right = 0;
    for (std::size_t i = work.begin; i < work.end; ++i) {
      const std::uint32_t row = rows_[i];
      const std::uint8_t code = codes[row * stride];
      const bool left = code <= split.bin || (split.missing_left && code == 255);
      rows_[middle] = row;
      right_[right] = row;
      middle += left ? 1 : 0;
      right += left ? 0 : 1;
    }
    std::copy_n(right_.begin(), right, rows_.begin() + static_cast<std::ptrdiff_t>(middle));
    return middle;
  }

  static constexpr std::size_t few_rows = 24;

  const bin_codes& codes_;
  std::span<const class_counts> sessions_;
  growth options_;
  random_stream stream_;
  grown_tree tree_;
  std::vector<node_work> open_;
  std::vector<std::uint32_t> rows_, right_;
  std::array<class_counts, 256> histogram_{};  // all zero between calls of collect
  std::array<std::uint8_t, 256> cell_codes_{};
  std::array<class_counts, 256> cell_counts_{};
  std::size_t cells_ = 0;
  class_counts missing_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
