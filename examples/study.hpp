// SPDX-License-Identifier: MIT
// What both studies share: rates and means of groups of sessions with their intervals, and the published figures.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <footfall/footfall.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/results.hpp>

namespace ff = footfall;

struct mean_estimate {
  double value = std::nan("");
  ff::interval range{std::nan(""), std::nan(""), 0.95};
};

/// Mean over the rows, with the large-sample interval: plus and minus 1.96 standard errors.
inline mean_estimate mean_over(std::span<const double> numbers, const ff::row_set& rows) {
  if (rows.empty()) return {};
  const auto n = static_cast<double>(rows.size());
  double sum = 0;
  for (const ff::index row : rows) sum += numbers[static_cast<std::size_t>(row)];
  const double mean = sum / n;
  double squares = 0;
  for (const ff::index row : rows) squares += std::pow(numbers[static_cast<std::size_t>(row)] - mean, 2);
  const double half = ff::normal_quantile(0.975) * std::sqrt(squares / std::max(1.0, n - 1) / n);
  return {mean, {mean - half, mean + half, 0.95}};
}

inline ff::rate rate_over(const ff::labels& y, const ff::row_set& rows) {
  return ff::rate_of(y.rows(rows).positives(), static_cast<std::int64_t>(rows.size()));
}

/// The rows of each of the groups 0, 1, ..., groups - 1.
inline std::vector<ff::row_set> rows_by_group(std::span<const std::int32_t> group, int groups) {
  std::vector<ff::row_set> rows(static_cast<std::size_t>(groups));
  for (std::size_t row = 0; row < group.size(); ++row) {
    rows[static_cast<std::size_t>(group[row])].push_back(static_cast<ff::index>(row));
  }
  return rows;
}

inline ff::row_set all_rows(ff::index rows) {
  ff::row_set all(static_cast<std::size_t>(rows));
  std::iota(all.begin(), all.end(), ff::index{0});
  return all;
}

/// `size` rows drawn without putting back, ascending; all of them if there are no more.
inline ff::row_set sample_of(ff::index rows, ff::index size, std::uint64_t seed) {
  auto chosen = all_rows(rows);
  ff::random_stream(seed).shuffle(std::span(chosen));
  chosen.resize(static_cast<std::size_t>(std::min(rows, size)));
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

inline ff::interval times(const ff::interval& limits, double factor) {
  return {limits.low * factor, limits.high * factor, limits.confidence};
}
inline mean_estimate times(const mean_estimate& estimate, double factor) {
  return {estimate.value * factor, times(estimate.range, factor)};
}
inline mean_estimate estimate_of(const ff::rate& rate, double factor = 1) {
  return times(mean_estimate{rate.value, rate.wilson}, factor);
}

/// The published figures in their order, each with the number that its item has in the inventory of the two studies.
class claim_list {
 public:
  void add(std::string id, ff::audited_claim audited) { all_.emplace_back(std::move(id), std::move(audited)); }
  void add(std::string id, const ff::claim& claim, const mean_estimate& ours) {
    add(std::move(id), ff::audit(claim, ours.value, ours.range));
  }

  std::vector<ff::audited_claim> of(const std::set<std::string>& ids) const {
    std::vector<ff::audited_claim> chosen;
    for (const auto& [id, audited] : all_) {
      if (ids.contains(id)) chosen.push_back(audited);
    }
    return chosen;
  }

  ff::json json() const {
    ff::json list = ff::json::array();
    for (const auto& [id, audited] : all_) {
      ff::json each;
      each["id"] = id;
      each.merge(ff::as_json(audited));
      list.push(each);
    }
    return list;
  }

 private:
  std::vector<std::pair<std::string, ff::audited_claim>> all_;
};

/// Every k that was tried with what was measured of it, and what may be said about the choice.
template <class Scalar>
void describe_choice(const ff::chosen_k<Scalar>& choice, ff::page& page, ff::json& report) {
  using ff::printed_cell;
  const auto& verdict = choice.verdict();
  ff::printed_table curve("Segmentations by their number of segments", {{"k"},
                                                                        {"Mean silhouette", ff::alignment::left},
                                                                        {"95 % interval"},
                                                                        {"Calinski-Harabasz"},
                                                                        {"Davies-Bouldin"},
                                                                        {"Gap over one group"},
                                                                        {"Least stable segment"}});
  for (const auto& of : choice.figures()) {
    const double stable = *std::min_element(of.stability.begin(), of.stability.end());
    curve.add({ff::text(of.clusters),
               printed_cell(ff::fixed(of.silhouette, 4))
                   .with_bar(std::max(0.0, of.silhouette))
                   .with_tone(of.clusters == verdict.best ? ff::tone::good : ff::tone::plain),
               ff::fixed(of.silhouette_range(), 3), ff::fixed(of.calinski_harabasz, 0), ff::fixed(of.davies_bouldin, 3),
               ff::fixed(of.gap - choice.gap_of_one(), 3), ff::fixed(stable, 2)});
    ff::json each;
    each["k"] = of.clusters;
    each["silhouette"] = of.silhouette;
    each["silhouette_interval"] = ff::as_json(of.silhouette_range());
    each["silhouette_sessions"] = of.silhouette_sessions;
    each["inertia"] = of.inertia;
    each["calinski_harabasz"] = of.calinski_harabasz;
    each["davies_bouldin"] = of.davies_bouldin;
    each["gap"] = of.gap;
    each["gap_error"] = of.gap_error;
    each["gap_over_one"] = ff::as_json(of.gap_over_one());
    for (const double stability : of.stability) each["stability"].push(stability);
    report["silhouettes"].push(each);
  }
  page.add(curve);
  page.paragraph(verdict.words);
  page.paragraph(
      "Silhouette and Calinski-Harabasz are good when large, Davies-Bouldin when small. The gap says by how much more "
      "the sessions tighten in k groups than evenly spread ones would, in logarithms; stability is how much of a "
      "segment comes back, from 0 to 1, when the sessions are drawn anew.");
  report["verdict_on_k"] = verdict.words;
}

/// What the page says about the five verdicts.
inline const char* const verdicts_explained =
    "Reproduced: equal in every published digit. Within noise: different, and the published figure lies in the "
    "interval of "
    "ours. Bounded: only limits can be given, and it lies within them. Contradicted: it lies outside. Not derivable: "
    "the "
    "data cannot say.";
