// SPDX-License-Identifier: MIT
// Reading CSV text. Bytes are those of the text. Floor: one reading of the text.
#include <string>

#include <benchmark/benchmark.h>

#include <footfall/core/random.hpp>
#include <footfall/data/csv.hpp>

namespace ff = footfall;

namespace {

std::string sessions_text(int rows) {
  ff::random_stream random(1);
  static constexpr const char* channels[] = {"Google", "Instagram", "Direct", "Email", "Ads"};
  std::string result = "session,clicks,page_views,time_spent,add_to_cart,channel\n";
  for (int row = 0; row < rows; ++row) {
    result += ff::text(1'000'000 + row, ',', random.below(30), ',', random.below(40), ',',
                       static_cast<double>(random.below(9000)) / 10, ',', random.below(2), ',',
                       channels[random.below(5)], '\n');
  }
  return result;
}

void parse(benchmark::State& state) {
  const auto text = sessions_text(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(ff::parse_csv(text, {}, {.threads = 1}));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse)->ArgName("sessions")->Arg(10'000)->Arg(500'000)->Unit(benchmark::kMillisecond);

}  // namespace
