// SPDX-License-Identifier: MIT
// Reading tables from CSV text: strict, so that a damaged file is an error and not a slightly different table.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// How a CSV text is read. A name that the header does not have throws unknown_name, in any of the lists.
struct csv_options {
  char delimiter = ',';                    ///< between fields, e.g. `;` or a tab; not a quote, line end or NUL
  std::vector<std::string> columns{};      ///< only these, in this order; empty: all, in the order of the header
  std::vector<std::string> categorical{};  ///< read as categories even where every field is a number, e.g. ids
  std::vector<std::string> numeric{};      ///< must be numbers: any other text is an error, not a category
  std::vector<std::string> missing{};      ///< texts that mean missing besides the empty one, e.g. `NA`
};

namespace detail {

enum class csv_number { good, too_large, none };

/// Of a decimal number that is not zero and outside the range of double: is it too large (or else too small)?
inline bool beyond_largest(std::string_view digits) {
  const auto e = std::min(digits.find_first_of("eE"), digits.size());
  const auto mantissa = digits.substr(0, e);
  const auto point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  const auto first = static_cast<std::int64_t>(mantissa.find_first_of("123456789"));
  std::int64_t exponent = 0;
  if (e < digits.size()) {
    const bool negative = digits[e + 1] == '-';
    const bool sign = negative || digits[e + 1] == '+';
    const auto read = std::from_chars(digits.data() + e + (sign ? 2 : 1), digits.data() + digits.size(), exponent);
    if (read.ec == std::errc::result_out_of_range) exponent = std::numeric_limits<std::int64_t>::max() / 2;
    if (negative) exponent = -exponent;
  }
  return point - first + exponent > 0;
}

/// Reads `field` as a decimal number: digits with at most one point, perhaps a sign, perhaps an exponent, nothing else.
inline csv_number read_number(std::string_view field, double& number) {
  const bool negative = field.starts_with('-');
  if (negative || field.starts_with('+')) field.remove_prefix(1);
  // from_chars would take `inf`, `nan` and a second sign
  if (field.empty() || ((field[0] < '0' || field[0] > '9') && field[0] != '.')) return csv_number::none;
  const char* const end = field.data() + field.size();
  const auto read = std::from_chars(field.data(), end, number, std::chars_format::general);
  if (read.ptr != end || read.ec == std::errc::invalid_argument) return csv_number::none;
  if (read.ec == std::errc::result_out_of_range) {
    if (beyond_largest(field)) return csv_number::too_large;
    number = 0;
  }
  if (negative) number = -number;
  return csv_number::good;
}

/// One reading of one CSV text. Fields are views into the text, except those with doubled quotes.
class csv_reader {
 public:
  csv_reader(std::string_view text, const csv_options& options, std::string who)
      : at_(text.data()), end_(text.data() + text.size()), options_(options), who_(std::move(who)) {
    const char delimiter = options_.delimiter;
    require(delimiter != '"' && delimiter != '\n' && delimiter != '\r' && delimiter != '\0', error_code::bad_option,
            who_, "the delimiter must not be a quote, a line end or NUL");
    for (const char each : {delimiter, '"', '\n', '\r', '\0'}) special_[static_cast<unsigned char>(each)] = true;
    if (text.starts_with("\xEF\xBB\xBF")) at_ += 3;
  }

  table read() {
    read_header();
    while (at_ != end_) read_row();
    std::vector<column> columns;
    columns.reserve(chosen_.size());
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      columns.push_back(make_column(chosen_[i], cells_[i]));
      cells_[i] = {};
    }
    return table(std::move(columns));
  }

 private:
  static constexpr std::size_t unread = std::numeric_limits<std::size_t>::max();

