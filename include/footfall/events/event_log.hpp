// SPDX-License-Identifier: MIT
// Many events, column by column: texts as codes, tens of bytes an event, so that 100 million fit into memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/huge_pages.hpp>
#include <footfall/core/types.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_view.hpp>
#include <footfall/events/parameter_forms.hpp>
#include <footfall/events/part_begins.hpp>
#include <footfall/events/text_dictionary.hpp>

FOOTFALL_BEGIN_NAMESPACE

struct event_block;
struct event_rows;
namespace detail {
template <class Log>
class log_appender;
}

/// Events in the order in which they were appended. An event takes 44 bytes, 8 more for each number and 4 for each text
/// among its parameters; each different text and each different list of keys is stored once.
class event_log {
 public:
  /// The code of what an event does not have: a session, a page.
  static constexpr std::uint32_t none = text_dictionary::none;

  index size() const noexcept { return static_cast<index>(times_.size()); }
  bool empty() const noexcept { return times_.empty(); }

  /// Event i in [0, size()); good until the next `append`.
  event_view operator[](index i) const noexcept;

  /// Throws as `require_event` does, and limit for more than 2^31 different texts in one column; the log is then as it was, but
  /// for texts that nothing uses. The texts must not lie in this log.
  template <event_or_fields Event>
  void append(const Event& e) {
    require_event(e, "event_log");
    all_or_nothing([&] {
      add_parameters(e);
      finish({.time = e.time,
              .visitor = visitors_.add(e.visitor),
              .session = e.session.empty() ? none : sessions_.add(e.session),
              .name = name_code(e.name, name_.empty() ? none : name_.back()),
              .page = e.page.empty() ? none : pages_.add(e.page),
              .revenue = e.revenue});
    });
  }

  /// Room for so many events, and numbers and texts among their parameters, in large pages where the system has them.
  void reserve(std::size_t events, std::size_t numbers = 0, std::size_t texts = 0) {
    const auto make_room = [](auto& column, std::size_t size) {
      column.reserve(size);
      advise_huge_pages(column.data() + column.size(), (column.capacity() - column.size()) * sizeof column[0]);
    };
    for (auto* column : {&visitor_, &session_, &name_, &page_, &form_}) make_room(*column, events);
    make_room(times_, events);
    make_room(revenue_, events);
    make_room(numbers_, numbers);
    make_room(texts_, texts);
    number_begins_.reserve(events);
    text_begins_.reserve(events);
  }

  /// One value an event.
  std::span<const std::int64_t> times() const noexcept { return times_; }
  std::span<const std::uint32_t> visitor_codes() const noexcept { return visitor_; }
  std::span<const std::uint32_t> session_codes() const noexcept { return session_; }  ///< or `none`
  std::span<const std::uint32_t> name_codes() const noexcept { return name_; }
  std::span<const std::uint32_t> page_codes() const noexcept { return page_; }  ///< or `none`
  std::span<const double> revenues() const noexcept { return revenue_; }        ///< NaN where none is stated

  /// What the codes mean. Session ids are unique together with the visitor only.
  const text_dictionary& visitors() const noexcept { return visitors_; }
  const text_dictionary& sessions() const noexcept { return sessions_; }
  const text_dictionary& names() const noexcept { return names_; }
  const text_dictionary& pages() const noexcept { return pages_; }
  const text_dictionary& parameter_keys() const noexcept { return keys_; }
  const text_dictionary& parameter_texts() const noexcept { return values_; }

  /// The parameters of event i, in their order: codes of their keys, and numbers or codes of their texts.
  std::span<const std::uint32_t> number_keys(index i) const noexcept { return forms_.number_keys(form_[at(i)]); }
  std::span<const double> numbers(index i) const noexcept {
    return {numbers_.data() + number_begins_[at(i)], number_keys(i).size()};
  }
  std::span<const std::uint32_t> text_keys(index i) const noexcept { return forms_.text_keys(form_[at(i)]); }
  std::span<const std::uint32_t> text_codes(index i) const noexcept {
    return {texts_.data() + text_begins_[at(i)], text_keys(i).size()};
  }

