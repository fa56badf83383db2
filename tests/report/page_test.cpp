// SPDX-License-Identifier: MIT
// A page is well formed, needs nothing from elsewhere, and escapes every text that it takes.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/report/page.hpp>

#include <tests/report/parsed_html.hpp>
#include <tests/report/parsed_json.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

const std::string hostile = "<script>alert('x')</script> & \"y\"";

bool has(const std::string& html, const std::string& part) { return html.find(part) != std::string::npos; }

ff::page example(const std::string& word) {
  ff::page page(word, word);
  page.headlines({{word, word, word}, {word, word}});
  page.section(word).paragraph(word).list({word, word});
  ff::printed_table table(word, {{word}, {word}, {word, ff::alignment::left}, {word}});
  table.add({word, word, ff::printed_cell(word).with_bar(0.375), ff::printed_cell(word).with_shade(-0.5)});
  table.add({word, ff::printed_cell(word).with_tone(ff::tone::bad), "", ff::printed_cell(word).with_shade(1)});
  page.add(table).section(word).add(table);
  return page;
}

ff::chart chart_of(const std::string& name, const std::string& word) {
  ff::json row;
  row["name"] = word;
  ff::json specification = ff::vega::over(ff::json::array().push(row));
  specification["mark"] = ff::vega::mark("bar");
  specification["encoding"]["y"] = ff::vega::names("name", word);
  return {{name, word, word, word}, specification, ff::printed_table(word, {{word}}).add({word})};
}

const std::vector<ff::chart_script> programs = {{"vega 1", "Free.", "let a = 1 < 2;"}, {"embed 1", "Free.", "b();"}};

}  // namespace

TEST_CASE("texts are escaped") {
  CHECK(ff::html_text("a < b & c > \"d\" 'e'") == "a &lt; b &amp; c &gt; &quot;d&quot; &#39;e&#39;");
  CHECK(ff::html_text("é–") == "é–");
  const auto html = example(hostile).html();
  CHECK(!has(html, "<script"));
  CHECK(!has(html, "alert('"));
  CHECK(has(html, "<title>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;</title>"));
}

TEST_CASE("every element is closed") {
  CHECK(unbalanced(example("word").html()) == "");
  CHECK(unbalanced(example(hostile).html()) == "");
  CHECK(unbalanced(ff::page("empty", "").html()) == "");
  CHECK(unbalanced("<p><b></p></b>") != "");  // the check itself
  CHECK(unbalanced("<p>") != "");
}

TEST_CASE("a page needs nothing from elsewhere") {
  const auto html = example("word").html();
  for (const char* part : {"<script", "src=", "<link", "http:", "https:", "url(", "@import"}) {
    CAPTURE(part);
    CHECK(!has(html, part));
  }
  CHECK(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  CHECK(has(html, "<meta charset=\"utf-8\">"));
  CHECK(has(html, "name=\"viewport\""));
  CHECK(html == example("word").html());
}

TEST_CASE("sections are listed and tables are named") {
  const auto html = example("word").html();
  CHECK(has(html, "<a href=\"#section-2\">word</a>"));
  CHECK(has(html, "<h2 id=\"section-2\">word</h2>"));
  CHECK(has(html, "<figcaption id=\"table-2\">word</figcaption>"));
  CHECK(has(html, "<table aria-labelledby=\"table-2\">"));
  CHECK(!has(ff::page("one", "").section("only").html(), "<nav"));
}

TEST_CASE("cells are aligned, barred, shaded and toned as they say") {
  const auto html = example("word").html();
  CHECK(has(html, "<th scope=\"row\" class=\"t\">word</th><td class=\"n\">word</td>"));
  CHECK(has(html, "<td class=\"t bar\"><div><span>word</span><i><b style=\"width:37.50%\"></b></i></div></td>"));
  CHECK(has(html, "<td class=\"n\" style=\"background:rgba(37,99,235,0.325)\">word</td>"));
  CHECK(has(html, "<td class=\"n\" style=\"background:rgba(217,119,6,0.650)\">word</td>"));
  CHECK(has(html, "<td class=\"n bad\">word</td>"));
}

TEST_CASE("a chart has its place, its sentences, its table and its specification") {
  ff::page page("t", "l");
  page.section("one").add(chart_of("rates", hostile)).section("two").add(chart_of("times", "word"));
  const auto html = page.html(programs);
  CHECK(unbalanced(html) == "");
  CHECK(has(html, "<div class=\"drawing\" role=\"img\" aria-label=\"word. word\" data-spec=\"spec-times\" hidden>"));
  CHECK(has(html, "<p>word</p>\n<p class=\"how\">How to read it: word</p>\n<details open>"));
  CHECK(has(html, "<table aria-labelledby=\"chart-times\">"));
  CHECK(has(html, "<noscript>"));
  CHECK(!has(html, "<script>alert"));
  // What stands in the script element is the specification again, whatever the names are.
  const std::string open = "<script type=\"application/json\" id=\"spec-rates\">";
  const auto at = html.find(open) + open.size();
  const auto text = html.substr(at, html.find("</script>", at) - at);
  CHECK(text.find('<') == std::string::npos);
  CHECK(wrong_in_specification(text) == "");
  CHECK(json_reader::read(text)["data"]["values"].items[0]["name"].text == hostile);
}

TEST_CASE("with programs the page carries them and their licences, and allows only what stands in it") {
  ff::page page("t", "l");
  page.add(chart_of("rates", "word"));
  const auto html = page.html(programs);
  CHECK(has(html, "<script>\n/*! vega 1\nFree.*/\nlet a = 1 < 2;\n</script>"));
  CHECK(html.find("let a") < html.find("b();"));
  CHECK(html.find("b();") < html.find("vegaEmbed("));
  CHECK(has(html, "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'unsafe-inline'\">"));
  CHECK(has(html, "vega 1, embed 1"));
}

TEST_CASE("without programs, or without charts, there is no script and the tables are open") {
  ff::page page("t", "l");
  CHECK(!has(page.html(programs), "<script"));
  CHECK(!has(page.html(), "class=\"notice\""));
  page.add(chart_of("rates", "word"));
  const auto html = page.html();
  CHECK(unbalanced(html) == "");
  CHECK(!has(html, "<script"));
  CHECK(!has(html, "data-spec"));
  CHECK(!has(html, "script-src"));
  CHECK(has(html, "<details open>"));
  CHECK(has(html, "tables stand in place of charts"));
}

TEST_CASE("two charts of one name are an error") {
  ff::page page("t", "l");
  page.add(chart_of("rates", "word"));
  CHECK(thrown_by([&] { return page.add(chart_of("rates", "word")); }) ==
        "bad_option: page: there are two charts 'rates'");
}

TEST_CASE("keyboards and readers find their way, and the page says what it was made from") {
  ff::page page("t", "l");
  page.section("one").section("two").made_from({.data = hostile, .sessions = 5, .seed = 7});
  const auto html = page.html();
  CHECK(unbalanced(html) == "");
  CHECK(has(html, "<a class=\"skip\" href=\"#content\">"));
  CHECK(has(html, "<main id=\"content\">"));
  for (const char* landmark : {"<header>", "<nav aria-label=\"Sections\">", "<footer>"}) CHECK(has(html, landmark));
  CHECK(has(html, "<th scope=\"row\" class=\"t\">Seed</th><td class=\"t\">7</td>"));
  CHECK(has(html, "5, &lt;script&gt;"));
}
