// SPDX-License-Identifier: MIT
// Tables as CSV text that reads back to the same numbers and texts, and that no spreadsheet takes for commands.
#pragma once

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// How a table is written.
struct csv_format {
  char delimiter = ',';  ///< between fields; not a quote, line end or NUL
  bool guard_formulas =
      false;  ///< puts `'` before names and texts that begin with `=`, `+`, `-`, `@`, a tab or a line end
};

namespace detail {

/// Appends names and texts, in quotes where they need them.
class csv_writer {
 public:
  explicit csv_writer(const csv_format& format) : format_(format) {
    const char delimiter = format.delimiter;
    require(delimiter != '"' && delimiter != '\n' && delimiter != '\r' && delimiter != '\0', error_code::bad_option,
            who, "the delimiter must not be a quote, a line end or NUL");
  }

  std::string quoted(std::string_view text, std::string_view what) const {
    require(!text.empty(), error_code::bad_value, who, what, " is empty, which would read back as missing");
    require(text.find('\0') == std::string_view::npos, error_code::bad_value, who, what, " holds a NUL byte");
    const bool formula = format_.guard_formulas && std::string_view("=+-@\t\r\n").find(text[0]) != text.npos;
    const char special[] = {format_.delimiter, '"', '\n', '\r', '\0'};
    // A byte order mark would be skipped at the beginning of the text.
    if (!formula && text.find_first_of(special) == text.npos && !text.starts_with("\xEF\xBB\xBF")) {
      return std::string(text);
    }
    std::string result = formula ? "\"'" : "\"";
    for (const char each : text) {
      if (each == '"') result += '"';
      result += each;
    }
    return result += '"';
  }

  static constexpr std::string_view who = "write_csv";

 private:
  csv_format format_;
};

}  // namespace detail

/// The table as CSV text (RFC 4180 with LF): a header of names, one line a row, missing values empty. Numbers are the shortest
/// decimals that read back to the same double. `parse_csv` gives the same table again, but for stages, levels that no row
/// has, and categories that look like numbers unless it is told of them. Throws bad_option for the delimiter, not_finite for
/// infinity, bad_value for an empty name or level and for a NUL byte: none of them can be read back.
inline std::string format_csv(const table& sessions, const csv_format& format = {}) {
  const detail::csv_writer writer(format);
  std::string result;
  std::vector<std::vector<std::string>> levels;  // as they are written
  for (const auto& each : sessions.columns()) {
    if (&each != &sessions.columns().front()) result += format.delimiter;
    result += writer.quoted(each.name(), "a column's name");
    levels.emplace_back();
    if (each.is_numeric()) continue;
    for (const auto& level : each.levels()) levels.back().push_back(writer.quoted(level, "a level of " + each.who()));
  }
  if (sessions.cols() > 0) result += '\n';
  for (index row = 0; row < sessions.rows(); ++row) {
    const auto at = static_cast<std::size_t>(row);
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const column& each = sessions.columns()[i];
      if (i > 0) result += format.delimiter;
      if (each.is_numeric()) {
        const double number = each.numbers()[at];
        require(!std::isinf(number), error_code::not_finite, detail::csv_writer::who, each.who(),
                " is infinite in row ", row);
        if (!std::isnan(number)) detail::append(result, number);
      } else if (each.codes()[at] != column::missing_code) {
        result += levels[i][static_cast<std::size_t>(each.codes()[at])];
      }
    }
    result += '\n';
  }
  return result;
}

/// Writes `format_csv` to a file, which is replaced. Throws `error_code::file` when it cannot be written, and as `format_csv`
/// before the file is touched.
inline void write_csv(const std::filesystem::path& path, const table& sessions, const csv_format& format = {}) {
  const std::string content = format_csv(sessions, format);
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  require(!file.fail(), error_code::file, text("csv '", path.string(), "'"), "the file cannot be written");
}

FOOTFALL_END_NAMESPACE
