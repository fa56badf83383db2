// SPDX-License-Identifier: MIT
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/random.hpp>
#include <footfall/simd/short_decimals.hpp>

namespace {

namespace ff = footfall;

// Eight fields, commas between them, as a text with room behind it, and where each begins.
struct line {
  std::string text;
  std::vector<std::uint16_t> after;

  explicit line(const std::vector<std::string>& fields) {
    for (const auto& field : fields) {
      after.push_back(static_cast<std::uint16_t>(text.size()));
      text += field + ",";
    }
    after.push_back(static_cast<std::uint16_t>(text.size()));
    text += std::string(16, '9');
  }
};

void check(const std::vector<std::string>& fields) {
  const line some(fields);
  std::array<double, 8> fast{}, plain{};
  const unsigned read = ff::simd::short_decimals_of_8(some.text.data(), some.after.data(), 1, fast.data());
  REQUIRE(read == ff::simd::short_decimals_of_8_plain(some.text.data(), some.after.data(), 1, plain.data()));
  for (std::size_t i = 0; i < 8; ++i) {
    if ((read >> i & 1) == 0) continue;
    CAPTURE(fields[i]);
    double expected = 0;  // the standard library's, which takes all that is read here
    const char* const end = fields[i].data() + fields[i].size();
    REQUIRE(std::from_chars(fields[i].data(), end, expected).ptr == end);
    REQUIRE(std::bit_cast<std::uint64_t>(fast[i]) == std::bit_cast<std::uint64_t>(expected));
    REQUIRE(std::bit_cast<std::uint64_t>(plain[i]) == std::bit_cast<std::uint64_t>(expected));
  }
}

unsigned read_of(const std::vector<std::string>& fields) {
  const line some(fields);
  std::array<double, 8> numbers{};
  return ff::simd::short_decimals_of_8(some.text.data(), some.after.data(), 1, numbers.data());
}

}  // namespace

TEST_CASE("what is a short number and what is none") {
  const std::vector<std::string> numbers{"0", "-0", "12345678", "1234567.", ".7654321", "-1.2", "-.5", "00012"};
  const std::vector<std::string> others{"", "-", ".", "-.", "1.2.3", "+1", "1e5", "123456789"};
  CHECK(read_of(numbers) == 0xFF);
  CHECK(read_of(others) == 0);
  CHECK(read_of({"7", "", "x", "8", "1 ", " 1", "--1", "1-"}) == 0b1001);
  CHECK(read_of({"99999999", "0.000001", "-9999999", "123.4567", "1,2", "nan", "\xFF", "/:"}) == 0b1111);
  check(numbers);
  check(others);
}

TEST_CASE("eight at once read what one at a time and the standard library read") {
  ff::random_stream stream(5);
  for (int round = 0; round < 10'000; ++round) {
    std::vector<std::string> fields(8);
    for (auto& field : fields) {
      const auto size = stream.below(10);
      for (std::uint64_t i = 0; i < size; ++i) field += "0123456789012345678901234567890123456789.-x"[stream.below(43)];
    }
    check(fields);
  }
}

TEST_CASE("fields that stand apart") {
  // Two columns: numbers in the second.
  std::string text;
  std::vector<std::uint16_t> after;
  for (int i = 0; i < 8; ++i) {
    after.push_back(static_cast<std::uint16_t>(text.size()));
    text += "some,";
    after.push_back(static_cast<std::uint16_t>(text.size()));
    text += std::to_string(i * 111) + "\n";
  }
  after.push_back(static_cast<std::uint16_t>(text.size()));
  text += std::string(16, 'x');
  std::array<double, 8> numbers{};
  CHECK(ff::simd::short_decimals_of_8(text.data(), after.data() + 1, 2, numbers.data()) == 0xFF);
  for (std::size_t i = 0; i < 8; ++i) CHECK(numbers[i] == static_cast<double>(i * 111));
}
