# SPDX-License-Identifier: MIT
# Runs PROGRAM and compares what it prints with the file EXPECTED, which the documents quote.
execute_process(COMMAND "${PROGRAM}" OUTPUT_VARIABLE printed RESULT_VARIABLE status)
file(READ "${EXPECTED}" expected)
if(NOT status EQUAL 0 OR NOT printed STREQUAL expected)
  message(FATAL_ERROR "status ${status}; printed:\n${printed}\nexpected (${EXPECTED}):\n${expected}")
endif()
