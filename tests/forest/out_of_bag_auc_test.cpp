// SPDX-License-Identifier: MIT
// The out-of-bag AUC: against pairs counted one by one, and heard the same at the same counts of trees in every run.
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/forest/out_of_bag_auc.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/forest/made_sessions.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::detail::scored_counts session(double score, std::uint32_t count, bool positive) {
  return {score, ff::detail::class_counts::of(count, positive)};
}

/// Pairs counted one by one, over the sessions that have a score.
double auc_by_pairs(const ff::scores& scores, const ff::labels& y) {
  double won = 0, pairs = 0;
  for (ff::index a = 0; a < y.size(); ++a) {
    for (ff::index b = 0; b < y.size(); ++b) {
      const double high = scores[static_cast<std::size_t>(a)], low = scores[static_cast<std::size_t>(b)];
      if (!y[a] || y[b] || std::isnan(high) || std::isnan(low)) continue;
      won += high > low ? 1 : high == low ? 0.5 : 0;
      ++pairs;
    }
  }
  return won / pairs;
}

using figures = std::vector<std::pair<ff::index, double>>;

}  // namespace

TEST_CASE("pairs are counted with ties and counts") {
  // scikit-learn 1.2.1, roc_auc_score, without and with sample_weight, on numbers that Python made by the same formulas.
  std::vector<ff::detail::scored_counts> plain, weighted;
  for (std::uint32_t i = 0; i < 90; ++i) {
    const bool positive = (37 * i % 101) * (53 * i % 97) % 7 < 3;
    plain.push_back(session(i * 29 % 17 / 17.0, 1, positive));
    weighted.push_back(session(i * 29 % 17 / 17.0, 1 + i % 4, positive));
  }
  CHECK(ff::detail::auc_of(plain) == doctest::Approx(0.4456845238095238).epsilon(1e-14));
  CHECK(ff::detail::auc_of(weighted) == doctest::Approx(0.46808338720103426).epsilon(1e-14));

  CHECK(ff::detail::auc_of({session(0.5, 1, true), session(0.25, 1, false)}) == 1);
  CHECK(ff::detail::auc_of({session(0.5, 1, false), session(0.25, 7, true)}) == 0);
  CHECK(ff::detail::auc_of({session(0.5, 3, false), session(0.5, 2, true)}) == 0.5);
  CHECK(std::isnan(ff::detail::auc_of({session(0.5, 1, true)})));
  CHECK(std::isnan(ff::detail::auc_of({})));
  // The largest counts: 2^62 pairs.
  CHECK(ff::detail::auc_of({session(1, 0x80000000, true), session(0, 0x7FFFFFFF, false)}) == 1);
}

TEST_CASE("figures come after the same trees with the same values, whatever the threads") {
  const auto shop = made_shop(150, 51);
  const ff::random_forest recipe{.trees = 23, .max_depth = 4, .seed = 1};
  const auto heard_from = [&](const auto& grow, int threads) {
    figures heard;
    ff::index parts = 0;
    const auto forest = grow(
        ff::run_options{.threads = threads,
                        .progress = [&](auto stage, auto done, auto total, std::span<const ff::progress_figure> known) {
                          REQUIRE((stage == "random_forest" && total == 23));
                          if (known.empty()) {
                            CHECK(done > parts);
                            parts = done;
                          } else {
                            REQUIRE(known.size() == 1);
                            CHECK(known[0].name == "out-of-bag AUC");
                            CHECK(parts == done);
                            heard.emplace_back(done, known[0].value);
                          }
                          return true;
                        }});
    CHECK(parts == 23);
    return std::pair(forest, heard);
  };
  const auto fit = [&](const ff::run_options& run) { return recipe.fit(shop.x, shop.y(), {}, run); };
  const auto alone = heard_from(fit, 1);
  const figures& heard = alone.second;
  CHECK(alone.first == recipe.fit(shop.x, shop.y()));
  REQUIRE(heard.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    ff::random_forest part = recipe;
    part.trees = std::vector{10, 20, 23}[i];
    CHECK(heard[i].first == part.trees);
    CHECK(heard[i].second ==
          doctest::Approx(auc_by_pairs(part.fit(shop.x, shop.y()).out_of_bag(), shop.y())).epsilon(1e-14));
  }
  CHECK(heard[2].second > 0.7);
  for (const int threads : {2, 5}) CHECK(heard_from(fit, threads).second == heard);

  // Growing on, the figures are those of growing at once.
  ff::random_forest start = recipe;
  start.trees = 12;
  const auto before = start.fit(shop.x, shop.y());
  const auto more = [&](const ff::run_options& run) { return recipe.grow_more(before, shop.x, shop.y(), {}, run); };
  CHECK(heard_from(more, 2).second == figures{heard[1], heard[2]});
}

TEST_CASE("an observer may stop at a figure; without out-of-bag scores there are none") {
  const auto shop = made_shop(60, 52);
  ff::random_forest recipe{.trees = 12, .max_depth = 2};
  int told = 0;
  const ff::progress until_figure = [&](auto, auto, auto, std::span<const ff::progress_figure> known) {
    told += known.empty() ? 0 : 1;
    return known.empty();
  };
  CHECK(thrown_by([&] { return recipe.fit(shop.x, shop.y(), {}, {.threads = 2, .progress = until_figure}); }) ==
        "cancelled: random_forest: cancelled after 10 of 12");
  CHECK(told == 1);
  recipe.out_of_bag = false;
  CHECK(thrown_by([&] { return recipe.fit(shop.x, shop.y(), {}, {.progress = until_figure}); }) == "");
  CHECK(told == 1);
}

TEST_CASE("counts of trees with a figure are rounder the more there are") {
  ff::matrix<double> x(2, 1);
  x << 1, 2;
  std::vector<ff::index> at;
  (void)ff::random_forest{.trees = 1203}.fit(
      x, ff::labels(std::vector{0, 1}), {},
      {.threads = 1, .progress = [&](auto, auto done, auto, std::span<const ff::progress_figure> known) {
         if (!known.empty()) at.push_back(done);
         return true;
       }});
  CHECK(at == std::vector<ff::index>{10,  20,  30,  40,  50,  60,  70,  80,  90,   100,
                                     200, 300, 400, 500, 600, 700, 800, 900, 1000, 1203});
}
