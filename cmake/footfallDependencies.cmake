# SPDX-License-Identifier: MIT
# Finds what the headers include: Eigen, xsimd and threads. The build and the installed package both read this file.
# Leaves in footfall_missing a sentence that says what to install, or nothing.
#
# No version is given to find_package: the version files of Eigen and xsimd refuse every other major version, while
# footfall compiles with all of them from the oldest one named here.
set(footfall_missing "")

if(NOT TARGET Eigen3::Eigen)
  find_package(Eigen3 QUIET CONFIG)
endif()
if(NOT TARGET Eigen3::Eigen)
  string(APPEND footfall_missing "Eigen 3.4 or later was not found (Debian: apt-get install libeigen3-dev). ")
elseif(Eigen3_VERSION AND Eigen3_VERSION VERSION_LESS 3.4)
  string(APPEND footfall_missing
    "Eigen ${Eigen3_VERSION} is too old, 3.4 or later is needed (Debian 12 or later: apt-get install libeigen3-dev). ")
endif()

include("${CMAKE_CURRENT_LIST_DIR}/footfallXsimd.cmake")
if(NOT TARGET footfall::xsimd)
  string(APPEND footfall_missing "xsimd 8.1 or later was not found (Debian: apt-get install libxsimd-dev). ")
elseif(xsimd_VERSION AND xsimd_VERSION VERSION_LESS 8.1)
  string(APPEND footfall_missing
    "xsimd ${xsimd_VERSION} is too old, 8.1 or later is needed (Debian 12 or later: apt-get install libxsimd-dev). ")
endif()

find_package(Threads QUIET)
if(NOT Threads_FOUND)
  string(APPEND footfall_missing "no thread library was found (Debian: apt-get install g++). ")
endif()
string(STRIP "${footfall_missing}" footfall_missing)
