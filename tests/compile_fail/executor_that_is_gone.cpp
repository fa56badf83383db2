// SPDX-License-Identifier: MIT
// run_options keep a handle on the caller's executor: one that dies with the expression is refused.
// expects: executor
#include <footfall/core/parallel.hpp>

namespace ff = footfall;

int main() {
#ifdef FIXED
  ff::serial_executor serial;
  const ff::run_options run{.executor = serial};
#else
  const ff::run_options run{.executor = ff::serial_executor{}};
#endif
  (void)run;
}
