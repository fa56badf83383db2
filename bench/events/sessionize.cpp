// SPDX-License-Identifier: MIT
// Sessions of many events. Floors: one pass over the columns that makes nothing, and one that also moves 16 bytes an event to
// its visitor's bucket, as any cutting of a shuffled log has to.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/core/huge_pages.hpp>
#include <footfall/core/random.hpp>
#include <footfall/events/session_stream.hpp>
#include <footfall/events/sessionize.hpp>

namespace ff = footfall;

namespace {

struct made_log {
  std::vector<std::uint32_t> visitor, session, campaign;
  std::vector<std::int64_t> time;
  ff::event_columns columns() const { return {visitor, time, session, campaign}; }
};

// Visits of ten events in the mean, a minute apart; visitors come again after hours. In the order of time, or shuffled.
const made_log& log_of(std::size_t events, bool shuffled) {
  static made_log known;
  static std::size_t size = 0;
  static bool mixed = false;
  if (size == events && mixed == shuffled) return known;
  constexpr std::int64_t minute = 60'000'000;
  ff::random_stream random(20240601);
  const std::size_t visitors = events / 25 + 1;
  std::vector<std::int64_t> clock(visitors);
  for (auto& each : clock) each = static_cast<std::int64_t>(random.below(60 * 24 * 30)) * minute;
  made_log drawn;
  for (std::uint32_t session = 0; drawn.time.size() < events; ++session) {
    const auto visitor = static_cast<std::uint32_t>(random.below(visitors));
    clock[visitor] += static_cast<std::int64_t>(60 + random.below(3000)) * minute;
    const auto campaign = random.below(3) == 0 ? static_cast<std::uint32_t>(random.below(20)) : ff::no_code;
    for (auto left = 1 + random.below(19); left > 0 && drawn.time.size() < events; --left) {
      clock[visitor] += static_cast<std::int64_t>(random.below(2 * minute));
      drawn.visitor.push_back(visitor);
      drawn.time.push_back(clock[visitor]);
      drawn.session.push_back(session);
      drawn.campaign.push_back(campaign);
    }
  }
  std::vector<std::uint32_t> turn(events);
  std::iota(turn.begin(), turn.end(), 0U);
  if (shuffled) {
    random.shuffle(std::span(turn));
  } else {
    std::sort(turn.begin(), turn.end(),
              [&](std::uint32_t a, std::uint32_t b) { return drawn.time[a] < drawn.time[b]; });
  }
  known = {};
  for (const auto i : turn) {
    known.visitor.push_back(drawn.visitor[i]);
    known.time.push_back(drawn.time[i]);
    known.session.push_back(drawn.session[i]);
    known.campaign.push_back(drawn.campaign[i]);
  }
  size = events;
  mixed = shuffled;
  return known;
}

ff::session_rules rules_of(std::int64_t number) {
  return number == 0   ? ff::session_rules::ga4()
         : number == 1 ? ff::session_rules::universal_analytics({.offset = std::chrono::minutes(60)})
                       : ff::session_rules::of_source();
}

void batch(benchmark::State& state) {
  const auto& log = log_of(static_cast<std::size_t>(state.range(0)), state.range(2) != 0);
  const auto rules = rules_of(state.range(1));
  for (auto _ : state) {
    benchmark::DoNotOptimize(ff::sessionize(log.columns(), rules, {.threads = static_cast<int>(state.range(3))}));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(batch)
    ->ArgNames({"events", "rules", "shuffled", "threads"})
    ->ArgsProduct({{10'000'000}, {0, 1, 2}, {0}, {1, 2}})
    ->ArgsProduct({{10'000'000}, {0, 2}, {1}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void floor_reading(benchmark::State& state) {
  const auto& log = log_of(static_cast<std::size_t>(state.range(0)), false);
  for (auto _ : state) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < log.time.size(); ++i) sum += static_cast<std::uint64_t>(log.time[i]) + log.visitor[i];
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(floor_reading)->ArgName("events")->Arg(10'000'000)->UseRealTime()->Unit(benchmark::kMillisecond);

void floor_dealing(benchmark::State& state) {
  struct moved {
    std::int64_t time;
    std::uint32_t event, visitor;
  };
  const auto& log = log_of(static_cast<std::size_t>(state.range(0)), true);
  const std::size_t events = log.time.size(), buckets = 1024, shift = 9;
  for (auto _ : state) {
    std::vector<std::uint32_t> next(buckets + 1);
    for (const auto visitor : log.visitor) ++next[(visitor >> shift) + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    const auto dealt = std::make_unique_for_overwrite<moved[]>(events);
    ff::advise_huge_pages(dealt.get(), events * sizeof(moved));
    for (std::size_t i = 0; i < events; ++i) {
      dealt[next[log.visitor[i] >> shift]++] = {log.time[i], static_cast<std::uint32_t>(i), log.visitor[i]};
    }
    benchmark::DoNotOptimize(dealt.get());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(floor_dealing)->ArgName("events")->Arg(10'000'000)->UseRealTime()->Unit(benchmark::kMillisecond);

void stream(benchmark::State& state) {
  const auto& log = log_of(static_cast<std::size_t>(state.range(0)), false);
  std::vector<std::string> names;
  for (std::size_t i = 0; i <= log.time.size() / 25; ++i) names.push_back("visitor." + std::to_string(i * 7919));
  for (auto _ : state) {
    ff::session_stream open;
    std::size_t sessions = 0;
    for (std::size_t i = 0; i < log.time.size(); ++i) {
      open.push({names[log.visitor[i]], log.time[i], i});
      if (i % 1024 == 0) sessions += open.take().size();
    }
    open.finish();
    benchmark::DoNotOptimize(sessions + open.take().size());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(stream)->ArgName("events")->Arg(1'000'000)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
