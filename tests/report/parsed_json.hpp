// SPDX-License-Identifier: MIT
// A strict reader of JSON (RFC 8259) for tests, and what must hold for every specification of a chart.
#pragma once

#include <cctype>
#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// A value; `text` is a string's content or a literal as it stands.
struct parsed_json {
  char kind = 'l';  // l literal, s string, a array, o object
  std::string text;
  std::vector<std::string> names;
  std::vector<parsed_json> items;

  const parsed_json* find(const std::string& name) const {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return &items[i];
    }
    return nullptr;
  }
  /// The member of that name; throws for none.
  const parsed_json& operator[](const std::string& name) const {
    const auto* const found = find(name);
    if (found == nullptr) throw std::runtime_error("no member '" + name + "'");
    return *found;
  }
};

/// Throws runtime_error for anything that is not exactly one JSON value.
class json_reader {
 public:
  static parsed_json read(const std::string& text) {
    json_reader reader(text);
    parsed_json result = reader.value();
    reader.space();
    if (reader.at_ != text.size()) reader.stop("something follows");
    return result;
  }

 private:
  explicit json_reader(const std::string& text) : text_(text) {}

  [[noreturn]] void stop(const std::string& why) const {
    throw std::runtime_error(why + " at " + std::to_string(at_) + ": " + text_.substr(at_, 30));
  }
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void space() {
    while (at_ < text_.size() && std::string(" \n\t\r").find(text_[at_]) != std::string::npos) ++at_;
  }
  void expect(char c) {
    space();
    if (next() != c) stop(std::string("no '") + c + "'");
    ++at_;
  }
  std::string string() {
    expect('"');
    std::string out;
    while (next() != '"') {
      if (at_ >= text_.size() || static_cast<unsigned char>(next()) < 0x20) stop("bad string");
      if (next() != '\\') {
        out += text_[at_++];
        continue;
      }
      ++at_;
      const char c = next();
      ++at_;
      if (c == 'u') {
        const auto code = std::stoul(text_.substr(at_, 4), nullptr, 16);
        out += code < 0x80 ? static_cast<char>(code) : '?';
        at_ += 4;
      } else if (std::string("\"\\/bfnrt").find(c) != std::string::npos) {
        out += c == 'n' ? '\n' : c == 't' ? '\t' : c;
      } else {
        stop("bad escape");
      }
    }
    ++at_;
    return out;
  }
  parsed_json value() {
    space();
    parsed_json out;
    if (next() == '"') {
      out.kind = 's';
      out.text = string();
    } else if (next() == '{' || next() == '[') {
      out.kind = next() == '{' ? 'o' : 'a';
      const char close = next() == '{' ? '}' : ']';
      ++at_;
      space();
      while (next() != close) {
        if (!out.items.empty()) expect(',');
        if (out.kind == 'o') {
          space();
          out.names.push_back(string());
          expect(':');
        }
        out.items.push_back(value());
        space();
      }
      ++at_;
    } else {
      while (std::isalnum(static_cast<unsigned char>(next())) != 0 || next() == '-' || next() == '+' || next() == '.') {
        out.text += text_[at_++];
      }
      if (out.text != "true" && out.text != "false" && out.text != "null") {
        std::size_t used = 0;
        if (out.text.empty()) stop("no value");
        (void)std::stod(out.text, &used);
        if (used != out.text.size()) stop("no number");
      }
    }
    return out;
  }

  const std::string& text_;
  std::size_t at_ = 0;
};

/// Empty if the specification holds together: data with rows, marks, and every field that an encoding names is one of its
/// rows, as wide as `width` says; else what is wrong.
inline std::string wrong_in_specification(const std::string& text, const std::string& width = "container") {
  const auto spec = json_reader::read(text);
  std::string wrong;
  const auto fields_of = [](const parsed_json& from) {
    std::set<std::string> fields;
    for (const auto& row : from["data"]["values"].items) fields.insert(row.names.begin(), row.names.end());
    return fields;
  };
  const auto all = fields_of(spec);
  if (all.empty()) wrong += "no data; ";
  const auto walk = [&](const auto& self, const parsed_json& encoding, const std::set<std::string>& fields) -> void {
    if (const auto* const field = encoding.find("field"); field != nullptr && !fields.contains(field->text)) {
      wrong += "no field '" + field->text + "'; ";
    }
    for (const auto& inner : encoding.items) self(self, inner, fields);
  };
  const auto check = [&](const parsed_json& layer) {
    if (layer["mark"]["type"].text.empty()) wrong += "a layer without a mark; ";
    const auto fields = layer.find("data") == nullptr ? all : fields_of(layer);
    walk(walk, layer["encoding"], fields);
  };
  if (const auto* const layers = spec.find("layer")) {
    if (layers->items.empty()) wrong += "no layers; ";
    for (const auto& layer : layers->items) check(layer);
    if (const auto* const shared = spec.find("encoding")) walk(walk, *shared, all);
  } else {
    check(spec);
  }
  if (spec["width"].text != width) wrong += "not as wide as its place; ";
  return wrong;
}
