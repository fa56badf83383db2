// SPDX-License-Identifier: MIT
// What one translation unit says about the code that it runs. Includes nothing of footfall.
#pragma once

struct unit_report {
  const char* tag;     // footfall::build_tag()
  int tagged_lanes;    // floats in a register, from a function in the library's namespace
  int untagged_lanes;  // the same from a function outside it, whose name all units share
  double mean;         // of the same numbers in each unit, by the library's kernel
  double squares;
};

unit_report sse2_unit();
unit_report avx2_unit();
unit_report avx512_unit();
