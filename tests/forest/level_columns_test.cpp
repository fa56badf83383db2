// SPDX-License-Identifier: MIT
// Columns of categories: the order of levels by hand, the split of the root against every subset of levels, and everything that
// rests on codes against a walk that is written out here.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/measures.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/forest/explain.hpp>
#include <footfall/forest/level_columns.hpp>
#include <footfall/forest/partial_dependence.hpp>
#include <footfall/forest/permutation_importance.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/store/archive.hpp>

#include <tests/forest/made_sessions.hpp>
#include <tests/forest/shapley_brute_force.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using forest_of_double = ff::fitted_forest<double>;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<std::string> names_of(std::size_t levels) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < levels; ++i) names.push_back(ff::text("level ", i));
  return names;
}

ff::feature_info channel(std::size_t levels) { return {"channel", "channel", ff::stage::context, names_of(levels)}; }

/// A column of numbers, one of `levels` categories, in which every 11th session is missing, and one of noise. The label leans on the
/// number and on every third level.
struct made_levels {
  ff::features<double> x;
  std::vector<int> bought;
  ff::labels y() const { return ff::labels(bought); }
};
made_levels made_channels(ff::index rows, std::size_t levels, std::uint64_t seed) {
  ff::random_stream stream(seed);
  ff::matrix<double> values(rows, 3);
  std::vector<int> bought;
  for (ff::index row = 0; row < rows; ++row) {
    const std::uint64_t level = stream.below(levels);
    const std::uint64_t pages = stream.below(50);
    values(row, 0) = static_cast<double>(pages);
    values(row, 1) = row % 11 == 5 ? missing : static_cast<double>(level);
    values(row, 2) = static_cast<double>(stream.below(1000));
    bought.push_back(stream.below(100) < pages + (level % 3 == 1 ? 40 : 0) ? 1 : 0);
  }
  return {{values, {{"pages", "pages", ff::stage::browse}, channel(levels), {"noise", "noise", ff::stage::browse}}},
          bought};
}

/// The score of one session, walked node by node: the rank of its level looked up where a tree asks for it.
double walked(const forest_of_double& forest, const std::vector<double>& session) {
  std::uint64_t sum = 0;
  for (ff::index t = 0; t < forest.trees(); ++t) {
    const auto tree = forest.tree(t);
    std::uint32_t node = 0;
    while (!tree[node].leaf) {
      const std::size_t column = tree[node].feature;
      int code = forest.bins().code(tree[node].feature, session[column]);
      for (const auto& place : forest.levels().places()) {
        if (place.column == column && code != 255) code = forest.ranks(t)[place.begin + static_cast<std::size_t>(code)];
      }
      const bool left = code == 255 ? tree[node].missing_left : code <= tree[node].bin;
      node = tree[node].next + (left ? 0 : 1);
    }
    sum += tree[node].next;
  }
  return ff::mean_share(sum, forest.trees());
}

std::vector<double> session_of(const ff::features<double>& x, ff::index row) {
  std::vector<double> session;
  for (ff::index column = 0; column < x.cols(); ++column) session.push_back(x.values()(row, column));
  return session;
}

/// What the best way to part the levels, missing values being one more, gains: every subset is tried.
double best_subset(const std::vector<ff::detail::class_counts>& levels) {
  ff::detail::class_counts all;
  for (const auto& each : levels) all = all + each;
  double best = -1;
  for (std::uint32_t subset = 1; subset + 1 < std::uint32_t{1} << levels.size(); ++subset) {
    ff::detail::class_counts left;
    for (std::size_t level = 0; level < levels.size(); ++level) {
      if ((subset >> level & 1) != 0) left = left + levels[level];
    }
    if (left.all() > 0 && left.all() < all.all()) best = std::max(best, all.gain(left));
  }
  return best;
}

}  // namespace

