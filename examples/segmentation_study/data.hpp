// SPDX-License-Identifier: MIT
// The sessions of the second study, made up or from a file, what the channels cost, and whether to believe any of it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <examples/study.hpp>

#include <footfall/data/cleaning.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/data/quality.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/quality.hpp>
#include <footfall/synthetic/channel_mix.hpp>

namespace segmentation {

inline const std::vector<std::string> behaviour = {"clicks", "page_views", "time_spent", "add_to_cart"};
inline const std::vector<std::string> behaviour_titles = {"Clicks", "Page views", "Time spent, s", "Add to cart"};

struct study_data {
  ff::table sessions;
  ff::labels converted;
  std::string source;  ///< where they come from, for readers
  bool made_up = true;
  ff::quality_report quality{};              ///< of the sessions as they were read
  std::vector<double> row_of{};              ///< of each session: where it was read, from 0
  std::vector<ff::cleaning_step> cleaned{};  ///< what was dropped, and why
  std::map<std::string, double> costs{};     ///< by channel; those that are not named are not known
  bool has_revenue = false;
};

/// What must hold in every session. The last one is about the shop, not about the file.
inline std::vector<ff::condition> rules() {
  using ff::field;
  return {field("clicks") >= 1.0,
          field("page_views") >= 1.0,
          field("time_spent") >= 0.0,
          field("add_to_cart") == 0.0 || field("add_to_cart") == 1.0,
          field("conversion_label") == 0.0 || field("conversion_label") == 1.0,
          implies(field("conversion_label") == 1.0, field("add_to_cart") == 1.0)};
}

/// Sessions that lack a behaviour or the label cannot be grouped or judged: they are dropped, and counted.
inline study_data from_table(const ff::table& as_read, std::string source, bool made_up) {
  std::vector<double> row(static_cast<std::size_t>(as_read.rows()));
  std::iota(row.begin(), row.end(), 0.0);
  ff::cleaning done(as_read.with(ff::column::numeric("row", std::move(row))));
  auto needed = behaviour;
  needed.emplace_back("conversion_label");
  for (const auto& name : needed) {
    if (as_read[name].missing() > 0) done = done.drop_missing(name);
  }
  study_data data{.sessions = done.sessions().without({"row"}),
                  .converted = {},
                  .source = std::move(source),
                  .made_up = made_up,
                  .quality = ff::check_quality(as_read, rules())};
  data.cleaned = done.steps();
  const auto kept = done.sessions()["row"].numbers();
  data.row_of.assign(kept.begin(), kept.end());
  data.converted = ff::label(data.sessions, "conversion_label");
  data.has_revenue = data.sessions.has("revenue");
  return data;
}

/// Throws where there is nothing to group or to compare.
inline void require_enough(const study_data& data) {
  const auto who = "segmentation_study";
  ff::require(data.sessions.rows() >= 50, ff::error_code::wrong_shape, who,
              "there must be at least 50 sessions without a missing value, got ", data.sessions.rows());
  ff::require(data.converted.positives() > 0 && data.converted.negatives() > 0, ff::error_code::one_class, who,
              "some sessions must have converted and some not, got ", data.converted.positives(), " of ",
              data.sessions.rows());
  for (const char* name : {"referral_source", "device_type"}) {
    const auto& codes = data.sessions[name].codes();
    std::set<std::int32_t> there(codes.begin(), codes.end());
    there.erase(ff::column::missing_code);
    ff::require(there.size() >= 2, ff::error_code::bad_value, who, "column '", name,
                "' must tell at least two kinds of sessions apart, got ", there.size());
  }
}

inline study_data made_up_sessions(ff::index sessions, std::uint64_t seed) {
  return from_table(ff::channel_mix{.sessions = sessions, .seed = seed}.generate(), "made up by channel_mix", true);
}

/// A file with the seven columns of the study; `revenue` is taken too where there is one, anything else is left out.
inline study_data read_sessions(const std::filesystem::path& file) {
  const std::vector<std::string> flags_and_counts = {"clicks", "page_views", "time_spent", "add_to_cart",
                                                     "conversion_label"};
  const std::vector<std::string> categories = {"referral_source", "device_type"};
  auto all = ff::read_csv(file, {.categorical = categories, .numeric = flags_and_counts});
  auto wanted = behaviour;
  wanted.insert(wanted.end(), {"referral_source", "device_type", "conversion_label"});
  if (all.has("revenue")) wanted.emplace_back("revenue");
  auto table = all.select(wanted)
                   .with_stage({"clicks", "page_views", "time_spent"}, ff::stage::browse)
                   .with_stage({"add_to_cart"}, ff::stage::cart)
                   .with_stage({"referral_source", "device_type"}, ff::stage::context)
                   .with_stage({"conversion_label"}, ff::stage::outcome);
  return from_table(std::move(table), "from " + file.filename().string(), false);
}

/// A file with the columns `channel` and `cost`: what all sessions of a channel cost together.
inline std::map<std::string, double> read_costs(const std::filesystem::path& file) {
  const auto table =
      ff::read_csv(file, {.columns = {"channel", "cost"}, .categorical = {"channel"}, .numeric = {"cost"}});
  std::map<std::string, double> costs;
  const auto& channel = table["channel"];
  for (ff::index row = 0; row < table.rows(); ++row) {
    const auto code = channel.codes()[static_cast<std::size_t>(row)];
    ff::require(code != ff::column::missing_code, ff::error_code::missing_value, "costs",
                "the channel is missing in row ", row);
    const auto& name = channel.levels()[static_cast<std::size_t>(code)];
    const bool first = costs.emplace(name, table["cost"].numbers()[static_cast<std::size_t>(row)]).second;
    ff::require(first, ff::error_code::bad_value, "costs", "channel '", name, "' is there twice");
  }
  return costs;
}

inline void describe(const study_data& data, ff::page& page, ff::json& report) {
  page.section("The data, and whether to believe it");
  if (data.made_up) {
    page.paragraph(
        "The sessions are made up, because those of the studied report cannot be had. Channel volumes and the personas "
        "behind the sessions were set to the published figures. Channels were given no effect at all: whatever differs "
        "between them here is chance.");
  }
  ff::printed_table head("The first sessions", [&] {
    std::vector<ff::printed_column> columns = {{"Row"}};
    for (const auto& column : data.sessions.columns()) {
      columns.push_back({column.name(), column.is_numeric() ? ff::alignment::right : ff::alignment::left});
    }
    return columns;
  }());
  for (ff::index row = 0; row < std::min<ff::index>(5, data.sessions.rows()); ++row) {
    std::vector<ff::printed_cell> cells = {ff::text(row)};
    for (const auto& column : data.sessions.columns()) {
      const auto at = static_cast<std::size_t>(row);
      cells.emplace_back(column.is_numeric() ? ff::text(column.numbers()[at])
                         : column.codes()[at] == ff::column::missing_code
                             ? std::string()
                             : column.levels()[static_cast<std::size_t>(column.codes()[at])]);
    }
    head.add(std::move(cells));
  }
  page.add(head);

  const auto& quality = data.quality;
  page.add(ff::quality_table("Every column as it was read", quality));
  page.paragraph(ff::text("A number is far out when it lies ", quality.reach,
                          " quartile distances beyond the quartiles; that is no fault, and nothing is changed."));
  page.add(ff::rules_table("What must hold in every session", quality));
  page.paragraph(ff::text(
      ff::thousands(quality.rules.back().broken), " sessions bought without anything in the cart. ",
      data.made_up ? "The published personas cannot be had otherwise: those who hardly ever fill a cart are said to "
                     "convert in 10 to 20 of 100 sessions. A shop's own log would have to explain this."
                   : "Where there are any, whoever keeps the log should be able to say why."));
  page.paragraph(ff::text(
      ff::thousands(quality.repeated),
      " rows repeat an earlier one in every column. A few whole numbers and no id tell sessions apart, so different "
      "sessions look alike; nothing says that these were counted twice, and all are kept."));
  if (!data.cleaned.empty()) {
    ff::printed_table dropped("Sessions that were dropped", {{"Step"}, {"Dropped"}, {"Left"}});
    for (const auto& step : data.cleaned)
      dropped.add({step.what, ff::thousands(step.changed), ff::thousands(step.left)});
    page.add(dropped);
  } else {
    page.paragraph("Nothing had to be dropped.");
  }

  for (const auto& each : quality.columns) {
    ff::json column;
    column["name"] = each.name;
    column["missing"] = each.missing;
    column["distinct"] = each.distinct;
    column["smallest"] = each.smallest;
    column["largest"] = each.largest;
    column["far_out"] = each.far_out;
    report["columns"].push(column);
  }
  for (const auto& each : quality.rules) {
    ff::json rule;
    rule["rule"] = each.rule;
    rule["broken"] = each.broken;
    rule["unknown"] = each.unknown;
    report["rules"].push(rule);
  }
  report["repeated_rows"] = quality.repeated;
  report["dropped_sessions"] = quality.sessions - data.sessions.rows();
}

}  // namespace segmentation
