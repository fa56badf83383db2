// SPDX-License-Identifier: MIT
// Sessions walk trees with the columns of one source taken from another session, all sources in one walk.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/forest/forest_words.hpp>
#include <footfall/forest/left_out.hpp>
#include <footfall/forest/walk.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Which columns are taken together from another session, and for each session from which one.
struct permuted_source {
  std::vector<index> columns;
  std::vector<std::uint32_t> donors;  ///< one a session
};

/// What the sums of out-of-bag scores change by when the columns of a source come from other sessions. A session's own
/// path is walked once for all sources; where another session's code would have led elsewhere, a walk for that source
/// branches off. So a source costs no more than the walks that it changes.
class permuted_walks {
 public:
  /// All three must outlive this.
  permuted_walks(const forest_words& forest, const detail::code_groups& codes, const left_out& unseen, index rows,
                 index cols)
      : forest_(forest), codes_(codes), unseen_(unseen), rows_(rows), cols_(static_cast<std::size_t>(cols)) {}

  /// For each source, at most 64, one number a session: what to add to its sum, in units of 2^-31. Unsigned numbers wrap.
  /// The same for any number of threads.
  std::vector<std::vector<std::uint64_t>> changes(std::span<const permuted_source> sources, workers& team) const {
    std::vector<std::uint8_t> source_of(2 * cols_, no_source);  // of each code of a session, and of each plus one
    for (std::size_t s = 0; s < sources.size(); ++s) {
      for (const index column : sources[s].columns) {
        source_of[static_cast<std::size_t>(column)] = static_cast<std::uint8_t>(s);
        source_of[static_cast<std::size_t>(column) + cols_] = static_cast<std::uint8_t>(s);
      }
    }
    std::vector<std::vector<std::uint64_t>> result(sources.size());
    for (auto& each : result) each.assign(static_cast<std::size_t>(rows_), 0);
    team.for_each_block(rows_, static_cast<index>(detail::group_rows), [&](index begin, index) {
      const std::size_t group = static_cast<std::size_t>(begin) / detail::group_rows;
      const auto levels = with_donated(group, sources, source_of);
      auto codes = levels;
      walk w(codes_.rows(group), sources.size());
      for (std::size_t t = 0; t < forest_.trees(); ++t) {
        if (!forest_.levels().empty()) rank(t, levels, codes);
        w.own_paths(forest_.tree(t), codes, source_of, unseen_of(group, t));
        w.follow_branches(forest_.tree(t), codes, source_of, forest_.shares(t));
      }
      for (std::size_t s = 0; s < sources.size(); ++s) {
        std::copy_n(w.change.begin() + static_cast<std::ptrdiff_t>(s * detail::group_rows), codes_.rows(group),
                    result[s].begin() + begin);
      }
    });
    return result;
  }

 private:
  static constexpr std::uint8_t no_source = 255;
  using node = forest_words::node;

  /// A walk that left its session's path: the node where it is, whose it is in the group, and with which source.
  struct branch {
    static std::uint64_t of(std::uint64_t node, std::uint64_t row, std::uint64_t source) noexcept {
      return node << 16 | row << 8 | source;
    }
    static std::size_t node(std::uint64_t b) noexcept { return static_cast<std::size_t>(b >> 16); }
    static std::size_t row(std::uint64_t b) noexcept { return b >> 8 & 255; }
    static std::uint8_t source(std::uint64_t b) noexcept { return static_cast<std::uint8_t>(b); }
  };
  static_assert(detail::group_rows <= 256);

  /// The walks of one group of sessions through one tree after another.
  struct walk {
    walk(std::size_t rows, std::size_t sources)
        : branches(rows * sources + 1), ended(rows * sources + 1), change(sources * detail::group_rows, 0) {}

    detail::group_numbers at{};
    std::vector<std::uint64_t> branches;  // under way
    std::vector<std::uint64_t> ended;     // in a leaf
    std::vector<std::uint64_t> change;    // of each source, of each session of the group
    std::size_t count = 0;                // of branches

    /// Walks the sessions' own paths. Where a source sends a session another way for the first time, a branch begins.
    void own_paths(std::span<const std::uint64_t> tree, const std::vector<std::uint8_t>& codes,
                   const std::vector<std::uint8_t>& source_of, std::pair<detail::group_numbers, std::size_t> open) {
      const std::size_t donated = codes.size() / 2;
      std::array<std::uint64_t, detail::group_rows> left;  // a bit for each source that has not left the path yet
      left.fill(~std::uint64_t{0});
      at.fill(0);
      // Bytes may alias anything: what the loop needs lies in locals.
      const std::uint64_t* __restrict const words = tree.data();
      const std::uint8_t* __restrict const code = codes.data();
      const std::uint8_t* __restrict const sources = source_of.data();
      std::uint64_t* __restrict const begun = branches.data();
      std::uint32_t* __restrict const here = at.data();
      std::size_t begins = 0;
      for (std::size_t open_count = open.second; open_count > 0;) {
        std::size_t still = 0;
        for (std::size_t k = 0; k < open_count; ++k) {
          const std::uint32_t row = open.first[k];
          const std::uint32_t from = here[row];
          const std::uint64_t word = words[from];
          const std::size_t asks = node::asks(word);
          const std::size_t place = asks * detail::group_rows + row;
          const auto own = static_cast<std::uint32_t>(node::step(word, code[place]));
          const auto other = static_cast<std::uint32_t>(node::step(word, code[donated + place]));
          const std::uint8_t source = sources[asks];
          // Columns that nothing permutes are donated by the session itself: both ways are the same.
          const std::uint64_t leaves = left[row] & std::uint64_t{own != other} << (source & 63);
          begun[begins] = branch::of(other, row, source);
          begins += leaves != 0 ? 1 : 0;
          left[row] ^= leaves;
          here[row] = own;
          open.first[still] = row;
          still += own != from ? 1 : 0;
        }
        open_count = still;
      }
      count = begins;
    }

