// SPDX-License-Identifier: MIT
// The first study, end to end: who will buy, judged on sessions that the models have not seen, and six segments.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <footfall/footfall.hpp>
#include <footfall/report/provenance.hpp>
#include <footfall/report/write_report.hpp>
#include <footfall/store/model.hpp>

#include "../arguments.hpp"
#include "../charts.hpp"
#include "../study.hpp"
#include "../study_clock.hpp"
#include "audience.hpp"
#include "business.hpp"
#include "choice_of_k.hpp"
#include "claims.hpp"
#include "data.hpp"
#include "labels.hpp"
#include "layers.hpp"
#include "live.hpp"
#include "models.hpp"
#include "published.hpp"
#include "reasons.hpp"
#include "segments.hpp"

namespace {

using ff::text;

constexpr const char* usage =
    "usage: propensity_study [--out DIR] [--sessions N] [--seed S] [--label NAME]\n"
    "  --out DIR       where the page, its numbers, charts, models and audience.csv go (out/propensity)\n"
    "  --sessions N    sessions of the made-up shop (25000)\n"
    "  --seed S        of the shop, the split, the forests and the segments (7)\n"
    "  --label NAME    who buys: seed_like, repair or funnel (seed_like)\n"
    "  --events FILE   a log of your own in place of a made-up shop: a GA4 export (.jsonl, .ndjson) or CSV with the "
    "columns\n"
    "                  visitor, timestamp (ISO 8601), name, device_category, source, country, percent_scrolled, "
    "value\n";

ff::page page_with_headlines(const shop_sessions& data, const model_result& a, const model_result& b,
                             const segmentation& found, std::uint64_t seed) {
  const auto base = ff::rate_of(data.bought.positives(), data.bought.size());
  ff::page page("Who will buy: propensity and segments of a fashion shop",
                text("A published study of 25,000 sessions, done again with every figure beside its interval: ",
                     ff::thousands(data.sessions.rows()), " sessions, ", data.source, ", seed ", seed, "."));
  page.headlines({{"Conversion", ff::percent(base.value), ff::percent(base.wilson)},
                  {"Model A, lift of the top 10 %", ff::fixed(a.held_out.lift_10().value, 2),
                   ff::fixed(a.held_out.lift_10().range, 2)},
                  {"Model A, ROC-AUC", ff::fixed(a.held_out.roc_auc.value, 3), ff::fixed(a.held_out.roc_auc.range, 3)},
                  {"Model B, lift of the top 10 %", ff::fixed(b.held_out.lift_10().value, 2),
                   ff::fixed(b.held_out.lift_10().range, 2)},
                  {"Model B, ROC-AUC", ff::fixed(b.held_out.roc_auc.value, 3), ff::fixed(b.held_out.roc_auc.range, 3)},
                  {"Segments", text(found.best()), "by silhouette, of 2 to 10"}});
  if (!data.made) {
    page.paragraph(
        "These are other sessions than those of the studied report: its figures stand beside them for comparison "
        "only.");
    return page;
  }
  page.paragraph(
      "The sessions are made up, because those of the studied report cannot be had. Segment sizes, conversion rates "
      "and order "
      "values were set to the published ones, so agreement there says that the generator works, and nothing about a "
      "real "
      "shop. What the models, the lifts and the choice of segments come to was not set; it follows.");
  return page;
}

void study(const arguments& given) {
  const std::filesystem::path folder = given.text("out", "out/propensity");
  const auto count = given.whole<ff::index>("sessions", 25'000);
  const auto seed = given.whole<std::uint64_t>("seed", 7);
  const auto label = given.text("label", "seed_like");
  study_clock clock(9);

  clock.begin("events and sessions");
  const auto file = given.text("events", "");
  const auto data = file.empty() ? made_shop(count, seed, label) : cut_into_sessions(read_log(file), file, false);
  require_enough(data);
  std::filesystem::create_directories(folder);  // what cannot be written should not take long to say so
  const auto split = ff::stratified_split(data.bought, {.test_share = 0.25, .seed = seed});
  const auto barred = and_also(late_columns, {"engagement_score"});
  // The guard against leaks: throws if Model B could see anything of the cart or later.
  ff::known_by{ff::stage::browse}.fit(data.sessions.without(and_also(barred, {"purchased", "revenue"})));

  clock.begin("models A and B");
  auto a = fit_and_judge("Model A", data, split, {}, seed, 300);
  auto b = fit_and_judge("Model B", data, split, barred, seed, 300);
  const auto leaky = held_out(data, split, late_columns, seed, 50);
  clock.begin("model B live");
  const auto live = live_model(data, split, seed);
  const auto moments = other_moments(data, split, live, seed);
  clock.begin("cross-validation");
  a.cross_validated = cross_validated(data, {}, seed);
  b.cross_validated = cross_validated(data, barred, seed);
  clock.begin("importance");
  const auto of_a = permuted(a, data, split, seed), of_b = permuted(b, data, split, seed);
  clock.begin("segments");
  const auto found = find_segments(data.sessions, data.bought, choose_segments(data.sessions, seed, clock.run()));
  clock.begin("other labels");
  const auto labels = file.empty() ? try_labels(count, seed) : std::vector<label_result>();

  clock.begin("page");
  const auto base = ff::rate_of(data.bought.positives(), data.bought.size());
  const auto all = static_cast<double>(data.sessions.rows());
  claim_list audited, limits;
  audited.add("S1-02", {"Sessions", 25'000, 0}, {all, {all, all, 1}});
  audited.add("S1-03", {"Conversion of all sessions, %", 7.39, 2}, estimate_of(base, 100));
  audit_models(a, b, audited);
  audit_segments(found, data.sessions, audited);
  audit_published_figures(limits);

  ff::json report;
  report["study"] = "propensity";
  report["sessions"] = data.sessions.rows();
  report["seed"] = seed;
  report["label"] = label;
  report["base_rate"] = base.value;
  report["base_rate_interval"] = ff::as_json(base.wilson);
  report["model_a"] = as_json(a);
  report["model_b"] = as_json(b);
  report["model_b_live"] = as_json(live);
  report["model_b_with_engagement_score"] = as_json(leaky);

  auto page = page_with_headlines(data, a, b, found, seed);
  describe_layers(
      {{"Behavioural data", "an analytics event stream", text(ff::thousands(data.log.size()), " events")},
       {"Feature engineering", "aggregation, engagement scores, device and time flags",
        text(ff::thousands(data.sessions.rows()), " sessions with ", data.sessions.cols(), " columns")},
       {"Propensity models", "one for the full session, one before the checkout",
        text("forests of 300 trees on ", ff::thousands(static_cast<std::int64_t>(split.train.size())), " sessions")},
       {"Segmentation", "K-Means", text(found.segments.size(), " named segments of all sessions")},
       {"Business actions", "personalisation, remarketing, checkout",
        text("a list of ", ff::thousands(data.sessions.rows()), " sessions with tenth, segment and action")}},
      page, report);
  describe_quality(data, page, report);
  describe_features(data.sessions, page);
  explore(data, page, report);
  describe_models({&a, &b}, leaky, data, split, page);
  describe_live(live, moments, page, report);
  describe_reasons(a, b, of_a, of_b, data, split, page, report);
  describe_calibration(a, b, data, split, page, report);
  describe_k(found.tried, page, report);
  describe_segments(found, data.sessions, page, report);
  describe_actions(found, page);
  describe_uses(a, b, found, page, report);
  describe_business_case(b, split, data.sessions, data.bought, audited, page, report);
  describe_claims(audited, limits, page);
  if (!labels.empty()) describe_labels(labels, page, report);
  report["claims"] = audited.json();
  report["claims_against_each_other"] = limits.json();

  ff::provenance from{.data = data.source, .sessions = data.sessions.rows(), .seed = seed};
  from.add("Model A", a.model).add("Model B", b.model).add("Model B live", live.model).add("six segments", found.fit());
  page.made_from(from);
  report["made_from"] = as_json(from);
  clock.begin("files");
  const auto trained = text(split.train.size());
  const std::vector<std::function<void()>> files = {
      [&] { ff::write_report(folder, page, report, chart_programs()); },
      [&] { ff::write_csv(folder / "sessions.csv", data.sessions, {.guard_formulas = true}); },
      [&] { write_audience(folder / "audience.csv", a.honest(split), b.honest(split), found); },
      [&] {
        ff::save(folder / "model_a.ffm", a.model, {{"sessions", trained}, {"seed", text(seed)}});
      },
      [&] {
        ff::save(folder / "model_b.ffm", b.model, {{"sessions", trained}, {"seed", text(seed)}});
      },
      [&] {
        ff::save(folder / "model_b_live.ffm", live.model, {{"seconds", "30"}, {"seed", text(seed)}});
      }};
  ff::workers({}).for_each_index(static_cast<ff::index>(files.size()),
                                 [&](ff::index i) { files[static_cast<std::size_t>(i)](); });
  clock.end();

  ff::printed_table summary(
      text("propensity study: ", ff::thousands(data.sessions.rows()), " sessions, conversion ", ff::percent(base.value),
           " (", ff::percent(base.wilson), "), ", found.best(), " segments by silhouette"),
      {{"model"}, {"AUC"}, {"lift of the top 10 %"}, {"interval"}, {"lift of the top 20 %"}, {"interval"}});
  for (const auto& [name, model] :
       {std::pair("A, whole session", &std::as_const(a)), std::pair("B, before the cart", &std::as_const(b)),
        std::pair("B live, 30 s into the session", &live)}) {
    const auto& of = model->held_out;
    summary.add({name, ff::fixed(of.roc_auc.value, 3), ff::fixed(of.lift_10().value, 2),
                 ff::fixed(of.lift_10().range, 2), ff::fixed(of.lift_20().value, 2), ff::fixed(of.lift_20().range, 2)});
  }
  ff::print(std::cout, summary);
  ff::print(std::cout, ff::stage_table("\ntime", clock.times()));
  for (const char* written : {"report.html", "report.json", "audience.csv"}) {
    std::cout << (folder / written).string() << '\n';
  }
}

}  // namespace

int main(int count, char** words) {
  return run_program(count, words, usage, {"out", "sessions", "seed", "label", "events"}, study);
}
