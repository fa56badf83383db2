// SPDX-License-Identifier: MIT
// The charts that show what a model is worth: ROC, precision and recall, gain, lift, profit, calibration, deciles.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <footfall/evaluate/business_case.hpp>
#include <footfall/evaluate/curves.hpp>
#include <footfall/evaluate/deciles.hpp>
#include <footfall/evaluate/ranking.hpp>
#include <footfall/evaluate/reliability.hpp>
#include <footfall/report/bar_chart.hpp>
#include <footfall/report/line_chart.hpp>
#include <footfall/report/number_format.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Sessions ranked by one model, as `ranking(scores, labels)` gives them.
struct named_ranking {
  std::string name;
  std::span<const tied_group> groups;
};

/// A line a model, and chance. Throws as `roc_curve`.
inline line_chart roc_chart(std::span<const named_ranking> models) {
  line_chart result{.x = "False positive rate", .y = "True positive rate"};
  for (const auto& model : models) {
    line drawn{model.name, {}};
    for (const auto& point : roc_curve(model.groups)) {
      drawn.points.push_back({point.false_positive_rate, point.true_positive_rate});
    }
    result.lines.push_back(std::move(drawn));
  }
  result.lines.push_back({"Chance", {{0, 0}, {1, 1}}, true});
  return result;
}

/// A line a model, and the base rate as the precision of chance. Throws as `precision_recall_curve`.
inline line_chart precision_recall_chart(std::span<const named_ranking> models) {
  line_chart result{.x = "Recall", .y = "Precision"};
  double base = 0;
  for (const auto& model : models) {
    line drawn{model.name, {}};
    for (const auto& point : precision_recall_curve(model.groups)) {
      drawn.points.push_back({point.recall, point.precision});
      base = point.precision;  // that of the last point, where every session is called
    }
    result.lines.push_back(std::move(drawn));
  }
  result.lines.push_back({"Chance", {{0, base}, {1, base}}, true});
  return result;
}

/// How many of the buyers the best share of the sessions holds. Throws as `gain_curve`.
inline line_chart gain_chart(std::span<const named_ranking> models) {
  line_chart result{.x = "Share of the sessions, best first",
                    .y = "Share of the buyers",
                    .x_format = as_percent(0),
                    .y_format = as_percent(1)};
  for (const auto& model : models) {
    line drawn{model.name, {}};
    for (const auto& point : gain_curve(model.groups)) drawn.points.push_back({point.share, point.capture});
    result.lines.push_back(std::move(drawn));
  }
  result.lines.push_back({"Chance", {{0, 0}, {1, 1}}, true});
  return result;
}

/// How much more often than average the best share buys, from the best hundredth on. Throws as `gain_curve`.
inline line_chart lift_chart(std::span<const named_ranking> models) {
  line_chart result{
      .x = "Share of the sessions, best first", .y = "Lift", .x_format = as_percent(0), .y_format = as_number(2)};
  for (const auto& model : models) {
    line drawn{model.name, {}};
    for (const auto& point : gain_curve(model.groups)) {
      if (point.share >= 0.01) drawn.points.push_back({point.share, point.lift()});
    }
    result.lines.push_back(std::move(drawn));
  }
  result.lines.push_back({"Chance", {{0.01, 1}, {1, 1}}, true});
  return result;
}

/// What reaching the best share of the sessions leaves, over their number.
inline line_chart profit_chart(std::string name, std::span<const profit_point> points) {
  line_chart result{
      .x = "Sessions reached, best first", .y = "Net profit", .x_format = as_count, .y_format = as_money(0)};
  line drawn{std::move(name), {}};
  for (const auto& point : points) drawn.points.push_back({static_cast<double>(point.reached), point.net_profit});
  result.lines.push_back(std::move(drawn));
  return result;
}

/// One table of `reliability_table`, e.g. of a model before and after its calibration.
struct named_reliability {
  std::string name;
  std::span<const reliability_bin> bins;
};

/// What was promised and what came, with Wilson's intervals; a model that keeps its promises lies on the dashed line.
inline line_chart calibration_chart(std::span<const named_reliability> models) {
  line_chart result{
      .x = "Mean score", .y = "Share that bought", .x_format = as_percent(1), .y_format = as_percent(1), .marks = true};
  double furthest = 0;
  for (const auto& model : models) {
    line drawn{model.name, {}};
    for (const auto& bin : model.bins) {
      drawn.points.push_back({bin.mean_score, bin.observed.value, bin.observed.wilson});
      furthest = std::max({furthest, bin.mean_score, bin.observed.wilson.high});
    }
    result.lines.push_back(std::move(drawn));
  }
  result.lines.push_back({"As promised", {{0, 0}, {furthest, furthest}}, true});
  return result;
}

/// The share of buyers in each part of the ranking, and that of all sessions.
inline bar_chart decile_chart(std::span<const decile> parts) {
  bar_chart result{.what = "Part of the ranking, 1 is the best",
                   .value = "Share that bought",
                   .format = as_percent(2),
                   .standing = true};
  for (const auto& part : parts) result.bars.push_back({text(part.number), part.rate, part.rate_interval});
  if (!parts.empty()) result.reference = {"all sessions", parts.back().cumulative_rate};
  return result;
}

FOOTFALL_END_NAMESPACE
