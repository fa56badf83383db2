# SPDX-License-Identifier: MIT
# cmake -DCOMPILER=... -DSOURCE=... -DINCLUDES=a|b -P check.cmake
cmake_minimum_required(VERSION 3.25)
string(REPLACE "|" ";" INCLUDES "${INCLUDES}")
list(FILTER INCLUDES EXCLUDE REGEX "^$|^/usr/include/?$")
list(TRANSFORM INCLUDES PREPEND "-I")
set(command "${COMPILER}" -std=c++20 -fsyntax-only ${INCLUDES})

file(STRINGS "${SOURCE}" expected REGEX "^// expects: ")
list(TRANSFORM expected REPLACE "^// expects: " "")
if(NOT expected)
  message(FATAL_ERROR "${SOURCE} has no line `// expects: ...`")
endif()

execute_process(COMMAND ${command} -DFIXED "${SOURCE}" RESULT_VARIABLE result ERROR_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${SOURCE} must compile with -DFIXED:\n${output}")
endif()

execute_process(COMMAND ${command} "${SOURCE}" RESULT_VARIABLE result ERROR_VARIABLE output)
if(result EQUAL 0)
  message(FATAL_ERROR "${SOURCE} must not compile")
endif()
foreach(text IN LISTS expected)
  string(FIND "${output}" "${text}" at)
  if(at LESS 0)
    message(FATAL_ERROR "${SOURCE}: the compiler does not mention `${text}`:\n${output}")
  endif()
endforeach()
