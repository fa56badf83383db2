// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/digest.hpp>

namespace ff = footfall;
using ff::digest_of;

namespace {

enum class colour : std::uint8_t { red = 255 };

struct named {
  static constexpr std::string_view kind = "named";
  int value = 0;
  auto parts() const { return std::tie(value); }
};
struct unnamed {
  int value = 0;
  auto parts() const { return std::tie(value); }
};

}  // namespace

TEST_CASE("the bytes go through FNV-1a as published") {
  CHECK(digest_of(std::tuple<>()).value == 0xcbf29ce484222325);
  CHECK(digest_of(std::tuple('a')).value == 0xaf63dc4c8601ec8c);
  CHECK(digest_of(std::tuple('f', 'o', 'o', 'b', 'a', 'r')).value == 0x85944171f73967e8);
}

// The numbers of this case are a promise: they come from a second implementation, in Python, and must never change.
TEST_CASE("every number type has its little-endian bytes") {
  CHECK(digest_of(true).value == 0xaf63bc4c8601b62c);
  CHECK(digest_of(std::int8_t{-1}).value == 0xaf64724c8602eb6e);
  CHECK(digest_of(std::uint8_t{255}).value == 0xaf64724c8602eb6e);
  CHECK(digest_of(colour::red).value == 0xaf64724c8602eb6e);
  CHECK(digest_of(std::int16_t{-2}).value == 0x0a9dc907b6fa303a);
  CHECK(digest_of(std::uint16_t{0xFFFE}).value == 0x0a9dc907b6fa303a);
  CHECK(digest_of(std::int32_t{-123456}).value == 0x4e9de8bfb864c1f5);
  CHECK(digest_of(static_cast<std::uint32_t>(-123456)).value == 0x4e9de8bfb864c1f5);
  CHECK(digest_of(std::int64_t{-1099511627776}).value == 0xf3f632340686e806);
  CHECK(digest_of(std::numeric_limits<std::uint64_t>::max()).value == 0x8cf51a8bfca3883d);
  CHECK(digest_of(1.5f).value == 0x4a98c77f9ba36558);
  CHECK(digest_of(1.5).value == 0xaa95e93229a27c80);
  CHECK(digest_of(0.0).value == 0xa8c7f832281a39c5);
  CHECK(digest_of(-0.0).value == 0xa8c7783228196045);
}

TEST_CASE("texts, ranges and matrices put their size before their contents") {
  CHECK(digest_of(std::string("abc")).value == 0xc11ab6d2519bc2b2);
  CHECK(digest_of(std::string_view("abc")) == digest_of(std::string("abc")));
  CHECK(digest_of(std::vector<double>{1, 2}).value == 0x932e189cc073d0b6);
  CHECK(digest_of(std::array<double, 2>{1, 2}) == digest_of(std::vector<double>{1, 2}));
  Eigen::MatrixXd values(2, 2);
  values << 1, 2, 3, 4;
  CHECK(digest_of(values).value == 0xda86a28551f07e20);
  const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rows_first = values;
  CHECK(digest_of(rows_first) == digest_of(values));
  CHECK_FALSE(digest_of(Eigen::MatrixXd::Zero(2, 3).eval()) == digest_of(Eigen::MatrixXd::Zero(3, 2).eval()));
  using texts = std::vector<std::string>;
  CHECK_FALSE(digest_of(texts{"ab", "c"}) == digest_of(texts{"a", "bc"}));
  CHECK_FALSE(digest_of(texts{""}) == digest_of(texts{}));
}

TEST_CASE("one missing value is like another") {
  CHECK(digest_of(std::numeric_limits<double>::quiet_NaN()).value == 0xaa96293229a2e940);
  CHECK(digest_of(std::numeric_limits<float>::quiet_NaN()).value == 0x4a98877f9ba2f898);
  CHECK(digest_of(-std::nan("123")) == digest_of(std::nan("")));
  CHECK(digest_of(std::bit_cast<double>(std::uint64_t{0x7FF0000000000001})) == digest_of(std::nan("")));
  CHECK(digest_of(-std::nanf("5")) == digest_of(std::nanf("")));
  CHECK_FALSE(digest_of(std::numeric_limits<double>::infinity()) == digest_of(std::nan("")));
}

TEST_CASE("a value is digested by its kind and its parts") {
  CHECK(digest_of(unnamed{5}) == digest_of(std::tuple(5)));
  CHECK(digest_of(named{5}) == digest_of(std::tuple(std::string("named"), 5)));
  CHECK_FALSE(digest_of(named{5}) == digest_of(unnamed{5}));
  CHECK_FALSE(digest_of(named{5}) == digest_of(named{6}));
}

TEST_CASE("a digest prints as 16 digits") {
  CHECK(ff::digest{0}.hex() == "0000000000000000");
  CHECK(ff::digest{0x0123456789abcdef}.hex() == "0123456789abcdef");
  CHECK(digest_of(std::tuple<>()).hex() == "cbf29ce484222325");
}
