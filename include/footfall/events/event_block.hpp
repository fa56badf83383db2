// SPDX-License-Identifier: MIT
// Many events at once, from columns or from another log: each different text is looked up once.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/text_dictionary.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// One text an event: a position in `levels`, or -1 for none. Empty where no event has one.
struct coded_texts {
  std::span<const std::int32_t> codes{};
  std::span<const std::string> levels{};
};

/// Events by columns of one length, that of `times`. The members mean what those of `event` mean.
struct event_block {
  struct number_column {
    std::string key;
    std::span<const double> values;  ///< NaN: this event has no such parameter
  };
  struct text_column {
    std::string key;
    coded_texts values;
  };
  std::span<const std::int64_t> times{};
  coded_texts visitors{};
  coded_texts sessions{};
  coded_texts names{};
  coded_texts pages{};
  std::vector<number_column> numbers{};
  std::vector<text_column> texts{};
  std::span<const double> revenues{};  ///< NaN or no span at all: none is stated
};

namespace detail {

/// Turns the codes of a column into those of a log's dictionary.
class code_translation {
 public:
  explicit code_translation(const coded_texts& from) : from_(from), codes_(from.levels.size(), text_dictionary::none) {}

  /// The code of row `row`, or none; a new text goes to `add`, which gives its code.
  template <class Add>
  std::uint32_t operator()(std::size_t row, const Add& add) {
    if (from_.codes.empty() || from_.codes[row] < 0) return text_dictionary::none;
    const auto level = static_cast<std::size_t>(from_.codes[row]);
    if (codes_[level] == text_dictionary::none) codes_[level] = add(std::string_view(from_.levels[level]));
    return codes_[level];
  }

 private:
  coded_texts from_;
  std::vector<std::uint32_t> codes_;
};

}  // namespace detail

/// Appends the events of a block in their order, as `event_log::append` would one by one; a session or page that is an empty
/// text is none. Throws wrong_shape for columns of other lengths, bad_value for a code without a level, missing_value, bad_value,
/// not_finite and limit as `append` does; the log is then as it was, but for texts that nothing uses.
inline void append_block(event_log& log, const event_block& block) {
  const std::string_view who = "append_block";
  const std::size_t rows = block.times.size();
  const auto require_texts = [&](const coded_texts& column, std::string_view name, bool needed) {
    require(column.codes.size() == rows || (column.codes.empty() && !needed), error_code::wrong_shape, who, name,
            " has ", column.codes.size(), " rows where there are ", rows, " times");
    for (const auto code : column.codes) {
      require(code < 0 || static_cast<std::size_t>(code) < column.levels.size(), error_code::bad_value, who, name,
              ": there is no level ", code);
      require(!needed || (code >= 0 && !column.levels[static_cast<std::size_t>(code)].empty()),
              error_code::missing_value, who, "an event has no ", name);
    }
  };
  const auto require_numbers = [&](std::span<const double> values, std::string_view name) {
    require(values.size() == rows, error_code::wrong_shape, who, name, " has ", values.size(), " rows where there are ",
            rows, " times");
    for (const double value : values) require(!std::isinf(value), error_code::not_finite, who, name, " is infinite");
  };
  for (const auto time : block.times) require_event_time(time, who);
  require_texts(block.visitors, "visitor", true);
  require_texts(block.names, "name", true);
  require_texts(block.sessions, "session", false);
  require_texts(block.pages, "page", false);
  if (!block.revenues.empty()) require_numbers(block.revenues, "revenue");
  for (const auto& each : block.numbers) {
    require(!each.key.empty(), error_code::bad_value, who, "a parameter has no key");
    require_numbers(each.values, each.key);
  }
  for (const auto& each : block.texts) {
    require(!each.key.empty(), error_code::bad_value, who, "a parameter has no key");
    require_texts(each.values, each.key, false);
  }

  detail::code_translation visitor(block.visitors), session(block.sessions), name(block.names), page(block.pages);
  std::vector<detail::code_translation> values;
  for (const auto& each : block.texts) values.emplace_back(each.values);
  event_log::coded_event event;
  log.all_or_nothing([&] {
    std::vector<std::uint32_t> number_keys, text_keys;
    for (const auto& each : block.numbers) number_keys.push_back(log.key_code(each.key));
    for (const auto& each : block.texts) text_keys.push_back(log.key_code(each.key));
    for (std::size_t row = 0; row < rows; ++row) {
      event.time = block.times[row];
      event.visitor = visitor(row, [&](std::string_view text) { return log.visitors_.add(text); });
      event.session =
          session(row, [&](std::string_view text) { return text.empty() ? log.none : log.sessions_.add(text); });
      event.name = name(row, [&](std::string_view text) { return log.name_code(text); });
      event.page = page(row, [&](std::string_view text) { return text.empty() ? log.none : log.pages_.add(text); });
      event.revenue = block.revenues.empty() ? event_log::coded_event().revenue : block.revenues[row];
      for (std::size_t i = 0; i < block.numbers.size(); ++i) {
        if (!std::isnan(block.numbers[i].values[row])) log.add_number(number_keys[i], block.numbers[i].values[row]);
      }
      for (std::size_t i = 0; i < values.size(); ++i) {
        const std::uint32_t text = values[i](row, [&](std::string_view added) { return log.values_.add(added); });
        if (text != log.none) log.add_text(text_keys[i], text);
      }
      log.finish(event);
    }
  });
}

FOOTFALL_END_NAMESPACE