    /// Walks the branches to their leaves, two steps a round, and adds what these change.
    void follow_branches(std::span<const std::uint64_t> tree, const std::vector<std::uint8_t>& codes,
                         const std::vector<std::uint8_t>& source_of, std::span<const std::uint32_t> shares) {
      const std::size_t donated = codes.size() / 2;
      const std::uint64_t* __restrict const words = tree.data();
      const std::uint8_t* __restrict const code = codes.data();
      const std::uint8_t* __restrict const sources = source_of.data();
      std::uint64_t* __restrict const walking = branches.data();
      std::uint64_t* __restrict const done = ended.data();
      std::size_t arrived = 0;
      for (std::size_t open = count; open > 0;) {
        std::size_t still = 0;
        for (std::size_t k = 0; k < open; ++k) {
          const std::uint64_t own = walking[k];
          const auto step = [&](std::size_t from) {
            const std::uint64_t word = words[from];
            const std::size_t asks = node::asks(word);
            const std::size_t half = sources[asks] == branch::source(own) ? donated : 0;
            return node::step(word, code[half + asks * detail::group_rows + branch::row(own)]);
          };
          const std::size_t middle = step(branch::node(own));
          const std::size_t end = step(middle);
          const std::uint64_t next = branch::of(end, 0, 0) | (own & 0xFFFF);
          const std::size_t moves = end != middle ? 1 : 0;
          done[arrived] = next;
          arrived += 1 - moves;
          walking[still] = next;
          still += moves;
        }
        open = still;
      }
      for (std::size_t i = 0; i < arrived; ++i) {
        const std::size_t row = branch::row(done[i]);
        change[branch::source(done[i]) * detail::group_rows + row] +=
            std::uint64_t{shares[branch::node(done[i])]} - shares[at[row]];
      }
    }
  };

  /// The codes of a group, and after them those that its sessions would have with every source from its donor.
  std::vector<std::uint8_t> with_donated(std::size_t group, std::span<const permuted_source> sources,
                                         const std::vector<std::uint8_t>& source_of) const {
    const std::size_t size = 2 * cols_ * detail::group_rows;
    std::vector<std::uint8_t> codes(2 * size);
    std::copy_n(codes_.codes(group), size, codes.begin());
    std::copy_n(codes_.codes(group), size, codes.begin() + static_cast<std::ptrdiff_t>(size));
    for (std::size_t asks = 0; asks < 2 * cols_; ++asks) {
      if (source_of[asks] == no_source) continue;
      const auto& donors = sources[source_of[asks]].donors;
      for (std::size_t row = 0; row < codes_.rows(group); ++row) {
        const std::uint32_t donor = donors[group * detail::group_rows + row];
        codes[size + asks * detail::group_rows + row] =
            codes_.codes(donor / detail::group_rows)[asks * detail::group_rows + donor % detail::group_rows];
      }
    }
    return codes;
  }

  /// Writes to `ranked` the codes as tree `t` asks for them.
  void rank(std::size_t t, const std::vector<std::uint8_t>& codes, std::vector<std::uint8_t>& ranked) const {
    const std::size_t half = 2 * cols_ * detail::group_rows;
    std::copy(codes.begin(), codes.end(), ranked.begin());
    for (std::uint8_t* const each : {ranked.data(), ranked.data() + half}) {
      forest_.levels().rank_group(forest_.ranks(t), cols_, detail::group_rows, detail::group_rows, each);
    }
  }

  /// The sessions of a group that tree `t` did not see, and their number.
  std::pair<detail::group_numbers, std::size_t> unseen_of(std::size_t group, std::size_t t) const {
    std::pair<detail::group_numbers, std::size_t> result;
    result.second = 0;
    for (std::size_t row = 0; row < codes_.rows(group); ++row) {
      result.first[result.second] = static_cast<std::uint32_t>(row);
      result.second += unseen_(static_cast<index>(group * detail::group_rows + row), static_cast<index>(t)) ? 1 : 0;
    }
    return result;
  }

  const forest_words& forest_;
  const detail::code_groups& codes_;
  const left_out& unseen_;
  index rows_;
  std::size_t cols_;
};

FOOTFALL_END_NAMESPACE