  void read_header() {
    if (at_ == end_) fail(error_code::bad_text, who_, "expected a header, got an empty text");
    std::unordered_map<std::string, std::size_t> position;
    do {
      names_.emplace_back(field());
      if (names_.back().empty()) bad_field("expected a column name, got an empty field");
      const auto [first, added] = position.emplace(names_.back(), field_);
      if (!added) {
        bad_field("the name '", excerpt(names_.back()), "' is there twice, first in column ", first->second + 1);
      }
      ++field_;
    } while (another_field());

    for (const auto* list : {&options_.columns, &options_.categorical, &options_.numeric}) {
      for (const auto& name : *list) {
        require(position.contains(name), error_code::unknown_name, who_, "there is no column '", name, "'");
      }
    }
    for (const auto& name : options_.numeric) {
      require(!listed(options_.categorical, name), error_code::bad_option, who_, "column '", name,
              "' cannot be both numeric and categorical");
    }
    chosen_ = options_.columns.empty() ? names_ : options_.columns;
    cells_.resize(chosen_.size());
    slot_.assign(names_.size(), unread);
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      std::size_t& slot = slot_[position.at(chosen_[i])];
      require(slot == unread, error_code::bad_option, who_, "column '", chosen_[i], "' is asked for twice");
      slot = i;
    }
  }

  void read_row() {
    ++row_;
    field_ = 0;
    do {
      const std::string_view value = field();
      if (field_ < slot_.size() && slot_[field_] != unread) cells_[slot_[field_]].push_back(value);
      ++field_;
    } while (another_field());
    if (field_ != names_.size()) {
      fail(error_code::bad_text, who_, "line ", line_of(row_), ": expected ", names_.size(), " fields, got ", field_);
    }
  }

  /// The field at the cursor, without its quotes; the cursor then is at a delimiter, a line end or the end.
  std::string_view field() {
    if (at_ != end_ && *at_ == '"') return quoted_field();
    const char* const begin = at_;
    while (at_ != end_ && !special_[static_cast<unsigned char>(*at_)]) ++at_;
    if (at_ != end_ && *at_ == '"') bad_field("expected quotes around the whole field, got one inside it");
    if (at_ != end_ && *at_ == '\0') bad_field("expected text, got a NUL byte");
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }

  std::string_view quoted_field() {
    const char* const begin = ++at_;
    std::size_t doubled = 0;
    for (;; ++at_) {
      if (at_ == end_) bad_field("expected a closing quote, got the end of the text");
      if (*at_ == '\n') breaks_.push_back(row_);
      if (*at_ == '\0') bad_field("expected text, got a NUL byte");
      if (*at_ != '"') continue;
      if (at_ + 1 == end_ || at_[1] != '"') break;
      ++doubled;
      ++at_;
    }
    const std::string_view inside(begin, static_cast<std::size_t>(at_ - begin));
    ++at_;
    if (at_ != end_ && *at_ != options_.delimiter && *at_ != '\n' && *at_ != '\r') {
      bad_field("expected a delimiter or a line end after the closing quote, got more text");
    }
    if (doubled == 0) return inside;
    std::string& single = unescaped_.emplace_back();
    single.reserve(inside.size() - doubled);
    for (std::size_t i = 0; i < inside.size(); ++i) {
      single += inside[i];
      if (inside[i] == '"') ++i;
    }
    return single;
  }

  /// Steps over what ends the field; true for a delimiter, false for a line end or the end.
  bool another_field() {
    if (at_ == end_) return false;
    if (*at_ == options_.delimiter) {
      ++at_;
      return true;
    }
    if (*at_ == '\r') {
      ++at_;
      if (at_ == end_ || *at_ != '\n') {
        fail(error_code::bad_text, who_, "line ", line_of(row_), ": expected a line feed after the carriage return");
      }
    }
    ++at_;
    return false;
  }

  column make_column(const std::string& name, const std::vector<std::string_view>& cells) const {
    if (!listed(options_.categorical, name)) {
      if (auto numbers = read_numbers(name, cells)) return column::numeric(name, std::move(*numbers));
    }
    return read_levels(name, cells);
  }

  /// Nothing where a field is not a number and the column was not stated to be numeric.
  std::optional<std::vector<double>> read_numbers(const std::string& name,
                                                  const std::vector<std::string_view>& cells) const {
    std::vector<double> numbers;
    numbers.reserve(cells.size());
    std::optional<std::size_t> too_large;
    for (std::size_t row = 0; row < cells.size(); ++row) {
      double number = std::numeric_limits<double>::quiet_NaN();
      if (!is_missing(cells[row])) {
        const csv_number outcome = read_number(cells[row], number);
        if (outcome == csv_number::none) {
          if (!listed(options_.numeric, name)) return std::nullopt;
          bad_number(row, name, "a number", cells[row]);
        }
        if (outcome == csv_number::too_large && !too_large) too_large = row;
      }
      numbers.push_back(number);
    }
    // Only now: a text such as 12e9999 is a level like any other where the column turns out not to be numeric.
    if (too_large) bad_number(*too_large, name, "a number up to 1.797e308", cells[*too_large]);
    return numbers;
  }

  column read_levels(const std::string& name, const std::vector<std::string_view>& cells) const {
    std::unordered_map<std::string_view, std::int32_t> dictionary;  // codes in the order of the rows
    std::vector<std::int32_t> codes;
    codes.reserve(cells.size());
    for (const std::string_view cell : cells) {
      if (is_missing(cell)) {
        codes.push_back(column::missing_code);
        continue;
      }
      const auto [entry, added] = dictionary.try_emplace(cell, static_cast<std::int32_t>(dictionary.size()));
      codes.push_back(entry->second);
      if (added && dictionary.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
        fail(error_code::limit, who_, "column '", name, "' has more than 2147483647 levels");
      }
    }
    std::vector<std::pair<std::string_view, std::int32_t>> sorted(dictionary.begin(), dictionary.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string> levels;
    std::vector<std::int32_t> code_of(sorted.size());
    levels.reserve(sorted.size());
    for (const auto& [level, code] : sorted) {
      code_of[static_cast<std::size_t>(code)] = static_cast<std::int32_t>(levels.size());
      levels.emplace_back(level);
    }
    for (auto& code : codes) {
      if (code != column::missing_code) code = code_of[static_cast<std::size_t>(code)];
    }
    return column::categorical(name, std::move(codes), std::move(levels));
  }

  static bool listed(const std::vector<std::string>& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
  }
  bool is_missing(std::string_view cell) const { return cell.empty() || listed(options_.missing, cell); }

  /// The line on which a row begins; -1 is the header.
  index line_of(index row) const {
    return row + 2 + (std::lower_bound(breaks_.begin(), breaks_.end(), row) - breaks_.begin());
  }

  /// As much of a text as a message can bear, cut between characters.
  static std::string excerpt(std::string_view text) {
    if (text.size() <= 60) return std::string(text);
    std::size_t length = 60;
    while (length > 50 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
    return std::string(text.substr(0, length)) + "...";
  }

  template <class... Parts>
  [[noreturn]] void bad_field(const Parts&... parts) const {
    fail(error_code::bad_text, who_, "line ", line_of(row_), ", column ", field_ + 1, ": ", parts...);
  }
  [[noreturn]] void bad_number(std::size_t row, std::string_view name, std::string_view wanted,
                               std::string_view got) const {
    fail(error_code::bad_text, who_, "line ", line_of(static_cast<index>(row)), ", column '", name, "': expected ",
         wanted, ", got '", excerpt(got), "'");
  }

  const char* at_;
  const char* end_;
  const csv_options& options_;
  std::string who_;
  std::array<bool, 256> special_{};
  std::vector<std::string> names_;                    // as in the header
  std::vector<std::string> chosen_;                   // as in the table
  std::vector<std::size_t> slot_;                     // header to table
  std::vector<std::vector<std::string_view>> cells_;  // of the chosen columns, row by row
  std::deque<std::string> unescaped_;                 // what fields with doubled quotes say; a deque does not move them
  std::vector<index> breaks_;                         // for each line end inside quotes, the row it is in; ascending
  index row_ = -1;
  std::size_t field_ = 0;
};

}  // namespace detail

