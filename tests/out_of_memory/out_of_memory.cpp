// SPDX-License-Identifier: MIT
// Memory runs out at every place where it can: for each operation, the first allocation fails, then the second, until it succeeds
// without; first that one allocation, then also all after it. Each time there must be a std::bad_alloc, nothing leaked, and the
// arguments as they were; and the result, when there is one at last, must be the usual one.
#include <tests/counted_memory.hpp>
//
#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

#include <footfall/events.hpp>
#include <footfall/footfall.hpp>
#include <footfall/store/model.hpp>
#ifdef FOOTFALL_HAS_GA4
#include <footfall/events/ga4.hpp>
#endif

namespace {

namespace ff = footfall;

int broken = 0;

void complain(const std::string& operation, std::int64_t at, const char* what) {
  std::cout << operation << ", allocation " << at << ": " << what << '\n';
  ++broken;
}

/// `f(run)` with one thread and with three, each with single failures and with lasting ones.
template <class F>
void exhaust(const std::string& operation, F&& f) {
  std::int64_t places = 0;
  for (const int threads : {1, 3}) {
    const ff::run_options run{.threads = threads};
    const auto usual = ff::digest_of(f(run));
    for (const bool lasting : {false, true}) {
      bool succeeded = false;
      for (std::int64_t at = 0; !succeeded && broken < 20; ++at) {
        const std::int64_t before = memory::blocks;
        memory::for_ever = lasting;
        memory::until_failure = at;
        try {
          const auto result = f(run);
          const bool reached = memory::until_failure.exchange(memory::never) < 0;
          succeeded = !reached;
          if (ff::digest_of(result) != usual) complain(operation, at, "another result");
        } catch (const std::bad_alloc&) {
          memory::until_failure = memory::never;
        } catch (const std::exception& other) {
          memory::until_failure = memory::never;
          complain(operation, at, other.what());
        }
        if (memory::blocks != before) complain(operation, at, "memory was leaked");
        places = std::max(places, at);
      }
    }
    if (ff::digest_of(f(run)) != usual) complain(operation, 0, "the arguments were changed");
  }
  std::cout << operation << ": " << places << " places\n";
}

/// Readers and what goes on with events.
void events() {
  ff::random_stream stream(4);
  std::string text = "user_id,event,timestamp,page,value\n";
  std::string lines;
  std::string touches = "visitor,time,channel,converted\n";
  for (int i = 0; i < 60; ++i) {
    const auto visitor = std::to_string(stream.below(10));
    const auto second = std::to_string(stream.below(20'000));
    text += "a visitor whose name is long " + visitor + ",page_view," + std::to_string(1'700'000'000 + i * 500) +
            ",https://shop.example/a/long/address," + second + "\n";
    lines += R"({"event_timestamp":"1700000000)" + std::to_string(100'000 + i) +
             R"(","event_name":"page_view","user_pseudo_id":"a visitor whose name is long )" + visitor +
             R"(","event_params":[{"key":"term","value":{"string_value":"an\tescaped text that is long"}}]})"
             "\n";
    touches += "a visitor whose name is long " + visitor + "," + second + (i % 2 == 0 ? ",Ads," : ",Email,") +
               (stream.below(5) == 0 ? "1\n" : "0\n");
  }
  const ff::log_columns columns{.page = "page", .numbers = {"value"}};
  exhaust("parse_csv_log", [&](const auto& run) { return ff::parse_csv_log(text, columns, {}, run).events.bytes(); });
#ifdef FOOTFALL_HAS_GA4
  exhaust("read_ga4", [&](const auto&) {
    std::istringstream in(lines);
    return ff::read_ga4(in).events.bytes();
  });
#endif
  const auto log = ff::parse_csv_log(text, columns).events;
  const auto sessions = ff::sessionize(log);
  const auto declared = ff::studied_features();
  exhaust("sessionize", [&](const auto& run) { return ff::sessionize(log, ff::session_rules::ga4(), run); });
  exhaust("features_of",
          [&](const auto& run) { return ff::features_of(log, sessions, declared, ff::as_of::end(), run).features; });
  exhaust("event_log::append", [&](const auto&) {
    ff::event_log copy;
    for (ff::index i = 0; i < 40; ++i) copy.append(log[i].copy());
    return copy.bytes() > 0 ? copy.size() : 0;
  });
  const auto table = ff::parse_csv(touches, {.categorical = {"visitor"}});
  exhaust("collect_journeys", [&](const auto&) {
    return ff::collect_journeys(table, {"visitor", "time", "channel", "converted"}).paths.size();
  });
}

void attribution() {
  std::vector<ff::path> paths;
  for (int i = 0; i < 60; ++i) paths.push_back({{"Ads", i % 3 == 0 ? "Email" : "Google"}, 1, 2, 10});
  const auto journeys = ff::journeys::of_paths(paths);
  exhaust("position_based", [&](const auto&) { return ff::position_based{}.credit_of(journeys).conversions; });
  exhaust("rate_shapley", [&](const auto&) { return ff::rate_shapley{}.credit_of(journeys).conversions; });
  exhaust("rate_shapley of drawn orders", [&](const auto& run) {
    return ff::rate_shapley{.pairs = 4, .exact_up_to = 0}.contributions(journeys, {}, run).conversion;
  });
  exhaust("markov::fit", [&](const auto&) { return ff::markov{}.fit(journeys); });
  exhaust("markov", [&](const auto&) { return ff::markov{}.credit_of(journeys).conversions; });
}

}  // namespace

