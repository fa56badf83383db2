// SPDX-License-Identifier: MIT
// Figures as function objects, for calls that ask by which figure they shall judge.
#pragma once

#include <cstddef>

#include <footfall/core/labels.hpp>
#include <footfall/core/types.hpp>
#include <footfall/evaluate/ranking.hpp>

FOOTFALL_BEGIN_NAMESPACE

namespace measure {

/// The area under the ROC curve, weighted where there are weights.
struct roc_auc {
  double operator()(const scores& score, const labels& y) const { return footfall::roc_auc(score, y).value; }
  double operator()(const scores& score, const labels& y, const weights& w) const {
    return footfall::roc_auc(score, y, w);
  }
};

/// Average precision, weighted where there are weights.
struct average_precision {
  double operator()(const scores& score, const labels& y) const { return footfall::average_precision(score, y).value; }
  double operator()(const scores& score, const labels& y, const weights& w) const {
    return footfall::average_precision(score, y, w).value;
  }
};

/// The share of sessions, or of their weight, that lie on the side of `threshold` where their label says: positive from
/// the threshold on. Throws wrong_shape unless there is one label for each score and at least one.
struct accuracy {
  double threshold = 0.5;

  double operator()(const scores& score, const labels& y, const weights& w = {}) const {
    require_rows(static_cast<index>(score.size()), y, w, "accuracy");
    double right = 0;
    double all = 0;
    for (index row = 0; row < y.size(); ++row) {
      all += w[row];
      right += (score[static_cast<std::size_t>(row)] >= threshold) == y[row] ? w[row] : 0;
    }
    return right / all;
  }
};

}  // namespace measure

FOOTFALL_END_NAMESPACE
