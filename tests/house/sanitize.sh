#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: sanitize.sh PRESET [CTEST-ARGUMENTS]
# Builds the preset and passes the tests in it.
set -euo pipefail
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
suppressions=$PWD/tests/house
preset=$1
shift
cmake --preset "$preset" -DROLLCALL_TESTS=ON -DROLLCALL_WERROR=ON \
    -DROLLCALL_BENCH=OFF -DROLLCALL_HOUSE=OFF >/dev/null
ninja -C "build/$preset" | tail -n 30
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$suppressions/leaks.supp:print_suppressions=0
export TSAN_OPTIONS=suppressions=$suppressions/threads.supp:halt_on_error=1
cd "build/$preset"
ctest --output-on-failure -j "$(nproc)" "$@"
