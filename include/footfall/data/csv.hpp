// SPDX-License-Identifier: MIT
// Reading tables from CSV text: strict, so that a damaged file is an error and not a slightly different table.
#pragma once

#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>
#include <footfall/data/csv_blocks.hpp>
#include <footfall/data/csv_cursor.hpp>
#include <footfall/data/csv_levels.hpp>
#include <footfall/data/csv_number.hpp>
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

/// One reading of one CSV text: the header, a guess of the types from the first rows, then all blocks of rows at once. A
/// column that turns out to hold texts after all is read a second time.
class csv_reader {
 public:
  csv_reader(std::string_view text, const csv_options& options, std::string who, const run_options& run,
             index block_bytes = csv_block_bytes)
      : text_(text.substr(text.starts_with("\xEF\xBB\xBF") ? 3 : 0)),
        options_(options),
        who_(std::move(who)),
        team_(run),
        block_bytes_(block_bytes) {
    const char delimiter = options_.delimiter;
    require(delimiter != '"' && delimiter != '\n' && delimiter != '\r' && delimiter != '\0', error_code::bad_option,
            who_, "the delimiter must not be a quote, a line end or NUL");
  }

  table read() {
    csv_cursor cursor(text_, options_.delimiter, who_);
    read_header(cursor);
    guess_types(cursor);
    const auto header = static_cast<std::size_t>(cursor.at() - text_.data());
    blocks_ = csv_blocks(text_.substr(header), team_, block_bytes_);
    const index rows = blocks_.empty() ? 0 : blocks_.back().first_row + blocks_.back().rows;
    for (auto& each : columns_) each.resize(rows, blocks_.size());
    read_blocks();
    bool again = false;
    for (auto& each : columns_) {
      each.done = !each.text_found || each.is_text || each.stated_numeric;
      if (each.done) continue;
      each.is_text = again = true;
      each.resize(rows, blocks_.size());
    }
    if (again) read_blocks();
    std::vector<column> columns;
    for (auto& each : columns_) columns.push_back(finish(each));
    return table(std::move(columns));
  }

 private:
  static constexpr std::size_t unread = std::numeric_limits<std::size_t>::max();

  /// What one block found in one column.
  struct found_in_block {
    csv_levels dictionary{};
    const char* text_at = nullptr;       // the row of the first field that is no number
    const char* too_large_at = nullptr;  // the row of the first number beyond double
    std::string text{}, too_large{};
  };

  struct building {
    std::string name;
    bool stated_numeric = false;
    bool is_text = false;     // as far as is known
    bool text_found = false;  // a field that is no number was met
    bool done = false;
    std::vector<double> numbers{};
    std::vector<std::int32_t> codes{};  // as numbered by the block's dictionary
    std::vector<found_in_block> found{};

    void resize(index rows, std::size_t blocks) {
      numbers.resize(is_text ? 0 : static_cast<std::size_t>(rows));
      codes.resize(is_text ? static_cast<std::size_t>(rows) : 0);
      found.clear();
      found.resize(blocks);
    }
  };

  void read_header(csv_cursor& cursor) {
    if (cursor.at_end()) fail(error_code::bad_text, who_, "expected a header, got an empty text");
    std::vector<std::string> names;
    std::unordered_map<std::string, std::size_t> position;
    do {
      names.emplace_back(cursor.field());
      if (names.back().empty()) cursor.bad_field("expected a column name, got an empty field");
      const auto [first, added] = position.emplace(names.back(), names.size() - 1);
      if (!added) {
        cursor.bad_field("the name '", csv_excerpt(names.back()), "' is there twice, first in column ",
                         first->second + 1);
      }
    } while (cursor.another_field());

    for (const auto* list : {&options_.columns, &options_.categorical, &options_.numeric}) {
      for (const auto& name : *list) {
        require(position.contains(name), error_code::unknown_name, who_, "there is no column '", name, "'");
      }
    }
    for (const auto& name : options_.numeric) {
      require(!listed(options_.categorical, name), error_code::bad_option, who_, "column '", name,
              "' cannot be both numeric and categorical");
    }
    slot_.assign(names.size(), unread);
    for (const auto& name : options_.columns.empty() ? names : options_.columns) {
      std::size_t& slot = slot_[position.at(name)];
      require(slot == unread, error_code::bad_option, who_, "column '", name, "' is asked for twice");
      slot = columns_.size();
      columns_.push_back({.name = name,
                          .stated_numeric = listed(options_.numeric, name),
                          .is_text = listed(options_.categorical, name)});
    }
  }

