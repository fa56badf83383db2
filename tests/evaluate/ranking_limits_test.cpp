// SPDX-License-Identifier: MIT
// The limits against every ranking there is of a few sessions, and against the cuts of a published lift table.
#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/ranking.hpp>
#include <footfall/evaluate/ranking_limits.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

struct range {
  double low = 2, high = -1;
  void include(double value) { low = std::min(low, value), high = std::max(high, value); }
};
struct areas {
  range roc_auc, average_precision;
  void include(const std::vector<ff::tied_group>& groups) {
    roc_auc.include(ff::roc_auc(groups).value);
    average_precision.include(ff::average_precision(groups).value);
  }
};

using table = std::vector<ff::ranking_cut>;

// Calls `visit(groups)` for every way to put the sessions of these labels, best first, into groups of one score.
template <class Visit>
void each_grouping(const std::vector<int>& labels, const Visit& visit) {
  const auto n = labels.size();
  for (unsigned ends = 0; ends < 1u << (n - 1); ++ends) {
    std::vector<ff::tied_group> groups{{0, 0, 0}};
    for (std::size_t i = 0; i < n; ++i) {
      ++groups.back().sessions;
      groups.back().positives += labels[i];
      if (i + 1 < n && (ends >> i & 1)) groups.push_back({-static_cast<double>(groups.size()), 0, 0});
    }
    visit(groups);
  }
}

table table_of(const std::vector<int>& labels, const std::vector<std::int64_t>& depths) {
  table cuts;
  for (const std::int64_t depth : depths) {
    cuts.push_back({depth, std::count(labels.begin(), labels.begin() + depth, 1)});
  }
  return cuts;
}

bool less(const table& a, const table& b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](const auto& x, const auto& y) { return x.positives < y.positives; });
}

bool falls(const std::vector<ff::tied_group>& groups) {
  for (std::size_t i = 1; i < groups.size(); ++i) {
    if (groups[i].positives * groups[i - 1].sessions > groups[i - 1].positives * groups[i].sessions) return false;
  }
  return true;
}

