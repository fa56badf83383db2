// SPDX-License-Identifier: MIT
// The forest as a fitted value: scores of one and of many, and that only good parts make one.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/forest/fitted_forest.hpp>
#include <footfall/forest/random_forest.hpp>

#include <tests/forest/made_sessions.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("a score is the mean of the leaves that a session reaches") {
  const auto shop = made_shop(300, 4);
  const auto forest = ff::random_forest{.trees = 6, .min_leaf = 3, .seed = 5}.fit(shop.x, shop.y());
  const auto scores = forest.score(shop.x);
  for (ff::index row = 0; row < 20; ++row) {
    std::vector<std::uint8_t> codes;
    for (ff::index column = 0; column < 6; ++column) codes.push_back(forest.bins().code(column, shop.x(row, column)));
    double sum = 0;
    for (ff::index tree = 0; tree < forest.trees(); ++tree) {
      sum += ff::leaf_value(forest.tree(tree).data(), codes.data()) / 0x1p31;
    }
    CHECK(scores[static_cast<std::size_t>(row)] == doctest::Approx(sum / 6).epsilon(1e-15));
  }
  ff::index nodes = 0;
  for (ff::index tree = 0; tree < forest.trees(); ++tree) nodes += static_cast<ff::index>(forest.tree(tree).size());
  CHECK(nodes == forest.nodes());
  CHECK(thrown_by([&] { return forest.tree(6); }) == "wrong_shape: random_forest: tree must be in [0, 6), got 6");
  CHECK(thrown_by([&] { return forest.tree(-1); }) == "wrong_shape: random_forest: tree must be in [0, 6), got -1");
}

TEST_CASE("few sessions are scored as many are: the same bits, the same errors") {
  const auto shop = made_shop(60, 11);
  const auto forest = ff::random_forest{.trees = 9, .seed = 3}.fit(named(shop.x), shop.y());
  const auto all = forest.score(named(shop.x));
  for (ff::index count = 0; count <= 9; ++count) {
    const ff::matrix<double> x = shop.x.middleRows(20, count);
    CHECK(forest.score(named(x)) == ff::scores(all.begin() + 20, all.begin() + 20 + count));
    if (count < 2) continue;
    auto endless = x;
    endless(1, 2) = -infinity;
    CHECK(thrown_by([&] { return forest.score(endless); }) ==
          "not_finite: random_forest: column 'c2' must be finite or missing, got -inf in row 1");
    CHECK(thrown_by([&] { return forest.score(x, {.threads = -2}); }) ==
          "bad_option: run_options: threads must be at least 0, got -2");
  }
}

TEST_CASE("one session walks any number of trees to the score of the batch") {
  const auto shop = made_shop(60, 24);
  for (const int trees : {1, 511, 512, 513, 1030}) {
    CAPTURE(trees);
    for (const int max_depth : {1, 0}) {  // walks that end before the first look at who has ended, and after it
      const auto forest =
          ff::random_forest{.trees = trees, .max_depth = max_depth, .out_of_bag = false}.fit(shop.x, shop.y());
      const auto scores = forest.score(shop.x);
      for (ff::index row = 0; row < 60; row += 7) {
        const std::vector<double> session(shop.x.row(row).begin(), shop.x.row(row).end());
        CHECK(forest.score_one(session) == scores[static_cast<std::size_t>(row)]);
      }
    }
  }
}