  /// Marks columns with a text in the first rows, so that few columns are read twice. Errors wait for the reading itself.
  void guess_types(csv_cursor cursor) {
    constexpr std::ptrdiff_t enough = 1 << 16;
    const char* const begin = cursor.at();
    try {
      while (!cursor.at_end() && cursor.at() - begin < enough) {
        std::size_t field = 0;
        do {
          const std::string_view value = cursor.field();
          if (field < slot_.size() && slot_[field] != unread && !is_missing(value)) {
            building& each = columns_[slot_[field]];
            double ignored = 0;
            if (!each.stated_numeric && read_number(value, ignored) == csv_number::none) each.is_text = true;
          }
          ++field;
        } while (cursor.another_field());
      }
    } catch (const error&) {
    }
  }

  void read_blocks() {
    std::vector<std::exception_ptr> failures(blocks_.size());
    team_.for_each_index(static_cast<index>(blocks_.size()), [&](index i) {
      try {
        read_block(static_cast<std::size_t>(i));
      } catch (...) {
        failures[static_cast<std::size_t>(i)] = std::current_exception();
      }
    });
    for (const auto& failure : failures) {
      if (failure) std::rethrow_exception(failure);
    }
    for (auto& each : columns_) {
      for (const auto& found : each.found) each.text_found = each.text_found || found.text_at != nullptr;
    }
  }

  /// What is done with a field of the header.
  struct plan {
    double* numbers = nullptr;  // one of the three, or none where the field is not read
    std::int32_t* codes = nullptr;
    found_in_block* found = nullptr;
  };

  void read_block(std::size_t number) {
    const csv_block& block = blocks_[number];
    std::vector<plan> plans(slot_.size());
    for (std::size_t field = 0; field < slot_.size(); ++field) {
      if (slot_[field] == unread || columns_[slot_[field]].done) continue;
      building& each = columns_[slot_[field]];
      plans[field] = {each.is_text ? nullptr : each.numbers.data() + block.first_row,
                      each.is_text ? each.codes.data() + block.first_row : nullptr, &each.found[number]};
    }
    csv_cursor cursor(text_, options_.delimiter, who_);
    cursor.go_to(block.begin);
    const bool plain = options_.missing.empty();
    for (index row = 0; row < block.rows; ++row) {
      const char* const begin = cursor.at();
      const std::size_t done = plain ? read_quickly(cursor, plans, row) : 0;
      if (done == slot_.size()) continue;
      if (done == 0) cursor.resume(begin, begin, 0);
      read_rest(cursor, plans, row, done);
    }
  }

  /// Reads fields of the row at the cursor as long as they are plain numbers and short texts; how many. If all, the cursor
  /// is at the next row, else at the next field.
  std::size_t read_quickly(csv_cursor& cursor, const std::vector<plan>& plans, index row) const {
    const char delimiter = options_.delimiter;
    const char* const begin = cursor.at();
    const char* at = begin;
    const std::size_t last = plans.size() - 1;
    for (std::size_t field = 0; field <= last; ++field) {
      const plan& to = plans[field];
      const char* next = nullptr;
      double number = 0;
      std::uint64_t bytes = 0;
      if (to.numbers != nullptr) {
        next = cursor.plain_number(at, number);
        if (next != nullptr) to.numbers[row] = number;
      } else if (to.codes != nullptr) {
        next = cursor.short_text(at, bytes);
        if (next != nullptr) {
          to.codes[row] = to.found->dictionary.code_of_short(bytes, {at, static_cast<std::size_t>(next - at)});
        }
      }
      if (next == nullptr || *next != (field < last ? delimiter : '\n')) {
        cursor.resume(begin, at, field);
        return field;
      }
      at = next + 1;
    }
    cursor.go_to(at);
    return plans.size();
  }

  /// The fields of the row from number `field` on, whatever they are; the cursor is at the first of them.
  [[gnu::noinline]] void read_rest(csv_cursor& cursor, const std::vector<plan>& plans, index row,
                                   std::size_t field) const {
    for (;; ++field) {
      const plan& to = plans[field];
      const std::string_view value = cursor.field();
      if (to.codes != nullptr) {
        to.codes[row] = is_missing(value) ? column::missing_code : to.found->dictionary.code_of(value);
      } else if (to.numbers != nullptr) {
        read_number_of(value, to.numbers[row], *to.found, cursor.row());
      }
      const bool more = cursor.another_field();
      if (more != (field + 1 < plans.size())) bad_row(cursor, more);
      if (!more) break;
    }
  }

