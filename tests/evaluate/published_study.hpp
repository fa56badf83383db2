// SPDX-License-Identifier: MIT
// What a report on 25,000 sessions of a fashion shop publishes about its two models: the case that the audits are tested on.
#pragma once

#include <footfall/evaluate/published_evaluation.hpp>

inline footfall::published_evaluation published_study() {
  using footfall::printed;
  return {.sessions = {25'000, 6250},
          .base_rate = printed("7.39 %"),
          .rankings = {{.name = "Model A",
                        .roc_auc = printed("0.8721"),
                        .average_precision = printed("0.5634"),
                        .depths = {{.depth = 0.1, .rate = printed("24.16 %"), .lift = printed("3.27")},
                                   {.depth = 0.2, .sessions = 1250, .lift = printed("2.68")}}},
                       {.name = "Model B",
                        .roc_auc = printed("0.5812"),
                        .average_precision = printed("0.0998"),
                        .depths = {{.depth = 0.1, .rate = printed("11.84 %"), .lift = printed("1.60")},
                                   {.depth = 0.2, .sessions = 1250, .lift = printed("1.48")}}}}};
}
