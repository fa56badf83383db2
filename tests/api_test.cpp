// SPDX-License-Identifier: MIT
// The vocabulary, compiled: every type that crosses floors, named and used once as a user would.
#include <cmath>
#include <concepts>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events.hpp>
#include <footfall/footfall.hpp>

namespace ff = footfall;

namespace {

// ------------------------------------------------------------------------------------------- what recipes and values are

using numbers = ff::features<double>;
using floats = ff::features<float>;

template <class Recipe>
concept recipe_value = std::is_aggregate_v<Recipe> && std::copyable<Recipe>;

static_assert(recipe_value<ff::numeric> && ff::transformer<ff::numeric, ff::table> &&
              ff::transformer<ff::numeric, numbers> && !ff::transformer<ff::numeric, ff::matrix<double>>);
static_assert(recipe_value<ff::one_hot> && ff::transformer<ff::one_hot, ff::table>);
static_assert(recipe_value<ff::ratio> && ff::transformer<ff::ratio, ff::table>);
static_assert(recipe_value<ff::standard_scaler> && ff::transformer<ff::standard_scaler, numbers> &&
              ff::transformer<ff::standard_scaler, floats> &&
              ff::transformer<ff::standard_scaler, ff::matrix<double>> &&
              !ff::transformer<ff::standard_scaler, ff::table>);
static_assert(recipe_value<ff::random_forest> && ff::classifier<ff::random_forest, numbers> &&
              ff::classifier<ff::random_forest, floats> && ff::classifier<ff::random_forest, ff::matrix<float>> &&
              !ff::classifier<ff::random_forest, ff::table> && !ff::transformer<ff::random_forest, numbers> &&
              !ff::fits_alone<ff::random_forest, numbers>);
static_assert(recipe_value<ff::kmeans> && ff::clusterer<ff::kmeans, numbers> && ff::clusterer<ff::kmeans, floats> &&
              !ff::classifier<ff::kmeans, numbers> && !ff::fits_labels<ff::kmeans, numbers>);

using side_by_side = decltype(ff::columns(ff::numeric{}, ff::one_hot{}, ff::ratio{}));
using scoring = decltype(std::declval<side_by_side>() | ff::random_forest{});
using segmenting = decltype(ff::numeric{} | ff::standard_scaler{} | ff::kmeans{});
static_assert(recipe_value<side_by_side> && ff::transformer<side_by_side, ff::table>);
static_assert(recipe_value<scoring> && ff::classifier<scoring, ff::table> && !ff::transformer<scoring, ff::table>);
static_assert(recipe_value<segmenting> && ff::clusterer<segmenting, ff::table> &&
              !ff::classifier<segmenting, ff::table>);

// What `fit` gives is a regular value with parts, and nothing about it can be set.
template <class Fitted>
concept fitted_value = std::copyable<Fitted> && std::equality_comparable<Fitted> && ff::has_parts<Fitted> && requires {
  { Fitted::kind } -> std::convertible_to<std::string_view>;
} && !std::is_aggregate_v<Fitted>;

static_assert(fitted_value<ff::fitted_type<ff::numeric, ff::table>>);
static_assert(fitted_value<ff::fitted_type<ff::one_hot, ff::table>>);
static_assert(fitted_value<ff::fitted_type<ff::ratio, ff::table>>);
static_assert(fitted_value<ff::fitted_type<ff::standard_scaler, numbers>> && fitted_value<ff::fitted_scaler<float>>);
static_assert(fitted_value<ff::fitted_type<ff::random_forest, numbers>> && fitted_value<ff::fitted_forest<float>>);
static_assert(fitted_value<ff::fitted_type<ff::kmeans, numbers>> && fitted_value<ff::fitted_kmeans<float>>);
static_assert(fitted_value<ff::fitted_type<side_by_side, ff::table>>);
static_assert(fitted_value<ff::fitted_type<scoring, ff::table>> &&
              fitted_value<ff::fitted_type<segmenting, ff::table>>);
static_assert(!std::default_initializable<ff::fitted_type<side_by_side, ff::table>>);
static_assert(!std::default_initializable<ff::fitted_type<scoring, ff::table>>,
              "there is no chain that was not fitted");

// `fit` deduces the scalar; the recipe does not know it.
static_assert(std::same_as<ff::fitted_type<ff::random_forest, numbers>, ff::fitted_forest<double>>);
static_assert(std::same_as<ff::fitted_type<ff::random_forest, ff::matrix<float>>, ff::fitted_forest<float>>);
static_assert(std::same_as<ff::transformed_type<ff::standard_scaler, floats>, floats>);
static_assert(std::same_as<ff::transformed_type<ff::numeric, ff::table>, numbers>);
static_assert(ff::feature_input<numbers> && ff::feature_input<ff::matrix<float>> && !ff::feature_input<ff::table> &&
              !ff::feature_input<ff::matrix<int>>);

// Values that cross floors can be copied, moved and compared.
static_assert(std::regular<ff::labels> && std::regular<ff::weights> && std::regular<ff::table> &&
              std::regular<ff::digest>);
static_assert(std::regular<ff::rate> && std::regular<ff::interval> && std::regular<ff::test_result> &&
              std::regular<ff::claim> && std::regular<ff::audited_claim> && std::regular<ff::tied_group> &&
              std::regular<ff::decile> && std::regular<ff::confusion> && std::regular<ff::importance> &&
              std::regular<ff::sample_summary> && std::regular<ff::pair_test> && std::regular<ff::isotonic_level> &&
              std::regular<ff::reliability_bin> && std::regular<ff::feature_info> && std::regular<ff::split>);
static_assert(std::copyable<ff::column> && !std::default_initializable<ff::column>, "a column has a name");
static_assert(std::copyable<ff::random_stream> && std::equality_comparable<ff::random_stream>);
static_assert(std::uniform_random_bit_generator<ff::random_stream>);
static_assert(ff::block_executor<ff::serial_executor> && ff::block_executor<ff::thread_pool>);
static_assert(std::derived_from<ff::error, std::runtime_error>);

// An executor of the user's own, e.g. around a service's pool.
struct counting_executor {
  int calls = 0;
  void for_each_block(ff::index n, ff::index grain, ff::block_function f) {
    ++calls;
    ff::serial_executor{}.for_each_block(n, grain, f);
  }
};

ff::table shop() {
  std::vector<double> pages, seconds;
  std::vector<std::string> device, bought;
  ff::random_stream stream(11);
  for (int row = 0; row < 120; ++row) {
    pages.push_back(static_cast<double>(1 + stream.below(20)));
    seconds.push_back(60 * stream.uniform());
    device.emplace_back(stream.below(2) == 0 ? "phone" : "desktop");
    bought.emplace_back(pages.back() + static_cast<double>(stream.below(10)) > 18 ? "yes" : "no");
  }
  return ff::table({ff::column::numeric("pages", pages, ff::stage::browse),
                    ff::column::numeric("seconds", seconds, ff::stage::browse),
                    ff::column::from_text("device", device, ff::stage::context),
                    ff::column::from_text("bought", bought, ff::stage::outcome)});
}

}  // namespace

