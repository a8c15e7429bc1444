#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# "rollcall new": whatever is answered, the file that it writes is one that
# "check" has nothing to say about; what is there is never touched.
set -u
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
export XDG_DATA_HOME=$scratch/data
cd "$scratch" || exit 1

# clean FILE: check says ok and nothing else, format has nothing to change
clean() {
    [ "$("$ROLLCALL" check "$1" 2>&1)" = "$1: ok" ] ||
        fail "$1 is not clean: $("$ROLLCALL" check "$1" 2>&1; cat "$1")"
    "$ROLLCALL" format --check "$1" >/dev/null ||
        fail "$1 is not in order: $(cat "$1")"
}

# answer NAME LINES...: the answers to its questions; the file goes to $file
answer() {
    local name=$1
    shift
    file=$(printf '%s\n' "$@" | "$ROLLCALL" new "$name" 2>asked.txt) ||
        fail "new $name ended with $?: $(cat asked.txt)"
}

# empty lines, and no lines at all, take the defaults
file=$("$ROLLCALL" new evening </dev/null 2>asked.txt) || fail "no input"
[ "$file" = "$scratch/data/rollcall/routines/evening.yaml" ] ||
    fail "not in the user's folder: $file"
clean "$file"
[ "$(stat -c %a data/rollcall)" = 700 ] || fail "others can read the folder"
"$ROLLCALL" check evening >/dev/null || fail "check does not find it by name"
grep -q '^title: "Evening"$' "$file" || fail "a title from the name"
grep -q '^  - use: ' "$file" || fail "exercises for the upper back"
grep -q 'rollcall play evening' asked.txt || fail "what to do then"
answer morning '' '' '' ''
sed 's/morning/evening/; s/Morning/Evening/' "$file" |
    cmp - "$scratch/data/rollcall/routines/evening.yaml" ||
    fail "empty lines differ from no lines"

# ./routines comes first, and play finds it
mkdir routines
answer legs-today 'My "legs" \ today' legs 'quads, calves' 1
[ "$file" = routines/legs-today.yaml ] || fail "not in ./routines: $file"
clean "$file"
"$ROLLCALL" plan legs-today >/dev/null || fail "no plan of it"
"$ROLLCALL" list --json | jq -e '.[] | select(.id == "legs-today")
    | .title == "My \"legs\" \\ today"' >/dev/null || fail "the title is lost"

# exercises of one's own; slips are asked again
answer ./own.yaml '' shouldres shoulders 'rhomboid, Wall push' '' 99 3 \
    rol roll 'foam roler' 'foam roller' 2 5 yes
clean "$file"
grep -q "did you mean 'shoulders'" asked.txt || fail "the misspelt part"
grep -q 'a number from 1 to 20, please' asked.txt || fail "the odd number"
grep -q "did you mean 'foam roller'" asked.txt || fail "the misspelt tool"
grep -q '  - use: rhomboids' "$file" || fail "the misspelt exercise"
answer ./many.yaml Many hips 'tfl, Neck stretch!, ball thing' 3 \
    hold none 20 yes roll 'massage ball' 40 no
clean "$file"
[ "$(grep -c '^  - ' "$file")" = 3 ] || fail "three exercises: $(cat "$file")"
grep -q '  - id: neck-stretch' "$file" || fail "an id from its words"
grep -q 'gates: \[open_wound' "$file" || fail "gates where there is pressure"

# what is there stays
cp "$file" kept.yaml
"$ROLLCALL" new ./many.yaml </dev/null >/dev/null 2>said.txt
[ $? -eq 2 ] || fail "an old file must be refused"
grep -q 'is there already, and stays as it is' said.txt || fail "it says so"
cmp many.yaml kept.yaml || fail "the old file is touched"

# names
for name in 'Big Name' '' ../x 2; do
    "$ROLLCALL" new "$name" </dev/null >/dev/null 2>said.txt
    [ $? -eq 2 ] || fail "the name '$name' must be refused"
done
"$ROLLCALL" new ./no/such/folder.yaml </dev/null >/dev/null 2>said.txt &&
    fail "a folder that is not there"

# hostile answers
head -c 5000 /dev/urandom | tr -d '\n' >noise
{ cat noise; echo; cat noise noise; } |
    timeout 10 "$ROLLCALL" new noisy >/dev/null 2>&1
[ $? -le 2 ] || fail "noise"
"$ROLLCALL" check noisy >/dev/null 2>&1 || fail "noise makes a wrong file"

echo "$failures failures"
[ $failures -eq 0 ]
