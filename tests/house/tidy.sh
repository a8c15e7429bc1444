#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: tidy.sh BUILD
# clang-tidy has nothing to say about any source that BUILD compiles.  What was
# clean is not looked at again until it changes, with all that it includes.  The
# analyzer, which takes most of the time, walks through src/ alone.
set -euo pipefail
build=$1
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
export build
mkdir -p "$build/tidy"

# One file a run: version 14 carries what it knows of va_list from one file to
# the next.
check() { # FILE
    local key checks=
    [[ $1 == */src/* ]] || checks=--checks=-clang-analyzer-*
    key=$({
        cat .clang-tidy
        clang -E -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE \
            -Isrc "$1" 2>/dev/null || cat "$1" src/*/*.h
    } | sha256sum | cut -d' ' -f1)
    [[ ! -e $build/tidy/$key ]] || return 0
    clang-tidy --quiet ${checks:+"$checks"} -p "$build" "$1" 2> >(grep -v \
        -e 'warnings\? generated' -e 'in non-user code' \
        -e 'Use -header-filter' >&2 || true) || return 1
    : >"$build/tidy/$key"
}
export -f check

find "$PWD/src" "$PWD/tests" -name '*.c' | sort | while IFS= read -r file; do
    if grep -qF "\"file\": \"$file\"" "$build/compile_commands.json"; then
        printf '%s\0' "$file"
    fi
done | xargs -0 -n 1 -P "$(nproc)" bash -c 'check "$1"' check
