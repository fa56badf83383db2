// SPDX-License-Identifier: MIT
// A fitted value as the bytes of a model file, and back: two sections, one about the value and the value itself.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <footfall/core/digest.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/version.hpp>
#include <footfall/store/checksum.hpp>
#include <footfall/store/decode.hpp>
#include <footfall/store/encode.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A name and what is to be said under it, e.g. {"sessions", "18,750"}.
struct model_note {
  std::string name;
  std::string text;

  auto parts() const { return std::tie(name, text); }
  static model_note from_parts(std::string name, std::string text) { return {std::move(name), std::move(text)}; }
  bool operator==(const model_note&) const = default;
};

/// What a model file says about itself: enough to know it without building the model.
struct model_summary {
  std::string version;                ///< of the footfall that wrote it
  std::string digest;                 ///< of the value, as `digest_of(value).hex()`
  std::vector<std::string> steps;     ///< kinds within the value, outer ones first
  std::vector<feature_info> columns;  ///< features that its steps know by name, each once
  std::vector<model_note> sizes;      ///< trees, nodes, clusters and the like
  std::vector<model_note> notes;      ///< what was handed to `save`

  auto parts() const { return std::tie(version, digest, steps, columns, sizes, notes); }
  static model_summary from_parts(std::string version, std::string digest, std::vector<std::string> steps,
                                  std::vector<feature_info> columns, std::vector<model_note> sizes,
                                  std::vector<model_note> notes) {
    return {std::move(version), std::move(digest), std::move(steps),
            std::move(columns), std::move(sizes),  std::move(notes)};
  }
  bool operator==(const model_summary&) const = default;
};