TEST_CASE("levels are ordered by their positive rate, equal ones by their place, and those without rows have no rank") {
  const std::vector<std::int16_t> counts{-1, 6, 2};
  const ff::level_columns levels{std::optional(counts)};
  REQUIRE(levels.places().size() == 2);
  CHECK(levels.bytes() == 8);
  CHECK(levels.places()[1].column == 2);
  CHECK(levels.places()[1].begin == 6);

  // Level 0: 1 of 2, level 1: 2 of 2, level 2: 2 of 4, level 3: 0 of 1, level 5: 3 of 7; level 4 never. The rates of 0 and 2
  // are equal. One row is missing, and is in nobody's rate.
  const ff::detail::row_layout layout(3);
  std::vector<std::uint8_t> rows;
  const auto add = [&](std::uint8_t level, std::uint8_t other, std::uint32_t count, bool positive) {
    rows.resize(rows.size() + layout.stride);
    std::uint8_t* const row = rows.data() + rows.size() - layout.stride;
    row[0] = 77;
    row[1] = level;
    row[2] = other;
    layout.set_counts(row, ff::detail::class_counts::of(count, positive));
  };
  add(0, 1, 1, true), add(0, 1, 1, false), add(1, 1, 2, true), add(2, 1, 2, true), add(2, 1, 2, false);
  add(3, 1, 1, false), add(5, 0, 3, true), add(5, 0, 4, false), add(255, 255, 9, true);
  const auto ranks = levels.ranks_of(rows.data(), rows.size() / layout.stride, layout);
  constexpr std::uint8_t none = ff::level_columns::no_rank;
  CHECK(ranks == std::vector<std::uint8_t>{2, 4, 3, 0, none, 1, 0, 1});
  CHECK(levels.are_ranks(ranks));
  CHECK_FALSE(levels.are_ranks(std::vector<std::uint8_t>{2, 4, 3, 0, none, 2, 0, 1}));  // one twice
  CHECK_FALSE(levels.are_ranks(std::vector<std::uint8_t>{2, 5, 3, 0, none, 1, 0, 1}));  // 4 is left out
  CHECK_FALSE(levels.are_ranks(std::vector<std::uint8_t>{2, 4, 3, 0, none, 1, 0, 254}));

  std::array<std::uint8_t, 6> session{9, 4, 1, 10, 5, 2};
  levels.rank_one(ranks, 3, session.data());
  CHECK(session == std::array<std::uint8_t, 6>{9, none, 1, 10, 0, 2});
  session = {9, 5, 255, 10, 6, 0};
  levels.rank_one(ranks, 3, session.data());
  CHECK(session == std::array<std::uint8_t, 6>{9, 1, none, 10, 2, 0});
  CHECK(ff::level_columns(std::nullopt).empty());
}

TEST_CASE("huge counts are compared without overflow") {
  // Rates of 2^31 / (2^32 - 2) and (2^31 - 1) / (2^32 - 3): they differ in the tenth digit.
  const ff::detail::row_layout layout(1);
  std::vector<std::uint8_t> rows(2 * layout.stride);
  rows[0] = 0;
  rows[layout.stride] = 1;
  layout.set_counts(rows.data(), {std::uint64_t{0xFFFFFFFE} << 32 | 0x80000000});
  layout.set_counts(rows.data() + layout.stride, {std::uint64_t{0xFFFFFFFD} << 32 | 0x7FFFFFFF});
  const std::vector<std::int16_t> counts{2};
  const ff::level_columns levels{std::optional(counts)};
  CHECK(levels.ranks_of(rows.data(), 2, layout) == std::vector<std::uint8_t>{1, 0});
}

