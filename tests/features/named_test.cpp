// SPDX-License-Identifier: MIT
// Columns by name in tables and in features.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/features/named.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> listed(const ff::matrix<double>& values) { return {values.data(), values.data() + values.size()}; }

const ff::table sessions({ff::column::numeric("pages", {1, 2}, ff::stage::browse),
                          ff::column::from_text("device", {"a", "b"}, ff::stage::context)});

}  // namespace

TEST_CASE("a table and features of either scalar give their numbers, names, sources and stages") {
  CHECK(ff::numbers_of(sessions, "pages")[1] == 2);
  CHECK(ff::info_of(sessions, "device") == ff::feature_info{"device", "device", ff::stage::context});
  ff::matrix<float> values(2, 2);
  values << 1, 3, 2, 4;
  const ff::features<float> x(values, {{"a", "pages", ff::stage::browse}, {"b", "device", ff::stage::cart}});
  CHECK(ff::numbers_of(x, "b")[1] == 4.0F);
  CHECK(ff::info_of(x, "b") == ff::feature_info{"b", "device", ff::stage::cart});
  static_assert(std::is_same_v<ff::number_of<ff::features<float>>, float>);
  static_assert(std::is_same_v<ff::number_of<ff::table>, double>);
  static_assert(!ff::named_columns<ff::matrix<double>>);
  CHECK(ff::info_of(x, std::vector<std::string>{"a", "b", "a"}, "c") ==
        ff::feature_info{"c", "pages,device", ff::stage::cart});
}

TEST_CASE("what is not there or no number is refused") {
  CHECK(thrown_by([] {
          ff::require_numbers(sessions, std::vector<std::string>{"pages", "clicks"});
          return 0;
        }) == "unknown_name: table: there is no column 'clicks'");
  CHECK(thrown_by([] { return ff::numbers_of(sessions, "device").size(); }) ==
        "wrong_kind: column 'device': is categorical, and numbers are needed");
  const ff::features<double> x(ff::matrix<double>::Zero(1, 1), {{"a", "a"}});
  CHECK(thrown_by([&] { return ff::numbers_of(x, "b").size(); }) == "unknown_name: features: there is no column 'b'");
  CHECK(std::isnan(missing));
  CHECK(std::isinf(infinity));
  CHECK(listed(x.values()).size() == 1);
}
