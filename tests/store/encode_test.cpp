// SPDX-License-Identifier: MIT
// The bytes of items, one by one: the format is what stands here.
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/types.hpp>
#include <footfall/store/encode.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

template <class T>
std::vector<int> encoded(const T& value) {
  ff::store::encoder to;
  to.put(value);
  std::vector<int> bytes;
  for (const std::byte byte : to.bytes()) bytes.push_back(std::to_integer<int>(byte));
  return bytes;
}

// A header: kind, kind of number, and the low bytes of count, rows and bytes that follow.
std::vector<int> header(int kind, int number, int count, int rows, int bytes) {
  std::vector<int> all(32, 0);
  all[0] = kind, all[1] = number, all[8] = count, all[16] = rows, all[24] = bytes;
  return all;
}
std::vector<int> joined(std::initializer_list<std::vector<int>> pieces) {
  std::vector<int> all;
  for (const auto& piece : pieces) all.insert(all.end(), piece.begin(), piece.end());
  return all;
}

struct pair_of_numbers {
  std::uint8_t small = 0;
  std::uint16_t large = 0;
  auto parts() const { return std::tie(small, large); }
  static pair_of_numbers from_parts(std::uint8_t small, std::uint16_t large) { return {small, large}; }
};

struct named {
  static constexpr std::string_view kind = "named";
  bool yes = true;
  auto parts() const { return std::tie(yes); }
  static named from_parts(bool yes) { return {yes}; }
};

struct with_more {
  std::uint8_t number = 0;
  std::optional<std::uint8_t> more{};
  auto parts() const { return std::tie(number, more); }
};

}  // namespace

TEST_CASE("an optional part that is absent leaves no byte, and one that is there is a part like others") {
  const auto number = [](int value) { return joined({header(1, 2, 1, 0, 8), {value, 0, 0, 0, 0, 0, 0, 0}}); };
  const auto no_kind = header(2, 0, 0, 0, 0);
  CHECK(encoded(with_more{7}) == joined({header(7, 0, 1, 0, 72), no_kind, number(7)}));
  CHECK(encoded(with_more{7, std::uint8_t{9}}) == joined({header(7, 0, 2, 0, 112), no_kind, number(7), number(9)}));
  ff::store::encoder to;
  to.put(with_more{7});
  CHECK_FALSE(to.has_optional());
  to.put(with_more{7, std::uint8_t{9}});
  CHECK(to.has_optional());
}

TEST_CASE("a number lies in eight bytes") {
  CHECK(encoded(std::uint16_t{0x0102}) == joined({header(1, 3, 1, 0, 8), {2, 1, 0, 0, 0, 0, 0, 0}}));
  CHECK(encoded(1.0) == joined({header(1, 11, 1, 0, 8), {0, 0, 0, 0, 0, 0, 0xF0, 0x3F}}));
  CHECK(encoded(true) == joined({header(1, 1, 1, 0, 8), {1, 0, 0, 0, 0, 0, 0, 0}}));
}

TEST_CASE("texts and lists of numbers are filled up with zeros") {
  CHECK(encoded(std::string("abc")) == joined({header(2, 0, 3, 0, 8), {'a', 'b', 'c', 0, 0, 0, 0, 0}}));
  CHECK(encoded(std::string()) == header(2, 0, 0, 0, 0));
  CHECK(encoded(std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6, 7, 8, 9}) ==
        joined({header(3, 2, 9, 0, 16), {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0, 0, 0, 0}}));
}

TEST_CASE("a matrix lies column by column") {
  ff::matrix<float> grid(2, 1);
  grid << 1.0F, -2.0F;
  CHECK(encoded(grid) == joined({header(4, 10, 1, 2, 8), {0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0}}));
}

TEST_CASE("a matrix without numbers is kept where it has no rows and columns to speak of") {
  CHECK(encoded(ff::matrix<float>(0, 0)) == header(4, 10, 0, 0, 0));
  CHECK(encoded(Eigen::VectorXf()) == header(4, 10, 1, 0, 0));
  CHECK(thrown_by([] { return encoded(ff::matrix<float>(0, 3)); }) ==
        "bad_parts: save: a matrix of 0 x 3 holds no numbers");
  CHECK(thrown_by([] { return encoded(ff::matrix<float>(2, 0)); }) ==
        "bad_parts: save: a matrix of 2 x 0 holds no numbers");
}

TEST_CASE("records lie member by member") {
  CHECK(encoded(std::vector<pair_of_numbers>{{1, 2}, {3, 4}}) == joined({header(6, 0, 2, 0, 80),
                                                                         header(3, 2, 2, 0, 8),
                                                                         {1, 3, 0, 0, 0, 0, 0, 0},
                                                                         header(3, 3, 2, 0, 8),
                                                                         {2, 0, 4, 0, 0, 0, 0, 0}}));
}

TEST_CASE("a group is its kind and its parts, a list its items") {
  const auto one = joined({header(7, 0, 1, 0, 80),
                           header(2, 0, 5, 0, 8),
                           {'n', 'a', 'm', 'e', 'd', 0, 0, 0},
                           header(1, 1, 1, 0, 8),
                           {1, 0, 0, 0, 0, 0, 0, 0}});
  CHECK(encoded(named{}) == one);
  CHECK(encoded(std::vector<named>(2)) == joined({header(5, 0, 2, 0, 224), one, one}));
}
