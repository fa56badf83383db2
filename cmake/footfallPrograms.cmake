# SPDX-License-Identifier: MIT
# How our own tests, examples and benchmarks are compiled. Nothing here reaches a user of the library.
include(CheckCXXCompilerFlag)

# ccache, where there is one; told the base directory, two checkouts share what was compiled.
find_program(FOOTFALL_CCACHE ccache)
mark_as_advanced(FOOTFALL_CCACHE)
if(FOOTFALL_CCACHE AND PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}"
    CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros "${FOOTFALL_CCACHE}")
endif()

cmake_host_system_information(RESULT footfall_cores QUERY NUMBER_OF_LOGICAL_CORES)
cmake_host_system_information(RESULT footfall_memory QUERY TOTAL_PHYSICAL_MEMORY)  # MiB
math(EXPR footfall_memory_per_core "${footfall_memory} / ${footfall_cores}")

# footfall_program(target [NATIVE]): links footfall, with our warnings, for the processor that FOOTFALL_MARCH names, else
# with NATIVE for this machine's own. Programs include headers beside them by the path from the top: <tests/thrown.hpp>.
function(footfall_program target)
  cmake_parse_arguments(arg "NATIVE" "" "" ${ARGN})
  target_link_libraries(${target} PRIVATE footfall::footfall)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow $<$<BOOL:${FOOTFALL_WERROR}>:-Werror>)
  if(FOOTFALL_MARCH)
    target_compile_options(${target} PRIVATE -march=${FOOTFALL_MARCH})
  elseif(arg_NATIVE AND FOOTFALL_NATIVE)
    check_cxx_compiler_flag(-march=native FOOTFALL_HAS_MARCH_NATIVE)
    target_compile_options(${target} PRIVATE $<$<BOOL:${FOOTFALL_HAS_MARCH_NATIVE}>:-march=native>)
  endif()

  # g++ searches its memory for what it can free when it holds 128 MB, 256 MB, and so on: a seventh of its time, for about
  # 2.5 GB where it would hold 2. Where memory allows, it begins at 2 GB.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND footfall_memory_per_core GREATER 6000)
    target_compile_options(${target} PRIVATE --param=ggc-min-heapsize=2000000)
  endif()

  # Where g++ 12 is wrong: a string added to a literal (gcc bug 105651, in three guises), and uninitialised values in
  # vectors that are returned in a struct, and in its own AVX-512 intrinsics inside Eigen. For those, clang and the
  # sanitizers look.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow
      -Wno-maybe-uninitialized -Wno-uninitialized)
  endif()

  # g++ 12 with AVX-512 makes {1, 1, 1, 1} of the constants {1, 1, 1, 0} unless it moves them 16 bytes at a time.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
    check_cxx_compiler_flag("-mmove-max=128 -mstore-max=128" FOOTFALL_HAS_MOVE_MAX)
    target_compile_options(${target} PRIVATE $<$<BOOL:${FOOTFALL_HAS_MOVE_MAX}>:-mmove-max=128;-mstore-max=128>)
  endif()
endfunction()
