// SPDX-License-Identifier: MIT
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>
#include <footfall/data/table.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using ff::column;
using ff::table;
using footfall_tests::failure_of;

namespace {

table example() {
  return table({column::numeric("clicks", {1, 2, std::nan("")}), column::from_text("channel", {"mail", "search", ""})});
}

std::vector<std::string> names(const table& t) {
  std::vector<std::string> result;
  for (const auto& each : t.columns()) result.push_back(each.name());
  return result;
}
using list = std::vector<std::string>;

}  // namespace

TEST_CASE("a table is columns of equal length") {
  const table t = example();
  CHECK(t.rows() == 3);
  CHECK(t.cols() == 2);
  CHECK(t.has("clicks"));
  CHECK_FALSE(t.has("Clicks"));
  CHECK(t["channel"].levels().size() == 2);
  const auto unknown = failure_of([&] { (void)t["chanel"]; });
  CHECK(unknown.code == ff::error_code::unknown_name);
  CHECK(unknown.message == "table: there is no column 'chanel'");
  CHECK(table().rows() == 0);
  CHECK(table().cols() == 0);
  CHECK(table(std::vector<column>{}) == table());
}

TEST_CASE("columns of other lengths, or of the same name, do not make a table") {
  const auto uneven = failure_of([] { table({column::numeric("a", {1, 2}), column::numeric("b", {1})}); });
  CHECK(uneven.code == ff::error_code::wrong_shape);
  CHECK(uneven.message == "column 'b': has 1 rows where the first column has 2");
  const auto twice = failure_of([] {
    table({column::numeric("a", {1}), column::numeric("b", {1}), column::numeric("a", {2})});
  });
  CHECK(twice.code == ff::error_code::bad_value);
  CHECK(twice.message == "column 'a': is there twice");
}

TEST_CASE("rows are taken in the order asked for") {
  const table picked = example().rows({2, 0, 0});
  CHECK(picked.rows() == 3);
  CHECK(std::isnan(picked["clicks"].numbers()[0]));
  CHECK(picked["clicks"].numbers()[2] == 1);
  CHECK(picked["channel"].codes()[0] == column::missing_code);
  CHECK(picked["channel"].levels() == example()["channel"].levels());
  CHECK(example().rows({}).cols() == 2);
  CHECK(failure_of([] { (void)example().rows({3}); }).code == ff::error_code::wrong_shape);
}

TEST_CASE("a column is added at the end, or takes the place of its namesake") {
  const table t = example();
  CHECK(names(t.with(column::numeric("time", {4, 5, 6}))) == list{"clicks", "channel", "time"});
  const table replaced = t.with(column::numeric("clicks", {7, 8, 9}));
  CHECK(names(replaced) == list{"clicks", "channel"});
  CHECK(replaced["clicks"].numbers()[0] == 7);
  CHECK(t["clicks"].numbers()[0] == 1);
  CHECK(failure_of([&] { (void)t.with(column::numeric("time", {1})); }).code == ff::error_code::wrong_shape);
  CHECK(table().with(column::numeric("a", {1})).rows() == 1);
}

TEST_CASE("columns are chosen by name") {
  const table t = example();
  CHECK(names(t.without({"clicks"})) == list{"channel"});
  CHECK(t.without({}) == t);
  CHECK(names(t.select({"channel", "clicks"})) == list{"channel", "clicks"});
  CHECK(t.select({}).cols() == 0);
  CHECK(failure_of([&] { (void)t.without({"time"}); }).code == ff::error_code::unknown_name);
  CHECK(failure_of([&] { (void)t.select({"time"}); }).code == ff::error_code::unknown_name);
  CHECK(failure_of([&] { (void)t.select({"clicks", "clicks"}); }).code == ff::error_code::bad_value);
}

TEST_CASE("stages are marked by name, the order of columns stays") {
  const table t = example().with_stage({"channel"}, ff::stage::context);
  CHECK(names(t) == list{"clicks", "channel"});
  CHECK(t["channel"].stage() == ff::stage::context);
  CHECK(t["clicks"].stage() == ff::stage::unknown);
  CHECK(failure_of([&] { (void)t.with_stage({"time"}, ff::stage::cart); }).code == ff::error_code::unknown_name);
}

TEST_CASE("tables are equal when all that they hold is, missing values included") {
  CHECK(example() == example());
  CHECK_FALSE(example() == example().with_stage({"clicks"}, ff::stage::browse));
  CHECK_FALSE(example() == example().select({"channel", "clicks"}));
  CHECK_FALSE(example() == example().rows({0, 1}));
  CHECK(ff::digest_of(example()) == ff::digest_of(example()));
}

TEST_CASE("many columns are no trouble") {
  std::vector<column> columns;
  for (int i = 0; i < 50000; ++i) columns.push_back(column::numeric("c" + std::to_string(i), {1}));
  CHECK(table(std::move(columns)).cols() == 50000);
}
