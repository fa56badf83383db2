// SPDX-License-Identifier: MIT
// Layer 3 of the first study: random forests, each judged three ways on sessions that its trees have not seen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <footfall/footfall.hpp>
#include <footfall/report/model_charts.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/results.hpp>

#include "../study.hpp"
#include "data.hpp"
#include "published.hpp"

/// A figure of one way of judging; the average precision has an interval only where it was resampled.
struct judgement {
  mean_estimate roc_auc;
  mean_estimate average_precision;
  std::vector<ff::decile> deciles;

  mean_estimate lift_10() const { return {deciles[0].lift, deciles[0].lift_interval}; }
  mean_estimate lift_20() const { return {deciles[1].cumulative_lift, deciles[1].cumulative_lift_interval}; }
};

/// `replicates` draws for the interval of the average precision; 0: none.
inline judgement judge(const ff::scores& score, const ff::labels& y, std::uint64_t seed, int replicates = 0) {
  judgement result;
  const auto ranked = ff::ranking(score, y);
  const auto area = ff::delong(ranked);
  result.roc_auc = {area.value, area.range};
  if (replicates > 0) {
    const auto resampled = ff::ranking_intervals(score, y, {.draws = {.replicates = replicates, .seed = seed}});
    result.average_precision = {resampled.average_precision.value, resampled.average_precision.range};
  } else {
    result.average_precision.value = ff::average_precision(ranked).value;
  }
  result.deciles = ff::decile_table(ranked);
  return result;
}

/// The chain of every model here: the numbers as they are, a column for each level of a category, a forest. Its scores of the
/// training sessions by trees that did not see them are kept where they will be asked for.
inline auto forest_on(const ff::table& sessions, const std::vector<std::string>& barred, std::uint64_t seed, int trees,
                      bool out_of_bag) {
  const auto seen_as = [&](ff::column_type type) {
    return ff::select{.without = barred, .until = ff::stage::checkout, .type = type}.names(sessions);
  };
  return ff::columns(
             ff::numeric{seen_as(ff::column_type::numeric)},
             ff::one_hot{.columns = seen_as(ff::column_type::categorical), .unseen = ff::unseen_level::all_zero}) |
         ff::random_forest{.trees = trees, .min_leaf = 20, .out_of_bag = out_of_bag, .seed = seed};
}
using forest_recipe = decltype(forest_on(std::declval<const ff::table&>(), {}, 0, 0, true));
using fitted_model = decltype(std::declval<const forest_recipe&>().fit(std::declval<const ff::table&>(),
                                                                       std::declval<const ff::labels&>()));

struct model_result {
  std::string name;
  forest_recipe recipe;
  fitted_model model;
  ff::scores test;        // of the test sessions
  ff::scores out_of_bag;  // of the training sessions
  judgement held_out, unseen_by_trees;
  std::optional<judgement> cross_validated;
  std::vector<ff::importance> importances;

  /// A score of every session by trees that did not see it.
  ff::scores honest(const ff::split& split) const {
    ff::scores all(test.size() + out_of_bag.size());
    for (std::size_t i = 0; i < split.test.size(); ++i) all[static_cast<std::size_t>(split.test[i])] = test[i];
    for (std::size_t i = 0; i < split.train.size(); ++i) all[static_cast<std::size_t>(split.train[i])] = out_of_bag[i];
    return all;
  }
};

/// Fits on the training sessions and judges on the test sessions and out of bag.
inline model_result fit_and_judge(std::string name, const shop_sessions& data, const ff::split& split,
                                  const std::vector<std::string>& barred, std::uint64_t seed, int trees) {
  const auto recipe = forest_on(data.sessions, barred, seed, trees, true);
  const auto y_train = data.bought.rows(split.train), y_test = data.bought.rows(split.test);
  auto model = recipe.fit(data.sessions.rows(split.train), y_train);
  auto test = model.score(data.sessions.rows(split.test));
  auto unseen = model.last().out_of_bag();
  auto held_out = judge(test, y_test, seed, 1000);
  auto by_trees = judge(unseen, y_train, seed);
  auto importances = model.last().importances();
  return {
      std::move(name),     recipe,       std::move(model),      std::move(test), std::move(unseen), std::move(held_out),
      std::move(by_trees), std::nullopt, std::move(importances)};
}

/// The test sessions judged by a forest that serves for nothing else.
inline judgement held_out(const shop_sessions& data, const ff::split& split, const std::vector<std::string>& barred,
                          std::uint64_t seed, int trees) {
  const auto model = forest_on(data.sessions, barred, seed, trees, false)
                         .fit(data.sessions.rows(split.train), data.bought.rows(split.train));
  return judge(model.score(data.sessions.rows(split.test)), data.bought.rows(split.test), seed);
}

