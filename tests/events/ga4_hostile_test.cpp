// SPDX-License-Identifier: MIT
// JSON as it should not be, case by case with the outcome that the guide promises: a line is an event or it is a bad line, by
// itself as among others, and its neighbours are read. What is not read is only looked at as far as the guide says.
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#ifdef FOOTFALL_HAS_GA4
#include <footfall/events/ga4.hpp>
#endif

#include <tests/events/ga4_skipped.hpp>

#ifdef FOOTFALL_HAS_GA4

namespace ff = footfall;

namespace {

using namespace std::string_literals;

constexpr const char* start = R"({"event_timestamp":1702643009060308,"event_name":"view","user_pseudo_id":"v")";

struct line_case {
  const char* what;
  std::string line;
};

// A value of a text parameter, and of a field that nobody reads.
std::string read_text(const std::string& value) {
  return start + R"(,"event_params":[{"key":"k","value":{"string_value":)"s + value + "}}]}";
}
std::string read_number(const std::string& value) {
  return start + R"(,"event_params":[{"key":"k","value":{"double_value":)"s + value + "}}]}";
}
std::string not_read(const std::string& value) { return start + R"(,"platform":)"s + value + "}"; }

ff::ga4_log read(const std::string& text) {
  std::istringstream in(text);
  return ff::read_ga4(in);
}

std::string nested(std::size_t depth, const char* open, const char* close) {
  std::string result;
  for (std::size_t i = 0; i < depth; ++i) result += open;
  result += "1";
  for (std::size_t i = 0; i < depth; ++i) result += close;
  return result;
}

const std::vector<line_case>& bad_lines() {
  static const std::vector<line_case> all{
      {"nothing behind a name", start + ",\"platform\""s},
      {"no end", start},
      {"no end of a text", start + ",\"platform\":\"x"s},
      {"no end of a text that is read", start + R"(,"event_params":[{"key":"k)"s},
      {"no end of a list", start + R"(,"event_params":[{"key":"k","value":{}})"s},
      {"a brace too many", start + "}}"s},
      {"a bracket where a brace belongs", start + "]"s},
      {"two objects", start + "} "s + start + "}"},
      {"a text behind the object", start + "}x"s},
      {"a comma behind the object", start + "},"s},
      {"a comma at the end of the object", start + ",}"s},
      {"two commas", start + R"(,,"platform":1})"s},
      {"a comma first", "{,"s + (start + 1) + "}"},
      {"no colon", start + R"(,"platform" 1})"s},
      {"a comma for a colon", start + R"(,"platform",1})"s},
      {"a name that is a number", start + R"(,1:1})"s},
      {"a name without quotes", start + R"(,platform:1})"s},
      {"single quotes", "{'event_name':'view'}"},
      {"a list", "["s + start + "}]"},
      {"a number", "12"},
      {"a text", "\"" + std::string(start + 2) + "\""},
      {"null", "null"},
      {"the byte order mark of UTF-16", "\xFF\xFE{\0}\0"s},
      {"a NUL byte alone", "\0"s},
      {"a NUL byte behind the object", start + "}\0"s},
      {"a NUL byte in a text", read_text("\"a\0b\""s)},
      {"a NUL byte in a text that is not read", not_read("\"a\0b\""s)},
      {"a tab in a text", read_text("\"a\tb\"")},
      {"a control byte in a text that is not read", not_read("\"\x1F\"")},
      {"a byte that is no UTF-8", read_text("\"\xFF\"")},
      {"the same where nobody reads", not_read("\"\x80\"")},
      {"half a letter", read_text("\"\xC3\"")},
      {"an overlong slash", read_text("\"\xC0\xAF\"")},
      {"a surrogate as bytes", read_text("\"\xED\xA0\x80\"")},
      {"a letter beyond the last", read_text("\"\xF4\x90\x80\x80\"")},
      {"five bytes", read_text("\"\xF8\x88\x80\x80\x80\"")},
      {"half a pair of surrogates", read_text(R"("\ud800")")},
      {"the other half", read_text(R"("\udc00")")},
      {"half a pair and a letter", read_text(R"("\ud800\u0041")")},
      {"an escape that is none", read_text(R"("\x41")")},
      {"an escape of three digits", read_text(R"("\u12")")},
      {"an escape of letters", read_text(R"("\u00zz")")},
      {"an escape at the end", read_text(R"("\)")},
      {"a number for a text", read_text("1")},
      {"a word for a text", read_text("nul")},
      {"a list for a text", read_text("[\"a\"]")},
      {"infinity", read_number("1e999")},
      {"minus infinity", read_number("-1e999")},
      {"infinity as a text", read_number("\"1e999\"")},
      {"NaN", read_number("NaN")},
      {"a word for a number", read_number("true")},
      {"hexadecimal", read_number("0x1F")},
      {"two points", read_number("1.2.3")},
      {"an empty exponent", read_number("1e")},
      {"a sign alone", read_number("-")},
      {"a number with a letter", read_number("1a")},
      {"two numbers", read_number("1 2")},
      {"a time with a fraction", R"({"event_timestamp":1702643009060308.5,"event_name":"n","user_pseudo_id":"v"})"},
      {"a time of 30 digits",
       R"({"event_timestamp":"170264300906030817026430090603","event_name":"n","user_pseudo_id":"v"})"},
      {"a name twice", start + R"(,"event_name":"view"})"s},
      {"a name twice, once with an escape", start + R"(,"event_nam\u0065":"view"})"s},
      {"a parameter's key twice", start + R"(,"event_params":[{"key":"a","key":"b","value":{"int_value":1}}]})"s},
      {"a parameter's value twice",
       start + R"(,"event_params":[{"key":"a","value":{"int_value":1},"value":{"int_value":2}}]})"s},
      {"a list for a record", start + R"(,"device":[]})"s},
      {"a record for a list", start + R"(,"event_params":{}})"s},
      {"texts for parameters", start + R"(,"event_params":["a"]})"s},
      {"100,000 lists for a text", read_text(nested(100'000, "[", "]"))},
      {"100,000 lists without end", start + ",\"event_params\":"s + std::string(100'000, '[')},
      {"100,000 records without end", std::string(100'000, '{')},
  };
  return all;
}

const std::vector<line_case>& events() {
  static const std::vector<line_case> all{
      {"blanks", "  "s + start + " \t}  \r"},
      {"a pair of surrogates", read_text(R"("\ud83d\ude00")")},
      {"a NUL as escape", read_text(R"("a\u0000b")")},
      {"the last letter there is", read_text("\"\xF4\x8F\xBF\xBF\"")},
      {"a number of 400 digits and an exponent", read_number("1" + std::string(400, '0') + "e-400")},
      {"a number that is nearly none", read_number("1e-999")},
      {"minus zero", read_number("-0.0")},
      {"a field twice that nobody reads", start + R"(,"platform":1,"platform":2})"s},
      {"a parameter twice", start + R"(,"event_params":[{"key":"a","value":{"int_value":1}},)"
                                    R"({"key":"a","value":{"int_value":2}}]})"s},
      {"500 lists where nobody reads", not_read(nested(500, "[", "]"))},
      {"500 records where nobody reads", not_read(nested(500, "{\"a\":", "}"))},
      {"a long text", read_text("\"" + std::string(1 << 20, 'x') + "\"")},
      // Not looked at: what the guide says of fields that are not read.
      {"a word that is none, not read", not_read("nul")},
      {"a number that is none, not read", not_read("-1.2.3e")},
      {"an escape that is none, not read", not_read(R"("\x")")},
  };
  return all;
}

}  // namespace

TEST_CASE("lines of broken JSON are bad lines, alone and among good ones") {
  std::string all;
  for (const auto& each : bad_lines()) {
    CAPTURE(each.what);
    const auto alone = read(each.line);
    CHECK(alone.counts.lines == 1);
    CHECK(alone.counts.bad == 1);
    CHECK(alone.events.empty());
    all += each.line + '\n' + start + "}\n";
  }
  const auto log = read(all);
  const auto count = static_cast<std::int64_t>(bad_lines().size());
  CHECK(log.counts.lines == 2 * count);
  CHECK(log.counts.bad == count);
  CHECK(log.events.size() == count);
  for (std::size_t i = 0; i < log.counts.bad_lines.size(); ++i) {
    REQUIRE(log.counts.bad_lines[i].line == static_cast<std::int64_t>(2 * i + 1));
    REQUIRE_FALSE(log.counts.bad_lines[i].reason.empty());
  }
}

TEST_CASE("lines that look strange and are events") {
  std::string all;
  for (const auto& each : events()) {
    CAPTURE(each.what);
    const auto alone = read(each.line);
    CHECK((alone.counts.bad_lines.empty() ? "" : alone.counts.bad_lines[0].reason) == "");
    CHECK(alone.events.size() == 1);
    all += "\xFF\n" + each.line + '\n';
  }
  const auto log = read("\xEF\xBB\xBF" + all);
  CHECK(log.events.size() == static_cast<ff::index>(events().size()));
  CHECK(log.counts.bad == log.events.size());
  CHECK(log.events[1].text("k") == "\xF0\x9F\x98\x80");
  CHECK(log.events[2].text("k") == "a\0b"s);
  CHECK(log.events[4].number("k") == 1);
  CHECK(log.events[5].number("k") == 0);
  CHECK(log.events[8].number("a") == 1);
}

// Every cut and every changed byte of a line is read the same among others as alone, and costs none of them.
TEST_CASE("a line cut short or with one byte changed") {
  const std::string line = start + R"(,"event_params":[{"key":"page_title","value":{"string_value":"A \u0026 B"}},)"
                                   R"({"key":"n","value":{"int_value":"7"}}],"geo":{"country":"CH"}})"s;
  const std::string strange = "\"\\{}[]:,\x80\x01 0n\t";
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < line.size(); ++at) {
    lines.push_back(line.substr(0, at));
    for (const char each : strange) {
      lines.push_back(line);
      lines.back()[at] = each;
    }
  }
  std::string all;
  std::vector<bool> good;
  for (const auto& each : lines) {
    const auto alone = read(each + "\n");
    REQUIRE(alone.counts.lines == 1);
    good.push_back(alone.events.size() == 1);
    all += each + '\n' + line + '\n';
  }
  const auto log = read(all);
  CHECK(log.counts.lines == static_cast<std::int64_t>(2 * lines.size()));
  ff::index expected = 0;
  for (const bool each : good) expected += each ? 2 : 1;
  CHECK(log.events.size() == expected);
  CHECK(log.counts.lines == log.counts.events + log.counts.without_visitor + log.counts.blank + log.counts.bad);
}

#endif
