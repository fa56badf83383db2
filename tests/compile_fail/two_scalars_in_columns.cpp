// SPDX-License-Identifier: MIT
// Float and double do not stand side by side: nothing says which one to round to.
// expects: all steps must give features of one scalar type
#include <footfall/features/columns.hpp>
#include <footfall/features/numeric.hpp>

namespace ff = footfall;

#ifdef FIXED
using scalar = double;
#else
using scalar = float;
#endif

struct fitted_ones {
  ff::features<scalar> transform(const ff::table& sessions) const {
    return {ff::matrix<scalar>::Ones(sessions.rows(), 1), {{"one", "one"}}};
  }
};

struct ones {
  fitted_ones fit(const ff::table&) const { return {}; }
};

void features_of(const ff::table& sessions) {
  (void)ff::columns(ff::numeric{{"pages"}}, ones{}).fit(sessions).transform(sessions);
}
