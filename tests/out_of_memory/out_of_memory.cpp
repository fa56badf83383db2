// SPDX-License-Identifier: MIT
// Memory runs out at every place where it can: for each operation, the first allocation fails, then the second, until it succeeds
// without; first that one allocation, then also all after it. Each time there must be a std::bad_alloc, nothing leaked, and the
// arguments as they were; and the result, when there is one at last, must be the usual one.
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <new>
#include <string>
#include <system_error>
#include <vector>

// glibc's own names for what is replaced here: Eigen takes its memory with malloc, the rest with new, which calls malloc.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);
}

namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
std::atomic<std::int64_t> until_failure{never};
std::atomic<bool> for_ever{false};
std::atomic<std::int64_t> alive{0};

bool fails() noexcept {
  if (until_failure.load(std::memory_order_relaxed) == never) return false;
  const std::int64_t left = until_failure.fetch_sub(1, std::memory_order_relaxed);
  return left == 0 || (left < 0 && for_ever.load(std::memory_order_relaxed));
}

void* counted(void* memory) noexcept {
  if (memory != nullptr) alive.fetch_add(1, std::memory_order_relaxed);
  return memory;
}

}  // namespace

extern "C" {
void* malloc(std::size_t size) noexcept { return fails() ? nullptr : counted(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) noexcept {
  return fails() ? nullptr : counted(__libc_calloc(count, size));
}
void* realloc(void* memory, std::size_t size) noexcept {
  if (fails()) return nullptr;
  if (memory == nullptr) return counted(__libc_realloc(memory, size));
  return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return fails() ? nullptr : counted(__libc_memalign(alignment, size));
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
  *memory = fails() ? nullptr : counted(__libc_memalign(alignment, size));
  return *memory == nullptr ? ENOMEM : 0;
}
void free(void* memory) noexcept {
  if (memory != nullptr) alive.fetch_sub(1, std::memory_order_relaxed);
  __libc_free(memory);
}
}

#include <footfall/footfall.hpp>
#include <footfall/store/archive.hpp>

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
        const std::int64_t before = alive;
        for_ever = lasting;
        until_failure = at;
        try {
          const auto result = f(run);
          const bool reached = until_failure.exchange(never) < 0;
          succeeded = !reached;
          if (ff::digest_of(result) != usual) complain(operation, at, "another result");
          if (reached && lasting) complain(operation, at, "succeeded without memory");
        } catch (const std::bad_alloc&) {
          until_failure = never;
        } catch (const std::exception& other) {
          until_failure = never;
          complain(operation, at, other.what());
        }
        if (alive != before) complain(operation, at, "memory was leaked");
        places = std::max(places, at);
      }
    }
    if (ff::digest_of(f(run)) != usual) complain(operation, 0, "the arguments were changed");
  }
  std::cout << operation << ": " << places << " places\n";
}

}  // namespace

int main() {
  constexpr ff::index rows = 300;
  ff::random_stream stream(3);
  ff::matrix<float> x(rows, 5);
  std::vector<std::uint8_t> bought;
  std::string text = "pages,device\n";
  ff::event_log log;
  std::vector<ff::path> paths;
  for (ff::index row = 0; row < rows; ++row) {
    for (ff::index column = 0; column < 5; ++column) x(row, column) = static_cast<float>(stream.below(50));
    bought.push_back(x(row, 0) + static_cast<float>(stream.below(30)) > 50);
    text += std::to_string(stream.below(50)) + (stream.below(2) == 0 ? ",phone\n" : ",a computer with a long name\n");
    ff::event event;
    event.visitor = "a visitor whose name is long " + std::to_string(stream.below(40));
    event.time = static_cast<std::int64_t>(stream.below(100'000) * 1'000'000);
    event.name = "page_view";
    log.append(event);
    paths.push_back({{"Ads", row % 3 == 0 ? "Email" : "Google"}, 1, 2, 10});
  }
  const ff::labels y(bought);
  const auto journeys = ff::journeys::of_paths(paths);
  const ff::random_forest forest{.trees = 4, .seed = 1};
  const auto fitted = forest.fit(x, y);
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
  exhaust("sessionize", [&](const auto& run) { return ff::sessionize(log, ff::session_rules::ga4(), run); });
  exhaust("event_log::append", [&](const auto&) {
    ff::event_log copy;
    for (ff::index i = 0; i < 40; ++i) copy.append(log[i].copy());
    return copy.bytes() > 0 ? copy.size() : 0;
  });
  exhaust("markov::fit", [&](const auto&) { return ff::markov{}.fit(journeys); });
  exhaust("to_bytes", [&](const auto&) { return ff::store::to_bytes(fitted).size(); });
  exhaust("from_bytes", [&](const auto&) { return ff::store::from_bytes<ff::fitted_forest<float>>(bytes); });
  return broken == 0 ? 0 : 1;
}
