#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# "rollcall list": a table for people, JSON for programs; a broken file is told
# on stderr and does not hinder the others.
set -u
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

same() { # WHAT EXPECTED GOT
    [ "$2" = "$3" ] && return
    fail "$1"
    diff -u <(echo "$2") <(echo "$3")
}

scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
mkdir -p "$scratch/here" "$scratch/data/rollcall/routines"
export XDG_DATA_HOME=$scratch/data
export ROLLCALL_SHARE=$scratch/share
mkdir "$scratch/share"
ln -s "$ROLLCALL_SOURCE/voices" "$scratch/share/voices"
mkdir "$scratch/share/routines"
cd "$scratch/here" || exit 1

write() { # FOLDER ID TITLE TIME
    cat >"$1/$2.yaml" <<END
routine: $2
title: $3
needs: [foam roller, massage ball]
exercises:
  - id: one
    title: One
    ready: 0s
    work: {kind: hold, time: $4}
    sets: 1
END
}

write "$scratch/share/routines" short "Über short" 30s
write "$scratch/share/routines" hidden "Not this one" 30s
write "$scratch/data/rollcall/routines" hidden "A longer title" 8m45s

got=$("$ROLLCALL" list 2>"$scratch/err") || fail "list ended with $?"
same "the table" \
    "id      title           minutes  needs
hidden  A longer title        9  foam roller, massage ball
short   Über short            1  foam roller, massage ball" "$got"
same "nothing on stderr" "" "$(cat "$scratch/err")"

# the same for programs
json=$("$ROLLCALL" list --json) || fail "list --json ended with $?"
same "ids" "hidden short" "$(jq -r '[.[].id] | join(" ")' <<<"$json")"
same "keys" "about id minutes needs path seconds title" \
    "$(jq -r '.[0] | keys | join(" ")' <<<"$json")"
same "needs" "massage ball" "$(jq -r '.[1].needs[1]' <<<"$json")"
same "title" "Über short" "$(jq -r '.[1].title' <<<"$json")"

# a broken file
echo "routine: broken" >"$scratch/data/rollcall/routines/broken.yaml"
got=$("$ROLLCALL" list 2>"$scratch/err") || fail "a broken file stops the list"
same "two routines" 3 "$(wc -l <<<"$got")"
file=$scratch/data/rollcall/routines/broken.yaml
same "a note on stderr" "rollcall: $file is left out, it has 2 errors;\
 \"rollcall check $file\" shows them" "$(cat "$scratch/err")"

# no routine at all is no failure
rm "$scratch"/share/routines/* "$scratch"/data/rollcall/routines/*
same "an empty list" "[]" "$("$ROLLCALL" list --json)"

# the minutes are those of the plan with a real voice, within one
cd "$ROLLCALL_SOURCE" || exit 1
unset ROLLCALL_SHARE
for id in routines/*.yaml; do
    id=$(basename "$id" .yaml)
    listed=$("$ROLLCALL" list --json |
        jq ".[] | select(.id == \"$id\").seconds")
    planned=$("$ROLLCALL" plan "$id" --json | jq '.seconds | floor')
    [ $((listed - planned)) -le 60 ] && [ $((planned - listed)) -le 60 ] ||
        fail "$id: listed with $listed s, planned with $planned s"
done

echo "$failures failures"
[ $failures -eq 0 ]
