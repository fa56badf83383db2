// SPDX-License-Identifier: MIT
// Whether this build has simdjson, and what its tests of the GA4 export say where it does not.
#pragma once

#include <cstdlib>

#include <doctest/doctest.h>

#ifndef FOOTFALL_HAS_GA4

TEST_CASE("the GA4 export") {
  if (std::getenv("FOOTFALL_REQUIRE_ALL") != nullptr) FAIL("simdjson is missing, and nothing may be skipped");
  MESSAGE("skipped: simdjson is missing (Debian: apt-get install libsimdjson-dev)");
}

#endif
