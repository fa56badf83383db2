// SPDX-License-Identifier: MIT
// Long work reports how far it is, and may be asked to stop.
#pragma once

#include <concepts>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <footfall/core/error.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// A number that long work knows on its way, such as the `out-of-bag AUC` of a forest that grows.
struct progress_figure {
  std::string_view name;
  double value = 0;
};

/// An observer: called as `observer(stage, done, total)` after each finished part; never by two threads at once, but not
/// always by the thread that called `fit`. Return false to cancel: the call then throws `error_code::cancelled` and leaves
/// nothing behind. An observer that takes a fourth argument, `std::span<const progress_figure>`, is called once more when
/// there are figures: after the same parts in every run, whatever the threads; for parts alone the span is empty. Work
/// that nobody asks for figures computes none. An empty observer costs nothing.
class progress {
  template <class F>
  static constexpr bool hears_parts = std::is_invocable_r_v<bool, F&, std::string_view, index, index>;
  template <class F>
  static constexpr bool hears_figures =
      std::is_invocable_r_v<bool, F&, std::string_view, index, index, std::span<const progress_figure>>;

 public:
  progress() = default;

  template <class F>
    requires(!std::same_as<F, progress>) && (hears_parts<F> || hears_figures<F>)
  progress(F f) {  // NOLINT(google-explicit-constructor): a function argument, as with std::function
    if constexpr (hears_parts<F>) {
      parts_ = std::move(f);
    } else {
      figures_ = std::move(f);
    }
  }

  explicit operator bool() const noexcept { return parts_ || figures_; }
  bool wants_figures() const noexcept { return static_cast<bool>(figures_); }

  bool operator()(std::string_view stage, index done, index total,
                  std::span<const progress_figure> figures = {}) const {
    return figures_ ? figures_(stage, done, total, figures) : parts_(stage, done, total);
  }

 private:
  std::function<bool(std::string_view, index, index)> parts_;
  std::function<bool(std::string_view, index, index, std::span<const progress_figure>)> figures_;
};

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
    require_going_on();
  }

  bool wants_figures() const noexcept { return observer_.wants_figures(); }

  /// A number that the parts so far gave. Throws as `advance` does.
  void tell(const progress_figure& figure) {
    if (!wants_figures()) return;
    const std::lock_guard lock(mutex_);
    if (!cancelled_) cancelled_ = !observer_(stage_, done_, total_, {&figure, 1});
    require_going_on();
  }

 private:
  void require_going_on() const {
    require(!cancelled_, error_code::cancelled, stage_, "cancelled after ", done_, " of ", total_);
  }

  const progress& observer_;
  std::string stage_;
  index total_;
  index done_;
  bool cancelled_ = false;
  std::mutex mutex_;
};

FOOTFALL_END_NAMESPACE
