// SPDX-License-Identifier: MIT
// Changes to a table one by one, each counted: nothing is cleaned that nobody asked for.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/condition.hpp>
#include <footfall/data/duplicates.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One step that was taken.
struct cleaning_step {
  std::string what;   ///< in words
  index changed = 0;  ///< sessions dropped, or values changed
  index left = 0;     ///< sessions afterwards

  bool operator==(const cleaning_step&) const = default;
};

/// A table and what was done to it. Each step gives a new value:
/// `cleaning(sessions).drop_repeated().drop_where(field("pages") < 1).sessions()`.
class cleaning {
 public:
  explicit cleaning(table sessions) : sessions_(std::move(sessions)) {}

  const table& sessions() const noexcept { return sessions_; }
  const std::vector<cleaning_step>& steps() const noexcept { return steps_; }

  /// Drops sessions that repeat an earlier one in every column but those named. Throws unknown_name.
  cleaning drop_repeated(const std::vector<std::string>& without = {}) const {
    return keep("repeated sessions dropped", first_occurrences(sessions_.without(without)));
  }

  /// Drops sessions in which the condition holds; those in which it is unknown stay.
  cleaning drop_where(const condition& unwanted) const {
    row_set kept;
    const auto answers = unwanted.of(sessions_);
    for (std::size_t row = 0; row < answers.size(); ++row) {
      if (answers[row] != truth::yes) kept.push_back(static_cast<index>(row));
    }
    return keep(text("dropped where ", unwanted.text()), kept);
  }

  /// Drops sessions without a value in the column. Throws unknown_name.
  cleaning drop_missing(std::string_view name) const {
    const column& source = sessions_[name];
    row_set kept;
    for (index row = 0; row < sessions_.rows(); ++row) {
      if (!missing_in(source, row)) kept.push_back(row);
    }
    return keep(text("dropped where ", name, " is missing"), kept);
  }

  /// Makes the column's value missing in sessions in which the condition holds; counts those that had one. Throws
  /// unknown_name.
  cleaning blank_where(std::string_view name, const condition& impossible) const {
    const column& source = sessions_[name];
    const auto answers = impossible.of(sessions_);
    index changed = 0;
    const auto hit = [&](std::size_t row) {
      const bool now = answers[row] == truth::yes && !missing_in(source, static_cast<index>(row));
      changed += now;
      return now;
    };
    column result = source;
    if (source.is_numeric()) {
      std::vector<double> numbers(source.numbers().begin(), source.numbers().end());
      for (std::size_t row = 0; row < numbers.size(); ++row) {
        if (hit(row)) numbers[row] = std::numeric_limits<double>::quiet_NaN();
      }
      result = column::numeric(source.name(), std::move(numbers), source.stage());
    } else {
      std::vector<std::int32_t> codes(source.codes().begin(), source.codes().end());
      for (std::size_t row = 0; row < codes.size(); ++row) {
        if (hit(row)) codes[row] = column::missing_code;
      }
      result = column::categorical(source.name(), std::move(codes), source.levels(), source.stage());
    }
    return with(text(name, " made missing where ", impossible.text()), sessions_.with(std::move(result)), changed);
  }

  /// One level under another's name, which may be there already (`Mobile` and `mobile`). Throws unknown_name for a column or
  /// level that is not there, wrong_kind, bad_option for an empty name.
  cleaning rename_level(std::string_view name, std::string_view from, std::string_view to) const {
    const column& source = sessions_[name];
    require(!to.empty(), error_code::bad_option, "cleaning", "a level needs a name");
    require(std::find(source.levels().begin(), source.levels().end(), from) != source.levels().end(),
            error_code::unknown_name, source.who(), "there is no level '", from, "'");
    std::vector<std::string> texts;
    index changed = 0;
    for (const auto code : source.codes()) {
      texts.push_back(code == column::missing_code ? "" : source.levels()[static_cast<std::size_t>(code)]);
      if (texts.back() != from) continue;
      texts.back() = to;
      ++changed;
    }
    return with(text(name, ": '", from, "' renamed '", to, "'"),
                sessions_.with(column::from_text(source.name(), texts, source.stage())), changed);
  }

 private:
  static bool missing_in(const column& source, index row) {
    const auto at = static_cast<std::size_t>(row);
    return source.is_numeric() ? source.numbers()[at] != source.numbers()[at]
                               : source.codes()[at] == column::missing_code;
  }
  cleaning keep(std::string what, const row_set& rows) const {
    return with(std::move(what), sessions_.rows(rows), sessions_.rows() - static_cast<index>(rows.size()));
  }
  cleaning with(std::string what, table sessions, index changed) const {
    cleaning result(std::move(sessions));
    result.steps_ = steps_;
    result.steps_.push_back({std::move(what), changed, result.sessions_.rows()});
    return result;
  }

  table sessions_;
  std::vector<cleaning_step> steps_;
};

FOOTFALL_END_NAMESPACE
