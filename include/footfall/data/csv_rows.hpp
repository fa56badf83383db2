// SPDX-License-Identifier: MIT
// The rows of a piece of CSV text into the memory of their columns: plain fields many at a time, all others one by one.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>
#include <footfall/data/csv_blocks.hpp>
#include <footfall/data/csv_cursor.hpp>
#include <footfall/data/csv_ends.hpp>
#include <footfall/data/csv_levels.hpp>
#include <footfall/data/csv_number.hpp>
#include <footfall/simd/short_decimals.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// What one block found in one column.
struct csv_found {
  csv_levels dictionary{};
  const char* text_at = nullptr;       // the row of the first field that is no number
  const char* too_large_at = nullptr;  // the row of the first number beyond double
  std::string text{}, too_large{};
};

/// Where a field of each row goes, from the block's first row on.
struct csv_destination {
  double* numbers = nullptr;  // one of the two, or none where the field is not read
  std::int32_t* codes = nullptr;
  csv_found* found = nullptr;
};

/// Reads blocks of rows of one text.
class csv_rows {
 public:
  csv_rows(std::string_view text, char delimiter, const std::vector<std::string>& missing, std::string_view who)
      : text_(text), delimiter_(delimiter), missing_(missing), who_(who) {}

  /// All rows of the block; `row` has one destination for each field of the header. Throws for what is no row.
  void read(const csv_block& block, const std::vector<csv_destination>& row) const {
    csv_cursor cursor(text_, delimiter_, who_);
    cursor.go_to(block.begin);
    csv_ends ends;
    double ignored = 0;  // a number that means missing must be looked for before it is read as one
    const bool quick = std::none_of(missing_.begin(), missing_.end(),
                                    [&](const auto& each) { return read_number(each, ignored) != csv_number::none; });
    for (index done = 0; done < block.rows;) {
      if (quick) {
        ends.find(cursor.at(), cursor.end() - cursor.at() - plain_number_bytes, delimiter_);
        const auto rows = ends.whole_rows(row.size(), static_cast<std::size_t>(block.rows - done), delimiter_);
        for (std::size_t field = 0; field < row.size(); ++field) read_fields(ends, rows, row, field, done);
        cursor.go_to(ends.begin_of(rows * row.size()));
        done += static_cast<index>(rows);
        if (done == block.rows) break;
      }
      read_row(cursor, row, done++);
    }
  }

 private:
  /// One field of each of the first rows.
  void read_fields(const csv_ends& ends, std::size_t rows, const std::vector<csv_destination>& row, std::size_t field,
                   index first) const {
    const std::size_t fields = row.size();
    const csv_destination& to = row[field];
    const bool last = field + 1 == fields;
    const auto text_of = [&](std::size_t k) __attribute__((always_inline)) {
      return ends.field(k * fields + field, last);
    };
    if (to.numbers != nullptr) {
      double* const numbers = to.numbers + first;
      const auto read_one = [&](std::size_t k) __attribute__((always_inline)) {
        const std::string_view text = text_of(k);
        if (text.empty() || !read_plain_field(text.data(), text.data() + text.size(), numbers[k])) [[unlikely]] {
          read_number_of(text, numbers[k], *to.found, ends.begin_of(k * fields));
        }
      };
      std::size_t k = 0;
      for (; simd::has_short_decimals && k + 8 <= rows; k += 8) {
        const unsigned read =
            simd::short_decimals_of_8(ends.begin_of(0), ends.places(k * fields + field), fields, numbers + k);
        for (unsigned left = ~read & 0xFF; left != 0; left &= left - 1) {
          read_one(k + static_cast<std::size_t>(std::countr_zero(left)));
        }
      }
      for (; k < rows; ++k) read_one(k);
    } else if (to.codes != nullptr) {
      std::int32_t* const codes = to.codes + first;
      csv_levels& dictionary = to.found->dictionary;
      for (std::size_t k = 0; k < rows; ++k) {
        const std::string_view text = text_of(k);
        codes[k] = is_missing(text)    ? column::missing_code
                   : text.size() <= 16 ? dictionary.code_of_short(text)
                                       : dictionary.code_of(text);
      }
    }
  }

  /// The row at the cursor, whatever it holds.
  [[gnu::noinline]] void read_row(csv_cursor& cursor, const std::vector<csv_destination>& row, index number) const {
    cursor.begin_row();
    for (std::size_t field = 0;; ++field) {
      const csv_destination& to = row[field];
      const std::string_view value = cursor.field();
      if (to.codes != nullptr) {
        to.codes[number] = is_missing(value) ? column::missing_code : to.found->dictionary.code_of(value);
      } else if (to.numbers != nullptr) {
        read_number_of(value, to.numbers[number], *to.found, cursor.row());
      }
      const bool more = cursor.another_field();
      if (more != (field + 1 < row.size())) bad_row(cursor, more, row.size());
      if (!more) break;
    }
  }

  [[noreturn, gnu::noinline, gnu::cold]] static void bad_row(csv_cursor& cursor, bool more, std::size_t fields) {
    while (more) {
      (void)cursor.field();
      more = cursor.another_field();
    }
    cursor.bad_row(fields);
  }

  /// A number, or a note that it is none or too large.
  [[gnu::noinline]] void read_number_of(std::string_view value, double& number, csv_found& found,
                                        const char* row) const {
    number = std::numeric_limits<double>::quiet_NaN();
    if (is_missing(value)) return;
    const csv_number outcome = read_number(value, number);
    if (outcome == csv_number::none && found.text_at == nullptr) {
      found.text_at = row;
      found.text = csv_excerpt(value);
    }
    if (outcome == csv_number::too_large && found.too_large_at == nullptr) {
      found.too_large_at = row;
      found.too_large = csv_excerpt(value);
    }
  }

  bool is_missing(std::string_view value) const {
    return value.empty() || std::find(missing_.begin(), missing_.end(), value) != missing_.end();
  }

  std::string_view text_;
  char delimiter_;
  const std::vector<std::string>& missing_;
  std::string_view who_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
