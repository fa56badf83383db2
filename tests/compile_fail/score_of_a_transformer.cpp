// SPDX-License-Identifier: MIT
// A chain has the verb of its last step: this one transforms.
// expects: last.score(first.transform(x))
#include <footfall/features/numeric.hpp>
#include <footfall/features/standard_scaler.hpp>
#include <footfall/pipeline/chain.hpp>

namespace ff = footfall;

void use(const ff::table& sessions) {
  const auto fitted = (ff::numeric{{"pages"}} | ff::standard_scaler{}).fit(sessions);
#ifdef FIXED
  (void)fitted.transform(sessions);
#else
  (void)fitted.score(sessions);
#endif
}