  [[noreturn, gnu::noinline, gnu::cold]] void bad_row(csv_cursor& cursor, bool more) const {
    while (more) {
      (void)cursor.field();
      more = cursor.another_field();
    }
    cursor.bad_row(slot_.size());
  }

  /// A number, or a note that it is none or too large.
  void read_number_of(std::string_view value, double& number, found_in_block& found, const char* row) const {
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

  column finish(building& each) {
    if (each.is_text) return levels_of(each);
    for (const auto& found : each.found) {
      if (found.text_at != nullptr) bad_number(found.text_at, each.name, "a number", found.text);
    }
    // Only now: a text such as 12e9999 is a level like any other where the column turns out not to be numeric.
    for (const auto& found : each.found) {
      if (found.too_large_at != nullptr) {
        bad_number(found.too_large_at, each.name, "a number up to 1.797e308", found.too_large);
      }
    }
    return column::numeric(std::move(each.name), std::move(each.numbers));
  }

  /// The blocks' dictionaries as one, in the order of the bytes.
  column levels_of(building& each) {
    std::vector<std::string> levels;
    for (const auto& found : each.found) {
      levels.insert(levels.end(), found.dictionary.levels().begin(), found.dictionary.levels().end());
    }
    std::sort(levels.begin(), levels.end());
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    require(levels.size() <= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()), error_code::limit,
            who_, "column '", each.name, "' has more than 2147483647 levels");
    team_.for_each_index(static_cast<index>(blocks_.size()), [&](index i) {
      const csv_block& block = blocks_[static_cast<std::size_t>(i)];
      std::vector<std::int32_t> place;
      for (const auto& level : each.found[static_cast<std::size_t>(i)].dictionary.levels()) {
        place.push_back(
            static_cast<std::int32_t>(std::lower_bound(levels.begin(), levels.end(), level) - levels.begin()));
      }
      for (index row = block.first_row; row < block.first_row + block.rows; ++row) {
        std::int32_t& code = each.codes[static_cast<std::size_t>(row)];
        if (code != column::missing_code) code = place[static_cast<std::size_t>(code)];
      }
    });
    return column::categorical(std::move(each.name), std::move(each.codes), std::move(levels));
  }

  static bool listed(const std::vector<std::string>& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
  }
  bool is_missing(std::string_view value) const { return value.empty() || listed(options_.missing, value); }

  [[noreturn]] void bad_number(const char* row, std::string_view name, std::string_view wanted,
                               std::string_view got) const {
    csv_cursor place(text_, options_.delimiter, who_);
    place.go_to(row);
    fail(error_code::bad_text, who_, "line ", place.line(), ", column '", name, "': expected ", wanted, ", got '", got,
         "'");
  }

  std::string_view text_;
  const csv_options& options_;
  std::string who_;
  workers team_;
  index block_bytes_;
  std::vector<building> columns_;  // as in the table
  std::vector<std::size_t> slot_;  // header to table
  std::vector<csv_block> blocks_;
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
/// Cost: one pass over the text, a second one for columns that hold texts after the first 64 KiB and none before. The
/// same table or error for any number of threads.
inline table parse_csv(std::string_view text, const csv_options& options = {}, const run_options& run = {}) {
  return detail::csv_reader(text, options, "csv", run).read();
}

/// `parse_csv` of a file or pipe, which is held in memory meanwhile. Throws `error_code::file` when it cannot be read;
/// every message names the file.
inline table read_csv(const std::filesystem::path& path, const csv_options& options = {}, const run_options& run = {}) {
  const std::string who = text("csv '", path.string(), "'");
  std::ifstream file(path, std::ios::binary);
  require(file.is_open(), error_code::file, who, "the file cannot be opened");
  std::error_code unknown;  // of a pipe
  const std::uintmax_t expected = std::filesystem::file_size(path, unknown);
  // Not a string: it would be filled with zeros first.
  std::size_t room = unknown ? std::size_t{1} << 20 : static_cast<std::size_t>(expected) + 1;
  std::size_t size = 0;
  auto content = std::make_unique_for_overwrite<char[]>(room);
  while (file) {
    if (size == room) {
      auto larger = std::make_unique_for_overwrite<char[]>(2 * room);
      std::copy_n(content.get(), size, larger.get());
      content = std::move(larger);
      room *= 2;
    }
    file.read(content.get() + size, static_cast<std::streamsize>(room - size));
    size += static_cast<std::size_t>(file.gcount());
  }
  require(!file.bad(), error_code::file, who, "the file cannot be read");
  return detail::csv_reader({content.get(), size}, options, who, run).read();
}

FOOTFALL_END_NAMESPACE