int main() {
  events();
  attribution();
  constexpr ff::index rows = 300;
  ff::random_stream stream(3);
  ff::matrix<float> x(rows, 5);
  std::vector<std::uint8_t> bought;
  std::string text = "pages,device\n";
  for (ff::index row = 0; row < rows; ++row) {
    for (ff::index column = 0; column < 5; ++column) x(row, column) = static_cast<float>(stream.below(50));
    bought.push_back(x(row, 0) + static_cast<float>(stream.below(30)) > 50);
    text += std::to_string(stream.below(50)) + (stream.below(2) == 0 ? ",phone\n" : ",a computer with a long name\n");
  }
  const ff::labels y(bought);
  const ff::random_forest forest{.trees = 4, .seed = 1};
  const auto fitted = forest.fit(x, y);
  const ff::random_forest more{.trees = 6, .seed = 1};
  const auto explainer = ff::explainer_for(fitted, x);
  const auto scores = fitted.score(x);
  const auto bytes = ff::store::to_bytes(fitted);
  const ff::kmeans kmeans{.clusters = 3, .restarts = 2, .seed = 1};
  const auto ids = kmeans.fit(x).assign(x);

  exhaust("parse_csv", [&](const auto& run) { return ff::parse_csv(text, {}, run); });
  exhaust("random_forest::fit", [&](const auto& run) { return forest.fit(x, y, {}, run); });
  exhaust("fitted_forest::score", [&](const auto& run) { return fitted.score(x, run); });
  exhaust("roc_auc", [&](const auto&) { return ff::roc_auc(scores, y).value; });
  exhaust("decile_table", [&](const auto&) { return ff::decile_table(scores, y).front().lift; });
  exhaust("standard_scaler::fit", [&](const auto& run) { return ff::standard_scaler{}.fit(x, {}, run); });
  exhaust("kmeans::fit", [&](const auto& run) { return kmeans.fit(x, {}, run); });
  exhaust("silhouette", [&](const auto& run) { return ff::silhouette(x, ids, run).per_session; });
  exhaust("pca::fit", [&](const auto& run) { return ff::pca{.components = 2}.fit(x, {}, run); });
  const auto table = ff::parse_csv(text);
  const ff::matrix<float> few = x.topRows(60);
  exhaust("choose_k::fit", [&](const auto& run) {
    return ff::choose_k{.to = 3, .restarts = 1, .references = 2, .resamples = 2, .resample_restarts = 1}.fit(few, {},
                                                                                                             run);
  });
  exhaust("profile", [&](const auto& run) { return ff::profile(table, ids, {.converted = y}, run).size(); });
  exhaust("platt::fit", [&](const auto& run) { return ff::platt{}.fit(scores, y, {}, run); });
  exhaust("isotonic::fit", [&](const auto& run) { return ff::isotonic{}.fit(scores, y, {}, run); });
  exhaust("delong", [&](const auto& run) { return ff::delong(scores, scores, y, 0.95, run).difference; });
  exhaust("grow_more", [&](const auto& run) { return more.grow_more(fitted, x, y, {}, run); });
  exhaust("permutation_importance", [&](const auto& run) {
    const auto auc = [](const ff::scores& score, const ff::labels& of) { return ff::roc_auc(score, of).value; };
    return ff::permutation_importance{.repeats = 1}.of(forest, fitted, x, y, auc, {}, run).columns.front().mean;
  });
  exhaust("explainer_for", [&](const auto& run) { return ff::explainer_for(fitted, x, {}, run); });
  exhaust("explain", [&](const auto& run) { return explainer.explain(few, run).values; });
  exhaust("partial_dependence",
          [&](const auto& run) { return ff::partial_dependence{.column = "x0"}.of(fitted, x, {}, run).at(20); });
  exhaust("cross_validate",
          [&](const auto& run) { return ff::cross_validate(forest, x, y, ff::stratified_folds(y), {}, run); });
  exhaust("to_bytes", [&](const auto&) { return ff::store::to_bytes(fitted).size(); });
  exhaust("from_bytes", [&](const auto&) { return ff::store::from_bytes<ff::fitted_forest<float>>(bytes); });
  const auto file = std::filesystem::temp_directory_path() / ff::text("footfall_memory_", ::getpid(), ".ffm");
  exhaust("save", [&](const auto&) {
    ff::save(file, fitted);
    return 0;
  });
  exhaust("load", [&](const auto&) { return ff::load<ff::fitted_forest<float>>(file); });
  std::filesystem::remove(file);
  return broken == 0 ? 0 : 1;
}
