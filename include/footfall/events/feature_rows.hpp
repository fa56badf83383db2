// SPDX-License-Identifier: MIT
// States of sessions as rows of a table, one after another.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/huge_pages.hpp>
#include <footfall/core/text_hash.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/column.hpp>
#include <footfall/data/table.hpp>
#include <footfall/events/session_features.hpp>
#include <footfall/events/session_state.hpp>
#include <footfall/events/text_dictionary.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Collects rows of one declaration, which must outlive it.
class feature_rows {
 public:
  explicit feature_rows(const session_features& features) : features_(&features), row_(features.size()) {
    const text_hash hash;
    for (const auto& each : features.list())
      columns_.push_back({each.what.gives_text(), {}, {}, text_dictionary(hash), {}});
  }

  /// Room for so many rows.
  void reserve(index rows) {
    const auto make_room = [&](auto& values) {
      values.reserve(static_cast<std::size_t>(rows));
      advise_huge_pages(values.data() + values.size(), (values.capacity() - values.size()) * sizeof values[0]);
    };
    for (auto& each : columns_) each.text ? make_room(each.codes) : make_room(each.numbers);
  }

  index size() const noexcept { return rows_; }

  /// What the features are now.
  void add(const session_state& session) {
    features_->values(session, row_);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].text) {
        columns_[i].codes.push_back(columns_[i].code_of(features_->text_of(i, session)));
      } else {
        columns_[i].numbers.push_back(row_[i]);
      }
    }
    ++rows_;
  }

  /// The number of feature i in the row that was added last.
  double last(std::size_t i) const { return row_[i]; }

  /// The rows of `other` behind these.
  void append(const feature_rows& other) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const collected& from = other.columns_[i];
      columns_[i].numbers.insert(columns_[i].numbers.end(), from.numbers.begin(), from.numbers.end());
      std::vector<std::int32_t> codes;
      for (std::uint32_t code = 0; code < from.levels.size(); ++code) {
        codes.push_back(columns_[i].code_of(from.levels[code]));
      }
      for (const auto code : from.codes) {
        const bool missing = code == column::missing_code;
        columns_[i].codes.push_back(missing ? code : codes[static_cast<std::size_t>(code)]);
      }
    }
    rows_ += other.rows_;
  }

  /// The rows as a table: columns in the order of the list, with their stages, levels in the order of their bytes.
  table as_table() && {
    std::vector<column> columns;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const session_feature& what = features_->list()[i];
      columns.push_back(columns_[i].text ? category(what, std::move(columns_[i]))
                                         : column::numeric(what.name, std::move(columns_[i].numbers), what.known));
    }
    return table(std::move(columns));
  }

 private:
  struct collected {
    bool text = false;
    std::vector<double> numbers;
    std::vector<std::int32_t> codes;
    text_dictionary levels;      // in the order in which they came
    detail::short_texts recent;  // of these

    std::int32_t code_of(std::string_view level) {
      if (level.empty()) return column::missing_code;
      std::uint32_t code = recent.code_of(level);
      if (code == text_dictionary::none) recent.note(level, code = levels.add(level));
      return static_cast<std::int32_t>(code);
    }
  };

  static column category(const session_feature& what, collected from) {
    std::vector<std::uint32_t> order(from.levels.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return from.levels[a] < from.levels[b]; });
    std::vector<std::int32_t> place(order.size());
    std::vector<std::string> levels;
    for (const auto code : order) {
      place[code] = static_cast<std::int32_t>(levels.size());
      levels.emplace_back(from.levels[code]);
    }
    for (auto& code : from.codes) {
      if (code != column::missing_code) code = place[static_cast<std::size_t>(code)];
    }
    return column::categorical(what.name, std::move(from.codes), std::move(levels), what.known);
  }

  const session_features* features_;
  std::vector<double> row_;
  std::vector<collected> columns_;
  index rows_ = 0;
};

/// One session as a table of one row: the very numbers and levels of `feature_rows`, but for levels that other rows have.
inline table row_of(const session_features& features, const session_state& session) {
  std::vector<double> numbers(features.size());
  features.values(session, numbers);
  std::vector<column> columns;
  columns.reserve(features.size());
  for (std::size_t i = 0; i < features.size(); ++i) {
    const session_feature& what = features.list()[i];
    if (!what.what.gives_text()) {
      columns.push_back(column::numeric(what.name, {numbers[i]}, what.known));
      continue;
    }
    const std::string_view level = features.text_of(i, session);
    std::vector<std::string> levels;
    if (!level.empty()) levels.emplace_back(level);
    columns.push_back(
        column::categorical(what.name, {level.empty() ? column::missing_code : 0}, std::move(levels), what.known));
  }
  return table(std::move(columns));
}

FOOTFALL_END_NAMESPACE
