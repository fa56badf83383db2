// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/part_begins.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

TEST_CASE("places of 64 bits in four bytes each") {
  ff::part_begins begins;
  const auto place = [](std::size_t i) { return std::uint64_t{20} * i * i; };
  begins.reserve(100);
  for (std::size_t i = 0; i < 20'000; ++i) begins.push_back(place(i));  // up to 8 * 10^9
  CHECK(begins.size() == 20'000);
  CHECK(begins[0] == 0);
  for (std::size_t i = 0; i < 20'000; i += 63) CHECK(begins[i] == place(i));
  CHECK(begins.bytes() == 4 * 20'000 + 5 * 8);
}

TEST_CASE("many places at once are what they are one by one") {
  ff::part_begins at_once, one_by_one;
  std::uint64_t place = 0;
  for (const std::size_t count : {0U, 1U, 4'095U, 5'000U, 3'192U, 4'096U, 9'000U}) {  // also to where runs end
    std::vector<std::uint64_t> places(count);
    for (auto& each : places) each = place += 70'001;
    for (const auto each : places) one_by_one.push_back(each);
    at_once.append(places);
  }
  REQUIRE(at_once.size() == one_by_one.size());
  CHECK(at_once.bytes() == one_by_one.bytes());
  for (std::size_t i = 0; i < at_once.size(); ++i) REQUIRE(at_once[i] == one_by_one[i]);

  const std::vector<std::uint64_t> too_far{1, 1ULL << 33};
  ff::part_begins begins;
  CHECK(failure_of([&] { begins.append(too_far); }).code == ff::error_code::limit);
  begins.cut(0);
  begins.append(std::vector<std::uint64_t>{3});
  CHECK(begins[0] == 3);
  CHECK(begins.bytes() == 4 + 8);
}

TEST_CASE("a place too far behind the first of its run is refused, and can be taken back") {
  ff::part_begins begins;
  for (std::size_t i = 0; i < ff::part_begins::run; ++i) begins.push_back(5);
  begins.push_back(1ULL << 40);
  begins.push_back((1ULL << 40) + 0xFFFFFFFF);
  CHECK(begins[4097] == (1ULL << 40) + 0xFFFFFFFF);
  const auto failed = failure_of([&] { begins.push_back((1ULL << 40) + 0x100000000); });
  CHECK(failed.code == ff::error_code::limit);
  CHECK(begins.size() == 4098);
  begins.cut(ff::part_begins::run);  // whose run goes with it
  begins.push_back(7);
  CHECK(begins[4096] == 7);
  CHECK(begins[4095] == 5);
  begins.cut(1);
  begins.push_back(6);
  CHECK(begins[1] == 6);
  CHECK(begins.bytes() == 2 * 4 + 8);
}
