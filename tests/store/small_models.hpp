// SPDX-License-Identifier: MIT
// Small fitted values for the tests of files: a forest, a pipeline with categories, segments.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <footfall/cluster/kmeans.hpp>
#include <footfall/core/random.hpp>
#include <footfall/data/table.hpp>
#include <footfall/features/columns.hpp>
#include <footfall/features/numeric.hpp>
#include <footfall/features/one_hot.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/forest/random_forest.hpp>
#include <footfall/pipeline/chain.hpp>

namespace small_models {

namespace ff = footfall;

inline ff::table sessions() {
  ff::random_stream stream(11);
  std::vector<double> pages, seconds;
  std::vector<std::string> device;
  for (int row = 0; row < 24; ++row) {
    pages.push_back(static_cast<double>(stream.below(9)));
    seconds.push_back(static_cast<double>(stream.below(500)));
    device.emplace_back(row % 3 == 0 ? "phone" : "desktop");
  }
  return ff::table({ff::column::numeric("pages", pages, ff::stage::browse),
                    ff::column::numeric("seconds", seconds, ff::stage::browse),
                    ff::column::from_text("device", device, ff::stage::context)});
}

inline ff::labels bought() {
  std::vector<int> values;
  for (int row = 0; row < 24; ++row) values.push_back(row % 4 == 0 || row % 7 == 0 ? 1 : 0);
  return ff::labels(values);
}

inline auto pipeline() {
  const auto recipe = ff::columns(ff::numeric{{"pages", "seconds"}}, ff::one_hot{{"device"}}) |
                      ff::random_forest{.trees = 2, .max_depth = 3, .out_of_bag = false, .seed = 5};
  return recipe.fit(sessions(), bought());
}
using fitted_pipeline = decltype(pipeline());

inline ff::features<double> numbers() {
  return ff::numeric{{"pages", "seconds"}}.fit(sessions()).transform(sessions());
}

inline auto forest() { return ff::random_forest{.trees = 3, .max_depth = 3, .seed = 5}.fit(numbers(), bought()); }
using forest_of_double = decltype(forest());

inline auto segments() { return ff::kmeans{.clusters = 2, .restarts = 2, .seed = 5}.fit(numbers()); }

}  // namespace small_models
