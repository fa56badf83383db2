// SPDX-License-Identifier: MIT
// Structural faults with right checksums, made by hand: each is refused for what it is.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/store/archive.hpp>

#include <tests/store/small_models.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using small_models::forest_of_double;

// What a forest writes, without its checks: the same kind and the same parts.
template <class Fitted>
struct unchecked {
  static constexpr std::string_view kind = Fitted::kind;
  ff::parts_of<Fitted> all;
  const auto& parts() const { return all; }
};

struct unchecked_bins {
  static constexpr std::string_view kind = ff::fitted_bins<double>::kind;
  std::vector<std::vector<double>> edges;
  auto parts() const { return std::tie(edges); }
};

using forest_parts = ff::parts_of<forest_of_double>;

std::string refusal_of_forest(const std::function<void(forest_parts&)>& change) {
  unchecked<forest_of_double> forest{forest_parts(small_models::forest().parts())};
  change(forest.all);
  return thrown_by([&] { return ff::store::from_bytes<forest_of_double>(ff::store::to_bytes(forest)); });
}

// The first question and the first leaf of the first tree.
std::size_t first(const std::vector<ff::tree_node>& nodes, bool leaf) {
  std::size_t at = 0;
  while (nodes[at].leaf != leaf) ++at;
  return at;
}

}  // namespace

TEST_CASE("an unchanged forest loads") {
  CHECK(refusal_of_forest([](forest_parts&) {}).empty());
}

