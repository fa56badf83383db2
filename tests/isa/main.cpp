// SPDX-License-Identifier: MIT
// Links two units, FIRST and SECOND, in this order, and asks each which code it runs.
#include <cstdio>
#include <cstring>
#include <initializer_list>

#include "unit.hpp"

namespace {

struct level {
  const char* name;
  int float_lanes;
  bool runs_here;
};

level level_named(const char* name) {
  const level levels[] = {
      {"sse2", 4, true},
      {"avx2", 8, __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0},
      {"avx512", 16, __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0}};
  for (const auto& each : levels) {
    if (std::strcmp(each.name, name) == 0) return each;
  }
  return {name, 0, false};
}

bool right(const unit_report& got, const level& wanted) {
  std::printf("%s unit: %s, %d floats at a time, mean %.17g, squares %.17g\n", wanted.name, got.tag, got.tagged_lanes,
              got.mean, got.squares);
  return std::strstr(got.tag, wanted.name) != nullptr && got.tagged_lanes == wanted.float_lanes;
}

}  // namespace

#define TEXT_(name) #name
#define TEXT(name) TEXT_(name)
#define UNIT_(name) name##_unit
#define UNIT_OF(name) UNIT_(name)

int main() {
  const auto first = level_named(TEXT(FIRST));
  const auto second = level_named(TEXT(SECOND));
  for (const auto& each : {first, second}) {
    if (!each.runs_here) {
      std::printf("skipped: this processor does not run %s code\n", each.name);
      return 77;
    }
  }
  const auto first_report = UNIT_OF(FIRST)();
  const auto second_report = UNIT_OF(SECOND)();
  const bool both_right = right(first_report, first) && right(second_report, second);

  // The linker must have merged the untagged function, or this program would prove nothing.
  const bool merged = first_report.untagged_lanes == second_report.untagged_lanes;
  std::printf("outside the namespace both got the code for %d floats\n", first_report.untagged_lanes);

  const bool same_results = first_report.mean == second_report.mean && first_report.squares == second_report.squares;
  return both_right && merged && same_results ? 0 : 1;
}
