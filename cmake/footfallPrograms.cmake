# SPDX-License-Identifier: MIT
# How our own tests, examples and benchmarks are compiled. Nothing here reaches a user of the library.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)

# ccache, where there is one; told the base directory, two checkouts share what was compiled.
find_program(FOOTFALL_CCACHE ccache)
mark_as_advanced(FOOTFALL_CCACHE)
if(FOOTFALL_CCACHE AND PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}"
    CCACHE_NOHASHDIR=1 "${FOOTFALL_CCACHE}")
endif()

# -march for a program: what FOOTFALL_MARCH says, else the machine's own where NATIVE is asked for.
function(footfall_march result native)
  set(${result} "" PARENT_SCOPE)
  if(FOOTFALL_MARCH)
    set(${result} "-march=${FOOTFALL_MARCH}" PARENT_SCOPE)
  elseif(native AND FOOTFALL_NATIVE)
    check_cxx_compiler_flag(-march=native FOOTFALL_HAS_MARCH_NATIVE)
    if(FOOTFALL_HAS_MARCH_NATIVE)
      set(${result} -march=native PARENT_SCOPE)
    endif()
  endif()
endfunction()

# footfall_program(target [NATIVE]): links footfall, with our warnings and instruction set. Programs may include each
# other's headers by their path from the top, as in <tests/thrown.hpp>.
function(footfall_program target)
  cmake_parse_arguments(arg "NATIVE" "" "" ${ARGN})
  target_link_libraries(${target} PRIVATE footfall::footfall)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow $<$<BOOL:${FOOTFALL_WERROR}>:-Werror>)
  footfall_march(march ${arg_NATIVE})
  target_compile_options(${target} PRIVATE ${march})

  # Where g++ 12 is wrong: a string added to a literal (gcc bug 105651); uninitialised values in its own AVX-512
  # intrinsics inside Eigen, system header or not, and in the standard library once the sanitizers are on.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-restrict)
    set(CMAKE_REQUIRED_FLAGS "${march}")
    string(MAKE_C_IDENTIFIER "FOOTFALL_AVX512${march}" avx512)
    check_cxx_source_compiles("#ifndef __AVX512F__\n#error no\n#endif\nint main() {}" ${avx512})
    if(${avx512} OR CMAKE_CXX_FLAGS MATCHES "-fsanitize")
      target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized -Wno-uninitialized)
    endif()
  endif()
endfunction()