TEST_CASE("the split of the root gains what the best of all subsets of levels gains") {
  ff::random_stream stream(3);
  int parted = 0;
  for (int trial = 0; trial < 60; ++trial) {
    CAPTURE(trial);
    const std::size_t levels = 2 + stream.below(6);
    const auto rows =
        static_cast<ff::index>(trial % 2 == 0 ? 12 + stream.below(20) : 300);  // compared, and in a histogram
    const bool holes = trial % 3 == 0;
    ff::matrix<double> x(rows, 1);
    std::vector<int> bought;
    std::vector<double> weights;
    std::vector<ff::detail::class_counts> counts(levels + (holes ? 1 : 0));
    for (ff::index row = 0; row < rows; ++row) {
      const auto level = stream.below(counts.size());
      x(row, 0) = level == levels ? missing : static_cast<double>(level);
      bought.push_back(row < 2 ? static_cast<int>(row) : stream.below(10) < 2 + (level * 7) % 5 ? 1 : 0);
      weights.push_back(static_cast<double>(1 + stream.below(3)));
      counts[level] =
          counts[level] + ff::detail::class_counts::of(static_cast<std::uint32_t>(weights.back()), bought.back() == 1);
    }
    const ff::features<double> named(x, {channel(levels)});
    const auto forest = ff::random_forest{.trees = 1, .max_depth = 1, .bootstrap = false}.fit(named, ff::labels(bought),
                                                                                              ff::weights(weights));
    const double best = best_subset(counts);
    const auto root = forest.tree(0)[0];
    if (root.leaf) {
      CHECK(best <= 0);
      continue;
    }
    ++parted;
    ff::detail::class_counts all, left;
    for (std::size_t level = 0; level < counts.size(); ++level) {
      all = all + counts[level];
      const int rank = level == levels ? 255 : forest.ranks(0)[level];
      if (rank == 255 ? root.missing_left : rank <= root.bin) left = left + counts[level];
    }
    CHECK(all.gain(left) == best);
  }
  CHECK(parted > 50);
}

TEST_CASE("one session, few, a batch and threads score alike, and as a walk node by node") {
  const auto shop = made_channels(700, 40, 5);
  for (const auto& recipe :
       {ff::random_forest{.trees = 30, .seed = 2}, ff::random_forest{.trees = 600, .max_depth = 3}}) {
    const auto forest = recipe.fit(shop.x, shop.y(), {}, {.threads = 1});
    REQUIRE(forest.levels().bytes() == 40);
    const auto scores = forest.score(shop.x);
    CHECK(forest.score(shop.x, {.threads = 3}) == scores);
    bool alike = true;
    for (ff::index row = 0; row < 700; ++row) {
      const auto session = session_of(shop.x, row);
      const double own = scores[static_cast<std::size_t>(row)];
      alike = alike && forest.score_one(session) == own;
      if (row < 100) alike = alike && walked(forest, session) == own;
    }
    CHECK(alike);
    CHECK(forest.score(shop.x.rows({5, 6, 7})) == ff::scores(scores.begin() + 5, scores.begin() + 8));
    CHECK(recipe.fit(shop.x, shop.y(), {}, {.threads = 3}) == forest);
    CHECK(ff::digest_of(recipe.fit(shop.x, shop.y(), {}, {.threads = 2})) == ff::digest_of(forest));
    // The same in SSE2, AVX2 and AVX-512 builds, and with every compiler.
    CHECK(ff::digest_of(forest).hex() == (recipe.max_depth == 0 ? "58ff72fe768e0a46" : "86d17cba9a8e707f"));
  }
}

TEST_CASE("a level that was not there when fitted scores as a missing value") {
  const auto shop = made_channels(300, 6, 6);
  const auto forest = ff::random_forest{.trees = 20, .seed = 2}.fit(shop.x, shop.y());
  CHECK(forest.score_one(std::vector<double>{7, 6, 3}) == forest.score_one(std::vector<double>{7, missing, 3}));
  CHECK(forest.score_one(std::vector<double>{7, 1e300, 3}) == forest.score_one(std::vector<double>{7, missing, 3}));
  // A column that never splits, levels that no session has, and none at all.
  auto x = shop.x.values();
  x.col(1).setConstant(missing);
  for (const std::size_t levels : {std::size_t{0}, std::size_t{4}, std::size_t{255}}) {
    const ff::features<double> none(x, {shop.x.columns()[0], channel(levels), shop.x.columns()[2]});
    const auto without = ff::random_forest{.trees = 5}.fit(none, shop.y());
    CHECK(without.score_one(std::vector<double>{7, 0, 3}) == without.score_one(std::vector<double>{7, missing, 3}));
  }
}

