// SPDX-License-Identifier: MIT
// One column of a table: numbers with NaN for missing, or levels of a category by their number in a dictionary.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A named column, numeric or categorical, with the stage at which it becomes known. Immutable.
class column {
 public:
  /// The code of a missing value in a categorical column.
  static constexpr std::int32_t missing_code = -1;

  /// One number a row; NaN means missing.
  static column numeric(std::string name, std::vector<double> numbers,
                        footfall::stage stage = footfall::stage::unknown) {
    column result(std::move(name), stage);
    result.numbers_ = std::move(numbers);
    result.numeric_ = true;
    return result;
  }

  /// One code a row: a position in `levels`, or `missing_code`. Throws bad_value for any other code or a level listed twice.
  static column categorical(std::string name, std::vector<std::int32_t> codes, std::vector<std::string> levels,
                            footfall::stage stage = footfall::stage::unknown) {
    column result(std::move(name), stage);
    const std::string who = result.who();
    const std::set<std::string_view> distinct(levels.begin(), levels.end());
    require(distinct.size() == levels.size(), error_code::bad_value, who, "a level is listed twice");
    for (std::size_t row = 0; row < codes.size(); ++row) {
      require(codes[row] >= missing_code && codes[row] < static_cast<std::int64_t>(levels.size()),
              error_code::bad_value, who, "a code must be in [-1, ", levels.size(), "), got ", codes[row], " in row ",
              row);
    }
    result.codes_ = std::move(codes);
    result.levels_ = std::move(levels);
    return result;
  }

  /// One text a row, empty for missing. The levels are the distinct texts in the order of their bytes, so that they do not
  /// depend on the order of the rows.
  static column from_text(std::string name, const std::vector<std::string>& texts,
                          footfall::stage stage = footfall::stage::unknown) {
    std::map<std::string_view, std::int32_t> dictionary;
    for (const auto& value : texts) {
      if (!value.empty()) dictionary.emplace(value, 0);
    }
    std::vector<std::string> levels;
    for (auto& [level, code] : dictionary) {
      code = static_cast<std::int32_t>(levels.size());
      levels.emplace_back(level);
    }
    std::vector<std::int32_t> codes;
    codes.reserve(texts.size());
    for (const auto& value : texts) codes.push_back(value.empty() ? missing_code : dictionary.at(value));
    return categorical(std::move(name), std::move(codes), std::move(levels), stage);
  }

  const std::string& name() const noexcept { return name_; }
  footfall::stage stage() const noexcept { return stage_; }
  bool is_numeric() const noexcept { return numeric_; }
  index rows() const noexcept { return static_cast<index>(numeric_ ? numbers_.size() : codes_.size()); }

  /// The values of a numeric column. Throws wrong_kind for a categorical one.
  std::span<const double> numbers() const {
    require(numeric_, error_code::wrong_kind, who(), "is categorical, and numbers are needed");
    return numbers_;
  }
  /// The level numbers of a categorical column. Throws wrong_kind for a numeric one.
  std::span<const std::int32_t> codes() const {
    require(!numeric_, error_code::wrong_kind, who(), "is numeric, and categories are needed");
    return codes_;
  }
  /// The dictionary of a categorical column. Throws wrong_kind for a numeric one.
  const std::vector<std::string>& levels() const {
    require(!numeric_, error_code::wrong_kind, who(), "is numeric, and categories are needed");
    return levels_;
  }

  index missing() const noexcept {
    return numeric_ ? std::count_if(numbers_.begin(), numbers_.end(), [](double x) { return std::isnan(x); })
                    : std::count(codes_.begin(), codes_.end(), missing_code);
  }

  /// The given rows, in the given order; the dictionary stays whole. Throws wrong_shape for a row that is not there.
  column rows(const row_set& chosen) const {
    column result(name_, stage_);
    result.numeric_ = numeric_;
    result.levels_ = levels_;
    if (numeric_) {
      result.numbers_ = detail::pick_rows<double>(numbers_, chosen, who());
    } else {
      result.codes_ = detail::pick_rows<std::int32_t>(codes_, chosen, who());
    }
    return result;
  }

  /// The same values, known from stage `s` on.
  column with_stage(footfall::stage s) const {
    column result = *this;
    result.stage_ = s;
    return result;
  }

  /// `column 'NAME'`: how error messages call it.
  std::string who() const { return text("column '", name_, "'"); }

  auto parts() const { return std::tie(name_, stage_, numeric_, numbers_, codes_, levels_); }

 private:
  column(std::string name, footfall::stage stage) : name_(std::move(name)), stage_(stage) {}

  std::string name_;
  footfall::stage stage_;
  bool numeric_ = false;
  std::vector<double> numbers_;
  std::vector<std::int32_t> codes_;
  std::vector<std::string> levels_;
};

FOOTFALL_END_NAMESPACE
