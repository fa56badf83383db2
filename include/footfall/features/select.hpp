// SPDX-License-Identifier: MIT
// Columns chosen by name, by stage and by type: what an early model may see, said once.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/data/table.hpp>
#include <footfall/features/named.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Which type of columns `select` takes.
enum class column_type : unsigned char { any, numeric, categorical };

/// The fitted form of `select`: the names of the columns it chose.
class fitted_select {
 public:
  static constexpr std::string_view kind = "select";

  /// The chosen columns of a table or of features, in their order there when fitted. Throws unknown_name.
  table transform(const table& x) const { return x.select(names_); }
  template <class Scalar>
  features<Scalar> transform(const features<Scalar>& x) const {
    matrix<Scalar> values(x.rows(), static_cast<index>(names_.size()));
    std::vector<feature_info> infos;
    for (const auto& name : names_) {
      values.col(static_cast<index>(infos.size())) = x.values().col(x.position(name));
      infos.push_back(info_of(x, name));
    }
    return {std::move(values), std::move(infos)};
  }

  const std::vector<std::string>& names() const noexcept { return names_; }

  auto parts() const { return std::tie(names_); }
  static fitted_select from_parts(std::vector<std::string> names) {
    fitted_select result;
    result.names_ = std::move(names);
    return result;
  }
  bool operator==(const fitted_select& other) const { return same_parts(*this, other); }

 private:
  std::vector<std::string> names_;
};

/// Takes the columns that meet every condition stated. As a step it stands before `|`; `names` serves a step that wants names:
/// `numeric{select{.until = stage::browse, .type = column_type::numeric}.names(sessions)}`.
struct select {
  std::vector<std::string> columns{};   ///< only these, in this order; empty: all, in their order
  std::vector<std::string> without{};   ///< not these
  std::optional<stage> until{};         ///< only columns known at this moment of a session or earlier
  column_type type = column_type::any;  ///< of features, those that say their levels are categorical

  /// The names of the chosen columns. Throws unknown_name for a name that is not there, bad_value where `until` is stated and
  /// a column, not otherwise left out, has an unknown stage, wrong_shape when no column is left.
  template <named_columns X>
  std::vector<std::string> names(const X& x) const {
    for (const auto& name : without) (void)info_of(x, name);
    std::vector<std::string> candidates = columns;
    if (columns.empty()) {
      for (const auto& each : x.columns()) candidates.push_back(name_of_column(each));
    }
    std::vector<std::string> chosen;
    for (const auto& name : candidates) {
      const feature_info info = info_of(x, name);
      if (std::find(without.begin(), without.end(), name) != without.end()) continue;
      if (type != column_type::any && is_numeric(x, name) != (type == column_type::numeric)) continue;
      if (until) {
        require(info.stage != stage::unknown, error_code::bad_value, fitted_select::kind, "column '", name,
                "' has no stage, and until needs one");
        if (info.stage > *until) continue;
      }
      chosen.push_back(name);
    }
    require(!chosen.empty(), error_code::wrong_shape, fitted_select::kind, "no column is left of ", candidates.size());
    return chosen;
  }

  /// Throws as `names`.
  template <named_columns X>
  fitted_select fit(const X& x) const {
    return fitted_select::from_parts(names(x));
  }

 private:
  static const std::string& name_of_column(const column& each) { return each.name(); }
  static const std::string& name_of_column(const feature_info& each) { return each.name; }
  static bool is_numeric(const table& x, const std::string& name) { return x[name].is_numeric(); }
  template <class Scalar>
  static bool is_numeric(const features<Scalar>& x, const std::string& name) {
    return !info_of(x, name).levels.has_value();
  }
};

FOOTFALL_END_NAMESPACE
