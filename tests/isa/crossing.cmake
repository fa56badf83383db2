# SPDX-License-Identifier: MIT
# cmake -DCOMPILER=... -DSOURCE=... -DINCLUDES=a|b -DWORK=... -P crossing.cmake
# A value of footfall that crosses from one instruction set to another is an error of the linker. Within one it is none.
cmake_minimum_required(VERSION 3.25)
string(REPLACE "|" ";" INCLUDES "${INCLUDES}")
list(FILTER INCLUDES EXCLUDE REGEX "^$|^/usr/include/?$")
list(TRANSFORM INCLUDES PREPEND "-I")
file(MAKE_DIRECTORY "${WORK}")

function(build result march_of_giver march_of_taker)
  set(compile "${COMPILER}" -std=c++20 ${INCLUDES} -c "${SOURCE}")
  execute_process(COMMAND ${compile} -march=${march_of_giver} -o "${WORK}/giver.o" COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${compile} -march=${march_of_taker} -DTAKES -o "${WORK}/taker.o" COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND "${COMPILER}" "${WORK}/giver.o" "${WORK}/taker.o" -o "${WORK}/crossing"
    RESULT_VARIABLE status ERROR_VARIABLE output)
  set(${result} "${status}: ${output}" PARENT_SCOPE)
endfunction()

build(same x86-64 x86-64)
if(NOT same MATCHES "^0:")
  message(FATAL_ERROR "within one instruction set the halves must link:\n${same}")
endif()
build(crossed x86-64 x86-64-v3)
if(NOT crossed MATCHES "^[^0].*undefined reference to .*how_many")
  message(FATAL_ERROR "across instruction sets the linker must miss how_many:\n${crossed}")
endif()
