// SPDX-License-Identifier: MIT
// Journeys: the channels that touched a visitor one after another, up to a conversion or to the end of what was seen.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/types.hpp>
#include <footfall/statistics/exact_sum.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Journeys with the same touches, as a table of paths has them.
struct path {
  std::vector<std::string> touches;  ///< names of channels, the earliest first
  std::int64_t conversions = 0;      ///< how many of them converted
  std::int64_t others = 0;           ///< how many did not
  double revenue = 0;                ///< of all these conversions together
};

/// How often each visitor counts, e.g. in a resample; empty: each once.
using visitor_counts = std::span<const std::uint32_t>;

/// Immutable journeys of visitors. Each has at least one touch, and one conversion or none; unconverted ones are kept,
/// because rates need them. Touches of all journeys lie in one piece.
class journeys {
 public:
  journeys() = default;

  /// From counted paths: each conversion is a journey, and a visitor, of its own with an equal part of the revenue; time
  /// passes by 1 from touch to touch. Channels come in the order of their names' bytes. Throws bad_value for a path without
  /// touches, a negative count, revenue that is negative, not finite or without conversions, limit for more than 10^8 journeys.
  static journeys of_paths(const std::vector<path>& paths) {
    const std::string_view who = "journeys::of_paths";
    std::set<std::string> names;
    std::int64_t total = 0;
    for (const auto& each : paths) {
      require(!each.touches.empty(), error_code::bad_value, who, "a path has no touches");
      require(each.conversions >= 0 && each.others >= 0, error_code::bad_value, who, "counts must be at least 0, got ",
              each.conversions, " and ", each.others);
      require(std::isfinite(each.revenue) && each.revenue >= 0 && (each.revenue == 0 || each.conversions > 0),
              error_code::bad_value, who, "revenue must be finite, at least 0 and of conversions, got ", each.revenue,
              " of ", each.conversions);
      require(each.conversions <= 100'000'000 && each.others <= 100'000'000 &&
                  (total += each.conversions + each.others) <= 100'000'000,
              error_code::limit, who, "at most 10^8 journeys");
      names.insert(each.touches.begin(), each.touches.end());
    }
    journeys result;
    result.channels_.assign(names.begin(), names.end());
    std::vector<std::int32_t> codes;
    std::vector<double> ages;
    for (const auto& each : paths) {
      codes.clear();
      ages.clear();
      for (const auto& name : each.touches) {
        codes.push_back(result.channel(name));
        ages.push_back(static_cast<double>(each.touches.size() - codes.size()));
      }
      for (std::int64_t i = 0; i < each.conversions + each.others; ++i) {
        const bool bought = i < each.conversions;
        const auto visitor = static_cast<std::int32_t>(result.size());
        result.append(codes, ages, visitor, bought, bought ? each.revenue / static_cast<double>(each.conversions) : 0);
      }
    }
    return result;
  }

  index size() const noexcept { return static_cast<index>(converted_.size()); }
  const std::vector<std::string>& channels() const noexcept { return channels_; }

  /// Positions in `channels()`, the earliest touch first.
  std::span<const std::int32_t> touches(index i) const {
    return {touches_.data() + begin_[static_cast<std::size_t>(i)], length(i)};
  }
  /// How long before the end of the journey each touch was, in the unit of its times, at least 0.
  std::span<const double> ages(index i) const {
    return {ages_.data() + begin_[static_cast<std::size_t>(i)], length(i)};
  }
  bool converted(index i) const { return converted_[static_cast<std::size_t>(i)] != 0; }
  /// Of the conversion; 0 without one.
  double revenue(index i) const { return revenue_[static_cast<std::size_t>(i)]; }
  /// In [0, visitors()); the journeys of a visitor stand together.
  std::int32_t visitor(index i) const { return visitor_[static_cast<std::size_t>(i)]; }
  std::int32_t visitors() const noexcept { return visitor_.empty() ? 0 : visitor_.back() + 1; }

  /// How often journey i counts.
  std::uint32_t times(index i, visitor_counts counts) const {
    return counts.empty() ? 1 : counts[static_cast<std::size_t>(visitor(i))];
  }
  std::int64_t conversions(visitor_counts counts = {}) const {
    std::int64_t sum = 0;
    for (index i = 0; i < size(); ++i) sum += converted(i) ? times(i, counts) : 0;
    return sum;
  }
  /// The nearest double to the true sum.
  double revenue_of_all(visitor_counts counts = {}) const {
    exact_sum sum;
    for (index i = 0; i < size(); ++i) {
      if (revenue(i) > 0) sum.add_product(revenue(i), times(i, counts));
    }
    return sum.value();
  }

