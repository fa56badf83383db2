// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>
#include <unistd.h>

#include <footfall/report/file.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
namespace fs = std::filesystem;

// A folder of this process alone, gone at the end of the test.
struct scratch {
  fs::path path = fs::temp_directory_path() / ff::text("footfall_file_test_", getpid());
  scratch() { fs::create_directories(path); }
  ~scratch() { fs::remove_all(path); }
};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a file holds the bytes it was given, in folders that are made") {
  const scratch folder;
  const auto path = folder.path / "a" / "b" / "report.json";
  const std::string bytes("{\n\r\0}", 5);
  ff::write_file(path, bytes);
  CHECK(read(path) == bytes);
  ff::write_file(path, "shorter");
  CHECK(read(path) == "shorter");
  ff::write_file(path, "");
  CHECK(read(path).empty());
}

TEST_CASE("a file that cannot be written is an error that names it") {
  const scratch folder;
  const auto is_folder = (folder.path / "taken").string();
  fs::create_directories(is_folder);
  const auto failure = thrown_by([&] {
    ff::write_file(is_folder, "x");
    return 0;
  });
  CHECK(failure == "file: write_file: cannot open '" + is_folder + "' for writing");

  const auto is_file = folder.path / "file";
  ff::write_file(is_file, "x");
  const auto below = (is_file / "report.json").string();
  const auto no_folder = thrown_by([&] {
    ff::write_file(below, "x");
    return 0;
  });
  CHECK(no_folder.starts_with("file: write_file: cannot make the folder of '" + below + "': "));

  if (fs::exists("/dev/full")) {
    CHECK(thrown_by([] {
            ff::write_file("/dev/full", "x");
            return 0;
          }) == "file: write_file: cannot write '/dev/full'");
  }
}
