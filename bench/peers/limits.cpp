// SPDX-License-Identifier: MIT
// The limits of this machine, and plain kernels that stand for the floors of our operations: what bytes and operations
// alone cost. `limits [SECTION...]` prints a line of JSON each. Sections that need AVX-512 are in limits_avx512.cpp.

#include "limits.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <iostream>
#include <numeric>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "npy.hpp"

namespace peers {

/// From a chain of multiplications, which take three cycles each on every x86 of the last decade. (A chain of additions
/// does not do: some cores fold them away.) 0 on other processors.
double clock_ghz() {
#ifdef __x86_64__
  static const double result = [] {
    constexpr int loops = 10'000'000;
    const double seconds = best_of(5, [] {
      std::uint64_t x = 3;
      for (int i = 0; i < loops; ++i) {
        asm volatile(
            "imul %0, %0\n\timul %0, %0\n\timul %0, %0\n\timul %0, %0\n\t"
            "imul %0, %0\n\timul %0, %0\n\timul %0, %0\n\timul %0, %0"
            : "+r"(x));
      }
      keep(x);
    });
    return 8.0 * 3 * loops / seconds / 1e9;
  }();
  return result;
#else
  return 0;
#endif
}

namespace {

void limit_clock() {
  if (clock_ghz() > 0) report("core clock", "dependent imul, 3 cycles each", 1, clock_ghz(), "GHz");
}

/// Loads from random places that do not wait for one another, four at a time.
double independent_loads_ns(const big_array<std::int32_t>& memory, std::size_t size) {
  const random_places places(size);
  const int readings = size > (std::size_t{1} << 20) ? 40 : 400;
  small_random draw{7};
  const std::int32_t* const values = memory.data();
  const double seconds = best_of(6, [&] {
    std::int32_t sums[4] = {};
    for (int reading = 0; reading < readings; ++reading) {
      const std::uint32_t moved = draw();
      const auto value = [&](std::int32_t place) {
        return values[(static_cast<std::uint32_t>(place) ^ moved) & (size - 1)];
      };
      for (std::size_t i = 0; i < place_count; i += 4) {
        sums[0] += value(places[i]);
        sums[1] += value(places[i + 1]);
        sums[2] += value(places[i + 2]);
        sums[3] += value(places[i + 3]);
        asm volatile("" : "+r"(sums[0]), "+r"(sums[1]), "+r"(sums[2]), "+r"(sums[3]));  // or g++ gathers
      }
    }
    keep(sums[0] + sums[1] + sums[2] + sums[3]);
  });
  return seconds * 1e9 / (static_cast<double>(readings) * place_count);
}

/// Loads that each wait for the one before: a random walk through all cache lines of the working set.
double load_latency_ns(big_array<std::int32_t>& memory, std::size_t size) {
  constexpr std::int32_t line = 16;
  constexpr int steps = 2'000'000;
  std::vector<std::int32_t> order(size / line);
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), std::mt19937(1));
  for (std::size_t i = 0; i < order.size(); ++i) {
    memory[static_cast<std::size_t>(order[i] * line)] = order[(i + 1) % order.size()] * line;
  }
  const double seconds = best_of(4, [&] {
    std::int32_t at = order[0] * line;
    for (int i = 0; i < steps; ++i) at = memory[static_cast<std::size_t>(at)];
    keep(at);
  });
  return seconds * 1e9 / steps;
}

void limit_loads() {
  big_array<std::int32_t> memory((working_sets[std::size(working_sets) - 1] << 10) / sizeof(std::int32_t));
  for (const std::size_t kib : working_sets) {
    const std::string how = std::to_string(kib) + " KiB";
    const std::size_t size = kib * 256;
    report("scalar loads, independent random", how, 1, independent_loads_ns(memory, size), "ns per element");
    report("dependent load latency, one per cache line", how, 1, load_latency_ns(memory, size), "ns");
  }
}

/// Class counts of a node of a tree: byte codes, rows and positives in the halves of a 64-bit count, four features a
/// pass, two copies so that equal codes in a row do not wait for one another.
double class_counts_ns(std::span<const std::uint32_t> rows, std::size_t all, std::span<const std::uint8_t> codes,
                       std::span<const std::uint8_t> positive) {
  constexpr std::size_t features = 4;
  constexpr std::size_t bins = 256;
  std::vector<std::uint64_t> counts(2 * features * bins);
  const std::size_t repeats = std::max<std::size_t>(1, 4'000'000 / rows.size());
  const auto weight = [&](std::uint32_t row) { return 1 + (std::uint64_t{positive[row]} << 32); };
  const double seconds = best_of(5, [&] {
    for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
      for (std::size_t i = 0; i + 1 < rows.size(); i += 2) {
        const std::uint32_t first = rows[i];
        const std::uint32_t second = rows[i + 1];
        const std::uint64_t first_weight = weight(first);
        const std::uint64_t second_weight = weight(second);
        unrolled<features>([&](auto feature) {
          counts[feature * bins + codes[feature * all + first]] += first_weight;
          counts[(features + feature) * bins + codes[feature * all + second]] += second_weight;
        });
      }
    }
    keep_memory(counts.data());
  });
  return seconds * 1e9 / (static_cast<double>(repeats) * static_cast<double>(rows.size()) * features);
}

