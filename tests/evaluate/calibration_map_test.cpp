// SPDX-License-Identifier: MIT
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/beta_calibration.hpp>
#include <footfall/evaluate/calibration_map.hpp>
#include <footfall/evaluate/isotonic.hpp>
#include <footfall/evaluate/platt.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;

static_assert(ff::calibrator<ff::isotonic> && ff::calibrator<ff::platt> && ff::calibrator<ff::beta_calibration>);
static_assert(!ff::calibrator<ff::fitted_platt> && !ff::calibrator<int>);

namespace {

// A calibrator of a user's own needs no more than this.
struct fitted_half {
  double operator()(double) const { return 0.5; }
  ff::scores score(std::span<const double> of) const { return ff::scores(of.size(), 0.5); }
};
struct half {
  fitted_half fit(std::span<const double>, const ff::labels&, const ff::weights& = {},
                  const ff::run_options& = {}) const {
    return {};
  }
};
static_assert(ff::calibrator<half>);

}  // namespace

TEST_CASE("sessions are counted by score, lowest first, with and without weights") {
  const ff::scores score{0.5, 0.1, 0.5, -3};
  const ff::labels y(std::vector{1, 0, 0, 1});
  const auto plain = ff::detail::ascending_groups(score, y, {}, {});
  CHECK(plain == std::vector<ff::weighted_group>{{-3, 1, 1}, {0.1, 1, 0}, {0.5, 2, 1}});
  const auto weighted = ff::detail::ascending_groups(score, y, ff::weights({1, 0, 0.5, 4}), {});
  CHECK(weighted == std::vector<ff::weighted_group>{{-3, 4, 4}, {0.5, 1.5, 1}});
}
