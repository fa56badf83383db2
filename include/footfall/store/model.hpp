// SPDX-License-Identifier: MIT
// Models on disk: save a fitted value, load it again, or look what a file holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/store/archive.hpp>
#include <footfall/store/file.hpp>

FOOTFALL_BEGIN_NAMESPACE

struct load_options {
  std::uint64_t most_bytes = std::uint64_t{1} << 34;  ///< larger files are refused before they are read
};

namespace detail {

/// Errors name the file: "load: 'model.ffm': what is wrong".
template <class Read>
auto naming_the_file(const std::filesystem::path& path, const Read& read) {
  try {
    return read();
  } catch (const error& failure) {
    std::string what = failure.what();
    if (what.starts_with("load: ")) what.erase(0, 6);
    fail(failure.code(), "load", "'", path.string(), "': ", what);
  }
}

}  // namespace detail

/// Saves anything with `parts()`: a fitted step or a whole fitted pipeline. Equal values with equal notes give equal files. A
/// crash leaves the old file or the new one. Throws `error_code::file`; the old file is then as it was.
template <has_parts Fitted>
void save(const std::filesystem::path& path, const Fitted& value, std::vector<model_note> notes = {}) {
  const auto bytes = store::to_bytes(value, std::move(notes));
  store::replace_file(path, bytes);
}

/// Loads what `save` wrote: the value equals the saved one to the last bit. The type must be the one that was saved, down to
/// `float` or `double`. The file may be anybody's: whatever its bytes are, the result is a valid value or an error (file,
/// limit, wrong_kind, bad_parts). It does not protect from a valid model that somebody made to score nonsense.
template <has_parts Fitted>
Fitted load(const std::filesystem::path& path, const load_options& options = {}) {
  const auto bytes = store::read_bytes(path, options.most_bytes);
  return detail::naming_the_file(path, [&] { return store::from_bytes<Fitted>(bytes); });
}

/// What a model file holds, without building the model. Throws as `load` does.
inline model_summary inspect(const std::filesystem::path& path, const load_options& options = {}) {
  const auto bytes = store::read_bytes(path, options.most_bytes);
  return detail::naming_the_file(path, [&] { return store::summary_of_bytes(bytes); });
}

FOOTFALL_END_NAMESPACE
