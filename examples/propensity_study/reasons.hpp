// SPDX-License-Identifier: MIT
// Why the models say what they say: importances, the reasons for single sessions, and whether scores are probabilities.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include <footfall/footfall.hpp>
#include <footfall/report/explanations.hpp>
#include <footfall/report/importance_charts.hpp>
#include <footfall/report/model_charts.hpp>
#include <footfall/report/page.hpp>

#include "../study.hpp"
#include "models.hpp"

inline ff::permutation_result permuted(const model_result& model, const shop_sessions& data, const ff::split& split,
                                       std::uint64_t seed) {
  const auto x = model.model.first().transform(data.sessions.rows(split.train));
  return ff::permutation_importance{.repeats = 2, .seed = seed, .sessions = 6'000}.of(
      model.recipe.last, model.model.last(), x, data.bought.rows(split.train), ff::measure::roc_auc{});
}

/// The test sessions with the highest, the middle and the lowest score, taken apart.
inline void describe_single_sessions(const model_result& model, const shop_sessions& data, const ff::split& split,
                                     ff::page& page, ff::json& report) {
  const auto seen = data.sessions.rows(split.train);
  ff::row_set some = sample_of(seen.rows(), 2'000, 1);
  const auto explainer = ff::explainer_for(model.model.last(), model.model.first().transform(seen.rows(some)));

  std::vector<std::size_t> order(model.test.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](auto i, auto j) { return model.test[i] > model.test[j]; });
  ff::printed_table table(ff::text(model.name, ": what speaks for and against three test sessions"),
                          {{"Session"}, {"Score"}, {"Reason", ff::alignment::left}, {"Adds"}});
  const auto level_of = [&](const std::string& column, ff::index row) {
    const auto& categories = data.sessions[column];
    const auto code = categories.codes()[static_cast<std::size_t>(row)];
    return code == ff::column::missing_code ? std::string(ff::missing_text)
                                            : categories.levels()[static_cast<std::size_t>(code)];
  };
  const auto shown = [](double value) { return ff::fixed(value, value == std::round(value) ? 0 : 2); };
  for (const auto& [what, place] : {std::pair<const char*, std::size_t>{"highest score", 0},
                                    {"middle score", order.size() / 2},
                                    {"lowest score", order.size() - 1}}) {
    const ff::index row = split.test[order[place]];
    const auto one = model.model.first().transform(data.sessions.rows({row}));
    const auto values = one.values();
    std::vector<double> session;
    for (ff::index column = 0; column < values.cols(); ++column) session.push_back(values(0, column));
    const auto explained = ff::by_source(explainer.explain_one(session));
    ff::json out;
    out["session"] = row;
    out["score"] = model.test[order[place]];
    out["base"] = explained.base;
    bool first = true;
    for (const auto& reason : explained.strongest(4)) {
      table.add({first ? ff::text(what, ", no. ", ff::thousands(row)) : std::string(),
                 first ? ff::fixed(model.test[order[place]], 3) : std::string(),
                 ff::text(reason.name, " = ", reason.value ? shown(*reason.value) : level_of(reason.source, row)),
                 ff::text(reason.contribution > 0 ? "+" : "", ff::fixed(reason.contribution, 4))});
      out["reasons"].push(ff::as_json(reason));
      first = false;
    }
    report["reasons"].push(std::move(out));
  }
  page.add(table);
  page.paragraph(ff::text("A session of which nothing is known scores ", ff::fixed(explainer.base(), 3),
                          "; what its columns add to that, with their signs, is its score. These are reasons of the "
                          "forest, not causes of a purchase."));
}

