// SPDX-License-Identifier: MIT
// What a study shows on the terminal while it runs, and where its time went.
#pragma once

#include <iostream>
#include <string>
#include <utility>

#include <footfall/core/parallel.hpp>
#include <footfall/report/progress_bar.hpp>
#include <footfall/report/stage_times.hpp>

/// Times the stages of a study and, where somebody watches, draws a bar. `stages` is how many there will be.
class study_clock {
 public:
  explicit study_clock(footfall::index stages) : stages_(stages) {}

  void begin(std::string name) {
    bar_.show(name, static_cast<footfall::index>(times_.stages().size()), stages_);
    times_.begin(std::move(name));
  }
  void end() {
    times_.end();
    bar_.clear();
  }

  /// For long calls: the bar then shows how far they are.
  footfall::run_options run() { return {.threads = 0, .executor = {}, .progress = bar_.observer()}; }
  const footfall::stage_times& times() const noexcept { return times_; }

 private:
  footfall::index stages_;
  footfall::stage_times times_;
  footfall::progress_bar bar_{std::cerr, footfall::error_stream_is_terminal()};
};