TEST_CASE("sessions that do not fit are refused when scored") {
  const auto shop = made_shop(60, 23);
  const auto forest = ff::random_forest{.trees = 3}.fit(named(shop.x), shop.y());
  CHECK(thrown_by([&] { return forest.score(ff::matrix<double>(shop.x.leftCols(5))); }) ==
        "wrong_shape: random_forest: fitted on 6 columns, got 5");
  CHECK(thrown_by([&] { return forest.score_one(std::vector<double>(7, 0.0)); }) ==
        "wrong_shape: random_forest: fitted on 6 columns, got 7");
  auto names = named(shop.x).columns();
  std::swap(names[1], names[2]);
  CHECK(thrown_by([&] { return forest.score(ff::features<double>(shop.x, names)); }) ==
        "unknown_name: random_forest: column 1 was 'c1' when fitted, got 'c2'");
  auto x = shop.x;
  x(41, 2) = infinity;
  CHECK(thrown_by([&] { return forest.score(x); }) ==
        "not_finite: random_forest: column 'c2' must be finite or missing, got inf in row 41");
  CHECK(thrown_by([&] {
          return forest.score_one(std::vector<double>{0, 0, -infinity, 0, 0, 0});
        }) == "not_finite: random_forest: column 'c2' must be finite or missing, got -inf");
  CHECK(thrown_by([&] { return forest.score(shop.x, {.threads = -2}); }) ==
        "bad_option: run_options: threads must be at least 0, got -2");
}

TEST_CASE("one forest scores from many threads at once") {
  const auto shop = made_shop(100, 25);
  const auto forest = ff::random_forest{.trees = 8}.fit(shop.x, shop.y());
  const auto expected = forest.score(shop.x);
  ff::thread_pool pool(4);
  std::vector<int> wrong(64, 0);
  pool.for_each_block(64, 1, [&](ff::index task, ff::index) {
    for (ff::index row = task % 3; row < 100; row += 3) {
      const std::vector<double> session(shop.x.row(row).begin(), shop.x.row(row).end());
      wrong[static_cast<std::size_t>(task)] += forest.score_one(session) != expected[static_cast<std::size_t>(row)];
    }
    wrong[static_cast<std::size_t>(task)] += forest.score(shop.x, {.threads = 1}) != expected;
  });
  CHECK(wrong == std::vector<int>(64, 0));
}

