#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The words that a shell completes with are those the program takes.
set -u
failures=0
fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
export XDG_DATA_HOME=$scratch/data PULSE_SERVER=none ALSA_CONFIG_PATH=/dev/null
cd "$scratch" || exit 1

words() { "$ROLLCALL" complete "$@" 2>>said.txt; }

# one routine of one's own is among them; ids as "list" has them
"$ROLLCALL" new evening </dev/null >/dev/null 2>&1
for kind in play render plan check format; do
    diff <(words "$kind") <("$ROLLCALL" list --json | jq -r '.[].id') ||
        fail "complete $kind"
done
words play | grep -qx evening || fail "one's own routine"

# each is taken
for voice in $(words voice); do
    "$ROLLCALL" plan lats --voice "$voice" >/dev/null || fail "voice $voice"
done
for language in $(words language); do
    "$ROLLCALL" --language "$language" list >/dev/null 2>&1 ||
        fail "language $language"
done
[[ $(words level | sort | xargs) == 'deep gentle standard' ]] || fail levels
[[ $(words talk | sort | xargs) == 'brief full quiet usual' ]] || fail talk
[[ $(words language | sort | xargs) == 'de-de en-us' ]] || fail languages
words command | grep -qx play || fail commands

# what cannot be found out is no word, and no message
for kind in output input nonsense ''; do
    [[ -z $(words "$kind") ]] || fail "words for '$kind': $(words "$kind")"
    words "$kind" || fail "status for '$kind'"
done
for kind in play voice language; do
    [[ -z $(ROLLCALL_SHARE=/nowhere XDG_DATA_HOME=/nowhere words "$kind") ]] ||
        fail "words of nowhere for $kind"
done
[[ ! -s said.txt ]] || fail "messages: $(cat said.txt)"
words
[[ $? -eq 2 ]] || fail 'no kind at all'
grep -q 'KIND' said.txt || fail 'what it wants is not told'
if words command >/dev/full; then fail 'a full disk is no success'; fi
exit $((failures > 0))
