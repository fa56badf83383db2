// SPDX-License-Identifier: MIT
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <footfall/core/parallel.hpp>
#include <footfall/core/random.hpp>

#include <tests/thrown.hpp>

namespace ff = footfall;
using footfall_tests::failure_of;

namespace {

// One number for each item and one sum for each block, both in slots of their own.
struct work {
  std::vector<double> items;
  std::vector<double> sums;
  bool operator==(const work&) const = default;
};

template <class Executor>
work work_of(Executor&& executor, ff::index n, ff::index grain) {
  work result{std::vector<double>(static_cast<std::size_t>(n)), {}};
  result.sums.resize(static_cast<std::size_t>((n + grain - 1) / grain));
  executor.for_each_block(n, grain, [&](ff::index begin, ff::index end) {
    double sum = 0;
    for (ff::index i = begin; i < end; ++i) {
      ff::random_stream stream = ff::random_stream(5).child(static_cast<std::uint64_t>(i));
      sum += result.items[static_cast<std::size_t>(i)] = stream.uniform();
    }
    result.sums[static_cast<std::size_t>(begin / grain)] += sum;
  });
  return result;
}

// Runs the blocks from the last to the first.
struct backwards {
  int calls = 0;
  void for_each_block(ff::index n, ff::index grain, ff::block_function f) {
    ++calls;
    for (ff::index block = (n + grain - 1) / grain; block-- > 0;) f(block * grain, std::min(n, (block + 1) * grain));
  }
};

// Where threads wait for each other, so that what they do next happens at the same time. Gives up after ten seconds.
class meeting {
 public:
  explicit meeting(int expected) : expected_(expected) {}
  bool wait() {
    ++here_;
    for (int i = 0; i < 10000 && here_ < expected_; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return here_ >= expected_;
  }

 private:
  int expected_;
  std::atomic<int> here_ = 0;
};

}  // namespace

TEST_CASE("every item is in exactly one block, and blocks are where n and grain put them") {
  for (const int threads : {1, 2, 3, 7}) {
    ff::thread_pool pool(threads);
    CHECK(pool.threads() == threads);
    for (const ff::index n : {0, 1, 5, 64, 1000}) {
      for (const ff::index grain : {1, 7, 64, 2000}) {
        std::vector<std::atomic<int>> visits(static_cast<std::size_t>(n));
        std::atomic<int> blocks = 0;
        std::atomic<bool> well_placed = true;
        pool.for_each_block(n, grain, [&](ff::index begin, ff::index end) {
          if (begin % grain != 0 || end != std::min(n, begin + grain) || begin >= end) well_placed = false;
          for (ff::index i = begin; i < end; ++i) ++visits[static_cast<std::size_t>(i)];
          ++blocks;
        });
        CHECK(well_placed);
        CHECK(blocks == (n + grain - 1) / grain);
        CHECK(std::all_of(visits.begin(), visits.end(), [](const auto& count) { return count == 1; }));
      }
    }
  }
}

TEST_CASE("the number of threads does not change the result") {
  const work expected = work_of(ff::serial_executor{}, 5000, 37);
  for (const int threads : {1, 2, 3, 7}) {
    ff::thread_pool pool(threads);
    for (int repeat = 0; repeat < 20; ++repeat) CHECK(work_of(pool, 5000, 37) == expected);
    ff::workers team(ff::run_options{.threads = threads});
    CHECK(work_of(team, 5000, 37) == expected);
  }
}

TEST_CASE("with two blocks that wait for each other, two threads work at the same time") {
  ff::thread_pool pool(2);
  meeting both(2);
  std::atomic<int> met = 0;
  pool.for_each_block(2, 1, [&](ff::index, ff::index) { met += both.wait() ? 1 : 0; });
  CHECK(met == 2);
}

TEST_CASE("the exception of the lowest block that fails reaches the caller") {
  for (const int threads : {1, 2, 3, 7}) {
    ff::thread_pool pool(threads);
    for (int repeat = 0; repeat < 100; ++repeat) {
      std::string caught;
      try {
        pool.for_each_block(64, 1, [](ff::index begin, ff::index) {
          if (begin >= 3) throw std::runtime_error(std::to_string(begin));
        });
      } catch (const std::runtime_error& error) {
        caught = error.what();
      }
      CHECK(caught == "3");
    }
    CHECK(work_of(pool, 100, 3) == work_of(ff::serial_executor{}, 100, 3));  // and the pool is none the worse
  }
}

TEST_CASE("of two blocks that fail at the same time the lower one is reported, whichever is later") {
  for (const ff::index late : {0, 1}) {
    ff::thread_pool pool(2);
    meeting both(2);
    const auto failed = failure_of([&] {
      pool.for_each_block(2, 1, [&](ff::index block, ff::index) {
        both.wait();
        if (block == late) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        ff::fail(ff::error_code::limit, "block", block);
      });
    });
    CHECK(failed.message == "block: 0");
  }
}

TEST_CASE("a call from inside a block runs in the thread of that block") {
  ff::thread_pool pool(3);
  meeting all(3);
  std::atomic<ff::index> sum = 0;
  std::atomic<bool> same_thread = true;
  pool.for_each_block(3, 1, [&](ff::index outer, ff::index) {
    all.wait();
    const auto own = std::this_thread::get_id();
    pool.for_each_block(1000, 1, [&](ff::index inner, ff::index) {
      if (std::this_thread::get_id() != own) same_thread = false;
      sum += outer * 1000 + inner;
    });
  });
  CHECK(sum == 2999 * 3000 / 2);
  CHECK(same_thread);
}

TEST_CASE("an exception from a call inside a block reaches the caller of the outer one") {
  ff::thread_pool pool(3);
  const auto failed = failure_of([&] {
    pool.for_each_block(8, 1, [&](ff::index outer, ff::index) {
      pool.for_each_block(8, 1, [&](ff::index inner, ff::index) {
        ff::require(outer * 8 + inner < 20, ff::error_code::limit, "inner", outer, ' ', inner);
      });
    });
  });
  CHECK(failed.message == "inner: 2 4");
}

TEST_CASE("while a pool is at work, another caller does its work itself") {
  ff::thread_pool pool(2);
  meeting both(2);
  std::atomic<int> met = 0;
  const auto call = [&] {
    const auto own = std::this_thread::get_id();
    std::atomic<int> strangers = 0;
    pool.for_each_block(2, 1, [&](ff::index block, ff::index) {
      if (std::this_thread::get_id() != own) ++strangers;
      if (block == 0) met += both.wait() ? 1 : 0;
    });
    return strangers.load();
  };
  int of_other = 0;
  int of_own = 0;
  {
    const std::jthread other([&] { of_other = call(); });
    of_own = call();
  }
  CHECK(met == 2);
  CHECK((of_own == 0 || of_other == 0));
}

TEST_CASE("two threads may call one pool at once") {
  ff::thread_pool pool(3);
  const work expected = work_of(ff::serial_executor{}, 500, 7);
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < 2; ++caller) {
      callers.emplace_back([&] {
        for (int repeat = 0; repeat < 100; ++repeat) {
          if (!(work_of(pool, 500, 7) == expected)) ++wrong;
        }
      });
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("pools come and go, used or not") {
  for (int repeat = 0; repeat < 100; ++repeat) {
    ff::thread_pool pool(4);
    if (repeat % 2 == 0) pool.for_each_block(4, 1, [](ff::index, ff::index) {});
  }
}

TEST_CASE("a pool of less than one thread is the caller alone") {
  ff::thread_pool pool(0);
  CHECK(pool.threads() == 1);
  CHECK(work_of(pool, 10, 2) == work_of(ff::serial_executor{}, 10, 2));
}

TEST_CASE("a caller's own executor runs the blocks, and the result is the same") {
  const work expected = work_of(ff::serial_executor{}, 100, 7);
  backwards own;
  ff::workers team(ff::run_options{.threads = 3, .executor = own});
  CHECK(work_of(team, 100, 7) == expected);
  CHECK(own.calls == 1);

  const ff::serial_executor serial;
  ff::workers quiet(ff::run_options{.executor = serial});
  CHECK(work_of(quiet, 100, 7) == expected);

  ff::thread_pool pool(2);
  ff::workers shared(ff::run_options{.executor = pool});
  CHECK(work_of(shared, 100, 7) == expected);

  CHECK_FALSE(ff::executor());
  CHECK(ff::executor(own));
  const ff::executor handle(own);
  const ff::executor copy = handle;
  copy.for_each_block(5, 2, [](ff::index, ff::index) {});
  CHECK(own.calls == 2);
}

TEST_CASE("what is an executor") {
  static_assert(ff::block_executor<ff::serial_executor>);
  static_assert(ff::block_executor<const ff::serial_executor>);
  static_assert(ff::block_executor<ff::thread_pool>);
  static_assert(ff::block_executor<backwards>);
  static_assert(!ff::block_executor<const backwards>);
  static_assert(!ff::block_executor<int>);
  static_assert(!std::is_copy_constructible_v<ff::thread_pool>);
}

TEST_CASE("each index is a task of its own") {
  ff::workers team(ff::run_options{.threads = 3});
  std::vector<int> visits(100);
  team.for_each_index(100, [&](ff::index i) { ++visits[static_cast<std::size_t>(i)]; });
  CHECK(visits == std::vector<int>(100, 1));
  team.for_each_index(0, [&](ff::index) { FAIL("there is nothing to do"); });
}

TEST_CASE("blocks of no items are refused") {
  const auto nothing = [](ff::index, ff::index) {};
  ff::thread_pool pool(2);
  for (const ff::index grain : {ff::index{0}, ff::index{-3}}) {
    CHECK(failure_of([&] { ff::serial_executor{}.for_each_block(5, grain, nothing); }).code ==
          ff::error_code::bad_option);
    CHECK(failure_of([&] { pool.for_each_block(5, grain, nothing); }).names(ff::text("got ", grain)));
  }
}

TEST_CASE("threads is 0 for all of them, and not less") {
  CHECK_NOTHROW(ff::workers(ff::run_options{}));
  const auto failed = failure_of([] { ff::workers(ff::run_options{.threads = -1}); });
  CHECK(failed.code == ff::error_code::bad_option);
  CHECK(failed.message == "run_options: threads must be at least 0, got -1");
}

TEST_CASE("an observer cancels work on several threads") {
  for (const int threads : {1, 2, 7}) {
    ff::index heard = 0;
    const ff::run_options run{.threads = threads, .progress = [&](std::string_view, ff::index done, ff::index) {
                                heard = done;
                                return done < 5;
                              }};
    ff::progress_meter meter(run.progress, "fit", 1000);
    ff::workers team(run);
    const auto failed = failure_of([&] { team.for_each_index(1000, [&](ff::index) { meter.advance(); }); });
    CHECK(failed.code == ff::error_code::cancelled);
    CHECK(heard >= 5);
    CHECK(heard < 5 + threads);  // at most what the other threads had begun
  }
}
