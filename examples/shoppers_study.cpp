// SPDX-License-Identifier: MIT
// A forest on real sessions: "Online Shoppers Purchasing Intention" (UCI data set 468; Sakar and Kastro), a year of a real
// shop. Judged by cross-validation and by ten hold-outs, with and without the column PageValues, which a shop's analytics
// compute with the purchase in hand, and with and without the rows that repeat others.
#include <cmath>
#include <filesystem>
#include <iostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <footfall/footfall.hpp>
#include <footfall/report/explanations.hpp>
#include <footfall/report/importance_charts.hpp>
#include <footfall/report/json.hpp>
#include <footfall/report/model_charts.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/provenance.hpp>
#include <footfall/report/results.hpp>
#include <footfall/report/text.hpp>
#include <footfall/report/write_report.hpp>

#include "arguments.hpp"
#include "charts.hpp"
#include "study_clock.hpp"

namespace ff = footfall;

namespace {

constexpr auto usage = "usage: shoppers_study --csv online_shoppers_intention.csv --out DIR\n";
constexpr int seeds = 10;
constexpr int trees = 300;
constexpr int min_leaf = 5;

const std::vector<std::string> counts_and_rates{"Administrative", "Administrative_Duration",
                                                "Informational",  "Informational_Duration",
                                                "ProductRelated", "ProductRelated_Duration",
                                                "BounceRates",    "ExitRates",
                                                "PageValues",     "SpecialDay"};
const std::vector<std::string> categories{"Month",       "OperatingSystems", "Browser", "Region",
                                          "TrafficType", "VisitorType",      "Weekend"};

// Some levels are so rare (one browser has a single session) that a training part may lack them.
const ff::one_hot one_column_a_level{.columns = categories, .unseen = ff::unseen_level::all_zero};
const ff::categorical levels_as_they_are{.columns = categories, .unseen_is_missing = true};

template <class Categories>
auto recipe(bool page_values, std::uint64_t seed, const Categories& step) {
  auto numbers = counts_and_rates;
  if (!page_values) std::erase(numbers, "PageValues");
  return ff::columns(ff::numeric{numbers}, step) |
         ff::random_forest{.trees = trees, .min_leaf = min_leaf, .seed = seed};
}
auto recipe(bool page_values, std::uint64_t seed) { return recipe(page_values, seed, one_column_a_level); }

struct quality {
  double roc_auc, average_precision, accuracy, f1;
};

quality judge(const ff::scores& scores, const ff::labels& bought) {
  const auto ranking = ff::ranking(scores, bought);
  const auto decisions = ff::confusion_at(scores, bought, 0.5);
  return {ff::roc_auc(ranking).value, ff::average_precision(ranking).value, decisions.accuracy().value, decisions.f1()};
}

struct summary {
  std::vector<double> values;

  double mean() const {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  }
  double deviation() const {
    double squares = 0;
    for (const double value : values) squares += (value - mean()) * (value - mean());
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
  }
};

ff::json as_json(const summary& each) {
  ff::json result;
  result["mean"] = each.mean();
  result["sd"] = each.deviation();
  result["values"] = ff::json::list(each.values);
  return result;
}

struct variant {
  std::string name;
  ff::index sessions = 0;
  summary roc_auc{}, average_precision{}, accuracy{}, f1{};
  quality cross_validated{};
};

template <class Categories>
variant run(const std::string& name, const ff::table& sessions, bool page_values, const Categories& step) {
  const auto bought = ff::label(sessions, "Revenue", "TRUE");
  variant result{.name = name, .sessions = sessions.rows()};
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const auto [train, test] = ff::stratified_split(bought, {.test_share = 0.25, .seed = seed});
    const auto model = recipe(page_values, seed, step).fit(sessions.rows(train), bought.rows(train));
    const auto [roc_auc, average_precision, accuracy, f1] = judge(model.score(sessions.rows(test)), bought.rows(test));
    result.roc_auc.values.push_back(roc_auc);
    result.average_precision.values.push_back(average_precision);
    result.accuracy.values.push_back(accuracy);
    result.f1.values.push_back(f1);
  }
  const auto folds = ff::stratified_folds(bought, {.folds = 10, .seed = 0});
  result.cross_validated = judge(ff::cross_validate(recipe(page_values, 0, step), sessions, bought, folds), bought);
  std::cout << name << ": AUC " << ff::fixed(result.roc_auc.mean(), 4) << " (sd "
            << ff::fixed(result.roc_auc.deviation(), 4) << "), average precision "
            << ff::fixed(result.average_precision.mean(), 4) << std::endl;
  return result;
}

