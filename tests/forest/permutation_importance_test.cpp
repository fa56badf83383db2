// SPDX-License-Identifier: MIT
// Permutation importance against its definition, on null data, on known truth, and that it takes no other sessions.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/evaluate/measures.hpp>
#include <footfall/forest/permutation_importance.hpp>

#include <tests/forest/made_sessions.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

const ff::measure::roc_auc auc;

std::map<std::string, ff::permuted_column> by_name(const ff::permutation_result& result) {
  std::map<std::string, ff::permuted_column> columns;
  for (const auto& each : result.columns) columns[each.name] = each;
  return columns;
}

/// For each tree the sessions that it did not see: the difference of forests that differ by that tree.
std::vector<std::vector<bool>> unseen_by_difference(const ff::random_forest& recipe, const made_sessions& shop) {
  std::vector<std::vector<bool>> result;
  std::vector<std::uint32_t> before(static_cast<std::size_t>(shop.x.rows()), 0);
  for (int trees = 1; trees <= recipe.trees; ++trees) {
    auto fewer = recipe;
    fewer.trees = trees;
    const auto counts = std::get<6>(fewer.fit(shop.x, shop.y(), {}, {.threads = 1}).parts());
    result.emplace_back();
    for (std::size_t row = 0; row < counts.size(); ++row) result.back().push_back(counts[row] != before[row]);
    before = counts;
  }
  return result;
}

}  // namespace

TEST_CASE("a drop is the measure now less the measure with the column permuted") {
  const auto shop = made_shop(120, 1);
  const auto x = named(shop.x);  // two columns from each source
  const ff::random_forest recipe{.trees = 9, .min_leaf = 2, .seed = 8};
  const auto forest = recipe.fit(x, shop.y());
  const auto unseen = unseen_by_difference(recipe, shop);
  const auto codes = forest.bins().codes(shop.x, 0, 120, forest.columns(), "test");

  const ff::permutation_importance importance{.repeats = 3, .seed = 21};
  const auto result = importance.of(recipe, forest, x, shop.y(), auc);
  const auto columns = by_name(result);
  REQUIRE(columns.size() == 3);

  // The definition: session i with the columns of session order[i], scored by the trees that did not see i.
  std::vector<std::uint32_t> known;
  for (std::uint32_t row = 0; row < 120; ++row) {
    if (std::any_of(unseen.begin(), unseen.end(), [&](const auto& tree) { return tree[row]; })) known.push_back(row);
  }
  CHECK(result.sessions == static_cast<ff::index>(known.size()));
  CHECK(known.size() < 120);  // otherwise the case that no tree left a session out is not met
  const ff::labels y = shop.y().rows({known.begin(), known.end()});
  for (std::uint64_t group = 0; group < 3; ++group) {
    for (std::uint64_t repeat = 0; repeat < 3; ++repeat) {
      auto order = known;
      ff::random_stream stream = ff::random_stream(21).child(group).child(repeat);
      stream.shuffle(std::span(order));
      ff::scores changed, as_is;
      for (std::size_t i = 0; i < known.size(); ++i) {
        std::vector<std::uint8_t> session(codes.row(known[i]), codes.row(known[i]) + 6);
        auto mixed = session;
        mixed[2 * group] = codes.row(order[i])[2 * group];
        mixed[2 * group + 1] = codes.row(order[i])[2 * group + 1];
        double sum = 0, plain = 0, trees = 0;
        for (ff::index t = 0; t < 9; ++t) {
          if (!unseen[static_cast<std::size_t>(t)][known[i]]) continue;
          sum += ff::leaf_value(forest.tree(t).data(), mixed.data());
          plain += ff::leaf_value(forest.tree(t).data(), session.data());
          trees += 0x1p31;
        }
        changed.push_back(sum / trees);
        as_is.push_back(plain / trees);
      }
      CHECK(result.measured == auc(as_is, y));
      CHECK(columns.at(ff::text("source", group)).drops[repeat] == auc(as_is, y) - auc(changed, y));
    }
  }
  for (const auto& each : result.columns) {
    const double mean = (each.drops[0] + each.drops[1] + each.drops[2]) / 3;
    double squares = 0;
    for (const double drop : each.drops) squares += (drop - mean) * (drop - mean);
    CHECK(each.mean == doctest::Approx(mean).epsilon(1e-12));
    CHECK(each.deviation == doctest::Approx(std::sqrt(squares / 2)).epsilon(1e-9));
    CHECK(each.name == each.source);
  }
  CHECK(result.columns[0].mean >= result.columns[1].mean);
  CHECK(result.columns[1].mean >= result.columns[2].mean);
}

