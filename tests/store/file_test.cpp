// SPDX-License-Identifier: MIT
// Files are read only if they are files, and replaced whole or not at all, whichever call of the system fails.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <footfall/store/file.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
namespace fs = std::filesystem;

// A folder of its own for each test, gone afterwards.
class folder {
 public:
  folder() {
    std::string name = (fs::temp_directory_path() / "footfall-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;

  fs::path operator/(const char* name) const { return path_ / name; }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(path_)) all.push_back(entry.path().filename().string());
    std::sort(all.begin(), all.end());
    return all;
  }

 private:
  fs::path path_;
};

std::vector<std::byte> bytes_of(const std::string& text) {
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}
std::vector<std::byte> listed(const ff::store::file_bytes& bytes) { return {bytes.begin(), bytes.end()}; }
std::vector<std::byte> read(const fs::path& path) { return listed(ff::store::read_bytes(path, 1 << 30)); }

// The calls of the system, of which one fails: the `fails_at`-th from 0. Short writes and interruptions happen too.
struct failing_calls : ff::store::posix_calls {
  static inline int made = 0;
  static inline int fails_at = -1;
  static inline int error_number = EIO;
  static inline std::size_t most_bytes = 1000;

  static bool fails() {
    if (made++ != fails_at) return false;
    errno = error_number;
    return true;
  }
  static int open(const char* path, int flags, mode_t mode) {
    return fails() ? -1 : posix_calls::open(path, flags, mode);
  }
  static ssize_t read(int file, void* to, std::size_t most) {
    return fails() ? -1 : posix_calls::read(file, to, std::min(most, most_bytes));
  }
  static ssize_t write(int file, const void* from, std::size_t bytes) {
    return fails() ? -1 : posix_calls::write(file, from, std::min(bytes, most_bytes));
  }
  static int sync(int file) { return fails() ? -1 : posix_calls::sync(file); }
  static int close(int file) {
    const int closed = posix_calls::close(file);
    return fails() ? -1 : closed;
  }
  static int rename(const char* from, const char* to) { return fails() ? -1 : posix_calls::rename(from, to); }
};

}  // namespace

TEST_CASE("what is written is read, and takes the place of what was there") {
  const folder in;
  ff::store::replace_file(in / "model", bytes_of("first"));
  CHECK(read(in / "model") == bytes_of("first"));
  ff::store::replace_file(in / "model", bytes_of("a longer second"));
  CHECK(read(in / "model") == bytes_of("a longer second"));
  ff::store::replace_file(in / "model", {});
  CHECK(read(in / "model").empty());
  CHECK(in.names() == std::vector<std::string>{"model"});
}

TEST_CASE("only regular files are read") {
  const folder in;
  CHECK(thrown_by([&] { return read(in / "none"); }) ==
        ff::text("file: load: cannot open '", (in / "none").string(), "': No such file or directory"));
  CHECK(code_thrown_by([&] { return read(in / "."); }) == "file");
  REQUIRE(mkfifo((in / "pipe").c_str(), 0600) == 0);
  CHECK(thrown_by([&] { return read(in / "pipe"); }) ==
        ff::text("file: load: '", (in / "pipe").string(), "' is not a regular file"));
  CHECK(thrown_by([&] { return read("/dev/zero"); }).ends_with("is not a regular file"));
  ff::store::replace_file(in / "locked", bytes_of("x"));
  fs::permissions(in / "locked", fs::perms::none);
  if (geteuid() != 0) CHECK(code_thrown_by([&] { return read(in / "locked"); }) == "file");
}

TEST_CASE("a file above the limit is refused before it is read") {
  const folder in;
  ff::store::replace_file(in / "model", bytes_of(std::string(100, 'x')));
  CHECK(ff::store::read_bytes(in / "model", 100).size() == 100);
  CHECK(thrown_by([&] { return ff::store::read_bytes(in / "model", 99); }) ==
        ff::text("limit: load: '", (in / "model").string(), "' has 100 bytes, more than 99"));
  // A hole of a terabyte costs nothing on disk, and must cost nothing here.
  const auto huge = in / "huge";
  std::ofstream(huge).put('x');
  if (truncate(huge.c_str(), off_t{1} << 40) == 0) CHECK(code_thrown_by([&] { return read(huge); }) == "limit");
}

TEST_CASE("a file that changes while it is read is refused") {
  static fs::path changing;
  static int change;
  struct changing_calls : ff::store::posix_calls {
    static ssize_t read(int file, void* to, std::size_t most) {
      if (change != 0) REQUIRE(truncate(changing.c_str(), change) == 0);
      change = 0;
      return posix_calls::read(file, to, most);
    }
  };
  const folder in;
  changing = in / "model";
  for (const auto& [size, word] : {std::pair(60, "shorter"), std::pair(140, "longer")}) {
    ff::store::replace_file(changing, bytes_of(std::string(100, 'x')));
    change = size;
    CHECK(thrown_by([&] { return ff::store::read_bytes<changing_calls>(changing, 1000); }) ==
          ff::text("file: load: '", changing.string(), "' became ", word, " while it was read"));
  }
}

