// SPDX-License-Identifier: MIT
// Whole logs behind another: what several threads read of one source becomes one log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/types.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/text_dictionary.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Appends logs to one, in their order: first what their codes are there, dictionary by dictionary, then column by column. Each
/// of these is work of its own, and what one writes no other looks at. Logs that may be changed give up their memory on the way.
template <class Log>
class log_appender {
 public:
  log_appender(event_log& log, std::span<Log> others, workers& team) : log_(log), codes_(others.size()), team_(team) {
    for (std::size_t i = 0; i < others.size(); ++i) codes_[i].from = &others[i];
  }

  void append() {
    do_all({[&] { find(&part::visitors, log_.visitors_, [](Log& from) -> auto& { return from.visitors_; }); },
            [&] { find(&part::sessions, log_.sessions_, [](Log& from) -> auto& { return from.sessions_; }); },
            [&] { find(&part::pages, log_.pages_, [](Log& from) -> auto& { return from.pages_; }); },
            [&] { find(&part::values, log_.values_, [](Log& from) -> auto& { return from.values_; }); }});
    for (part& each : codes_) {
      each.names = few(each.from->names_, [&](std::string_view name) { return log_.name_code(name); });
      each.keys = few(each.from->keys_, [&](std::string_view key) { return log_.key_code(key); });
      find_forms(each);
    }
    std::uint64_t numbers = log_.numbers_.size(), texts = log_.texts_.size();
    for (part& each : codes_) {
      each.numbers_before = std::exchange(numbers, numbers + each.from->numbers_.size());
      each.texts_before = std::exchange(texts, texts + each.from->texts_.size());
    }
    log_.all_or_nothing([&] {
      do_all({[&] { copy(log_.times_, [](Log& from) -> auto& { return from.times_; }); },
              [&] { copy(log_.revenue_, [](Log& from) -> auto& { return from.revenue_; }); },
              [&] { translate(&part::visitors, log_.visitor_, [](Log& from) -> auto& { return from.visitor_; }); },
              [&] { translate(&part::pages, log_.page_, [](Log& from) -> auto& { return from.page_; }); },
              [&] { translate(&part::sessions, log_.session_, [](Log& from) -> auto& { return from.session_; }); },
              [&] { translate(&part::names, log_.name_, [](Log& from) -> auto& { return from.name_; }); },
              [&] { translate(&part::values, log_.texts_, [](Log& from) -> auto& { return from.texts_; }); },
              [&] { translate(&part::forms, log_.form_, [](Log& from) -> auto& { return from.form_; }); },
              [&] { copy(log_.numbers_, [](Log& from) -> auto& { return from.numbers_; }); },
              [&] {
                shift(&part::numbers_before, log_.number_begins_,
                      [](Log& from) -> auto& { return from.number_begins_; });
              },
              [&] {
                shift(&part::texts_before, log_.text_begins_, [](Log& from) -> auto& { return from.text_begins_; });
              }});
    });
  }

 private:
  using codes = std::vector<std::uint32_t>;
  struct part {
    Log* from = nullptr;
    codes visitors{}, sessions{}, names{}, pages{}, keys{}, values{}, forms{};  // of its codes those of the log
    std::uint64_t numbers_before = 0, texts_before = 0;
  };

  void do_all(const std::vector<std::function<void()>>& work) {
    team_.for_each_index(static_cast<index>(work.size()), [&](index i) { work[static_cast<std::size_t>(i)](); });
  }

  template <class Add>
  static codes few(const text_dictionary& texts, const Add& add) {
    codes result;
    for (std::uint32_t code = 0; code < texts.size(); ++code) result.push_back(add(texts[code]));
    return result;
  }

  template <class Of>
  void find(codes part::*member, text_dictionary& all, const Of& of) {
    std::vector<std::string_view> views;
    for (part& each : codes_) {
      const text_dictionary& texts = of(*each.from);
      views.clear();
      for (std::uint32_t code = 0; code < texts.size(); ++code) views.push_back(texts[code]);
      (each.*member).resize(views.size());
      all.add_all(views, (each.*member).data());
      release(of(*each.from));
    }
  }

  void find_forms(part& each) {
    codes list;
    for (std::uint32_t form = 0; form < each.from->forms_.size(); ++form) {
      const auto numbers = each.from->forms_.number_keys(form), texts = each.from->forms_.text_keys(form);
      list.clear();
      for (const auto key : numbers) list.push_back(each.keys[key]);
      for (const auto key : texts) list.push_back(each.keys[key]);
      each.forms.push_back(log_.forms_.add(list, numbers.size()));
    }
  }

  template <class Column, class Of>
  void copy(Column& to, const Of& of) {
    for (part& each : codes_) {
      const auto& from = of(*each.from);
      to.insert(to.end(), from.begin(), from.end());
      release(of(*each.from));
    }
  }

  template <class Of>
  void translate(codes part::*member, codes& to, const Of& of) {
    for (part& each : codes_) {
      const codes& from = of(*each.from);
      const codes& known = each.*member;
      to.reserve(to.size() + from.size());
      for (const auto code : from) to.push_back(code == event_log::none ? code : known[code]);
      release(of(*each.from));
    }
  }

  template <class Of>
  void shift(std::uint64_t part::*member, part_begins& to, const Of& of) {
    for (part& each : codes_) {
      const part_begins& from = of(*each.from);
      for (std::size_t i = 0; i < from.size(); ++i) to.push_back(each.*member + from[i]);
      release(of(*each.from));
    }
  }

  template <class Member>
  static void release(Member& member) {
    if constexpr (!std::is_const_v<Log>) member = Member();
  }

  event_log& log_;
  std::vector<part> codes_;
  workers& team_;
};

}  // namespace detail

/// Appends all events of other logs, as if they came one by one: parts of a source, read by several threads, give the log of the
/// whole, which does not depend on the number of threads. The others are used up. Throws limit; the log is then as it was, but for
/// texts that nothing uses.
inline void append_logs(event_log& log, std::vector<event_log> others, const run_options& run = {}) {
  workers team(run);
  detail::log_appender<event_log>(log, others, team).append();
}

/// The same of one log, which stays as it is. Throws bad_value for the log itself.
inline void append_log(event_log& log, const event_log& other) {
  require(&other != &log, error_code::bad_value, "append_log", "a log cannot be appended to itself");
  workers alone({.threads = 1});
  detail::log_appender<const event_log>(log, {&other, 1}, alone).append();
}

FOOTFALL_END_NAMESPACE
