// SPDX-License-Identifier: MIT
// Reports on disk.
#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include <footfall/core/error.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Writes the bytes to that path, over what was there; folders that are missing are made. Throws `error_code::file`
/// naming the path; the file may then be incomplete.
inline void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code failure;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failure);
  require(!failure, error_code::file, "write_file", "cannot make the folder of '", path.string(),
          "': ", failure.message());
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  require(file.is_open(), error_code::file, "write_file", "cannot open '", path.string(), "' for writing");
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  require(file.good(), error_code::file, "write_file", "cannot write '", path.string(), "'");
}

FOOTFALL_END_NAMESPACE