inline void describe_reasons(const model_result& a, const model_result& b, const ff::permutation_result& of_a,
                             const ff::permutation_result& of_b, const shop_sessions& data, const ff::split& split,
                             ff::page& page, ff::json& report) {
  page.section("What the models lean on");
  const auto leaders = [](const model_result& model, std::size_t count) {
    std::string names;
    for (std::size_t i = 0; i < std::min(count, model.importances.size()); ++i) {
      names += ff::text(i == 0 ? "" : i + 1 == count ? " and " : ", ", model.importances[i].name);
    }
    return names;
  };
  for (const auto& [model, found] : {std::pair{&a, &of_a}, std::pair{&b, &of_b}}) {
    const std::string suffix = model == &a ? "a" : "b";
    page.add(ff::chart({.name = "importance-" + suffix,
                        .title = ff::text(model->name, ": impurity importance, ten columns"),
                        .how_to_read = "How much of what the trees gain by their questions is gained by asking for a "
                                       "column; the shares of all add up to one.",
                        .says = ff::text("It is led by ", leaders(*model, model == &a ? 3 : 7), ".")},
                       ff::importance_chart(model->importances, 10)));
    page.add(ff::chart(
        {.name = "permutation-" + suffix,
         .title = ff::text(model->name, ": permutation importance, ten columns"),
         .how_to_read = "What the out-of-bag AUC loses when a column is dealt out anew among the sessions, the mean of "
                        "two repeats; the thin line joins the two.",
         .says = ff::text(found->columns.front().name, " costs most, ", ff::fixed(found->columns.front().mean, 3),
                          "; a column that others can stand in for costs little.")},
        ff::permutation_chart(*found, 10)));
  }
  page.paragraph(
      ff::text("Impurity importance favours columns with many values, and columns that carry the same fact share it "
               "among them, as duration, duration per page and the early score do. The order of neighbours in these "
               "lists means little. Columns are permuted on ",
               ff::thousands(of_a.sessions), " training sessions, each scored by the trees that did not see it."));
  report["model_a"]["permutation_importance"] = ff::as_json(of_a);
  report["model_b"]["permutation_importance"] = ff::as_json(of_b);
  describe_single_sessions(a, data, split, page, report["model_a"]);
  describe_single_sessions(b, data, split, page, report["model_b"]);
}

/// Scores against what came, before and after a map that was learned from out-of-bag scores.
inline void describe_calibration(const model_result& a, const model_result& b, const shop_sessions& data,
                                 const ff::split& split, ff::page& page, ff::json& report) {
  page.section("Are the scores probabilities?");
  const auto y_train = data.bought.rows(split.train), y_test = data.bought.rows(split.test);
  const double share = static_cast<double>(y_test.positives()) / static_cast<double>(y_test.size());
  ff::printed_table table("Calibration on the test sessions",
                          {{"Scores"}, {"Brier score"}, {"Expected calibration error"}, {"The same by chance alone"}});
  std::deque<std::vector<ff::reliability_bin>> kept;  // what the lines look at
  std::vector<ff::named_reliability> lines;
  std::vector<double> errors;
  std::vector<double> by_chance;
  for (const auto* model : {&a, &b}) {
    const auto map = ff::isotonic{}.fit(model->out_of_bag, y_train);
    ff::scores mapped;
    for (const double score : model->test) mapped.push_back(map(score));
    const auto add = [&](const std::string& name, const ff::scores& score) {
      const auto& bins = kept.emplace_back(ff::reliability_table(score, y_test));
      const auto error = ff::calibration_error_of(bins);
      const double brier = ff::brier_score(score, y_test).value;
      table.add({name, ff::fixed(brier, 4), ff::fixed(error.expected, 4), ff::fixed(error.by_chance, 4)});
      ff::json out;
      out["scores"] = name;
      out["brier"] = brier;
      out["expected_calibration_error"] = error.expected;
      report["calibration"].push(std::move(out));
      if (!(model == &b && score.data() == mapped.data()))
        lines.push_back({name, bins});  // three lines can be told apart
      errors.push_back(error.expected);
      by_chance.push_back(error.by_chance);
    };
    add(model->name, model->test);
    add(model->name + ", mapped", mapped);
  }
  page.add(ff::chart({.name = "calibration",
                      .title = "Promised and observed conversion, by tenths of the scores",
                      .how_to_read = "A point on the dashed line is a tenth of the sessions that bought as often as "
                                     "their scores said; what mapped "
                                     "scores are stands below.",
                      .says = ff::text("The scores of Model A are off by ", ff::fixed(100 * errors[0], 1),
                                       " points on average, those of Model B by ", ff::fixed(100 * errors[2], 1),
                                       "; true probabilities would seem off by ", ff::fixed(100 * by_chance[0], 1),
                                       " and ", ff::fixed(100 * by_chance[2], 1), " at this number of sessions.")},
                     ff::calibration_chart(lines)));
  page.add(table);
  page.paragraph(ff::text(
      "The Brier score is the mean squared distance between score and outcome, so lower is better: who gives "
      "every session the share of buyers has ",
      ff::fixed(share * (1 - share), 4),
      ". Mapped scores went through a rising map (isotonic regression) that was learned from out-of-bag scores "
      "of the training sessions."));
}
