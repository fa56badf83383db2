// SPDX-License-Identifier: MIT
// The first study, end to end: who will buy, judged on sessions that the models have not seen, and six segments.
#include <chrono>
#include <filesystem>
#include <iostream>

#include <footfall/footfall.hpp>
#include <footfall/report/explanations.hpp>
#include <footfall/report/file.hpp>
#include <footfall/report/page.hpp>
#include <footfall/report/results.hpp>
#include <footfall/store/model.hpp>

#include "arguments.hpp"
#include "study.hpp"

namespace {

using ff::printed_cell;
using ff::text;

constexpr const char* usage =
    "usage: propensity_study [--out DIR] [--sessions N] [--seed S]\n"
    "  --out DIR       where report.json, report.html and the models go (out/propensity)\n"
    "  --sessions N    sessions of the made-up shop (25000)\n"
    "  --seed S        of the shop, the split, the forests and the segments (7)\n";

// What the studied report publishes about 25,000 sessions. The sixth segment is what the five described ones leave.
struct published_segment {
  const char* id;
  const char* name;
  double sessions;
  double conversion;  // percent
};
const std::array<published_segment, 6> published_segments = {{
    {"S1-28", "Mobile low-intent skimmers", 9323, 4.46},
    {"S1-29", "Desktop window shoppers", 5593, 6.94},
    {"S1-30", "Search-driven browsers", 3236, 6.03},
    {"S1-31", "Product explorers, cart hesitators", 2614, 6.24},
    {"S1-32", "High-intent buyers", 2620, 22.56},
    {"S1-33", "Promotion seekers (our name)", 1614, 5.86},
}};

const std::vector<std::string> late_columns = {"add_to_cart", "reached_checkout", "checkout_step_reached",
                                               "checkout_progress_ratio"};

// ---------------------------------------------------------------------------------------------------------- data

void describe_data(const ff::table& sessions, const ff::labels& bought, ff::page& page, ff::json& report) {
  page.section("The data");
  page.paragraph(
      "The sessions are made up, because those of the studied report cannot be had. Segment sizes, conversion rates "
      "and "
      "order values were set to the published ones, so agreement there says that the generator works, and nothing "
      "about "
      "a real shop. What the models, the lifts and the choice of segments come to was not set; it follows.");
  ff::printed_table table("Columns, and the moment of a session at which each is known",
                          {{"Column"},
                           {"Known at", ff::alignment::left},
                           {"Missing"},
                           {"Lowest"},
                           {"Mean"},
                           {"Highest"},
                           {"Levels", ff::alignment::left}});
  const auto plain = [](double value) { return ff::fixed(value, value == std::floor(value) ? 0 : 2); };
  for (const auto& column : sessions.columns()) {
    ff::json each;
    each["name"] = column.name();
    each["stage"] = ff::name_of(column.stage());
    each["missing"] = column.missing();
    if (column.is_numeric()) {
      const auto numbers = column.numbers();
      const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
      const double mean = std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
      each["mean"] = mean;
      table.add({column.name(), ff::name_of(column.stage()), ff::thousands(column.missing()), plain(*low),
                 ff::fixed(mean, 2), plain(*high), ""});
    } else {
      std::string levels;
      for (const auto& level : column.levels()) levels += (levels.empty() ? "" : ", ") + level;
      each["levels"] = ff::json::list(column.levels());
      table.add({column.name(), ff::name_of(column.stage()), ff::thousands(column.missing()), "", "", "", levels});
    }
    report["columns"].push(each);
  }
  page.add(table);

  const auto carts = sessions["add_to_cart"].numbers();
  const auto checkouts = sessions["reached_checkout"].numbers();
  std::int64_t with_cart = 0, with_checkout = 0, past_checkout = 0;
  for (ff::index row = 0; row < bought.size(); ++row) {
    const auto at = static_cast<std::size_t>(row);
    with_cart += carts[at] > 0;
    with_checkout += checkouts[at] > 0;
    past_checkout += bought[row] && checkouts[at] == 0;
  }
  ff::printed_table funnel("The funnel", {{"Step"}, {"Sessions"}, {"Of all", ff::alignment::left}});
  const std::vector<std::pair<std::string, std::int64_t>> steps = {{"Sessions", bought.size()},
                                                                   {"with something in the cart", with_cart},
                                                                   {"that reached the checkout", with_checkout},
                                                                   {"with a purchase", bought.positives()},
                                                                   {"with a purchase but no checkout", past_checkout}};
  for (const auto& [name, count] : steps) {
    const double share = static_cast<double>(count) / static_cast<double>(bought.size());
    funnel.add({name, ff::thousands(count), printed_cell(ff::percent(share)).with_bar(share)});
    report["funnel"][name] = count;
  }
  page.add(funnel);
  page.paragraph(
      text("The last line is not a slip of the generator: with the published rates, ",
           ff::percent(static_cast<double>(past_checkout) / static_cast<double>(bought.positives()), 0),
           " of the buyers must lie outside the one segment that reaches the checkout. A real log cannot look "
           "like this."));
}

// -------------------------------------------------------------------------------------------------------- models

struct model_result {
  double roc_auc = 0;
  ff::interval roc_auc_range;
  double average_precision = 0;
  ff::interval average_precision_range;
  double base = 0;
  std::vector<ff::decile> deciles;
  std::vector<ff::importance> importances;
  ff::permutation_result permuted;  // on the training sessions, each scored by the trees that did not see it

