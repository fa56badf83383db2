// SPDX-License-Identifier: MIT
// A table: named columns of equal length, one row a session. Immutable; every change gives a new table.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>

FOOTFALL_BEGIN_NAMESPACE

class table {
 public:
  table() = default;

  /// Columns of equal length and different names. Throws wrong_shape or bad_value.
  explicit table(std::vector<column> columns) : columns_(std::move(columns)) {
    std::set<std::string_view> names;
    for (const auto& each : columns_) {
      require(each.rows() == columns_.front().rows(), error_code::wrong_shape, each.who(), "has ", each.rows(),
              " rows where the first column has ", columns_.front().rows());
      require(names.insert(each.name()).second, error_code::bad_value, each.who(), "is there twice");
    }
  }

  index rows() const noexcept { return columns_.empty() ? 0 : columns_.front().rows(); }
  index cols() const noexcept { return static_cast<index>(columns_.size()); }
  const std::vector<column>& columns() const noexcept { return columns_; }

  bool has(std::string_view name) const noexcept { return find(name) != nullptr; }

  /// The column of that name. Throws unknown_name.
  const column& operator[](std::string_view name) const {
    const column* const found = find(name);
    if (found == nullptr) fail(error_code::unknown_name, "table", "there is no column '", name, "'");
    return *found;
  }

  /// The given rows, in the given order; repeated rows are repeated. Throws wrong_shape for a row that is not there.
  table rows(const row_set& chosen) const {
    table result;
    result.columns_.reserve(columns_.size());
    for (const auto& each : columns_) result.columns_.push_back(each.rows(chosen));
    return result;
  }

  /// With `added` as the last column, or in the place of the column of its name.
  table with(column added) const {
    auto columns = columns_;
    for (auto& each : columns) {
      if (each.name() == added.name()) {
        each = std::move(added);
        return table(std::move(columns));
      }
    }
    columns.push_back(std::move(added));
    return table(std::move(columns));
  }

  /// Without the named columns. Throws unknown_name for one that is not there.
  table without(const std::vector<std::string>& names) const {
    for (const auto& name : names) (void)(*this)[name];
    table result;
    for (const auto& each : columns_) {
      if (std::find(names.begin(), names.end(), each.name()) == names.end()) result.columns_.push_back(each);
    }
    return result;
  }

  /// The named columns only, in the given order. Throws unknown_name for one that is not there.
  table select(const std::vector<std::string>& names) const {
    std::vector<column> columns;
    for (const auto& name : names) columns.push_back((*this)[name]);
    return table(std::move(columns));
  }

  /// The named columns marked as known from stage `s` on. Throws unknown_name for one that is not there.
  table with_stage(const std::vector<std::string>& names, stage s) const {
    auto result = *this;
    for (const auto& name : names) result = result.with(result[name].with_stage(s));
    return result;
  }

  auto parts() const { return std::tie(columns_); }
  bool operator==(const table& other) const { return same_parts(*this, other); }

 private:
  const column* find(std::string_view name) const noexcept {
    for (const auto& each : columns_) {
      if (each.name() == name) return &each;
    }
    return nullptr;
  }

  std::vector<column> columns_;
};

FOOTFALL_END_NAMESPACE
