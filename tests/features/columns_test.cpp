// SPDX-License-Identifier: MIT
// Steps side by side: order, names, labels and weights handed on, and what does not fit together.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/features/ratio.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::table shop() {
  return ff::table({ff::column::numeric("pages", {2, 4, 8}), ff::column::numeric("seconds", {10, 20, 40}),
                    ff::column::from_text("device", {"phone", "desktop", "phone"})});
}

std::vector<std::string> names(const ff::features<double>& x) {
  std::vector<std::string> result;
  for (const auto& info : x.columns()) result.push_back(info.name);
  return result;
}

// What a step was handed when it was fitted, as its only feature.
struct fitted_witness {
  double seen;
  ff::features<double> transform(const ff::table& sessions) const {
    return {ff::matrix<double>::Constant(sessions.rows(), 1, seen), {{"seen", "seen"}}};
  }
};
struct counts_labels {
  fitted_witness fit(const ff::table&, const ff::labels& y, const ff::weights& w = {},
                     const ff::run_options& run = {}) const {
    return {static_cast<double>(100 * y.positives() + 10 * w.size() + run.threads)};
  }
};
struct counts_weights {
  fitted_witness fit(const ff::table&, const ff::weights& w = {}, const ff::run_options& run = {}) const {
    return {static_cast<double>(10 * w.size() + run.threads)};
  }
};

// How many threads its transform may use, as its only feature.
struct fitted_team_size {
  ff::features<double> transform(const ff::table& sessions, const ff::run_options& run = {}) const {
    return {ff::matrix<double>::Constant(sessions.rows(), 1, run.threads), {{"threads", "threads"}}};
  }
};
struct team_size {
  fitted_team_size fit(const ff::table&) const { return {}; }
};

// Forgets the last row.
struct fitted_forgetful {
  ff::features<double> transform(const ff::table& sessions) const {
    return {ff::matrix<double>::Zero(sessions.rows() - 1, 1), {{"short", "short"}}};
  }
};
struct forgetful {
  fitted_forgetful fit(const ff::table&) const { return {}; }
};

}  // namespace

TEST_CASE("the features of all steps stand next to each other, in the order of the steps") {
  const auto recipe = ff::columns(ff::one_hot{{"device"}}, ff::numeric{{"seconds", "pages"}},
                                  ff::ratio{.of = "seconds", .to = "pages"});
  const auto fitted = recipe.fit(shop());
  const auto x = fitted.transform(shop());
  CHECK(names(x) == std::vector<std::string>{"device=desktop", "device=phone", "seconds", "pages", "seconds/pages"});
  ff::matrix<double> expected(3, 5);
  expected << 0, 1, 10, 2, 5,  //
      1, 0, 20, 4, 5,          //
      0, 1, 40, 8, 5;
  CHECK(x.values() == expected);
  CHECK(fitted.step<0>() == ff::one_hot{{"device"}}.fit(shop()));
  CHECK(fitted.step<1>() == ff::numeric{{"seconds", "pages"}}.fit(shop()));
}

TEST_CASE("one step, steps of no columns, and steps in steps") {
  CHECK(ff::columns(ff::numeric{{"pages"}}).fit(shop()).transform(shop()).cols() == 1);
  CHECK(names(ff::columns(ff::numeric{}, ff::numeric{{"pages"}}).fit(shop()).transform(shop())) ==
        std::vector<std::string>{"pages"});
  const auto nested =
      ff::columns(ff::columns(ff::numeric{{"pages"}}, ff::one_hot{{"device"}}), ff::numeric{{"seconds"}});
  CHECK(names(nested.fit(shop()).transform(shop())) ==
        std::vector<std::string>{"pages", "device=desktop", "device=phone", "seconds"});
}

