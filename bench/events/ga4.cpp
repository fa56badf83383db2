// SPDX-License-Identifier: MIT
// Reading a GA4 export from a file. Bytes are those of the file. Floor: one reading of the file, line by line (`lines`).
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <bench/events/ga4_rows.hpp>
#include <benchmark/benchmark.h>

#include <footfall/events/ga4.hpp>

namespace ff = footfall;

namespace {

// An export of 50,000 events; removed at the end of the program.
class export_file {
 public:
  explicit export_file(bool nulls)
      : path_(std::filesystem::temp_directory_path() /
              (nulls ? "footfall_export_nulls.ndjson" : "footfall_export.ndjson")) {
    std::string text;
    workload::ga4_rows rows(nulls);
    for (int row = 0; row < 50'000; ++row) rows.append_to(text);
    std::ofstream(path_, std::ios::binary) << text;
    bytes_ = static_cast<std::int64_t>(text.size());
  }
  export_file(const export_file&) = delete;
  export_file& operator=(const export_file&) = delete;
  ~export_file() { std::filesystem::remove(path_); }

  std::ifstream open() const { return std::ifstream(path_, std::ios::binary); }
  std::int64_t bytes() const { return bytes_; }

 private:
  std::filesystem::path path_;
  std::int64_t bytes_ = 0;
};

const export_file& file_of(const benchmark::State& state) {
  static const export_file plain(false), nulls(true);
  return state.range(0) != 0 ? nulls : plain;
}

void lines(benchmark::State& state) {
  const auto& file = file_of(state);
  for (auto _ : state) {
    auto in = file.open();
    ff::line_reader reader(in, std::size_t{1} << 24);
    while (const auto line = reader.next()) benchmark::DoNotOptimize(line->text.size());
  }
  state.SetBytesProcessed(state.iterations() * file.bytes());
}
BENCHMARK(lines)->ArgName("nulls")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void events(benchmark::State& state) {
  const auto& file = file_of(state);
  for (auto _ : state) {
    auto in = file.open();
    benchmark::DoNotOptimize(
        ff::for_each_ga4_event(in, {}, [](const ff::event_fields& e) { benchmark::DoNotOptimize(e.time); }));
  }
  state.SetBytesProcessed(state.iterations() * file.bytes());
}
BENCHMARK(events)->ArgName("nulls")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void log_of(benchmark::State& state) {
  const auto& file = file_of(state);
  for (auto _ : state) {
    auto in = file.open();
    benchmark::DoNotOptimize(ff::read_ga4(in));
  }
  state.SetBytesProcessed(state.iterations() * file.bytes());
}
BENCHMARK(log_of)->ArgName("nulls")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