ff::json holdout(const variant& each) {
  ff::json result;
  result["seeds"] = seeds;
  result["test_share"] = 0.25;
  result["roc_auc"] = as_json(each.roc_auc);
  result["average_precision"] = as_json(each.average_precision);
  result["accuracy"] = as_json(each.accuracy);
  result["f1"] = as_json(each.f1);
  return result;
}

ff::json cross_validation(const variant& each) {
  ff::json result;
  result["folds"] = 10;
  result["roc_auc"] = each.cross_validated.roc_auc;
  result["average_precision"] = each.cross_validated.average_precision;
  result["accuracy"] = each.cross_validated.accuracy;
  result["f1"] = each.cross_validated.f1;
  return result;
}

/// A session that a reader may wonder about, and the reasons for its score, by column of the file.
struct explained_session {
  std::string name;
  ff::index row;
  double out_of_bag;
  ff::explanation why;
};

std::vector<explained_session> remarkable_sessions(const ff::fitted_forest<double>& forest,
                                                   const ff::features<double>& x, const ff::labels& bought) {
  const auto scores = forest.out_of_bag();
  const auto extreme = [&](bool buyer, double sign) {
    ff::index best = -1;
    for (ff::index row = 0; row < bought.size(); ++row) {
      const double score = sign * scores[static_cast<std::size_t>(row)];
      if (bought[row] != buyer || std::isnan(score)) continue;
      if (best < 0 || score > sign * scores[static_cast<std::size_t>(best)]) best = row;
    }
    return best;
  };
  const auto explainer = ff::explainer_for(forest, x);
  std::vector<explained_session> result;
  for (const auto& [name, row] : {std::pair("the buyer seen most clearly", extreme(true, 1)),
                                  std::pair("the buyer least expected", extreme(true, -1)),
                                  std::pair("the visitor most expected to buy, who did not", extreme(false, 1))}) {
    const ff::matrix<double> values = x.values().row(row);
    const std::span<const double> session(values.data(), static_cast<std::size_t>(values.size()));
    result.push_back({name, row, scores[static_cast<std::size_t>(row)], ff::by_source(explainer.explain_one(session))});
  }
  return result;
}

/// Counts without decimals, rates with those that say something.
std::string value_text(double value) {
  if (value == std::round(value)) return ff::fixed(value, 0);
  return ff::fixed(value, std::fabs(value) < 0.1 ? 4 : 2);
}

ff::printed_table reason_table(const explained_session& each, const ff::table& sessions) {
  ff::printed_table table(
      ff::text("Session ", ff::thousands(each.row + 1), ", ", each.name, ": score ", ff::percent(each.why.score()),
               ", by trees that did not see it ", ff::percent(each.out_of_bag)),
      {{"Column"}, {"Value"}, {"Adds"}});
  for (const auto& reason : each.why.strongest(6)) {
    const auto& column = sessions[reason.source];
    const auto row = static_cast<std::size_t>(each.row);
    table.add({reason.source,
               column.is_numeric() ? value_text(column.numbers()[row])
                                   : column.levels()[static_cast<std::size_t>(column.codes()[row])],
               ff::text(reason.contribution > 0 ? "+" : "", ff::fixed(reason.contribution, 3))});
  }
  return table;
}

/// The ranking of all columns beside that without the one that knows too much, each by models that did not see the session.
void add_curves(ff::page& page, const ff::scores& all, const ff::scores& without, const ff::labels& bought) {
  const auto of_all = ff::ranking(all, bought), of_others = ff::ranking(without, bought);
  const std::vector<ff::named_ranking> models = {{"All columns", of_all}, {"Without PageValues", of_others}};
  const auto areas = ff::text("The area is ", ff::fixed(ff::roc_auc(of_all).value, 3), " with PageValues and ",
                              ff::fixed(ff::roc_auc(of_others).value, 3), " without.");
  page.add(
      ff::chart({"roc", "ROC curves",
                 "Going down the ranking, a line climbs with every buyer and moves right with every other session; "
                 "the dashed line is a random order.",
                 areas},
                ff::roc_chart(models)));
  page.add(
      ff::chart({"precision-recall", "Precision and recall",
                 "For each share of the buyers found, the share of buyers among the sessions called; the dashed line "
                 "is a random order.",
                 ff::text("The average precision is ", ff::fixed(ff::average_precision(of_all).value, 3), " and ",
                          ff::fixed(ff::average_precision(of_others).value, 3), ".")},
                ff::precision_recall_chart(models)));
  page.add(
      ff::chart({"gain", "Buyers found in the best share of the sessions",
                 "Read upwards from a share of the sessions: so many of the buyers are among them.",
                 ff::text("The best tenth holds ", ff::percent(ff::decile_table(all, bought).front().capture, 0),
                          " of the buyers, and ", ff::percent(ff::decile_table(without, bought).front().capture, 0),
                          " without PageValues.")},
                ff::gain_chart(models)));
  const auto bins = ff::reliability_table(all, bought);
  const auto worst = std::max_element(bins.begin(), bins.end(), [](const auto& a, const auto& b) {
    return std::fabs(a.mean_score - a.observed.value) < std::fabs(b.mean_score - b.observed.value);
  });
  page.add(
      ff::chart({"calibration", "What scores promise and what came",
                 "Each dot is a tenth of the sessions by score, its line the 95 % interval of the share that bought; "
                 "on the dashed line scores are probabilities.",
                 ff::text("The furthest tenth was promised ", ff::percent(worst->mean_score, 1), " and bought in ",
                          ff::percent(worst->observed.value, 1), " of its sessions.")},
                ff::calibration_chart(std::vector<ff::named_reliability>{{"All columns", bins}})));
}