TEST_CASE("parts make the same forest again, and only good parts make one") {
  const auto shop = made_shop(60, 26);
  const auto forest = ff::random_forest{.trees = 3, .max_depth = 3, .seed = 9}.fit(shop.x, shop.y());
  using parts = ff::parts_of<ff::fitted_forest<double>>;
  const auto rebuilt = [](const parts& each) {
    return std::apply([](const auto&... part) { return ff::fitted_forest<double>::from_parts(part...); }, each);
  };
  const parts good(forest.parts());
  CHECK(rebuilt(good) == forest);
  CHECK(ff::digest_of(rebuilt(good)) == ff::digest_of(forest));

  enum { columns, bins, nodes, starts, shares, oob_sums, oob_trees };
  REQUIRE_FALSE(std::get<nodes>(good)[0].leaf);
  const auto last_question = [](std::vector<ff::tree_node>& all) -> ff::tree_node& {
    return *std::find_if(all.rbegin(), all.rend(), [](const auto& node) { return !node.leaf; });
  };
  const auto a_leaf = [](std::vector<ff::tree_node>& all) -> ff::tree_node& {
    return *std::find_if(all.begin(), all.end(), [](const auto& node) { return node.leaf; });
  };
  const std::vector<std::pair<std::string, std::function<void(parts&)>>> corruptions = {
      {"a name too few", [](parts& p) { std::get<columns>(p).pop_back(); }},
      {"a share too many", [](parts& p) { std::get<shares>(p).push_back(0); }},
      {"a share that is missing", [](parts& p) { std::get<shares>(p)[0] = missing; }},
      {"a share above 1", [](parts& p) { std::get<shares>(p)[0] = 1.5; }},
      {"a share below 0", [](parts& p) { std::get<shares>(p)[0] = -0.5; }},
      {"bins of fewer columns", [](parts& p) { std::get<bins>(p) = ff::fitted_bins<double>::from_parts({{1.0}}); }},
      {"no trees", [](parts& p) { std::get<starts>(p).clear(); }},
      {"no nodes", [](parts& p) { std::get<nodes>(p).clear(); }},
      {"nodes before the first tree", [](parts& p) { std::get<starts>(p)[0] = 1; }},
      {"trees that go back", [](parts& p) { std::swap(std::get<starts>(p)[1], std::get<starts>(p)[2]); }},
      {"two trees in one place", [](parts& p) { std::get<starts>(p)[1] = std::get<starts>(p)[2]; }},
      {"a tree behind the end", [](parts& p) { std::get<starts>(p)[2] = std::get<nodes>(p).size(); }},
      {"a tree far behind the end", [](parts& p) { std::get<starts>(p)[2] = ~std::uint64_t{0}; }},
      {"a column that is not there", [](parts& p) { std::get<nodes>(p)[0].feature = 6; }},
      {"the bin of missing values", [](parts& p) { std::get<nodes>(p)[0].bin = 255; }},
      {"a node that leads to itself", [](parts& p) { std::get<nodes>(p)[0].next = 0; }},
      {"a node that leads back", [&](parts& p) { last_question(std::get<nodes>(p)).next = 1; }},
      {"children behind the tree",
       [](parts& p) { std::get<nodes>(p)[0].next = static_cast<std::uint32_t>(std::get<starts>(p)[1]); }},
      {"the right child behind the tree",
       [](parts& p) { std::get<nodes>(p)[0].next = static_cast<std::uint32_t>(std::get<starts>(p)[1]) - 1; }},
      {"children at the end of numbers", [](parts& p) { std::get<nodes>(p)[0].next = 0xFFFFFFFF; }},
      {"children of two parents", [](parts& p) { ++std::get<nodes>(p)[0].next; }},
      {"a question turned into a leaf", [&](parts& p) { last_question(std::get<nodes>(p)) = ff::tree_node{}; }},
      {"a leaf turned into a question", [&](parts& p) { a_leaf(std::get<nodes>(p)).leaf = false; }},
      {"a leaf above 1", [&](parts& p) { a_leaf(std::get<nodes>(p)).next = ff::tree_node::one + 1; }},
      {"a node too many", [](parts& p) { std::get<nodes>(p).emplace_back(); }},
      {"a node too few", [](parts& p) { std::get<nodes>(p).pop_back(); }},
      {"out-of-bag counts too few", [](parts& p) { std::get<oob_trees>(p).pop_back(); }},
      {"more out-of-bag trees than trees", [](parts& p) { std::get<oob_trees>(p)[0] = 4; }},
      {"an out-of-bag score above 1",
       [](parts& p) { std::get<oob_sums>(p)[0] = 4 * std::uint64_t{ff::tree_node::one}; }},
  };
  for (const auto& corruption : corruptions) {
    CAPTURE(corruption.first);
    parts bad = good;
    corruption.second(bad);
    CHECK(code_thrown_by([&] { return rebuilt(bad); }) == "bad_parts");
  }
}

TEST_CASE("parts with one bit wrong are refused or make a forest whose walks end") {
  const auto shop = made_shop(40, 27);
  const auto forest = ff::random_forest{.trees = 2, .max_depth = 2, .seed = 9}.fit(shop.x, shop.y());
  const auto [columns, bins, nodes, starts, shares, sums, counts, ranks] =
      ff::parts_of<ff::fitted_forest<double>>(forest.parts());
  int refused = 0;
  int accepted = 0;
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    for (int bit = 0; bit < 58; ++bit) {
      auto bad = nodes;
      ff::tree_node& at = bad[node];
      if (bit < 32) {
        at.next ^= std::uint32_t{1} << bit;
      } else if (bit < 48) {
        at.feature = static_cast<std::uint16_t>(at.feature ^ 1U << (bit - 32));
      } else if (bit < 56) {
        at.bin = static_cast<std::uint8_t>(at.bin ^ 1U << (bit - 48));
      } else if (bit == 56) {
        at.leaf = !at.leaf;
      } else {
        at.missing_left = !at.missing_left;
      }
      try {
        const auto other = ff::fitted_forest<double>::from_parts(columns, bins, bad, starts, shares, sums, counts);
        for (const double score : other.score(shop.x, {.threads = 1})) CHECK((score >= 0 && score <= 1));
        ++accepted;
      } catch (const ff::error& e) {
        CHECK(e.code() == ff::error_code::bad_parts);
        ++refused;
      }
    }
  }
  CHECK(refused > 0);
  CHECK(accepted > 0);
}