TEST_CASE("with many columns") {
  ff::random_stream stream(8);
  ff::matrix<double> values(60, 600);
  std::vector<ff::feature_info> columns;
  for (ff::index i = 0; i < values.size(); ++i) values.data()[i] = static_cast<double>(stream.below(9));
  for (ff::index column = 0; column < 600; ++column) {
    columns.push_back({ff::text("c", column), "", {}, column % 2 == 0 ? std::optional(names_of(9)) : std::nullopt});
  }
  std::vector<int> bought;
  for (int row = 0; row < 60; ++row) bought.push_back(row % 3 == 0 ? 1 : 0);
  const ff::features<double> x(values, columns);
  const auto forest = ff::random_forest{.trees = 130, .features_per_split = 3}.fit(x, ff::labels(bought));
  const auto scores = forest.score(x);
  bool alike = true;
  for (ff::index row = 0; row < 60; ++row) {
    alike = alike && forest.score_one(session_of(x, row)) == scores[static_cast<std::size_t>(row)];
    alike = alike && walked(forest, session_of(x, row)) == scores[static_cast<std::size_t>(row)];
  }
  CHECK(alike);
}

// An order of levels that had seen all labels would lend them to the trees that must not know them: with one order for the
// whole forest these sessions have an out-of-bag AUC of 0.54.
TEST_CASE("labels that have nothing to do with 100 levels stay unknown out of bag") {
  ff::random_stream stream(12);
  ff::matrix<double> values(4000, 4);
  std::vector<int> bought;
  for (ff::index row = 0; row < 4000; ++row) {
    for (ff::index column = 0; column < 4; ++column) values(row, column) = static_cast<double>(stream.below(100));
    bought.push_back(stream.below(100) < 30 ? 1 : 0);
  }
  const ff::features<double> x(values, {channel(100), {"a", "a", {}}, {"b", "b", {}}, {"c", "c", {}}});
  const auto forest = ff::random_forest{.trees = 60, .min_leaf = 20}.fit(x, ff::labels(bought));
  CHECK(std::fabs(ff::roc_auc(forest.out_of_bag(), ff::labels(bought)).value - 0.5) < 0.02);
}

TEST_CASE("more trees grow onto a forest with categories") {
  const auto shop = made_channels(200, 12, 9);
  ff::random_forest recipe{.trees = 4, .min_leaf = 2, .seed = 8, .class_weights = {.positive = 2}};
  const auto small = recipe.fit(shop.x, shop.y());
  recipe.trees = 9;
  const auto large = recipe.fit(shop.x, shop.y());
  CHECK(recipe.grow_more(small, shop.x, shop.y()) == large);
  CHECK(recipe.grow_more(small, shop.x.values(), shop.y()) == large);

  // Levels 2 and 3 exchange their ranks in the first tree.
  auto parts = ff::parts_of<forest_of_double>(small.parts());
  std::swap((*std::get<7>(parts))[2], (*std::get<7>(parts))[3]);
  const auto changed = std::apply([](const auto&... part) { return forest_of_double::from_parts(part...); }, parts);
  CHECK(thrown_by([&] { return recipe.grow_more(changed, shop.x, shop.y()); }) ==
        "bad_value: random_forest: sessions, labels, weights and recipe must be those that the forest was grown with; "
        "their "
        "first tree is another one");
}

