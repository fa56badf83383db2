// SPDX-License-Identifier: MIT
// Reading tables from CSV text: strict, so that a damaged file is an error and not a slightly different table.
#pragma once

#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/huge_pages.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>
#include <footfall/data/csv_blocks.hpp>
#include <footfall/data/csv_cursor.hpp>
#include <footfall/data/csv_number.hpp>
#include <footfall/data/csv_rows.hpp>
#include <footfall/data/file_text.hpp>
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
    // Columns lie side by side and share large pages if all are there before any is advised, and advised before it is filled.
    for (auto& each : columns_) each.reserve(rows);
    for (const auto& each : columns_) each.advise();
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

  struct building {
    std::string name;
    bool stated_numeric = false;
    bool is_text = false;     // as far as is known
    bool text_found = false;  // a field that is no number was met
    bool done = false;
    std::vector<double> numbers{};
    std::vector<std::int32_t> codes{};  // as numbered by the block's dictionary
    std::vector<csv_found> found{};

    void reserve(index rows) {
      is_text ? codes.reserve(static_cast<std::size_t>(rows)) : numbers.reserve(static_cast<std::size_t>(rows));
    }
    void advise() const {
      advise_huge_pages(numbers.data(), numbers.capacity() * sizeof(double));
      advise_huge_pages(codes.data(), codes.capacity() * sizeof(std::int32_t));
    }
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
          if (field < slot_.size() && slot_[field] != unread && !value.empty() && !listed(options_.missing, value)) {
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

  void read_block(std::size_t number) {
    const csv_block& block = blocks_[number];
    std::vector<csv_destination> fields(slot_.size());
    for (std::size_t field = 0; field < slot_.size(); ++field) {
      if (slot_[field] == unread || columns_[slot_[field]].done) continue;
      building& each = columns_[slot_[field]];
      fields[field] = {each.is_text ? nullptr : each.numbers.data() + block.first_row,
                       each.is_text ? each.codes.data() + block.first_row : nullptr, &each.found[number]};
    }
    csv_rows(text_, options_.delimiter, options_.missing, who_).read(block, fields);
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
  const file_text content(path, who);
  return detail::csv_reader(content.view(), options, who, run).read();
}

FOOTFALL_END_NAMESPACE