void floor_histogram() {
  for (const std::size_t n : {18'750U, 750'000U}) {
    small_random draw{5};
    std::vector<std::uint8_t> codes(4 * n);
    for (auto& code : codes) code = static_cast<std::uint8_t>(std::min(draw() & 255, draw() & 255));
    std::vector<std::uint8_t> positive(n);
    for (auto& label : positive) label = draw() % 13 == 0;

    std::vector<std::uint32_t> root(n);
    std::iota(root.begin(), root.end(), 0U);
    std::vector<std::uint32_t> node;
    std::mt19937 chance(3);
    std::copy_if(root.begin(), root.end(), std::back_inserter(node), [&](std::uint32_t) { return chance() % 8 == 0; });

    const std::string what = "class counts, 64-bit rows and positives, 4 features a pass";
    const std::string rows = std::to_string(n) + " rows, ";
    report(what, rows + "all in order", 1, class_counts_ns(root, n, codes, positive), "ns per row and feature");
    report(what, rows + "every eighth by its number", 1, class_counts_ns(node, n, codes, positive),
           "ns per row and feature");
  }
}

/// Sorts 32-bit keys in three counting passes of 11, 11 and 10 bits; the result is in `spare`.
void radix_sort(std::vector<std::uint32_t>& keys, std::vector<std::uint32_t>& spare) {
  std::uint32_t starts[3][2048] = {};
  for (const std::uint32_t key : keys) {
    ++starts[0][key & 2047];
    ++starts[1][(key >> 11) & 2047];
    ++starts[2][key >> 22];
  }
  for (auto& pass : starts) std::exclusive_scan(std::begin(pass), std::end(pass), std::begin(pass), 0U);
  for (const std::uint32_t key : keys) spare[starts[0][key & 2047]++] = key;
  for (const std::uint32_t key : spare) keys[starts[1][(key >> 11) & 2047]++] = key;
  for (const std::uint32_t key : keys) spare[starts[2][key >> 22]++] = key;
}

/// ROC-AUC by rank sum. Scores lie in [0, 1), so the sign bit of the float is free for the label.
void floor_ranking() {
  const auto score = load_npy<double>(data_path("ev_s.npy")).values;
  const auto label = load_npy<std::int32_t>(data_path("ev_y.npy")).values;
  std::vector<std::uint32_t> keys(score.size());
  std::vector<std::uint32_t> sorted(score.size());
  double auc = 0;
  const double seconds = best_of(7, [&] {
    for (std::size_t i = 0; i < score.size(); ++i) {
      const auto narrow = static_cast<float>(score[i]);
      std::uint32_t bits = 0;
      std::memcpy(&bits, &narrow, sizeof bits);
      keys[i] = (bits << 1) | static_cast<std::uint32_t>(label[i]);
    }
    radix_sort(keys, sorted);
    double negatives = 0;
    double positives = 0;
    double pairs = 0;
    for (const std::uint32_t key : sorted) {
      const std::uint32_t positive = key & 1;
      positives += positive;
      negatives += 1 - positive;
      pairs += positive != 0 ? negatives : 0;
    }
    auc = pairs / (positives * negatives);
    keep(auc);
  });
  report("ROC-AUC of " + std::to_string(score.size()) + " scores", "float keys, three radix passes, rank sum", 1,
         seconds * 1e3, "ms");
}

/// Sessions, conversions and revenue of channel x segment from codes.
void floor_groupby() {
  struct group {
    double revenue;
    std::int64_t sessions;
    std::int64_t conversions;
  };
  constexpr std::size_t copies = 4;
  const auto channel = load_npy<std::int32_t>(data_path("attr_ch.npy")).values;
  const auto segment = load_npy<std::int32_t>(data_path("attr_sg.npy")).values;
  const auto converted = load_npy<std::int32_t>(data_path("attr_cv.npy")).values;
  const auto revenue = load_npy<double>(data_path("attr_rv.npy")).values;
  const double seconds = best_of(20, [&] {
    group groups[copies][32] = {};
    for (std::size_t i = 0; i + copies <= channel.size(); i += copies) {
      for (std::size_t copy = 0; copy < copies; ++copy) {
        group& own = groups[copy][channel[i + copy] * 4 + segment[i + copy]];
        ++own.sessions;
        own.conversions += converted[i + copy];
        own.revenue += revenue[i + copy];
      }
    }
    keep_memory(groups);
  });
  report("group-by of " + std::to_string(channel.size()) + " coded rows", "4 scalar copies", 1, seconds * 1e3, "ms");
}

struct section {
  const char* name;
  void (*run)();
};

constexpr section sections[] = {
    {"clock", limit_clock},
    {"loads", limit_loads},
    {"histogram", floor_histogram},
    {"ranking", floor_ranking},
    {"groupby", floor_groupby},
#ifdef FOOTFALL_LIMITS_AVX512
    {"fma", limit_fma},
    {"roots", limit_roots},
    {"bandwidth", limit_bandwidth},
    {"gather", limit_gather},
    {"forest", floor_forest_walk},
    {"lloyd", floor_lloyd},
    {"silhouette", floor_silhouette},
    {"scaler", floor_scaler},
#endif
};

void run_section(const std::string& name) {
  for (const section& each : sections) {
    if (name == each.name) return each.run();
  }
  std::string known;
  for (const section& each : sections) known += std::string(known.empty() ? "" : ", ") + each.name;
  throw std::runtime_error("unknown section " + name + "; known in this build are " + known);
}

}  // namespace
}  // namespace peers

int main(int argc, char** argv) {
  try {
    for (int i = 1; i < argc; ++i) peers::run_section(argv[i]);
    if (argc == 1) {
      for (const auto& each : peers::sections) each.run();
    }
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
  }
}
