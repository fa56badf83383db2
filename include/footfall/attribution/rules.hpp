// SPDX-License-Identifier: MIT
// Credit by rules: first, last, last non-direct, linear, by position, by time, and a rule of your own.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include <footfall/attribution/credit.hpp>
#include <footfall/attribution/journey.hpp>
#include <footfall/core/error.hpp>

FOOTFALL_BEGIN_NAMESPACE

// All take `counts`, how often each visitor counts, and throw wrong_shape for counts that do not fit. Only
// converted journeys give credit. Cost: one reading.

/// All credit to the first touch.
struct first_touch {
  credit credit_of(const journeys& paths, visitor_counts counts = {}) const {
    return detail::share_out(paths, counts, "first_touch", [](auto, auto, auto shares) { shares.front() = 1; });
  }
};

/// All credit to the last touch.
struct last_touch {
  credit credit_of(const journeys& paths, visitor_counts counts = {}) const {
    return detail::share_out(paths, counts, "last_touch", [](auto, auto, auto shares) { shares.back() = 1; });
  }
};

/// All credit to the last touch that is not direct; to the last one where all are. Throws unknown_name if `direct` is no
/// channel of the journeys: a spelling mistake would otherwise make this `last_touch`.
struct last_non_direct {
  std::string direct = "Direct";

  credit credit_of(const journeys& paths, visitor_counts counts = {}) const {
    const std::int32_t skipped = paths.channel(direct);
    return detail::share_out(paths, counts, "last_non_direct", [&](auto touches, auto, auto shares) {
      std::size_t at = touches.size();
      while (at > 0 && touches[at - 1] == skipped) --at;
      shares[at > 0 ? at - 1 : touches.size() - 1] = 1;
    });
  }
};

/// The same credit to every touch.
struct linear_touch {
  credit credit_of(const journeys& paths, visitor_counts counts = {}) const {
    return detail::share_out(paths, counts, "linear_touch", [](auto touches, auto, auto shares) {
      for (double& each : shares) each = 1 / static_cast<double>(touches.size());
    });
  }
};

/// A share to the first touch, a share to the last, the rest to those between in equal parts. Two touches share as `first`
/// to `last` (half and half where both are 0); a single one takes all. Throws bad_option for shares below 0 or above 1
/// together.
struct position_based {
  double first = 0.4;
  double last = 0.4;

  credit credit_of(const journeys& paths, visitor_counts counts = {}) const {
    require(first >= 0 && last >= 0 && first + last <= 1, error_code::bad_option, "position_based",
            "first and last must be at least 0 and at most 1 together, got ", first, " and ", last);
    return detail::share_out(paths, counts, "position_based", [&](auto touches, auto, auto shares) {
      if (touches.size() == 1) {
        shares[0] = 1;
      } else if (touches.size() == 2) {
        const double both = first + last;
        shares[0] = both > 0 ? first / both : 0.5;
        shares[1] = both > 0 ? last / both : 0.5;
      } else {
        for (double& each : shares) each = (1 - first - last) / static_cast<double>(touches.size() - 2);
        shares.front() = first;
        shares.back() = last;
      }
    });
  }
};

/// A touch counts half as much for every half-life that it lies before the conversion, or, stepped, for every whole one:
/// 0.5^floor(age / half_life). Throws bad_option for a half-life that is not above 0.
struct time_decay {
  double half_life = 7;  ///< in the unit of the journeys' times
  bool stepped = false;

  credit credit_of(const journeys& paths, visitor_counts counts = {}) const {
    require(half_life > 0 && std::isfinite(half_life), error_code::bad_option, "time_decay",
            "half_life must be finite and above 0, got ", half_life);
    return detail::share_out(paths, counts, "time_decay", [&](auto, auto ages, auto shares) {
      const auto lives = [&](double age) { return stepped ? std::floor(age / half_life) : age / half_life; };
      // Seen from the youngest touch, whose weight is then 1: the weights of old journeys do not all vanish.
      const double youngest = lives(ages.back());
      double sum = 0;
      for (std::size_t i = 0; i < shares.size(); ++i) sum += shares[i] = std::exp2(youngest - lives(ages[i]));
      for (double& each : shares) each /= sum;
    });
  }
};

/// A rule of your own: `share(touches, ages, shares)` writes the share of each touch. Shares must be at least 0 and add up to
/// 1 within 1e-9, else bad_value: what does not add up is not credit.
struct custom_rule {
  std::function<void(std::span<const std::int32_t> touches, std::span<const double> ages, std::span<double> shares)>
      share;

  credit credit_of(const journeys& paths, visitor_counts counts = {}) const {
    require(static_cast<bool>(share), error_code::bad_option, "custom_rule", "share must be given");
    return detail::share_out(paths, counts, "custom_rule", [&](auto touches, auto ages, auto shares) {
      share(touches, ages, shares);
      double sum = 0;
      for (const double each : shares) {
        require(each >= 0, error_code::bad_value, "custom_rule", "a share must be at least 0, got ", each);
        sum += each;
      }
      require(std::fabs(sum - 1) <= 1e-9, error_code::bad_value, "custom_rule", "shares must add up to 1, got ", sum);
    });
  }
};

FOOTFALL_END_NAMESPACE
