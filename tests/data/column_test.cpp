// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/parts.hpp>
#include <footfall/data/column.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using ff::column;
using footfall_tests::failure_of;

namespace {

using codes = std::vector<std::int32_t>;
using texts = std::vector<std::string>;

codes codes_of(const column& c) { return {c.codes().begin(), c.codes().end()}; }

}  // namespace

TEST_CASE("a numeric column holds numbers, NaN where one is missing") {
  const column c = column::numeric("time", {1.5, std::nan(""), -2}, ff::stage::browse);
  CHECK(c.name() == "time");
  CHECK(c.stage() == ff::stage::browse);
  CHECK(c.is_numeric());
  CHECK(c.rows() == 3);
  CHECK(c.missing() == 1);
  CHECK(c.numbers()[2] == -2);
  CHECK(failure_of([&] { (void)c.codes(); }).code == ff::error_code::wrong_kind);
  CHECK(failure_of([&] { (void)c.levels(); }).message == "column 'time': is numeric, and categories are needed");
  CHECK(column::numeric("x", {}).rows() == 0);
  CHECK(column::numeric("x", {}).stage() == ff::stage::unknown);
}

TEST_CASE("a categorical column holds positions in its dictionary") {
  const column c = column::categorical("channel", {1, -1, 0, 1}, {"mail", "search", "never seen"});
  CHECK_FALSE(c.is_numeric());
  CHECK(c.rows() == 4);
  CHECK(c.missing() == 1);
  CHECK(codes_of(c) == codes{1, -1, 0, 1});
  CHECK(c.levels().size() == 3);
  CHECK(failure_of([&] { (void)c.numbers(); }).code == ff::error_code::wrong_kind);
}

TEST_CASE("codes must be in the dictionary, and levels differ") {
  const auto beyond = failure_of([] { (void)column::categorical("c", {0, 2}, {"a", "b"}); });
  CHECK(beyond.code == ff::error_code::bad_value);
  CHECK(beyond.message == "column 'c': a code must be in [-1, 2), got 2 in row 1");
  CHECK(failure_of([] { (void)column::categorical("c", {-2}, {"a"}); }).code == ff::error_code::bad_value);
  CHECK(failure_of([] { (void)column::categorical("c", {0}, {}); }).code == ff::error_code::bad_value);
  CHECK(failure_of([] {
          (void)column::categorical("c", {}, {"a", "b", "a"});
        }).message == "column 'c': a level is listed twice");
}

TEST_CASE("texts become levels in the order of their bytes, whatever the order of the rows") {
  const column c = column::from_text("c", {"b", "", "a", "B", "b", "\xC3\xA9"});
  CHECK(c.levels() == texts{"B", "a", "b", "\xC3\xA9"});
  CHECK(codes_of(c) == codes{2, -1, 1, 0, 2, 3});
  CHECK(column::from_text("c", {"\xC3\xA9", "b", "B", "a"}).levels() == c.levels());
  CHECK(column::from_text("c", {"", ""}).levels().empty());
  CHECK(column::from_text("c", {"", ""}).missing() == 2);
}

TEST_CASE("rows are taken in the order asked for, and the dictionary stays whole") {
  const column c = column::from_text("c", {"b", "", "a"}, ff::stage::cart);
  const column picked = c.rows({1, 0, 0});
  CHECK(codes_of(picked) == codes{-1, 1, 1});
  CHECK(picked.levels() == c.levels());
  CHECK(picked.stage() == ff::stage::cart);
  CHECK(picked.name() == "c");
  CHECK(column::numeric("x", {1, 2, 3}).rows({2, 2}).numbers()[1] == 3);
  CHECK(failure_of([&] { (void)c.rows({3}); }).code == ff::error_code::wrong_shape);
  CHECK(failure_of([&] { (void)column::numeric("x", {1}).rows({-1}); }).code == ff::error_code::wrong_shape);
}

TEST_CASE("a stage is marked on a copy") {
  const column c = column::numeric("x", {1, std::nan("")});
  const column marked = c.with_stage(ff::stage::checkout);
  CHECK(marked.stage() == ff::stage::checkout);
  CHECK(c.stage() == ff::stage::unknown);
  CHECK_FALSE(ff::same_parts(c, marked));
  CHECK(ff::same_parts(c, marked.with_stage(ff::stage::unknown)));
}
