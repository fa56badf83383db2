// SPDX-License-Identifier: MIT
// Levels as they are, in a pipeline, and who refuses them.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/kmeans.hpp>
#include <footfall/features/categorical.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/min_max_scaler.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/pca.hpp>
#include <footfall/features/robust_scaler.hpp>
#include <footfall/features/select.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>
#include <footfall/pipeline/cross_validate.hpp>
#include <footfall/store/archive.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::table of(const std::vector<std::string>& levels) {
  return ff::table({ff::column::from_text("channel", levels, ff::stage::context)});
}

}  // namespace

TEST_CASE("a level is its place in the order of bytes, and the column says the names") {
  const auto fitted = ff::categorical{{"channel"}}.fit(of({"mail", "ads", "mail", "search"}));
  const auto x = fitted.transform(of({"search", "", "ads", "mail"}));
  CHECK(x.values()(0, 0) == 2);
  CHECK(std::isnan(x.values()(1, 0)));
  CHECK(x.values()(2, 0) == 0);
  CHECK(x.values()(3, 0) == 1);
  CHECK(x.columns()[0] ==
        ff::feature_info{"channel", "channel", ff::stage::context, std::vector<std::string>{"ads", "mail", "search"}});
  CHECK(thrown_by([&] {
          return fitted.transform(of({"ads", "radio"}));
        }) == "unseen_level: categorical: column 'channel' had no level 'radio' when fitted, row 1");
}

TEST_CASE("an unseen level may count as missing, and so may rare ones") {
  const auto lenient = ff::categorical{.columns = {"channel"}, .unseen_is_missing = true}
                           .fit(of({"ads", "mail"}))
                           .transform(of({"radio", "mail"}));
  CHECK(std::isnan(lenient.values()(0, 0)));
  CHECK(lenient.values()(1, 0) == 1);
  const auto common = ff::categorical{.columns = {"channel"}, .unseen_is_missing = true, .at_least = 2}.fit(
      of({"ads", "mail", "mail", "radio"}));
  CHECK(common.categories()[0].levels == std::vector<std::string>{"mail"});
  CHECK(thrown_by([] { return ff::categorical{.columns = {"channel"}, .at_least = 2}.fit(of({"ads"})); }) ==
        "bad_option: categorical: at_least above 1 needs unseen_is_missing, got 2");
  CHECK(thrown_by([] { return ff::categorical{.columns = {"channel"}, .at_least = 0}.fit(of({"ads"})); }) ==
        "bad_option: categorical: at_least must be at least 1, got 0");
  CHECK(code_thrown_by([] { return ff::categorical{{"month"}}.fit(of({"ads"})); }) == "unknown_name");
  CHECK(code_thrown_by([] {
          return ff::fitted_categorical::from_parts({{"channel", {"a"}, false}}, false);
        }) == "bad_parts");
}

TEST_CASE("in a pipeline: fitted, cross-validated, stored, and told apart from numbers") {
  std::vector<std::string> channel;
  std::vector<double> pages;
  std::vector<int> bought;
  const std::vector<std::string> names{"ads", "mail", "radio", "search", "video"};
  for (int row = 0; row < 200; ++row) {
    channel.push_back(names[static_cast<std::size_t>(row * row % 11 % 5)]);
    pages.push_back(row % 9);
    bought.push_back(channel.back() == "radio" || channel.back() == "ads" ? 1 : 0);
  }
  const ff::table sessions({ff::column::from_text("channel", channel, ff::stage::context),
                            ff::column::numeric("pages", pages, ff::stage::browse)});
  const ff::labels y(bought);
  const auto recipe =
      ff::columns(ff::numeric{{"pages"}}, ff::categorical{.columns = {"channel"}, .unseen_is_missing = true}) |
      ff::random_forest{.trees = 10, .features_per_split = 2, .max_depth = 1};
  const auto model = recipe.fit(sessions, y);
  // One split parts radio and ads, which no order of bytes puts together, from the rest.
  const auto scores = model.score(sessions);
  for (std::size_t row = 0; row < 200; ++row) CHECK(scores[row] == bought[row]);
  const auto folds = ff::stratified_folds(y, {.folds = 4});
  const auto held_out = ff::cross_validate(recipe, sessions, y, folds);
  bool same = true;
  for (std::size_t row = 0; row < 200; ++row) same = same && held_out[row] == bought[row];
  CHECK(same);
  CHECK(ff::store::from_bytes<std::remove_cvref_t<decltype(model)>>(ff::store::to_bytes(model)) == model);

  const auto x = model.first().transform(sessions);
  CHECK(ff::select{.type = ff::column_type::numeric}.names(x) == std::vector<std::string>{"pages"});
  CHECK(ff::select{.type = ff::column_type::categorical}.names(x) == std::vector<std::string>{"channel"});
  CHECK(thrown_by([&] { return ff::standard_scaler{}.fit(x); }) ==
        "wrong_kind: standard_scaler: column 'channel' holds levels, which are no amounts");
  CHECK(code_thrown_by([&] { return ff::min_max_scaler{}.fit(x); }) == "wrong_kind");
  CHECK(code_thrown_by([&] { return ff::robust_scaler{}.fit(x); }) == "wrong_kind");
  CHECK(code_thrown_by([&] { return ff::pca{}.fit(x); }) == "wrong_kind");
  CHECK(code_thrown_by([&] { return ff::kmeans{.clusters = 2}.fit(x); }) == "wrong_kind");
  CHECK(thrown_by([&] { return ff::numeric{{"channel"}}.fit(x); }) ==
        "wrong_kind: features: column 'channel' holds levels, not numbers");
}
