#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: tidy.sh BUILD
# clang-tidy has nothing to say about any source that BUILD compiles.
set -euo pipefail
build=$1
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
find "$PWD/src" "$PWD/tests" -name '*.c' | sort | while IFS= read -r file; do
    grep -qF "\"file\": \"$file\"" "$build/compile_commands.json" &&
        printf '%s\0' "$file"
done | xargs -0 -n 4 -P "$(nproc)" clang-tidy --quiet -p "$build" \
    --extra-arg=-Wno-unknown-warning-option 2> >(grep -v \
        -e 'warnings\? generated' -e 'in non-user code' \
        -e 'Use -header-filter' >&2 || true)
