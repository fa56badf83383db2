// SPDX-License-Identifier: MIT
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/report/json.hpp>

#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;
using ff::json;

}  // namespace

TEST_CASE("numbers are written in their shortest form that reads back") {
  CHECK(json(0.1).text() == "0.1");
  CHECK(json(1.0 / 3).text() == "0.3333333333333333");
  CHECK(json(25'000.0).text() == "25000");
  CHECK(json(-0.0).text() == "-0");
  CHECK(json(1e300).text() == "1e+300");
  CHECK(json(5e-324).text() == "5e-324");
  CHECK(json(7).text() == "7");
  CHECK(json(std::numeric_limits<std::uint64_t>::max()).text() == "18446744073709551615");
  CHECK(json(std::numeric_limits<std::int64_t>::min()).text() == "-9223372036854775808");
  CHECK(json(0.1F).text() == "0.1");
  CHECK(json(true).text() == "true");
  CHECK(json(false).text() == "false");
}

TEST_CASE("what JSON has no number for is null") {
  CHECK(json().text() == "null");
  CHECK(json(nullptr).text() == "null");
  CHECK(json(std::numeric_limits<double>::quiet_NaN()).text() == "null");
  CHECK(json(std::numeric_limits<double>::infinity()).text() == "null");
  CHECK(json(-std::numeric_limits<float>::infinity()).text() == "null");
}

TEST_CASE("strings are escaped") {
  CHECK(json("plain").text() == R"("plain")");
  CHECK(json(std::string("a\"b\\c")).text() == R"("a\"b\\c")");
  CHECK(json("line\nnext\ttab\r").text() == R"("line\nnext\ttab\u000d")");
  CHECK(json(std::string("\0\x1f\x7f", 3)).text() == R"("\u0000\u001f\u007f")");
  CHECK(json("</script><!--").text() == R"("\u003c/script>\u003c!--")");
  CHECK(json("é – 😀").text() == "\"é – 😀\"");
  CHECK(json("a\xff z\xe2\x80").text() == R"("a\ufffd z\ufffd\ufffd")");
  json named;
  named["<a\">"] = 1;
  CHECK(named.text() == "{\n  \"\\u003ca\\\">\": 1\n}");
}

TEST_CASE("members keep the order in which they were named first") {
  json report;
  report["z"] = 1;
  report["a"] = 2;
  report["z"] = 3;
  report["inner"]["deep"] = "x";
  report["empty"] = json::object();
  CHECK(report.text() ==
        "{\n"
        "  \"z\": 3,\n"
        "  \"a\": 2,\n"
        "  \"inner\": {\n"
        "    \"deep\": \"x\"\n"
        "  },\n"
        "  \"empty\": {}\n"
        "}");
}

TEST_CASE("arrays of plain values stay on their line") {
  CHECK(json::array().text() == "[]");
  CHECK(json::list(std::vector<double>{1, 2.5}).text() == "[1, 2.5]");
  CHECK(json::list(std::vector<std::string>{"a", "b"}).text() == R"(["a", "b"])");
  json nested;
  nested.push(json::list(std::vector<int>{1, 2})).push(json());
  CHECK(nested.text() == "[\n  [1, 2],\n  null\n]");
}

TEST_CASE("the compact form is one line") {
  json nested;
  nested["a"].push(1).push(json::list(std::vector<std::string>{"<", "b"}));
  nested["empty"] = json::object();
  nested["none"] = nullptr;
  CHECK(nested.compact() == "{\"a\":[1,[\"\\u003c\",\"b\"]],\"empty\":{},\"none\":null}");
}

TEST_CASE("members of another object are taken over") {
  json a;
  a["x"] = 1;
  a["y"] = 2;
  json b;
  b["y"] = 3;
  b["z"] = 4;
  CHECK(a.merge(b).text() == "{\n  \"x\": 1,\n  \"y\": 3,\n  \"z\": 4\n}");
  CHECK(a.merge(json()) == a);
}

TEST_CASE("a copy is a value of its own") {
  json a;
  a["x"] = 1;
  json b = a;
  CHECK(a == b);
  b["x"] = 2;
  CHECK(a != b);
  CHECK(a.text() == "{\n  \"x\": 1\n}");
}

TEST_CASE("members and elements belong to objects and arrays") {
  json number = 1;
  json text = "null";
  json array = json::array();
  json object = json::object();
  CHECK(thrown_by([&] { return number["x"]; }) == "wrong_kind: json: only an object has members");
  CHECK(thrown_by([&] { return number.push(1); }) == "wrong_kind: json: only an array has elements");
  CHECK(code_thrown_by([&] { return text["x"]; }) == "wrong_kind");
  CHECK(code_thrown_by([&] { return array["x"]; }) == "wrong_kind");
  CHECK(code_thrown_by([&] { return object.push(1); }) == "wrong_kind");
  CHECK(code_thrown_by([&] { return object.merge(1); }) == "wrong_kind");
}
