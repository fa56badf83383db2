// SPDX-License-Identifier: MIT
// What threads may do with fitted values and long calls: share them, fail in them, cancel them, and be gone afterwards.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <iterator>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/cluster/silhouette.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>

#include <tests/store/small_models.hpp>
#include <tests/thrown.hpp>

namespace {

namespace ff = footfall;

/// Threads of this process: one that has ended may be seen for a moment more.
std::ptrdiff_t threads_here(std::ptrdiff_t expected) {
  std::ptrdiff_t count = 0;
  for (int tries = 0; tries < 1000; ++tries) {
    count = std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
    if (count <= expected) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return count;
}

/// A caller's own executor: threads of its own for each call, which take blocks from the last to the first.
struct own_threads {
  int count;

  void for_each_block(ff::index n, ff::index grain, ff::block_function f) const {
    std::atomic<ff::index> left = (n + grain - 1) / grain;
    std::mutex mutex;
    ff::index failed_block = std::numeric_limits<ff::index>::max();
    std::exception_ptr failure;
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < count; ++i) {
        threads.emplace_back([&] {
          for (ff::index block = --left; block >= 0; block = --left) {
            try {
              f(block * grain, std::min(n, (block + 1) * grain));
            } catch (...) {
              const std::lock_guard lock(mutex);
              if (block < failed_block) {
                failed_block = block;
                failure = std::current_exception();
              }
            }
          }
        });
      }
    }
    if (failure) std::rethrow_exception(failure);
  }
};

ff::matrix<double> made_up(ff::index rows, ff::index columns) {
  ff::random_stream stream(3);
  ff::matrix<double> x(rows, columns);
  for (double& each : x.reshaped()) each = stream.normal();
  return x;
}

ff::labels odd_rows(ff::index rows) {
  std::vector<int> values(static_cast<std::size_t>(rows));
  for (std::size_t row = 0; row < values.size(); ++row) values[row] = row % 3 == 0 ? 1 : 0;
  return ff::labels(values);
}

const ff::random_forest forest{.trees = 12, .min_leaf = 5, .seed = 3};
const ff::kmeans segments{.clusters = 4, .restarts = 6, .seed = 3};

/// Calls `f(run)` with threads of the library and with a caller's own.
template <class F>
void with_several_threads(F f) {
  SUBCASE("threads of the library") { f(ff::run_options{.threads = 4}); }
  SUBCASE("a pool of the caller") {
    ff::thread_pool pool(4);
    f(ff::run_options{.executor = pool});
  }
  SUBCASE("an executor of the caller") {
    const own_threads own{4};
    f(ff::run_options{.executor = own});
  }
}

}  // namespace

TEST_CASE("many threads score one fitted pipeline, and each gets the scores of one") {
  const auto model = small_models::pipeline();
  const auto sessions = small_models::sessions();
  const auto groups = small_models::segments();
  const auto numbers = small_models::numbers();
  const auto scores = model.score(sessions);
  const auto assigned = groups.assign(numbers);
  const std::ptrdiff_t before = threads_here(1);
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < 8; ++caller) {
      callers.emplace_back([&, caller] {
        for (int repeat = 0; repeat < 50; ++repeat) {
          // Some bring threads of their own, all of them read the same model and the same table.
          const ff::run_options run{.threads = 1 + (caller + repeat) % 2};
          wrong += model.score(sessions, run) != scores;
          wrong += groups.assign(numbers, run) != assigned;
          const ff::index row = (caller + repeat) % sessions.rows();
          wrong += model.score(sessions.rows({row}), run) != ff::scores{scores[static_cast<std::size_t>(row)]};
        }
      });
    }
  }
  CHECK(wrong == 0);
  CHECK(threads_here(before) == before);
}

TEST_CASE("long calls give the same on any threads, and leave none behind") {
  const auto x = made_up(3000, 3);
  const auto y = odd_rows(3000);
  const ff::run_options alone{.threads = 1};
  const auto grown = forest.fit(x, y, {}, alone);
  const auto scores = grown.score(x, alone);
  const auto found = segments.fit(x, {}, alone);
  const auto ids = found.assign(x, alone);
  const auto silhouette = ff::silhouette(x, ids, alone);
  const std::ptrdiff_t before = threads_here(1);
  with_several_threads([&](const ff::run_options& run) {
    CHECK(forest.fit(x, y, {}, run) == grown);
    CHECK(grown.score(x, run) == scores);
    CHECK(segments.fit(x, {}, run) == found);
    CHECK(found.assign(x, run) == ids);
    CHECK(ff::silhouette(x, ids, run) == silhouette);
  });
  CHECK(threads_here(before) == before);
}

TEST_CASE("what goes wrong on a thread arrives at the caller, whose threads all come home") {
  auto x = made_up(40'000, 3);
  const auto y = odd_rows(40'000);
  const auto good = forest.fit(ff::matrix<double>(x.topRows(3000)), y.rows([] {
    ff::row_set first(3000);
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = static_cast<ff::index>(i);
    return first;
  }()));
  const auto found = segments.fit(ff::matrix<double>(x.topRows(3000)));
  x(39'990, 1) = std::numeric_limits<double>::infinity();
  x(2'000, 2) =
      -std::numeric_limits<double>::infinity();  // in another block; one of them is named, the same on all threads
  const ff::run_options alone{.threads = 1};
  const auto errors = [&](const ff::run_options& run) {
    return std::vector<std::string>{
        thrown_by([&] { return good.score(x, run); }), thrown_by([&] { return forest.fit(x, y, {}, run); }),
        thrown_by([&] { return found.assign(x, run); }), thrown_by([&] { return segments.fit(x, {}, run); })};
  };
  const auto expected = errors(alone);
  for (const auto& each : expected) CHECK(each.starts_with("not_finite: "));
  const std::ptrdiff_t before = threads_here(1);
  with_several_threads([&](const ff::run_options& run) { CHECK(errors(run) == expected); });
  CHECK(threads_here(before) == before);
}

TEST_CASE("an observer that cancels or throws stops the work on all threads") {
  const auto x = made_up(2000, 3);
  const auto y = odd_rows(2000);
  const auto ids = segments.fit(x).assign(x);
  const std::ptrdiff_t before = threads_here(1);
  with_several_threads([&](ff::run_options run) {
    const ff::progress cancels = [](std::string_view, ff::index done, ff::index) { return done < 2; };
    const ff::progress throws = [](std::string_view, ff::index done, ff::index) {
      if (done == 2) throw std::runtime_error("the caller's own");
      return true;
    };
    const auto outcome = [&](const ff::progress& observer, auto call) {
      run.progress = observer;
      try {
        call();
      } catch (const ff::error& stopped) {
        return std::string(stopped.code() == ff::error_code::cancelled ? "cancelled" : stopped.what());
      } catch (const std::runtime_error& own) {
        return std::string(own.what());
      }
      return std::string("nothing");
    };
    const auto stops = [&](auto call) {
      CHECK(outcome(cancels, call) == "cancelled");
      CHECK(outcome(throws, call) == "the caller's own");
    };
    stops([&] { (void)forest.fit(x, y, {}, run); });
    stops([&] { (void)segments.fit(x, {}, run); });
    stops([&] { (void)ff::silhouette(x, ids, run); });
  });
  CHECK(threads_here(before) == before);
}
