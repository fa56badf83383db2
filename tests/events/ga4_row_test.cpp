// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/events/event_log.hpp>

#ifdef FOOTFALL_HAS_GA4
#include <footfall/events/ga4_row.hpp>
#endif

#include <tests/events/ga4_skipped.hpp>

#ifdef FOOTFALL_HAS_GA4

namespace ff = footfall;

namespace {

constexpr std::int64_t year_2000 = 946'684'800'000'000;

ff::detail::ga4_row row_reader() { return {ff::ga4_fields(), {}, year_2000, std::int64_t{1} << 60}; }

// The event of a line that is written with single quotes, from memory that ends 64 bytes behind it.
ff::event read(ff::detail::ga4_row& row, std::string line) {
  for (char& each : line) each = each == '\'' ? '"' : each;
  const std::size_t size = line.size();
  line.resize(size + 64);
  const std::vector<char> exact(line.begin(), line.end());
  ff::event_fields fields = row.read({exact.data(), size});
  if (fields.visitor.empty()) fields.visitor = "(none)";
  ff::event_log log;
  log.append(fields);
  return log[0].copy();
}

ff::event read(const std::string& line) {
  auto row = row_reader();
  return read(row, line);
}

// Why a line is no event.
std::string reason(const std::string& line) {
  try {
    (void)read(line);
  } catch (const std::exception& problem) {
    return problem.what();
  }
  return "none";
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string start = "{'event_timestamp':'1702643009060308','event_name':'view','user_pseudo_id':'1.2'";

// An event with one parameter.
std::string with(const std::string& value, const std::string& key = "k") {
  return start + ",'event_params':[{'key':'" + key + "','value':{" + value + "}}]}";
}

}  // namespace

TEST_CASE("a line's fields become an event") {
  const auto e = read(start + R"(,'event_params':[{'key':'ga_session_id','value':{'int_value':'1702642286'}},
    {'key':'page_location','value':{'string_value':'https://x.example/?a=1\u0026b=\u003c2\u003e'}},
    {'key':'value','value':{'string_value':null,'int_value':'31','float_value':null,'double_value':null}},
    {'value':{'double_value':'4.95'},'key':'tax'},{'key':'nothing','value':{'int_value':null}},{'key':'empty','value':{}},
    {'key':'source','value':{'string_value':'google'}},{'key':'blank','value':{'string_value':''}}],
    'device':{'category':'mobile','web_info':{'browser':'Chrome'}},'geo':{'country':'Österreich'},
    'collected_traffic_source':{'gclid':'g1'},'ecommerce':{'purchase_revenue':'31.5','total_item_quantity':2},
    'items':[{'item_id':'a','item_revenue':14.25},{'item_revenue':null},{'item_revenue':'16.5'}]})");
  CHECK(e ==
        ff::event{.visitor = "1.2",
                  .session = "1702642286",
                  .time = 1702643009060308,
                  .name = "view",
                  .page = "https://x.example/?a=1&b=<2>",
                  .numbers = {{"value", 31}, {"tax", 4.95}, {"purchase_revenue", 31.5}, {"total_item_quantity", 2}},
                  .texts = {{"source", "google"},
                            {"blank", ""},
                            {"device_category", "mobile"},
                            {"country", "Österreich"},
                            {"gclid", "g1"}},
                  .revenue = 30.75});
}

TEST_CASE("numbers are written as texts or as numbers, and nothing else is one") {
  for (const auto* value : {"'int_value':'-7'", "'int_value':-7", "'int_value' : -7 ", "'double_value':'-7.0'",
                            "'float_value':-7e0", "'double_value':-70E-1"}) {
    CHECK(read(with(value)).numbers.at(0).value == -7);
  }
  CHECK(read(with("'int_value':'9223372036854775807'")).numbers[0].value == 0x1p63);
  CHECK(read(with("'int_value':'-9223372036854775808'")).numbers[0].value == -0x1p63);
  for (const auto* value : {"'9223372036854775808'", "9223372036854775808", "'1e3'", "1e3", "''", "' 1'", "'1 '", "1.0",
                            "'1.0'", "true", "'+1'", "'0x1'", "[1]", "{'a':1}", "'1\\u0000'", "tru"}) {
    CAPTURE(value);
    CHECK(has(reason(with(std::string("'int_value':") + value)), "expected an integer of 64 bits, got"));
  }
  for (const auto* value : {"'NaN'", "'Infinity'", "'-Infinity'", "NaN", "'1,000.50'", "'1.797e309'", "'12 EUR'", "''",
                            "true", "'1.5.2'"}) {
    CAPTURE(value);
    CHECK(has(reason(with(std::string("'double_value':") + value)), "expected a number, got"));
    CHECK(has(reason(start + ",'items':[{'item_revenue':" + value + "}]}"),
              "field 'items[].item_revenue': expected a number"));
  }
  CHECK(read(start + ",'items':[{'item_revenue':-5}]}").revenue == -5);  // a refund
  CHECK(std::isnan(read(start + ",'items':[]}").revenue));
  CHECK(has(reason(start + ",'items':[{'item_revenue':1e308},{'item_revenue':1e308}]}"), "beyond the largest number"));
}