  const ff::decile& top_tenth() const { return deciles[0]; }
  double top_fifth_lift() const { return deciles[1].cumulative_lift; }
  ff::interval top_fifth_range() const { return deciles[1].cumulative_lift_interval; }
};

// Judged on the test sessions: the area by DeLong, the average precision by 2,000 resamples of these.
model_result judge(const ff::scores& score, const ff::labels& y, std::uint64_t seed) {
  model_result result;
  const auto ranking = ff::ranking(score, y);
  const auto area = ff::delong(ranking);
  const auto resampled = ff::ranking_intervals(score, y, {.draws = {.replicates = 2000, .seed = seed}});
  result.roc_auc = area.value;
  result.roc_auc_range = area.range;
  result.average_precision = resampled.average_precision.value;
  result.average_precision_range = resampled.average_precision.range;
  result.base = ff::average_precision(ranking).base;
  result.deciles = ff::decile_table(ranking);
  return result;
}

model_result fit_and_judge(const ff::table& sessions, const ff::labels& bought, const ff::split& split,
                           const std::vector<std::string>& barred, std::uint64_t seed,
                           const std::filesystem::path& file, int permutations) {
  const auto seen_as = [&](ff::column_type type) {
    return ff::select{.without = barred, .until = ff::stage::checkout, .type = type}.names(sessions);
  };
  const auto recipe =
      ff::columns(ff::numeric{seen_as(ff::column_type::numeric)},
                  ff::one_hot{.columns = seen_as(ff::column_type::categorical), .unseen = ff::unseen_level::all_zero}) |
      ff::random_forest{.trees = 300, .min_leaf = 20, .seed = seed};
  const auto seen = sessions.rows(split.train);
  const auto model = recipe.fit(seen, bought.rows(split.train));
  ff::save(file, model, {{"sessions", text(seen.rows())}, {"seed", text(seed)}});
  auto result = judge(model.score(sessions.rows(split.test)), bought.rows(split.test), seed);
  result.importances = ff::by_source(model.last().importances());
  if (permutations > 0) {
    result.permuted = ff::permutation_importance{.repeats = permutations, .seed = seed}.of(
        recipe.last, model.last(), model.first().transform(seen), bought.rows(split.train), ff::measure::roc_auc{});
  }
  return result;
}

ff::json as_json(const model_result& model) {
  ff::json out;
  out["roc_auc"] = model.roc_auc;
  out["roc_auc_interval"] = ff::as_json(model.roc_auc_range);
  out["average_precision"] = model.average_precision;
  out["average_precision_interval"] = ff::as_json(model.average_precision_range);
  out["lift_10"] = model.top_tenth().lift;
  out["lift_10_interval"] = ff::as_json(model.top_tenth().lift_interval);
  out["lift_20"] = model.top_fifth_lift();
  out["lift_20_interval"] = ff::as_json(model.top_fifth_range());
  out["deciles"] = ff::json::list(model.deciles);
  out["importances"] = ff::json::list(model.importances);
  out["permutation_importance"] = ff::as_json(model.permuted);
  return out;
}

void describe_models(const model_result& a, const model_result& b, const model_result& leaky, const ff::split& split,
                     ff::page& page) {
  page.section("Two models");
  page.paragraph(
      text("Random forests of 300 trees with at least 20 sessions a leaf, fitted on ",
           ff::thousands(static_cast<std::int64_t>(split.train.size())), " sessions and judged on the other ",
           ff::thousands(static_cast<std::int64_t>(split.test.size())),
           ", a split that keeps the share of buyers. Model A sees the whole session. Model B is to act before "
           "the cart, so it sees neither the four late columns that the studied report leaves out nor "
           "engagement_score, which adds up the cart and the checkout steps."));
  ff::printed_table table(
      "On sessions that the models have not seen, with 95 % intervals",
      {{"Figure"}, {"Model A"}, {"Interval"}, {"Model B"}, {"Interval"}, {"B with engagement_score"}});
  table.add({"ROC-AUC", ff::fixed(a.roc_auc, 4), ff::fixed(a.roc_auc_range, 3), ff::fixed(b.roc_auc, 4),
             ff::fixed(b.roc_auc_range, 3), ff::fixed(leaky.roc_auc, 4)});
  table.add({"Average precision", ff::fixed(a.average_precision, 4), ff::fixed(a.average_precision_range, 3),
             ff::fixed(b.average_precision, 4), ff::fixed(b.average_precision_range, 3),
             ff::fixed(leaky.average_precision, 4)});
  table.add({"Conversion of the top 10 %", ff::percent(a.top_tenth().rate), ff::percent(a.top_tenth().rate_interval),
             ff::percent(b.top_tenth().rate), ff::percent(b.top_tenth().rate_interval),
             ff::percent(leaky.top_tenth().rate)});
  table.add({"Lift of the top 10 %", ff::fixed(a.top_tenth().lift, 2), ff::fixed(a.top_tenth().lift_interval, 2),
             ff::fixed(b.top_tenth().lift, 2), ff::fixed(b.top_tenth().lift_interval, 2),
             ff::fixed(leaky.top_tenth().lift, 2)});
  table.add({"Lift of the top 20 %", ff::fixed(a.top_fifth_lift(), 2), ff::fixed(a.top_fifth_range(), 2),
             ff::fixed(b.top_fifth_lift(), 2), ff::fixed(b.top_fifth_range(), 2),
             ff::fixed(leaky.top_fifth_lift(), 2)});
  page.add(table);
  page.paragraph(
      text("The last column shows why one more column had to go: left in, engagement_score alone lifts Model B "
           "from an AUC of ",
           ff::fixed(b.roc_auc, 3), " to ", ff::fixed(leaky.roc_auc, 3),
           ", by telling it what it is not supposed to know yet. A random order has an AUC of 0.5 and an average "
           "precision of ",
           ff::fixed(a.base, 4), "."));
  page.paragraph(
      "Model B as it stands describes sessions at their end: durations and page counts are those of the whole session. "
      "It "
      "shows what behaviour before the cart is worth, not what could be said in the middle of a visit.");
  page.add(ff::lift_table("Model A: test sessions ranked by score, in tenths", a.deciles, "Buyers"));
  page.add(ff::lift_table("Model B: test sessions ranked by score, in tenths", b.deciles, "Buyers"));
  page.add(ff::importance_table("Model A: the ten columns it leans on most (impurity importance)", a.importances, 10));
  page.add(ff::importance_table("Model B: the ten columns it leans on most (impurity importance)", b.importances, 10));
  page.paragraph(
      "Impurity importance favours columns with many values, and columns that carry the same fact share it among them. "
      "The "
      "order of neighbours in these lists means little.");
  page.paragraph(
      "Permutation importance asks what the out-of-bag AUC loses when a column is dealt out anew among the sessions. A "
      "column that others can stand in for loses little, and one that says nothing loses nothing, give or take the "
      "luck of the draw.");
  page.add(ff::permutation_table("Model A: permutation importance, two repeats", a.permuted, 10));
  page.add(ff::permutation_table("Model B: permutation importance, two repeats", b.permuted, 10));
}

// ------------------------------------------------------------------------------------------------------ segments

struct segment {
  std::string name;
  std::string sentence;
  ff::segment_profile profile;
  ff::row_set rows;
};

struct segmentation {
  ff::chosen_k<double> choice;
  int chosen = 0;
  std::vector<segment> segments;

