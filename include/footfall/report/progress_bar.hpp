// SPDX-License-Identifier: MIT
// How far long work is, as one line that is drawn over itself, where somebody is watching.
#pragma once

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

#include <footfall/core/error.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// Whether standard error is a terminal; false where that cannot be found out.
inline bool error_stream_is_terminal() {
#if __has_include(<unistd.h>)
  return isatty(STDERR_FILENO) == 1;
#else
  return false;
#endif
}

/// `[=====     ]  50 % choosing k`, drawn only when the tenths of a per cent have changed, wiped away at the end. Not for
/// several threads at once; `progress_meter` sees to that.
class progress_bar {
 public:
  /// Draws nothing unless `shown`.
  progress_bar(std::ostream& out, bool shown) : out_(out), shown_(shown) {}
  progress_bar(const progress_bar&) = delete;
  progress_bar& operator=(const progress_bar&) = delete;
  ~progress_bar() { clear(); }

  /// `done` outside [0, total] is drawn as the nearer end; without a total only the stage is shown.
  void show(std::string_view stage, index done, index total) {
    if (!shown_) return;
    const index tenths = total > 0 ? std::clamp<index>(done, 0, total) * 1000 / total : 0;
    std::string line = "\r";
    if (total > 0) {
      const auto filled = static_cast<std::size_t>(tenths * 24 / 1000);
      const std::string number = text(tenths / 10);
      line += text('[', std::string(filled, '='), std::string(24 - filled, ' '), "] ",
                   std::string(3 - std::min<std::size_t>(3, number.size()), ' '), number, " % ");
    }
    line += stage;
    if (line == drawn_) return;
    const std::size_t wiped = drawn_.size() > line.size() ? drawn_.size() - line.size() : 0;
    out_ << line << std::string(wiped, ' ') << std::flush;
    drawn_ = line;
  }

  /// Wipes the line, so that other text can stand there.
  void clear() {
    if (drawn_.empty()) return;
    out_ << '\r' << std::string(drawn_.size() - 1, ' ') << '\r' << std::flush;
    drawn_.clear();
  }

  /// For `{.progress = bar.observer()}`; the bar must outlive it.
  progress observer() {
    if (!shown_) return {};
    return [this](std::string_view stage, index done, index total) {
      show(stage, done, total);
      return true;
    };
  }

 private:
  std::ostream& out_;
  bool shown_;
  std::string drawn_;
};

FOOTFALL_END_NAMESPACE
