// SPDX-License-Identifier: MIT
// A guard in a pipeline: what comes by must be known at a stated moment of a session, or fitting is refused.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/parts.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/features/named.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The fitted form of `known_by`: lets everything through that passes the same question again.
class fitted_known_by {
 public:
  static constexpr std::string_view kind = "known_by";

  /// `x` as it is. Throws bad_value as `fit` does: a column may have become a later one since.
  template <named_columns X>
  X transform(const X& x) const {
    check(x, until_);
    return x;
  }

  stage until() const noexcept { return until_; }

  /// Throws bad_value naming every column that is known later than `until`, or of which nobody said when.
  template <named_columns X>
  static void check(const X& x, stage until) {
    std::string late;
    for (const auto& each : x.columns()) {
      const feature_info info = info_of(x, name_of_column(each));
      if (info.stage > until) late += text(late.empty() ? "'" : ", '", info.name, "' (", name_of(info.stage), ")");
    }
    require(late.empty(), error_code::bad_value, kind, "only what is known at ", name_of(until), " may pass, got ",
            late);
  }

  auto parts() const { return std::tie(until_); }
  static fitted_known_by from_parts(stage until) {
    require(until < stage::unknown, error_code::bad_parts, kind, "there is no stage ", static_cast<int>(until));
    fitted_known_by result;
    result.until_ = until;
    return result;
  }
  bool operator==(const fitted_known_by& other) const { return same_parts(*this, other); }

 private:
  static const std::string& name_of_column(const column& each) { return each.name(); }
  static const std::string& name_of_column(const feature_info& each) { return each.name; }

  stage until_ = stage::outcome;
};

/// Stands in front of a model: `columns(...) | known_by{stage::browse} | random_forest{}` cannot be fitted on a column of the cart, however it
/// was made. (`select` leaves late columns out; this one refuses them.)
struct known_by {
  stage until = stage::browse;

  /// Throws bad_value naming the columns that may not pass, bad_option for the unknown stage.
  template <named_columns X>
  fitted_known_by fit(const X& x) const {
    require(until < stage::unknown, error_code::bad_option, fitted_known_by::kind, "until must be a stage, got ",
            name_of(until));
    fitted_known_by::check(x, until);
    return fitted_known_by::from_parts(until);
  }
};

FOOTFALL_END_NAMESPACE
