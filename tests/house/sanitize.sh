#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: sanitize.sh PRESET [CTEST-ARGUMENTS]
# Builds a preset (asan, tsan, fuzz) and passes the tests in it.
set -euo pipefail
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
house=$PWD/tests/house
preset=$1
shift

targets=all
[[ $preset == fuzz ]] && targets=fuzz_targets
launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache)
cmake --preset "$preset" "${launcher[@]}" -DROLLCALL_TESTS=ON \
    -DCMAKE_C_FLAGS_DEBUG="-g -O1" \
    -DROLLCALL_WERROR=ON -DROLLCALL_BENCH=OFF \
    -DROLLCALL_HOUSE=OFF >/dev/null
ninja -C "build/$preset" "$targets" | tail -n 30

export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$house/leaks.supp:print_suppressions=0
export TSAN_OPTIONS=suppressions=$house/threads.supp
cd "build/$preset"
ctest --output-on-failure -j "$(nproc)" "$@" </dev/null