TEST_CASE("the importance of a permuted column of categories") {
  const auto shop = made_channels(400, 12, 10);
  const ff::random_forest recipe{.trees = 25, .min_leaf = 3, .seed = 4};
  const auto forest = recipe.fit(shop.x, shop.y());
  // It works every leaf and out-of-bag score out again and refuses any that differ.
  const auto result =
      ff::permutation_importance{.repeats = 2}.of(recipe, forest, shop.x, shop.y(), ff::measure::roc_auc{});
  CHECK(result.measured == ff::roc_auc(forest.out_of_bag(), shop.y()).value);
  for (const auto& column : result.columns) {
    CAPTURE(column.name);
    CHECK((column.mean > 0.02) == (column.name != "noise"));
  }

  // Two sessions change places: by walking node by node.
  const ff::forest_words words(forest);
  ff::detail::code_groups codes(400, 3);
  codes.encode(forest.bins(), ff::view_of(shop.x), 0, forest.columns(), "test");
  ff::workers team({});
  const auto unseen = ff::left_out_of(recipe, forest, words, codes, shop.y(), {}, "test", team);
  std::vector<std::uint32_t> donors;
  for (std::uint32_t row = 0; row < 400; ++row) donors.push_back((row + 1) % 400);
  const std::vector<ff::permuted_source> sources{{{1}, donors}};
  const auto changes = ff::permuted_walks(words, codes, unseen, 400, 3).changes(sources, team);
  bool alike = true;
  for (ff::index row = 0; row < 400; ++row) {
    auto session = session_of(shop.x, row);
    auto donated = session;
    donated[1] = shop.x.values()((row + 1) % 400, 1);
    std::uint64_t change = 0;
    for (ff::index t = 0; t < forest.trees(); ++t) {
      if (!unseen(row, t)) continue;
      const auto leaf = [&](const std::vector<double>& of) {
        std::vector<std::uint8_t> own;
        for (ff::index column = 0; column < 3; ++column)
          own.push_back(forest.bins().code(column, of[static_cast<std::size_t>(column)]));
        forest.levels().rank_session(forest.ranks(t), own.data());
        return std::uint64_t{ff::leaf_value(forest.tree(t).data(), own.data())};
      };
      change += leaf(donated) - leaf(session);
    }
    alike = alike && change == changes[0][static_cast<std::size_t>(row)];
  }
  CHECK(alike);
}

TEST_CASE("reasons by their definition, additive, and with the name of the level") {
  const auto shop = made_channels(150, 7, 11);
  const auto forest = ff::random_forest{.trees = 6, .max_depth = 5, .seed = 3}.fit(shop.x, shop.y());
  const auto explainer = ff::explainer_for(forest, shop.x);
  const auto explained = explainer.explain(shop.x);
  const auto codes = forest.bins().codes(shop.x.values(), 0, 150, forest.columns(), "test");
  std::vector<ff::bin_codes> ranked(6, codes);
  std::vector<brute_force_tree> trees;
  for (ff::index t = 0; t < 6; ++t) {
    auto& own = ranked[static_cast<std::size_t>(t)];
    for (std::size_t row = 0; row < 150; ++row) forest.levels().rank_session(forest.ranks(t), &own.values[3 * row]);
    trees.emplace_back(forest.tree(t), own, ff::weights());
  }
  double worst = 0;
  for (ff::index row = 0; row < 150; row += 7) {
    std::vector<double> worth(8, 0.0);
    for (std::size_t t = 0; t < 6; ++t) {
      for (std::uint32_t known = 0; known < 8; ++known) worth[known] += trees[t].value(ranked[t].row(row), known) / 6;
    }
    const auto expected = shapley_by_definition(worth, 3);
    for (ff::index column = 0; column < 3; ++column) {
      worst = std::max(worst, std::fabs(explained.values(row, column) - expected[static_cast<std::size_t>(column)]));
    }
    const auto one = explainer.explain_one(session_of(shop.x, row));
    CHECK(std::fabs(one.score() - walked(forest, session_of(shop.x, row))) < 1e-12);
    const double level = shop.x.values()(row, 1);
    CHECK(one.reasons[1].level == (std::isnan(level) ? "" : ff::text("level ", level)));
    CHECK(one.reasons[0].level == "");
    CHECK(one.reasons[1].contribution == explained.values(row, 1));
  }
  CHECK(worst < 1e-12);
  CHECK(explainer.explain_one(std::vector<double>{1, 7, 1}).reasons[1].level == "");
}

