// SPDX-License-Identifier: MIT
// Every calibration map under the same laws. A new one gets one line at the end.
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/core/random.hpp>
#include <footfall/evaluate/beta_calibration.hpp>
#include <footfall/evaluate/isotonic.hpp>
#include <footfall/evaluate/platt.hpp>
#include <footfall/evaluate/probability_scores.hpp>
#include <footfall/evaluate/ranking.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

struct sessions {
  ff::scores score;
  std::vector<int> label;
  ff::labels y() const { return ff::labels(label); }
};

// Scores in [0, 1] with ties, too low in the middle, as of a forest whose classes were weighted.
sessions made(int rows, std::uint64_t seed) {
  ff::random_stream stream(seed);
  sessions result;
  for (int row = 0; row < rows; ++row) {
    const double p = stream.uniform();
    result.score.push_back(std::round(p * p * 200) / 200);
    result.label.push_back(stream.uniform() < p ? 1 : 0);
  }
  return result;
}

double mean(const ff::scores& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

template <ff::calibrator Recipe>
void hold(const Recipe& recipe) {
  const auto train = made(500, 1);
  const ff::labels y = train.y();
  const auto map = recipe.fit(train.score, y);
  using fitted = std::remove_cvref_t<decltype(map)>;
  static_assert(std::copyable<fitted> && std::equality_comparable<fitted> && !std::default_initializable<fitted>);
  const auto code = [&](const ff::scores& score, const ff::labels& labels, const ff::weights& w = {}) {
    return code_thrown_by([&] { return recipe.fit(score, labels, w); });
  };

  SUBCASE("fitting twice gives equal maps, parts make an equal one again, other sessions another") {
    CHECK(recipe.fit(train.score, y) == map);
    const ff::parts_of<fitted> parts(map.parts());
    const auto again = std::apply([](const auto&... part) { return fitted::from_parts(part...); }, parts);
    CHECK(again == map);
    CHECK(ff::digest_of(again) == ff::digest_of(map));
    const auto other = recipe.fit(made(500, 2).score, made(500, 2).y());
    CHECK_FALSE(other == map);
    CHECK(ff::digest_of(other) != ff::digest_of(map));
  }

  SUBCASE("threads and the order of the rows change no bit") {
    const auto many = made(30'000, 3);
    const auto alone = recipe.fit(many.score, many.y(), {}, {.threads = 1});
    CHECK(recipe.fit(many.score, many.y(), {}, {.threads = 3}) == alone);
    ff::row_set order(30'000);
    for (ff::index row = 0; row < 30'000; ++row) order[static_cast<std::size_t>(row)] = row;
    ff::random_stream(5).shuffle(std::span(order));
    ff::scores mixed;
    for (const auto row : order) mixed.push_back(many.score[static_cast<std::size_t>(row)]);
    CHECK(recipe.fit(mixed, many.y().rows(order)) == alone);
  }

  SUBCASE("a weight of 2 is two equal sessions, one of 0 none") {
    std::vector<double> weights;
    sessions repeated;
    for (std::size_t row = 0; row < train.score.size(); ++row) {
      const auto times = row % 5 == 0 ? 0 : row % 3;
      weights.push_back(static_cast<double>(times));
      repeated.score.insert(repeated.score.end(), times, train.score[row]);
      repeated.label.insert(repeated.label.end(), times, train.label[row]);
    }
    CHECK(recipe.fit(train.score, y, ff::weights(weights)) == recipe.fit(repeated.score, repeated.y()));
  }

  SUBCASE("the order of two scores is never reversed, and all are probabilities") {
    double before = 0;
    for (int i = 0; i <= 100'000; ++i) {
      const double at = map(i / 100'000.0);
      REQUIRE(at >= before);
      REQUIRE(at <= 1);
      before = at;
    }
    for (double start : {0.0123, 0.5, 0.77}) {  // neighbours among the numbers
      for (int i = 0; i < 2000; ++i) {
        const double next = std::nextafter(start, 1.0);
        REQUIRE(map(start) <= map(next));
        start = next;
      }
    }
    CHECK(map(0.9) > map(0.1));
  }

  SUBCASE("many scores come out as each alone") {
    const auto all = map.score(train.score);
    REQUIRE(all.size() == train.score.size());
    for (std::size_t row = 0; row < all.size(); ++row) REQUIRE(all[row] == map(train.score[row]));
    CHECK(map.score({}).empty());
  }

  SUBCASE("the mean becomes the rate, and the loss on other sessions smaller") {
    // Platt's targets move the mean by less than one session.
    CHECK(std::fabs(mean(map.score(train.score)) - 1.0 * static_cast<double>(y.positives()) / 500) < 1.0 / 500);
    const auto large = made(20'000, 7);
    const auto fitted_on_large = recipe.fit(large.score, large.y());
    const auto other = made(20'000, 8);
    const auto after = fitted_on_large.score(other.score);
    CHECK(ff::brier_score(after, other.y()).value < ff::brier_score(other.score, other.y()).value - 0.005);
    CHECK(ff::log_loss(after, other.y(), {}, {1e-4}).value <
          ff::log_loss(other.score, other.y(), {}, {1e-4}).value - 0.01);
    CHECK(std::fabs(ff::roc_auc(after, other.y()).value - ff::roc_auc(other.score, other.y()).value) < 0.002);
  }

  SUBCASE("scores that are all equal become one probability near their rate") {
    const auto constant = recipe.fit(ff::scores(500, 0.25), y);
    CHECK(std::fabs(constant(0.25) - static_cast<double>(y.positives()) / 500) < 1.0 / 500);
  }

  SUBCASE("what cannot be learned from") {
    const ff::labels two(std::vector{0, 1});
    const double nan = std::nan("");
    CHECK(code({}, ff::labels()) == "wrong_shape");
    CHECK(code({0.1, 0.2, 0.3}, two) == "wrong_shape");
    CHECK(code({0.1, 0.2}, two, ff::weights({1})) == "wrong_shape");
    CHECK(code({0.1}, ff::labels(std::vector{1})) == "one_class");
    CHECK(code({0.1, 0.2}, ff::labels(std::vector{1, 1})) == "one_class");
    CHECK(code({0.1, 0.2}, ff::labels(std::vector{0, 0})) == "one_class");
    CHECK(code({0.1, 0.2}, two, ff::weights({1, 0})) == "one_class");
    CHECK(code({0.1, nan}, two) == "missing_value");
    const auto infinite = code({0.1, HUGE_VAL}, two);
    CHECK((infinite == "not_finite" || infinite == "bad_value"));  // the latter where only [0, 1] is taken
    CHECK(code_thrown_by([&] { return map(nan); }) == "missing_value");
    CHECK(code_thrown_by([&] { return map.score(ff::scores{0.1, nan}); }) == "missing_value");
    const auto later = code_thrown_by([&] { return map(HUGE_VAL); });
    CHECK(later == infinite);
    CHECK(code({0.1, 0.2}, two) == "");
  }

  SUBCASE("what goes in stays as it is") {
    const auto before = ff::digest_of(map);
    const auto first = map.score(train.score);
    CHECK(map.score(train.score) == first);
    CHECK(ff::digest_of(map) == before);
    CHECK(train.score == made(500, 1).score);
  }
}

}  // namespace

TEST_CASE("laws: isotonic") { hold(ff::isotonic{}); }
TEST_CASE("laws: platt") { hold(ff::platt{}); }
TEST_CASE("laws: beta_calibration") { hold(ff::beta_calibration{}); }
