// SPDX-License-Identifier: MIT
// What events do to the state of a session, laid out from a list of folds: cells, and for each name of events the steps that
// change them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/events/event.hpp>
#include <footfall/events/fold.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// What an event of some name does to one cell.
struct fold_step {
  enum class action : unsigned char {
    count,
    mark,
    add,
    largest,
    first,
    last,
    first_text,
    last_text,
    distinct,
    reach,
    reach_next,
    note_time,
    count_for_visitor
  };
  action what = action::count;
  std::uint32_t cell = 0;  // of the cells, texts or sets of a session, or of a visitor's counts
  std::uint32_t key = 0;   // the parameter that is read
  double constant = 0;

  /// Whether it asks each event for a parameter, and not only the first ones of a session.
  bool reads() const noexcept {
    return what == action::add || what == action::largest || what == action::last || what == action::last_text ||
           what == action::distinct;
  }
};

/// The layout that `fold_program` runs. The folds are checked.
class fold_plan {
 public:
  struct history_cell {
    fold_type type;
    std::uint32_t cell, count;
  };

  explicit fold_plan(const std::vector<fold>& folds) {
    std::vector<named_step> all;
    for (const auto& each : folds) add(each, all);
    number_names(all);
    for (std::uint32_t number = 0; number <= names_.size(); ++number) {
      starts_.push_back(static_cast<std::uint32_t>(steps.size()));
      reads_.push_back(false);
      for (const auto& each : all) {
        if (!each.name.empty() && (number == 0 || number_of_name(each.name) != number)) continue;
        steps.push_back(each.step);
        reads_.back() = reads_.back() || each.step.reads();
      }
    }
    starts_.push_back(static_cast<std::uint32_t>(steps.size()));
  }

  /// 0 for a name that no fold asks for, else a number of its own.
  std::uint32_t number_of_name(std::string_view name) const noexcept {
    const std::uint64_t mark = event_key::mark_of(name);
    auto at = std::lower_bound(names_.begin(), names_.end(), mark,
                               [](const event_key& a, std::uint64_t b) { return a.mark() < b; });
    for (; at != names_.end() && at->mark() == mark; ++at) {
      if (at->name() == name) return static_cast<std::uint32_t>(at - names_.begin()) + 1;
    }
    return 0;
  }

  /// The steps of a name are [first_step(number), first_step(number + 1)).
  std::uint32_t first_step(std::uint32_t number) const noexcept { return starts_[number]; }

  /// Whether a step of the name asks for parameters.
  bool reads(std::uint32_t number) const noexcept { return reads_[number]; }

  std::vector<fold_step> steps;                     // of one name together, in the order of the folds
  std::vector<std::uint32_t> cells;                 // of each fold: where its state begins
  std::vector<event_key> keys;                      // the parameters that are read
  std::vector<history_cell> history;                // cells that are filled when a session begins
  std::vector<double> first_cells;                  // of a session that begins
  std::uint32_t texts = 0, sets = 0;                // that a session has
  std::uint32_t visitor_counts = 0;                 // that a visitor has
  std::uint32_t own_page = ~0U, own_revenue = ~0U;  // keys that mean the event's own

 private:
  using action = fold_step::action;

  struct named_step {
    std::string name;  // empty: every event
    fold_step step;
  };

  void add(const fold& what, std::vector<named_step>& all) {
    const auto cell = static_cast<std::uint32_t>(first_cells.size());
    const auto on = [&](const event_names& names, fold_step step) {
      for (const auto& name : names) all.push_back({name, step});
      if (names.empty()) all.push_back({{}, step});
    };
    event_names names;  // each once, or an event would be taken twice
    for (const auto& name : what.names) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    const std::uint32_t key = what.parameter.empty() ? 0 : number_of_key(what.parameter);
    cells.push_back(cell);
    switch (what.type) {
      case fold_type::count: first_cells.push_back(0); return on(names, {action::count, cell, key, 0});
      case fold_type::any: first_cells.push_back(0); return on(names, {action::mark, cell, key, 0});
      case fold_type::sum: first_cells.push_back(0); return on(names, {action::add, cell, key, 0});
      case fold_type::largest:
        first_cells.insert(first_cells.end(), {what.constants[0], 0});
        return on(names, {action::largest, cell, key, 0});
      case fold_type::first:
      case fold_type::last:
        first_cells.push_back(fold::missing);
        return on(names, {what.type == fold_type::first ? action::first : action::last, cell, key, 0});
      case fold_type::first_text:
      case fold_type::last_text:
        cells.back() = texts++;
        return on(names,
                  {what.type == fold_type::first_text ? action::first_text : action::last_text, cells.back(), key, 0});
      case fold_type::distinct:
        cells.back() = sets++;
        return on(names, {action::distinct, cells.back(), key, what.constants[0]});
      case fold_type::engaged: {
        first_cells.insert(first_cells.end(), {0, 0});
        const auto key_events = static_cast<std::size_t>(what.constants[1]);
        for (std::size_t i = 0; i < what.names.size(); ++i) {
          const bool is_key = i < key_events;
          all.push_back({what.names[i], {is_key ? action::mark : action::count, cell + (is_key ? 0 : 1), 0, 0}});
        }
        return;
      }
      case fold_type::furthest:
        first_cells.push_back(0);
        for (std::size_t i = 0; i < what.names.size(); ++i) {
          const action reach = what.constants[0] == 0 ? action::reach : action::reach_next;
          all.push_back({what.names[i], {reach, cell, 0, static_cast<double>(i + 1)}});
        }
        return;
      case fold_type::seconds_since:
        first_cells.insert(first_cells.end(), {0, 0});
        return on(names, {action::note_time, cell, 0, 0});
      case fold_type::sessions_before:
      case fold_type::days_since_last:
        first_cells.push_back(fold::missing);
        history.push_back({what.type, cell, 0});
        return;
      case fold_type::events_before:
        first_cells.push_back(fold::missing);
        history.push_back({what.type, cell, visitor_counts});
        return on(names, {action::count_for_visitor, visitor_counts++, 0, 0});
      case fold_type::duration:
      case fold_type::hour:
      case fold_type::weekday:
      case fold_type::weekday_name:
      case fold_type::weighted_sum:
      case fold_type::ratio: return;  // computed when asked for
    }
  }

  std::uint32_t number_of_key(const std::string& parameter) {
    std::uint32_t number = 0;
    while (number < keys.size() && keys[number].name() != parameter) ++number;
    if (number == keys.size()) keys.emplace_back(parameter);
    if (parameter == "page") own_page = number;
    if (parameter == "revenue") own_revenue = number;
    return number;
  }

  void number_names(const std::vector<named_step>& all) {
    for (const auto& each : all) {
      const bool known =
          std::any_of(names_.begin(), names_.end(), [&](const auto& a) { return a.name() == each.name; });
      if (!each.name.empty() && !known) names_.emplace_back(each.name);
    }
    std::sort(names_.begin(), names_.end(), [](const auto& a, const auto& b) { return a.mark() < b.mark(); });
  }

  std::vector<std::uint32_t> starts_;  // by number; name 0 is every other event
  std::vector<bool> reads_;            // by number
  std::vector<event_key> names_;       // by mark; numbers count from 1
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