  /// The position of a channel. Throws unknown_name.
  std::int32_t channel(std::string_view name) const {
    const auto* const found = find(name);
    if (found == nullptr) fail(error_code::unknown_name, "journeys", "there is no channel '", name, "'");
    return static_cast<std::int32_t>(found - channels_.data());
  }

  /// Throws wrong_shape unless there is one count for each visitor, or none at all.
  void require_counts(visitor_counts counts, std::string_view who) const {
    require(counts.empty() || static_cast<std::int64_t>(counts.size()) == visitors(), error_code::wrong_shape, who,
            "there must be a count for each of ", visitors(), " visitors, got ", counts.size());
  }

  auto parts() const { return std::tie(channels_, begin_, touches_, ages_, visitor_, converted_, revenue_); }
  /// From the members; `begin` has one entry more than there are journeys. Throws bad_parts, and says what is wrong.
  static journeys from_parts(std::vector<std::string> channels, std::vector<std::int64_t> begin,
                             std::vector<std::int32_t> touches, std::vector<double> ages,
                             std::vector<std::int32_t> visitor, std::vector<std::uint8_t> converted,
                             std::vector<double> revenue) {
    const std::string_view who = "journeys";
    const auto check = [&](bool sound, const char* what) { require(sound, error_code::bad_parts, who, what); };
    const std::size_t size = converted.size();
    check(begin.size() == size + 1 && visitor.size() == size && revenue.size() == size && ages.size() == touches.size(),
          "lengths do not fit together");
    check(begin.front() == 0 && begin.back() == static_cast<std::int64_t>(touches.size()), "touches are left over");
    check(std::set<std::string_view>(channels.begin(), channels.end()).size() == channels.size(),
          "a channel is listed twice");
    for (const auto each : touches)
      check(each >= 0 && each < static_cast<std::int64_t>(channels.size()), "no such channel");
    for (std::size_t i = 0; i < size; ++i) {
      check(begin[i] < begin[i + 1], "a journey has no touches");
      check(converted[i] <= 1, "converted must be 0 or 1");
      check(std::isfinite(revenue[i]) && revenue[i] >= 0 && (revenue[i] == 0 || converted[i] == 1),
            "revenue must be finite, at least 0 and of conversions");
      check(visitor[i] == (i == 0 ? 0 : visitor[i - 1]) || (i > 0 && visitor[i] == visitor[i - 1] + 1),
            "visitors must be numbered in their order");
      for (auto at = static_cast<std::size_t>(begin[i]); at < static_cast<std::size_t>(begin[i + 1]); ++at) {
        const bool later = at == static_cast<std::size_t>(begin[i]) || ages[at] <= ages[at - 1];
        check(std::isfinite(ages[at]) && ages[at] >= 0 && later, "ages must be finite, at least 0 and fall");
      }
    }
    journeys result;
    result.channels_ = std::move(channels);
    result.begin_ = std::move(begin);
    result.touches_ = std::move(touches);
    result.ages_ = std::move(ages);
    result.visitor_ = std::move(visitor);
    result.converted_ = std::move(converted);
    result.revenue_ = std::move(revenue);
    return result;
  }
  bool operator==(const journeys& other) const { return same_parts(*this, other); }

 private:
  std::size_t length(index i) const {
    const auto at = static_cast<std::size_t>(i);
    return static_cast<std::size_t>(begin_[at + 1] - begin_[at]);
  }
  const std::string* find(std::string_view name) const noexcept {
    for (const auto& each : channels_) {
      if (each == name) return &each;
    }
    return nullptr;
  }
  void append(const std::vector<std::int32_t>& codes, const std::vector<double>& ages, std::int32_t visitor,
              bool bought, double revenue) {
    touches_.insert(touches_.end(), codes.begin(), codes.end());
    ages_.insert(ages_.end(), ages.begin(), ages.end());
    begin_.push_back(static_cast<std::int64_t>(touches_.size()));
    visitor_.push_back(visitor);
    converted_.push_back(bought ? 1 : 0);
    revenue_.push_back(revenue);
  }

  std::vector<std::string> channels_;
  std::vector<std::int64_t> begin_{0};
  std::vector<std::int32_t> touches_;
  std::vector<double> ages_;
  std::vector<std::int32_t> visitor_;
  std::vector<std::uint8_t> converted_;
  std::vector<double> revenue_;
};

FOOTFALL_END_NAMESPACE
