// SPDX-License-Identifier: MIT
// A log as CSV into a log of events, and two parts of it beside their plain ways: ids looked for together or one by one, bytes
// counted 64 at a time or one by one. Floor: counting the line feeds of the text, which reads it once.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include <footfall/core/random.hpp>
#include <footfall/events/csv_log.hpp>
#include <footfall/events/text_dictionary.hpp>
#include <footfall/simd/separators.hpp>

namespace ff = footfall;

namespace {

constexpr int events = 500'000;
constexpr std::uint64_t visitors = 50'000;

std::string visitor(std::uint64_t number) {
  return std::to_string(100'000'000 + 4'001 * number) + '.' + std::to_string(1'700'000'000 + number);
}

// Visitors mixed as a tracker writes them down: some forty are there at a time.
const std::string& csv() {
  static const std::string made = [] {
    ff::random_stream random(20240607);
    std::vector<std::uint64_t> here(40);
    std::string text = "user_id,event,timestamp,page,value,device\n";
    const char* const names[] = {"page_view", "view_item", "scroll", "search", "add_to_cart"};
    const char* const devices[] = {"mobile", "desktop", "tablet"};
    for (int i = 0; i < events; ++i) {
      auto& who = here[random.below(here.size())];
      if (i < 40 || random.below(6) == 0) who = random.below(visitors);
      const auto name = random.below(5);
      text += visitor(who) + ',' + names[name] + ',' + std::to_string(1'700'000'000 + i) + ",/en/women/shoes/product-" +
              std::to_string(random.below(20'000)) + ',';
      if (name == 1) text += std::to_string(10 + random.below(90)) + ".95";
      text += std::string(",") + devices[who % 3] + '\n';
    }
    return text;
  }();
  return made;
}

void log_of_csv(benchmark::State& state) {
  const ff::log_columns columns{.page = "page", .numbers = {"value"}, .texts = {"device"}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(ff::parse_csv_log(csv(), columns, {}, {.threads = static_cast<int>(state.range(0))}));
  }
  state.SetItemsProcessed(state.iterations() * events);
}
BENCHMARK(log_of_csv)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

const std::vector<std::string_view>& ids() {
  static const std::vector<std::string_view> found = [] {
    std::vector<std::string_view> result;
    for (std::size_t at = csv().find('\n') + 1; at < csv().size(); at = csv().find('\n', at) + 1) {
      result.push_back(std::string_view(csv()).substr(at, csv().find(',', at) - at));
    }
    return result;
  }();
  return found;
}

void ids_together(benchmark::State& state) {
  std::vector<std::uint32_t> codes(ids().size());
  for (auto _ : state) {
    ff::text_dictionary texts(ff::text_hash(1));
    texts.add_all(ids(), codes.data());
    benchmark::DoNotOptimize(codes.data());
  }
  state.SetItemsProcessed(state.iterations() * events);
}
BENCHMARK(ids_together)->Unit(benchmark::kMillisecond);

void ids_one_by_one(benchmark::State& state) {
  for (auto _ : state) {
    ff::text_dictionary texts(ff::text_hash(1));
    for (const auto each : ids()) benchmark::DoNotOptimize(texts.add(each));
  }
  state.SetItemsProcessed(state.iterations() * events);
}
BENCHMARK(ids_one_by_one)->Unit(benchmark::kMillisecond);

template <ff::index (*Count)(const char*, const char*, char) noexcept>
void line_feeds(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Count(csv().data(), csv().data() + csv().size(), '\n'));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(csv().size()));
}
BENCHMARK(line_feeds<ff::simd::count_equal>)->Unit(benchmark::kMillisecond);
BENCHMARK(line_feeds<ff::simd::count_equal_plain>)->Unit(benchmark::kMillisecond);

}  // namespace