/// Every session judged once by a forest of 50 trees that was fitted on the others, in three folds.
inline judgement cross_validated(const shop_sessions& data, const std::vector<std::string>& barred,
                                 std::uint64_t seed) {
  const auto folds = ff::stratified_folds(data.bought, {.folds = 3, .seed = seed});
  return judge(ff::cross_validate(forest_on(data.sessions, barred, seed, 50, false), data.sessions, data.bought, folds),
               data.bought, seed);
}

inline ff::json as_json(const judgement& of) {
  ff::json out;
  out["roc_auc"] = of.roc_auc.value;
  out["roc_auc_interval"] = ff::as_json(of.roc_auc.range);
  out["average_precision"] = of.average_precision.value;
  if (!std::isnan(of.average_precision.range.low)) {
    out["average_precision_interval"] = ff::as_json(of.average_precision.range);
  }
  out["lift_10"] = of.lift_10().value;
  out["lift_10_interval"] = ff::as_json(of.lift_10().range);
  out["lift_20"] = of.lift_20().value;
  out["lift_20_interval"] = ff::as_json(of.lift_20().range);
  out["deciles"] = ff::json::list(of.deciles);
  return out;
}

inline ff::json as_json(const model_result& model) {
  ff::json out = as_json(model.held_out);
  out["out_of_bag"] = as_json(model.unseen_by_trees);
  if (model.cross_validated) out["cross_validated"] = as_json(*model.cross_validated);
  out["importances"] = ff::json::list(model.importances);
  return out;
}

inline void describe_models(const std::vector<const model_result*>& models, const judgement& leaky,
                            const shop_sessions& data, const ff::split& split, ff::page& page) {
  const model_result &a = *models[0], &b = *models[1];
  const auto y_test = data.bought.rows(split.test);
  page.section("Two models");
  page.paragraph(ff::text(
      "Random forests of 300 trees with at least 20 sessions a leaf, fitted on ",
      ff::thousands(static_cast<std::int64_t>(split.train.size())), " sessions and judged on the other ",
      ff::thousands(static_cast<std::int64_t>(split.test.size())),
      ", a split that keeps the share of buyers. Model A sees the whole session: for remarketing, e-mail and audiences "
      "once it is over. Model B is to act before the cart, for offers and personalisation, so it sees neither the four "
      "late columns that the studied report leaves out nor engagement_score, which adds up the cart and the checkout "
      "steps."));
  for (const auto* model : models) {
    ff::printed_table table(ff::text(model->name, ": the key figures, with 95 % intervals"),
                            {{"Figure"}, {"Test sessions"}, {"Interval"}, {"Out of bag"}, {"Cross-validated"}});
    const auto& first = model->held_out;
    const auto& second = model->unseen_by_trees;
    const auto* third = model->cross_validated ? &*model->cross_validated : nullptr;
    const auto line = [&](const char* what, int digits, auto figure) {
      const mean_estimate own = figure(first);
      table.add({what, ff::fixed(own.value, digits), ff::fixed(own.range, digits),
                 ff::fixed(figure(second).value, digits),
                 third != nullptr ? ff::fixed(figure(*third).value, digits) : std::string(ff::missing_text)});
    };
    line("ROC-AUC", 4, [](const judgement& j) { return j.roc_auc; });
    line("Average precision", 4, [](const judgement& j) { return j.average_precision; });
    line("Conversion of the top 10 %, %", 2, [](const judgement& j) {
      return times(mean_estimate{j.deciles[0].rate, j.deciles[0].rate_interval}, 100);
    });
    line("Lift of the top 10 %", 2, [](const judgement& j) { return j.lift_10(); });
    line("Lift of the top 20 %", 2, [](const judgement& j) { return j.lift_20(); });
    page.add(table);
  }
  page.paragraph(ff::text(
      "Out of bag, each training session is scored by the trees that did not see it; cross-validated, each of "
      "all sessions "
      "once, by forests of 50 trees in three folds. The test sessions hold only ",
      ff::thousands(y_test.positives()),
      " buyers, so the three differ in their second digit. The AUC is the chance that a buyer is scored above a "
      "session without a purchase; average precision is the share of buyers among the best-scored sessions, "
      "averaged over the buyers found. A random order has an AUC of 0.5 and an average precision of ",
      ff::fixed(static_cast<double>(y_test.positives()) / static_cast<double>(y_test.size()), 4), "."));
  page.paragraph(
      ff::text("With engagement_score left in, as the studied report's list of excluded columns has it, Model B would "
               "have an AUC of ",
               ff::fixed(leaky.roc_auc.value, 3), " in place of ", ff::fixed(b.held_out.roc_auc.value, 3),
               " (a forest of 50 trees): the score tells it of the cart, which it is not supposed to know yet."));

  const double base = static_cast<double>(y_test.positives()) / static_cast<double>(y_test.size());
  page.add(
      ff::chart({.name = "top-tenth",
                 .title = "Conversion of the top 10 % by score, against all sessions",
                 .how_to_read = "A bar is the share of buyers among the tenth of the test sessions with the highest "
                                "scores; the dashed line is that of all.",
                 .says = ff::text("Model A's best tenth buys ", ff::fixed(a.held_out.lift_10().value, 2),
                                  " times as often as all sessions, Model B's ",
                                  ff::fixed(b.held_out.lift_10().value, 2), " times.")},
                ff::bar_chart{.bars = {{"Model A", a.held_out.deciles[0].rate, a.held_out.deciles[0].rate_interval},
                                       {"Model B", b.held_out.deciles[0].rate, b.held_out.deciles[0].rate_interval}},
                              .what = "Model",
                              .value = "Conversion of the top 10 %",
                              .format = ff::as_percent(2),
                              .reference = ff::reference_line{"site average", base}}));
  const auto ranked_a = ff::ranking(a.test, y_test), ranked_b = ff::ranking(b.test, y_test);
  const std::vector<ff::named_ranking> rankings = {{a.name, ranked_a}, {b.name, ranked_b}};
  page.add(
      ff::chart({.name = "roc",
                 .title = "ROC curves on the test sessions",
                 .how_to_read = "Each point is a threshold: how many buyers lie above it, against how many others.",
                 .says = ff::text("The area is ", ff::fixed(a.held_out.roc_auc.value, 3), " for Model A and ",
                                  ff::fixed(b.held_out.roc_auc.value, 3), " for Model B; chance has 0.5.")},
                ff::roc_chart(rankings)));
  page.add(
      ff::chart({.name = "precision-recall",
                 .title = "Precision and recall on the test sessions",
                 .how_to_read =
                     "Going right, more of the buyers are found; the height is the share of buyers among those picked.",
                 .says = ff::text("The best tenth of Model A holds ", ff::percent(a.held_out.deciles[0].rate, 0),
                                  " buyers (", ff::percent(a.held_out.deciles[0].rate_interval, 0),
                                  "); the left end of a line rests on a handful of sessions.")},
                ff::precision_recall_chart(rankings)));
  page.add(ff::chart(
      {.name = "gain",
       .title = "Buyers found by reaching the best-scored share",
       .how_to_read = "At each share of the sessions, best first, the height is the share of all buyers among them.",
       .says = ff::text("The best fifth by Model A holds ", ff::percent(a.held_out.deciles[1].cumulative_capture, 0),
                        " of the buyers, by Model B ", ff::percent(b.held_out.deciles[1].cumulative_capture, 0), ".")},
      ff::gain_chart(rankings)));
  for (const auto* model : {&a, &b}) {
    const bool first = model == &a;
    page.add(ff::chart(
        {.name = first ? "deciles-a" : "deciles-b",
         .title = ff::text(model->name, ": test sessions ranked by score, in tenths"),
         .how_to_read = "The first bar is the tenth with the highest scores; the dashed line is the conversion of all.",
         .says = ff::text("The best tenth buys ", ff::fixed(model->held_out.deciles.front().lift, 2),
                          " times as often as all sessions, the last one ",
                          ff::fixed(model->held_out.deciles.back().lift, 2), " times.")},
        ff::decile_chart(model->held_out.deciles)));
    page.add(ff::lift_table(ff::text(model->name, ", in tenths"), model->held_out.deciles, "Buyers"));
  }
}