TEST_CASE("the same for any number of threads, another for another seed") {
  const auto shop = made_shop(300, 2);
  const ff::random_forest recipe{.trees = 20, .seed = 3};
  const auto forest = recipe.fit(shop.x, shop.y());
  const ff::permutation_importance importance{.repeats = 2, .seed = 1};
  const auto one = importance.of(recipe, forest, shop.x, shop.y(), auc, {}, {.threads = 1});
  const auto three = importance.of(recipe, forest, shop.x, shop.y(), auc, {}, {.threads = 3});
  CHECK(one.columns == three.columns);
  CHECK(one.measured == three.measured);
  const ff::permutation_importance other{.repeats = 2, .seed = 2};
  CHECK_FALSE(other.of(recipe, forest, shop.x, shop.y(), auc).columns == one.columns);
}

TEST_CASE("what drives the label is found, and what does not is not") {
  // Bought where exactly one of two columns is high: neither column says anything alone.
  auto noise = made_noise(1500, 5, 3);
  for (ff::index row = 0; row < 1500; ++row) {
    noise.bought[static_cast<std::size_t>(row)] = (noise.x(row, 1) > 512) != (noise.x(row, 3) > 512) ? 1 : 0;
  }
  const ff::random_forest recipe{.trees = 60, .features_per_split = 3, .min_leaf = 3, .seed = 4};
  const auto forest = recipe.fit(noise.x, noise.y());
  const ff::permutation_importance importance{.repeats = 4, .seed = 5};
  const auto result = importance.of(recipe, forest, noise.x, noise.y(), auc);
  const auto columns = by_name(result);
  CHECK(result.measured > 0.95);
  CHECK(columns.at("x1").mean > 0.3);
  CHECK(columns.at("x3").mean > 0.3);
  for (const char* idle : {"x0", "x2", "x4"}) {
    CAPTURE(idle);
    CHECK(std::fabs(columns.at(idle).mean) < 0.02);
  }
}

TEST_CASE("on labels that nothing explains no column matters") {
  // Drops of useless columns lie around 0 on either side; impurity shares, always above 0, cannot say so.
  std::vector<double> sum(4, 0), squares(4, 0);
  constexpr int repeats = 16;
  for (std::uint64_t seed = 0; seed < repeats; ++seed) {
    auto noise = made_noise(400, 4, seed + 50);
    for (ff::index row = 0; row < 400; ++row) noise.x(row, 3) = noise.x(row, 3) > 512 ? 1 : 0;  // few distinct values
    const ff::random_forest recipe{.trees = 30, .min_leaf = 5, .seed = seed};
    const auto forest = recipe.fit(noise.x, noise.y());
    const ff::permutation_importance importance{.repeats = 2, .seed = seed};
    const auto columns = by_name(importance.of(recipe, forest, noise.x, noise.y(), auc));
    for (std::size_t i = 0; i < 4; ++i) {
      const double drop = columns.at(ff::text("x", i)).mean;
      sum[i] += drop / repeats;
      squares[i] += drop * drop / repeats;
    }
  }
  for (std::size_t i = 0; i < 4; ++i) {
    CAPTURE(i);
    const double error = std::sqrt((squares[i] - sum[i] * sum[i]) / (repeats - 1));
    CHECK(std::fabs(sum[i]) < 4 * error);
    CHECK(std::fabs(sum[i]) < 0.02);
  }
}

TEST_CASE("a copy hides a column; permuted together they do not hide") {
  auto noise = made_noise(800, 4, 7);
  for (ff::index row = 0; row < 800; ++row) {
    noise.bought[static_cast<std::size_t>(row)] = noise.x(row, 0) > 400 ? 1 : 0;
  }
  noise.x.col(1) = noise.x.col(0);
  const auto x = named(noise.x);  // columns 0 and 1 are one source
  const ff::random_forest recipe{.trees = 50, .features_per_split = 2, .seed = 2};
  const auto forest = recipe.fit(x, noise.y());
  const ff::permutation_importance alone{.repeats = 3, .by_source = false, .seed = 1};
  const ff::permutation_importance together{.repeats = 3, .seed = 1};
  const auto single = by_name(alone.of(recipe, forest, x, noise.y(), auc));
  const auto joint = by_name(together.of(recipe, forest, x, noise.y(), auc));
  CHECK(single.size() == 4);
  CHECK(joint.size() == 2);
  CHECK(std::fabs(single.at("c0").mean - single.at("c1").mean) < 0.1);
  CHECK(joint.at("source0").mean > single.at("c0").mean + single.at("c1").mean);
  CHECK(joint.at("source0").mean > 0.4);
  CHECK(single.at("c2").source == "source1");
}

