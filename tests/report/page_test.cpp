// SPDX-License-Identifier: MIT
// A page is well formed, needs nothing from elsewhere, and escapes every text that it takes.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/report/page.hpp>

namespace {

namespace ff = footfall;

const std::string hostile = "<script>alert('x')</script> & \"y\"";

// Empty if every element is closed in its turn, else what is wrong.
std::string unbalanced(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const auto end = html.find('>', at);
    if (end == std::string::npos) return "'<' without '>'";
    const bool closes = html[at + 1] == '/';
    const auto first = at + (closes ? 2 : 1);
    const auto name = html.substr(first, html.find_first_of(" >\n", first) - first);
    if (name == "!DOCTYPE" || name == "meta") continue;
    if (!closes) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "</" + name + "> closes nothing";
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + "> stays open";
}

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
