// SPDX-License-Identifier: MIT
// From a whole log, in any order, to its sessions.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/huge_pages.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/session_list.hpp>
#include <footfall/events/session_rules.hpp>
#include <footfall/events/text_dictionary.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What sessions are made of, one value an event. Empty: the log has no such column, and then no rule may ask for it.
struct event_columns {
  std::span<const std::uint32_t> visitor;     ///< numbers from 0, no two visitors the same, or `no_code`
  std::span<const std::int64_t> time;         ///< microseconds since 1970, UTC; any 64-bit number
  std::span<const std::uint32_t> session{};   ///< a number for each id of the source, or `no_code`
  std::span<const std::uint32_t> campaign{};  ///< a number for each campaign, or `no_code`
};

namespace detail {

/// Visitors are dealt out to buckets that fit into the cache; in a bucket events are counted to their visitors, and a visitor's
/// events sorted where they did not come in time. Blocks and buckets depend on the log alone, and so does every byte.
class session_cutter {
 public:
  session_cutter(const event_columns& columns, const session_rules& rules, const run_options& run)
      : columns_(columns), rules_(rules), workers_(run), events_(columns.time.size()) {
    rules.validate(who);
    require(columns.visitor.size() == events_, error_code::wrong_shape, who, "there must be a visitor for each of ",
            events_, " events, got ", columns.visitor.size());
    require(events_ < std::numeric_limits<std::uint32_t>::max(), error_code::limit, who,
            "a log may have 4294967294 events, got ", events_);
    require(rules.by_source_id ? columns.session.size() == events_ : true, error_code::wrong_shape, who,
            "sessions by id need an id for each of ", events_, " events, got ", columns.session.size());
    require(rules.at_new_campaign ? columns.campaign.size() == events_ : true, error_code::wrong_shape, who,
            "sessions by campaign need one for each of ", events_, " events, got ", columns.campaign.size());
  }

  session_list cut() {
    deal();
    std::vector<bucket> buckets(bucket_begin_.size() - 1);
    order_.resize(bucket_begin_.back());
    workers_.for_each_index(static_cast<index>(buckets.size()), [&](index i) {
      cut_bucket(static_cast<std::size_t>(i), buckets[static_cast<std::size_t>(i)]);
    });
    dealt_.reset();

    std::size_t sessions = 0;
    for (const auto& each : buckets) sessions += each.visitor.size();
    std::vector<std::uint32_t> visitor;
    std::vector<std::uint32_t> begin;
    visitor.reserve(sessions);
    begin.reserve(sessions + 1);
    for (const auto& each : buckets) {
      visitor.insert(visitor.end(), each.visitor.begin(), each.visitor.end());
      begin.insert(begin.end(), each.begin.begin(), each.begin.end());
    }
    begin.push_back(static_cast<std::uint32_t>(order_.size()));
    return session_list::made(std::move(visitor), std::move(begin), std::move(order_), ledger_);
  }

 private:
  static constexpr std::string_view who = "sessionize";
  static constexpr std::size_t block_events = std::size_t{1} << 17;
  static constexpr int bucket_bits = 10;

  struct dealt_event {
    std::int64_t time;
    std::uint32_t event;  // its place in the log
    std::uint32_t visitor;
    bool operator<(const dealt_event& other) const noexcept {
      return time != other.time ? time < other.time : event < other.event;
    }
  };

  struct bucket {
    std::vector<std::uint32_t> visitor;  // one a session
    std::vector<std::uint32_t> begin;    // of each session, in the order of all events
  };

  enum class fate { in_session, without_visitor, outside_times, without_session_id };

  fate fate_of(std::size_t event) const noexcept {
    if (columns_.visitor[event] == no_code) return fate::without_visitor;
    if (columns_.time[event] < rules_.earliest || columns_.time[event] > rules_.latest) return fate::outside_times;
    if (rules_.by_source_id && columns_.session[event] == no_code) return fate::without_session_id;
    return fate::in_session;
  }

