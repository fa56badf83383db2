// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <footfall/core/error.hpp>
#include <footfall/core/version.hpp>

namespace ff = footfall;

TEST_CASE("a version is at least itself and everything before it") {
  CHECK(FOOTFALL_VERSION_AT_LEAST(FOOTFALL_VERSION_MAJOR, FOOTFALL_VERSION_MINOR, FOOTFALL_VERSION_PATCH));
  CHECK(FOOTFALL_VERSION_AT_LEAST(0, 0, 1));
  CHECK(FOOTFALL_VERSION_AT_LEAST(0, 0, 999));
  CHECK_FALSE(FOOTFALL_VERSION_AT_LEAST(FOOTFALL_VERSION_MAJOR, FOOTFALL_VERSION_MINOR, FOOTFALL_VERSION_PATCH + 1));
  CHECK_FALSE(FOOTFALL_VERSION_AT_LEAST(FOOTFALL_VERSION_MAJOR, FOOTFALL_VERSION_MINOR + 1, 0));
  CHECK_FALSE(FOOTFALL_VERSION_AT_LEAST(FOOTFALL_VERSION_MAJOR + 1, 0, 0));
}

TEST_CASE("the build tag names the version and what the compiler was allowed to use") {
  constexpr std::string_view tag = ff::build_tag();
  const std::string version =
      "v" + std::to_string(FOOTFALL_VERSION_MAJOR) + "_" + std::to_string(FOOTFALL_VERSION_MINOR) + "_";
  CHECK(tag.starts_with(version));
#if defined(__AVX512F__)
  CHECK(tag.find("_avx512") != tag.npos);
#elif defined(__AVX2__)
  CHECK(tag.find("_avx2") != tag.npos);
#elif defined(__SSE2__) && !defined(__SSE3__)
  CHECK(tag == version + "sse2");
#endif
#if defined(__FMA__)
  CHECK(tag.ends_with("fma") == (tag.find("bw") == tag.npos));
#else
  CHECK(tag.find("fma") == tag.npos);
#endif
}

TEST_CASE("the tagged namespace is the plain one to who reads it") {
  static_assert(std::is_same_v<ff::error, ff::FOOTFALL_ABI::error>);
}
