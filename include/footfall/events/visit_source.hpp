// SPDX-License-Identifier: MIT
// Where a visit came from, by the address of the page it landed on, the referrer, and what the tracker wrote down.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/events/channel_rules.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/ga4_channels.hpp>
#include <footfall/events/text_set.hpp>
#include <footfall/events/traffic_source.hpp>
#include <footfall/events/url_query.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Which texts of an event say where its visitor came from, the first that is not empty of each; and what referrers mean. The
/// defaults are those of the GA4 export.
struct visit_source_rules {
  std::vector<std::string> source = {"source", "manual_source"};
  std::vector<std::string> medium = {"medium", "manual_medium"};
  std::vector<std::string> campaign = {"campaign", "manual_campaign_name"};
  std::vector<std::string> referrer = {"page_referrer"};
  /// Hosts that are the shop's own, with all below them (a payment page may be one): coming from there says nothing. The host
  /// of the page itself always counts.
  std::vector<std::string> own_hosts{};
  channel_rules referrers = known_referrers();  ///< "source / medium" of hosts, see `known_referrers`
};

/// What an event says of where its visitor came from. Views of somebody's texts; empty: it does not say.
struct visit_texts {
  std::string_view page{}, source{}, medium{}, campaign{}, referrer{};
  std::string_view click_id{};  ///< the name of the parameter
};

/// Names sources of visits by the rules. Immutable.
class visit_source_reader {
 public:
  /// Throws bad_value for a name of the referrers that is not of the form "source / medium", or an own host that is empty.
  explicit visit_source_reader(const visit_source_rules& rules)
      : source_(rules.source.begin(), rules.source.end()),
        medium_(rules.medium.begin(), rules.medium.end()),
        campaign_(rules.campaign.begin(), rules.campaign.end()),
        referrer_(rules.referrer.begin(), rules.referrer.end()),
        referrers_(rules.referrers) {
    for (const auto& each : referrers_.channels()) {
      const auto slash = each.find(" / ");
      const bool named = slash != std::string::npos && slash > 0 && slash + 3 < each.size();
      require(named || each == channel_rules::unassigned, error_code::bad_value, "visit_source",
              "a channel of the referrers must read 'source / medium', got '", each, "'");
      if (named) {
        engines_.push_back({each.substr(0, slash), each.substr(slash + 3), "(" + each.substr(slash + 3) + ")", ""});
      } else {
        engines_.emplace_back();
      }
    }
    for (const auto& each : rules.own_hosts) {
      require(!each.empty(), error_code::bad_value, "visit_source", "an own host is empty");
      own_hosts_.add_host(each);
    }
  }

  /// In this order: what the tracker wrote, what the address of the page says (utm_source, utm_medium, utm_campaign, ids of
  /// clicks), the referrer; the source of an ad's click is repaired. Direct if none says anything.
  traffic_source of_texts(const visit_texts& texts) const {
    traffic_source visit = of_address(texts.page);
    if (visit.click_id.empty()) visit.click_id = texts.click_id;
    traffic_source written{std::string(texts.source), std::string(texts.medium), std::string(texts.campaign), ""};
    if (!written.is_direct()) {
      written.click_id = std::move(visit.click_id);
      visit = std::move(written);
    } else if (visit.source.empty() && visit.medium.empty()) {
      traffic_source before = of_referrer(texts.page, texts.referrer);
      before.click_id = std::move(visit.click_id);
      if (!visit.campaign.empty()) before.campaign = std::move(visit.campaign);
      visit = std::move(before);
    }
    return with_click_repaired(std::move(visit));
  }

  traffic_source of_event(event_view event) const {
    visit_texts texts{event.page(), first_of(event, source_), first_of(event, medium_), first_of(event, campaign_),
                      first_of(event, referrer_)};
    for (const auto& id : click_id_) {
      if (texts.click_id.empty() && !event.text(id).empty()) texts.click_id = id.name();
    }
    return of_texts(texts);
  }

 private:
  static constexpr std::array<std::string_view, 10> click_ids = {"gclid",   "gbraid", "wbraid", "dclid",  "msclkid",
                                                                 "srsltid", "fbclid", "ttclid", "twclid", "yclid"};

  static std::string_view first_of(event_view event, const std::vector<event_key>& keys) {
    for (const auto& key : keys) {
      if (const auto text = event.text(key); !text.empty()) return text;
    }
    return {};
  }

  static traffic_source of_address(std::string_view page) {
    traffic_source visit;
    std::size_t click = click_ids.size();
    for_each_parameter(page, [&](std::string_view name, std::string_view value) {
      if (value.empty()) return;
      std::string* const of = name == "utm_source"     ? &visit.source
                              : name == "utm_medium"   ? &visit.medium
                              : name == "utm_campaign" ? &visit.campaign
                                                       : nullptr;
      if (of != nullptr && of->empty()) *of = decoded_parameter(value);
      for (std::size_t i = 0; i < click; ++i) {
        if (name == click_ids[i]) click = i;
      }
    });
    if (click < click_ids.size()) visit.click_id = click_ids[click];
    return visit;
  }

  traffic_source of_referrer(std::string_view page, std::string_view from) const {
    const std::string host = host_of(from);
    if (host.empty() || host == host_of(page) || own_hosts_.contains(host)) return traffic_source::direct();
    const auto& engine = engines_[static_cast<std::size_t>(referrers_.channel_of({.source = host}))];
    return engine.source.empty() ? traffic_source{host, "referral", "(referral)", ""} : engine;
  }

  std::vector<event_key> source_, medium_, campaign_, referrer_;
  std::vector<event_key> click_id_{click_ids.begin(), click_ids.end()};
  channel_rules referrers_;
  std::vector<traffic_source> engines_;  // by the channels of the referrers
  text_set own_hosts_;
};

FOOTFALL_END_NAMESPACE