/// The table that a CSV text holds (RFC 4180). The first line is the header. Lines end with LF or CRLF, the last one
/// may lack it; a UTF-8 byte order mark is skipped. Quoted fields may hold delimiters, line ends and doubled quotes;
/// quotes do not change what a field means, so `"1"` is a number and `""` is missing. Bytes that are not UTF-8 stay as
/// they are, and so do blanks around a field. An empty line is a row with one empty field.
///
/// A column is numeric when all of its fields that are not missing are decimal numbers (`1`, `-.5`, `+7.50E-05`; not
/// `inf`, `nan`, `0x1p3`, `1,5` or ` 1`), also when all are missing; otherwise its levels are the distinct texts in
/// the order of their bytes. Numbers become the nearest double: ids of more than 15 digits belong into `categorical`.
///
/// Throws bad_text, naming the column and the line on which the row begins, for no header, an empty or repeated name,
/// a row with more or fewer fields than the header, a quote that is not closed or stands inside a field, a carriage
/// return alone, a NUL byte, a number beyond double in a numeric column, and a text in a column stated as `numeric`.
/// Cost: one pass over the text; 16 bytes of memory for each field beside the table.
inline table parse_csv(std::string_view text, const csv_options& options = {}) {
  return detail::csv_reader(text, options, "csv").read();
}

/// `parse_csv` of a file or pipe, which is held in memory meanwhile. Throws `error_code::file` when it cannot be read;
/// every message names the file.
inline table read_csv(const std::filesystem::path& path, const csv_options& options = {}) {
  const std::string who = text("csv '", path.string(), "'");
  std::ifstream file(path, std::ios::binary);
  require(file.is_open(), error_code::file, who, "the file cannot be opened");
  std::string content;
  constexpr std::size_t block = std::size_t{1} << 20;
  while (file) {
    const std::size_t before = content.size();
    content.resize(before + block);
    file.read(content.data() + before, block);
    content.resize(before + static_cast<std::size_t>(file.gcount()));
  }
  require(!file.bad(), error_code::file, who, "the file cannot be read");
  return detail::csv_reader(content, options, who).read();
}

FOOTFALL_END_NAMESPACE
