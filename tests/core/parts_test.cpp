// SPDX-License-Identifier: MIT
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/core/parts.hpp>

namespace ff = footfall;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct node {
  int feature = 0;
  double threshold = 0;
  auto parts() const { return std::tie(feature, threshold); }
};

struct tree {
  std::vector<node> nodes;
  Eigen::MatrixXf values;
  std::string name;
  auto parts() const { return std::tie(nodes, values, name); }
};

/// With a part that came later.
struct grown {
  int number = 0;
  std::optional<std::vector<int>> more{};
  auto parts() const { return std::tie(number, more); }
};
struct before {
  int number = 0;
  auto parts() const { return std::tie(number); }
};

struct nothing {
  auto parts() const { return std::tie(); }
};

tree example() { return {{{0, 1.5}, {2, missing}}, Eigen::MatrixXf::Identity(2, 3), "t"}; }

}  // namespace

TEST_CASE("what has parts, and what they are as values") {
  static_assert(ff::has_parts<node>);
  static_assert(!ff::has_parts<int>);
  static_assert(std::is_same_v<ff::parts_of<node>, std::tuple<int, double>>);
  static_assert(std::is_same_v<ff::parts_of<tree>, std::tuple<std::vector<node>, Eigen::MatrixXf, std::string>>);
}

TEST_CASE("values with the same parts are the same, missing values included") {
  CHECK(ff::same_parts(example(), example()));
  CHECK(ff::same_parts(nothing{}, nothing{}));
  CHECK(ff::same_parts(node{1, missing}, node{1, -missing}));
}

TEST_CASE("a last part that is absent is as if it were not there, and one that is there counts") {
  CHECK(ff::digest_of(grown{3}) == ff::digest_of(before{3}));
  CHECK(ff::same_parts(grown{3}, grown{3}));
  CHECK_FALSE(ff::same_parts(grown{3}, grown{3, std::vector<int>{}}));
  CHECK_FALSE(ff::same_parts(grown{3, std::vector{1}}, grown{3, std::vector{2}}));
  CHECK(ff::digest_of(grown{3, std::vector<int>{}}) != ff::digest_of(grown{3}));
  CHECK(ff::digest_of(grown{3, std::vector{1}}) != ff::digest_of(grown{3, std::vector{2}}));
}

TEST_CASE("one part that differs is enough") {
  tree other = example();
  other.nodes[0].feature = 1;
  CHECK_FALSE(ff::same_parts(example(), other));
  other = example();
  other.nodes[1].threshold = 0;
  CHECK_FALSE(ff::same_parts(example(), other));
  other = example();
  other.nodes.pop_back();
  CHECK_FALSE(ff::same_parts(example(), other));
  other = example();
  other.values(1, 2) = 5;
  CHECK_FALSE(ff::same_parts(example(), other));
  other = example();
  other.values.resize(3, 2);
  other.values.setIdentity();
  CHECK_FALSE(ff::same_parts(example(), other));
  other = example();
  other.name = "T";
  CHECK_FALSE(ff::same_parts(example(), other));
}

TEST_CASE("sameness is to the last bit") {
  CHECK_FALSE(ff::same_parts(node{0, 0.0}, node{0, -0.0}));
  CHECK_FALSE(ff::same_parts(node{0, 1.0}, node{0, 1.0 + std::numeric_limits<double>::epsilon()}));
}
