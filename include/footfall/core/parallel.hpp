// SPDX-License-Identifier: MIT
// Work in fixed blocks on several threads: which thread runs a block never changes the result.
#pragma once

#include <algorithm>
#include <atomic>
#include <concepts>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>
#include <thread>
#include <vector>

#include <footfall/core/error.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A reference to a callable `f(begin, end)`; the callable must outlive it.
class block_function {
 public:
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, block_function>) && std::invocable<F&, index, index>
  block_function(F&& f) noexcept  // NOLINT(google-explicit-constructor): a function argument, as with std::function
      : object_(const_cast<void*>(static_cast<const void*>(&f))), call_([](void* object, index begin, index end) {
          (*static_cast<std::remove_reference_t<F>*>(object))(begin, end);
        }) {}

  void operator()(index begin, index end) const { call_(object_, begin, end); }

 private:
  void* object_;
  void (*call_)(void*, index, index);
};

/// What runs blocks: calls `f(begin, end)` once for each of [0, grain), [grain, 2 grain), ..., the last one ending at n, and
/// returns when all are done. Blocks may run in any order and at the same time. An exception from a block reaches the caller.
/// `grain` is at least 1; ours throw bad_option otherwise.
template <class E>
concept block_executor = requires(E& e, index n, index grain, block_function f) { e.for_each_block(n, grain, f); };

/// Runs the blocks one after another in the calling thread: for callers who parallelise outside.
struct serial_executor {
  void for_each_block(index n, index grain, block_function f) const {
    require(grain >= 1, error_code::bad_option, "for_each_block", "grain must be at least 1, got ", grain);
    for (index begin = 0; begin < n; begin += grain) f(begin, std::min(n, begin + grain));
  }
};

/// A standing team of threads. The calling thread works too, so `threads` = 1 starts none. Called from inside one of its
/// own blocks, or by two threads at once, it runs the later call in the thread that makes it. If the system refuses a
/// thread, the team is smaller.
class thread_pool {
 public:
  explicit thread_pool(int threads) {
    for (int i = 1; i < threads; ++i) {
      try {
        workers_.emplace_back([this](const std::stop_token& stop) { serve(stop); });
      } catch (const std::system_error&) {
        break;
      }
    }
  }
  thread_pool(const thread_pool&) = delete;
  thread_pool& operator=(const thread_pool&) = delete;
  ~thread_pool() {
    for (auto& worker : workers_) worker.request_stop();
    wake_.notify_all();
  }

  int threads() const noexcept { return static_cast<int>(workers_.size()) + 1; }

  void for_each_block(index n, index grain, block_function f) {
    if (n <= 0) return;
    if (grain < 1 || n <= grain || workers_.empty() || in_call_.test_and_set(std::memory_order_acquire)) {
      serial_executor{}.for_each_block(n, grain, f);
      return;
    }
    job work{f, n, grain};
    {
      const std::lock_guard lock(mutex_);
      job_ = &work;
      ++generation_;
    }
    wake_.notify_all();
    work.run();
    std::unique_lock lock(mutex_);
    job_ = nullptr;  // a worker that wakes up later finds nothing to do
    done_.wait(lock, [&] { return busy_ == 0; });
    in_call_.clear(std::memory_order_release);
    if (work.failure) std::rethrow_exception(work.failure);
  }

 private:
  struct job {
    block_function f;
    index n;
    index grain;
    std::atomic<index> next = 0;
    std::atomic<bool> failed = false;
    std::mutex failure_mutex{};
    index failed_block = std::numeric_limits<index>::max();
    std::exception_ptr failure{};

    // Blocks are claimed in ascending order and every claimed block runs to its end: so the lowest block that fails
    // is the same for any number of threads, and its exception is the one reported.
    void run() {
      const index blocks = (n + grain - 1) / grain;
      while (!failed.load(std::memory_order_relaxed)) {
        const index block = next.fetch_add(1, std::memory_order_relaxed);
        if (block >= blocks) return;
        try {
          f(block * grain, std::min(n, (block + 1) * grain));
        } catch (...) {
          const std::lock_guard lock(failure_mutex);
          if (block < failed_block) {
            failed_block = block;
            failure = std::current_exception();
          }
          failed.store(true, std::memory_order_relaxed);
        }
      }
    }
  };

  void serve(const std::stop_token& stop) {
    unsigned seen = 0;
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [&] { return generation_ != seen; })) {
      seen = generation_;
      job* const work = job_;
      if (work == nullptr) continue;
      ++busy_;
      lock.unlock();
      work->run();
      lock.lock();
      if (--busy_ == 0) done_.notify_all();
    }
  }

  std::atomic_flag in_call_{};  // not a mutex: a block that calls back would lock it twice in one thread
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::condition_variable done_;
  job* job_ = nullptr;
  unsigned generation_ = 0;
  int busy_ = 0;
  std::vector<std::jthread> workers_;  // last: its threads must end before the rest goes
};

/// A handle on somebody's executor, which must outlive the call it is handed to. Empty: footfall brings its own threads.
class executor {
 public:
  executor() = default;

  template <block_executor E>
    requires(!std::same_as<std::remove_const_t<E>, executor>)
  executor(E& own) noexcept  // NOLINT(google-explicit-constructor): `{.executor = pool}` is how it is handed over
      : object_(const_cast<void*>(static_cast<const void*>(&own))),
        call_([](void* object, index n, index grain, block_function f) {
          static_cast<E*>(object)->for_each_block(n, grain, f);
        }) {}

  explicit operator bool() const noexcept { return call_ != nullptr; }
  void for_each_block(index n, index grain, block_function f) const { call_(object_, n, grain, f); }

 private:
  void* object_ = nullptr;
  void (*call_)(void*, index, index, block_function) = nullptr;
};

/// How a long call runs; the last argument of `fit`, `score`, `assign` and the like. It never changes the result.
struct run_options {
  int threads = 0;                ///< at most so many threads; 0: as many as the machine has
  footfall::executor executor{};  ///< where given, runs the blocks in place of threads of our own
  footfall::progress progress{};  ///< where given, hears how far the work is and may cancel it
};

/// The threads of one long call: those of the caller's executor, or a team that is started when there is work for two.
class workers {
 public:
  explicit workers(const run_options& run) : executor_(run.executor), threads_(run.threads) {
    require(run.threads >= 0, error_code::bad_option, "run_options", "threads must be at least 0, got ", run.threads);
    if (threads_ == 0) threads_ = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  }

  /// `f(begin, end)` for every block of `grain` items of [0, n). Blocks depend on n and grain alone.
  template <class F>
  void for_each_block(index n, index grain, F&& f) {
    if (executor_) {
      executor_.for_each_block(n, grain, f);
    } else if (threads_ == 1 || n <= grain) {
      serial_executor{}.for_each_block(n, grain, f);
    } else {
      if (!pool_) pool_.emplace(static_cast<int>(std::min<index>(threads_, (n + grain - 1) / grain)));
      pool_->for_each_block(n, grain, f);
    }
  }

  /// `f(i)` for every i of [0, n), each a task of its own.
  template <class F>
  void for_each_index(index n, F&& f) {
    for_each_block(n, 1, [&](index begin, index) { f(begin); });
  }

 private:
  footfall::executor executor_;
  int threads_;
  std::optional<thread_pool> pool_;
};

FOOTFALL_END_NAMESPACE