  // Events to the buckets of their visitors, in the order of the log. Each block counts, then knows where to write.
  void deal() {
    std::uint32_t visitors = 0;  // one more than the highest number: no_code becomes 0
    for (const std::uint32_t each : columns_.visitor) visitors = std::max(visitors, each + 1);
    shift_ = std::max(0, static_cast<int>(std::bit_width(visitors)) - bucket_bits);
    const std::size_t buckets = (visitors >> shift_) + std::size_t{1};
    const std::size_t blocks = (events_ + block_events - 1) / block_events;
    std::vector<std::uint32_t> place(blocks * buckets);
    std::vector<session_ledger> ledgers(blocks);
    const auto events = static_cast<index>(events_);
    workers_.for_each_block(events, static_cast<index>(block_events), [&](index from, index to) {
      const std::size_t block = static_cast<std::size_t>(from) / block_events;
      std::uint32_t* const counts = place.data() + block * buckets;
      session_ledger& ledger = ledgers[block];
      for (auto event = static_cast<std::size_t>(from); event < static_cast<std::size_t>(to); ++event) {
        const fate outcome = fate_of(event);
        if (outcome == fate::in_session) {
          ++counts[columns_.visitor[event] >> shift_];
          ++ledger.in_sessions;
        } else {
          ++(outcome == fate::without_visitor ? ledger.without_visitor
             : outcome == fate::outside_times ? ledger.outside_times
                                              : ledger.without_session_id);
        }
      }
    });
    ledger_.events = events;
    for (const auto& each : ledgers) {
      ledger_.in_sessions += each.in_sessions;
      ledger_.without_visitor += each.without_visitor;
      ledger_.outside_times += each.outside_times;
      ledger_.without_session_id += each.without_session_id;
    }
    bucket_begin_.assign(buckets + 1, 0);
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < buckets; ++i) {
      bucket_begin_[i] = at;
      for (std::size_t block = 0; block < blocks; ++block) at += std::exchange(place[block * buckets + i], at);
    }
    bucket_begin_[buckets] = at;

    dealt_ = std::make_unique_for_overwrite<dealt_event[]>(at);
    advise_huge_pages(dealt_.get(), at * sizeof(dealt_event));
    workers_.for_each_block(events, static_cast<index>(block_events), [&](index from, index to) {
      std::uint32_t* const next = place.data() + static_cast<std::size_t>(from) / block_events * buckets;
      for (auto event = static_cast<std::size_t>(from); event < static_cast<std::size_t>(to); ++event) {
        if (fate_of(event) != fate::in_session) continue;
        const std::uint32_t visitor = columns_.visitor[event];
        dealt_[next[visitor >> shift_]++] = {columns_.time[event], static_cast<std::uint32_t>(event), visitor};
      }
    });
  }

  // A counting sort by visitor, then visitor after visitor.
  void cut_bucket(std::size_t number, bucket& result) {
    const std::span<dealt_event> dealt(dealt_.get() + bucket_begin_[number],
                                       bucket_begin_[number + 1] - bucket_begin_[number]);
    if (dealt.empty()) return;
    const std::uint32_t first_visitor = static_cast<std::uint32_t>(number) << shift_;
    std::vector<std::uint32_t> end((std::size_t{1} << shift_) + 1);
    std::vector<dealt_event> sorted;
    for (const auto& each : dealt) ++end[each.visitor - first_visitor + 1];
    std::partial_sum(end.begin(), end.end(), end.begin());
    std::span<dealt_event> events = dealt;
    if (shift_ > 0) {
      sorted.resize(dealt.size());
      for (const auto& each : dealt) sorted[end[each.visitor - first_visitor]++] = each;
      events = sorted;
      std::copy_backward(end.begin(), end.end() - 1, end.end());  // ends became begins of the next
      end[0] = 0;
    }
    session_boundary boundary(rules_);
    std::uint32_t at = bucket_begin_[number];
    for (std::size_t i = 0; i + 1 < end.size(); ++i) {
      if (end[i] == end[i + 1]) continue;
      const auto of_visitor = events.subspan(end[i], end[i + 1] - end[i]);
      if (!std::is_sorted(of_visitor.begin(), of_visitor.end())) std::sort(of_visitor.begin(), of_visitor.end());
      if (rules_.by_source_id) {
        cut_by_id(of_visitor, boundary, at, result);
      } else {
        boundary.restart();
        for (const auto& each : of_visitor) take(each, boundary, at, result);
      }
    }
  }

  std::uint32_t campaign_of(const dealt_event& each) const noexcept {
    return rules_.at_new_campaign ? columns_.campaign[each.event] : no_code;
  }