/// A published figure was measured on 6,250 sessions of its own, so what ours may differ from it by is the noise of two samples:
/// the interval that half as many sessions would have.
inline mean_estimate against_another_sample(const mean_estimate& of) {
  const double wider = std::sqrt(2.0);
  return {of.value,
          {of.value - wider * (of.value - of.range.low), of.value + wider * (of.range.high - of.value),
           of.range.confidence}};
}

/// The published figures of both models beside ours.
inline void audit_models(const model_result& a, const model_result& b, claim_list& audited) {
  const auto both = [&](const model_result& model, const std::array<std::string, 4>& ids,
                        const std::array<double, 5>& published) {
    const auto& ours = model.held_out;
    const auto& tenth = ours.deciles[0];
    audited.add(ids[0], {model.name + ": ROC-AUC", published[0], 4}, against_another_sample(ours.roc_auc));
    audited.add(ids[1], {model.name + ": average precision", published[1], 4},
                against_another_sample(ours.average_precision));
    audited.add(ids[2], {model.name + ": conversion of the top 10 %, %", published[2], 2},
                against_another_sample(times(mean_estimate{tenth.rate, tenth.rate_interval}, 100)));
    audited.add(ids[2], {model.name + ": lift of the top 10 %", published[3], 2},
                against_another_sample(ours.lift_10()));
    audited.add(ids[3], {model.name + ": lift of the top 20 %", published[4], 2},
                against_another_sample(ours.lift_20()));
  };
  both(a, {"S1-13", "S1-14", "S1-15", "S1-16"}, {0.8721, 0.5634, 24.16, 3.27, 2.68});
  both(b, {"S1-20", "S1-21", "S1-22", "S1-23"}, {0.5812, 0.0998, 11.84, 1.60, 1.48});
}
