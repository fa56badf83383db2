// SPDX-License-Identifier: MIT
// Whether sessions went through the shop in an order that is possible: what is not is listed, never repaired.
#pragma once

#include <string>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/data/condition.hpp>
#include <footfall/data/table.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The columns that are compared; an empty name leaves out the rules that need it.
struct funnel_columns {
  std::string cart = "add_to_cart";           ///< 0: nothing was put into the cart
  std::string checkout = "reached_checkout";  ///< 0: the checkout was not reached
  std::string purchased = "purchased";        ///< 0: nothing was bought
  std::string revenue = "revenue";            ///< of the session
  std::string duration = "session_duration_sec";
};

/// A rule that sessions break.
struct funnel_fault {
  std::string rule;   ///< what would have to hold
  row_set sessions;   ///< all that break it
  index unknown = 0;  ///< sessions in which something it asks for is missing
  index count() const noexcept { return static_cast<index>(sessions.size()); }
};

/// What holds in every possible session: no purchase without a checkout, no checkout without a cart, no revenue without a purchase, no
/// negative duration. For `check_quality` and for the steps of cleaning too.
inline std::vector<condition> funnel_rules(const funnel_columns& names = {}) {
  std::vector<condition> rules;
  const auto later = [&](const std::string& one, const std::string& before) {
    if (!one.empty() && !before.empty()) rules.push_back(implies(field(one) != 0.0, field(before) != 0.0));
  };
  later(names.purchased, names.checkout);
  later(names.checkout, names.cart);
  later(names.revenue, names.purchased);
  if (!names.duration.empty()) rules.push_back(field(names.duration) >= 0.0);
  return rules;
}

/// Each of these rules with the sessions that break it, none left out. Throws unknown_name, wrong_kind.
inline std::vector<funnel_fault> funnel_faults(const table& sessions, const funnel_columns& names = {}) {
  std::vector<funnel_fault> faults;
  for (const condition& rule : funnel_rules(names)) {
    funnel_fault fault{rule.text(), {}, 0};
    index row = 0;
    for (const truth answer : rule.of(sessions)) {
      if (answer == truth::no) fault.sessions.push_back(row);
      fault.unknown += answer == truth::unknown;
      ++row;
    }
    faults.push_back(std::move(fault));
  }
  return faults;
}

FOOTFALL_END_NAMESPACE
