// SPDX-License-Identifier: MIT
// One column a level: which levels, in which order, and what happens to new and missing ones.
#include <numeric>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/one_hot.hpp>

#include <tests/oracle/features.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::table shop(const std::vector<std::string>& device, const std::vector<std::string>& month) {
  return ff::table({ff::column::from_text("device", device, ff::stage::context),
                    ff::column::from_text("month", month, ff::stage::browse),
                    ff::column::numeric("pages", std::vector<double>(device.size(), 1.0))});
}

std::vector<std::string> names(const ff::features<double>& x) {
  std::vector<std::string> result;
  for (const auto& info : x.columns()) result.push_back(info.name);
  return result;
}

}  // namespace

TEST_CASE("each level has a column of 0 and 1, in the order of its bytes") {
  const auto sessions = shop({"phone", "desktop", "phone", "tablet"}, {"May", "Nov", "Nov", "May"});
  const auto x = ff::one_hot{{"month", "device"}}.fit(sessions).transform(sessions);
  CHECK(names(x) ==
        std::vector<std::string>{"month=May", "month=Nov", "device=desktop", "device=phone", "device=tablet"});
  ff::matrix<double> expected(4, 5);
  expected << 1, 0, 0, 1, 0,  //
      0, 1, 1, 0, 0,          //
      0, 1, 0, 1, 0,          //
      1, 0, 0, 0, 1;
  CHECK(x.values() == expected);
  CHECK(x.columns()[0] == ff::feature_info{"month=May", "month", ff::stage::browse});
  CHECK(x.columns()[4] == ff::feature_info{"device=tablet", "device", ff::stage::context});
}

TEST_CASE("levels of the dictionary that do not occur have no column") {
  // Codes and order of a dictionary are its own business; only the names count.
  const ff::table sessions({ff::column::categorical("device", {3, 1, 1}, {"watch", "phone", "tv", "desktop"})});
  const auto fitted = ff::one_hot{{"device"}}.fit(sessions);
  CHECK(names(fitted.transform(sessions)) == std::vector<std::string>{"device=desktop", "device=phone"});
  REQUIRE(fitted.categories().size() == 1);
  CHECK(fitted.categories()[0].levels == std::vector<std::string>{"desktop", "phone"});
  // Another table with another dictionary, and a level that nobody has.
  const ff::table other({ff::column::categorical("device", {0, 2}, {"phone", "tv", "desktop"})});
  ff::matrix<double> expected(2, 2);
  expected << 0, 1, 1, 0;
  CHECK(fitted.transform(other).values() == expected);
}

TEST_CASE("missing values are a level where they occur") {
  const auto sessions = shop({"phone", "", "phone"}, {"May", "May", "May"});
  const auto x = ff::one_hot{{"device", "month"}}.fit(sessions).transform(sessions);
  CHECK(names(x) == std::vector<std::string>{"device=phone", "device=(missing)", "month=May"});
  ff::matrix<double> expected(3, 3);
  expected << 1, 0, 1, 0, 1, 1, 1, 0, 1;
  CHECK(x.values() == expected);
  const auto all_missing = ff::one_hot{{"device"}}.fit(shop({"", ""}, {"May", "May"}));
  CHECK(names(all_missing.transform(shop({"", ""}, {"", ""}))) == std::vector<std::string>{"device=(missing)"});
}

TEST_CASE("a level that was not there is refused or all zero, as the recipe says") {
  const auto seen = shop({"phone", "desktop"}, {"May", "Nov"});
  const auto unseen = shop({"desktop", "tablet"}, {"May", "Nov"});
  const auto absent = shop({"desktop", ""}, {"May", "Nov"});
  const auto strict = ff::one_hot{{"device"}}.fit(seen);
  CHECK(thrown_by([&] { return strict.transform(unseen); }) ==
        "unseen_level: one_hot: column 'device' had no level 'tablet' when fitted, row 1");
  CHECK(thrown_by([&] { return strict.transform(absent); }) ==
        "unseen_level: one_hot: column 'device' had no level '(missing)' when fitted, row 1");
  const auto lenient = ff::one_hot{{"device"}, ff::unseen_level::all_zero}.fit(seen);
  ff::matrix<double> expected(2, 2);
  expected << 1, 0, 0, 0;
  CHECK(lenient.transform(unseen).values() == expected);
  CHECK(lenient.transform(absent).values() == expected);
  CHECK_FALSE(lenient == strict);
}

