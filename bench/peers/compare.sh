#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs footfall and its peers side by side: bench/peers/compare.sh [--quick] [--threads N] [operation ...]
exec /usr/bin/python3 "$(dirname "$0")/compare.py" "$@"