TEST_CASE("forests that no training makes are refused") {
  constexpr std::size_t columns = 0, nodes = 2, starts = 3, shares = 4, sums = 5, counts = 6;
  const double missing = std::numeric_limits<double>::quiet_NaN();
  using change = std::function<void(forest_parts&)>;
  const auto node = [&](bool leaf, const auto& spoil) {
    return [=](forest_parts& all) {
      auto& trees = std::get<nodes>(all);
      spoil(trees[first(trees, leaf)], trees);
    };
  };
  const std::vector<std::pair<const char*, change>> faults = {
      {"a column of a stage that does not exist",
       [](auto& all) { std::get<columns>(all)[0].stage = static_cast<ff::stage>(77); }},
      {"one name too few", [](auto& all) { std::get<columns>(all).pop_back(); }},
      {"one name too many", [](auto& all) { std::get<columns>(all).push_back({}); }},
      {"no names", [](auto& all) { std::get<columns>(all).clear(); }},
      {"no nodes", [](auto& all) { std::get<nodes>(all).clear(); }},
      {"one node too few", [](auto& all) { std::get<nodes>(all).pop_back(); }},
      {"one node too many", [](auto& all) { std::get<nodes>(all).push_back(ff::tree_node{}); }},
      {"two nodes too many",
       [](auto& all) { std::get<nodes>(all).insert(std::get<nodes>(all).end(), 2, ff::tree_node{}); }},
      {"a question for a column that is not there", node(false, [](auto& each, auto&) { each.feature = 2; })},
      {"a question for the last column there could be", node(false, [](auto& each, auto&) { each.feature = 65535; })},
      {"a question for the bin of missing values", node(false, [](auto& each, auto&) { each.bin = 255; })},
      {"a child that is its own parent", node(false, [](auto& each, auto&) { each.next = 0; })},
      {"a child before its parent",
       [](auto& all) {
         auto& trees = std::get<nodes>(all);
         std::size_t last = std::get<starts>(all)[1] - 1;
         while (trees[last].leaf) --last;
         trees[last].next = static_cast<std::uint32_t>(last);
       }},
      {"a child behind its tree", node(false, [](auto& each, auto&) { each.next = 10'000; })},
      {"a child just behind its tree",
       [](auto& all) {
         auto& trees = std::get<nodes>(all);
         trees[first(trees, false)].next = static_cast<std::uint32_t>(std::get<starts>(all)[1] - 1);
       }},
      {"a child at the end of all numbers",
       node(false, [](auto& each, auto&) { each.next = std::numeric_limits<std::uint32_t>::max(); })},
      {"two parents of one child",
       [](auto& all) {
         auto& trees = std::get<nodes>(all);
         const std::size_t root = first(trees, false);
         std::size_t other = root + 1;
         while (trees[other].leaf) ++other;
         trees[other].next = trees[root].next;
       }},
      {"a leaf where a question was, children without a parent",
       node(false, [](auto& each, auto&) { each.leaf = true, each.next = 0; })},
      {"a question where a leaf was", node(true, [](auto& each, auto&) { each.leaf = false; })},
      {"a leaf with a share above one", node(true, [](auto& each, auto&) { each.next = ff::tree_node::one + 1; })},
      {"a leaf with the largest share", node(true, [](auto& each, auto&) { each.next = ~std::uint32_t{0}; })},
      {"no trees", [](auto& all) { std::get<starts>(all).clear(); }},
      {"a first tree that begins later", [](auto& all) { std::get<starts>(all)[0] = 1; }},
      {"trees in the wrong order", [](auto& all) { std::swap(std::get<starts>(all)[1], std::get<starts>(all)[2]); }},
      {"an empty tree", [](auto& all) { std::get<starts>(all)[2] = std::get<starts>(all)[1]; }},
      {"a tree behind all nodes", [](auto& all) { std::get<starts>(all)[2] = std::get<nodes>(all).size(); }},
      {"a tree at the end of all numbers", [](auto& all) { std::get<starts>(all)[2] = ~std::uint64_t{0}; }},
      {"a tree that begins within another", [](auto& all) { std::get<starts>(all)[1] -= 1; }},
      {"one share too few", [](auto& all) { std::get<shares>(all).pop_back(); }},
      {"a share below zero", [](auto& all) { std::get<shares>(all)[0] = -0.1; }},
      {"a share above one", [](auto& all) { std::get<shares>(all)[0] = 1.5; }},
      {"a missing share", [=](auto& all) { std::get<shares>(all)[0] = missing; }},
      {"out-of-bag sums without counts", [](auto& all) { std::get<counts>(all).clear(); }},
      {"one out-of-bag count too many", [](auto& all) { std::get<counts>(all).push_back(1); }},
      {"more out-of-bag trees than trees", [](auto& all) { std::get<counts>(all)[0] = 4; }},
      {"an out-of-bag sum that its trees cannot give", [](auto& all) { std::get<sums>(all)[0] = ~std::uint64_t{0}; }},
      {"an out-of-bag sum without trees", [](auto& all) { std::get<sums>(all)[0] = 1, std::get<counts>(all)[0] = 0; }},
  };
  for (const auto& fault : faults) {
    CAPTURE(fault.first);
    CHECK(refusal_of_forest(fault.second).starts_with("bad_parts: "));
  }
  CHECK(faults.size() >= 35);
}

// Nothing that loads or scores goes down a tree by calling itself: the stack does not grow with what a file says.
TEST_CASE("a tree as deep as its nodes allow loads and scores") {
  constexpr std::uint32_t depth = 200'000;
  unchecked<forest_of_double> forest{forest_parts(small_models::forest().parts())};
  auto& [columns, bins, nodes, starts, shares, sums, counts, ranks] = forest.all;
  nodes.clear();
  for (std::uint32_t i = 0; i < depth; ++i) {  // node 2i, its left child a leaf, its right child the next question
    nodes.push_back({0, 0, false, false, 2 * i + 1});
    nodes.push_back({0, 0, false, true, 0});
  }
  nodes.push_back({0, 0, false, true, ff::tree_node::one});
  starts = {0};
  sums.assign(sums.size(), 0);
  counts.assign(counts.size(), 0);
  const auto loaded = ff::store::from_bytes<forest_of_double>(ff::store::to_bytes(forest));
  CHECK(loaded.nodes() == 2 * depth + 1);
  for (const double score : loaded.score(small_models::numbers())) CHECK((score == 0 || score == 1));
}

TEST_CASE("edges that no binning makes are refused") {
  const auto refusal = [](std::vector<std::vector<double>> edges) {
    const auto bytes = ff::store::to_bytes(unchecked_bins{std::move(edges)});
    return thrown_by([&] { return ff::store::from_bytes<ff::fitted_bins<double>>(bytes); });
  };
  CHECK(refusal({{1, 2, 3}}).empty());
  const double infinite = std::numeric_limits<double>::infinity();
  const double missing = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> many;
  for (int i = 0; i < 300; ++i) many.push_back(i);
  for (const auto& wrong :
       std::vector<std::vector<double>>{{2, 1}, {1, 1}, {1, missing}, {missing}, {infinite}, {-infinite, 0}, many}) {
    CHECK(refusal({wrong}).starts_with("bad_parts: "));
  }
}

TEST_CASE("segments that no k-means makes are refused") {
  using fitted = decltype(small_models::segments());
  using parts = ff::parts_of<fitted>;
  const auto refusal = [](const std::function<void(parts&)>& change) {
    unchecked<fitted> segments{parts(small_models::segments().parts())};
    change(segments.all);
    return thrown_by([&] { return ff::store::from_bytes<fitted>(ff::store::to_bytes(segments)); });
  };
  CHECK(refusal([](parts&) {}).empty());
  CHECK(refusal([](parts& all) { std::get<0>(all).pop_back(); }).starts_with("bad_parts: "));
  CHECK(refusal([](parts& all) { std::get<1>(all).pop_back(); }).starts_with("bad_parts: "));
  CHECK(refusal([](parts& all) {
          std::get<2>(all)(0, 0) = std::numeric_limits<double>::quiet_NaN();
        }).starts_with("bad_parts: "));
  CHECK(refusal([](parts& all) { std::get<2>(all).resize(0, 0); }).starts_with("bad_parts: "));
}

TEST_CASE("an optional part that is not there stays absent, and no other part may be left out") {
  struct with_more {
    std::uint8_t number = 0;
    std::optional<std::uint8_t> more{};
    auto parts() const { return std::tie(number, more); }
    static with_more from_parts(std::uint8_t number, std::optional<std::uint8_t> more) { return {number, more}; }
  };
  struct with_less {
    auto parts() const { return std::tie(); }
    static with_less from_parts() { return {}; }
  };
  struct with_three {
    std::uint8_t a = 1, b = 2, c = 3;
    auto parts() const { return std::tie(a, b, c); }
    static with_three from_parts(std::uint8_t a, std::uint8_t b, std::uint8_t c) { return {a, b, c}; }
  };
  const auto again = [](const auto& value) { return ff::store::from_bytes<with_more>(ff::store::to_bytes(value)); };
  CHECK_FALSE(again(with_more{7}).more.has_value());
  CHECK(again(with_more{7, std::uint8_t{9}}).more == 9);
  CHECK(ff::store::to_bytes(with_more{7})[8] == std::byte{1});
  CHECK(ff::store::to_bytes(with_more{7, std::uint8_t{9}})[8] == std::byte{2});
  CHECK(thrown_by([&] { return again(with_less{}); }) == "bad_parts: load:  has 1 parts, found 0");
  CHECK(thrown_by([&] { return again(with_three{}); }) == "bad_parts: load:  has 1 parts, found 3");
}

// Items by hand: sizes that lie, and what stands where something else should.
TEST_CASE("items that do not add up are refused") {
  struct numbers {
    std::vector<double> all;
    auto parts() const { return std::tie(all); }
    static numbers from_parts(std::vector<double> all) { return {std::move(all)}; }
  };
  const auto good = ff::store::to_bytes(numbers{{1, 2, 3}});
  const auto value = good.size() - (32 + 24);  // the item of the numbers is the last one
  const auto refusal = [&](std::size_t at, std::byte with) {
    auto bytes = good;
    bytes[at] = with;
    ff::store::seal(bytes);
    return thrown_by([&] { return ff::store::from_bytes<numbers>(bytes); });
  };
  CHECK(refusal(value, std::byte{4}) == "bad_parts: load: expected numbers f64, found a matrix f64");
  CHECK(refusal(value, std::byte{200}).starts_with("bad_parts: load: expected numbers f64, found nothing"));
  CHECK(refusal(value + 1, std::byte{10}) == "bad_parts: load: expected numbers f64, found numbers f32");
  CHECK(refusal(value + 1, std::byte{99}).starts_with("bad_parts"));
  CHECK(refusal(value + 2, std::byte{1}) == "bad_parts: load: bytes that must be 0 are not");
  CHECK(refusal(value + 8, std::byte{2}) == "bad_parts: load: numbers of 2 has 24 bytes");
  CHECK(refusal(value + 8, std::byte{4}) == "bad_parts: load: numbers of 4 has 24 bytes");
  CHECK(refusal(value + 15, std::byte{255}).starts_with("bad_parts: load: numbers of 18374686479671623683"));
  CHECK(refusal(value + 16, std::byte{1}) == "bad_parts: load: bytes that must be 0 are not");
  CHECK(refusal(value + 24, std::byte{32}) == "bad_parts: load: numbers claims 32 bytes, there are 24");
  CHECK(refusal(value + 24, std::byte{23}).starts_with("bad_parts: load: numbers claims 23"));
  CHECK(refusal(value + 31, std::byte{255}).starts_with("bad_parts: load: numbers claims"));
  // The group around it: two parts instead of one, and a kind.
  const auto group = value - 64;
  CHECK(refusal(group + 8, std::byte{2}).starts_with("bad_parts: load: "));
  CHECK(refusal(group + 24, std::byte{32}).starts_with("bad_parts: load: "));
}

TEST_CASE("a matrix of no rows and many columns is refused, whatever it claims") {
  struct grid {
    ff::matrix<double> all;
    auto parts() const { return std::tie(all); }
    static grid from_parts(ff::matrix<double> all) { return {std::move(all)}; }
  };
  const auto nothing = ff::store::to_bytes(grid{ff::matrix<double>(0, 0)});
  CHECK(ff::store::from_bytes<grid>(nothing).all.size() == 0);
  const auto refusal = [&](std::size_t side, std::byte with) {
    auto bytes = nothing;
    bytes[bytes.size() - 32 + side] = with;  // the header of the matrix is the last item: kinds, columns, rows, bytes
    ff::store::seal(bytes);
    return thrown_by([&] { return ff::store::from_bytes<grid>(bytes); });
  };
  CHECK(refusal(8, std::byte{2}) == "bad_parts: load: a matrix of 0 x 2 holds no numbers");
  CHECK(refusal(8 + 7, std::byte{8}) == "bad_parts: load: a matrix of 0 x 576460752303423488 holds no numbers");
  CHECK(refusal(16, std::byte{2}) == "bad_parts: load: a matrix of 2 x 0 holds no numbers");
  CHECK(refusal(16 + 7, std::byte{8}) == "bad_parts: load: a matrix of 576460752303423488 x 0 holds no numbers");
}