TEST_CASE("no columns and no rows") {
  const auto sessions = shop({"phone"}, {"May"});
  CHECK(ff::one_hot{}.fit(sessions).transform(sessions).cols() == 0);
  CHECK(ff::one_hot{}.fit(sessions).transform(sessions).rows() == 1);
  CHECK(ff::one_hot{{"device"}}.fit(sessions.rows({})).transform(sessions.rows({})).cols() == 0);
  CHECK(ff::one_hot{{"device"}}.fit(sessions).transform(sessions.rows({})).rows() == 0);
  CHECK(code_thrown_by([&] { return ff::one_hot{{"device"}}.fit(sessions.rows({})).transform(sessions); }) ==
        "unseen_level");
}

TEST_CASE("columns that are not there or not categories are refused") {
  const auto sessions = shop({"phone"}, {"May"});
  CHECK(thrown_by([&] { return ff::one_hot{{"country"}}.fit(sessions); }) ==
        "unknown_name: table: there is no column 'country'");
  CHECK(thrown_by([&] { return ff::one_hot{{"pages"}}.fit(sessions); }) ==
        "wrong_kind: column 'pages': is numeric, and categories are needed");
  const auto fitted = ff::one_hot{{"device"}}.fit(sessions);
  CHECK(code_thrown_by([&] { return fitted.transform(sessions.without({"device"})); }) == "unknown_name");
  CHECK(code_thrown_by([&] { return fitted.transform(sessions.with(ff::column::numeric("device", {1}))); }) ==
        "wrong_kind");
}

TEST_CASE("parts are checked") {
  using ff::category;
  const auto from = [](std::vector<std::string> levels) {
    return code_thrown_by([&] {
      return ff::fitted_one_hot::from_parts({category{"device", levels, false}}, ff::unseen_level::refuse);
    });
  };
  CHECK(from({}) == "");
  CHECK(from({"a", "b"}) == "");
  CHECK(from({"b", "a"}) == "bad_parts");
  CHECK(from({"a", "a"}) == "bad_parts");
  const auto fitted = ff::one_hot{{"device", "month"}}.fit(shop({"phone", ""}, {"May", "Nov"}));
  const auto again = std::apply([](auto... parts) { return ff::fitted_one_hot::from_parts(parts...); },
                                ff::parts_of<ff::fitted_one_hot>(fitted.parts()));
  CHECK(again == fitted);
  CHECK(ff::digest_of(again) == ff::digest_of(fitted));
}

TEST_CASE("what came later and what was rare is all zero or other, as scikit-learn's OneHotEncoder has it") {
  const ff::table sessions({ff::column::from_text("level", oracle::level)});
  const ff::table later({ff::column::from_text("level", oracle::later_level)});
  const auto by_row = [](const ff::matrix<double>& values) {
    const ff::matrix<double> turned = values.transpose();
    return std::vector<double>(turned.data(), turned.data() + turned.size());
  };
  const ff::one_hot zero{{"level"}, ff::unseen_level::all_zero};
  CHECK(by_row(zero.fit(sessions).transform(later).values()) == oracle::one_hot_later);
  const auto fitted = ff::one_hot{{"level"}, ff::unseen_level::other, 2}.fit(sessions);
  const auto x = fitted.transform(later);
  CHECK(by_row(x.values()) == oracle::one_hot_frequent_later);
  CHECK(x.columns().back().name == "level=(other)");
  CHECK(x.values().rowwise().sum() == ff::matrix<double>::Ones(4, 1));
}

TEST_CASE("missing and other have places of their own, and rare levels need somewhere to go") {
  const ff::table sessions({ff::column::from_text("level", {"a", ""})});
  const auto x = ff::one_hot{{"level"}, ff::unseen_level::other}.fit(sessions).transform(
      ff::table({ff::column::from_text("level", {"b", "", "a"})}));
  ff::matrix<double> expected(3, 3);
  expected << 0, 0, 1,  //
      0, 1, 0,          //
      1, 0, 0;
  CHECK(x.values() == expected);
  CHECK(x.columns()[1].name == "level=(missing)");
  CHECK(thrown_by([&] {
          return ff::one_hot{{"level"}, ff::unseen_level::refuse, 2}.fit(sessions);
        }) == "bad_option: one_hot: at_least above 1 needs unseen levels to be all_zero or other, got 2");
  CHECK(code_thrown_by([&] {
          return ff::one_hot{{"level"}, ff::unseen_level::other, 0}.fit(sessions);
        }) == "bad_option");
}