TEST_CASE("a rising map of a column changes no drop") {
  const auto shop = made_shop(200, 9);  // fewer sessions than bins: each value has its own
  ff::matrix<double> mapped = shop.x;
  mapped.col(1) = shop.x.col(1).array().cube() * 2 - 7;
  const ff::random_forest recipe{.trees = 10, .seed = 1};
  const ff::permutation_importance importance{.repeats = 2, .seed = 3};
  const auto as_is = importance.of(recipe, recipe.fit(shop.x, shop.y()), shop.x, shop.y(), auc);
  const auto other = importance.of(recipe, recipe.fit(mapped, shop.y()), mapped, shop.y(), auc);
  CHECK(as_is.columns == other.columns);
}

TEST_CASE("some sessions instead of all") {
  const auto shop = made_shop(900, 14);
  const ff::random_forest recipe{.trees = 30, .seed = 5};
  const auto forest = recipe.fit(shop.x, shop.y());
  const auto of = [&](ff::index sessions) {
    return ff::permutation_importance{.repeats = 2, .seed = 3, .sessions = sessions}.of(recipe, forest, shop.x,
                                                                                        shop.y(), auc);
  };
  const auto all = of(0), more_than_all = of(5'000), some = of(300);
  CHECK(more_than_all.columns == all.columns);
  CHECK(some.sessions == 300);
  CHECK(some.measured == doctest::Approx(all.measured).epsilon(0.05));
  CHECK(some.columns == of(300).columns);
  CHECK(some.columns != all.columns);
  CHECK(some.columns[0].name == all.columns[0].name);
  CHECK(some.columns[0].mean == doctest::Approx(all.columns[0].mean).epsilon(0.4));
  CHECK(thrown_by([&] { return of(-1); }) == "bad_option: permutation_importance: sessions must be at least 0, got -1");
}

TEST_CASE("more columns than are permuted in one go") {
  // A column's drop does not depend on how many others there are: the last of 70 columns drives the label.
  auto shop = made_noise(400, 70, 12);
  for (ff::index row = 0; row < 400; ++row) shop.x(row, 69) = shop.bought[static_cast<std::size_t>(row)];
  const ff::random_forest recipe{.trees = 30, .seed = 4};
  const auto forest = recipe.fit(shop.x, shop.y());
  const auto result = ff::permutation_importance{.repeats = 1, .seed = 3}.of(recipe, forest, shop.x, shop.y(), auc);
  REQUIRE(result.columns.size() == 70);
  CHECK(result.columns[0].mean > 0.3);
  CHECK(result.columns[0].name == forest.columns()[69].name);
  CHECK(result.columns[1].mean < 0.1);
}

TEST_CASE("a column that no tree asks for drops nothing at all") {
  const auto shop = made_shop(200, 5);
  const ff::random_forest recipe{.trees = 10, .seed = 1};
  const auto forest = recipe.fit(shop.x, shop.y());
  const ff::permutation_importance importance{.repeats = 2};
  const auto columns = by_name(importance.of(recipe, forest, shop.x, shop.y(), auc));
  CHECK(columns.at("x5").drops == std::vector<double>{0, 0});
  const ff::permutation_importance once{.repeats = 1};
  CHECK(std::isnan(once.of(recipe, forest, shop.x, shop.y(), auc).columns[0].deviation));
}

TEST_CASE("weights: sessions of weight 0 are left aside, and the measure gets the others") {
  auto shop = made_shop(200, 6);
  std::vector<double> w;
  ff::row_set kept;
  for (ff::index row = 0; row < 200; ++row) {
    w.push_back(row % 4 == 0 ? 0.0 : row % 2 == 0 ? 1.0 : 2.0);
    if (row % 4 != 0) kept.push_back(row);
  }
  const ff::random_forest recipe{.trees = 40, .seed = 1};
  const auto forest = recipe.fit(shop.x, shop.y(), ff::weights(w));
  double largest = 0;
  ff::index rows = 0;
  const auto spy = [&](const ff::scores& score, const ff::labels& y, const ff::weights& given) {
    rows = y.size();
    for (const double each : given.values()) largest = std::max(largest, each);
    return auc(score, y, given);
  };
  const ff::permutation_importance importance{.repeats = 1};
  const auto result = importance.of(recipe, forest, shop.x, shop.y(), spy, ff::weights(w));
  CHECK(result.sessions == 150);
  CHECK(rows == 150);
  CHECK(largest == 2);
  const auto plain = [](const ff::scores& score, const ff::labels& y) { return ff::roc_auc(score, y).value; };
  CHECK(importance.of(recipe, forest, shop.x, shop.y(), plain, ff::weights(w)).measured != result.measured);
}

TEST_CASE("other sessions, labels, weights or another recipe are noticed") {
  const auto shop = made_shop(200, 8);
  const ff::random_forest recipe{.trees = 12, .seed = 1};
  const auto forest = recipe.fit(shop.x, shop.y());
  const ff::permutation_importance importance{.repeats = 1};
  const auto thrown = [&](const ff::random_forest& r, const ff::matrix<double>& x, const ff::labels& y,
                          const ff::weights& w = {}) {
    return thrown_by([&] { return importance.of(r, forest, x, y, auc, w); });
  };
  CHECK(thrown(recipe, shop.x, shop.y()).empty());

  auto labels = shop.bought;
  labels[77] = 1 - labels[77];  // one single label
  CHECK(thrown(recipe, shop.x, ff::labels(labels)).find("bad_value: permutation_importance: sessions, labels") == 0);
  ff::matrix<double> x = shop.x;
  x.row(10).swap(x.row(150));
  CHECK(thrown(recipe, x, shop.y()).find("bad_value: permutation_importance: sessions, labels") == 0);
  auto other = recipe;
  other.seed = 2;
  CHECK(thrown(other, shop.x, shop.y()).find("bad_value: permutation_importance: sessions, labels") == 0);
  std::vector<double> w(200, 1);
  w[3] = 2;
  const ff::random_forest coarse{.trees = 12, .min_leaf = 5, .seed = 1};  // in a pure leaf weights leave no trace
  const auto mixed = coarse.fit(shop.x, shop.y());
  CHECK(code_thrown_by([&] { return importance.of(coarse, mixed, shop.x, shop.y(), auc, ff::weights(w)); }) ==
        "bad_value");

  other = recipe;
  other.trees = 13;
  CHECK(thrown(other, shop.x, shop.y()) ==
        "bad_option: permutation_importance: the recipe grows 13 trees, the forest has 12");
  CHECK(thrown(recipe, shop.x.topRows(199), shop.y().rows(ff::row_set(199, 0))) ==
        "wrong_shape: permutation_importance: the forest was grown on 200 rows, got 199");
  other = recipe;
  other.out_of_bag = false;
  const std::string needs =
      "bad_option: permutation_importance: the forest must be grown with bootstrap and out_of_bag";
  CHECK(thrown(other, shop.x, shop.y()) == needs);
  const auto without = other.fit(shop.x, shop.y());
  CHECK(thrown_by([&] { return importance.of(recipe, without, shop.x, shop.y(), auc); }) == needs);
  CHECK(thrown(recipe, shop.x.leftCols(5), shop.y()) ==
        "wrong_shape: permutation_importance: fitted on 6 columns, got 5");
  x = shop.x;
  x(4, 1) = std::numeric_limits<double>::infinity();
  CHECK(thrown(recipe, x, shop.y()) ==
        "not_finite: permutation_importance: column 'x1' must be finite or missing, got inf in row 4");
  CHECK(thrown(recipe, shop.x, ff::labels(std::vector<int>{0, 1})) ==
        "wrong_shape: permutation_importance: there must be one label for each of 200 rows, got 2");
  const ff::permutation_importance none{.repeats = 0};
  CHECK(thrown_by([&] { return none.of(recipe, forest, shop.x, shop.y(), auc); }) ==
        "bad_option: permutation_importance: repeats must be at least 1, got 0");
  const ff::progress stop = [](std::string_view, ff::index done, ff::index) { return done < 2; };
  CHECK(thrown_by([&] { return importance.of(recipe, forest, shop.x, shop.y(), auc, {}, {.progress = stop}); }) ==
        "cancelled: permutation_importance: cancelled after 2 of 6");
}
