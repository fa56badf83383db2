// SPDX-License-Identifier: MIT
// Whole files: read without trusting what the path leads to, and replaced so that a crash leaves the old one or the new one.
#pragma once

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <footfall/core/error.hpp>
#include <footfall/core/huge_pages.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace store {

/// The calls of the system that touch files; tests hand over others that fail.
struct posix_calls {
  static int open(const char* path, int flags, mode_t mode) { return ::open(path, flags, mode); }
  static ssize_t read(int file, void* to, std::size_t most) { return ::read(file, to, most); }
  static ssize_t write(int file, const void* from, std::size_t bytes) { return ::write(file, from, bytes); }
  static int sync(int file) { return ::fsync(file); }
  static int close(int file) { return ::close(file); }
  static int rename(const char* from, const char* to) { return ::rename(from, to); }
  static int unlink(const char* path) { return ::unlink(path); }
};

namespace detail {

[[noreturn]] inline void fail_on(std::string_view who, std::string_view what, const std::filesystem::path& path,
                                 int number) {
  fail(error_code::file, who, "cannot ", what, " '", path.string(), "': ", std::generic_category().message(number));
}

/// A file that is closed at the end of its life.
template <class Calls>
class open_file {
 public:
  open_file(const std::filesystem::path& path, int flags, mode_t mode = 0) {
    do number_ = Calls::open(path.c_str(), flags | O_CLOEXEC, mode);
    while (number_ < 0 && errno == EINTR);
  }
  ~open_file() { close(); }
  open_file(const open_file&) = delete;
  open_file& operator=(const open_file&) = delete;

  bool is_open() const noexcept { return number_ >= 0; }
  int number() const noexcept { return number_; }
  /// A file that could not be closed may not be written: never tried again, since its number may be somebody else's by then.
  bool close() { return number_ < 0 || Calls::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_ = -1;
};

}  // namespace detail

/// Bytes in memory that nobody filled before they came: a range like any other.
class file_bytes {
 public:
  explicit file_bytes(std::size_t size) : bytes_(std::make_unique_for_overwrite<std::byte[]>(size)), size_(size) {
    advise_huge_pages(bytes_.get(), size);
  }

  std::byte* data() noexcept { return bytes_.get(); }
  const std::byte* data() const noexcept { return bytes_.get(); }
  std::size_t size() const noexcept { return size_; }
  const std::byte* begin() const noexcept { return data(); }
  const std::byte* end() const noexcept { return data() + size_; }

 private:
  std::unique_ptr<std::byte[]> bytes_;
  std::size_t size_;
};

/// The bytes of a regular file. Throws `error_code::file` for anything else (a folder, a pipe, a device), for a file that
/// cannot be read, and for one that changes its size meanwhile; `error_code::limit` above `most` bytes, before any is read.
template <class Calls = posix_calls>
file_bytes read_bytes(const std::filesystem::path& path, std::uint64_t most) {
  const auto who = "load";
  // Not to wait for the other end of a pipe: what it is can be asked once it is open.
  const detail::open_file<Calls> file(path, O_RDONLY | O_NONBLOCK);
  if (!file.is_open()) detail::fail_on(who, "open", path, errno);
  struct stat about = {};
  if (::fstat(file.number(), &about) != 0) detail::fail_on(who, "look at", path, errno);
  require(S_ISREG(about.st_mode), error_code::file, who, "'", path.string(), "' is not a regular file");
  const auto size = static_cast<std::uint64_t>(about.st_size);
  require(size <= most, error_code::limit, who, "'", path.string(), "' has ", size, " bytes, more than ", most);

  file_bytes bytes(size);
  std::size_t done = 0;
  const auto read = [&](std::byte* to, std::size_t room) {
    ssize_t got = 0;
    do got = Calls::read(file.number(), to, room);
    while (got < 0 && errno == EINTR);
    if (got < 0) detail::fail_on(who, "read", path, errno);
    return static_cast<std::size_t>(got);
  };
  while (done < bytes.size()) {
    const std::size_t got = read(bytes.data() + done, bytes.size() - done);
    require(got > 0, error_code::file, who, "'", path.string(), "' became shorter while it was read");
    done += got;
  }
  std::byte beyond{};
  require(read(&beyond, 1) == 0, error_code::file, who, "'", path.string(), "' became longer while it was read");
  return bytes;
}

/// Puts the bytes at that path in one step: they go to a new file beside it, are forced to the disk, and take the place of
/// what was there. Whatever fails or crashes, the path holds the old bytes or the new ones, whole. A symbolic link is
/// replaced, not followed. Throws `error_code::file`; the new file is then removed. On a disk that lies about what it holds
/// nothing can be promised.
template <class Calls = posix_calls>
void replace_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  const auto who = "save";
  require(path.has_filename(), error_code::file, who, "'", path.string(), "' names no file");
  static std::atomic<unsigned> saves{0};
  const std::filesystem::path beside =
      path.string() + text(".saving-", static_cast<std::int64_t>(::getpid()), '-', saves.fetch_add(1));
  {
    detail::open_file<Calls> file(beside, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (!file.is_open()) detail::fail_on(who, "create", beside, errno);
    const auto give_up = [&](std::string_view what, const std::filesystem::path& at) {
      const int number = errno;
      file.close();
      Calls::unlink(beside.c_str());
      detail::fail_on(who, what, at, number);
    };
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t wrote = Calls::write(file.number(), bytes.data() + done, bytes.size() - done);
      if (wrote > 0) {
        done += static_cast<std::size_t>(wrote);
      } else if (wrote == 0 || errno != EINTR) {
        if (wrote == 0) errno = ENOSPC;
        give_up("write", beside);
      }
    }
    if (Calls::sync(file.number()) != 0) give_up("force to the disk", beside);
    if (!file.close()) give_up("close", beside);
    if (Calls::rename(beside.c_str(), path.c_str()) != 0) give_up("replace", path);
  }
  // The name is safe once its folder is; from here on the new bytes are in place whatever happens.
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const detail::open_file<Calls> parent(folder, O_RDONLY | O_DIRECTORY);
  if (!parent.is_open()) detail::fail_on(who, "open the folder", folder, errno);
  if (Calls::sync(parent.number()) != 0) detail::fail_on(who, "force to the disk the folder", folder, errno);
}

}  // namespace store

FOOTFALL_END_NAMESPACE