TEST_CASE("partial dependence has a step a level, and holds the ranks of the others") {
  const auto shop = made_channels(130, 7, 13);
  const auto forest = ff::random_forest{.trees = 9, .seed = 3}.fit(shop.x, shop.y());
  for (const std::string column : {"channel", "pages"}) {
    const auto result = ff::partial_dependence{.column = column, .curves = true}.of(forest, shop.x);
    const std::size_t position = column == "channel" ? 1 : 0;
    if (position == 1) REQUIRE(result.steps.size() == 7);
    double shares = result.missing.share;
    for (const auto& step : result.steps) shares += step.share;
    CHECK(shares == doctest::Approx(1).epsilon(1e-12));
    for (const double value : {0.0, 1.0, 4.0, 6.0, missing, 7.0}) {
      CAPTURE(value);
      double mean = 0;
      for (ff::index row = 0; row < 130; ++row) {
        auto session = session_of(shop.x, row);
        session[position] = value;
        mean += walked(forest, session) / 130;
      }
      CHECK(std::fabs(result.at(value) - mean) < 1e-12);
    }
    if (position == 0) continue;
    CHECK((*result.column.levels)[4] == "level 4");
    CHECK((result.steps[4].above == 4 && result.steps[4].up_to == 4));
    CHECK(result.missing.share == doctest::Approx(12.0 / 130));
    auto session = session_of(shop.x, 77);
    session[1] = 3;
    CHECK(result.curves(77, 3) == walked(forest, session));
  }
}

TEST_CASE("a budget of bytes counts the ranks") {
  const auto shop = made_channels(900, 200, 14);
  ff::random_forest recipe{.trees = 20, .seed = 3};
  const auto whole = recipe.fit(shop.x, shop.y());
  recipe.max_bytes = whole.bytes() / 2;
  const auto half = recipe.fit(shop.x, shop.y());
  CHECK(half.bytes() <= recipe.max_bytes);
  CHECK(half.bytes() > recipe.max_bytes * 9 / 10);
  CHECK(half.nodes() < whole.nodes());
}

TEST_CASE("what is no level is refused, when fitted and later") {
  const auto shop = made_channels(40, 5, 15);
  const ff::random_forest recipe{.trees = 2};
  const auto forest = recipe.fit(shop.x, shop.y());
  const auto with = [&](double value) {
    auto x = shop.x.values();
    x(3, 1) = value;
    return ff::features<double>(x, shop.x.columns());
  };
  const auto fitted = [&](double value) { return thrown_by([&] { return recipe.fit(with(value), shop.y()); }); };
  const std::string fit = "random_forest: column 'channel' has the levels 0 to 5 - 1, got ";
  CHECK(fitted(1.5) == "bad_value: " + fit + "1.5 in row 3");
  CHECK(fitted(-1) == "bad_value: " + fit + "-1 in row 3");
  CHECK(fitted(5) == "bad_value: " + fit + "5 in row 3");
  CHECK(fitted(std::numeric_limits<double>::infinity()) ==
        "not_finite: random_forest: column 'channel' is infinite in row 3");
  for (const double value : {1.5, -1.0, -0.25}) {
    const std::string expected =
        ff::text("bad_value: random_forest: column 'channel' holds levels 0, 1, 2, ... or missing ones, got ", value);
    CHECK(thrown_by([&] { return forest.score(with(value)); }) == expected + " in row 3");
    CHECK(thrown_by([&] { return forest.score(with(value).rows({0, 3})); }) == expected + " in row 1");
    CHECK(thrown_by([&] { return forest.score_one(std::vector<double>{1, value, 1}); }) == expected);
  }
  CHECK(code_thrown_by([&] { return forest.score(with(-std::numeric_limits<double>::infinity())); }) == "not_finite");
  CHECK(fitted(-0.0) == "");
  CHECK(thrown_by([&] { return forest.score(with(-0.0)); }) == "");

  auto columns = shop.x.columns();
  columns[1] = channel(256);
  CHECK(thrown_by([&] { return recipe.fit(ff::features<double>(shop.x.values(), columns), shop.y()); }) ==
        "limit: random_forest: column 'channel' has 256 levels, at most 255 can be split");
  columns[1] = channel(6);
  CHECK(thrown_by([&] { return forest.score(ff::features<double>(shop.x.values(), columns)); }) ==
        "wrong_kind: random_forest: column 'channel' had other levels when fitted");
  columns[1].levels.reset();
  CHECK(code_thrown_by([&] { return forest.score(ff::features<double>(shop.x.values(), columns)); }) == "wrong_kind");
}

