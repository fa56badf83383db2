// SPDX-License-Identifier: MIT
// A report as one HTML file that needs nothing else: read on a screen or a phone, in light or dark, or printed.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/report/chart.hpp>
#include <footfall/report/chart_scripts.hpp>
#include <footfall/report/page_style.hpp>
#include <footfall/report/provenance.hpp>
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

/// A page that is filled from top to bottom. Every text that it takes is escaped. It asks for nothing from the network, and
/// tells browsers to refuse should anything in it try; the same content gives the same bytes.
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
    body_ += captioned(table, text("table-", ++tables_));
    return *this;
  }

  /// The chart, its two sentences and its table, which is open until the chart is drawn. Throws bad_option for a second
  /// chart of one name.
  page& add(chart shown) {
    const auto& words = shown.words();
    const auto same = [&](const chart& other) { return other.words().name == words.name; };
    require(std::none_of(charts_.begin(), charts_.end(), same), error_code::bad_option, "page",
            "there are two charts '", words.name, "'");
    const std::string id = text("chart-", words.name);
    body_ += text("<figure class=\"chart\">\n<figcaption id=\"", id, "\">", html_text(words.title), "</figcaption>\n");
    drawings_.push_back(body_.size());
    body_ += text("<p>", html_text(words.says), "</p>\n<p class=\"how\">How to read it: ", html_text(words.how_to_read),
                  "</p>\n<details open>\n<summary>The numbers</summary>\n", grid(shown.table(), id),
                  "</details>\n</figure>\n");
    charts_.push_back(std::move(shown));
    return *this;
  }

  /// What the page was made from and by; stands at its end.
  page& made_from(provenance from) {
    made_from_ = std::move(from);
    return *this;
  }

  const std::vector<chart>& charts() const noexcept { return charts_; }

  /// The whole page. With the programs that draw (`find_chart_scripts`) it carries them; without, it says that it shows
  /// tables in place of its charts and holds no scripts at all.
  std::string html(const std::vector<chart_script>& scripts = {}) const {
    const bool drawn = !scripts.empty() && !charts_.empty();
    std::string out = text(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src "
        "data:",
        drawn ? "; script-src 'unsafe-inline'" : "",
        "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
        html_text(title_), "</title>\n<style>\n", page_style,
        "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n<header>\n<h1>",
        html_text(title_), "</h1>\n<p class=\"lead\">", html_text(lead_), "</p>\n", notice(drawn), "</header>\n");
    if (headings_.size() > 1) {
      out += "<nav aria-label=\"Sections\">\n<ol>\n";
      for (std::size_t i = 0; i < headings_.size(); ++i) {
        out += text("<li><a href=\"#section-", i + 1, "\">", html_text(headings_[i]), "</a></li>\n");
      }
      out += "</ol>\n</nav>\n";
    }
    out += "<main id=\"content\">\n";
    if (drawn) {
      add_drawings(out);
    } else {
      out += body_;
    }
    out += text(headings_.empty() ? "" : "</section>\n", "</main>\n", footer(scripts, drawn));
    if (drawn) {
      for (const auto& script : scripts) {
        out += text("<script>\n/*! ", script.name, "\n", script.licence, "*/\n", script.code, "\n</script>\n");
      }
      out += text("<script>\n", page_script, "</script>\n");
    }
    return out + "</body>\n</html>\n";
  }

 private:
  static std::string captioned(const printed_table& table, const std::string& id) {
    // Few columns would drift apart over the whole width.
    return text(table.columns().size() > 3 ? "<figure>" : "<figure class=\"narrow\">", "\n<figcaption id=\"", id, "\">",
                html_text(table.caption()), "</figcaption>\n", grid(table, id), "</figure>\n");
  }

  // The table itself, named by the caption of that id.
  static std::string grid(const printed_table& table, const std::string& id) {
    std::string out = text("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"", id,
                           "\">\n<table aria-labelledby=\"", id, "\">\n<thead><tr>");
    const auto& columns = table.columns();
    const auto align = [&](std::size_t i) { return columns[i].align == alignment::right ? "n" : "t"; };
    for (std::size_t i = 0; i < columns.size(); ++i) {
      out += text("<th scope=\"col\" class=\"", align(i), "\">", html_text(columns[i].heading), "</th>");
    }
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows()) {
      out += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) {
        out +=
            i == 0 ? text("<th scope=\"row\" class=\"t\">", html_text(row[i].text), "</th>") : cell(row[i], align(i));
      }
      out += "</tr>\n";
    }
    return out + "</tbody>\n</table>\n</div>\n";
  }

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

  std::string notice(bool drawn) const {
    if (charts_.empty()) return "";
    if (drawn)
      return "<noscript><p class=\"notice\">Scripts are off: tables stand in place of charts.</p></noscript>\n";
    return "<p class=\"notice\">The programs that draw charts were not there when this page was made: tables stand in "
           "place of charts.</p>\n";
  }

  std::string footer(const std::vector<chart_script>& scripts, bool drawn) const {
    std::string out;
    if (made_from_) out += captioned(provenance_table("How this page was made", *made_from_), "made-from");
    if (drawn) {
      std::string names;
      for (const auto& script : scripts) names += (names.empty() ? "" : ", ") + script.name;
      out +=
          text("<p>Charts are drawn by ", html_text(names), ", whose licences stand in the source of this page.</p>\n");
    }
    return out.empty() ? "" : text("<footer>\n", out, "</footer>\n");
  }

  // The body with a place for each drawing and its specification.
  void add_drawings(std::string& out) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < charts_.size(); ++i) {
      const auto& words = charts_[i].words();
      out.append(body_, at, drawings_[i] - at);
      out += text("<div class=\"drawing\" role=\"img\" aria-label=\"", html_text(words.title + ". " + words.says),
                  "\" data-spec=\"spec-", words.name, "\" hidden></div>\n<script type=\"application/json\" id=\"spec-",
                  words.name, "\">", charts_[i].specification().compact(), "</script>\n");
      at = drawings_[i];
    }
    out.append(body_, at);
  }

  std::string title_;
  std::string lead_;
  std::vector<std::string> headings_;
  std::string body_;
  int tables_ = 0;
  std::vector<chart> charts_;
  std::vector<std::size_t> drawings_;  // where in the body each belongs
  std::optional<provenance> made_from_;
};

FOOTFALL_END_NAMESPACE
