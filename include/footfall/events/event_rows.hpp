// SPDX-License-Identifier: MIT
// Some events at once, by columns of texts as they stand in a source: for readers that find many rows before they append any.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/text_dictionary.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Events by columns of one length, that of `times`. The members mean what those of `event` mean.
struct event_rows {
  struct number_column {
    std::string_view key;
    std::span<const double> values;  ///< NaN: this event has no such parameter
  };
  struct text_column {
    std::string_view key;
    std::span<const std::string_view> values;  ///< empty: this event has no such parameter
  };
  std::span<const std::int64_t> times{};
  std::span<const std::string_view> visitors{};
  std::span<const std::string_view> sessions{};  ///< empty texts or no span at all: none
  std::span<const std::string_view> names{};
  std::span<const std::string_view> pages{};  ///< as sessions
  std::vector<number_column> numbers{};
  std::vector<text_column> texts{};
  std::span<const double> revenues{};  ///< NaN or no span at all: none is stated
};

/// Appends the rows in their order, as `event_log::append` would one by one. Throws wrong_shape for columns of other lengths,
/// missing_value, bad_value, not_finite and limit as `append` does; the log is then as it was, but for texts that nothing uses.
inline void append_rows(event_log& log, const event_rows& rows) {
  const std::string_view who = "append_rows";
  const std::size_t count = rows.times.size();
  const auto require_rows = [&](std::size_t size, std::string_view name, bool needed) {
    require(size == count || (size == 0 && !needed), error_code::wrong_shape, who, name, " has ", size,
            " rows where there are ", count, " times");
  };
  const auto require_texts = [&](std::span<const std::string_view> texts, std::string_view name) {
    require_rows(texts.size(), name, true);
    for (const auto each : texts) require(!each.empty(), error_code::missing_value, who, "an event has no ", name);
  };
  const auto require_numbers = [&](std::span<const double> values, std::string_view name, bool needed) {
    require_rows(values.size(), name, needed);
    for (const double value : values) require(!std::isinf(value), error_code::not_finite, who, name, " is infinite");
  };
  for (const auto time : rows.times) require_event_time(time, who);
  require_texts(rows.visitors, "visitor");
  require_texts(rows.names, "name");
  require_rows(rows.sessions.size(), "session", false);
  require_rows(rows.pages.size(), "page", false);
  require_numbers(rows.revenues, "revenue", false);
  for (const auto& each : rows.numbers) {
    require(!each.key.empty(), error_code::bad_value, who, "a parameter has no key");
    require_numbers(each.values, each.key, true);
  }
  for (const auto& each : rows.texts) {
    require(!each.key.empty(), error_code::bad_value, who, "a parameter has no key");
    require_rows(each.values.size(), each.key, true);
  }

  log.all_or_nothing([&] {
    // A column at the end of which the codes of so many texts are written.
    const auto append_codes = [](std::vector<std::uint32_t>& to, text_dictionary& dictionary,
                                 std::span<const std::string_view> texts) {
      const std::size_t before = to.size();
      to.resize(before + texts.size());
      dictionary.add_all(texts, to.data() + before);
    };
    std::vector<std::string_view> some;
    std::vector<std::uint32_t> codes;
    const auto append_optional = [&](std::vector<std::uint32_t>& to, text_dictionary& dictionary,
                                     std::span<const std::string_view> texts) {
      some.clear();
      for (const auto each : texts) {
        if (!each.empty()) some.push_back(each);
      }
      if (some.size() == count) return append_codes(to, dictionary, texts);
      codes.resize(some.size());
      dictionary.add_all(some, codes.data());
      auto next = codes.begin();
      if (texts.empty()) to.resize(to.size() + count, event_log::none);
      for (const auto each : texts) to.push_back(each.empty() ? event_log::none : *next++);
    };
    append_codes(log.visitor_, log.visitors_, rows.visitors);
    append_optional(log.session_, log.sessions_, rows.sessions);
    append_optional(log.page_, log.pages_, rows.pages);
    const std::size_t first = log.name_.size();
    append_codes(log.name_, log.names_, rows.names);
    event_log::mark(log.names_, log.name_marks_);
    log.revenue_.resize(first + count, event_log::coded_event().revenue);
    std::copy(rows.revenues.begin(), rows.revenues.end(), log.revenue_.begin() + static_cast<std::ptrdiff_t>(first));

    // Row by row: which parameters it has. Texts are looked up together, in the order of the rows.
    std::vector<std::uint32_t> number_keys(rows.numbers.size(), event_log::none);
    std::vector<std::uint32_t> text_keys(rows.texts.size(), event_log::none);
    const auto list_key = [&](std::uint32_t& code, std::string_view key) {
      if (code == event_log::none) code = log.key_code(key);
      log.list_.push_back(code);
    };
    const auto new_form = [&](std::size_t row) {
      for (std::size_t i = 0; i < rows.numbers.size(); ++i) {
        if (!std::isnan(rows.numbers[i].values[row])) list_key(number_keys[i], rows.numbers[i].key);
      }
      log.listed_numbers_ = log.list_.size();
      for (std::size_t i = 0; i < rows.texts.size(); ++i) {
        if (!rows.texts[i].values[row].empty()) list_key(text_keys[i], rows.texts[i].key);
      }
      return log.listed_form(event_log::none);
    };
    // Rows with parameters in the same columns have the same form. The columns are bits, where there are no more than 64.
    struct known_form {
      std::uint64_t columns;
      std::uint32_t form;
    };
    constexpr std::size_t most_known = 16;
    std::vector<known_form> known;
    const bool few_columns = rows.numbers.size() + rows.texts.size() <= 64;
    const auto form_of = [&](std::uint64_t columns, std::size_t row) {
      for (const known_form& each : known) {
        if (each.columns == columns) return each.form;
      }
      const std::uint32_t form = new_form(row);
      if (few_columns && known.size() < most_known) known.push_back({columns, form});
      return form;
    };
    const std::size_t texts = log.texts_.size();
    std::size_t number = log.numbers_.size(), text = 0;
    log.numbers_.resize(number + count * rows.numbers.size());
    some.resize(count * rows.texts.size());
    std::vector<std::uint64_t> number_begins(count), text_begins(count);
    log.form_.resize(first + count);
    for (std::size_t row = 0; row < count; ++row) {
      std::uint64_t columns = 0;
      number_begins[row] = number;
      for (const auto& each : rows.numbers) {
        const bool there = !std::isnan(each.values[row]);
        log.numbers_[number] = each.values[row];  // behind the last one, where it is none
        number += there;
        columns = columns << 1 | std::uint64_t{there};
      }
      text_begins[row] = texts + text;
      for (const auto& each : rows.texts) {
        const bool there = !each.values[row].empty();
        some[text] = each.values[row];
        text += there;
        columns = columns << 1 | std::uint64_t{there};
      }
      log.form_[first + row] = form_of(columns, row);
    }
    log.number_begins_.append(number_begins);
    log.text_begins_.append(text_begins);
    log.numbers_.resize(number);
    some.resize(text);
    append_codes(log.texts_, log.values_, some);
    log.times_.insert(log.times_.end(), rows.times.begin(), rows.times.end());
  });
}

FOOTFALL_END_NAMESPACE
