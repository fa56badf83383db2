// SPDX-License-Identifier: MIT
// The product of two columns.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/interaction.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

const ff::table sessions({ff::column::numeric("mobile", {1, 0, missing}, ff::stage::context),
                          ff::column::numeric("views", {3, 4, 1}, ff::stage::browse)});

}  // namespace

TEST_CASE("of * with, with names, sources and the later stage") {
  const auto fitted = ff::interaction{.of = "mobile", .with = "views"}.fit(sessions);
  const auto x = fitted.transform(sessions);
  CHECK(ff::digest_of(listed(x.values())) == ff::digest_of(std::vector<double>{3, 0, missing}));
  CHECK(x.columns().front() == ff::feature_info{"mobile*views", "mobile,views", ff::stage::browse});
  CHECK(ff::interaction{"views", "views", "squared"}.fit(sessions).transform(sessions).values()(1, 0) == 16);
  CHECK(fitted == ff::fitted_interaction::from_parts("mobile", "views", "mobile*views"));
}

TEST_CASE("zero times infinity, too large a product, and a column that is not there") {
  const ff::table far({ff::column::numeric("mobile", {0}), ff::column::numeric("views", {infinity})});
  CHECK(code_thrown_by([&] { return ff::interaction{"mobile", "views"}.fit(far).transform(far); }) == "not_finite");
  const ff::table large({ff::column::numeric("views", {1e200})});
  CHECK(code_thrown_by([&] { return ff::interaction{"views", "views"}.fit(large).transform(large); }) == "limit");
  CHECK(code_thrown_by([] { return ff::interaction{"views", "clicks"}.fit(sessions); }) == "unknown_name");
}
