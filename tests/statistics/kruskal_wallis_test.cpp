// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/statistics/kruskal_wallis.hpp>

#include <tests/oracle/statistics.hpp>
#include <tests/statistics/close.hpp>
#include <tests/thrown.hpp>

namespace ff = footfall;

namespace {

struct sessions {
  std::vector<double> values;
  std::vector<std::int32_t> group;
};

sessions flat(const std::vector<std::vector<double>>& groups) {
  sessions result;
  for (std::size_t at = 0; at < groups.size(); ++at) {
    for (const double value : groups[at]) {
      result.values.push_back(value);
      result.group.push_back(static_cast<std::int32_t>(at));
    }
  }
  return result;
}

}  // namespace

TEST_CASE("Kruskal and Wallis with ties are those of R's kruskal.test") {
  for (const auto& known : oracle::sample_cases) {
    const auto made = flat(known.groups);
    const auto groups = static_cast<std::int32_t>(known.groups.size());
    const auto found = ff::kruskal_wallis(made.values, made.group, groups);
    CHECK(close(found.statistic, known.h, 1e-12));
    CHECK(close(found.p_value, known.kruskal_p, 1e-12));
    CHECK(found.degrees_of_freedom == groups - 1);
    CHECK(close(found.effect, known.h / static_cast<double>(made.values.size() - 1), 1e-12));
    CHECK(ff::kruskal_wallis(made.values, made.group, groups + 3) == found);  // groups that nobody is in
  }
}

TEST_CASE("only the order of the values counts, to the last bit") {
  auto made = flat(oracle::sample_cases[2].groups);
  const auto found = ff::kruskal_wallis(made.values, made.group, 5);
  for (double& value : made.values) value = std::log1p(value) - 7;
  CHECK(ff::kruskal_wallis(made.values, made.group, 5) == found);
  for (double& value : made.values) value = -value;
  CHECK(ff::kruskal_wallis(made.values, made.group, 5) == found);
  std::vector<std::size_t> order(made.values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  ff::random_stream(4).shuffle(std::span(order));
  sessions mixed;
  for (const auto at : order) {
    mixed.values.push_back(-made.values[at]);
    mixed.group.push_back(made.group[at]);
  }
  CHECK(ff::kruskal_wallis(mixed.values, mixed.group, 5) == found);
}

TEST_CASE("the effect goes from 0 to 1") {
  const auto none = ff::kruskal_wallis(std::vector<double>{2, 2, 2}, std::vector<std::int32_t>{0, 1, 0}, 2);
  CHECK(none.statistic == 0);
  CHECK(none.p_value == 1);
  CHECK(none.effect == 0);
  const auto all =
      ff::kruskal_wallis(std::vector<double>{0, 0, 0, HUGE_VAL, HUGE_VAL}, std::vector<std::int32_t>{0, 0, 0, 1, 1}, 2);
  CHECK(close(all.effect, 1, 1e-15));
}

TEST_CASE("values of no group are left out") {
  const std::vector<double> values{5, 1, 2, 3, 4, 9};
  const std::vector<std::int32_t> group{-1, 0, 0, 1, 1, -1};
  const auto found = ff::kruskal_wallis(values, group, 2);
  CHECK(found == ff::kruskal_wallis(std::span(values).subspan(1, 4), std::span(group).subspan(1, 4), 2));
}

TEST_CASE("what has no ranks or no groups") {
  const auto code = [](const std::vector<double>& values, const std::vector<std::int32_t>& group, std::int32_t groups) {
    return code_thrown_by([&] { return ff::kruskal_wallis(values, group, groups); });
  };
  CHECK(code({1, 2}, {0}, 2) == "wrong_shape");
  CHECK(code({1, 2}, {0, 2}, 2) == "bad_value");
  CHECK(code({1, 2}, {0, -2}, 2) == "bad_value");
  CHECK(code({1, 2}, {0, 0}, 2) == "bad_value");
  CHECK(code({}, {}, 2) == "bad_value");
  CHECK(code({1, 2}, {0, 0}, 1) == "bad_option");
  CHECK(code({1, std::nan("")}, {0, 1}, 2) == "missing_value");
  CHECK(code({1, std::nan("")}, {0, -1}, 2) == "missing_value");
}
