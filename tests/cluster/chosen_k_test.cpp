// SPDX-License-Identifier: MIT
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/chosen_k.hpp>
#include <footfall/core/digest.hpp>

#include <tests/cluster/sessions.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

using chosen = ff::chosen_k<double>;

ff::k_figures some(int k, double silhouette) {
  return {.clusters = k,
          .silhouette = silhouette,
          .gap_over_one_low = 0.1,
          .stability = std::vector<double>(static_cast<std::size_t>(k), 0.9)};
}

std::vector<ff::fitted_kmeans<double>> fits(const ff::matrix<double>& x, int from, int to) {
  std::vector<ff::fitted_kmeans<double>> result;
  for (int k = from; k <= to; ++k) result.push_back(ff::kmeans{.clusters = k, .restarts = 2}.fit(x));
  return result;
}

}  // namespace

TEST_CASE("the best k, any k, and what was measured of it") {
  const auto x = grouped_sessions<double>(60, 2, 3);
  const auto fitted = fits(x, 2, 4);
  const auto found = chosen::from_parts({some(2, 0.4), some(3, 0.6), some(4, 0.5)}, fitted, 0.25);
  CHECK(found.best() == fitted[1]);
  CHECK(found.with(4) == fitted[2]);
  CHECK(found.of(2).silhouette == 0.4);
  CHECK(found.figures().size() == 3);
  CHECK(found.gap_of_one() == 0.25);
  CHECK(found.verdict().best == 3);
  CHECK(found.assign(x) == fitted[1].assign(x));
  CHECK(thrown_by([&] { return found.with(5); }) == "bad_option: choose_k: k was tried from 2 to 4, got 5");
  CHECK(thrown_by([&] { return found.of(1); }) == "bad_option: choose_k: k was tried from 2 to 4, got 1");

  const auto again = std::apply([](const auto&... parts) { return chosen::from_parts(parts...); }, found.parts());
  CHECK(again == found);
  CHECK(ff::digest_of(again) == ff::digest_of(found));
  CHECK_FALSE(chosen::from_parts({some(2, 0.4), some(3, 0.7), some(4, 0.5)}, fitted, 0.25) == found);
}

TEST_CASE("parts that make no choice of k are refused") {
  const auto x = grouped_sessions<double>(60, 2, 3);
  const auto fitted = fits(x, 2, 3);
  const auto thrown = [&](std::vector<ff::k_figures> figures, double gap = 0) {
    return thrown_by([&] { return chosen::from_parts(std::move(figures), fitted, gap); });
  };
  CHECK(thrown({}) == "bad_parts: choose_k: there must be a k-means for the figures of each k, got 2 for 0");
  CHECK(thrown({some(2, 0.4)}).starts_with("bad_parts"));
  CHECK(thrown({some(2, 0.4), some(4, 0.4)}) == "bad_parts: choose_k: k must ascend by one from at least 2, got 4");
  CHECK(thrown({some(3, 0.4), some(4, 0.4)}) ==
        "bad_parts: choose_k: k = 3 must have as many centres on the columns of all others, got 2");
  CHECK(thrown({some(2, 0.4), some(3, std::numeric_limits<double>::quiet_NaN())}) ==
        "bad_parts: choose_k: k = 3: the silhouette and its error must be finite, got nan and 0");
  auto less = some(3, 0.4);
  less.stability.pop_back();
  CHECK(thrown({some(2, 0.4), less}) == "bad_parts: choose_k: k = 3 must have a stability for each segment, got 2");
  CHECK(thrown({some(2, 0.4), some(3, 0.4)}, HUGE_VAL) ==
        "bad_parts: choose_k: the gap of one group must be finite, got inf");
}
