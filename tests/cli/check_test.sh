#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What "rollcall check" says of wrong files, of right ones, and of what is no
# file.  Each tests/golden/check/NAME.yaml is judged as NAME.txt has it.
set -u
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# expect STATUS NAME COMMAND...: the command's two outputs must be file NAME
expect() {
    local status=$1 expected=$2
    shift 2
    "$@" >"$scratch/said" 2>&1
    local ended=$?
    [ $ended -eq "$status" ] || fail "$* ended with $ended, not $status"
    diff -u "$expected" "$scratch/said" || fail "$* says something else"
}

scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
cd "$ROLLCALL_SOURCE/tests/golden/check" || exit 1

# with the words of rollcall, without its exercises
share=$ROLLCALL_SHARE
mkdir "$scratch/share"
ln -s "$ROLLCALL_SOURCE/voices" "$scratch/share/voices"
export ROLLCALL_SHARE=$scratch/share XDG_DATA_HOME=$scratch/none

count=0
for file in *.yaml; do
    text=${file%.yaml}.txt
    status=2
    grep -q 'error: ' "$text" || status=0
    expect $status "$text" "$ROLLCALL" check "$file"
    count=$((count + 1))
done
[ $count -ge 20 ] || fail "only $count wrong files"

# every message but that of a whole file names line and column
grep -h 'error: ' -- *.txt | grep -v '^empty.yaml: ' |
    grep -vE '^[a-z0-9/-]+\.yaml:[0-9]+:[0-9]+: error: ' &&
    fail "a message without line and column"

# all files of one call are judged, in their order
"$ROLLCALL" check sets.yaml idle-keys.yaml pace.yaml >"$scratch/out" \
    2>"$scratch/err"
[ $? -eq 2 ] || fail "one wrong file among three must end with 2"
[ "$(cat "$scratch/out")" = "idle-keys.yaml: ok" ] || fail "results on stdout"
[ "$(grep -c ' error: ' "$scratch/err")" -eq 5 ] || fail "problems on stderr"

# what is no file
echo "rollcall: no/such.yaml: there is no such file" >"$scratch/missing"
expect 2 "$scratch/missing" "$ROLLCALL" check no/such.yaml
mkdir "$scratch/folder.yaml"
echo "$scratch/folder.yaml: error: this is a folder; name a file in it" \
    >"$scratch/text"
expect 2 "$scratch/text" "$ROLLCALL" check "$scratch/folder.yaml"
"$ROLLCALL" check >/dev/null 2>&1
[ $? -eq 2 ] || fail "a call without files must end with 2"

# names, and the routines of the tree: every one must be clean
cd "$ROLLCALL_SOURCE" || exit 1
export ROLLCALL_SHARE=$share
echo "routines/upper-back.yaml: ok" >"$scratch/text"
expect 0 "$scratch/text" "$ROLLCALL" check upper-back
echo "rollcall: there is no routine 'uper-back'; did you mean 'upper-back'?" \
    '"rollcall list" shows all of them' >"$scratch/text"
expect 2 "$scratch/text" "$ROLLCALL" check uper-back
all=(routines/*.yaml routines/exercises/*.yaml)
for file in "${all[@]}"; do echo "$file: ok"; done >"$scratch/text"
expect 0 "$scratch/text" "$ROLLCALL" check "${all[@]}"

# where what they say is from
for file in "${all[@]}"; do
    grep -q '^# Sources: ' "$file" || fail "$file names no sources"
done

# no routine rolls the neck or the lower spine
for file in routines/exercises/*.yaml; do
    grep -q '^tool: \(foam roller\|massage ball\)' "$file" || continue
    sed -n 's/^body: //p' "$file" | grep -E 'neck|lower back' &&
        fail "$file has pressure on the neck or the lower back"
done

# the general answers say no command, but for the one that must
{
    printf 'routine: said\ntitle: T\nexercises:\n  - id: one\n    title: One\n'
    printf '    work: {kind: roll, time: 30s}\n    answers:\n'
    sed 's/^/      /' voices/en-us/answers.yaml
} >"$scratch/said.yaml"
"$ROLLCALL" check "$scratch/said.yaml" >"$scratch/text" 2>&1
[ "$(grep -c 'which is a command' "$scratch/text")" = 1 ] &&
    grep -A 1 'which is a command' "$scratch/text" | grep -q 'Say pause' ||
    fail "an answer says a command: $(cat "$scratch/text")"

# the example of the documentation
sed -n '/^```yaml$/,/^```$/p' docs/routine-format.md | grep -v '^```' \
    >"$scratch/evening.yaml"
echo "$scratch/evening.yaml: ok" >"$scratch/text"
expect 0 "$scratch/text" "$ROLLCALL" check "$scratch/evening.yaml"

# a file too large to be read, and one that would never end
head -c 2000000 /dev/zero | tr '\0' '#' >"$scratch/large.yaml"
echo "$scratch/large.yaml: error: the file is larger than 1048576 bytes, the" \
    "most that is read" >"$scratch/text"
expect 2 "$scratch/text" "$ROLLCALL" check "$scratch/large.yaml"
ln -s /dev/zero "$scratch/endless.yaml"
"$ROLLCALL" check "$scratch/endless.yaml" >/dev/null 2>&1
[ $? -eq 2 ] || fail "an endless file must be refused"

echo "$count wrong files, $failures failures"
[ $failures -eq 0 ]
