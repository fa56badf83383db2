// SPDX-License-Identifier: MIT
// Long work reports how far it is, and may be asked to stop.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Called as `observer(stage, done, total)` after each finished part; never by two threads at once, but not always by the
/// thread that called `fit`. Return false to cancel: the call then throws `error_code::cancelled` and leaves nothing behind.
/// An empty observer costs nothing.
using progress = std::function<bool(std::string_view stage, index done, index total)>;

/// Counts finished parts of one piece of work, from any thread, and tells the observer.
class progress_meter {
 public:
  /// `done` parts were done before.
  progress_meter(const progress& observer, std::string stage, index total, index done = 0)
      : observer_(observer), stage_(std::move(stage)), total_(total), done_(done) {}

  /// One more part is done. Throws `error_code::cancelled` when the observer asks to stop. Parts that other threads finish
  /// after that throw the same and are not reported: a cancelled observer is not called again.
  void advance() {
    if (!observer_) return;
    const std::lock_guard lock(mutex_);
    if (!cancelled_) cancelled_ = !observer_(stage_, ++done_, total_);
    require(!cancelled_, error_code::cancelled, stage_, "cancelled after ", done_, " of ", total_);
  }

 private:
  const progress& observer_;
  std::string stage_;
  index total_;
  index done_;
  bool cancelled_ = false;
  std::mutex mutex_;
};

FOOTFALL_END_NAMESPACE
