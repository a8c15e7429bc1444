#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: tidy.sh BUILD
# clang-tidy has nothing to say about any source that BUILD compiles.  One file a
# run: version 14 carries what it knows of va_list from one file to the next.
set -euo pipefail
build=$1
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
find "$PWD/src" "$PWD/tests" -name '*.c' | sort | while IFS= read -r file; do
    if grep -qF "\"file\": \"$file\"" "$build/compile_commands.json"; then
        printf '%s\0' "$file"
    fi
done | xargs -0 -n 1 -P "$(nproc)" clang-tidy --quiet -p "$build" \
    --extra-arg=-Wno-unknown-warning-option 2> >(grep -v \
        -e 'warnings\? generated' -e 'in non-user code' \
        -e 'Use -header-filter' >&2 || true)