TEST_CASE("the words of core") {
  const ff::matrix<double> values = ff::matrix<double>::Constant(3, 1, 2.0);
  const ff::matrix_view<double> view = values;
  const ff::features<double> x(values, {ff::feature_info{"pages", "pages", ff::stage::browse}});
  const ff::row_set rows{2, 0};
  const ff::index position = x.position("pages");
  CHECK(view(1, 0) == 2);
  CHECK(x.rows(rows).rows() == 2);
  CHECK(position == 0);

  const ff::labels bought(std::vector{true, false, true}, "bought");
  const ff::weights importance(std::vector{1.0, 0.5, 2.0});
  const ff::scores score{0.5, 0.25, 1};
  const ff::segment_ids segments{0, 1, 1};
  CHECK(bought.rows(rows).positives() == 2);
  CHECK(importance.rows(rows)[0] == 2);
  CHECK(score.size() == segments.size());

  ff::random_stream stream(7);
  ff::random_stream child = stream.child(3);
  CHECK(stream() != child());
  const ff::digest digest = ff::digest_of(x);
  CHECK(digest.hex().size() == 16);
  CHECK(ff::same_parts(x, x));
  CHECK(ff::later(ff::stage::browse, ff::stage::cart) == ff::stage::cart);
  CHECK(name_of(ff::stage::outcome) == "outcome");
  CHECK(std::string_view(ff::build_tag()).starts_with("v"));
  CHECK(FOOTFALL_VERSION_AT_LEAST(0, 1, 0));
}

TEST_CASE("errors say who, what and the value, and carry a code to branch on") {
  try {
    ff::require(false, ff::error_code::bad_option, "shop", "pages must be at least 1, got ", 0);
    FAIL_CHECK("nothing was thrown");
  } catch (const ff::error& e) {
    CHECK(e.code() == ff::error_code::bad_option);
    CHECK(std::string(e.what()) == "shop: pages must be at least 1, got 0");
  }
  CHECK_THROWS_AS(ff::fail(ff::error_code::limit, "shop", "too much"), ff::error);
}

TEST_CASE("how a long call runs") {
  const auto sessions = shop();
  const auto bought = ff::label(sessions, "bought", "yes");
  const auto x = ff::numeric{{"pages", "seconds"}}.fit(sessions).transform(sessions);
  const ff::random_forest recipe{.trees = 5};
  const auto expected = recipe.fit(x, bought);

  ff::thread_pool pool(2);
  ff::serial_executor serial;
  counting_executor own;
  ff::index heard = 0;
  const ff::progress observer = [&](std::string_view stage, ff::index done, ff::index total) {
    heard = stage == "random_forest" && total == 5 ? done : -1;
    return true;
  };
  const ff::run_options run{.threads = 2, .progress = observer};
  CHECK(recipe.fit(x, bought, {}, run) == expected);
  CHECK(heard == 5);
  CHECK(recipe.fit(x, bought, {}, {.executor = pool}) == expected);
  CHECK(recipe.fit(x, bought, {}, {.executor = serial}) == expected);
  CHECK(recipe.fit(x, bought, {}, {.executor = own}) == expected);
  CHECK(own.calls > 0);
  const ff::executor none;
  CHECK_FALSE(static_cast<bool>(none));
}