TEST_CASE("sessions") {
  CHECK(read(with("'int_value':'0'", "ga_session_id")).session == "0");
  CHECK(read(with("'int_value':-5", "ga_session_id")).session == "-5");
  CHECK(read(with("'string_value':'abc'", "ga_session_id")).session == "abc");
  CHECK(read(with("'int_value':null", "ga_session_id")).session == "");
  CHECK(read(start + "}").session == "");
  CHECK(has(reason(with("'double_value':1.5", "ga_session_id")), "expected an integer or a text"));
  const std::string twice = "{'key':'ga_session_id','value':{'int_value':1}}";
  CHECK(has(reason(start + ",'event_params':[" + twice + "," + twice + "]}"), "'ga_session_id' is there twice"));
}

TEST_CASE("parameters that are not what they should be") {
  CHECK(has(reason(start + ",'event_params':[{'value':{'int_value':1}}]}"), "a parameter has no key"));
  CHECK(has(reason(start + ",'event_params':[{'key':null,'value':{'int_value':1}}]}"), "a parameter has no key"));
  CHECK(has(reason(start + ",'event_params':[{'key':5,'value':{'int_value':1}}]}"), "expected a text, got 5"));
  CHECK(has(reason(with("'int_value':1,'double_value':1.0")), "a parameter has two values"));
  CHECK(has(reason(with("'string_value':1")), "string_value': expected a text, got 1"));
  CHECK(has(reason(start + ",'event_params':{'key':'k'}}"), "field 'event_params[]': expected an array"));
  CHECK(has(reason(start + ",'event_params':[7]}"), "field 'event_params[]': expected records"));
  CHECK(has(reason(start + ",'event_params':[{'key':'k','value':[]}]}"), "value': expected a record"));
  CHECK(has(reason(with("'int_value':1", "page_location")), "'page_location': expected a text"));
  CHECK(read(start + ",'event_params':null,'items':null,'device':null}").numbers.empty());
  std::string many;
  for (int i = 0; i < 100'000; ++i)
    many += ff::text(i > 0 ? "," : "", "{'key':'k", i, "','value':{'int_value':", i, "}}");
  const auto e = read(start + ",'event_params':[" + many + "]}");
  REQUIRE(e.numbers.size() == 100'000);
  CHECK(e.numbers[99'999].key == "k99999");
  CHECK(e.numbers[99'999].value == 99'999);
}

TEST_CASE("times") {
  const auto at = [](const std::string& time) {
    return "{'event_timestamp':" + time + ",'event_name':'n','user_pseudo_id':'v'}";
  };
  CHECK(read(at("1702643009060308")).time == 1702643009060308);
  CHECK(read(at("'946684800000000'")).time == year_2000);
  for (const auto* time : {"0", "-5", "'1702643009'", "1702643009060", "946684799999999", "4611686018427387904"}) {
    CHECK(has(reason(at(time)), "expected microseconds since 1970 in [946684800000000, 1152921504606846976], got"));
  }
  CHECK(reason(at("null")) == "there is no time");
  CHECK(reason("{'event_name':'n','user_pseudo_id':'v'}") == "there is no time");
  CHECK(reason("{'event_timestamp':1702643009060308,'user_pseudo_id':'v'}") == "there is no name");
  CHECK(reason("{'event_timestamp':1702643009060308,'event_name':'','user_pseudo_id':'v'}") == "there is no name");
}

TEST_CASE("keys: any order, escapes, prefixes, twice") {
  CHECK(read("{'user_pseudo_id':'v','event_name':'n','event_timestamp':1702643009060308}").name == "n");
  CHECK(read("{'user_pseudo_id':'v','event\\u005fname':'n','event_name2':'m','event_nam':'o','event_timestamp':"
             "1702643009060308}")
            .name == "n");
  CHECK(has(reason(start + ",'event_name':'again'}"), "field 'event_name' is there twice"));
  CHECK(has(reason(start + ",'event\\u005fname':'again'}"), "field 'event_name' is there twice"));
  CHECK(has(reason(start + ",'device':{'category':'a','category':'b'}}"), "field 'device.category' is there twice"));
  CHECK(read(start + ",'platform':1,'platform':2}").name == "view");  // nobody reads it
  auto row = row_reader();
  for (int i = 0; i < 3; ++i)
    (void)read(row, start + ",'new_field':[{'deep':[[1]]}],'device':{'shape':'round'},'a\\tb':1}");
  CHECK(row.unknown() == std::vector<std::string>{"new_field", "device.shape", "a\tb"});
  for (int i = 0; i < 200; ++i) (void)read(row, start + ",'new" + std::to_string(i) + "':1}");
  CHECK(row.unknown().size() == 100);
}

TEST_CASE("values of the wrong type") {
  for (const auto* value : {"1", "true", "[]", "{}", "[['a']]"}) {
    CHECK(has(reason("{'event_timestamp':1702643009060308,'event_name':" + std::string(value) + "}"),
              "field 'event_name': expected a text, got"));
    CHECK(
        has(reason("{'event_timestamp':1702643009060308,'event_name':'n','user_pseudo_id':" + std::string(value) + "}"),
            "'user_pseudo_id': expected a text"));
  }
  for (const auto* value : {"1", "'a'", "[]", "[{}]"}) {
    CHECK(has(reason(start + ",'device':" + value + "}"), "field 'device': expected a record, got"));
  }
  for (const auto* value : {"1", "'a'", "{}"})
    CHECK(has(reason(start + ",'items':" + value + "}"), "field 'items[]': expected an array, got"));
  CHECK(has(reason(start + ",'items':[1]}"), "field 'items[]': expected records"));
}

TEST_CASE("texts: escapes, and bytes that no text may hold") {
  const auto named = [](const std::string& name) {
    return "{'event_timestamp':1702643009060308,'user_pseudo_id':'v','event_name':'" + name + "'}";
  };
  CHECK(read(named(R"(a\"b\\c\/d\b\f\n\r\t\u00e9\ud83d\ude00)")).name == "a\"b\\c/d\b\f\n\r\té😀");
  CHECK(read(named("a\\u0000b")).name == std::string("a\0b", 3));
  CHECK(read(named("\xEF\xBF\xBF")).name == "\xEF\xBF\xBF");  // a noncharacter is a character
  for (int backslashes = 2; backslashes <= 130; backslashes += 2) {
    const auto run = static_cast<std::size_t>(backslashes);
    CHECK(read(named(std::string(run, '\\'))).name == std::string(run / 2, '\\'));
    CHECK(reason(named(std::string(run - 1, '\\'))) != "none");  // the closing quote is escaped
  }
  for (const auto* name : {"\\ud800", "\\udc00", "\\ud800x", "\\ud800\\u0041", "\\u12", "\\u12g4", "\\x", "\\", "a\nb",
                           "a\tb", "a\x01", "\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
    CAPTURE(name);
    CHECK(reason(named(name)) != "none");
  }
  const std::string long_id(10 << 20, 'x');
  CHECK(read("{'event_timestamp':1702643009060308,'event_name':'n','user_pseudo_id':'" + long_id + "'}").visitor ==
        long_id);
}

TEST_CASE("lines that are no object") {
  for (const auto* line : {"[]",          "null",          "'x'",   "5",
                           "garbage",     "[{}]",          "{",     "}",
                           "{]",          "{,}",           "{'a'}", "{'a':}",
                           "{'a':1,}",    "{'a' 1}",       "{a:1}", "{'a':1 'b':2}",
                           "{} {}",       "{}x",           "{}}",   "{'a':'unclosed}",
                           "{'a':'x\\'}", "\xEF\xBB\xBF{}"}) {
    CAPTURE(line);
    CHECK(reason(line) != "none");
  }
  CHECK(reason("{}") == "there is no time");
  CHECK(has(reason(start + "}" + start + "}"), "after the object"));
  CHECK(has(reason(start + ",}"), ""));
  CHECK(reason(start + ",}") != "none");
  CHECK(reason(start) != "none");
  for (const int depth : {1, 1000, 1023, 1024, 1025, 1'000'000}) {
    const auto brackets = static_cast<std::size_t>(depth);
    CHECK(reason(std::string(brackets, '[')) != "none");
    CHECK(reason(start + ",'x':" + std::string(brackets, '[')) != "none");
    CHECK(reason(start + ",'x':" + std::string(brackets, '[') + std::string(brackets, ']') + "}") == "none");
  }
}

TEST_CASE("after a bad line the next one is read as if nothing had been") {
  auto row = row_reader();
  const std::string good = with("'string_value':'a\\u0026b'");
  const auto expected = read(good);
  for (std::size_t cut = 0; cut < good.size(); ++cut) {
    CAPTURE(cut);
    CHECK_THROWS((void)read(row, good.substr(0, cut)));
    REQUIRE(read(row, good) == expected);
  }
}

#endif
