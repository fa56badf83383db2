// SPDX-License-Identifier: MIT
// Results as JSON (RFC 8259), for programs that read them and for people who compare two runs.
#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A JSON value to be written. Members keep the order in which they were named first, so equal results give equal
/// bytes.
///
///     json report;
///     report["base_rate"] = 0.0739;
///     report["segments"].push(segment);
class json {
 public:
  json() = default;        ///< null
  json(std::nullptr_t) {}  // NOLINT(google-explicit-constructor): values become JSON where JSON is taken

  /// A number in its shortest form that reads back to the same value, or true or false. NaN and infinity, which JSON
  /// does not have, become null.
  template <class Number>
    requires std::is_arithmetic_v<Number> && (!std::same_as<Number, char>)
  json(Number value) {  // NOLINT(google-explicit-constructor)
    if constexpr (std::floating_point<Number>) {
      if (!std::isfinite(value)) return;
    }
    literal_ = footfall::text(value);
  }

  template <class Text>
    requires std::convertible_to<const Text&, std::string_view> && (!std::same_as<Text, std::nullptr_t>)
  json(const Text& value)  // NOLINT(google-explicit-constructor)
      : kind_(kind::string), literal_(std::string_view(value)) {}

  /// An array with one element for each of the range, each turned into JSON by `as_json` or as it is.
  template <std::ranges::input_range Range>
  static json list(const Range& values) {
    json result = array();
    for (const auto& value : values) {
      if constexpr (requires { as_json(value); }) {
        result.push(as_json(value));
      } else {
        result.push(json(value));
      }
    }
    return result;
  }

  static json array() { return json(kind::array); }
  static json object() { return json(kind::object); }

  /// The member of that name, null when it is new; null becomes an object. Throws wrong_kind for anything else.
  json& operator[](std::string_view name) {
    become(kind::object);
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i] == name) return items_[i];
    }
    names_.emplace_back(name);
    return items_.emplace_back();
  }

  /// Appends to an array; null becomes one. Throws wrong_kind for anything else.
  json& push(json value) {
    become(kind::array);
    items_.push_back(std::move(value));
    return *this;
  }

  /// Takes over the members of an object, in place of those of the same names. Throws wrong_kind for anything else.
  json& merge(json other) {
    other.become(kind::object);
    become(kind::object);
    for (std::size_t i = 0; i < other.names_.size(); ++i) (*this)[other.names_[i]] = std::move(other.items_[i]);
    return *this;
  }

  /// The value as text with two spaces for each level and a line for each member; arrays of plain values stay on their
  /// line. `<` is escaped, so that the text may stand in a script element of a page. Bytes that are no UTF-8 are
  /// written as the replacement character U+FFFD.
  std::string text() const {
    std::string out;
    write(out, 0);
    return out;
  }

  /// The same value in one line and without spaces, for programs only.
  std::string compact() const {
    std::string out;
    write_compact(out);
    return out;
  }

  bool operator==(const json&) const = default;

 private:
  enum class kind : unsigned char { literal, string, array, object };

  explicit json(kind k) : kind_(k) {}

  void become(kind wanted) {
    if (kind_ == kind::literal && literal_ == "null") kind_ = wanted;
    require(kind_ == wanted, error_code::wrong_kind, "json",
            wanted == kind::object ? "only an object has members" : "only an array has elements");
  }

  bool plain() const noexcept { return kind_ == kind::literal || kind_ == kind::string; }

  static void quote(std::string& out, std::string_view value) {
    out += '"';
    for (std::size_t at = 0; at < value.size();) {
      const std::size_t length = detail::utf8_length(value, at);
      const char c = value[at];
      if (length == 0) {
        out += "\\ufffd";
      } else if (c == '"' || c == '\\') {
        (out += '\\') += c;
      } else if (c == '\n') {
        out += "\\n";
      } else if (c == '\t') {
        out += "\\t";
      } else if (c == '<' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
        const unsigned code = static_cast<unsigned char>(c);
        ((out += "\\u00") += "0123456789abcdef"[code >> 4]) += "0123456789abcdef"[code & 15];
      } else {
        out += value.substr(at, length);
      }
      at += length == 0 ? 1 : length;
    }
    out += '"';
  }

  void write(std::string& out, std::size_t level) const {
    if (kind_ == kind::literal) {
      out += literal_;
      return;
    }
    if (kind_ == kind::string) {
      quote(out, literal_);
      return;
    }
    const bool named = kind_ == kind::object;
    bool lines = named;
    for (const json& item : items_) lines = lines || !item.plain();
    lines = lines && !items_.empty();
    out += named ? '{' : '[';
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (i > 0) out += lines ? "," : ", ";
      if (lines) (out += '\n').append(2 * (level + 1), ' ');
      if (named) {
        quote(out, names_[i]);
        out += ": ";
      }
      items_[i].write(out, level + 1);
    }
    if (lines) (out += '\n').append(2 * level, ' ');
    out += named ? '}' : ']';
  }

  void write_compact(std::string& out) const {
    if (plain()) {
      write(out, 0);
      return;
    }
    const bool named = kind_ == kind::object;
    out += named ? '{' : '[';
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (i > 0) out += ',';
      if (named) {
        quote(out, names_[i]);
        out += ':';
      }
      items_[i].write_compact(out);
    }
    out += named ? '}' : ']';
  }

  kind kind_ = kind::literal;
  std::string literal_ = "null";  // of a literal as it is written, of a string its content
  std::vector<std::string> names_;
  std::vector<json> items_;
};

FOOTFALL_END_NAMESPACE
