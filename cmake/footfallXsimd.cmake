# SPDX-License-Identifier: MIT
# footfall::xsimd: the include directory of xsimd and nothing else. The target that Debian 12 packages asks the linker
# for a library "xtl" that does not exist, so that target is read here and never linked.
if(NOT TARGET footfall::xsimd)
  if(NOT TARGET xsimd)
    find_package(xsimd QUIET CONFIG)
  endif()
  if(TARGET xsimd)
    get_target_property(footfall_xsimd_include xsimd INTERFACE_INCLUDE_DIRECTORIES)
    add_library(footfall::xsimd INTERFACE IMPORTED)
    set_target_properties(footfall::xsimd PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${footfall_xsimd_include}")
    unset(footfall_xsimd_include)
  endif()
endif()
