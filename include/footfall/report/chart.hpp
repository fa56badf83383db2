// SPDX-License-Identifier: MIT
// A chart of a report: what is drawn as a Vega-Lite specification, the same numbers as a table, and two sentences.
#pragma once

#include <algorithm>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>

#include <footfall/core/error.hpp>
#include <footfall/report/json.hpp>
#include <footfall/report/number_format.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// What stands around a chart.
struct chart_words {
  std::string name;         ///< for files and links: small letters, digits and `-`, once in a page
  std::string title;        ///< what is shown
  std::string how_to_read;  ///< a sentence for whoever sees such a chart for the first time
  std::string says;         ///< a sentence on what it shows here
};

/// The forms of charts (`bar_chart`, `line_chart`, ...) offer these two: the specification and the table.
template <class Form>
concept chart_form = requires(const Form& form, std::string caption) {
  { form.specification() } -> std::convertible_to<json>;
  { form.table(caption) } -> std::convertible_to<printed_table>;
};

/// A chart with everything that a page needs. The data of a specification stand in it; names that come from data are
/// values there and never field names or expressions, so they cannot change what is drawn.
class chart {
 public:
  template <chart_form Form>
  chart(chart_words words, const Form& form) : chart(words, form.specification(), form.table(words.title)) {}

  /// With a specification and a table of your own. Throws bad_option for a name that is none or a missing word,
  /// wrong_shape for a table without rows.
  chart(chart_words words, json specification, printed_table table)
      : words_(std::move(words)), specification_(std::move(specification)), table_(std::move(table)) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    require(!words_.name.empty() && std::all_of(words_.name.begin(), words_.name.end(), fits), error_code::bad_option,
            "chart", "a name is made of small letters, digits and '-', got '", words_.name, "'");
    require(!words_.title.empty() && !words_.how_to_read.empty() && !words_.says.empty(), error_code::bad_option,
            "chart", "'", words_.name, "' needs a title and two sentences: how to read it, and what it says");
    require(!table_.rows().empty(), error_code::wrong_shape, "chart", "'", words_.name, "' has nothing to show");
    specification_["description"] = words_.title + ". " + words_.says;
  }

  const chart_words& words() const noexcept { return words_; }
  const json& specification() const noexcept { return specification_; }
  const printed_table& table() const noexcept { return table_; }

  /// As a file of its own, for editors and notebooks: with its title, and the schema that says what it is.
  std::string file() const {
    json result;
    result["$schema"] = "https://vega.github.io/schema/vega-lite/v6.json";
    result["title"] = words_.title;
    result.merge(specification_);
    result["width"] = 640;
    return result.text() + "\n";
  }

 private:
  chart_words words_;
  json specification_;
  printed_table table_;
};

/// The parts that specifications are made of.
namespace vega {

/// `{"type": kind, ...}`: a mark.
inline json mark(std::string_view kind) {
  json result;
  result["type"] = kind;
  return result;
}

/// A channel that shows numbers of a field, written on the axis in that format.
inline json quantity(std::string_view field, std::string_view title, const number_format& format) {
  json result;
  result["field"] = field;
  result["type"] = "quantitative";
  result["axis"]["title"] = title;
  result["axis"]["format"] = format.pattern(true);
  result["axis"]["tickMinStep"] = format.step();
  result["axis"]["tickCount"] = 8;
  return result;
}

/// A channel that shows names of a field in the order of the data.
inline json names(std::string_view field, std::string_view title) {
  json result;
  result["field"] = field;
  result["type"] = "nominal";
  result["sort"] = nullptr;
  result["axis"]["title"] = title;
  result["axis"]["labelAngle"] = 0;
  result["axis"]["labelLimit"] = 170;
  return result;
}

/// The same with names one below the other: long ones are broken in two at a space or an underscore.
inline json row_names(std::string_view field, std::string_view title) {
  json result = names(field, title);
  json& axis = result["axis"];
  axis["labelExpr"] =
      "length(datum.label) > 20 ? split(replace(datum.label, regexp('^(.{10,}?[ _])'), '$1\\n'), '\\n') : datum.label";
  axis["labelOffset"]["condition"]["test"] = "length(datum.label) > 20";
  axis["labelOffset"]["condition"]["value"] = -7;
  axis["labelOffset"]["value"] = 0;
  axis["labelLimit"] = 150;
  return result;
}

/// A line of the text that appears beside the pointer.
inline json tooltip(std::string_view field, std::string_view title, std::string_view pattern = "") {
  json result;
  result["field"] = field;
  result["type"] = pattern.empty() ? "nominal" : "quantitative";
  result["title"] = title;
  if (!pattern.empty()) result["format"] = pattern;
  return result;
}

/// An empty chart over the given values, as wide as its place.
inline json over(json values) {
  json result;
  result["width"] = "container";
  result["autosize"]["type"] = "fit-x";
  result["autosize"]["contains"] = "padding";
  result["data"]["values"] = std::move(values);
  return result;
}

}  // namespace vega

FOOTFALL_END_NAMESPACE