TEST_CASE("from text to a lift table") {
  const auto sessions = shop();
  const auto bought = ff::label(sessions, "bought", "yes");
  const auto [train, test] = ff::stratified_split(bought, {.test_share = 0.25, .seed = 7});
  const auto recipe =
      ff::columns(ff::numeric{{"pages"}}, ff::one_hot{{"device"}}, ff::ratio{.of = "seconds", .to = "pages"}) |
      ff::random_forest{.trees = 50, .min_leaf = 3, .seed = 7};
  const auto model = recipe.fit(sessions.rows(train), bought.rows(train));
  const ff::scores score = model.score(sessions.rows(test));
  const ff::labels truth = bought.rows(test);

  const ff::roc_auc_result auc = ff::roc_auc(score, truth);
  const ff::average_precision_result precision = ff::average_precision(score, truth);
  const std::vector<ff::decile> table = ff::decile_table(score, truth, {.parts = 5});
  const ff::confusion counts = ff::confusion_at(score, truth, 0.5);
  const std::vector<ff::importance> importances = ff::by_source(model.last().importances());
  CHECK(auc.value > 0.7);
  CHECK(precision.value > precision.base);
  CHECK(table.front().lift > 1);
  CHECK(counts.accuracy().value > 0.5);
  CHECK(importances.front().source == "pages");
  CHECK(model.score(sessions.rows(test)) == score);

  const auto folds = ff::stratified_folds(bought, {.folds = 4, .seed = 7});
  CHECK(ff::roc_auc(ff::cross_validate(recipe, sessions, bought, folds), bought).value > 0.7);
}

TEST_CASE("from text to segments") {
  const auto sessions = ff::parse_csv("pages,device\n1,phone\n2,phone\n41,desktop\n40,desktop\n39,phone\n");
  const auto recipe =
      ff::numeric{{"pages"}} | ff::standard_scaler{} | ff::kmeans{.clusters = 2, .restarts = 3, .seed = 1};
  const ff::segment_ids segment = recipe.fit(sessions).assign(sessions);
  CHECK(segment == ff::segment_ids{1, 1, 0, 0, 0});
  const ff::silhouette_result apart = ff::silhouette(ff::numeric{{"pages"}}.fit(sessions).transform(sessions), segment);
  CHECK(apart.mean > 0.9);
  CHECK(ff::first_occurrences(sessions).size() == 5);
}

TEST_CASE("rates, tests, claims and verdicts") {
  const ff::rate phone = ff::rate_of(30, 400);
  const ff::rate desktop = ff::rate_of(60, 400);
  const ff::interval range = phone.wilson;
  CHECK(range.contains(phone.value));
  const ff::test_result test = ff::two_proportions(phone, desktop);
  CHECK(test.p_value < 0.01);
  ff::matrix<double> counts(2, 2);
  counts << 30, 370, 60, 340;
  CHECK(ff::chi_square(counts).statistic == doctest::Approx(test.statistic * test.statistic));

  const ff::claim published{.name = "conversion on phones", .published = 0.09, .decimals = 2};
  const ff::audited_claim audited = ff::audit(published, phone.value, phone.wilson);
  CHECK(audited.verdict == ff::verdict::within_noise);
  CHECK(name_of(audited.verdict) == "within_noise");
  CHECK(audited.claim == published);
}

TEST_CASE("a fitted value is a value: copied, compared, told apart, made again from its parts") {
  const auto sessions = shop();
  const auto recipe =
      ff::columns(ff::numeric{{"pages", "seconds"}}, ff::one_hot{{"device"}}) | ff::random_forest{.trees = 3};
  auto model = recipe.fit(sessions, ff::label(sessions, "bought", "yes"));
  using fitted = decltype(model);
  const auto copy = model;
  CHECK(copy == model);
  CHECK(ff::digest_of(copy) == ff::digest_of(model));
  const auto again =
      std::apply([](const auto&... part) { return fitted::from_parts(part...); }, ff::parts_of<fitted>(model.parts()));
  CHECK(again == model);

  const auto other =
      (ff::columns(ff::numeric{{"pages", "seconds"}}, ff::one_hot{{"device"}}) | ff::random_forest{.trees = 4})
          .fit(sessions, ff::label(sessions, "bought", "yes"));
  CHECK_FALSE(other == copy);
  CHECK(ff::digest_of(other) != ff::digest_of(copy));
  model = other;  // copied over: nothing of the old one is left
  CHECK(model == other);
  CHECK(copy == again);
}
