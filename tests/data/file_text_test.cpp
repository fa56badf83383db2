// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include <footfall/core/parallel.hpp>
#include <footfall/data/file_text.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
namespace fs = std::filesystem;
using footfall_tests::failure_of;

TEST_CASE("a file's bytes are there as they are, those of a pipe too") {
  const auto path = fs::temp_directory_path() / "footfall_file_text_test";
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{5'000'000}}) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 % 251);
    std::ofstream(path, std::ios::binary) << text;
    CHECK(ff::file_text(path, "test").view() == text);
  }
  fs::remove(path);
#if defined(__linux__)
  CHECK(ff::file_text("/proc/self/stat", "test").view().size() > 10);  // whose size is not known
#endif
}

TEST_CASE("several threads read the same bytes, and a size that is no size stops nobody") {
  const auto path = fs::temp_directory_path() / "footfall_file_text_threads_test";
  ff::workers team({.threads = 3});
  for (const std::size_t size : {std::size_t{0}, std::size_t{1} << 23, std::size_t{20'000'003}}) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 % 251);
    std::ofstream(path, std::ios::binary) << text;
    CHECK(ff::file_text(path, "test", &team).view() == text);
  }
  fs::remove(path);
#if defined(__linux__)
  CHECK(ff::file_text("/proc/self/stat", "test", &team).view().size() > 10);
  if (fs::exists("/sys/kernel/uevent_seqnum")) {  // says that it has 4096 bytes
    CHECK(ff::file_text("/sys/kernel/uevent_seqnum", "test", &team).view().size() < 100);
  }
#endif
}

TEST_CASE("what cannot be read is an error that says who asked") {
  const auto missing = failure_of([] { ff::file_text("no/such/file", "test 'x'"); });
  CHECK(missing.code == ff::error_code::file);
  CHECK(missing.message == "test 'x': the file cannot be opened");
  CHECK(failure_of([] { ff::file_text(fs::temp_directory_path(), "test"); }).code == ff::error_code::file);
}