TEST_CASE("whichever call fails, the old file or the new one is there") {
  const folder in;
  const auto old_bytes = bytes_of("old");
  const auto new_bytes = bytes_of(std::string(2500, 'n'));
  int failed = 0;
  for (const int number : {EIO, ENOSPC}) {
    for (int fails_at = 0;; ++fails_at) {
      ff::store::replace_file(in / "model", old_bytes);
      failing_calls::made = 0;
      failing_calls::fails_at = fails_at;
      failing_calls::error_number = number;
      const auto said = thrown_by([&] { return ff::store::replace_file<failing_calls>(in / "model", new_bytes), 0; });
      const auto now = read(in / "model");
      CHECK((now == old_bytes || now == new_bytes));
      CHECK(in.names() == std::vector<std::string>{"model"});  // nothing is left beside it
      if (said.empty()) {
        CHECK(now == new_bytes);
        break;
      }
      CHECK(said.starts_with("file: save: cannot "));
      ++failed;
    }
  }
  CHECK(failed == 2 * 9);  // open, three writes, sync, close, rename, and the folder's open and sync
}

TEST_CASE("interrupted calls are made again, short ones go on") {
  const folder in;
  const auto bytes = bytes_of(std::string(2500, 'n'));
  for (const int fails_at : {0, 1, 2, 3}) {
    failing_calls::made = 0;
    failing_calls::fails_at = fails_at;
    failing_calls::error_number = EINTR;
    ff::store::replace_file<failing_calls>(in / "model", bytes);
    CHECK(read(in / "model") == bytes);
    failing_calls::made = 0;
    CHECK(listed(ff::store::read_bytes<failing_calls>(in / "model", 1 << 20)) == bytes);
  }
}

TEST_CASE("a file that cannot be read to its end is an error") {
  const folder in;
  ff::store::replace_file(in / "model", bytes_of(std::string(2500, 'n')));
  failing_calls::error_number = EIO;
  for (const int fails_at : {1, 2, 4}) {  // the first piece, the second, and the look behind the last
    failing_calls::made = 0;
    failing_calls::fails_at = fails_at;
    CHECK(thrown_by([&] { return ff::store::read_bytes<failing_calls>(in / "model", 1 << 20); }) ==
          ff::text("file: load: cannot read '", (in / "model").string(), "': Input/output error"));
  }
}

TEST_CASE("a disk that takes nothing more is full, and the old file stays") {
  struct full_disk : ff::store::posix_calls {
    static ssize_t write(int, const void*, std::size_t) { return 0; }
  };
  const folder in;
  ff::store::replace_file(in / "model", bytes_of("old"));
  CHECK(thrown_by([&] {
          return ff::store::replace_file<full_disk>(in / "model", bytes_of("new")), 0;
        }).ends_with("No space left on device"));
  CHECK(read(in / "model") == bytes_of("old"));
  CHECK(in.names() == std::vector<std::string>{"model"});
}

TEST_CASE("places where nothing can be saved") {
  const folder in;
  const auto refused = [&](const fs::path& path) {
    return thrown_by([&] { return ff::store::replace_file(path, bytes_of("x")), 0; });
  };
  CHECK(refused(in / "no" / "folder").starts_with("file: save: cannot create"));
  fs::create_directory(in / "taken");
  CHECK(refused(in / "taken").starts_with("file: save: cannot replace"));
  CHECK(refused("").starts_with("file: save: '' names no file"));
  CHECK(refused(in / "taken/").starts_with("file: save: '"));
  CHECK(in.names() == std::vector<std::string>{"taken"});
}

TEST_CASE("a symbolic link is replaced, not followed") {
  const folder in;
  ff::store::replace_file(in / "target", bytes_of("kept"));
  fs::create_symlink(in / "target", in / "link");
  CHECK(read(in / "link") == bytes_of("kept"));
  ff::store::replace_file(in / "link", bytes_of("new"));
  CHECK(read(in / "target") == bytes_of("kept"));
  CHECK(read(in / "link") == bytes_of("new"));
  CHECK_FALSE(fs::is_symlink(in / "link"));
}

// A saver that is killed at any moment. (Not a power cut: what the disk has not seen is not lost here.)
TEST_CASE("a killed saver leaves the old file or the new one") {
  const folder in;
  const auto first = bytes_of(std::string(50'000, 'a')), second = bytes_of(std::string(70'000, 'b'));
  ff::store::replace_file(in / "model", first);
  for (int round = 0; round < 60; ++round) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      for (;;) {
        ff::store::replace_file(in / "model", second);
        ff::store::replace_file(in / "model", first);
      }
    }
    usleep(static_cast<useconds_t>(200 + 137 * round));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    const auto now = read(in / "model");
    CHECK((now == first || now == second));
  }
}
