// SPDX-License-Identifier: MIT
// The entry point of the tests; doctest's own code is compiled here and nowhere else.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <tests/source_dir.hpp>

// Only this file is compiled with the path, so that two checkouts can share the compiled rest.
std::filesystem::path source_dir() { return FOOTFALL_SOURCE_DIR; }
