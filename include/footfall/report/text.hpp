// SPDX-License-Identifier: MIT
// Figures as people read them, and tables of them for a terminal or a page.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/statistics/interval.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Bytes of the UTF-8 character that begins at `at`; 0 where none does.
inline std::size_t utf8_length(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  }
  // Longer than needed, a surrogate, or above U+10FFFF.
  const unsigned char second = byte(at + 1);
  const bool bad = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                   (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return bad ? 0 : length;
}

/// Characters in a text; every byte that belongs to none counts as one.
inline std::size_t characters_in(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += std::max<std::size_t>(1, utf8_length(text, at))) ++count;
  return count;
}

inline void separate_thousands(std::string& number) {
  const std::size_t first = number[0] == '-' ? 1 : 0;
  const std::size_t whole = std::min(number.find('.'), number.size());
  for (std::size_t at = whole; at > first + 3;) number.insert(at -= 3, 1, ',');
}

}  // namespace detail

/// What stands where a value is missing.
inline constexpr std::string_view missing_text = "–";

/// A number with so many digits behind the point and commas between thousands: `1,234.50`. Missing: `–`. Independent of
/// the locale. Throws bad_option unless decimals are in [0, 15].
inline std::string fixed(double value, int decimals) {
  require(decimals >= 0 && decimals <= 15, error_code::bad_option, "fixed", "decimals must be in [0, 15], got ",
          decimals);
  if (std::isnan(value)) return std::string(missing_text);
  if (std::isinf(value)) return value > 0 ? "∞" : "-∞";
  char digits[400];
  std::string result(digits,
                     std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, decimals).ptr);
  if (result.find_first_not_of("-0.") == std::string::npos && result[0] == '-') result.erase(0, 1);  // no "-0.00"
  detail::separate_thousands(result);
  return result;
}

/// `3.12 to 3.36`.
inline std::string fixed(const interval& limits, int decimals) {
  return fixed(limits.low, decimals) + " to " + fixed(limits.high, decimals);
}

/// `25,000`.
inline std::string thousands(std::int64_t value) {
  std::string result = text(value);
  detail::separate_thousands(result);
  return result;
}

/// A share as a percentage: `7.39 %` for 0.0739.
inline std::string percent(double share, int decimals = 2) {
  return std::isnan(share) ? std::string(missing_text) : fixed(100 * share, decimals) + " %";
}

/// `7.07 to 7.72 %`.
inline std::string percent(const interval& limits, int decimals = 2) {
  return fixed(100 * limits.low, decimals) + " to " + percent(limits.high, decimals);
}

/// An amount with its sign before the currency: `$1,234.50`, `-$3.00`.
inline std::string money(double amount, int decimals = 2, std::string_view currency = "$") {
  std::string result = fixed(amount, decimals);
  if (!std::isnan(amount)) result.insert(result[0] == '-' ? 1 : 0, currency);
  return result;
}

/// A p-value in three digits; `< 0.001` below that.
inline std::string p_value(double p) { return p < 0.001 ? "< 0.001" : fixed(p, 3); }
/// The same in a sentence: `p = 0.074`, `p < 0.001`.
inline std::string p_in_words(double p) { return (p < 0.001 ? "p " : "p = ") + p_value(p); }

enum class alignment : unsigned char { left, right };

/// What a reader should think of a cell at a glance. Pages colour it; the text of the cell must say it too.
enum class tone : unsigned char { plain, good, caution, bad };

/// One cell of a printed table.
struct printed_cell {
  std::string text;
  footfall::tone tone = footfall::tone::plain;
  double bar = std::numeric_limits<double>::quiet_NaN();  ///< in [0, 1]: a page draws a bar of that length; NaN: none
  double shade =
      std::numeric_limits<double>::quiet_NaN();  ///< in [-1, 1]: a page colours the cell, 0 not at all; NaN: none

  printed_cell(std::string content = {})
      : text(std::move(content)) {}                          // NOLINT(google-explicit-constructor): cells are texts
  printed_cell(const char* content) : text(content) {}       // NOLINT(google-explicit-constructor)
  printed_cell(std::string_view content) : text(content) {}  // NOLINT(google-explicit-constructor)

  /// `length` outside [0, 1] is drawn as the nearer end; the text says the value.
  printed_cell with_bar(double length) && {
    bar = std::clamp(length, 0.0, 1.0);
    return std::move(*this);
  }
  printed_cell with_shade(double strength) && {
    shade = std::clamp(strength, -1.0, 1.0);
    return std::move(*this);
  }
  printed_cell with_tone(footfall::tone t) && {
    tone = t;
    return std::move(*this);
  }
};

struct printed_column {
  std::string heading;
  alignment align = alignment::right;
};

/// A table to be read by people: a caption that says what it shows, columns, and rows of texts. The first column names
/// the row.
class printed_table {
 public:
  /// The first column is set to the left, the others as they say. Throws wrong_shape without columns.
  printed_table(std::string caption, std::vector<printed_column> columns)
      : caption_(std::move(caption)), columns_(std::move(columns)) {
    require(!columns_.empty(), error_code::wrong_shape, "printed_table", "there must be at least one column, got 0");
    columns_.front().align = alignment::left;
  }

  /// Throws wrong_shape unless there is one cell for each column.
  printed_table& add(std::vector<printed_cell> row) {
    require(row.size() == columns_.size(), error_code::wrong_shape, "printed_table", "a row must have ",
            columns_.size(), " cells, got ", row.size());
    rows_.push_back(std::move(row));
    return *this;
  }

  const std::string& caption() const noexcept { return caption_; }
  const std::vector<printed_column>& columns() const noexcept { return columns_; }
  const std::vector<std::vector<printed_cell>>& rows() const noexcept { return rows_; }

 private:
  std::string caption_;
  std::vector<printed_column> columns_;
  std::vector<std::vector<printed_cell>> rows_;
};

/// The table in columns of characters, as for a terminal. Bars, shades and tones are left out.
inline void print(std::ostream& out, const printed_table& table) {
  const auto& columns = table.columns();
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::size_t width = detail::characters_in(columns[i].heading);
    for (const auto& row : table.rows()) width = std::max(width, detail::characters_in(row[i].text));
    widths.push_back(width);
  }
  const auto line = [&](const auto& text_of) {
    std::string result;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string& cell = text_of(i);
      const std::string space(widths[i] - detail::characters_in(cell), ' ');
      result += columns[i].align == alignment::left ? cell + space : space + cell;
      result += "  ";
    }
    result.erase(result.find_last_not_of(' ') + 1);
    out << result << '\n';
  };
  if (!table.caption().empty()) out << table.caption() << '\n';
  line([&](std::size_t i) -> const std::string& { return columns[i].heading; });
  for (const auto& row : table.rows()) line([&](std::size_t i) -> const std::string& { return row[i].text; });
}

FOOTFALL_END_NAMESPACE
