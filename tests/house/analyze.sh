#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: analyze.sh [FILE...]    ("./run test analyze" does it)
# gcc's analyzer has nothing to say about any source of src/, as the debug build
# compiles it.
set -euo pipefail
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
build=$PWD/build/debug
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# gcc 12 loses sight of what is kept in an element of an array that grew: both
# are freed with the array, as valgrind and the address sanitizer see.  It does
# not see either that {0} is all of a vector.
untrue='src/listen/wide.h.*uninitialized value .peaks
src/listen/lexicon.c.*leak of .strdup
src/routine/library.c.*leak of .<unknown>'
export build work untrue

check() { # FILE, as a path from /
    local command
    command=$(jq -r --arg file "$1" '.[] | select(.file == $file).command' \
        "$build/compile_commands.json" | head -n 1 |
        sed -E 's/ -o [^ ]+//; s/ -c / -S -o \/dev\/null /; s/ -Werror//')
    [[ $command ]] || return 0
    (cd "$build" && eval "${command#*ccache }" -O1 -fanalyzer) \
        2>"$work/$$" || echo "$1 does not compile"
    grep 'Wanalyzer' "$work/$$" | grep -v "$untrue" || true
}
export -f check

mapfile -t files < <(find "$PWD/src" -name "*.c" | sort)
(($#)) && files=("$@")
printf '%s\0' "${files[@]}" |
    xargs -0 -n 1 -P "$(nproc)" bash -c 'check "$1"' check | tee "$work/all"
[[ ! -s $work/all ]] || exit 1
echo "${#files[@]} sources analyzed, nothing found"
