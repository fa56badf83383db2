// SPDX-License-Identifier: MIT
// What a test set has in common with its training set: the same rows, the same visitors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/data/duplicates.hpp>
#include <footfall/data/split.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Test rows that the training rows give away, in the order of the test set.
struct leaks {
  row_set repeated;        ///< the same as a training row in every column but the visitor's
  row_set known_visitors;  ///< of a visitor who has training rows; empty where no column names visitors

  bool none() const noexcept { return repeated.empty() && known_visitors.empty(); }
  bool operator==(const leaks&) const = default;
};

/// Compares both sides of a split. `visitor` names the column of visitors; empty: there is none. Missing visitors are
/// nobody's. Leave out other columns that make rows different, such as an id of the session, with `without`. Throws
/// unknown_name, wrong_shape for a row that is not there. Expected cost O(rows * columns).
inline leaks find_leaks(const table& sessions, const split& parts, std::string_view visitor = "") {
  leaks found;
  if (visitor.empty()) {
    found.repeated = rows_found_among(sessions, parts.test, parts.train);
    return found;
  }
  const std::string name(visitor);
  found.repeated = rows_found_among(sessions.without({name}), parts.test, parts.train);
  const column& visitors = sessions[visitor];
  for (const index row : rows_found_among(sessions.select({name}), parts.test, parts.train)) {
    const auto at = static_cast<std::size_t>(row);
    const bool nobody = visitors.is_numeric() ? visitors.numbers()[at] != visitors.numbers()[at]
                                              : visitors.codes()[at] == column::missing_code;
    if (!nobody) found.known_visitors.push_back(row);
  }
  return found;
}

FOOTFALL_END_NAMESPACE
