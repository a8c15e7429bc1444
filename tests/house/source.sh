#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every source begins with its licence, is written without tabs and trailing
# blanks, within 80 columns, and ends with a newline; guards are named after
# the file; no file grows beyond what can be read at a sitting.  No file has a
# name that a shell would take apart.
set -euo pipefail
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
longest=600
problems=0

problem() { # PLACE MESSAGE
    echo "$1: $2"
    problems=$((problems + 1))
}

mapfile -t sources < <(find src tests -name '*.[ch]' | sort)
mapfile -t others < <(find cmake tests CMakeLists.txt run .ci \
    \( -name '*.sh' -o -name '*.cmake' -o -name CMakeLists.txt -o -name run \) \
    -type f -size +0 | sort)

for file in "${sources[@]}" "${others[@]}"; do
    head -n 2 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
        problem "$file:1" 'does not begin with its SPDX line'
    [[ -z $(tail -c 1 "$file") ]] || problem "$file" 'does not end its line'
done
while IFS=: read -r file line _; do
    problem "$file:$line" 'has a tab or a blank at its end'
done < <(grep -nHP '\x09| +$' "${sources[@]}" "${others[@]}" || true)
while IFS=: read -r file line _; do
    [[ $file != src/* ]] || problem "$file:$line" 'is wider than 80 columns'
done < <(LC_ALL=C.UTF-8 grep -nHE '^.{81,}$' "${sources[@]}" || true)
for file in "${sources[@]}"; do
    lines=$(wc -l <"$file")
    ((lines <= longest)) || problem "$file" "has $lines lines; split it"
done
while IFS= read -r file; do
    guard=${file#src/}
    guard=${guard^^}
    guard=${guard//[\/.-]/_}
    grep -q "^#ifndef $guard\$" "$file" ||
        problem "$file" "has no include guard $guard"
done < <(find src -name '*.h' | sort)
if [[ -e .git ]]; then
    while IFS= read -r file; do
        problem "$file" 'has a name of other letters than A-Za-z0-9._/+-'
    done < <(git ls-files --cached --others --exclude-standard |
        LC_ALL=C grep '[^A-Za-z0-9._/+-]' || true)
fi

if ((problems)); then
    echo "$problems problem(s)"
    exit 1
fi
echo "${#sources[@]} sources and ${#others[@]} scripts are in order"