  /// A fold that jumps about in the log asks the memory ahead for what reading event i will need: time and name, behind these where
  /// its parameters are, and then the parameters, each some events before the next. Inlined, because g++ 12 takes a call that
  /// does nothing but ask for one that does nothing.
  [[gnu::always_inline]] void prefetch(index i) const noexcept {
    __builtin_prefetch(times_.data() + at(i));
    __builtin_prefetch(name_.data() + at(i));
  }
  [[gnu::always_inline]] void prefetch_form(index i) const noexcept {
    __builtin_prefetch(form_.data() + at(i));
    __builtin_prefetch(number_begins_.at(at(i)));
    __builtin_prefetch(text_begins_.at(at(i)));
  }
  [[gnu::always_inline]] void prefetch_parameters(index i) const noexcept {
    __builtin_prefetch(numbers_.data() + number_begins_[at(i)]);
    __builtin_prefetch(texts_.data() + text_begins_[at(i)]);
  }

  /// Memory that events and texts take, without what vectors hold in reserve: 44 bytes an event (and 16 for each 4,096 of them),
  /// 8 a number, 4 a text, and the dictionaries.
  std::size_t bytes() const noexcept {
    const std::size_t each = 5 * sizeof(std::uint32_t) + sizeof(std::int64_t) + sizeof(double);
    return times_.size() * each + number_begins_.bytes() + text_begins_.bytes() + numbers_.size() * sizeof(double) +
           texts_.size() * sizeof(std::uint32_t) + visitors_.bytes() + sessions_.bytes() + names_.bytes() +
           pages_.bytes() + keys_.bytes() + values_.bytes() + forms_.bytes();
  }

 private:
  friend class event_view;
  friend class event_group;
  friend void append_block(event_log& log, const event_block& block);
  friend void append_rows(event_log& log, const event_rows& rows);
  template <class Log>
  friend class detail::log_appender;

  /// What is appended behind the parameters of an event.
  struct coded_event {
    std::int64_t time = 0;
    std::uint32_t visitor = none, session = none, name = none, page = none;
    double revenue = std::numeric_limits<double>::quiet_NaN();
  };

  /// Calls append(); where it throws, what it added to the columns is taken back.
  template <class Append>
  void all_or_nothing(const Append& append) {
    const std::size_t before = times_.size();
    try {
      append();
    } catch (...) {
      forget_after(before);
      throw;
    }
  }
  /// Numbers come before texts.
  void add_number(std::uint32_t key, double value) {
    list_.push_back(key);
    ++listed_numbers_;
    numbers_.push_back(value);
  }
  void add_text(std::uint32_t key, std::uint32_t text) {
    list_.push_back(key);
    texts_.push_back(text);
  }
  /// The event of the parameters added since the last one.
  void finish(const coded_event& e) {
    visitor_.push_back(e.visitor);
    session_.push_back(e.session);
    name_.push_back(e.name);
    page_.push_back(e.page);
    revenue_.push_back(e.revenue);
    number_begins_.push_back(numbers_.size() - listed_numbers_);
    text_begins_.push_back(texts_.size() - (list_.size() - listed_numbers_));
    form_.push_back(listed_form(form_.empty() ? none : form_.back()));
    times_.push_back(e.time);
  }

  static std::size_t at(index i) noexcept { return static_cast<std::size_t>(i); }

