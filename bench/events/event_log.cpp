// SPDX-License-Identifier: MIT
// A log filled event by event, and sessions cut from it: time, and bytes of memory an event. `bytes_an_event` counts what
// the log and the sessions hold, `resident` what the process held at most. Floor: what a full event of an export has to
// leave behind, 8 bytes a number and 4 a text, written to memory once.
//   FOOTFALL_EVENTS=100000000 bench_events_event_log     as many events instead of a million; 16 GiB
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <footfall/core/random.hpp>
#include <footfall/events/event_log.hpp>
#include <footfall/events/sessionize.hpp>

namespace ff = footfall;

namespace {

constexpr std::size_t number_count = 5, text_count = 10;

std::int64_t events_asked_for() {
  const char* const asked = std::getenv("FOOTFALL_EVENTS");
  return asked == nullptr ? 1'000'000 : std::atoll(asked);
}

/// Texts as an export repeats them: `count` different ones.
std::vector<std::string> texts(const char* of, std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(of + std::to_string(i * 7919));
  return all;
}

/// Event after event of `visitors` visitors, a minute apart in the mean; every text anew, as a reader hands it over.
class made_events {
 public:
  explicit made_events(std::int64_t events) : visitors_(static_cast<std::uint64_t>(events) / 20 + 1) {
    next_.numbers.resize(number_count);
    next_.texts.resize(text_count);
  }

  const ff::event_fields& next() {
    visitor_ = "visitor." + std::to_string(random_.below(visitors_) * 7919);
    session_ = std::to_string(1'700'000'000 + random_.below(3));
    next_.visitor = visitor_;
    next_.session = session_;
    next_.time = time_ += static_cast<std::int64_t>(random_.below(1000));
    next_.name = names_[random_.below(names_.size())];
    next_.page = pages_[random_.below(pages_.size())];
    for (std::size_t i = 0; i < number_count; ++i) next_.numbers[i] = {keys_[i], random_.uniform()};
    for (std::size_t i = 0; i < text_count; ++i)
      next_.texts[i] = {keys_[number_count + i], values_[random_.below(values_.size())]};
    return next_;
  }

 private:
  std::uint64_t visitors_;
  std::int64_t time_ = 1'700'000'000'000'000;
  std::vector<std::string> names_ = texts("event_", 14), pages_ = texts("https://shop.example/", 2000),
                           keys_ = texts("key_", number_count + text_count), values_ = texts("value of ", 500);
  std::string visitor_, session_;
  ff::event_fields next_;
  ff::random_stream random_{20240601};
};

void fill_and_cut(benchmark::State& state) {
  for (auto _ : state) {
    ff::event_log log;
    log.reserve(static_cast<std::size_t>(state.range(0)), number_count * static_cast<std::size_t>(state.range(0)),
                text_count * static_cast<std::size_t>(state.range(0)));
    made_events from(state.range(0));
    for (std::int64_t i = 0; i < state.range(0); ++i) log.append(from.next());
    const auto sessions = ff::sessionize(log, ff::session_rules::ga4(), {.threads = 2});
    state.counters["sessions"] = static_cast<double>(sessions.size());
    state.counters["bytes_an_event"] = static_cast<double>(log.bytes()) / static_cast<double>(state.range(0));
  }
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  state.counters["resident_GiB"] = static_cast<double>(used.ru_maxrss) / (1 << 20);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(fill_and_cut)
    ->ArgName("events")
    ->Arg(events_asked_for())
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void floor_writing(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<double> numbers;
    std::vector<std::uint32_t> codes;
    for (std::int64_t i = 0; i < state.range(0); ++i) {
      for (std::size_t j = 0; j < number_count; ++j) numbers.push_back(static_cast<double>(i));
      for (std::size_t j = 0; j < text_count; ++j) codes.push_back(static_cast<std::uint32_t>(i));
    }
    benchmark::DoNotOptimize(numbers.data());
    benchmark::DoNotOptimize(codes.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(floor_writing)->ArgName("events")->Arg(1'000'000)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
