// SPDX-License-Identifier: MIT
// A report as one HTML file that needs nothing else: read on a screen or a phone, in light or dark, or printed.
#pragma once

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A text as HTML: what has a meaning there is escaped, for elements and for attributes in quotes.
inline std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

/// A figure that stands out: what it is, its value, and what to know about it.
struct headline {
  std::string name;
  std::string value;
  std::string note{};
};

/// A page that is filled from top to bottom. Every text that it takes is escaped. It holds no scripts and asks for
/// nothing from the network; the same content gives the same bytes.
class page {
 public:
  /// `lead` is the first paragraph: what the page is about.
  page(std::string title, std::string lead) : title_(std::move(title)), lead_(std::move(lead)) {}

  /// Begins a section; the page lists them at its top.
  page& section(std::string heading) {
    if (!headings_.empty()) body_ += "</section>\n";
    headings_.push_back(std::move(heading));
    const std::string id = text("section-", headings_.size());
    body_ +=
        text("<section aria-labelledby=\"", id, "\">\n<h2 id=\"", id, "\">", html_text(headings_.back()), "</h2>\n");
    return *this;
  }

  page& paragraph(std::string_view content) {
    body_ += text("<p>", html_text(content), "</p>\n");
    return *this;
  }

  page& list(const std::vector<std::string>& items) {
    body_ += "<ul>\n";
    for (const auto& item : items) body_ += text("<li>", html_text(item), "</li>\n");
    body_ += "</ul>\n";
    return *this;
  }

  page& headlines(const std::vector<headline>& figures) {
    body_ += "<dl class=\"headlines\">\n";
    for (const auto& each : figures) {
      body_ += text("<div><dt>", html_text(each.name), "</dt><dd><b>", html_text(each.value), "</b>");
      if (!each.note.empty()) body_ += text("<small>", html_text(each.note), "</small>");
      body_ += "</dd></div>\n";
    }
    body_ += "</dl>\n";
    return *this;
  }

  page& add(const printed_table& table) {
    const std::string id = text("table-", ++tables_);
    // Few columns would drift apart over the whole width.
    body_ += text(table.columns().size() > 3 ? "<figure>" : "<figure class=\"narrow\">", "\n<figcaption id=\"", id,
                  "\">", html_text(table.caption()),
                  "</figcaption>\n<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"", id,
                  "\">\n<table aria-labelledby=\"", id, "\">\n<thead><tr>");
    const auto& columns = table.columns();
    const auto align = [&](std::size_t i) { return columns[i].align == alignment::right ? "n" : "t"; };
    for (std::size_t i = 0; i < columns.size(); ++i) {
      body_ += text("<th scope=\"col\" class=\"", align(i), "\">", html_text(columns[i].heading), "</th>");
    }
    body_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows()) {
      body_ += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) {
        body_ +=
            i == 0 ? text("<th scope=\"row\" class=\"t\">", html_text(row[i].text), "</th>") : cell(row[i], align(i));
      }
      body_ += "</tr>\n";
    }
    body_ += "</tbody>\n</table>\n</div>\n</figure>\n";
    return *this;
  }

  /// The whole page.
  std::string html() const {
    std::string out = text(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
        html_text(title_), "</title>\n<style>\n", style, "</style>\n</head>\n<body>\n<main>\n<h1>", html_text(title_),
        "</h1>\n<p class=\"lead\">", html_text(lead_), "</p>\n");
    if (headings_.size() > 1) {
      out += "<nav aria-label=\"Sections\">\n<ol>\n";
      for (std::size_t i = 0; i < headings_.size(); ++i) {
        out += text("<li><a href=\"#section-", i + 1, "\">", html_text(headings_[i]), "</a></li>\n");
      }
      out += "</ol>\n</nav>\n";
    }
    return out + body_ + (headings_.empty() ? "" : "</section>\n") + "</main>\n</body>\n</html>\n";
  }

 private:
  static std::string cell(const printed_cell& content, std::string_view align) {
    std::string classes(align);
    if (content.tone == tone::good) classes += " good";
    if (content.tone == tone::caution) classes += " caution";
    if (content.tone == tone::bad) classes += " bad";
    std::string colour;
    if (!std::isnan(content.shade)) {
      colour = text(" style=\"background:rgba(", content.shade < 0 ? "37,99,235," : "217,119,6,",
                    fixed(0.65 * std::fabs(content.shade), 3), ")\"");
    }
    std::string inside = html_text(content.text);
    if (!std::isnan(content.bar)) {
      classes += " bar";
      inside =
          text("<div><span>", inside, "</span><i><b style=\"width:", fixed(100 * content.bar, 2), "%\"></b></i></div>");
    }
    return text("<td class=\"", classes, "\"", colour, ">", inside, "</td>");
  }

  static constexpr std::string_view style =
      R"(:root { --ink: #1c2430; --soft: #5a6675; --paper: #ffffff; --line: #d9dee5; --band: #f4f6f9; --mark: #2f6fb3;
  --good: #14713d; --caution: #8a5a00; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --soft: #a3afbf; --paper: #14181f; --line: #343c48; --band: #1c222c; --mark: #6aa8e8;
    --good: #63c98e; --caution: #e0b050; --bad: #ff8a80; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
p, ul { max-width: 46rem; margin: 0 0 1rem; }
ul { padding-left: 1.3rem; }
li { margin-bottom: .3rem; }
.lead { font-size: 1.1rem; color: var(--soft); }
a { color: var(--mark); }
nav ol { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 1rem 0 1.5rem; padding: 0; }
nav li { margin: 0; }
.headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; }
.headlines { margin: 0 0 1.25rem; }
.headlines div { background: var(--band); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; }
.headlines dt { color: var(--soft); font-size: .9rem; }
.headlines dd { margin: 0; }
.headlines b { display: block; font-size: 1.45rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
.headlines small { color: var(--soft); font-size: .85rem; }
figure { margin: 1.25rem 0 1.75rem; }
figcaption { font-weight: 600; margin-bottom: .4rem; max-width: 46rem; }
.narrow { max-width: 46rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; line-height: 1.4; min-width: 100%; }
th, td { padding: .38rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; border-bottom-width: 2px; vertical-align: bottom; }
tbody th { font-weight: 500; min-width: 8rem; }
tbody tr:hover { background: var(--band); }
.n { text-align: right; }
td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
.good { color: var(--good); } .caution { color: var(--caution); } .bad { color: var(--bad); }
.good, .caution, .bad { font-weight: 600; }
.bar { min-width: 11rem; }
.bar div { display: flex; align-items: center; gap: .6rem; }
.bar span { flex: 0 0 4.5rem; text-align: right; }
.bar i { flex: 1; }
.bar b { display: block; height: .7rem; min-width: 1px; background: var(--mark); border-radius: 0 .15rem .15rem 0; }
@media (max-width: 40rem) { h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; } th, td { padding: .32rem .5rem; } }
@media print {
  :root { --ink: #000; --soft: #444; --paper: #fff; --line: #bbb; --band: #fff; --mark: #555;
    --good: #14713d; --caution: #8a5a00; --bad: #b3261e; }
  body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  .wide { overflow: visible; }
  tr, .headlines { break-inside: avoid; }
  h2, figcaption { break-after: avoid; }
}
)";

  std::string title_;
  std::string lead_;
  std::vector<std::string> headings_;
  std::string body_;
  int tables_ = 0;
};

FOOTFALL_END_NAMESPACE
