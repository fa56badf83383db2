// SPDX-License-Identifier: MIT
// Events one by one, but into the log some at a time: their texts are then looked for side by side, where one alone would wait
// for the memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/version.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/text_dictionary.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Appends to one log, which must outlive it and is not touched by others meanwhile. What it was given is in the log after `finish`,
/// as if it had been appended one by one; what is not finished is lost.
class event_group {
 public:
  explicit event_group(event_log& log) : log_(log) {}

  /// Throws as `event_log::append`, and for events before this one too: these are then not in the log, since the last
  /// `finish` or the last 64 events at most.
  template <event_or_fields Event>
  void append(const Event& e) {
    require_event(e, "event_log");
    if (size() == most_events || texts_.size() > most_bytes) finish();
    try {
      add(e);
    } catch (...) {
      clear();
      throw;
    }
  }

  void finish() {
    try {
      log_.all_or_nothing([&] { move_to_log(); });
    } catch (...) {
      clear();
      throw;
    }
    clear();
  }

 private:
  static constexpr std::size_t most_events = 64;
  static constexpr std::size_t most_bytes = std::size_t{1} << 20;  // of texts, but for one event's

  /// Some texts that wait to be looked for.
  struct waiting_texts {
    std::vector<std::size_t> ends{};  // in texts_
    std::vector<std::size_t> sizes{};
    std::vector<std::size_t> owners{};  // which event or parameter of the group each belongs to

    void clear() {
      ends.clear();
      sizes.clear();
      owners.clear();
    }
  };

  std::size_t size() const noexcept { return times_.size(); }

  template <class Event>
  void add(const Event& e) {
    if (!e.session.empty()) wait(sessions_, e.session, size());
    if (!e.page.empty()) wait(pages_, e.page, size());
    wait(visitors_, e.visitor, size());
    log_.list_parameters(
        e, [&](double number) { numbers_.push_back(number); },
        [&](std::uint32_t key, std::string_view text) {
          const std::uint32_t code = log_.usual_text(key, text);
          if (code == event_log::none) {
            wait(values_, text, codes_.size());
            keys_.push_back(key);
          }
          codes_.push_back(code);
        });
    forms_.push_back(log_.listed_form(forms_.empty() ? event_log::none : forms_.back()));
    names_.push_back(log_.name_code(e.name, names_.empty() ? event_log::none : names_.back()));
    revenues_.push_back(e.revenue);
    times_.push_back(e.time);
  }

  void wait(waiting_texts& where, std::string_view text, std::size_t owner) {
    texts_ += text;
    where.ends.push_back(texts_.size());
    where.sizes.push_back(text.size());
    where.owners.push_back(owner);
  }

  /// The codes of texts that waited, each to its owner.
  void look_up(const waiting_texts& texts, text_dictionary& dictionary, std::uint32_t* codes) {
    views_.clear();
    for (std::size_t i = 0; i < texts.ends.size(); ++i) {
      views_.push_back(std::string_view(texts_).substr(texts.ends[i] - texts.sizes[i], texts.sizes[i]));
    }
    found_.resize(views_.size());
    dictionary.add_all(views_, found_.data());
    for (std::size_t i = 0; i < found_.size(); ++i) codes[texts.owners[i]] = found_[i];
  }

  void move_to_log() {
    const std::size_t before = log_.times_.size();
    const auto append_codes = [&](std::vector<std::uint32_t>& column, const waiting_texts& texts,
                                  text_dictionary& dictionary) {
      column.resize(before + size(), event_log::none);
      look_up(texts, dictionary, column.data() + before);
    };
    append_codes(log_.visitor_, visitors_, log_.visitors_);
    append_codes(log_.session_, sessions_, log_.sessions_);
    append_codes(log_.page_, pages_, log_.pages_);
    look_up(values_, log_.values_, codes_.data());
    for (std::size_t i = 0; i < keys_.size(); ++i) log_.habits_[keys_[i]].text = codes_[values_.owners[i]];

    const auto behind = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    std::uint64_t number = log_.numbers_.size(), text = log_.texts_.size();
    for (const std::uint32_t form : forms_) {
      log_.number_begins_.push_back(number);
      log_.text_begins_.push_back(text);
      number += log_.forms_.number_keys(form).size();
      text += log_.forms_.text_keys(form).size();
    }
    behind(log_.numbers_, numbers_);
    behind(log_.texts_, codes_);
    behind(log_.name_, names_);
    behind(log_.revenue_, revenues_);
    behind(log_.form_, forms_);
    behind(log_.times_, times_);
  }

  void clear() noexcept {
    log_.forget_list();
    for (auto* each : {&visitors_, &sessions_, &pages_, &values_}) each->clear();
    for (auto* each : {&keys_, &codes_, &forms_, &names_}) each->clear();
    numbers_.clear();
    revenues_.clear();
    times_.clear();
    texts_.clear();
  }

  event_log& log_;
  std::string texts_;  // copies of all that wait
  waiting_texts visitors_, sessions_, pages_, values_;
  std::vector<std::uint32_t> keys_;   // of the values that wait
  std::vector<std::uint32_t> codes_;  // of all texts among the parameters
  std::vector<std::uint32_t> forms_, names_;
  std::vector<double> numbers_, revenues_;
  std::vector<std::int64_t> times_;
  std::vector<std::string_view> views_;
  std::vector<std::uint32_t> found_;
};

FOOTFALL_END_NAMESPACE
