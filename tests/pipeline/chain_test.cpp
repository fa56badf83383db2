// SPDX-License-Identifier: MIT
// A chain does what its steps do by hand, and is a recipe like any other.
#include <string>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/features/ratio.hpp>
#include <footfall/features/target_rate.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

struct shop {
  ff::table sessions;
  ff::labels bought;
};

shop made_shop(int rows) {
  std::vector<double> pages, seconds;
  std::vector<std::string> device;
  std::vector<int> bought;
  ff::random_stream stream(1);
  for (int row = 0; row < rows; ++row) {
    pages.push_back(static_cast<double>(1 + stream.below(12)));
    seconds.push_back(static_cast<double>(stream.below(600)));
    device.emplace_back(stream.below(3) == 0 ? "phone" : "desktop");
    bought.push_back(pages.back() + static_cast<double>(stream.below(6)) > 10 ? 1 : 0);
  }
  return {ff::table({ff::column::numeric("pages", pages), ff::column::numeric("seconds", seconds),
                     ff::column::from_text("device", device)}),
          ff::labels(bought)};
}

// A user's own step, on features of any scalar: subtracts from every column what its smallest value was.
template <class Scalar>
struct fitted_floor {
  std::vector<Scalar> lowest;
  ff::features<Scalar> transform(const ff::features<Scalar>& x) const {
    ff::matrix<Scalar> values = x.values();
    for (ff::index column = 0; column < values.cols(); ++column)
      values.col(column).array() -= lowest[static_cast<std::size_t>(column)];
    return {values, x.columns()};
  }
};
struct floor_at_zero {
  template <class Scalar>
  fitted_floor<Scalar> fit(const ff::features<Scalar>& x) const {
    fitted_floor<Scalar> result;
    for (ff::index column = 0; column < x.cols(); ++column) result.lowest.push_back(x.values().col(column).minCoeff());
    return result;
  }
};