  const segment* find(const std::string& name) const {
    const auto found =
        std::find_if(segments.begin(), segments.end(), [&](const auto& each) { return each.name == name; });
    return found == segments.end() ? nullptr : &*found;
  }
};

segmentation find_segments(const ff::table& sessions, const ff::labels& bought, std::uint64_t seed) {
  const auto behaviour =
      ff::numeric{{"pages_viewed", "product_views", "session_duration_sec", "scroll_depth_pct", "wishlist_adds",
                   "used_search", "promo_clicks", "reached_checkout", "checkout_step_reached"}} |
      ff::standard_scaler{};
  const auto x = behaviour.fit(sessions).transform(sessions);

  segmentation result;
  result.choice = ff::choose_k{.from = 2, .to = 8, .restarts = 10, .seed = seed, .resampled_up_to = 5000}.fit(x);
  result.chosen = result.choice.verdict().best;
  const auto ids = result.choice.assign(x);
  const auto profiles = ff::profile(sessions, ids, {.converted = bought, .revenue = "revenue"});
  const auto personas = ff::name_personas(profiles, ff::ga4_personas());
  auto groups = rows_by_group(ids, result.chosen);
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    result.segments.push_back({personas[i].name, personas[i].sentence, profiles[i], std::move(groups[i])});
  }
  const auto place = [](const segment& each) {
    return std::find_if(published_segments.begin(), published_segments.end(),
                        [&](const auto& other) { return other.name == each.name; }) -
           published_segments.begin();
  };
  std::stable_sort(result.segments.begin(), result.segments.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return result;
}

void describe_segments(const segmentation& found, ff::page& page, ff::json& report) {
  page.section("Segments");
  page.paragraph(
      text("K-Means on nine standardised columns: pages, product views, duration, scroll depth, wishlist, search, "
           "promotions, and the two of the checkout. Every k is fitted on all sessions with ten restarts; its mean "
           "silhouette is that of ",
           ff::thousands(found.choice.of(found.chosen).silhouette_sessions), " sessions. The label takes no part."));
  describe_choice(found.choice, page, report);
  page.paragraph("Other columns choose another k: these nine are part of the result.");

  double highest = 0;
  for (const auto& each : found.segments) highest = std::max(highest, each.profile.conversion->value);
  ff::printed_table sizes("What the segments come to", {{"Segment"},
                                                        {"Sessions"},
                                                        {"Share"},
                                                        {"Buyers"},
                                                        {"Conversion", ff::alignment::left},
                                                        {"95 % interval"},
                                                        {"Revenue a session"}});
  ff::printed_table means("How they behave: means, and shares of 0 to 1", {{"Segment"},
                                                                           {"Mobile"},
                                                                           {"Search"},
                                                                           {"Promotions"},
                                                                           {"Pages"},
                                                                           {"Product views"},
                                                                           {"Duration, s"},
                                                                           {"Scroll, %"},
                                                                           {"Cart"},
                                                                           {"Checkout"}});
  report["segments"] = ff::json::array();
  for (const auto& each : found.segments) {
    const auto size = each.profile.sessions;
    const double share = each.profile.share.value;
    const double mobile = each.profile.level("device", "mobile").share.value;
    const auto& conversion = *each.profile.conversion;
    const auto mean = [&](const char* column) { return each.profile.mean(column); };
    sizes.add({each.name, ff::thousands(size), ff::percent(share, 1), ff::thousands(conversion.hits),
               printed_cell(ff::percent(conversion.value)).with_bar(highest > 0 ? conversion.value / highest : 0),
               ff::percent(conversion.wilson), ff::money(mean("revenue"))});
    means.add({each.name, ff::fixed(mobile, 2), ff::fixed(mean("used_search"), 2), ff::fixed(mean("promo_clicks"), 2),
               ff::fixed(mean("pages_viewed"), 2), ff::fixed(mean("product_views"), 2),
               ff::fixed(mean("session_duration_sec"), 0), ff::fixed(mean("scroll_depth_pct"), 0),
               ff::fixed(mean("add_to_cart"), 2), ff::fixed(mean("reached_checkout"), 2)});
    ff::json out;
    out["name"] = each.name;
    out["sentence"] = each.sentence;
    out["sessions"] = size;
    out["share"] = share;
    out["conversion"] = ff::as_json(conversion);
    out["means"]["mobile"] = mobile;
    for (const char* column : {"used_search", "promo_clicks", "pages_viewed", "product_views", "session_duration_sec",
                               "scroll_depth_pct", "add_to_cart", "reached_checkout", "revenue"}) {
      out["means"][column] = mean(column);
    }
    report["segments"].push(out);
  }
  page.add(sizes);
  page.add(means);
  ff::printed_table names("Names, given by rules, and the evidence", {{"Segment"}, {"Why", ff::alignment::left}});
  for (const auto& each : found.segments) names.add({each.name, each.sentence});
  page.add(names);
}

// -------------------------------------------------------------------------------------------------------- claims

// What the studied report publishes about its models. It speaks of 25,000 sessions and of a top fifth of 1,250.
const ff::published_evaluation published_models = {
    .sessions = {25'000, 6250},
    .base_rate = ff::printed("7.39 %"),
    .rankings = {{.name = "Model A",
                  .roc_auc = ff::printed("0.8721"),
                  .average_precision = ff::printed("0.5634"),
                  .depths = {{.depth = 0.1, .rate = ff::printed("24.16 %"), .lift = ff::printed("3.27")},
                             {.depth = 0.2, .sessions = 1250, .lift = ff::printed("2.68")}}},
                 {.name = "Model B",
                  .roc_auc = ff::printed("0.5812"),
                  .average_precision = ff::printed("0.0998"),
                  .depths = {{.depth = 0.1, .rate = ff::printed("11.84 %"), .lift = ff::printed("1.60")},
                             {.depth = 0.2, .sessions = 1250, .lift = ff::printed("1.48")}}}}};

void audit_models(const model_result& a, const model_result& b, claim_list& audited) {
  const auto both = [&](const std::string& model, const model_result& ours, const std::array<std::string, 4>& ids,
                        const std::array<double, 5>& published) {
    const auto& tenth = ours.top_tenth();
    audited.add(ids[0], {model + ": ROC-AUC", published[0], 4}, {ours.roc_auc, ours.roc_auc_range});
    audited.add(ids[1], {model + ": average precision", published[1], 4},
                {ours.average_precision, ours.average_precision_range});
    audited.add(ids[2], {model + ": conversion of the top 10 %, %", published[2], 2},
                times(mean_estimate{tenth.rate, tenth.rate_interval}, 100));
    audited.add(ids[2], {model + ": lift of the top 10 %", published[3], 2}, {tenth.lift, tenth.lift_interval});
    audited.add(ids[3], {model + ": lift of the top 20 %", published[4], 2},
                {ours.top_fifth_lift(), ours.top_fifth_range()});
  };
  both("Model A", a, {"S1-13", "S1-14", "S1-15", "S1-16"}, {0.8721, 0.5634, 24.16, 3.27, 2.68});
  both("Model B", b, {"S1-20", "S1-21", "S1-22", "S1-23"}, {0.5812, 0.0998, 11.84, 1.60, 1.48});
}

// The five described segments; of a sixth only the existence.
ff::audited_segments audited_published_segments() {
  ff::published_segments published{.sessions = 25'000, .base_rate = ff::printed("7.39 %")};
  for (const auto& each : published_segments) {
    const bool described = &each != &published_segments.back();
    published.segments.push_back(
        {.name = each.name, .sessions = described ? static_cast<std::int64_t>(each.sessions) : 0});
    if (described) published.segments.back().rate = {each.conversion / 100, 4};
  }
  published.segments[3].step_rate = ff::printed("0.01");
  published.segments[4].step_rate = ff::printed("1.00");
  published.segments[4].revenue_per_session = ff::printed("33.23");
  return ff::audit(published);
}

// The published figures against each other: nothing of ours takes part.
void audit_published_figures(claim_list& audited) {
  for (const auto& each : ff::audit(published_models).claims) {
    const std::string& name = each.claim.name;
    const bool area = name.find("ROC-AUC") != std::string::npos, precision = name.find("average") != std::string::npos;
    const bool first = name.find("Model A") != std::string::npos;
    if (area) audited.add(first ? "S1-13/15" : "S1-20/22", each);
    if (precision) audited.add(first ? "S1-14/15" : "S1-21/22", each);
  }
  for (const auto& each : audited_published_segments().claims) {
    if (each.claim.name.ends_with("step of every conversion")) audited.add("S1-31/32", each);
  }
}

void audit_segments(const segmentation& found, const ff::table& sessions, claim_list& audited) {
  const auto chosen = static_cast<double>(found.chosen);
  audited.add("S1-26", {"Segments chosen by silhouette", 6, 0}, {chosen, {chosen, chosen, 1}});
  for (std::size_t i = 0; i < published_segments.size(); ++i) {
    const auto& published = published_segments[i];
    const segment* const ours = found.find(published.name);
    // `estimate` is asked only where we have that segment.
    const auto about = [&](const char* what, double value, int decimals, const auto& estimate) {
      audited.add(published.id, {text(published.name, ": ", what), value, decimals},
                  ours == nullptr ? mean_estimate{} : estimate());
    };
    const auto mean = [&](const char* column) {
      return [&, column] { return mean_over(sessions[column].numbers(), ours->rows); };
    };
    about("sessions of 25,000", published.sessions, 0, [&] {
      return estimate_of(ff::rate_of(static_cast<std::int64_t>(ours->rows.size()), sessions.rows()), 25'000);
    });
    about("conversion, %", published.conversion, 2, [&] { return estimate_of(*ours->profile.conversion, 100); });
    if (i == 0)
      about("mobile, %", 91, 0, [&] { return estimate_of(ours->profile.level("device", "mobile").share, 100); });
    if (i == 2) about("used_search", 1.00, 2, mean("used_search"));
    if (i == 3) about("product_views", 4.26, 2, mean("product_views"));
    if (i == 3) about("add_to_cart", 0.30, 2, mean("add_to_cart"));
    if (i == 3) about("reached_checkout", 0.01, 2, mean("reached_checkout"));
    if (i == 4) about("add_to_cart", 1.00, 2, mean("add_to_cart"));
    if (i == 4) about("reached_checkout", 1.00, 2, mean("reached_checkout"));
    if (i == 4) about("revenue a session, $", 33.23, 2, mean("revenue"));
  }
}

void describe_claims(const claim_list& audited, ff::page& page) {
  page.section("Published figures and ours");
  page.paragraph(verdicts_explained);
  page.add(ff::claim_table(
      "The models", audited.of({"S1-03", "S1-13", "S1-14", "S1-15", "S1-16", "S1-20", "S1-21", "S1-22", "S1-23"})));
  page.paragraph(
      "Model A's two areas do not come out, and no other made-up shop would help: they cannot hold together with its "
      "own "
      "lifts. The lifts fix how many of the 462 buyers stand in the first and in the second tenth of 6,250 test "
      "sessions, "
      "and that limits both areas, whatever the model.");
  page.add(ff::claim_table("What the published lifts of Model A allow", audited.of({"S1-13/15", "S1-14/15"})));
  page.add(ff::claim_table("What those of Model B allow", audited.of({"S1-20/22", "S1-21/22"})));
  page.add(ff::claim_table("The segments",
                           audited.of({"S1-26", "S1-28", "S1-29", "S1-30", "S1-31", "S1-31/32", "S1-32", "S1-33"})));
  const auto published = audited_published_segments();
  const auto& sixth = published.segments.back();
  const auto& hesitators = published.segments[3];
  page.paragraph(
      text("The published table by itself: its five segments leave ", ff::thousands(sixth.sessions), " sessions and ",
           sixth.conversions.low, " or ", sixth.conversions.high, " buyers for the sixth. Of ",
           hesitators.conversions.low, " buyers among the cart hesitators at least ", hesitators.conversions_past_step,
           " never reached the checkout, which no shop's log can show. An order of the high-intent buyers is "
           "worth ",
           ff::money(published.segments[4].order_value.low), " to ", ff::money(published.segments[4].order_value.high),
           "."));
  page.paragraph(
      "The studied report finds six segments and describes five. The sixth is what these leave of 25,000 sessions and "
      "of "
      "1,847 buyers; that promotions set it apart is our assumption. The interval of a size is that of its share.");
}

// ------------------------------------------------------------------------------------------------- business case

const ff::published_business_case published_case = {.judged = 6250,
                                                    .named = 25'000,
                                                    .conversions = 137,
                                                    .effect = 0.12,
                                                    .order_value = ff::printed("143.53"),
                                                    .extra_orders = ff::printed("16"),
                                                    .extra_revenue = {2300, -2},
                                                    .scaled_to = 500'000,
                                                    .scaled_revenue = {46'000, -3}};

// The same offer to the published audience and to ours. The report states no margin and no cost: these are left at all of
// the price and at nothing, which is the best that they can be.
ff::business_case case_of(std::int64_t judged, std::int64_t reached, std::int64_t conversions,
                          const ff::assumption& order_value, std::int64_t scaled_to) {
  return {.judged = judged,
          .reached = reached,
          .conversions = conversions,
          .offer = {.effect = {published_case.effect},
                    .order_value = order_value,
                    .margin = 1,
                    .discount = 0,
                    .redeemed = 1,
                    .contact_cost = 0},
          .scaled_to = scaled_to};
}

ff::json as_json(const ff::business_case& given, const ff::business_ledger& ledger) {
  ff::json out;
  out["sessions_judged"] = given.judged;
  out["audience"] = given.reached;
  out["conversions"] = given.conversions;
  out["assumed_effect"] = given.offer.effect.value;
  out["order_value"] = given.offer.order_value.value;
  out["scaled_to"] = given.scaled_to;
  out["ledger"] = ff::as_json(ledger);
  return out;
}

void describe_business_case(const model_result& b, const ff::split& split, const ff::table& sessions,
                            const ff::labels& bought, claim_list& audited, ff::page& page, ff::json& report) {
  const auto revenue = sessions["revenue"].numbers();
  const auto buyers = [&] {
    ff::row_set rows;
    for (ff::index row = 0; row < bought.size(); ++row) {
      if (bought[row]) rows.push_back(row);
    }
    return mean_over(revenue, rows);
  }();
  audited.add("S1-41", {"Average order value, $", 143.53, 2}, buyers);
  for (const auto& each : ff::audit(published_case)) {
    audited.add(each.claim.name.ends_with("scaled") ? "S1-42" : "S1-41", each);
  }

  // Whole buyers: where the cut goes through equal scores, the mean over their orders may be none.
  const auto found = static_cast<std::int64_t>(std::floor(b.deciles[1].cumulative_positives));
  const auto judged = static_cast<std::int64_t>(split.test.size());
  const auto published_once = case_of(6250, 1250, 137, {143.53}, 6250);
  const auto published_month = case_of(6250, 1250, 137, {143.53}, published_case.scaled_to);
  const auto ours_once = case_of(judged, b.deciles[1].cumulative_sessions, found,
                                 {buyers.value, buyers.range.low, buyers.range.high}, judged);
  auto ours_month = ours_once;
  ours_month.scaled_to = published_case.scaled_to;
  auto coupon = ours_month;
  coupon.offer.discount = 0.1;
  coupon.offer.margin = 0.5;
  const auto published = ff::work_out(published_once), ours = ff::work_out(ours_once);
  const auto month = ff::work_out(published_month), our_month = ff::work_out(ours_month);
  const auto with_coupon = ff::work_out(coupon);

  page.section("The business case");
  page.paragraph(
      "The arithmetic of the studied report with every input in sight. The audience is the top 20 % of the test "
      "sessions by Model B. The effect of 12 % is assumed there, not measured, and no margin and no cost is given: so "
      "this is revenue, before any cost, if the assumption held. The intervals are those of the counted buyers and of "
      "the order value; they say nothing of the assumed effect.");
  ff::printed_table table(
      "The ledger", {{"Line"}, {"As published"}, {"Here"}, {"Interval"}, {"Where it comes from", ff::alignment::left}});
  const auto line = [&](const char* name, const ff::amount& theirs, const ff::amount& our, int digits, bool money,
                        const ff::printed_cell& source) {
    const auto shown = [&](double value) { return money ? ff::money(value, digits) : ff::fixed(value, digits); };
    table.add({name, shown(theirs.value), shown(our.value), text(shown(our.range.low), " to ", shown(our.range.high)),
               source});
  };
  table.add({"Sessions judged", "6,250", ff::thousands(judged), "", "a quarter of all, the test sessions"});
  table.add({"Audience", "1,250", ff::thousands(ours_once.reached), "", "the top 20 % of these"});
  line("Conversions in it", published.conversions, ours.conversions, 0, false, "counted");
  table.add({"Relative effect", "12 %", "12 %", "", ff::printed_cell("assumed").with_tone(ff::tone::caution)});
  line("Extra orders", published.extra_orders, ours.extra_orders, 2, false, "conversions × effect");
  line("Extra revenue", published.extra_revenue, ours.extra_revenue, 0, true, "extra orders × order value");
  line("The same at 500,000 sessions a month", month.extra_revenue, our_month.extra_revenue, 0, true,
       "× 500,000 / sessions judged");
  line("The same month with a coupon of 10 % and a margin of 50 %",
       ff::work_out([&] {
         auto theirs = published_month;
         theirs.offer = coupon.offer;
         theirs.offer.order_value = {143.53};
         return theirs;
       }())
           .net_profit,
       with_coupon.net_profit, 0, true, "half of the extra revenue, less a tenth of all orders in the audience");
  page.add(table);
  page.paragraph(text("A coupon is redeemed by those who would have bought anyway. At a margin of 50 %, one of ",
                      ff::percent(with_coupon.break_even_discount, 1),
                      " already eats all that an effect of 12 % brings. To prove such an effect takes ",
                      ff::thousands(ours.sessions_to_prove),
                      " sessions on each side of a test that withholds the offer from "
                      "half of the audience by chance; this audience has ",
                      ff::thousands(ours_once.reached), ". ", ff::propensity_is_not_uplift));
  page.add(ff::claim_table("The published figures of the case", audited.of({"S1-41", "S1-42"})));
  page.paragraph(
      text("The published $46,000 a month multiplies by 500,000 / 25,000 = 20, although the $2,300 come from 6,250 "
           "sessions, a quarter of these: its own inputs give four times as much, about ",
           ff::money(month.extra_revenue.value, 0), "."));

  report["business_case"]["published_inputs"] = as_json(published_month, month);
  report["business_case"]["ours"] = as_json(ours_month, our_month);
  report["business_case"]["ours_with_coupon"] = as_json(coupon, with_coupon);
}

void describe_layers(ff::page& page) {
  page.section("The five layers");
  ff::printed_table table(
      "From behaviour to action, as the studied report draws it, and where each layer is here",
      {{"Layer"}, {"In the report", ff::alignment::left}, {"In this program", ff::alignment::left}});
  table.add(
      {"1. Behavioural data", "an analytics event stream", "fashion_store: made-up sessions, already one row each"});
  table.add({"2. Feature engineering", "aggregation, engagement scores, device and time flags",
             "derived columns with their stage; numeric and one_hot side by side"});
  table.add({"3. Propensity models", "one for the full session, one before the checkout",
             "two random_forest pipelines, judged on a stratified_split"});
  table.add({"4. Segmentation", "K-Means", "standard_scaler | choose_k, profile, name_personas"});
  table.add({"5. Business actions", "personalisation, remarketing, checkout", "the ranked audience and its ledger"});
  page.add(table);
}

// ---------------------------------------------------------------------------------------------------------- whole

void study(const arguments& given) {
  const auto started = std::chrono::steady_clock::now();
  const std::filesystem::path folder = given.text("out", "out/propensity");
  const auto count = given.whole<ff::index>("sessions", 25'000);
  const auto seed = given.whole<std::uint64_t>("seed", 7);

  std::filesystem::create_directories(folder);
  const auto sessions = ff::fashion_store{.sessions = count, .seed = seed}.generate();
  const auto bought = ff::label(sessions, "purchased");
  const auto split = ff::stratified_split(bought, {.test_share = 0.25, .seed = seed});
  const auto base = ff::rate_of(bought.positives(), bought.size());

  auto late_and_score = late_columns;
  late_and_score.push_back("engagement_score");
  const auto a = fit_and_judge(sessions, bought, split, {}, seed, folder / "model_a.ffm", 2);
  const auto b = fit_and_judge(sessions, bought, split, late_and_score, seed, folder / "model_b.ffm", 2);
  const auto leaky =
      fit_and_judge(sessions, bought, split, late_columns, seed, folder / "model_b_with_engagement_score.ffm", 0);
  const auto found = find_segments(sessions, bought, seed);
  claim_list audited;
  audited.add("S1-03", {"Conversion of all sessions, %", 7.39, 2}, estimate_of(base, 100));
  audit_models(a, b, audited);
  audit_published_figures(audited);
  audit_segments(found, sessions, audited);

  ff::json report;
  report["study"] = "propensity";
  report["version"] = text(FOOTFALL_VERSION_MAJOR, '.', FOOTFALL_VERSION_MINOR, '.', FOOTFALL_VERSION_PATCH);
  report["sessions"] = sessions.rows();
  report["seed"] = seed;
  report["base_rate"] = base.value;
  report["base_rate_interval"] = ff::as_json(base.wilson);
  report["model_a"] = as_json(a);
  report["model_b"] = as_json(b);
  report["model_b_with_engagement_score"] = as_json(leaky);

  ff::page page(
      "Who will buy: propensity and segments of a fashion shop",
      text("A published study of 25,000 sessions, done again on made-up ones with every figure beside its interval: ",
           ff::thousands(sessions.rows()), " sessions, seed ", seed, "."));
  page.headlines(
      {{"Conversion", ff::percent(base.value), ff::percent(base.wilson)},
       {"Model A, lift of the top 10 %", ff::fixed(a.top_tenth().lift, 2), ff::fixed(a.top_tenth().lift_interval, 2)},
       {"Model A, ROC-AUC", ff::fixed(a.roc_auc, 3), ff::fixed(a.roc_auc_range, 3)},
       {"Model B, lift of the top 10 %", ff::fixed(b.top_tenth().lift, 2), ff::fixed(b.top_tenth().lift_interval, 2)},
       {"Model B, ROC-AUC", ff::fixed(b.roc_auc, 3), ff::fixed(b.roc_auc_range, 3)},
       {"Segments", text(found.chosen), "by silhouette, of 2 to 8"}});
  describe_layers(page);
  describe_data(sessions, bought, page, report);
  describe_models(a, b, leaky, split, page);
  describe_segments(found, page, report);
  describe_business_case(b, split, sessions, bought, audited, page, report);
  describe_claims(audited, page);
  report["claims"] = audited.json();

  ff::write_file(folder / "report.json", report.text() + "\n");
  ff::write_file(folder / "report.html", page.html());

  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  ff::printed_table summary(
      text("propensity study: ", ff::thousands(sessions.rows()), " sessions, conversion ", ff::percent(base.value),
           " (", ff::percent(base.wilson), "), ", found.chosen, " segments by silhouette"),
      {{"model"}, {"AUC"}, {"lift of the top 10 %"}, {"interval"}, {"lift of the top 20 %"}, {"interval"}});
  for (const auto& [name, model] : {std::pair("A, whole session", &a), std::pair("B, before the cart", &b)}) {
    summary.add({name, ff::fixed(model->roc_auc, 3), ff::fixed(model->top_tenth().lift, 2),
                 ff::fixed(model->top_tenth().lift_interval, 2), ff::fixed(model->top_fifth_lift(), 2),
                 ff::fixed(model->top_fifth_range(), 2)});
  }
  ff::print(std::cout, summary);
  std::cout << ff::fixed(seconds, 1) << " s\n"
            << (folder / "report.json").string() << '\n'
            << (folder / "report.html").string() << '\n';
}

}  // namespace

int main(int count, char** words) { return run_program(count, words, usage, {"out", "sessions", "seed"}, study); }
