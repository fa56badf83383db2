// SPDX-License-Identifier: MIT
// What the items of a file are called and how large their numbers are.
#include <cstdint>
#include <tuple>

#include <doctest/doctest.h>

#include <footfall/core/stage.hpp>
#include <footfall/forest/tree.hpp>
#include <footfall/store/archive.hpp>
#include <footfall/store/item.hpp>

namespace ff = footfall;
using ff::store::number_kind;

TEST_CASE("each number has its kind and size") {
  CHECK(ff::store::number_kind_of<bool>() == number_kind::boolean);
  CHECK(ff::store::number_kind_of<std::uint8_t>() == number_kind::u8);
  CHECK(ff::store::number_kind_of<std::uint16_t>() == number_kind::u16);
  CHECK(ff::store::number_kind_of<std::uint32_t>() == number_kind::u32);
  CHECK(ff::store::number_kind_of<std::uint64_t>() == number_kind::u64);
  CHECK(ff::store::number_kind_of<std::int8_t>() == number_kind::i8);
  CHECK(ff::store::number_kind_of<std::int16_t>() == number_kind::i16);
  CHECK(ff::store::number_kind_of<int>() == number_kind::i32);
  CHECK(ff::store::number_kind_of<ff::index>() == number_kind::i64);
  CHECK(ff::store::number_kind_of<float>() == number_kind::f32);
  CHECK(ff::store::number_kind_of<double>() == number_kind::f64);
  CHECK(ff::store::number_kind_of<ff::stage>() == number_kind::u8);
  CHECK(size_of(number_kind::boolean) == 1);
  CHECK(size_of(number_kind::u16) == 2);
  CHECK(size_of(number_kind::f32) == 4);
  CHECK(size_of(number_kind::f64) == 8);
  CHECK(size_of(static_cast<number_kind>(77)) == 0);
}

TEST_CASE("kinds have names, strangers too") {
  CHECK(name_of(ff::store::item_kind::records) == "records");
  CHECK(name_of(static_cast<ff::store::item_kind>(0)) == "nothing");
  CHECK(name_of(static_cast<ff::store::item_kind>(200)) == "nothing");
  CHECK(name_of(number_kind::i64) == "i64");
  CHECK(name_of(static_cast<number_kind>(200)).empty());
}

TEST_CASE("values of plain numbers are records, others are not") {
  CHECK(ff::store::record_part<ff::tree_node>);
  CHECK_FALSE(ff::store::record_part<ff::feature_info>);
  CHECK_FALSE(ff::store::record_part<ff::model_note>);
  CHECK_FALSE(ff::store::record_part<double>);
}

TEST_CASE("contents end on a multiple of eight") {
  CHECK(ff::store::rounded_up(0) == 0);
  CHECK(ff::store::rounded_up(1) == 8);
  CHECK(ff::store::rounded_up(8) == 8);
  CHECK(ff::store::rounded_up(9) == 16);
}
