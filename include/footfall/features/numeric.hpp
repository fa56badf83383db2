// SPDX-License-Identifier: MIT
// Numeric columns of a table as features, as they are.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `numeric`: the names of its columns.
class fitted_numeric {
 public:
  static constexpr std::string_view kind = "numeric";

  /// One feature a column, same name, same stage; missing values stay missing. Throws unknown_name or wrong_kind.
  features<double> transform(const table& sessions) const {
    matrix<double> values(sessions.rows(), static_cast<index>(columns_.size()));
    std::vector<feature_info> infos;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const column& source = sessions[columns_[i]];
      const auto numbers = source.numbers();
      std::copy(numbers.begin(), numbers.end(), values.col(static_cast<index>(i)).data());
      infos.push_back({source.name(), source.name(), source.stage()});
    }
    return {std::move(values), std::move(infos)};
  }

  auto parts() const { return std::tie(columns_); }
  static fitted_numeric from_parts(std::vector<std::string> columns) {
    fitted_numeric result;
    result.columns_ = std::move(columns);
    return result;
  }
  bool operator==(const fitted_numeric& other) const { return same_parts(*this, other); }

 private:
  std::vector<std::string> columns_;
};

/// Takes the named numeric columns. Nothing is learned from them.
struct numeric {
  std::vector<std::string> columns;  ///< in the order wanted

  /// Throws unknown_name for a column that is not there, wrong_kind for a categorical one.
  fitted_numeric fit(const table& sessions) const {
    for (const auto& name : columns) (void)sessions[name].numbers();
    return fitted_numeric::from_parts(columns);
  }
};

FOOTFALL_END_NAMESPACE
