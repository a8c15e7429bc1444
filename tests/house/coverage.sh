#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: coverage.sh [CTEST-ARGUMENTS]    ("./run test coverage" does it)
# Which lines and branches of src/ the tests of units, simulations and the
# command line reach, without the hosts, which want sound devices.  The table
# goes to stdout, every line with its count to build/coverage/lines.txt.
set -euo pipefail
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
folder=$PWD/build/coverage
without='(^|/)tests/|/usr/|src/audio/(host_|backend|devices|choice|layout|inlet)'
(($#)) || set -- -LE 'room|house'

launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache)
cmake --preset coverage "${launcher[@]}" >/dev/null
ninja -C "$folder" | tail -n 1 >&2
rm -rf "$folder/counts"
mkdir "$folder/counts"
# a test that fails here has been told of by "./run test"; what it reached counts
LLVM_PROFILE_FILE=$folder/counts/%p-%m.profraw \
    ctest --test-dir "$folder" -j "$(nproc)" -E callback_symbols "$@" \
    </dev/null | tail -n 20 >&2 || true

find "$folder/counts" -name '*.profraw' -size +0 >"$folder/counts.txt"
# counts that a killed program left half written are named, and left out
llvm-profdata merge -failure-mode=all -sparse -f "$folder/counts.txt" \
    -o "$folder/all.profdata"
programs=()
for program in "$folder"/bin/*; do
    programs+=(-object "$program")
done
options=("${programs[@]:1}" -instr-profile "$folder/all.profdata"
    -ignore-filename-regex "$without")
llvm-cov show "${options[@]}" >"$folder/lines.txt" 2>/dev/null
llvm-cov export -summary-only "${options[@]}" 2>/dev/null |
    jq -r '
        def row($name; $lines; $branches):
            [$name, $lines.covered, $lines.count, $branches.covered,
             $branches.count] | @tsv;
        .data[0] | (.files[] | row(.filename | sub(".*/src/"; "src/");
                                   .summary.lines; .summary.branches)),
                   row("src/all"; .totals.lines; .totals.branches)' |
    awk -F'\t' '
        function row(m) {
            return sprintf("%-12s %7d %6.1f %8d %7.1f", m, sum[m, 3],
                sum[m, 3] ? 100 * sum[m, 2] / sum[m, 3] : 100, sum[m, 5],
                sum[m, 5] ? 100 * sum[m, 4] / sum[m, 5] : 100)
        }
        {
            split($1, part, "/")
            for (i = 2; i <= 5; i++) sum[part[2], i] += $i
            seen[part[2]] = 1
        }
        END {
            print "module         lines      % branches       %"
            fflush()
            for (module in seen) if (module != "all")
                print row(module) | "sort"
            close("sort")
            print row("all")
        }'
