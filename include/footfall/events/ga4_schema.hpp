// SPDX-License-Identifier: MIT
// The table of fields as a tree, to find the next key of a record in: usually the one after the key before.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/version.hpp>
#include <footfall/data/csv_number.hpp>
#include <footfall/events/ga4_fields.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// A field as it is looked for.
struct ga4_entry {
  static constexpr std::size_t longest_name = 60;  // a name and its quote are compared within the spare bytes of a line

  ga4_entry(std::string_view field_name, std::string field_path) : path(std::move(field_path)), quoted(field_name) {
    quoted += '"';
    std::memcpy(&first, quoted.data(), std::min<std::size_t>(quoted.size(), 8));
    if (quoted.size() < 8) mask = (std::uint64_t{1} << (8 * quoted.size())) - 1;
  }

  std::string_view name() const noexcept { return std::string_view(quoted).substr(0, quoted.size() - 1); }
  /// Do these bytes, of which 64 may be read, begin with the name and a quote?
  bool is_at(const char* bytes) const noexcept {
    const std::uint64_t here = eight_bytes(bytes);
    if ((here & mask) != first) return false;
    for (std::size_t at = 8; at < quoted.size(); at += 8) {  // eight at a time, the last ones perhaps again
      const std::size_t from = std::min(at, quoted.size() - 8);
      if (eight_bytes(bytes + from) != eight_bytes(quoted.data() + from)) return false;
    }
    return true;
  }

  std::string path;
  std::string quoted;
  std::uint64_t first = 0, mask = ~std::uint64_t{0};
  ga4_use use = ga4_use::ignored;
  std::string key{};
  bool repeated = false;
  bool wanted = false;     // it or something in it is read
  std::size_t record = 0;  // number of the record that it is; 0 where it is none or not looked into
};

/// A record: its fields in the order of the table.
struct ga4_record {
  ga4_record() = default;
  /// A record of which every field is wanted.
  ga4_record(std::string before, std::initializer_list<std::string_view> names) : path(std::move(before)) {
    for (const auto name : names) {
      fields.emplace_back(name, path + std::string(name));
      fields.back().wanted = true;
    }
  }

  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  /// The number of the field whose name and quote begin at `bytes`, from `expected` on and around; or `nowhere`.
  std::size_t find(const char* bytes, std::size_t expected) const noexcept {
    for (std::size_t i = expected; i < fields.size(); ++i) {
      if (fields[i].is_at(bytes)) return i;
    }
    for (std::size_t i = 0; i < std::min(expected, fields.size()); ++i) {
      if (fields[i].is_at(bytes)) return i;
    }
    return nowhere;
  }
  /// The same for a name that had to be decoded.
  std::size_t find(std::string_view name) const noexcept {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].name() == name) return i;
    }
    return nowhere;
  }

  std::string path{};  // before the names of its fields
  std::vector<ga4_entry> fields{};
};

/// All records, the whole event first. Throws bad_option for a path that is empty, too long or there twice, for a field that
/// is a record and a value, for a text or number without a key, and unless one field each is visitor, name and time.
inline std::vector<ga4_record> ga4_records(const std::vector<ga4_field>& table) {
  const std::string_view who = "ga4_options";
  std::vector<ga4_record> records(1);
  std::array<int, 8> used{};
  for (const auto& each : table) {
    const bool keyed = each.use == ga4_use::text || each.use == ga4_use::number;
    require(keyed != each.key.empty(), error_code::bad_option, who, "field '", each.path,
            keyed ? "' needs a key" : "' takes no key");
    const bool list = each.path.ends_with("[]");
    require(each.use == ga4_use::ignored || list == (each.use == ga4_use::parameters), error_code::bad_option, who,
            "field '", each.path, "' must be repeated to hold parameters, and only then");
    ++used[static_cast<std::size_t>(each.use)];
    std::size_t record = 0;
    for (std::size_t at = 0; at <= each.path.size();) {
      const std::size_t end = std::min(each.path.find('.', at), each.path.size());
      std::string_view name = std::string_view(each.path).substr(at, end - at);
      const bool repeated = name.ends_with("[]");
      if (repeated) name.remove_suffix(2);
      const bool last = end == each.path.size();
      require(!name.empty() && name.size() <= ga4_entry::longest_name && name.find_first_of("\"\\") == name.npos,
              error_code::bad_option, who, "field '", each.path,
              "' has a name that is empty, longer than 60 bytes or with a quote or backslash");
      std::size_t place = records[record].find(name);
      if (place == ga4_record::nowhere) {
        place = records[record].fields.size();
        require(place < 64, error_code::bad_option, who, "more than 64 fields beside '", each.path, "'");
        records[record].fields.emplace_back(name, each.path.substr(0, end));
        records[record].fields[place].repeated = repeated;
        if (!last) {
          records[record].fields[place].record = records.size();
          records.emplace_back().path = each.path.substr(0, end + 1);
        }
      } else {
        const ga4_entry& known = records[record].fields[place];
        require(!last && known.record != 0 && known.repeated == repeated, error_code::bad_option, who, "field '",
                each.path, "' is there twice, or is a record elsewhere and a value here");
      }
      ga4_entry& entry = records[record].fields[place];
      entry.wanted = entry.wanted || each.use != ga4_use::ignored;
      if (last) {
        entry.use = each.use;
        entry.key = each.key;
      }
      record = entry.record;
      at = end + 1;
    }
  }
  for (const auto& [use, name] :
       {std::pair{ga4_use::visitor, "visitor"}, {ga4_use::name, "name"}, {ga4_use::time, "time"}}) {
    require(used[static_cast<std::size_t>(use)] == 1, error_code::bad_option, who, "one field must be the ", name,
            ", got ", used[static_cast<std::size_t>(use)]);
  }
  return records;
}

}  // namespace detail

FOOTFALL_END_NAMESPACE
