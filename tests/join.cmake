# SPDX-License-Identifier: MIT
# Joins test files into one for the compiler, which then reads and makes what they share once instead of once a file:
#   cmake -DJOINED=unit.cpp "-DFILES=a_test.cpp|b_test.cpp" -P join.cmake
# The includes of all come first. What follows a file's last include goes into a namespace of the file's own name, so
# that helpers of one name do not meet; #line keeps the file's name and line in messages and in doctest's filters.
string(REPLACE "|" ";" FILES "${FILES}")
set(heads "")
set(bodies "")
foreach(file IN LISTS FILES)
  file(READ "${file}" text)
  string(FIND "${text}" "\n#include " last REVERSE)
  math(EXPR last "${last} + 1")
  string(SUBSTRING "${text}" ${last} -1 rest)
  string(FIND "${rest}" "\n" end)
  math(EXPR end "${last} + ${end} + 1")
  string(SUBSTRING "${text}" 0 ${end} head)
  string(SUBSTRING "${text}" ${end} -1 body)
  string(REGEX REPLACE "[^\n]" "" lines "${head}")
  string(LENGTH "${lines}" lines)
  math(EXPR next "${lines} + 1")
  get_filename_component(name "${file}" NAME_WE)
  string(APPEND heads "${head}")
  string(APPEND bodies "namespace ${name} {\n#line ${next} \"${file}\"\n${body}}\n")
endforeach()
file(WRITE "${JOINED}" "${heads}${bodies}")
