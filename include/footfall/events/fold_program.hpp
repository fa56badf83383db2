// SPDX-License-Identifier: MIT
// A list of folds at work: events go into cells, and cells become the values of features.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/types.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/fold.hpp>
#include <footfall/events/fold_plan.hpp>
#include <footfall/events/session_state.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// A division that rounds down, as calendars need it before 1970.
constexpr std::int64_t floor_divide(std::int64_t number, std::int64_t by) noexcept {
  return number / by - (number % by < 0 ? 1 : 0);
}

/// The folds of a `session_features`, which has checked them.
class fold_program {
 public:
  /// `sources`: for each formula the positions of the features that it uses.
  fold_program(std::vector<fold> folds, std::vector<std::vector<std::size_t>> sources)
      : folds_(std::move(folds)), sources_(std::move(sources)), plan_(folds_) {}

  std::size_t size() const noexcept { return folds_.size(); }

  std::uint32_t number_of_name(std::string_view name) const noexcept { return plan_.number_of_name(name); }

  bool reads(std::uint32_t name) const noexcept { return plan_.reads(name); }

  void observe(session_state& session, visitor_history& visitor, fold_counts& counts, const event_view& event,
               std::uint32_t name) const {
    const std::int64_t time = event.time();
    if (session.events == 0) begin(session, visitor, time);
    ++session.events;
    ++counts.events;
    counts.unnamed += name == 0;
    counts.backwards += time < session.latest;
    session.earliest = std::min(session.earliest, time);
    session.latest = std::max(session.latest, time);
    visitor.latest = std::max(visitor.latest, time);
    const std::uint32_t end = plan_.first_step(name + 1);
    for (std::uint32_t i = plan_.first_step(name); i < end; ++i) take(plan_.steps[i], session, visitor, counts, event);
  }

  // One function and not inlined, so that every caller gets sums rounded alike.
  [[gnu::noinline]] void values(const session_state& session, std::span<double> to) const {
    for (std::size_t i = 0; i < folds_.size(); ++i) to[i] = value_of(i, session, to);
  }

  std::string_view text_of(std::size_t i, const session_state& session) const {
    static constexpr std::string_view days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    if (!folds_[i].gives_text()) return {};
    if (folds_[i].type != fold_type::weekday_name) return session.texts[plan_.cells[i]];
    return days[static_cast<std::size_t>(weekday_of(session, folds_[i].constants[0]))];
  }

 private:
  using action = fold_step::action;

  void begin(session_state& session, visitor_history& visitor, std::int64_t time) const {
    session.start = session.earliest = session.latest = time;
    session.cells = plan_.first_cells;
    session.texts.assign(plan_.texts, {});
    session.sets.assign(plan_.sets, {});
    visitor.counts.resize(plan_.visitor_counts, 0);
    for (const auto& each : plan_.history) {
      double& cell = session.cells[each.cell];
      if (each.type == fold_type::events_before) {
        cell = visitor.counts[each.count];
      } else if (each.type == fold_type::sessions_before) {
        cell = static_cast<double>(visitor.sessions);
      } else if (visitor.sessions > 0) {
        cell = static_cast<double>(time - visitor.latest) / 86'400e6;
      }
    }
    if (visitor.sessions == 0) visitor.latest = time;
    ++visitor.sessions;
  }

  double number_in(const event_view& event, std::uint32_t key, fold_counts& counts) const {
    const double number = key == plan_.own_revenue ? event.revenue() : event.number(plan_.keys[key]);
    const bool good = std::isfinite(number);
    counts.without_parameter += !good;
    return good ? number : fold::missing;
  }
  std::string_view text_in(const event_view& event, std::uint32_t key, fold_counts& counts) const {
    const std::string_view text = key == plan_.own_page ? event.page() : event.text(plan_.keys[key]);
    counts.without_parameter += text.empty();
    return text;
  }

