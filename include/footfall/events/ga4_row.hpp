// SPDX-License-Identifier: MIT
// One line of a GA4 export to one event. Needs simdjson (component ga4).
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <simdjson.h>

#include <footfall/core/error.hpp>
#include <footfall/data/csv_cursor.hpp>
#include <footfall/data/csv_number.hpp>
#include <footfall/events/event.hpp>
#include <footfall/events/ga4_schema.hpp>
#include <footfall/events/text_dictionary.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace detail {

/// Reads lines one by one. What it gives lies in the line or in memory of its own, and is good until the next line.
class ga4_row {
 public:
  ga4_row(const std::vector<ga4_field>& table, const std::vector<std::string>& parameters, std::int64_t earliest,
          std::int64_t latest)
      : records_(ga4_records(table)),
        parameter_("event_params[].", {"key", "value"}),
        value_("event_params[].value.", {"string_value", "int_value", "float_value", "double_value"}),
        earliest_(earliest),
        latest_(latest) {
    for (const auto& each : parameters) kept_.add(each);
  }

  /// The event of a line, behind which `simdjson::SIMDJSON_PADDING` bytes may be read; its visitor is empty where the line has
  /// none. Throws bad_text or simdjson_error with what is wrong.
  const event_fields& read(std::string_view line) {
    event_.visitor = event_.session = event_.name = event_.page = {};
    event_.numbers.clear();
    event_.texts.clear();
    event_.revenue = std::numeric_limits<double>::quiet_NaN();
    has_time_ = false;
    const void* const escape = std::memchr(line.data(), '\\', line.size());
    plain_end_ = escape == nullptr ? line.data() + line.size() : static_cast<const char*>(escape);
    if (decoded_.size() < line.size() + simdjson::SIMDJSON_PADDING) {
      decoded_.resize(line.size() + simdjson::SIMDJSON_PADDING);
    }
    decoded_end_ = decoded_.data();
    auto document = parser_.iterate(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING);
    if (document.error() == simdjson::MEMALLOC) throw std::bad_alloc();  // no fault of the line
    if (document.error() != simdjson::SUCCESS) throw simdjson::simdjson_error(document.error());
    auto whole = document.get_object();
    if (whole.error() != simdjson::SUCCESS) bad("expected an object and nothing else");
    read_record(of(whole), records_[0]);
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) bad("expected nothing after the object");
    if (!has_time_) bad("there is no time");
    if (event_.name.empty()) bad("there is no name");
    return event_;
  }

  /// Names of fields that the table does not have, in the order in which they came, 100 at most.
  const std::vector<std::string>& unknown() const noexcept { return unknown_; }

 private:
  using object = simdjson::ondemand::object;
  using value = simdjson::ondemand::value;
  using field = simdjson::ondemand::field;
  enum class parameter_kind { none, a_text, an_integer, a_number };

  template <class... Parts>
  [[noreturn, gnu::noinline, gnu::cold]] static void bad(const Parts&... parts) {
    throw error(error_code::bad_text, footfall::text(parts...));
  }
  /// What a result holds, where it is: a copy of what was just written in parts would wait for them.
  template <class Value>
  static Value& of(simdjson::simdjson_result<Value>& result) {
    if (result.error() != simdjson::SUCCESS) [[unlikely]]
      throw simdjson::simdjson_error(result.error());
    Value&& value = std::move(result).value_unsafe();
    return value;
  }
  template <class Result, class Value>
  static void get(Result&& result, Value& to) {
    const simdjson::error_code problem = std::forward<Result>(result).get(to);
    if (problem != simdjson::SUCCESS) [[unlikely]]
      throw simdjson::simdjson_error(problem);
  }

  /// Calls f(value, number of the field) for each field of a record that is wanted.
  template <class F>
  void for_each_wanted(object& whole, const ga4_record& record, F&& f) {
    std::uint64_t seen = 0;
    std::size_t expected = 0;
    for (auto&& each : whole) {
      field& here = of(each);
      std::size_t place = record.find(here.key().raw(), expected);
      if (place == ga4_record::nowhere) [[unlikely]] {
        place = find_decoded(here, record);
        if (place == ga4_record::nowhere) continue;
      }
      expected = place + 1;
      if (!record.fields[place].wanted) continue;
      if ((seen >> place & 1) != 0) bad("field '", record.fields[place].path, "' is there twice");
      seen |= std::uint64_t{1} << place;
      f(here.value(), place);
    }
  }

  /// A key that is written with escapes, or that the table does not have, which is noted.
  [[gnu::noinline]] std::size_t find_decoded(field& here, const ga4_record& record) {
    const std::string_view name = decoded(here.key());
    const std::size_t place = record.find(name);
    if (place == ga4_record::nowhere && unknown_.size() < 100) {
      std::string path = record.path + std::string(csv_excerpt(name));
      if (std::find(unknown_.begin(), unknown_.end(), path) == unknown_.end()) unknown_.push_back(std::move(path));
    }
    return place;
  }

  void read_record(object& whole, const ga4_record& record) {
    for_each_wanted(whole, record, [&](value& v, std::size_t place) { read_field(v, record.fields[place]); });
  }

  void read_field(value& v, const ga4_entry& to) {
    const std::string_view token = token_of(v);
    if (token == "null") return;
    if (to.use == ga4_use::parameters || (to.record != 0 && to.repeated)) {
      simdjson::ondemand::array all;
      if (v.get_array().get(all) != simdjson::SUCCESS) bad_type(to.path, "an array", token);
      for (auto&& each : all) {
        auto one = std::move(each).get_object();
        if (one.error() != simdjson::SUCCESS) bad("field '", to.path, "': expected records");
        if (to.record != 0) {
          read_record(of(one), records_[to.record]);
        } else {
          read_parameter(of(one));
        }
      }
      return;
    }
    if (to.record != 0) {
      auto one = v.get_object();
      if (one.error() != simdjson::SUCCESS) bad_type(to.path, "a record", token);
      read_record(of(one), records_[to.record]);
      return;
    }
    switch (to.use) {
      case ga4_use::visitor: event_.visitor = text_of(v, token, to.path); break;
      case ga4_use::name: event_.name = text_of(v, token, to.path); break;
      case ga4_use::time:
        event_.time = integer_of(v, token, to.path);
        has_time_ = true;
        if (event_.time < earliest_ || event_.time > latest_) {
          bad("field '", to.path, "': expected microseconds since 1970 in [", earliest_, ", ", latest_, "], got ",
              event_.time);
        }
        break;
      case ga4_use::revenue:
        event_.revenue = (std::isnan(event_.revenue) ? 0 : event_.revenue) + number_of(v, token, to.path);
        if (!std::isfinite(event_.revenue)) bad("field '", to.path, "': the sum is beyond the largest number");
        break;
      case ga4_use::text: event_.texts.push_back({to.key, text_of(v, token, to.path)}); break;
      case ga4_use::number: event_.numbers.push_back({to.key, number_of(v, token, to.path)}); break;
      default: break;
    }
  }

  /// A record of key and value, of which one kind is there or none.
  void read_parameter(object& whole) {
    std::string_view key, text;
    std::int64_t integer = 0;
    double number = 0;
    parameter_kind found = parameter_kind::none;
    for_each_wanted(whole, parameter_, [&](value& v, std::size_t place) {
      const std::string_view token = token_of(v);
      if (token == "null") return;
      if (place == 0) {
        key = text_of(v, token, "event_params.key");
        return;
      }
      auto kinds = v.get_object();
      if (kinds.error() != simdjson::SUCCESS) bad_type("event_params.value", "a record", token);
      for_each_wanted(of(kinds), value_, [&](value& one, std::size_t which) {
        const std::string_view inner = token_of(one);
        if (inner == "null") return;
        if (found != parameter_kind::none) bad("a parameter has two values");
        if (which == 0) {
          text = text_of(one, inner, "event_params.value.string_value");
          found = parameter_kind::a_text;
        } else if (which == 1) {
          integer = integer_of(one, inner, "event_params.value.int_value");
          number = static_cast<double>(integer);
          found = parameter_kind::an_integer;
        } else {
          number = number_of(one, inner, value_.fields[which].path);
          found = parameter_kind::a_number;
        }
      });
    });
    if (key.empty()) bad("a parameter has no key");
    if (found == parameter_kind::none) return;
    if (key == "ga_session_id") {
      if (found == parameter_kind::a_number)
        bad("parameter 'ga_session_id': expected an integer or a text, got ", number);
      if (!event_.session.empty()) bad("parameter 'ga_session_id' is there twice");
      if (found == parameter_kind::an_integer) {
        const auto end = std::to_chars(session_, session_ + sizeof session_, integer).ptr;
        text = {session_, static_cast<std::size_t>(end - session_)};
      }
      event_.session = text;
    } else if (key == "page_location") {
      if (found != parameter_kind::a_text) bad("parameter 'page_location': expected a text, got ", number);
      if (!event_.page.empty()) bad("parameter 'page_location' is there twice");
      event_.page = text;
    } else if (kept_.size() > 0 && kept_.find(key) == text_dictionary::none) {
      return;
    } else if (found == parameter_kind::a_text) {
      event_.texts.push_back({key, text});
    } else {
      event_.numbers.push_back({key, number});
    }
  }

  /// What is written there: a whole scalar, or the bracket that opens the rest.
  static std::string_view token_of(value& v) noexcept {
    std::string_view token = v.raw_json_token();
    while (!token.empty() && (token.back() == ' ' || token.back() == '\t' || token.back() == '\r'))
      token.remove_suffix(1);
    return token;
  }

  std::string_view text_of(value& v, std::string_view token, std::string_view path) {
    if (token.size() < 2 || token.front() != '"' || token.back() != '"') bad_type(path, "a text", token);
    const std::string_view inner = token.substr(1, token.size() - 2);
    if (inner.data() + inner.size() <= plain_end_ || inner.find('\\') == std::string_view::npos) return inner;
    simdjson::ondemand::raw_json_string raw;
    get(v.get_raw_json_string(), raw);
    return decoded(raw);
  }

  /// A text without its escapes, behind those before it. Not in the parser's own memory, where simdjson writes even when
  /// it got none. All texts of a line together are never longer than the line.
  std::string_view decoded(simdjson::ondemand::raw_json_string raw) {
    std::string_view result;
    get(parser_.unescape(raw, decoded_end_), result);
    return result;
  }

  /// Numbers are written as such or as texts.
  std::string_view digits_of(value& v, std::string_view token, std::string_view path) {
    return token.starts_with('"') ? text_of(v, token, path) : token;
  }

  std::int64_t integer_of(value& v, std::string_view token, std::string_view path) {
    const std::string_view digits = digits_of(v, token, path);
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (problem != std::errc() || end != digits.data() + digits.size()) bad_type(path, "an integer of 64 bits", token);
    return number;
  }

  double number_of(value& v, std::string_view token, std::string_view path) {
    double number = 0;
    if (read_number(digits_of(v, token, path), number) != csv_number::good) bad_type(path, "a number", token);
    return number;
  }

  [[noreturn, gnu::noinline, gnu::cold]] static void bad_type(std::string_view path, std::string_view wanted,
                                                              std::string_view got) {
    bad("field '", path, "': expected ", wanted, ", got ", csv_excerpt(got));
  }

  std::vector<ga4_record> records_;
  ga4_record parameter_, value_;
  text_dictionary kept_;
  std::int64_t earliest_, latest_;
  simdjson::ondemand::parser parser_;
  event_fields event_;
  bool has_time_ = false;
  const char* plain_end_ = nullptr;    // no escape before it
  std::vector<std::uint8_t> decoded_;  // texts of the line that have escapes
  std::uint8_t* decoded_end_ = nullptr;
  char session_[24];  // a session number as text
  std::vector<std::string> unknown_;
};

}  // namespace detail

FOOTFALL_END_NAMESPACE