  /// Lists the keys of an event's parameters and gives what they hold to take_number(number) and take_text(key, text).
  /// Events of one source are alike: the key that came next the last time is the guess.
  template <class Event, class TakeNumber, class TakeText>
  void list_parameters(const Event& e, const TakeNumber& take_number, const TakeText& take_text) {
    std::uint32_t before = none;
    const auto list = [&](const auto& key) {
      const std::uint32_t code = key_code(key, before == none ? first_key_ : habits_[before].next);
      if (code >= habits_.size()) habits_.resize(keys_.size());
      (before == none ? first_key_ : habits_[before].next) = code;
      before = code;
      list_.push_back(code);
    };
    for (const auto& each : e.numbers) {
      list(each.key);
      take_number(each.value);
    }
    listed_numbers_ = list_.size();
    for (const auto& each : e.texts) {
      list(each.key);
      take_text(before, std::string_view(each.value));
    }
  }
  /// The form of what was listed.
  std::uint32_t listed_form(std::uint32_t guess) {
    const std::uint32_t form = forms_.add(list_, listed_numbers_, guess);
    forget_list();
    return form;
  }
  void forget_list() noexcept {
    list_.clear();
    listed_numbers_ = 0;
  }
  /// The code of the text that the key had the last time, if it is this one.
  std::uint32_t usual_text(std::uint32_t key, std::string_view text) const noexcept {
    const std::uint32_t usual = habits_[key].text;
    return values_.is(usual, text) ? usual : none;
  }
  template <class Event>
  void add_parameters(const Event& e) {
    list_parameters(
        e, [&](double number) { numbers_.push_back(number); },
        [&](std::uint32_t key, std::string_view text) {
          const std::uint32_t usual = usual_text(key, text);
          texts_.push_back(habits_[key].text = usual == none ? values_.add(text) : usual);
        });
  }

  std::uint32_t name_code(std::string_view name, std::uint32_t guess = none) {
    return marked_code(names_, name_marks_, name, guess);
  }
  std::uint32_t key_code(std::string_view key, std::uint32_t guess = none) {
    return marked_code(keys_, key_marks_, key, guess);
  }
  static std::uint32_t marked_code(text_dictionary& names, std::vector<std::uint64_t>& marks, std::string_view name,
                                   std::uint32_t guess) {
    if (names.is(guess, name)) return guess;
    const std::uint32_t code = names.add(name);
    mark(names, marks);
    return code;
  }
  static void mark(const text_dictionary& names, std::vector<std::uint64_t>& marks) {
    while (marks.size() < names.size()) {  // more than one where memory ran out before
      marks.push_back(event_key::mark_of(names[static_cast<std::uint32_t>(marks.size())]));
    }
  }

  void forget_after(std::size_t size) noexcept {
    visitor_.resize(size);
    session_.resize(size);
    name_.resize(size);
    page_.resize(size);
    revenue_.resize(size);
    times_.resize(size);
    form_.resize(size);
    number_begins_.cut(size);
    text_begins_.cut(size);
    const auto last = static_cast<index>(size) - 1;
    numbers_.resize(size == 0 ? 0 : number_begins_[size - 1] + number_keys(last).size());
    texts_.resize(size == 0 ? 0 : text_begins_[size - 1] + text_keys(last).size());
    forget_list();
  }

  struct key_habit {
    std::uint32_t next = none;  // the key that came behind this one
    std::uint32_t text = none;  // the text that it had
  };

  std::vector<std::int64_t> times_;
  std::vector<std::uint32_t> visitor_, session_, name_, page_, form_;
  std::vector<double> revenue_;
  part_begins number_begins_, text_begins_;
  std::vector<double> numbers_;
  std::vector<std::uint32_t> texts_;
  text_dictionary visitors_, sessions_, names_, pages_, keys_, values_;
  std::vector<std::uint64_t> name_marks_, key_marks_;  // of each name and key, see event_key
  parameter_forms forms_;
  std::vector<std::uint32_t> list_;  // keys of the event that is being appended
  std::size_t listed_numbers_ = 0;
  std::vector<key_habit> habits_;  // of each key
  std::uint32_t first_key_ = none;
};

