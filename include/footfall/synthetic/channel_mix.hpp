// SPDX-License-Identifier: MIT
// Sessions of four personas from five channels: a world where the channel makes no difference, or a stated one.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/stage.hpp>
#include <footfall/core/types.hpp>
#include <footfall/data/table.hpp>
#include <footfall/synthetic/distributions.hpp>
#include <footfall/synthetic/quotas.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// The recipe of the mix. Personas and channels have exact quotas that are shuffled apart, so that no channel brings
/// more of a persona except by chance; whether a session converts is drawn, with a probability that depends on its
/// persona.
struct channel_mix {
  /// The personas, in the order of `personas()`.
  static constexpr std::array<std::string_view, 4> persona_names = {"window shopper", "passerby", "deep researcher",
                                                                    "ready to buy"};
  static constexpr std::array<std::string_view, 5> channel_names = {"Google", "Instagram", "Direct", "Email", "Ads"};

  index sessions = 500'000;  ///< in [1, 2^31 - 1]; the channels have 30, 25, 20, 15 and 10 % of them
  std::uint64_t seed = 7;    ///< the same seed gives the same sessions
  /// A true effect by channel, as a relative change of every persona's rate: {{"Ads", -0.10}} is a tenth fewer
  /// conversions. Channels that are not named have none.
  std::map<std::string, double> channel_effect{};

  /// One row a session: `clicks`, `page_views` and `time_spent` (whole seconds), each at least 1, `add_to_cart` (0 or
  /// 1), `referral_source`, `device_type` (which means nothing here) and `conversion_label`, each with its stage.
  /// Nothing is missing. Throws bad_option for a size out of range or an effect that makes a probability leave [0, 1],
  /// unknown_name for a channel that does not exist. Cost O(sessions).
  table generate() const;

  /// The persona that each session was drawn from, a position in `persona_names`: what no column states.
  segment_ids personas() const;
};

namespace detail {

struct persona_behaviour {
  index least_clicks;
  double more_clicks;  // mean of a Poisson number
  index least_pages;
  double more_pages;
  double time_mean, time_shape;  // gamma
  double cart;
  double conversion;
};

struct channel_mix_parameters {
  static constexpr std::array<std::int64_t, 4> personas = {330, 322, 120, 228};
  static constexpr std::array<std::int64_t, 5> channels = {30, 25, 20, 15, 10};
  static constexpr std::array<double, 3> device = {.60, .34, .06};
  static constexpr std::array<persona_behaviour, 4> behaviour = {{
      {3, 3.10, 3, 3.5, 120, 5, .01, .149},
      {1, .80, 1, .7, 66, 3, .004, .0985},
      {1, 2.60, 2, 3.0, 434.5, 20, .03, .201},
      {1, 2.40, 1, 2.6, 120.5, 6, 1, .428},
  }};
};

/// What is drawn of a session, one stream each: a variable that is added later does not move the others.
enum class mix_variable : std::uint64_t { persona, channel, device, clicks, pages, time, cart, conversion };

}  // namespace detail

inline segment_ids channel_mix::personas() const {
  require(sessions >= 1 && sessions <= 0x7FFFFFFF, error_code::bad_option, "channel_mix",
          "sessions must be in [1, 2147483647], got ", sessions);
  return shuffled_quotas(sessions, detail::channel_mix_parameters::personas,
                         random_stream(seed).child(static_cast<std::uint64_t>(detail::mix_variable::persona)));
}

inline table channel_mix::generate() const {
  using p = detail::channel_mix_parameters;
  using v = detail::mix_variable;
  const auto stream_of = [root = random_stream(seed)](detail::mix_variable variable) {
    return root.child(static_cast<std::uint64_t>(variable));
  };

  std::array<double, 5> factor{1, 1, 1, 1, 1};
  for (const auto& [name, effect] : channel_effect) {
    const auto found = std::find(channel_names.begin(), channel_names.end(), name);
    require(found != channel_names.end(), error_code::unknown_name, "channel_mix", "channel_effect names '", name,
            "', which is no channel");
    const double largest = 1 / p::behaviour.back().conversion - 1;
    require(effect >= -1 && effect <= largest, error_code::bad_option, "channel_mix", "channel_effect of '", name,
            "' must be in [-1, ", largest, "], got ", effect);
    factor[static_cast<std::size_t>(found - channel_names.begin())] += effect;
  }

  const auto persona = personas();
  auto source = shuffled_quotas(sessions, p::channels, stream_of(v::channel));
  const std::size_t rows = persona.size();
  std::vector<std::int32_t> devices(rows);
  std::vector<double> clicks_of(rows), pages_of(rows), time_of(rows), cart_of(rows), label(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto& own = p::behaviour[static_cast<std::size_t>(persona[row])];
    const auto draw = [&](detail::mix_variable variable) { return stream_of(variable).child(row); };
    auto for_clicks = draw(v::clicks);
    auto for_pages = draw(v::pages);
    auto for_time = draw(v::time);
    devices[row] = static_cast<std::int32_t>(draw(v::device).pick(p::device));
    clicks_of[row] = static_cast<double>(own.least_clicks + draw_poisson(for_clicks, own.more_clicks));
    pages_of[row] = static_cast<double>(own.least_pages + draw_poisson(for_pages, own.more_pages));
    time_of[row] = std::max(1.0, std::round(draw_gamma(for_time, own.time_shape) * (own.time_mean / own.time_shape)));
    cart_of[row] = draw(v::cart).uniform() < own.cart ? 1 : 0;
    label[row] = draw(v::conversion).uniform() < own.conversion * factor[static_cast<std::size_t>(source[row])] ? 1 : 0;
  }
  return table({
      column::numeric("clicks", std::move(clicks_of), stage::browse),
      column::numeric("page_views", std::move(pages_of), stage::browse),
      column::numeric("time_spent", std::move(time_of), stage::browse),
      column::numeric("add_to_cart", std::move(cart_of), stage::cart),
      column::categorical("referral_source", std::move(source), {channel_names.begin(), channel_names.end()},
                          stage::context),
      column::categorical("device_type", std::move(devices), {"mobile", "desktop", "tablet"}, stage::context),
      column::numeric("conversion_label", std::move(label), stage::outcome),
  });
}

FOOTFALL_END_NAMESPACE
