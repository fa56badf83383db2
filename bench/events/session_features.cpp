// SPDX-License-Identifier: MIT
// Features of sessions, events a second: in a batch from a log, and live, one event after another. Floor of both: one reading of
// time, visitor and name of every event; floor of live: the same with one search for the visitor among all.
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/events/live.hpp>
#include <footfall/events/session_table.hpp>
#include <footfall/events/sessionize.hpp>
#include <footfall/events/studied_features.hpp>
#include <footfall/synthetic/fashion_events.hpp>

namespace ff = footfall;

namespace {

const ff::event_log& shop_log() {
  static const ff::event_log log = ff::fashion_events{.shop = {.sessions = 50'000, .seed = 7}}.log();
  return log;
}

const std::vector<ff::event>& shop_events() {
  static const std::vector<ff::event> events = [] {
    std::vector<ff::event> result;
    for (ff::index i = 0; i < shop_log().size(); ++i) result.push_back(shop_log()[i].copy());
    return result;
  }();
  return events;
}

void report(benchmark::State& state) {
  state.counters["events"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(shop_log().size()), benchmark::Counter::kIsRate);
}

void batch_end(benchmark::State& state) {
  const auto sessions = ff::sessionize(shop_log());
  const auto features = ff::studied_features();
  for (auto _ : state) {
    benchmark::DoNotOptimize(ff::features_of(shop_log(), sessions, features, ff::as_of::end(), {.threads = 1}));
  }
  report(state);
}
BENCHMARK(batch_end)->Unit(benchmark::kMillisecond);

void batch_each_view(benchmark::State& state) {
  const auto sessions = ff::sessionize(shop_log());
  const auto features = ff::studied_features();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        ff::features_of(shop_log(), sessions, features, ff::as_of::each("page_view"), {.threads = 1}));
  }
  report(state);
}
BENCHMARK(batch_each_view)->Unit(benchmark::kMillisecond);

void batch_floor(benchmark::State& state) {
  const auto& log = shop_log();
  for (auto _ : state) {
    std::int64_t sum = 0;
    for (ff::index i = 0; i < log.size(); ++i) {
      const auto at = static_cast<std::size_t>(i);
      sum += log.times()[at] ^ log.name_codes()[at] ^ log.visitor_codes()[at];
    }
    benchmark::DoNotOptimize(sum);
  }
  report(state);
}
BENCHMARK(batch_floor)->Unit(benchmark::kMillisecond);

void live(benchmark::State& state) {
  const auto features = ff::studied_features();
  for (auto _ : state) {
    ff::live_visitors visitors(features);
    for (const auto& each : shop_events()) benchmark::DoNotOptimize(visitors.observe(each));
  }
  report(state);
}
BENCHMARK(live)->Unit(benchmark::kMillisecond);

void live_floor(benchmark::State& state) {
  for (auto _ : state) {
    std::unordered_map<std::string, std::int64_t, ff::text_hash, std::equal_to<>> seen;
    for (const auto& each : shop_events()) {
      auto found = seen.find(std::string_view(each.visitor));
      if (found == seen.end()) found = seen.emplace(each.visitor, 0).first;
      found->second += each.time;
    }
    benchmark::DoNotOptimize(seen);
  }
  report(state);
}
BENCHMARK(live_floor)->Unit(benchmark::kMillisecond);

void live_row(benchmark::State& state) {
  ff::live_visitors visitors(ff::studied_features());
  const auto update = visitors.observe(shop_events().front());
  for (auto _ : state) benchmark::DoNotOptimize(visitors.row(*update.session));
}
BENCHMARK(live_row);

}  // namespace
