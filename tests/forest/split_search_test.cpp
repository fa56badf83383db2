// SPDX-License-Identifier: MIT
// The split search held against itself: rows in any order, one register or a histogram, one column or four at a time.
// What is best at all is checked in grow_test.
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/forest/split_search.hpp>

namespace ff = footfall;
using ff::detail::best_split;
using ff::detail::class_counts;

namespace {

bool same(const best_split& a, const best_split& b) {
  return a.gain == b.gain && a.column == b.column && a.bin == b.bin && a.missing_left == b.missing_left &&
         a.left.packed == b.left.packed;
}

struct found {
  best_split best;
  std::vector<std::uint16_t> constant;
};

found search(const ff::bin_codes& codes, const std::vector<class_counts>& counts, std::size_t at_a_time,
             std::uint64_t min_leaf = 1) {
  const ff::detail::training_rows rows(codes, counts);
  class_counts total;
  for (const class_counts each : counts) total = total + each;
  ff::detail::split_search search(rows.layout(), min_leaf);
  search.begin(rows.row(0), rows.size(), total);
  std::vector<std::uint16_t> columns(static_cast<std::size_t>(codes.cols));
  std::iota(columns.begin(), columns.end(), std::uint16_t{0});
  found result;
  int split = 0;
  for (std::size_t i = 0; i < columns.size(); i += at_a_time) {
    split += search.look_at(std::span(columns).subspan(i, std::min(at_a_time, columns.size() - i)), result.constant);
  }
  CHECK(split + static_cast<int>(result.constant.size()) == codes.cols);
  result.best = search.finish();
  return result;
}

}  // namespace

TEST_CASE("few rows and many, columns alone and together: the same split") {
  ff::random_stream stream(3);
  for (int repeat = 0; repeat < 400; ++repeat) {
    CAPTURE(repeat);
    const auto rows = static_cast<ff::index>(2 + stream.below(60));
    constexpr ff::index cols = 7;
    const std::uint64_t levels = 1 + stream.below(12);
    ff::bin_codes codes{{}, rows, cols};
    std::vector<class_counts> counts;
    for (ff::index row = 0; row < rows; ++row) {
      for (ff::index column = 0; column < cols; ++column) {
        const bool missing = column % 3 == 1 && stream.below(4) == 0;
        codes.values.push_back(static_cast<std::uint8_t>(missing ? 255 : 20 * stream.below(levels)));
      }
      counts.push_back(class_counts::of(static_cast<std::uint32_t>(1 + stream.below(3)), stream.below(3) == 0));
    }
    const found few = search(codes, counts, 4);
    const found alone = search(codes, counts, 1);
    CHECK(same(few.best, alone.best));
    CHECK(few.constant == alone.constant);

    // Ten of each session are too many for a byte: the histogram, whose gain is ten times as large, has to do it.
    for (auto& each : counts) each = each * 10;
    const found heavy = search(codes, counts, 4);
    for (auto& each : counts) each = each * 10;
    const found heavier = search(codes, counts, 3);
    CHECK(heavy.constant == few.constant);
    CHECK(heavier.constant == few.constant);
    CHECK(heavy.best.column == few.best.column);
    CHECK(heavy.best.bin == few.best.bin);
    CHECK(heavy.best.missing_left == few.best.missing_left);
    CHECK(heavy.best.left.packed == (few.best.left * 10).packed);
    CHECK(heavier.best.left.packed == (few.best.left * 100).packed);

    // Other rows first.
    ff::bin_codes reversed = codes;
    for (ff::index row = 0; row < rows; ++row) {
      std::copy_n(codes.row(row), cols, reversed.values.begin() + (rows - 1 - row) * cols);
    }
    std::reverse(counts.begin(), counts.end());
    CHECK(same(search(reversed, counts, 4).best, heavier.best));
  }
}

TEST_CASE("counts beyond what doubles multiply exactly are still compared exactly") {
  // The second column parts all buyers from all others, the first one misses one session in 2^31.
  constexpr std::uint32_t half = 1U << 30;
  const ff::bin_codes codes{{1, 1, 1, 2, 2, 2}, 3, 2};
  const found result =
      search(codes, {class_counts::of(half, true), class_counts::of(1, false), class_counts::of(half, false)}, 2);
  CHECK(result.best.column == 1);
  CHECK(result.best.left.all() == half);
}

TEST_CASE("beyond what doubles multiply exactly no side may be too small, either") {
  constexpr std::uint32_t half = 1U << 30;
  for (const bool small_left : {true, false}) {
    CAPTURE(small_left);
    const std::uint8_t small_code = small_left ? 1 : 2;
    const ff::bin_codes codes{{small_code, static_cast<std::uint8_t>(3 - small_code)}, 2, 1};
    const std::vector<class_counts> counts{class_counts::of(3, false), class_counts::of(half, true)};
    CHECK(search(codes, counts, 1, 3).best.gain > 0);
    CHECK(search(codes, counts, 1, 4).best.gain == -1);
  }
}
