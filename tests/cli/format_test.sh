#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# "rollcall format": files in order, in one step; what is in order stays the
# very same file.  What it makes of a text is in tests/unit/routine.
set -u
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
cd "$scratch" || exit 1

cat >mixed.yaml <<'END'
# head
title: T
routine: mixed # name
exercises:
  - title: One
    id: one
    work: {kind: roll, time: 30s}
END
cp mixed.yaml kept.yaml
chmod 640 mixed.yaml
ln -s mixed.yaml link.yaml

# --check tells, and changes nothing
got=$("$ROLLCALL" format --check ./mixed.yaml)
[ $? -eq 1 ] || fail "--check must end with 1"
[ "$got" = ./mixed.yaml ] || fail "--check must name the file"
cmp mixed.yaml kept.yaml || fail "--check has changed it"

# formatting, through a link; mode and link stay
got=$("$ROLLCALL" format link.yaml) || fail "format ended with $?"
[ "$got" = link.yaml ] || fail "the changed file is named"
cat >expected <<'END'
# head
routine: mixed # name
title: T
exercises:
  - id: one
    title: One
    work: {kind: roll, time: 30s}
END
diff -u expected mixed.yaml || fail "not in order"
[ -L link.yaml ] || fail "the link is gone"
[ "$(stat -c %a mixed.yaml)" = 640 ] || fail "the mode is lost"
[ "$(find . -type f | wc -l)" = 3 ] || fail "something is left behind: $(ls)"

# what is in order is not written at all
before=$(stat -c '%i %Y' mixed.yaml)
[ -z "$("$ROLLCALL" format mixed.yaml)" ] || fail "nothing changes"
[ "$(stat -c '%i %Y' mixed.yaml)" = "$before" ] || fail "it was written anew"
"$ROLLCALL" format --check mixed.yaml || fail "it is in order"

# what cannot be put in order stays as it is, and does not hinder the others
printf 'routine: [\n' >broken.yaml
cp kept.yaml other.yaml
"$ROLLCALL" format broken.yaml other.yaml none.yaml >out 2>err
[ $? -eq 2 ] || fail "a broken file must end with 2"
[ "$(cat out)" = other.yaml ] || fail "the other file"
grep -q 'broken.yaml:2:1: error: ' err || fail "the place of the problem"
grep -q 'none.yaml: there is no such file' err || fail "the missing file"
[ "$(cat broken.yaml)" = 'routine: [' ] || fail "the broken file is touched"

# every file of the tree that is right is in order, or stays right and the same
# when it is put in order
cd "$ROLLCALL_SOURCE" || exit 1
"$ROLLCALL" format --check routines/*.yaml routines/exercises/*.yaml ||
    fail "the library is not in order"
for file in tests/golden/check/*.yaml; do
    cp "$file" "$scratch/golden.yaml"
    "$ROLLCALL" format "$scratch/golden.yaml" >/dev/null 2>&1 || continue
    "$ROLLCALL" format --check "$scratch/golden.yaml" >/dev/null ||
        fail "$file changes again"
    diff <(sort "$file" | sed 's/^ *- /  /; s/^ *//' | sort | grep .) \
        <(sed 's/^ *- /  /; s/^ *//' "$scratch/golden.yaml" | sort | grep .) \
        >/dev/null || fail "$file loses or gains a line"
done

echo "$failures failures"
[ $failures -eq 0 ]
