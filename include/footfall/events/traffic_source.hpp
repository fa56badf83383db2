// SPDX-License-Identifier: MIT
// Where a visit came from: what channels are made of.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include <footfall/core/version.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Texts as analytics programs write them. Empty: not known.
struct traffic_source {
  std::string source{};    ///< e.g. google, newsletter, a host; (direct) for none
  std::string medium{};    ///< e.g. organic, cpc, email, referral; (none) for none
  std::string campaign{};  ///< a name, or the medium in brackets
  std::string click_id{};  ///< the name of the parameter that an ad's click left in the address, e.g. gclid

  static traffic_source direct() { return {"(direct)", "(none)", "(direct)", ""}; }

  /// Nothing says where it came from.
  bool is_direct() const noexcept {
    return (source.empty() || source == "(direct)") && (medium.empty() || medium == "(none)" || medium == "(not set)");
  }

  auto operator<=>(const traffic_source&) const = default;
};

/// Repairs a visit from an ad that was filed under search or under nothing: with gclid, gbraid or wbraid it is google / cpc, with
/// msclkid bing / cpc. A source that names somebody else, or a medium that is neither missing nor organic, is left as it is.
inline traffic_source with_click_repaired(traffic_source visit) {
  const bool google = visit.click_id == "gclid" || visit.click_id == "gbraid" || visit.click_id == "wbraid";
  if (!google && visit.click_id != "msclkid") return visit;
  const auto unknown = [](std::string_view text) {
    return text.empty() || text == "(direct)" || text == "(none)" || text == "(not set)";
  };
  const std::string_view engine = google ? "google" : "bing";
  if (!unknown(visit.source) && visit.source != engine) return visit;
  if (!unknown(visit.medium) && visit.medium != "organic") return visit;
  visit.source = engine;
  visit.medium = "cpc";
  if (unknown(visit.campaign) || visit.campaign == "(organic)") visit.campaign = "(not set)";
  return visit;
}

FOOTFALL_END_NAMESPACE