// Scores that say what the last step was handed: weights, threads when fitted, threads when scored.
struct fitted_witness {
  double when_fitted;
  ff::scores score(const ff::features<double>& x, const ff::run_options& run = {}) const {
    return ff::scores(static_cast<std::size_t>(x.rows()), when_fitted + run.threads);
  }
  ff::segment_ids assign(const ff::features<double>& x, const ff::run_options& run = {}) const {
    return ff::segment_ids(static_cast<std::size_t>(x.rows()), run.threads);
  }
};
struct witness {
  fitted_witness fit(const ff::features<double>&, const ff::labels& y, const ff::weights& w = {},
                     const ff::run_options& run = {}) const {
    return {static_cast<double>(10'000 * y.positives() + 100 * w.size() + 10 * run.threads)};
  }
};

// A step whose only feature says how many weights and threads it was given when fitted, and threads when it transforms.
struct fitted_team_size {
  int when_fitted;
  ff::features<double> transform(const ff::features<double>& x, const ff::run_options& run = {}) const {
    return {ff::matrix<double>::Constant(x.rows(), 1, 10 * when_fitted + run.threads), {{"threads", "threads"}}};
  }
};
struct team_size {
  fitted_team_size fit(const ff::features<double>&, const ff::weights& w = {}, const ff::run_options& run = {}) const {
    return {100 * static_cast<int>(w.size()) + run.threads};
  }
};

// Keeps what it saw of the training features.
struct fitted_echo {
  double seen;
  ff::features<double> transform(const ff::features<double>& x) const {
    return {ff::matrix<double>::Constant(x.rows(), 1, seen), {{"seen", "seen"}}};
  }
};
struct echo {
  fitted_echo fit(const ff::features<double>& x) const { return {x.values()(0, 0)}; }
};

const auto make_features = ff::columns(ff::numeric{{"pages", "seconds"}}, ff::one_hot{{"device"}});

}  // namespace

TEST_CASE("a chain is its steps, one after another") {
  const auto made = made_shop(120);
  const ff::random_forest forest{.trees = 10, .seed = 3};
  const auto chained = (make_features | forest).fit(made.sessions, made.bought);

  const auto fitted_features = make_features.fit(made.sessions);
  const auto x = fitted_features.transform(made.sessions);
  const auto fitted_forest = forest.fit(x, made.bought);
  CHECK(chained.first() == fitted_features);
  CHECK(chained.last() == fitted_forest);
  CHECK(chained.score(made.sessions) == fitted_forest.score(x));
  CHECK(chained.last().importances().front().name == "pages");
}

TEST_CASE("three and four steps, whichever way they are put together") {
  const auto made = made_shop(80);
  const ff::random_forest forest{.trees = 5};
  const auto left = (ff::numeric{{"pages", "seconds"}} | floor_at_zero{} | forest).fit(made.sessions, made.bought);
  const auto right = (ff::numeric{{"pages", "seconds"}} | (floor_at_zero{} | forest)).fit(made.sessions, made.bought);
  CHECK(left.score(made.sessions) == right.score(made.sessions));
  CHECK(left.last() == right.last().last());
  const auto four =
      (ff::numeric{{"pages", "seconds"}} | floor_at_zero{} | floor_at_zero{} | forest).fit(made.sessions, made.bought);
  CHECK(four.score(made.sessions) == left.score(made.sessions));
}

TEST_CASE("a chain of transformers transforms and may stand in columns") {
  const auto made = made_shop(30);
  const auto chain = ff::numeric{{"pages", "seconds"}} | floor_at_zero{};
  const auto x = chain.fit(made.sessions).transform(made.sessions);
  CHECK(x.values().minCoeff() == 0);
  CHECK(x.columns()[1].name == "seconds");
  const auto wide = ff::columns(chain, ff::one_hot{{"device"}}).fit(made.sessions).transform(made.sessions);
  CHECK(wide.cols() == 4);
  CHECK(wide.values().leftCols(2) == x.values());
}

TEST_CASE("each step is fitted on what the step before made of the training sessions") {
  const auto made = made_shop(40);
  const auto twice = (ff::ratio{.of = "seconds", .to = "pages"} | echo{}).fit(made.sessions);
  const double expected = made.sessions["seconds"].numbers()[0] / made.sessions["pages"].numbers()[0];
  const ff::table other({ff::column::numeric("pages", {1}), ff::column::numeric("seconds", {0})});
  CHECK(twice.transform(other).values()(0, 0) == expected);
}

TEST_CASE("labels, weights and run options reach the steps that take them") {
  const auto made = made_shop(4);
  const ff::labels y(std::vector{1, 1, 0, 0});
  const ff::weights w(std::vector{1.0, 2.0, 3.0, 4.0});
  const auto pages = ff::numeric{{"pages"}};
  const auto fitted = (pages | floor_at_zero{} | witness{}).fit(made.sessions, y, w, {.threads = 7});
  CHECK(fitted.score(made.sessions, {.threads = 3}) == ff::scores(4, 20'473));
  CHECK(fitted.score(made.sessions) == ff::scores(4, 20'470));
  CHECK(fitted.assign(made.sessions, {.threads = 3}) == ff::segment_ids(4, 3));

  const auto sizes = (pages | team_size{}).fit(made.sessions, {}, {.threads = 4});
  CHECK(sizes.transform(made.sessions, {.threads = 3}).values()(0, 0) == 43);
  CHECK((pages | team_size{}).fit(made.sessions, w, {.threads = 4}).transform(made.sessions).values()(0, 0) == 4040);
  CHECK((pages | team_size{} | echo{}).fit(made.sessions, w, {.threads = 4}).transform(made.sessions).values()(0, 0) ==
        4044);
  // While it is fitted, too, a chain keeps to the threads that it was given.
  CHECK((pages | team_size{} | echo{}).fit(made.sessions, {}, {.threads = 4}).transform(made.sessions).values()(0, 0) ==
        44);
  CHECK((pages | team_size{} | echo{})
            .fit(made.sessions, y, {}, {.threads = 2})
            .transform(made.sessions)
            .values()(0, 0) == 22);
}

namespace {

// Remembers what it was fitted on.
struct remembered {
  std::vector<double> trained;
  ff::scores score(const ff::features<double>& x) const { return ff::scores(static_cast<std::size_t>(x.rows()), 0.5); }
};
struct remember {
  remembered fit(const ff::features<double>& x, const ff::labels&) const {
    return {{x.values().data(), x.values().data() + x.values().size()}};
  }
};

template <class Recipe>
concept fits_a_table = requires(const Recipe& recipe, const ff::table& x, const ff::labels& y) { recipe.fit(x, y); };

}  // namespace

TEST_CASE("steps behind a target rate are fitted on rates that other folds know, wherever it stands") {
  std::vector<std::string> names;
  std::vector<int> bought;
  for (int i = 0; i < 40; ++i) {
    names.push_back("v" + std::to_string(i));  // a level for each session: its own rate is its label
    bought.push_back(i % 2);
  }
  const ff::table table({ff::column::from_text("source", names)});
  const ff::labels labels(bought);
  const ff::target_rate rate{.columns = {"source"}, .prior = 0};
  const ff::numeric number{{"rate(source)"}};
  const std::vector<double> nothing_known(40, 0.5);
  const auto fitted = ((rate | number) | remember{}).fit(table, labels);
  CHECK(fitted.last().trained == nothing_known);
  CHECK((rate | (number | remember{})).fit(table, labels).last().last().trained == nothing_known);
  // Other sessions get the rates of all training sessions.
  const auto later = fitted.first().transform(table);
  for (ff::index row = 0; row < 40; ++row) CHECK(later.values()(row, 0) == bought[static_cast<std::size_t>(row)]);
  // Side by side with others there is no such form: it is not compiled.
  static_assert(fits_a_table<decltype(rate | number)>);
  static_assert(!fits_a_table<decltype(ff::columns(rate | number))>);
}

TEST_CASE("progress of the forest is heard through the chain, and may stop it") {
  const auto made = made_shop(50);
  const auto recipe = make_features | ff::random_forest{.trees = 6};
  ff::index heard = 0;
  (void)recipe.fit(made.sessions, made.bought, {}, {.progress = [&](auto, auto done, auto) {
                     heard = done;
                     return true;
                   }});
  CHECK(heard == 6);
  CHECK(code_thrown_by([&] {
          return recipe.fit(made.sessions, made.bought, {}, {.progress = [](auto, auto, auto) { return false; }});
        }) == "cancelled");
}

TEST_CASE("what a step throws comes through") {
  const auto made = made_shop(20);
  CHECK(thrown_by([&] { return (ff::numeric{{"clicks"}} | ff::random_forest{}).fit(made.sessions, made.bought); }) ==
        "unknown_name: table: there is no column 'clicks'");
  CHECK(thrown_by([&] {
          return (ff::numeric{{"pages"}} | ff::random_forest{.trees = 0}).fit(made.sessions, made.bought);
        }) == "bad_option: random_forest: trees must be at least 1, got 0");
  const auto fitted = (make_features | ff::random_forest{.trees = 2}).fit(made.sessions, made.bought);
  CHECK(code_thrown_by([&] { return fitted.score(made.sessions.without({"pages"})); }) == "unknown_name");
}

TEST_CASE("chains are equal when their steps are") {
  const auto made = made_shop(60);
  const auto recipe = make_features | ff::random_forest{.trees = 3};
  const auto fitted = recipe.fit(made.sessions, made.bought);
  using chain = std::remove_const_t<decltype(fitted)>;
  CHECK(recipe.fit(made.sessions, made.bought) == fitted);
  CHECK_FALSE((make_features | ff::random_forest{.trees = 3, .seed = 1}).fit(made.sessions, made.bought) == fitted);
  const auto again = std::apply([](auto first, auto last) { return chain::from_parts(first, last); },
                                ff::parts_of<chain>(fitted.parts()));
  CHECK(again == fitted);
  CHECK(ff::digest_of(again) == ff::digest_of(fitted));
}

TEST_CASE("what composes and what does not is known to the compiler") {
  using floor = floor_at_zero;
  using forest = ff::random_forest;
  static_assert(ff::transforming_step<ff::numeric> && ff::transforming_step<floor> && !ff::transforming_step<forest>);
  static_assert(ff::pipeline_step<forest> && ff::pipeline_step<witness> && !ff::pipeline_step<int>);
  using scoring = decltype(ff::numeric{} | forest{});
  using transforming = decltype(ff::numeric{} | floor{});
  static_assert(ff::classifier<scoring, ff::table> && !ff::transformer<scoring, ff::table>);
  static_assert(ff::transformer<transforming, ff::table> && !ff::classifier<transforming, ff::table>);
  static_assert(ff::fits_alone<transforming, ff::table> && !ff::fits_alone<scoring, ff::table>);
  static_assert(ff::transformer<transforming, ff::features<double>>, "columns by name are in features too");
  static_assert(!ff::transformer<decltype(ff::one_hot{} | floor{}), ff::features<double>>, "categories are in tables");
  static_assert(ff::classifier<decltype(floor{} | forest{}), ff::features<float>>, "scalars are deduced");
  CHECK(true);
}
