// SPDX-License-Identifier: MIT
// More trees onto a forest: what grows in two goes is what grows at once, and sessions that are others are noticed.
#include <algorithm>
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/forest/made_sessions.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

ff::random_forest with_trees(ff::random_forest recipe, int trees) {
  recipe.trees = trees;
  return recipe;
}

}  // namespace

TEST_CASE("trees that grow onto a forest make the one that grows at once, to the last bit") {
  const auto shop = made_shop(260, 31);  // more than one group of walks
  std::vector<double> halves;
  for (int row = 0; row < 260; ++row) halves.push_back(0.5 * (row % 4));  // 0 among them
  struct setting {
    const char* name;
    ff::random_forest recipe;
    ff::weights w;
  };
  const ff::class_weights balanced{.balanced = true};
  for (const setting& each : std::vector<setting>{
           {"plain", {.seed = 1}, {}},
           {"weights", {.min_leaf = 2, .seed = 2}, ff::weights(halves)},
           {"no out-of-bag scores", {.max_depth = 4, .out_of_bag = false, .seed = 3}, {}},
           {"no bootstrap", {.features_per_split = 1, .bootstrap = false, .seed = 4}, ff::weights(halves)},
           {"balanced classes", {.bins = 9, .seed = 5, .class_weights = balanced}, {}},
           {"no splits", {.min_leaf = 300, .seed = 6}, {}}}) {
    CAPTURE(each.name);
    const auto at_once = with_trees(each.recipe, 9).fit(shop.x, shop.y(), each.w);
    for (const int before : {1, 4, 9}) {
      const auto few = with_trees(each.recipe, before).fit(shop.x, shop.y(), each.w);
      for (const int threads : {1, 3}) {
        const auto more = with_trees(each.recipe, 9).grow_more(few, shop.x, shop.y(), each.w, {.threads = threads});
        CHECK(more == at_once);
        CHECK(ff::digest_of(more) == ff::digest_of(at_once));
        CHECK(ff::digest_of(more.out_of_bag()) == ff::digest_of(at_once.out_of_bag()));
      }
    }
  }
  // And in many goes, with the names of the first.
  const ff::random_forest recipe{.seed = 7};
  auto forest = with_trees(recipe, 1).fit(named(shop.x), shop.y());
  for (const int trees : {2, 3, 7}) forest = with_trees(recipe, trees).grow_more(forest, shop.x, shop.y());
  CHECK(forest == with_trees(recipe, 7).fit(named(shop.x), shop.y()));
}

TEST_CASE("growing onto a forest needs what it was grown with") {
  const auto shop = made_shop(120, 32);
  const ff::random_forest recipe{.trees = 6, .min_leaf = 2, .seed = 8};
  const auto forest = with_trees(recipe, 4).fit(named(shop.x), shop.y());
  const auto refusal = [&](const ff::random_forest& other, const ff::matrix<double>& x, const ff::labels& y,
                           const ff::weights& w = {}) {
    return thrown_by([&] { return other.grow_more(forest, x, y, w); });
  };
  const std::string differ =
      "bad_value: random_forest: sessions, labels, weights and recipe must be those that the forest was grown with; ";
  REQUIRE(refusal(recipe, shop.x, shop.y()) == "");

  auto x = shop.x;
  x(17, 0) += 0.25;
  CHECK(refusal(recipe, x, shop.y()) == differ + "these sessions have other bins");
  x = shop.x;
  x.row(3).swap(x.row(4));  // the same values, in the rows of others
  CHECK(refusal(recipe, x, shop.y()) == differ + "their first tree is another one");
  CHECK(refusal(recipe, shop.x, shop.y(), ff::weights(std::vector<double>(120, 2.0))) ==
        differ + "their first tree is another one");  // leaves of two sessions then hold four
  auto bought = shop.bought;
  bought[11] = 1 - bought[11];
  CHECK(refusal(recipe, shop.x, ff::labels(bought)).substr(0, differ.size()) == differ);

  struct change {
    const char* name;
    std::function<void(ff::random_forest&)> make;
  };
  for (const change& each :
       std::vector<change>{{"seed", [](auto& other) { other.seed = 9; }},
                           {"features_per_split", [](auto& other) { other.features_per_split = 3; }},
                           {"max_depth", [](auto& other) { other.max_depth = 2; }},
                           {"min_leaf", [](auto& other) { other.min_leaf = 3; }},
                           {"bins", [](auto& other) { other.bins = 20; }},
                           {"bootstrap", [](auto& other) { other.bootstrap = false; }},
                           {"out_of_bag", [](auto& other) { other.out_of_bag = false; }},
                           {"class_weights", [](auto& other) { other.class_weights.positive = 2; }}}) {
    CAPTURE(each.name);
    ff::random_forest other = recipe;
    each.make(other);
    CHECK(refusal(other, shop.x, shop.y()).substr(0, differ.size()) == differ);
  }

  // A leaf of a later tree that says something else.
  auto parts = ff::parts_of<ff::fitted_forest<double>>(forest.parts());
  auto& nodes = std::get<2>(parts);
  const auto last = static_cast<std::size_t>(
      std::find_if(nodes.rbegin(), nodes.rend(), [](const auto& node) { return node.leaf; }).base() - nodes.begin() -
      1);
  nodes[last].next = ff::tree_node::one / 3;
  const auto changed =
      std::apply([](const auto&... part) { return ff::fitted_forest<double>::from_parts(part...); }, parts);
  const auto message = thrown_by([&] { return recipe.grow_more(changed, shop.x, shop.y()); });
  CHECK(message.substr(0, differ.size()) == differ);
  CHECK(message.find(" of tree 3 says 0.333333") != std::string::npos);

  CHECK(refusal(with_trees(recipe, 3), shop.x, shop.y()) ==
        "bad_option: random_forest: trees must be at least the 4 that the forest has, got 3");
  CHECK(refusal(recipe, shop.x.leftCols(5), shop.y()) == "wrong_shape: random_forest: fitted on 6 columns, got 5");
  CHECK(refusal(recipe, shop.x.topRows(119), shop.y()) ==
        "wrong_shape: random_forest: there must be one label for each of 119 rows, got 120");
  auto names = named(shop.x).columns();
  names[2].name = "other";
  CHECK(thrown_by([&] { return recipe.grow_more(forest, ff::features<double>(shop.x, names), shop.y()); }) ==
        "unknown_name: random_forest: column 2 was 'c2' when fitted, got 'other'");
}

TEST_CASE("progress goes on where the forest stood, and stops with nothing left behind") {
  const auto shop = made_shop(60, 33);
  const ff::random_forest recipe{.trees = 7, .seed = 1};
  const auto before = with_trees(recipe, 4).fit(shop.x, shop.y());
  std::vector<ff::index> heard;
  (void)recipe.grow_more(before, shop.x, shop.y(), {}, {.threads = 2, .progress = [&](auto, auto done, auto total) {
                                                          heard.push_back(total == 7 ? done : -1);
                                                          return true;
                                                        }});
  CHECK(heard == std::vector<ff::index>{5, 6, 7});
  CHECK(thrown_by([&] {
          return recipe.grow_more(before, shop.x, shop.y(), {}, {.progress = [](auto, auto, auto) { return false; }});
        }) == "cancelled: random_forest: cancelled after 5 of 7");
  CHECK(before == with_trees(recipe, 4).fit(shop.x, shop.y()));
}
