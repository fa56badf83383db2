// SPDX-License-Identifier: MIT
// Where the time of a run goes.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <footfall/report/json.hpp>
#include <footfall/report/text.hpp>

FOOTFALL_BEGIN_NAMESPACE

struct stage_time {
  std::string name;
  double seconds = 0;
};

/// A clock that is told what begins: each stage lasts until the next. Times differ from run to run, so they belong to the
/// terminal and not to a report that should be the same again.
class stage_times {
 public:
  void begin(std::string name) {
    end();
    stages_.push_back({std::move(name), 0});
    began_ = clock::now();
    running_ = true;
  }
  void end() {
    if (running_) stages_.back().seconds = std::chrono::duration<double>(clock::now() - began_).count();
    running_ = false;
  }

  /// Those that have ended, in their order.
  const std::vector<stage_time>& stages() const noexcept { return stages_; }
  double seconds() const {
    double sum = 0;
    for (const auto& each : stages_) sum += each.seconds;
    return sum;
  }

 private:
  using clock = std::chrono::steady_clock;

  std::vector<stage_time> stages_;
  clock::time_point began_;
  bool running_ = false;
};

/// One line a stage and one for all, with their shares of the time.
inline printed_table stage_table(std::string caption, const stage_times& times) {
  printed_table table(std::move(caption), {{"Stage"}, {"Seconds"}, {"Share"}});
  const double all = times.seconds();
  for (const auto& each : times.stages()) {
    table.add({each.name, fixed(each.seconds, 2), all > 0 ? percent(each.seconds / all, 0) : std::string()});
  }
  table.add({"all", fixed(all, 2), ""});
  return table;
}

FOOTFALL_END_NAMESPACE