  void take(const fold_step& step, session_state& session, visitor_history& visitor, fold_counts& counts,
            const event_view& event) const {
    switch (step.what) {
      case action::count: session.cells[step.cell] += 1; break;
      case action::mark: session.cells[step.cell] = 1; break;
      case action::add:
        if (const double number = number_in(event, step.key, counts); !std::isnan(number)) {
          session.cells[step.cell] += number;
        }
        break;
      case action::largest:
        if (const double number = number_in(event, step.key, counts); !std::isnan(number)) {
          double& cell = session.cells[step.cell];
          double& any = session.cells[step.cell + 1];
          cell = any == 0 ? number : std::max(cell, number);
          any = 1;
        }
        break;
      case action::first:
        if (std::isnan(session.cells[step.cell])) session.cells[step.cell] = number_in(event, step.key, counts);
        break;
      case action::last:
        if (const double number = number_in(event, step.key, counts); !std::isnan(number)) {
          session.cells[step.cell] = number;
        }
        break;
      case action::first_text:
        if (session.texts[step.cell].empty()) session.texts[step.cell] = text_in(event, step.key, counts);
        break;
      case action::last_text:
        if (const auto text = text_in(event, step.key, counts); !text.empty()) session.texts[step.cell] = text;
        break;
      case action::distinct:
        if (const auto text = text_in(event, step.key, counts); !text.empty()) {
          const auto most = static_cast<std::size_t>(step.constant);
          counts.beyond_most += !session.sets[step.cell].insert(event_key::mark_of(text), most);
        }
        break;
      case action::reach: session.cells[step.cell] = std::max(session.cells[step.cell], step.constant); break;
      case action::reach_next:
        if (session.cells[step.cell] == step.constant - 1) session.cells[step.cell] = step.constant;
        break;
      case action::note_time: {  // the time is kept as the bits of a double: a double would round times far from 1970
        double& cell = session.cells[step.cell];
        const auto before = std::bit_cast<std::int64_t>(cell);
        double& any = session.cells[step.cell + 1];
        cell = std::bit_cast<double>(any == 0 ? event.time() : std::max(before, event.time()));
        any = 1;
        break;
      }
      case action::count_for_visitor: visitor.counts[step.cell] += 1; break;
    }
  }

  static std::int64_t local_seconds(const session_state& session, double minutes_east) {
    return floor_divide(session.start, microseconds_per_second) + 60 * static_cast<std::int64_t>(minutes_east);
  }
  static std::int64_t weekday_of(const session_state& session, double minutes_east) {
    const std::int64_t days = floor_divide(local_seconds(session, minutes_east), 86'400);
    return days + 3 - 7 * floor_divide(days + 3, 7);  // 1970-01-01 was a Thursday
  }

  double value_of(std::size_t i, const session_state& session, std::span<const double> before) const {
    const fold& what = folds_[i];
    const auto cell = [&] { return session.cells[plan_.cells[i]]; };
    switch (what.type) {
      case fold_type::count:
      case fold_type::any:
      case fold_type::largest:
      case fold_type::first:
      case fold_type::last:
      case fold_type::furthest:
      case fold_type::sessions_before:
      case fold_type::days_since_last:
      case fold_type::events_before: return cell();
      case fold_type::sum: return cell() * what.constants[0];
      case fold_type::distinct: return static_cast<double>(session.sets[plan_.cells[i]].size());
      case fold_type::duration: return seconds(session.latest - session.earliest);
      case fold_type::engaged:
        return seconds(session.latest - session.earliest) > what.constants[0] || cell() > 0 ||
                       session.cells[plan_.cells[i] + 1] >= 2
                   ? 1
                   : 0;
      case fold_type::seconds_since:
        return session.cells[plan_.cells[i] + 1] == 0 ? fold::missing
                                                      : seconds(session.latest - std::bit_cast<std::int64_t>(cell()));
      case fold_type::hour: {
        const std::int64_t at = local_seconds(session, what.constants[0]);
        return static_cast<double>((at - 86'400 * floor_divide(at, 86'400)) / 3'600);
      }
      case fold_type::weekday: return static_cast<double>(weekday_of(session, what.constants[0]));
      case fold_type::weighted_sum: {
        double sum = 0;
        for (std::size_t term = 0; term < what.names.size(); ++term) {
          const double number = before[sources_[i][term]];
          const double* const constants = &what.constants[3 * term];
          sum += constants[0] * (number > constants[2] ? constants[2] : number) / constants[1];
        }
        return sum;
      }
      case fold_type::ratio: {
        const double below = before[sources_[i][1]];
        return below == 0 ? what.constants[0] : before[sources_[i][0]] / below;
      }
      case fold_type::first_text:
      case fold_type::last_text:
      case fold_type::weekday_name: break;
    }
    return fold::missing;
  }
  static double seconds(std::int64_t microseconds) { return static_cast<double>(microseconds) / 1e6; }

  std::vector<fold> folds_;
  std::vector<std::vector<std::size_t>> sources_;
  fold_plan plan_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
