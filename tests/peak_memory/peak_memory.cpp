// SPDX-License-Identifier: MIT
// The most memory that reading, training, scoring and clustering hold at once, results included and arguments not: at two sizes,
// with one thread and with three, never more than the formulas say that stand here and in docs/reliability.md.
#include <tests/counted_memory.hpp>
//
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <footfall/cluster/kmeans.hpp>
#include <footfall/cluster/silhouette.hpp>
#include <footfall/core/random.hpp>
#include <footfall/data/csv.hpp>
#include <footfall/events/sessionize.hpp>
#include <footfall/forest/random_forest.hpp>
#ifdef FOOTFALL_HAS_GA4
#include <footfall/events/ga4.hpp>
#endif

namespace ff = footfall;

namespace {

constexpr double kilobyte = 1024;
constexpr ff::index columns = 12;
constexpr ff::index segments = 5;
int broken = 0;

/// `f()` may hold at most `formula(result)` bytes at once.
template <class F, class Formula>
void within(const std::string& operation, ff::index size, int threads, F&& f, Formula&& formula) {
  const std::int64_t before = memory::bytes;
  memory::most_bytes = before;
  const auto result = f();
  const auto peak = static_cast<double>(memory::most_bytes - before);
  const double most = formula(result);
  std::cout << operation << ", " << size << " rows, threads " << threads << ": " << peak / 1e6
            << " MB, the formula says " << most / 1e6 << (peak <= most ? "\n" : ": MORE THAN THAT\n");
  broken += peak <= most ? 0 : 1;
}

/// Three columns of numbers, one of texts, and one that seems to hold numbers until the middle of the text.
std::string csv_of(ff::index rows, ff::random_stream& stream) {
  std::string text = "pages,seconds,value,device,note\n";
  for (ff::index row = 0; row < rows; ++row) {
    text += std::to_string(stream.below(50)) + ',' + std::to_string(stream.below(5000)) + ".25," +
            std::to_string(stream.below(1'000'000)) + (stream.below(2) == 0 ? ",phone," : ",desktop,") +
            (row > rows / 2 ? "a text\n" : "7\n");
  }
  return text;
}

ff::event_log log_of(ff::index events, ff::random_stream& stream) {
  ff::event_log log;
  for (ff::index i = 0; i < events; ++i) {
    ff::event event;
    event.visitor = "visitor " + std::to_string(stream.below(static_cast<std::uint64_t>(events / 20)));
    event.time = static_cast<std::int64_t>(stream.below(20'000) * 1'000'000);
    event.name = "page_view";
    log.append(event);
  }
  return log;
}

void read(ff::index rows, int threads) {
  const ff::run_options run{.threads = threads};
  const auto n = static_cast<double>(rows);
  ff::random_stream stream(3);
  const std::string text = csv_of(rows, stream);
  within(
      "parse_csv", rows, threads, [&] { return ff::parse_csv(text, {}, run); },
      [&](const auto&) { return n * (3 * 8 + 4 + 12) + threads * 64 * kilobyte; });

  const ff::event_log log = log_of(rows, stream);
  within(
      "sessionize", rows, threads, [&] { return ff::sessionize(log, ff::session_rules::ga4(), run); },
      [&](const auto& list) { return 21 * n + 24 * static_cast<double>(list.size()) + 64 * kilobyte; });
#ifdef FOOTFALL_HAS_GA4
  std::string lines;
  for (ff::index i = 0; i < rows; ++i) {
    lines +=
        R"({"event_timestamp":")" + std::to_string(1'700'000'000'000'000 + i) +
        R"(","event_name":"page_view","user_pseudo_id":"visitor )" + std::to_string(stream.below(1000)) +
        R"(","event_params":[{"key":"page_location","value":{"string_value":"https://shop.example/)" +
        std::to_string(stream.below(5000)) +
        R"("}},{"key":"engagement_time_msec","value":{"int_value":"250"}},{"key":"term","value":{"string_value":"a"}}]})"
        "\n";
  }
  std::istringstream in(lines), again(lines);
  within(
      "for_each_ga4_event", rows, threads,
      [&] { return ff::for_each_ga4_event(again, {}, [](const ff::event_fields&) {}); },
      [&](const auto&) { return 512 * kilobyte; });
  within(
      "read_ga4", rows, threads, [&] { return ff::read_ga4(in); },
      [&](const auto& read) { return 2.5 * static_cast<double>(read.events.bytes()) + 512 * kilobyte; });
#endif
}

void learn(ff::index rows, int threads) {
  const ff::run_options run{.threads = threads};
  const auto n = static_cast<double>(rows);
  ff::random_stream stream(3);
  ff::matrix<float> x(rows, columns);
  std::vector<std::uint8_t> bought;
  for (ff::index row = 0; row < rows; ++row) {
    for (ff::index column = 0; column < columns; ++column) x(row, column) = static_cast<float>(stream.below(5000));
    bought.push_back(x(row, 0) + static_cast<float>(stream.below(3000)) > 5000);
  }
  const ff::labels y(bought);
  const ff::random_forest forest{.trees = 10, .seed = 1};
  constexpr double row_bytes = (columns + 8 + 15) / 16 * 16;  // codes and counts, filled up to 16
  within(
      "random_forest::fit", rows, threads, [&] { return forest.fit(x, y, {}, run); },
      [&](const auto& fitted) {
        return n * (row_bytes + 2 * columns + 16 + threads * (2.1 * row_bytes + 1)) +
               32 * static_cast<double>(fitted.nodes()) + threads * 64 * kilobyte;
      });
  const auto fitted = forest.fit(x, y);
  within(
      "fitted_forest::score", rows, threads, [&] { return fitted.score(x, run); },
      [&](const auto&) { return 8 * n + threads * (4096 * (2 * columns + 8) + 16 * kilobyte); });

  const ff::kmeans kmeans{.clusters = segments, .restarts = 4, .max_passes = 20, .seed = 1};
  const int starts = rows < 65'536 ? std::min(threads, kmeans.restarts) : 1;  // that run at once
  within(
      "kmeans::fit", rows, threads, [&] { return kmeans.fit(x, {}, run); },
      [&](const auto&) { return starts * n * (2 * sizeof(float) + 4) + threads * 128 * kilobyte; });
  const auto found = kmeans.fit(x);
  within(
      "fitted_kmeans::assign", rows, threads, [&] { return found.assign(x, run); },
      [&](const auto&) { return 4 * n + threads * 64 * kilobyte; });
  const ff::matrix<double> some = x.topRows(rows / 20).cast<double>();
  const auto ids = found.assign(ff::matrix<float>(x.topRows(rows / 20)));
  within(
      "silhouette", some.rows(), threads, [&] { return ff::silhouette(some, ids, run); },
      [&](const auto&) {
        return 8 * static_cast<double>(some.rows()) * (columns + segments + 5) + threads * 64 * kilobyte;
      });
}

}  // namespace

int main() {
  for (const ff::index rows : {20'000, 80'000}) {
    for (const int threads : {1, 3}) {
      read(rows, threads);
      learn(rows, threads);
    }
  }
  return broken == 0 ? 0 : 1;
}
