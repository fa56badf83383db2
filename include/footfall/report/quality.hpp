// SPDX-License-Identifier: MIT
// The quality of a table as tables to read.
#pragma once

#include <cmath>
#include <string>

#include <footfall/data/cleaning.hpp>
#include <footfall/data/quality.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One line a column.
inline printed_table quality_table(const std::string& title, const quality_report& report) {
  printed_table result(title,
                       {{"Column"}, {"Missing"}, {"Infinite"}, {"Distinct"}, {"Lowest"}, {"Highest"}, {"Far out"}});
  const auto number = [](double value) {
    if (std::isnan(value) || std::fabs(value) >= 1e15) return std::isnan(value) ? std::string() : text(value);
    std::string digits = fixed(value, value == std::floor(value) ? 0 : std::fabs(value) < 10 ? 4 : 2);
    if (digits.find('.') != std::string::npos) digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return digits;
  };
  for (const auto& each : report.columns) {
    result.add({each.name, thousands(each.missing), thousands(each.infinite),
                each.constant ? std::string("constant") : thousands(each.distinct), number(each.smallest),
                number(each.largest), each.numeric ? thousands(each.far_out) : std::string()});
  }
  return result;
}

/// One line a rule.
inline printed_table rules_table(const std::string& title, const quality_report& report) {
  printed_table result(title, {{"Rule"}, {"Broken"}, {"Cannot be said"}});
  for (const auto& each : report.rules) result.add({each.rule, thousands(each.broken), thousands(each.unknown)});
  return result;
}

/// One line a step.
inline printed_table cleaning_table(const std::string& title, const cleaning& done) {
  printed_table result(title, {{"Step"}, {"Changed"}, {"Sessions left"}});
  for (const auto& each : done.steps()) result.add({each.what, thousands(each.changed), thousands(each.left)});
  return result;
}

FOOTFALL_END_NAMESPACE
