// SPDX-License-Identifier: MIT
// expects: error_code
#include <footfall/core/error.hpp>

int main() {
#ifdef FIXED
  throw footfall::error(footfall::error_code::bad_option, "random_forest: trees must be at least 1, got 0");
#else
  throw footfall::error("random_forest: trees must be at least 1, got 0");
#endif
}