  void take(const dealt_event& each, session_boundary& boundary, std::uint32_t& at, bucket& result) {
    if (boundary.begins_session(each.time, campaign_of(each))) {
      result.visitor.push_back(each.visitor);
      result.begin.push_back(at);
    }
    order_[at++] = each.event;
  }

  // Sessions of a visitor may run side by side: they are cut id by id, then put in the order of their first events.
  void cut_by_id(std::span<const dealt_event> of_visitor, session_boundary& boundary, std::uint32_t& at,
                 bucket& result) {
    struct numbered {
      std::uint32_t id;
      std::uint32_t place;  // among the visitor's events
    };
    std::vector<numbered> by_id(of_visitor.size());
    for (std::uint32_t i = 0; i < by_id.size(); ++i) by_id[i] = {columns_.session[of_visitor[i].event], i};
    std::sort(by_id.begin(), by_id.end(),
              [](const numbered& a, const numbered& b) { return a.id != b.id ? a.id < b.id : a.place < b.place; });
    std::vector<std::size_t> begins;  // in by_id
    for (std::size_t i = 0; i < by_id.size(); ++i) {
      const auto& each = of_visitor[by_id[i].place];
      if (i == 0 || by_id[i].id != by_id[i - 1].id) boundary.restart();
      if (boundary.begins_session(each.time, campaign_of(each))) {
        begins.push_back(i);
      }
    }
    std::vector<std::size_t> turn(begins.size());
    std::iota(turn.begin(), turn.end(), std::size_t{0});
    std::sort(turn.begin(), turn.end(),
              [&](std::size_t a, std::size_t b) { return by_id[begins[a]].place < by_id[begins[b]].place; });
    for (const std::size_t session : turn) {
      result.visitor.push_back(of_visitor.front().visitor);
      result.begin.push_back(at);
      const std::size_t end = session + 1 < begins.size() ? begins[session + 1] : by_id.size();
      for (std::size_t i = begins[session]; i < end; ++i) order_[at++] = of_visitor[by_id[i].place].event;
    }
  }

  const event_columns& columns_;
  const session_rules& rules_;
  workers workers_;
  std::size_t events_;
  int shift_ = 0;  // of a visitor's number to that of its bucket
  std::vector<std::uint32_t> bucket_begin_;
  std::unique_ptr<dealt_event[]> dealt_;
  std::vector<std::uint32_t> order_;
  session_ledger ledger_;
};

}  // namespace detail

/// The sessions of a log whose events stand in any order. Events of a visitor at the same time keep the order of the log; the
/// order of others changes nothing but their positions. Events without a visitor, outside the times of the rules, or without
/// the id that the rules ask for, are left out and counted. Throws bad_option, wrong_shape for columns of other lengths or
/// one that the rules ask for and the log does not have, limit for 2^32 - 1 events or more. Cost: two passes and a sort within
/// each visitor; 24 bytes an event while it works.
inline session_list sessionize(const event_columns& columns, const session_rules& rules = session_rules::ga4(),
                               const run_options& run = {}) {
  return detail::session_cutter(columns, rules, run).cut();
}

/// The same of an event log; the campaign is the text that the rules name. Numbers of visitors are those of `log.visitors()`.
inline session_list sessionize(const event_log& log, const session_rules& rules = session_rules::ga4(),
                               const run_options& run = {}) {
  event_columns columns{log.visitor_codes(), log.times(), log.session_codes(), {}};
  std::vector<std::uint32_t> campaign;
  if (rules.at_new_campaign) {
    const std::uint32_t key = log.parameter_keys().find(rules.campaign);
    const std::uint32_t nothing = log.parameter_texts().find("");
    campaign.assign(columns.time.size(), no_code);
    for (std::size_t event = 0; key != text_dictionary::none && event < campaign.size(); ++event) {
      const auto keys = log.text_keys(static_cast<index>(event));
      const auto found = std::find(keys.begin(), keys.end(), key);
      if (found == keys.end()) continue;
      const std::uint32_t text =
          log.text_codes(static_cast<index>(event))[static_cast<std::size_t>(found - keys.begin())];
      if (text != nothing) campaign[event] = text;
    }
    columns.campaign = campaign;
  }
  return sessionize(columns, rules, run);
}

FOOTFALL_END_NAMESPACE