TEST_CASE("parts and files hold the levels and their order, and only good ones make a forest") {
  const auto shop = made_channels(60, 5, 16);
  const auto forest = ff::random_forest{.trees = 3, .max_depth = 3, .seed = 9}.fit(shop.x, shop.y());
  const auto bytes = ff::store::to_bytes(forest);
  CHECK(bytes[8] == std::byte{2});  // the format
  const auto again = ff::store::from_bytes<forest_of_double>(bytes);
  CHECK(again == forest);
  CHECK(ff::digest_of(again) == ff::digest_of(forest));
  CHECK(again.score(shop.x) == forest.score(shop.x));
  CHECK(ff::store::summary_of_bytes(bytes).columns == shop.x.columns());
  CHECK(ff::store::to_bytes(ff::random_forest{.trees = 1}.fit(shop.x.values(), shop.y()))[8] == std::byte{1});

  // A turned bit with right checksums makes an error or a forest that scores.
  const auto small = ff::random_forest{.trees = 2, .max_depth = 2, .out_of_bag = false}.fit(shop.x, shop.y());
  auto spoiled = ff::store::to_bytes(small);
  std::size_t valid = 0, wrong = 0;
  for (std::size_t at = ff::store::file_header::size; at < spoiled.size(); ++at) {
    for (int bit = 0; bit < 8; bit += 3) {
      spoiled[at] ^= std::byte{1} << bit;
      ff::store::seal(spoiled);
      try {
        const double score = ff::store::from_bytes<forest_of_double>(spoiled).score_one(std::vector<double>{7, 3, 500});
        wrong += score >= 0 && score <= 1 ? 0 : 1;
        ++valid;
      } catch (const ff::error&) {
      }
      spoiled[at] ^= std::byte{1} << bit;
    }
  }
  CHECK(wrong == 0);
  CHECK(valid > 0);

  using parts = ff::parts_of<forest_of_double>;
  const parts good(forest.parts());
  const auto refused = [&](const std::function<void(parts&)>& spoil) {
    parts bad = good;
    spoil(bad);
    return code_thrown_by(
        [&] { return std::apply([](const auto&... part) { return forest_of_double::from_parts(part...); }, bad); });
  };
  const auto bins = [](std::vector<std::vector<double>> edges, std::optional<std::vector<std::int16_t>> levels) {
    return code_thrown_by([&] { return ff::fitted_bins<double>::from_parts(edges, levels); });
  };
  enum { columns, of_bins, nodes, starts, shares, sums, counts, ranks };
  CHECK(refused([](parts&) {}) == "");
  CHECK(refused([](parts& p) { std::get<ranks>(p).reset(); }) == "bad_parts");
  CHECK(refused([](parts& p) { std::get<ranks>(p)->pop_back(); }) == "bad_parts");
  CHECK(refused([](parts& p) { std::get<ranks>(p)->push_back(0); }) == "bad_parts");
  CHECK(refused([](parts& p) { (*std::get<ranks>(p))[0] = (*std::get<ranks>(p))[1]; }) == "bad_parts");
  CHECK(refused([](parts& p) { std::get<columns>(p)[1].levels->pop_back(); }) == "bad_parts");
  CHECK(refused([](parts& p) { std::get<columns>(p)[1].levels.reset(); }) == "bad_parts");
  CHECK(refused([](parts& p) { std::get<columns>(p)[0].levels = names_of(5); }) == "bad_parts");
  CHECK(bins({{1.0}, {}}, std::vector<std::int16_t>{-1, 255}) == "");
  CHECK(bins({{1.0}, {}}, std::vector<std::int16_t>{-1, 256}) == "bad_parts");
  CHECK(bins({{1.0}, {}}, std::vector<std::int16_t>{-2, 3}) == "bad_parts");
  CHECK(bins({{1.0}, {}}, std::vector<std::int16_t>{3, -1}) == "bad_parts");  // edges and levels
  CHECK(bins({{1.0}, {}}, std::vector<std::int16_t>{-1}) == "bad_parts");
  CHECK(bins({{1.0}, {}}, std::vector<std::int16_t>{-1, 3, 3}) == "bad_parts");
  CHECK(bins({{1.0}, {}}, std::vector<std::int16_t>{-1, -1}) == "bad_parts");  // none: then they are left out
}
