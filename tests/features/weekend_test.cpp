// SPDX-License-Identifier: MIT
// Saturday and Sunday.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/weekend.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

}  // namespace

TEST_CASE("1 on Saturday and Sunday, of texts, numbers and features") {
  const ff::table texts(
      {ff::column::from_text("day", {"Friday", "Saturday", "Sunday", "", "Monday"}, ff::stage::context)});
  const auto fitted = ff::weekend{.of = "day"}.fit(texts);
  const auto x = fitted.transform(texts);
  CHECK(ff::digest_of(listed(x.values())) == ff::digest_of(std::vector<double>{0, 1, 1, missing, 0}));
  CHECK(x.columns()[0] == ff::feature_info{"weekend(day)", "day", ff::stage::context});
  ff::matrix<float> numbers(3, 1);
  numbers << 1, 6, 7;
  const ff::features<float> days(numbers, {{"day", "day"}});
  const auto iso = ff::weekend{.of = "day", .counting = ff::weekday_numbers::monday_1}.fit(days).transform(days);
  CHECK(iso.values()(0, 0) == 0);
  CHECK(iso.values()(1, 0) == 1);
  CHECK(iso.values()(2, 0) == 1);
  const ff::weekend german{.of = "day", .names = {"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"}};
  const ff::table tage({ff::column::from_text("day", {"Sa", "Mi"})});
  CHECK(listed(german.fit(tage).transform(tage).values()) == std::vector<double>{1, 0});
}

TEST_CASE("another day than those named is refused, when fitted and later") {
  const ff::table sessions({ff::column::from_text("day", {"Monday"})});
  const ff::table other({ff::column::from_text("day", {"Caturday"})});
  CHECK(code_thrown_by([&] { return ff::weekend{.of = "day"}.fit(other); }) == "unseen_level");
  CHECK(code_thrown_by([&] { return ff::weekend{.of = "day"}.fit(sessions).transform(other); }) == "unseen_level");
  CHECK(code_thrown_by([&] { return ff::weekend{.of = "day", .names = {"Mo"}}.fit(sessions); }) == "bad_option");
  CHECK(code_thrown_by([] { return ff::fitted_weekend::from_parts("day", ff::weekday_numbers::monday_0, {}); }) ==
        "bad_parts");
  CHECK(std::isinf(infinity));
}