namespace store {

/// The version of the format. A later footfall reads all earlier ones, and writes the earliest that can hold the value: format 2
/// is that of optional parts, such as the levels of categories.
inline constexpr std::uint32_t format = 2;
/// The first bytes of every model file. Text tools and half-binary transfers damage at least one of them.
inline constexpr std::array<std::byte, 8> magic = {std::byte{0x89}, std::byte{'F'},  std::byte{'F'},  std::byte{'M'},
                                                   std::byte{'\r'}, std::byte{'\n'}, std::byte{0x1A}, std::byte{'\n'}};

/// Where things lie in the first bytes, in order: magic, format (u32), number of sections (u32, 2), length of the file
/// (u64), for each section its length and checksum (u64 each), and the checksum of all this (u64). The sections follow.
struct file_header {
  static constexpr std::size_t sections = 2;
  static constexpr std::size_t table = 24;
  static constexpr std::size_t end_of_table = table + 16 * sections;
  static constexpr std::size_t size = end_of_table + 8;
};

namespace detail {

inline void put_u64(std::byte* at, std::uint64_t value) noexcept {
  for (int byte = 0; byte < 8; ++byte, value >>= 8) at[byte] = static_cast<std::byte>(value & 0xFF);
}

/// Kinds, feature columns and sizes of a value and of all within it.
template <class T>
void describe(const T& value, model_summary& about) {
  if constexpr (std::same_as<T, feature_info>) {
    if (std::find(about.columns.begin(), about.columns.end(), value) == about.columns.end()) {
      about.columns.push_back(value);
    }
  } else if constexpr (has_parts<T>) {
    if constexpr (requires { T::kind; }) about.steps.emplace_back(T::kind);
    const auto note = [&](const char* name, auto count) { about.sizes.push_back({name, text(count)}); };
    if constexpr (requires {
                    { value.trees() } -> std::convertible_to<index>;
                  })
      note("trees", index{value.trees()});
    if constexpr (requires {
                    { value.nodes() } -> std::convertible_to<index>;
                  })
      note("nodes", index{value.nodes()});
    if constexpr (requires {
                    { value.clusters() } -> std::convertible_to<index>;
                  }) {
      note("clusters", static_cast<index>(value.clusters()));
    }
    describe(value.parts(), about);
  } else if constexpr (footfall::detail::optional_part<T>) {
    if (value.has_value()) describe(*value, about);
  } else if constexpr (footfall::detail::tuple_part<T>) {
    std::apply([&](const auto&... parts) { (describe(parts, about), ...); }, value);
  } else if constexpr (std::ranges::range<T> && !footfall::detail::dense_part<T>) {
    using element = std::ranges::range_value_t<T>;
    if constexpr (!footfall::detail::scalar_part<element> && !record_part<element>) {
      for (const auto& each : value) describe(each, about);
    }
  }
}

}  // namespace detail

/// Writes the checksums of a file's sections and of its header anew. For whoever builds such bytes by hand.
inline void seal(std::span<std::byte> bytes) {
  std::size_t at = file_header::size;
  for (std::size_t section = 0; section < file_header::sections; ++section) {
    std::byte* entry = bytes.data() + file_header::table + 16 * section;
    const std::uint64_t length = little_endian(entry);
    if (length > bytes.size() - at) return;
    detail::put_u64(entry + 8, checksum(bytes.subspan(at, length)));
    at += length;
  }
  detail::put_u64(bytes.data() + file_header::end_of_table, checksum(bytes.first(file_header::end_of_table)));
}

/// The sections of a file whose header and checksums are in order. Throws bad_parts and says what is wrong.
inline std::array<std::span<const std::byte>, file_header::sections> sections_of(std::span<const std::byte> bytes) {
  const auto who = "load";
  require(bytes.size() >= file_header::size, error_code::bad_parts, who, "a model has at least ",
          std::size_t{file_header::size}, " bytes, got ", bytes.size());
  require(std::equal(magic.begin(), magic.end(), bytes.begin()), error_code::bad_parts, who, "this is not a model");
  const std::uint64_t words = little_endian(bytes.data() + 8);
  const std::uint64_t found = words & 0xFFFFFFFF;
  require(found <= format, error_code::bad_parts, who, "written in format ", found,
          " by a later footfall; this one reads up to ", format);
  require(found >= 1 && words >> 32 == file_header::sections, error_code::bad_parts, who, "the header is damaged");
  const std::uint64_t length = little_endian(bytes.data() + 16);
  require(length == bytes.size(), error_code::bad_parts, who, "the file should have ", length, " bytes, it has ",
          bytes.size());
  require(little_endian(bytes.data() + file_header::end_of_table) == checksum(bytes.first(file_header::end_of_table)),
          error_code::bad_parts, who, "the header is damaged");
  std::array<std::span<const std::byte>, file_header::sections> sections;
  std::span<const std::byte> rest = bytes.subspan(file_header::size);
  for (std::size_t section = 0; section < file_header::sections; ++section) {
    const std::byte* entry = bytes.data() + file_header::table + 16 * section;
    const std::uint64_t size = little_endian(entry);
    require(size <= rest.size() && size % 8 == 0, error_code::bad_parts, who, "section ", section, " claims ", size,
            " bytes, there are ", rest.size());
    sections[section] = rest.first(size);
    rest = rest.subspan(size);
    require(checksum(sections[section]) == little_endian(entry + 8), error_code::bad_parts, who, "section ", section,
            " is damaged");
  }
  require(rest.empty(), error_code::bad_parts, who, "there are bytes behind the last section");
  return sections;
}

/// The bytes of a model file. Equal values with equal notes give equal bytes, in any build of one version.
template <has_parts Fitted>
std::vector<std::byte> to_bytes(const Fitted& value, std::vector<model_note> notes = {}) {
  model_summary about;
  about.version = text(FOOTFALL_VERSION_MAJOR, '.', FOOTFALL_VERSION_MINOR, '.', FOOTFALL_VERSION_PATCH);
  about.digest = digest_of(value).hex();
  about.notes = std::move(notes);
  detail::describe(value, about);
  encoder all;
  all.put(about);
  const std::uint64_t first = all.bytes().size();
  all.put(value);

  std::vector<std::byte> bytes(file_header::size + all.bytes().size());
  std::copy(magic.begin(), magic.end(), bytes.begin());
  std::copy(all.bytes().begin(), all.bytes().end(), bytes.begin() + file_header::size);
  const std::uint64_t earliest = all.has_optional() ? format : 1;
  detail::put_u64(bytes.data() + 8, earliest | std::uint64_t{file_header::sections} << 32);
  detail::put_u64(bytes.data() + 16, bytes.size());
  detail::put_u64(bytes.data() + file_header::table, first);
  detail::put_u64(bytes.data() + file_header::table + 16, all.bytes().size() - first);
  seal(bytes);
  return bytes;
}

/// The value again. Throws wrong_kind if the bytes hold another kind of value, bad_parts for anything that is not a whole and
/// valid one. Whatever the bytes are, nothing worse happens, and memory stays within a small multiple of their number.
template <has_parts Fitted>
Fitted from_bytes(std::span<const std::byte> bytes) {
  decoder value(sections_of(bytes)[1]);
  auto result = value.take<Fitted>();
  require(value.at_end(), error_code::bad_parts, "load", "there are bytes behind the value");
  return result;
}

/// What the file says about itself. The value is not built and not checked. Throws bad_parts.
inline model_summary summary_of_bytes(std::span<const std::byte> bytes) {
  decoder about(sections_of(bytes)[0]);
  auto result = about.take<model_summary>();
  require(about.at_end(), error_code::bad_parts, "load", "there are bytes behind the summary");
  return result;
}

}  // namespace store

FOOTFALL_END_NAMESPACE