void study(const arguments& given) {
  const std::string csv = given.text("csv", "");
  const std::filesystem::path out = given.text("out", "");
  if (csv.empty() || out.empty()) throw usage_error("both --csv and --out are needed");

  study_clock clock(9);
  clock.begin("sessions");
  // Four categories are written as integers.
  const auto sessions = ff::read_csv(csv, {.categorical = {"OperatingSystems", "Browser", "Region", "TrafficType"}});
  const auto bought = ff::label(sessions, "Revenue", "TRUE");
  const auto base = ff::rate_of(bought.positives(), bought.size());
  const auto distinct = ff::first_occurrences(sessions);
  const auto repeated = sessions.rows() - static_cast<ff::index>(distinct.size());

  std::vector<variant> variants;
  const auto judge_variant = [&](const std::string& name, const ff::table& rows, bool page_values, const auto& step) {
    clock.begin(name);
    variants.push_back(run(name, rows, page_values, step));
  };
  judge_variant("all columns", sessions, true, one_column_a_level);
  judge_variant("without PageValues", sessions, false, one_column_a_level);
  judge_variant("all columns, no repeated rows", sessions.rows(distinct), true, one_column_a_level);
  judge_variant("without PageValues, no repeated rows", sessions.rows(distinct), false, one_column_a_level);
  judge_variant("all columns, categories split natively", sessions, true, levels_as_they_are);
  judge_variant("without PageValues, categories split natively", sessions, false, levels_as_they_are);
  clock.begin("lift, curves, importances");

  // The lift table from scores by models that did not see the session, the rest from a model that saw all.
  const auto folds = ff::stratified_folds(bought, {.folds = 10, .seed = 0});
  const auto scores = ff::cross_validate(recipe(true, 0), sessions, bought, folds);
  const auto scores_without = ff::cross_validate(recipe(false, 0), sessions, bought, folds);
  const auto deciles = ff::decile_table(scores, bought);
  const auto all = recipe(true, 0);
  const auto model = all.fit(sessions, bought);
  const auto importances = ff::by_source(model.last().importances());
  const auto x = model.first().transform(sessions);
  const auto permuted =
      ff::permutation_importance{.repeats = 5, .seed = 0}.of(all.last, model.last(), x, bought, ff::measure::roc_auc{});
  const auto cases = remarkable_sessions(model.last(), x, bought);
  clock.begin("page");

  ff::json report;
  report["sessions"] = sessions.rows();
  report["repeated_rows"] = repeated;
  report["base_rate"] = base.value;
  report["forest"]["trees"] = trees;
  report["forest"]["min_leaf"] = min_leaf;
  report["holdout"] = holdout(variants[0]);
  report["cross_validation"] = cross_validation(variants[0]);
  for (const auto& each : variants) {
    ff::json row;
    row["name"] = each.name;
    row["sessions"] = each.sessions;
    row["holdout"] = holdout(each);
    row["cross_validation"] = cross_validation(each);
    report["variants"].push(row);
  }
  report["deciles"] = ff::json::list(deciles);
  report["importances"] = ff::json::list(importances);
  report["permutation_importance"] = ff::as_json(permuted);
  for (const auto& each : cases) {
    ff::json row;
    row["name"] = each.name;
    row["row"] = each.row;
    row["out_of_bag_score"] = each.out_of_bag;
    row["base"] = each.why.base;
    row["reasons"] = ff::json::list(each.why.reasons);
    report["explained_sessions"].push(row);
  }

  ff::page page("Who buys? A forest on a year of real sessions",
                ff::text(ff::thousands(sessions.rows()), " sessions of a real shop, of which ",
                         ff::thousands(base.hits), " bought: ", ff::percent(base.value), " (95 % interval ",
                         ff::percent(base.wilson), "). ", ff::thousands(repeated), " rows repeat others exactly."));
  page.section("How well sessions are ranked");
  page.paragraph(ff::text("A forest of ", trees, " trees with leaves of at least ", min_leaf,
                          " draws. Hold-out: a quarter of the sessions, stratified, with ", seeds,
                          " seeds; mean and, in brackets, standard deviation over the seeds, whose test sets overlap. "
                          "Cross-validated: ten folds, every step fitted anew in each. ",
                          "Accuracy and F1 at a threshold of one half; calling nobody a buyer has an accuracy of ",
                          ff::percent(1 - base.value), "."));
  ff::printed_table table("Quality by variant", {{"Variant"},
                                                 {"Sessions"},
                                                 {"AUC, hold-out"},
                                                 {"Average precision"},
                                                 {"Accuracy"},
                                                 {"F1"},
                                                 {"AUC, cross-validated"},
                                                 {"Average precision"}});
  const auto with_deviation = [](const summary& each) {
    return ff::text(ff::fixed(each.mean(), 4), " (", ff::fixed(each.deviation(), 4), ")");
  };
  for (const auto& each : variants) {
    table.add({each.name, ff::thousands(each.sessions), with_deviation(each.roc_auc),
               with_deviation(each.average_precision), with_deviation(each.accuracy), with_deviation(each.f1),
               ff::fixed(each.cross_validated.roc_auc, 4), ff::fixed(each.cross_validated.average_precision, 4)});
  }
  page.add(table);
  page.paragraph(
      "PageValues is the mean value of the pages a visitor saw, worked out from earlier and, it may be, from this "
      "visit's purchase: what it adds is not known while the visit lasts. Repeated rows are mostly visits of one page "
      "that look "
      "alike, and may be different visitors.");
  page.section("Curves");
  add_curves(page, scores, scores_without, bought);
  page.section("Lift");
  page.add(ff::chart(
      {"deciles", "Share of buyers in each tenth of the ranking",
       "Sessions are ranked by their score and cut into tenths, the best first; the thin line is the 95 % "
       "interval, the dashed one the share of all sessions.",
       ff::text("The best tenth buys ", ff::fixed(deciles.front().lift, 1), " times as often as the average session.")},
      ff::decile_chart(deciles)));
  const auto lift = ff::lift_table("Deciles of the cross-validated score, all columns", deciles, "Buyers");
  page.add(lift);
  page.section("What the forest leans on");
  page.paragraph(
      "Share of each column in the decrease of Gini impurity, the levels of a category added up. The measure favours "
      "columns with many distinct values and says nothing about cause.");
  page.add(
      ff::chart({"importance", "Impurity importance, forest on all sessions",
                 "Each bar is a column's share of what the splits gained; all bars together are the whole.",
                 ff::text(importances.front().source, " has ", ff::percent(importances.front().share, 0), " of it.")},
                ff::importance_chart(importances, importances.size())));
  page.paragraph(ff::text(
      "What the out-of-bag AUC of ", ff::fixed(permuted.measured, 4),
      " loses when the values of a column are dealt out anew among the sessions, the levels of a category together: "
      "sessions are scored by the trees that did not see them. Columns that say the same hide each other."));
  page.add(
      ff::chart({"permutation", "Permutation importance, five repeats",
                 "Each bar is what the area loses, the thin line reaches from the least to the most of the repeats.",
                 ff::text("Without ", permuted.columns.front().name, " it loses ",
                          ff::fixed(permuted.columns.front().mean, 3), ".")},
                ff::permutation_chart(permuted, permuted.columns.size())));
  page.section("Why single sessions score as they do");
  page.paragraph(ff::text(
      "Shapley values of the forest: what each column adds to the mean score of ", ff::percent(cases.front().why.base),
      ". They say how the forest came to its score, and nothing about what moved the visitor. A session that the "
      "forest was grown on pulls its own score towards what it did; beside it stands the score by the trees that did "
      "not see it."));
  for (const auto& each : cases) page.add(reason_table(each, sessions));

  ff::provenance from{.data = "UCI data set 468", .sessions = sessions.rows(), .seed = 0};
  from.add("the forest on all sessions", model);
  page.made_from(from);
  report["made_from"] = ff::as_json(from);

  ff::write_report(out, page, report, chart_programs());
  clock.end();
  ff::print(std::cout, lift);
  ff::print(std::cout, ff::stage_table("where the time went", clock.times()));
  for (std::size_t i = 0; i < 5 && i < importances.size(); ++i) {
    std::cout << importances[i].source << ' ' << ff::percent(importances[i].share, 1) << '\n';
  }
  std::cout << (out / "report.html").string() << '\n';
}

}  // namespace

int main(int count, char** words) { return run_program(count, words, usage, {"csv", "out"}, study); }
