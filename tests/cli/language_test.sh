#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every language is whole: no key of English is missing, every command has a
# phrase, its routines are right, and a session is spoken and typed in it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export XDG_DATA_HOME=$work/data
voices=$ROLLCALL_SHARE/voices

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

keys() { # FILE: its keys, those of maps below as well
    python3 -c '
import sys, yaml
def walk(node, path):
    if isinstance(node, dict):
        for key in sorted(node, key=str):
            print(path + str(key))
            walk(node[key], path + str(key) + "/")
walk(yaml.safe_load(open(sys.argv[1])), "")' "$1"
}

for language in "$voices"/*/; do
    language=$(basename "$language")
    for file in phrases answers greeting history; do
        diff <(keys "$voices/en-us/$file.yaml") \
            <(keys "$voices/$language/$file.yaml") ||
            fail "$language: $file.yaml has other keys than English"
    done
    for voice in calm brisk bright steady; do
        "$ROLLCALL" voices --language "$language" | grep -q "^$voice " ||
            fail "$language has no voice '$voice'"
    done
    # what can be said in English, can be typed here
    diff <(keys "$voices/en-us/commands.yaml" | grep ^commands/ |
        grep -v -e /slower -e /faster) \
        <(keys "$voices/$language/commands.yaml" | grep ^commands/) |
        grep '^<' && fail "$language lacks commands"
done

cd "$voices/de-de/routines"
"$ROLLCALL" check --language de ./*.yaml exercises/*.yaml >"$work/said" 2>&1 ||
    fail "$(cat "$work/said")"
grep -q warning "$work/said" && fail "$(cat "$work/said")"
cd "$work"

"$ROLLCALL" --language de list | grep -q 'Den oberen Rücken lösen' ||
    fail 'no German list'
# the same doses, second for second of work, as in English
work_of() {
    "$ROLLCALL" plan upper-back --json "$@" |
        jq -c '[.segments[] | select(.kind == "work") | [.exercise, .side, .seconds]]'
}
[ "$(work_of)" = "$(work_of --language=de)" ] || fail 'another dose in German'

# typed commands, with German letters; the clock is real, so it is short
{
    sleep 1
    echo 'nächste übung'
    sleep 0.5
    echo 'wie lange noch'
    sleep 0.5
    echo 'Sitzung beenden'
    sleep 3
} | timeout 60 "$ROLLCALL" --language de play upper-back --host pipe \
    --output /dev/null --events e.jsonl 2>log.txt || fail "$(cat log.txt)"
jq -r 'select(.event == "command" and .source == "typed").command' e.jsonl |
    diff - <(printf '%s\n' next_exercise time_left end_session) ||
    fail 'not obeyed'
jq -r 'select(.event == "say").text' e.jsonl |
    grep -q 'Die Sitzung ist zu Ende' || fail 'not in German'

"$ROLLCALL" --language xx list 2>err.txt && fail 'a language xx?'
grep -q "there is no language 'xx'; there are: " err.txt || fail 'no list'