inline std::string_view event_view::visitor() const noexcept {
  if (log_ != nullptr) return log_->visitors_[log_->visitor_[row()]];
  return alone([](const auto& e) { return std::string_view(e.visitor); });
}
inline std::string_view event_view::session() const noexcept {
  if (log_ != nullptr) return text_or_none(log_->sessions_, log_->session_);
  return alone([](const auto& e) { return std::string_view(e.session); });
}
inline std::int64_t event_view::time() const noexcept {
  if (log_ != nullptr) return log_->times_[row()];
  return alone([](const auto& e) { return e.time; });
}
inline std::string_view event_view::name() const noexcept {
  if (log_ != nullptr) return log_->names_[log_->name_[row()]];
  return alone([](const auto& e) { return std::string_view(e.name); });
}
inline std::string_view event_view::page() const noexcept {
  if (log_ != nullptr) return text_or_none(log_->pages_, log_->page_);
  return alone([](const auto& e) { return std::string_view(e.page); });
}
inline double event_view::revenue() const noexcept {
  if (log_ != nullptr) return log_->revenue_[row()];
  return alone([](const auto& e) { return e.revenue; });
}

inline bool event_view::is(const event_key& name) const noexcept {
  if (log_ != nullptr) return matches(name, log_->name_[row()], log_->name_marks_, log_->names_);
  return this->name() == name.name();
}

inline double event_view::number(const event_key& key) const noexcept {
  if (log_ == nullptr) {
    return alone([&](const auto& e) {
      for (const auto& each : e.numbers) {
        if (each.key == key.name()) return each.value;
      }
      return std::numeric_limits<double>::quiet_NaN();
    });
  }
  const auto keys = log_->number_keys(at_);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (matches(key, keys[i], log_->key_marks_, log_->keys_)) return log_->numbers(at_)[i];
  }
  return std::numeric_limits<double>::quiet_NaN();
}

inline std::string_view event_view::text(const event_key& key) const noexcept {
  if (log_ == nullptr) {
    return alone([&](const auto& e) {
      for (const auto& each : e.texts) {
        if (each.key == key.name()) return std::string_view(each.value);
      }
      return std::string_view();
    });
  }
  const auto keys = log_->text_keys(at_);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (matches(key, keys[i], log_->key_marks_, log_->keys_)) return log_->values_[log_->text_codes(at_)[i]];
  }
  return {};
}

inline event event_view::copy() const {
  if (event_ != nullptr) return *event_;
  event result{.visitor = std::string(visitor()),
               .session = std::string(session()),
               .time = time(),
               .name = std::string(name()),
               .page = std::string(page()),
               .revenue = revenue()};
  if (fields_ != nullptr) {
    for (const auto& each : fields_->numbers) result.numbers.push_back({std::string(each.key), each.value});
    for (const auto& each : fields_->texts) result.texts.push_back({std::string(each.key), std::string(each.value)});
    return result;
  }
  for (std::size_t i = 0; i < log_->numbers(at_).size(); ++i) {
    result.numbers.push_back({std::string(log_->keys_[log_->number_keys(at_)[i]]), log_->numbers(at_)[i]});
  }
  for (std::size_t i = 0; i < log_->text_codes(at_).size(); ++i) {
    result.texts.push_back(
        {std::string(log_->keys_[log_->text_keys(at_)[i]]), std::string(log_->values_[log_->text_codes(at_)[i]])});
  }
  return result;
}

inline std::string_view event_view::text_or_none(const text_dictionary& texts,
                                                 const std::vector<std::uint32_t>& codes) const noexcept {
  return codes[row()] == event_log::none ? std::string_view() : texts[codes[row()]];
}
inline bool event_view::matches(const event_key& key, std::uint32_t code, const std::vector<std::uint64_t>& marks,
                                const text_dictionary& names) noexcept {
  return marks[code] == key.mark() && names[code] == key.name();
}

inline event_view event_log::operator[](index i) const noexcept { return {*this, i}; }

FOOTFALL_END_NAMESPACE
