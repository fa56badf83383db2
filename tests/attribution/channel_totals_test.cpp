// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/attribution/channel_totals.hpp>
#include <footfall/core/random.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using codes = std::vector<std::int32_t>;

namespace {

struct sessions {
  codes channel, segment;
  std::vector<std::uint8_t> converted;
  std::vector<double> revenue;

  ff::channel_totals totals(std::size_t begin, std::size_t end) const {
    ff::channel_totals result(3, 2);
    result.add(std::span(channel).subspan(begin, end - begin), std::span(segment).subspan(begin, end - begin),
               ff::labels(std::span(converted).subspan(begin, end - begin)),
               std::span(revenue).subspan(begin, end - begin));
    return result;
  }
};

// Some without a channel, some without a segment; revenue in cents that no double holds exactly.
sessions made(std::size_t rows) {
  ff::random_stream random(9);
  sessions result;
  for (std::size_t row = 0; row < rows; ++row) {
    result.channel.push_back(static_cast<std::int32_t>(random.below(4)) - 1);
    result.segment.push_back(static_cast<std::int32_t>(random.below(3)) - 1);
    result.converted.push_back(random.uniform() < 0.2 ? 1 : 0);
    result.revenue.push_back(result.converted.back() ? static_cast<double>(random.below(10'000)) / 100 : 0);
  }
  return result;
}

}  // namespace

TEST_CASE("totals are those of counting by hand, for lengths around a block") {
  for (const std::size_t rows : {0u, 1u, 3u, 4095u, 4096u, 4097u, 9000u}) {
    const auto data = made(rows);
    const auto totals = data.totals(0, rows);
    for (std::int32_t channel = -1; channel < 3; ++channel) {
      for (std::int32_t segment = -1; segment < 2; ++segment) {
        std::int64_t count = 0, bought = 0, cents = 0;
        for (std::size_t row = 0; row < rows; ++row) {
          if (data.channel[row] != channel || data.segment[row] != segment) continue;
          ++count;
          bought += data.converted[row];
          cents += std::llround(100 * data.revenue[row]);
        }
        const auto found = totals.at(channel, segment);
        CHECK(found.sessions == count);
        CHECK(found.conversions == bought);
        CHECK(std::fabs(found.revenue - static_cast<double>(cents) / 100) < 1e-9);
      }
    }
    CHECK(totals.of_all().sessions == static_cast<std::int64_t>(rows));
    std::int64_t by_channel = 0, by_segment = 0;
    for (std::int32_t code = -1; code < 3; ++code) by_channel += totals.of_channel(code).conversions;
    for (std::int32_t code = -1; code < 2; ++code) by_segment += totals.of_segment(code).conversions;
    CHECK(by_channel == totals.of_all().conversions);
    CHECK(by_segment == totals.of_all().conversions);
  }
}

TEST_CASE("neither the order of the rows nor how they are split changes a bit") {
  auto data = made(10'000);
  const auto whole = data.totals(0, 10'000);
  auto merged = data.totals(0, 7);
  merged.merge(data.totals(4'000, 10'000));
  merged.merge(data.totals(7, 4'000));
  std::vector<std::size_t> order(10'000);
  std::iota(order.begin(), order.end(), std::size_t{0});
  ff::random_stream(1).shuffle(std::span(order));
  sessions shuffled;
  for (const std::size_t row : order) {
    shuffled.channel.push_back(data.channel[row]);
    shuffled.segment.push_back(data.segment[row]);
    shuffled.converted.push_back(data.converted[row]);
    shuffled.revenue.push_back(data.revenue[row]);
  }
  const auto other = shuffled.totals(0, 10'000);
  for (std::int32_t channel = -1; channel < 3; ++channel) {
    for (std::int32_t segment = -1; segment < 2; ++segment) {
      CHECK(merged.at(channel, segment) == whole.at(channel, segment));
      CHECK(other.at(channel, segment) == whole.at(channel, segment));
    }
    CHECK(merged.of_channel(channel) == whole.of_channel(channel));
    CHECK(other.of_channel(channel) == whole.of_channel(channel));
  }
  CHECK(other.of_all() == whole.of_all());
}

TEST_CASE("without segments and revenue") {
  ff::channel_totals totals(2);
  totals.add(codes{0, 1, 1, -1}, ff::labels(codes{1, 0, 1, 1}));
  CHECK(totals.at(1, 0) == ff::group_totals{2, 1, 0});
  CHECK(totals.of_channel(0) == ff::group_totals{1, 1, 0});
  CHECK(totals.of_channel(-1) == ff::group_totals{1, 1, 0});
  CHECK(totals.of_all() == ff::group_totals{4, 3, 0});
  CHECK(totals.counts()(1, 0) == 2);
  CHECK(totals.counts().sum() == 3);  // the one without a channel is no row
}

TEST_CASE("sessions that make no sense are refused, and nothing of them is counted") {
  ff::channel_totals totals(2, 2);
  const ff::labels y(codes{0, 1});
  const auto add = [&](const codes& channel, const codes& segment, const std::vector<double>& revenue) {
    return thrown_by([&] { return totals.add(channel, segment, y, revenue), 0; });
  };
  CHECK(add({0, 2}, {0, 0}, {}) == "bad_value: channel_totals: channel must be in [-1, 2), got 2 in row 1");
  CHECK(add({-2, 0}, {0, 0}, {}) == "bad_value: channel_totals: channel must be in [-1, 2), got -2 in row 0");
  CHECK(add({0, 1}, {0, 7}, {}) == "bad_value: channel_totals: segment must be in [-1, 2), got 7 in row 1");
  CHECK(add({0, 1}, {0}, {}).substr(0, 11) == "wrong_shape");
  CHECK(add({0, 1}, {}, {1}).substr(0, 11) == "wrong_shape");
  CHECK(add({0}, {}, {}).substr(0, 11) == "wrong_shape");
  CHECK(add({0, 1}, {}, {5, -1}) == "bad_value: channel_totals: revenue must not be negative, got -1 in row 1");
  CHECK(add({0, 1}, {}, {5, std::nan("")}) == "missing_value: channel_totals: revenue is missing in row 1");
  CHECK(add({0, 1}, {}, {INFINITY, 1}) == "not_finite: channel_totals: revenue is infinite in row 0");
  CHECK(totals.of_all() == ff::group_totals{});
  CHECK(add({0, 1}, {}, {5, 1}).empty());
  CHECK(totals.of_all() == ff::group_totals{2, 1, 6});

  CHECK(code_thrown_by([] { return ff::channel_totals(0); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::channel_totals(1000, 1000); }) == "limit");
  CHECK(code_thrown_by([&] { return totals.merge(ff::channel_totals(2)), 0; }) == "wrong_shape");
  CHECK(code_thrown_by([&] { return totals.at(2, 0); }) == "bad_value");
  CHECK(code_thrown_by([&] { return totals.of_segment(-2); }) == "bad_value");
}
