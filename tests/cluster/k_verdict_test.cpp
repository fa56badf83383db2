// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/k_verdict.hpp>
#include <footfall/core/digest.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

/// Of k groups that speak for themselves but for their silhouette.
ff::k_figures some(int k, double silhouette, double error = 0.001) {
  return {.clusters = k,
          .silhouette = silhouette,
          .silhouette_error = error,
          .gap_over_one_low = 0.2,
          .gap_over_one_high = 0.4,
          .stability = std::vector<double>(static_cast<std::size_t>(k), 0.9)};
}

}  // namespace

TEST_CASE("one k ahead of all others") {
  const auto found = ff::judge_k({some(2, 0.4), some(3, 0.62), some(4, 0.5)});
  CHECK(found.answer == ff::k_answer::clear);
  CHECK(found.best == 3);
  CHECK(found.within_noise.empty());
  CHECK(found.words ==
        "k = 3 is clear: mean silhouette 0.620 (0.618 to 0.622), ahead of k = 4 with 0.500 by more than noise.");
  CHECK(ff::judge_k({some(5, 0.5)}).words ==
        "k = 5 is the only one that was tried: mean silhouette 0.500 (0.498 to 0.502).");
}

TEST_CASE("two k within noise") {
  // 1.96 x sqrt(0.01^2 + 0.01^2) = 0.0277
  const auto found = ff::judge_k({some(2, 0.4, 0.01), some(3, 0.593, 0.01), some(4, 0.62, 0.01), some(5, 0.592, 0.01)});
  CHECK(found.answer == ff::k_answer::within_noise);
  CHECK(found.best == 4);
  CHECK(found.within_noise == std::vector<int>{3});
  CHECK(found.words ==
        "k = 3 and 4 are within noise of each other. k = 4 has the largest mean silhouette 0.620 (0.600 to 0.640).");
  CHECK(ff::judge_k({some(2, 0.5), some(3, 0.5)}).best == 2);  // a tie goes to the smaller
}

TEST_CASE("no clear k, for each reason") {
  auto crowd = some(3, 0.4);
  crowd.gap_over_one_low = -0.03;
  crowd.gap_over_one_high = 0.01;
  const auto found = ff::judge_k({some(2, 0.3), crowd});
  CHECK(found.answer == ff::k_answer::none);
  CHECK(found.best == 3);
  CHECK(found.words ==
        "There is no clear k. k = 3 has the largest mean silhouette 0.400 (0.398 to 0.402), but its groups are no "
        "tighter "
        "than groups of evenly spread sessions (gap over one group -0.030 to 0.010).");

  const auto flat = ff::judge_k({some(2, 0.25), some(3, 0.1)});
  CHECK(flat.answer == ff::k_answer::none);
  CHECK(flat.words.ends_with("but a mean silhouette of at most 0.25 shows no structure."));

  auto shaky = some(3, 0.5);
  shaky.stability = {0.5, 0.59, 0.9};
  const auto gone = ff::judge_k({some(2, 0.3), shaky});
  CHECK(gone.answer == ff::k_answer::none);
  CHECK(gone.unstable == std::vector<std::int32_t>{0, 1});
  CHECK(gone.words.ends_with("but most of its segments do not come back in resamples."));

  shaky.stability = {0.9, 0.59, 0.9};
  const auto one = ff::judge_k({some(2, 0.3), shaky});
  CHECK(one.answer == ff::k_answer::clear);
  CHECK(one.words.ends_with("by more than noise. Segment 1 does not come back in resamples."));

  auto half = some(4, 0.5);  // two of four are not most
  half.stability = {0.9, 0.5, 0.5, 0.9};
  const auto two = ff::judge_k({some(2, 0.3), half});
  CHECK(two.answer == ff::k_answer::clear);
  CHECK(two.unstable == std::vector<std::int32_t>{1, 2});
  CHECK(thrown_by([] { return ff::judge_k({}); }) ==
        "wrong_shape: judge_k: there must be figures of at least one k, got 0");
}

TEST_CASE("figures have parts") {
  const auto one = some(3, 0.5);
  const auto again = std::apply([](const auto&... parts) { return ff::k_figures::from_parts(parts...); }, one.parts());
  CHECK(again == one);
  CHECK(ff::digest_of(again) == ff::digest_of(one));
  CHECK_FALSE(some(3, 0.6) == one);
  CHECK(one.silhouette_range().low == doctest::Approx(0.5 - 1.959963984540054e-3));
  CHECK(one.gap_over_one() == ff::interval{0.2, 0.4, 0.95});
}
