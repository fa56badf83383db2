// SPDX-License-Identifier: MIT
// K-Means on drawn batches, for more sessions than passes over all of them are wanted.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <footfall/cluster/distinct_sessions.hpp>
#include <footfall/cluster/kmeans.hpp>
#include <footfall/cluster/kmeans_stream.hpp>
#include <footfall/core/error.hpp>
#include <footfall/core/features.hpp>
#include <footfall/core/finite.hpp>
#include <footfall/core/labels.hpp>
#include <footfall/core/parallel.hpp>
#include <footfall/core/progress.hpp>
#include <footfall/core/random.hpp>
#include <footfall/core/types.hpp>

FOOTFALL_BEGIN_NAMESPACE

/// K-Means on batches that are drawn from the sessions, for more of them than passes over all are wanted: k-means on one
/// drawn batch, `steps` further batches through a `kmeans_stream`, and a last pass over all sessions, which gives the
/// centres their means, sizes and numbers. Not as good as `kmeans`, which sees all sessions in every pass; the same for
/// the same seed, for any number of threads.
struct mini_batch_kmeans {
  int clusters = 8;        ///< segments: from 2 to the number of distinct sessions
  index batch = 4096;      ///< sessions drawn for each step, by putting back; all are taken where there are no more
  int steps = 100;         ///< batches after the first one
  int restarts = 3;        ///< of k-means on the first batch
  std::uint64_t seed = 0;  ///< of everything that is drawn

  /// `x` without missing values; sessions are drawn by their weights, and the last pass counts these. Throws bad_option
  /// naming the option, otherwise as `kmeans::fit`. Progress: one part a batch and one. Cost: steps x batch x clusters x
  /// columns, and three readings of `x`.
  template <feature_input X>
  fitted_kmeans<scalar_of<X>> fit(const X& x, const weights& w = {}, const run_options& run = {}) const {
    using scalar = scalar_of<X>;
    const auto option = [](bool good, const auto&... words) { require(good, error_code::bad_option, kind, words...); };
    option(clusters >= 2, "clusters must be at least 2, got ", clusters);
    option(batch >= clusters, "batch must be at least clusters, got ", batch, " and ", clusters);
    option(steps >= 0, "steps must be at least 0, got ", steps);
    option(restarts >= 1, "restarts must be at least 1, got ", restarts);
    const auto view = view_of(x);
    require_rows(view.rows(), w, kind);
    require_finite(view, columns_of(x), kind);  // here a row has its number
    const kmeans whole{.clusters = clusters, .restarts = restarts, .max_passes = 1, .seed = seed};
    const run_options within{.threads = run.threads, .executor = run.executor, .progress = {}};
    progress_meter meter(run.progress, std::string(kind), index{steps} + 2);

    const drawing urn(view.rows(), w);
    const auto root = random_stream(seed).child(0);  // whose children are not those of k-means
    const auto batch_of = [&](int step) -> matrix<scalar> {
      return view(urn.rows(batch, root.child(static_cast<std::uint64_t>(step))), Eigen::all);
    };
    const bool small = view.rows() <= batch;
    const matrix<scalar> first = small ? matrix<scalar>(0, view.cols()) : batch_of(0);
    // Where the batch has too few distinct sessions, the start is looked for among all, which also says what is wrong.
    const bool enough = !small && distinct_sessions<scalar>(first, clusters) == clusters;
    const kmeans start{.clusters = clusters, .restarts = restarts, .seed = seed};
    kmeans_stream<scalar> stream(enough ? start.fit(first, {}, within) : start.fit(view, w, within));
    meter.advance();
    for (int step = 1; step <= steps; ++step) {
      if (enough) stream.add(batch_of(step), {}, within);
      meter.advance();
    }
    auto model = whole.fit_from(stream.fitted().centers(), x, w, within);
    meter.advance();
    return model;
  }

 private:
  static constexpr std::string_view kind = "mini_batch_kmeans";

  // Draws rows by their weights.
  class drawing {
   public:
    drawing(index rows, const weights& w) : rows_(rows) {
      double total = 0;
      for (index row = 0; row < w.size(); ++row) upto_.push_back(total += w[row]);
    }
    row_set rows(index count, random_stream stream) const {
      row_set drawn;
      for (index i = 0; i < count; ++i) {
        if (upto_.empty()) {
          drawn.push_back(static_cast<index>(stream.below(static_cast<std::uint64_t>(rows_))));
        } else {
          const double at = stream.uniform() * upto_.back();
          const auto found = std::upper_bound(upto_.begin(), upto_.end(), at);
          drawn.push_back(std::min(rows_ - 1, static_cast<index>(found - upto_.begin())));
        }
      }
      std::ranges::sort(drawn);  // read in order
      return drawn;
    }

   private:
    index rows_;
    std::vector<double> upto_;  // running totals of the weights
  };
};

FOOTFALL_END_NAMESPACE