TEST_CASE("labels, weights and run options reach the steps that take them") {
  const ff::labels y(std::vector{1, 1, 0});
  const ff::weights w(std::vector{1.0, 2.0, 3.0});
  const auto seen = [&](const auto& recipe) {
    return recipe.fit(shop(), y, w, {.threads = 5}).transform(shop()).values()(0, 0);
  };
  CHECK(seen(ff::columns(counts_labels{})) == 235);
  CHECK(seen(ff::columns(counts_weights{})) == 35);
  CHECK(ff::columns(counts_weights{}).fit(shop(), w, {.threads = 5}).transform(shop()).values()(0, 0) == 35);
  CHECK(ff::columns(counts_weights{}).fit(shop()).transform(shop()).values()(0, 0) == 0);
  CHECK(seen(ff::columns(ff::numeric{{"pages"}}, counts_labels{})) == 2);
  static_assert(!ff::fits_alone<ff::side_by_side<counts_labels>, ff::table>,
                "a step that needs labels makes all need them");
}

TEST_CASE("run options reach the steps that take them when they transform") {
  const auto fitted = ff::columns(team_size{}, ff::numeric{{"pages"}}).fit(shop());
  CHECK(fitted.transform(shop(), {.threads = 6}).values()(0, 0) == 6);
  CHECK(fitted.transform(shop()).values()(0, 0) == 0);
}

TEST_CASE("two features of one name, and steps that lose sessions, are refused") {
  const auto twice = ff::columns(ff::numeric{{"pages"}}, ff::ratio{.of = "seconds", .to = "pages", .name = "pages"});
  CHECK(thrown_by([&] { return twice.fit(shop()).transform(shop()); }) ==
        "bad_value: columns: two features are called 'pages'");
  CHECK(code_thrown_by([&] {
          return ff::columns(ff::numeric{{"pages", "pages"}}).fit(shop()).transform(shop());
        }) == "bad_value");
  CHECK(thrown_by([&] { return ff::columns(ff::numeric{{"pages"}}, forgetful{}).fit(shop()).transform(shop()); }) ==
        "wrong_shape: columns: a step gave 2 rows where the first gave 3");
}

TEST_CASE("of two steps that throw the first one is heard") {
  const auto both = ff::columns(ff::numeric{{"clicks"}}, ff::one_hot{{"country"}});
  CHECK(thrown_by([&] { return both.fit(shop()); }) == "unknown_name: table: there is no column 'clicks'");
  CHECK(thrown_by([&] {
          return both.fit(shop(), ff::labels(std::vector{1, 0, 0}));
        }) == "unknown_name: table: there is no column 'clicks'");
  const auto fitted =
      ff::columns(ff::numeric{{"pages"}}, ff::one_hot{{"device"}}, ff::numeric{{"seconds"}}).fit(shop());
  CHECK(thrown_by([&] { return fitted.transform(shop().select({"device"})); }) ==
        "unknown_name: table: there is no column 'pages'");
}

TEST_CASE("what a step throws comes through") {
  CHECK(thrown_by([] { return ff::columns(ff::numeric{{"pages"}}, ff::numeric{{"clicks"}}).fit(shop()); }) ==
        "unknown_name: table: there is no column 'clicks'");
  const auto fitted = ff::columns(ff::numeric{{"pages"}}, ff::one_hot{{"device"}}).fit(shop());
  CHECK(code_thrown_by([&] {
          return fitted.transform(shop().with(ff::column::from_text("device", {"phone", "watch", "phone"})));
        }) == "unseen_level");
}

TEST_CASE("side by side steps are equal when their steps are") {
  const auto a = ff::columns(ff::numeric{{"pages"}}, ff::one_hot{{"device"}}).fit(shop());
  const auto b = ff::columns(ff::numeric{{"seconds"}}, ff::one_hot{{"device"}}).fit(shop());
  CHECK_FALSE(a == b);
  CHECK(ff::digest_of(a) != ff::digest_of(b));
  const ff::parts_of<std::remove_const_t<decltype(a)>> parts(a.parts());
  const auto again =
      std::apply([](auto steps) { return std::remove_const_t<decltype(a)>::from_parts(std::move(steps)); }, parts);
  CHECK(again == a);
  CHECK(ff::digest_of(again) == ff::digest_of(a));
  static_assert(!ff::has_parts<ff::fitted_columns<fitted_witness>>, "without parts of its steps it has none");
}
