// SPDX-License-Identifier: MIT
// Credit of many journeys: each model alone, all of them side by side, and intervals by resampling.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/attribution/credit_comparison.hpp>
#include <footfall/attribution/credit_interval.hpp>
#include <footfall/attribution/markov.hpp>
#include <footfall/core/random.hpp>

namespace ff = footfall;

namespace {

// One journey a visitor, 12 channels, 3.3 touches in the mean and 20 at most, one in ten converts.
const ff::journeys& made(ff::index size) {
  static std::vector<std::pair<ff::index, ff::journeys>> known;
  for (const auto& [of, paths] : known) {
    if (of == size) return paths;
  }
  ff::random_stream random(5);
  std::vector<std::int64_t> begin{0};
  std::vector<std::int32_t> touches, visitor;
  std::vector<double> ages, revenue;
  std::vector<std::uint8_t> converted;
  for (ff::index i = 0; i < size; ++i) {
    std::size_t length = 1;
    while (length < 20 && random.uniform() < 0.7) ++length;
    for (std::size_t at = 0; at < length; ++at) {
      touches.push_back(static_cast<std::int32_t>(random.below(12) * random.below(12) / 12));
      ages.push_back(static_cast<double>(length - 1 - at) + 0.5);
    }
    begin.push_back(static_cast<std::int64_t>(touches.size()));
    visitor.push_back(static_cast<std::int32_t>(i));
    converted.push_back(random.below(10) == 0 ? 1 : 0);
    revenue.push_back(converted.back() != 0 ? static_cast<double>(random.below(10'000)) / 100 : 0);
  }
  std::vector<std::string> channels;
  for (int i = 0; i < 12; ++i) channels.push_back("c" + std::to_string(i));
  known.emplace_back(size, ff::journeys::from_parts(channels, begin, touches, ages, visitor, converted, revenue));
  return known.back().second;
}

std::vector<ff::named_model> all_models() {
  auto models = ff::usual_models(7, "c0");
  models.emplace_back("time decay, stepped", ff::time_decay{.half_life = 7, .stepped = true});
  models.emplace_back("Markov, order 2", ff::markov{2});
  return models;
}

void one_model(benchmark::State& state) {
  const auto& paths = made(1'000'000);
  const auto model = all_models()[static_cast<std::size_t>(state.range(0))];
  for (auto _ : state) benchmark::DoNotOptimize(model.credit_of(paths));
  state.SetLabel(model.name());
  state.SetItemsProcessed(state.iterations() * paths.size());
}
BENCHMARK(one_model)->DenseRange(0, 10)->Unit(benchmark::kMillisecond);

void all_models_together(benchmark::State& state) {
  const auto& paths = made(1'000'000);
  const auto models = all_models();
  for (auto _ : state) {
    benchmark::DoNotOptimize(ff::compare_credit(paths, models, {.threads = static_cast<int>(state.range(0))}));
  }
  state.SetItemsProcessed(state.iterations() * paths.size());
}
BENCHMARK(all_models_together)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

// 200 resamples of 100,000 journeys, for each model.
void intervals(benchmark::State& state) {
  const auto& paths = made(100'000);
  const auto model = all_models()[static_cast<std::size_t>(state.range(0))];
  for (auto _ : state) {
    benchmark::DoNotOptimize(ff::credit_with_intervals(paths, model, {.replicates = 200}, {.threads = 2}));
  }
  state.SetLabel(model.name());
}
BENCHMARK(intervals)->DenseRange(0, 10)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
