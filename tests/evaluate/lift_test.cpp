// SPDX-License-Identifier: MIT
// The best share of a ranking against the lift table, and its intervals against how often they hold the truth.
#include <array>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/evaluate/deciles.hpp>
#include <footfall/evaluate/lift.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

double above(double z) { return std::erfc(z / std::sqrt(2.0)) / 2; }

/// Scores are normal, those of the share `base` of buyers higher by `shift`.
struct world {
  double base, shift;

  /// The share of buyers among the best `depth` of all sessions there could be.
  double capture(double depth) const {
    double low = -20, high = 20;
    for (int i = 0; i < 100; ++i) {
      const double cut = (low + high) / 2;
      (base * above(cut - shift) + (1 - base) * above(cut) > depth ? low : high) = cut;
    }
    return above(low - shift);
  }
};

}  // namespace

TEST_CASE("a share of sessions is a whole number of them, whatever binary numbers do to it") {
  for (std::int64_t n = 1; n <= 500; ++n) {
    for (std::int64_t percent = 1; percent <= 100; ++percent) {
      if (percent * n < 100) continue;
      CHECK(ff::sessions_at(static_cast<double>(percent) / 100, n) == percent * n / 100);
    }
  }
  CHECK(ff::sessions_at(0.1, 6250) == 625);
  CHECK(ff::sessions_at(1, 7) == 7);
  CHECK(thrown_by([] { return ff::sessions_at(0.1, 9); }) ==
        "bad_option: sessions_at: the share must be in (0, 1] and hold at least one of 9 sessions, got 0.1");
  for (const double share : {0.0, -0.1, 1.01, std::nan("")}) {
    CHECK(code_thrown_by([&] { return ff::sessions_at(share, 100); }) == "bad_option");
  }
}

TEST_CASE("the best tenth is the first row of the lift table, the best two tenths the first two") {
  ff::random_stream stream(4);
  for (const std::uint64_t levels : {3U, 20U, 4'000'000U}) {
    ff::scores score;
    std::vector<int> label;
    for (int row = 0; row < 1237; ++row) {
      score.push_back(static_cast<double>(stream.below(levels)));
      label.push_back(stream.below(6) == 0);
    }
    const ff::labels y(label);
    const auto table = ff::decile_table(score, y);
    const auto tenth = ff::lift_at(score, y, 0.1);
    CHECK(tenth.sessions == table[0].sessions);
    CHECK(tenth.positives == table[0].positives);
    CHECK(tenth.fewest == table[0].fewest);
    CHECK(tenth.most == table[0].most);
    CHECK(tenth.score_low == table[0].score_low);
    CHECK(tenth.rate_interval == table[0].rate_interval);
    CHECK(tenth.lift == table[0].lift);
    CHECK(tenth.lift_interval == table[0].lift_interval);
    CHECK(tenth.capture_interval == table[0].capture_interval);
    const auto fifth = ff::lift_at(score, y, 0.2);
    CHECK(fifth.sessions == table[1].cumulative_sessions);
    CHECK(fifth.positives == table[1].cumulative_positives);
    CHECK(fifth.lift_interval == table[1].cumulative_lift_interval);
    CHECK(ff::lift_at(score, y, 1).capture_interval == ff::interval{1, 1, 0.95});
  }
  CHECK(thrown_by([] {
          return ff::lift_at(ff::scores{1, 2}, ff::labels(std::vector{0, 0}), 0.5);
        }) == "one_class: lift_at: lift is undefined without a positive label");
  CHECK(ff::lift_at(ff::scores{1, 2}, ff::labels(std::vector{1, 1}), 0.5).lift_interval == ff::interval{1, 1, 0.95});
}

TEST_CASE("cuts may be asked for in any order") {
  const std::vector<ff::tied_group> groups{{3, 1, 1}, {2, 4, 2}, {1, 3, 0}};
  const std::vector<std::int64_t> depths{8, 0, 3, 1, 3};
  const auto cuts = ff::cuts_at(groups, depths, 8);
  CHECK(cuts[0].positives == 3);
  CHECK(cuts[1].positives == 0);
  CHECK(cuts[2].positives == 2);
  CHECK(cuts[3].positives == 1);
  CHECK(cuts[4] == cuts[2]);
  CHECK(cuts[2].rate_around == (3.0 - 1) / 4);  // 8^(2/3) = 4: sessions 1 to 5
  CHECK(cuts[1].rate_around == (1 + 2.0 / 4) / 2);
}

// Worlds whose true capture and lift are known: of 95 % intervals, 93 to 97 % must hold them.
TEST_CASE("intervals of rate, lift and capture hold what they promise") {
  struct trial {
    world from;
    int sessions;
    double depth;
    bool rate;  // Wilson's takes the cut as it fell: honest unless the rate falls steeply there
  };
  for (const auto& each : {trial{{0.074, 1}, 1500, 0.1, true}, trial{{0.074, 0}, 1500, 0.2, true},
                           trial{{0.3, 1}, 500, 0.3, true}, trial{{0.3, 3}, 500, 0.3, false}}) {
    const double capture = each.from.capture(each.depth);
    const double lift = capture / each.depth;
    constexpr int draws = 1500;
    int rates = 0, lifts = 0, captures = 0, second_tenths = 0;
    const double second_tenth = each.from.capture(0.2) - each.from.capture(0.1);
    ff::random_stream stream(3);
    for (int draw = 0; draw < draws; ++draw) {
      ff::scores score;
      std::vector<int> label;
      for (int row = 0; row < each.sessions; ++row) {
        label.push_back(stream.uniform() < each.from.base);
        score.push_back(stream.normal() + each.from.shift * label.back());
      }
      const auto groups = ff::ranking(score, ff::labels(label), {.threads = 1});
      const auto best = ff::lift_at(groups, each.depth);
      rates += best.rate_interval.contains(lift * each.from.base);
      lifts += best.lift_interval.contains(lift);
      captures += best.capture_interval.contains(capture);
      second_tenths += ff::decile_table(groups)[1].capture_interval.contains(second_tenth);
    }
    const auto honest = [&](int held) { return held >= 0.93 * draws && held <= 0.97 * draws; };
    CAPTURE(each.from.shift);
    CAPTURE(each.depth);
    CHECK(honest(lifts));
    CHECK(honest(captures));
    CHECK(honest(second_tenths));
    CHECK(honest(rates) == each.rate);
  }
}
