// SPDX-License-Identifier: MIT
// One column minus another.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/difference.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

const ff::table sessions({ff::column::numeric("exit", {5, 2, missing}, ff::stage::checkout),
                          ff::column::numeric("entry", {3, 4, 1}, ff::stage::context)});

}  // namespace

TEST_CASE("of - less, with names, sources and the later stage") {
  const auto fitted = ff::difference{.of = "exit", .less = "entry"}.fit(sessions);
  const auto x = fitted.transform(sessions);
  CHECK(ff::digest_of(listed(x.values())) == ff::digest_of(std::vector<double>{2, -2, missing}));
  CHECK(x.columns().front() == ff::feature_info{"exit-entry", "exit,entry", ff::stage::checkout});
  CHECK(ff::difference{"exit", "entry", "stay"}.fit(sessions).transform(sessions).columns()[0].name == "stay");
  CHECK(fitted == ff::fitted_difference::from_parts("exit", "entry", "exit-entry"));
  CHECK_FALSE(fitted == ff::fitted_difference::from_parts("entry", "exit", "exit-entry"));
}

TEST_CASE("infinity less infinity, and a column that is not there") {
  const ff::table far({ff::column::numeric("exit", {infinity}), ff::column::numeric("entry", {infinity})});
  CHECK(code_thrown_by([&] { return ff::difference{"exit", "entry"}.fit(far).transform(far); }) == "not_finite");
  CHECK(code_thrown_by([] { return ff::difference{"exit", "clicks"}.fit(sessions); }) == "unknown_name");
  CHECK(code_thrown_by([] { return ff::difference{"clicks", "exit"}.fit(sessions); }) == "unknown_name");
}
