#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: fuzz.sh SECONDS
# Builds everything with clang, then runs each fuzz target for so long, from
# its seeds in tests/fuzz/corpus/NAME/, which it does not change.
set -euo pipefail
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
seconds=$1
cmake --preset fuzz -DROLLCALL_TESTS=ON -DROLLCALL_WERROR=ON \
    -DROLLCALL_HOUSE=OFF >/dev/null
ninja -C build/fuzz | tail -n 30

shopt -s nullglob
targets=(build/fuzz/bin/*_fuzz)
if ((${#targets[@]} == 0)); then
    echo 'there is no fuzz target'
    exit 1
fi
for target in "${targets[@]}"; do
    name=$(basename "$target" _fuzz)
    work=build/fuzz/corpus/$name
    mkdir -p "$work"
    echo "== $name, $seconds s"
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
        -artifact_prefix="build/fuzz/$name-" -verbosity=0 \
        -print_final_stats=1 "$work" "tests/fuzz/corpus/$name" 2>&1 |
        tail -n 40
done
