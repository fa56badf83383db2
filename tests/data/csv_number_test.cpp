// SPDX-License-Identifier: MIT
// The short way to a number gives what the long way gives, to the last bit, or declines.
#include <bit>
#include <cstdint>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/data/csv_number.hpp>

namespace {

namespace ff = footfall;
using ff::detail::csv_number;

// What the short way reads of `field` followed by a comma; nothing where it declines.
std::optional<double> quickly(const std::string& field) {
  const std::string text = field + "," + std::string(64, '7');
  double number = 0;
  const char* const end = ff::detail::read_plain_number(text.data(), number);
  double filled = 0;
  const bool fills = ff::detail::read_plain_field(text.data(), text.data() + field.size(), filled);
  if (end == text.data() || *end != ',' || end != text.data() + field.size()) {
    CHECK_FALSE(fills);
    return std::nullopt;
  }
  // The way that knows where the field ends says the same.
  CHECK(fills);
  CHECK(std::bit_cast<std::uint64_t>(filled) == std::bit_cast<std::uint64_t>(number));
  return number;
}
std::optional<double> slowly(const std::string& field) {
  double number = 0;
  if (ff::detail::read_number(field, number) != csv_number::good) return std::nullopt;
  return number;
}
bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

}  // namespace

TEST_CASE("plain numbers are read exactly") {
  const std::string good[] = {"0",
                              "-0",
                              "7",
                              "-12",
                              "00012",
                              "1234567",
                              "12345678",
                              "123456789012345",
                              "1.5",
                              "-0.001",
                              ".5",
                              "-.25",
                              "5.",
                              "0.1",
                              "1234567.89",
                              "12345678.9",
                              "0.123456789012",
                              "99999999.9999999",
                              "1.00000000000001"};
  for (const auto& field : good) {
    CAPTURE(field);
    REQUIRE(quickly(field));
    CHECK(same(*quickly(field), *slowly(field)));
  }
}

TEST_CASE("what is no plain number is left to the long way") {
  for (const std::string field : {"",
                                  "-",
                                  ".",
                                  "-.",
                                  "+1",
                                  "1e5",
                                  "--1",
                                  "1-",
                                  "1.2.3",
                                  "inf",
                                  "x",
                                  "1234567890123456",
                                  "0.1234567890123456",
                                  "12345678901234567890",
                                  "1.5x",
                                  " 1",
                                  "1 ",
                                  "\xD9\xA3",
                                  "1/",
                                  "1:"}) {
    CAPTURE(field);
    CHECK_FALSE(quickly(field));
  }
}

TEST_CASE("a number too small for a double is 0, one too large is told apart from it") {
  for (const std::string field : {"1e-400", "-1e-400", "0.0001e-330", "1234e-400", "1e-99999999999999999999"}) {
    CAPTURE(field);
    double number = 1;
    CHECK(ff::detail::read_number(field, number) == csv_number::good);
    CHECK(number == 0);
  }
  for (const std::string field : {"1e400", "-1e+400", "0.0001e330", "1234e306", "1e99999999999999999999"}) {
    CAPTURE(field);
    double number = 1;
    CHECK(ff::detail::read_number(field, number) == csv_number::too_large);
  }
}

TEST_CASE("any two bytes around digits, and any short run of digits and points") {
  for (int byte = 0; byte < 256; ++byte) {
    if (byte == ',') continue;
    for (const std::string& field :
         {std::string(1, static_cast<char>(byte)), "1" + std::string(1, static_cast<char>(byte)),
          std::string(1, static_cast<char>(byte)) + "1", "1.2" + std::string(1, static_cast<char>(byte)) + "3"}) {
      const auto found = quickly(field);
      if (found) REQUIRE(same(*found, slowly(field).value()));
    }
  }
  ff::random_stream random(5);
  int read = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string field = random.below(3) == 0 ? "-" : "";
    for (auto length = random.below(19); length-- > 0;) field += static_cast<char>('0' + random.below(10));
    if (random.below(2) == 0) field += '.';
    for (auto length = random.below(12); length-- > 0;) field += static_cast<char>('0' + random.below(10));
    const auto found = quickly(field);
    if (!found) continue;
    ++read;
    CAPTURE(field);
    REQUIRE(same(*found, slowly(field).value()));
  }
  CHECK(read > 5000);
}