bool ends_at(const std::vector<ff::tied_group>& groups, std::int64_t depth) {
  std::int64_t reached = 0;
  for (const auto& group : groups) {
    reached += group.sessions;
    if (reached == depth) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("no ranking of nine sessions leaves the limits, and the reached ones are reached") {
  const std::vector<std::int64_t> depths = {2, 5};
  for (int positives = 1; positives <= 8; ++positives) {
    std::map<table, areas, decltype(&less)> distinct(&less), tied(&less), falling(&less);
    std::vector<int> labels(9, 0);
    std::fill(labels.end() - positives, labels.end(), 1);
    do {
      const auto cuts = table_of(labels, depths);
      each_grouping(labels, [&](const std::vector<ff::tied_group>& groups) {
        if (groups.size() == labels.size()) distinct[cuts].include(groups);
        tied[cuts].include(groups);  // these labels are one order of the tied sessions: the one that was cut
        if (falls(groups) && ends_at(groups, 2) && ends_at(groups, 5)) falling[cuts].include(groups);
      });
    } while (std::next_permutation(labels.begin(), labels.end()));

    for (const auto& [cuts, seen] : distinct) {
      const auto limits = ff::limits_without_ties(9, positives, cuts);
      CHECK(limits.roc_auc.low == doctest::Approx(seen.roc_auc.low).epsilon(1e-12));
      CHECK(limits.roc_auc.high == doctest::Approx(seen.roc_auc.high).epsilon(1e-12));
      CHECK(limits.average_precision.low == doctest::Approx(seen.average_precision.low).epsilon(1e-12));
      CHECK(limits.average_precision.high == doctest::Approx(seen.average_precision.high).epsilon(1e-12));
    }
    for (const auto& [cuts, seen] : tied) {
      const auto limits = ff::limits_with_ties(9, positives, cuts);
      CHECK(limits.roc_auc.low == doctest::Approx(seen.roc_auc.low).epsilon(1e-12));
      CHECK(limits.roc_auc.high == doctest::Approx(seen.roc_auc.high).epsilon(1e-12));
      CHECK(limits.average_precision.low == doctest::Approx(seen.average_precision.low).epsilon(1e-12));
      CHECK(limits.average_precision.high == doctest::Approx(seen.average_precision.high).epsilon(1e-12));
    }
    for (const auto& [cuts, seen] : distinct) CHECK(ff::rate_can_fall(9, positives, cuts) == falling.contains(cuts));
    for (const auto& [cuts, seen] : falling) {
      const auto limits = ff::limits_where_rate_falls(9, positives, cuts);
      CHECK(limits.roc_auc.low == doctest::Approx(seen.roc_auc.low).epsilon(1e-12));
      CHECK(limits.roc_auc.high >= seen.roc_auc.high - 1e-9);
      CHECK(limits.average_precision.low == doctest::Approx(seen.average_precision.low).epsilon(1e-12));
      CHECK(limits.average_precision.high >= seen.average_precision.high - 1e-9);
    }
  }
}

// Of 6,250 sessions with 462 buyers, one model's best tenth and fifth hold 151 and 248, another's 74 and 137.
//
// Scores all different, highest: 151 buyers first, then 474 others, 97 buyers, 528 others, 214 buyers, 4,786 others.
//   AUC = (474 x 151 + 528 x 248 + 4,786 x 462) / (462 x 5,788) = 0.9026; average precision = (151 + sum over 97 of
//   j / (j + 474) + sum over 214 of j / (j + 1,002)) / 462 = 0.5095.
// Ties, highest average precision: (151 + 97 x 248 / 722 + 214 x 462 / 1,464) / 462 = 0.5451.
// Falling rate, lowest: the chords. Highest AUC: the two tangents that maximise the three triangles, found with scipy's
// L-BFGS-B as 0.838712236368071 and 0.6625804344506991.
TEST_CASE("what the published tenths and fifths allow") {
  const table a = {{625, 151}, {1250, 248}}, b = {{625, 74}, {1250, 137}};
  const auto distinct = ff::limits_without_ties(6250, 462, a);
  CHECK(distinct.roc_auc.low == doctest::Approx(0.47368342323421797).epsilon(1e-12));
  CHECK(distinct.roc_auc.high == doctest::Approx(0.9026175966397113).epsilon(1e-12));
  CHECK(distinct.average_precision.low == doctest::Approx(0.10497294965076204).epsilon(1e-12));
  CHECK(distinct.average_precision.high == doctest::Approx(0.5094782173100217).epsilon(1e-12));

  const auto tied = ff::limits_with_ties(6250, 462, a);
  CHECK(tied.average_precision.high ==
        doctest::Approx((151 + 97 * 248.0 / 722 + 214 * 462.0 / 1464) / 462).epsilon(1e-12));
  CHECK(tied.average_precision.low == doctest::Approx(0.04796839790842029).epsilon(1e-12));
  CHECK(tied.roc_auc.low == doctest::Approx(0.24641817523641987).epsilon(1e-12));
  CHECK(tied.roc_auc.high == doctest::Approx(0.9417323347005448).epsilon(1e-12));

  const auto falling = ff::limits_where_rate_falls(6250, 462, a);
  CHECK(falling.roc_auc.low == doctest::Approx(0.6881505099369647).epsilon(1e-12));
  CHECK(falling.roc_auc.high == doctest::Approx(0.838712236368071).epsilon(1e-8));
  CHECK(falling.average_precision.low == doctest::Approx(0.1548599134199134).epsilon(1e-12));
  CHECK(falling.average_precision.high == doctest::Approx(0.3435983486790066).epsilon(1e-9));

  const auto second = ff::limits_where_rate_falls(6250, 462, b);
  CHECK(second.roc_auc.low == doctest::Approx(0.5534066975411136).epsilon(1e-12));
  CHECK(second.roc_auc.high == doctest::Approx(0.6625804344506991).epsilon(1e-8));
  CHECK(second.average_precision.high == doctest::Approx(0.13841242698377565).epsilon(1e-9));
}

TEST_CASE("a perfect and a worst table leave one value each") {
  const auto perfect = ff::limits_without_ties(100, 10, table{{10, 10}});
  CHECK(perfect.roc_auc == ff::interval{1, 1, 1});
  CHECK(perfect.average_precision.low == doctest::Approx(1).epsilon(1e-12));
  CHECK(ff::limits_where_rate_falls(100, 10, table{{10, 10}}).roc_auc.high == doctest::Approx(1).epsilon(1e-12));
  const auto worst = ff::limits_without_ties(100, 10, table{{90, 0}});
  CHECK(worst.roc_auc.low == 0);
  CHECK(worst.roc_auc.high == 0);
  CHECK_FALSE(ff::rate_can_fall(100, 10, table{{90, 0}}));
}

TEST_CASE("without cuts everything is open") {
  const auto open = ff::limits_without_ties(100, 10, {});
  CHECK(open.roc_auc == ff::interval{0, 1, 1});
  CHECK(ff::limits_with_ties(100, 10, {}).roc_auc == ff::interval{0, 1, 1});
  const auto falling = ff::limits_where_rate_falls(100, 10, {});
  CHECK(falling.roc_auc.low == doctest::Approx(0.5).epsilon(1e-12));
  CHECK(falling.roc_auc.high == doctest::Approx(1).epsilon(1e-12));
  CHECK(falling.average_precision.low == doctest::Approx(0.1).epsilon(1e-12));
}

TEST_CASE("tables that no ranking can have are refused") {
  CHECK(code_thrown_by([] { return ff::limits_without_ties(10, 0, {}); }) == "one_class");
  CHECK(code_thrown_by([] { return ff::limits_with_ties(10, 10, {}); }) == "one_class");
  CHECK(code_thrown_by([] { return ff::limits_where_rate_falls(10, 5, table{{4, 5}}); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::limits_without_ties(10, 5, table{{4, 2}, {4, 2}}); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::limits_without_ties(10, 5, table{{4, 3}, {6, 2}}); }) == "bad_value");
  CHECK(code_thrown_by([] { return ff::limits_without_ties(10, 8, table{{4, 1}}); }) == "bad_value");
  CHECK(thrown_by([] {
          return ff::limits_where_rate_falls(10, 5, table{{4, 1}});
        }) == "bad_value: limits_where_rate_falls: the rate rises between two cuts: no falling rate has them");
}
