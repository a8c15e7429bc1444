#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command by script: the events show what each one means.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# run LINES...: renders with a script of these lines
run() {
    printf '%s\n' "$@" >c.txt
    "$ROLLCALL" render upper-back -o s.wav --script c.txt --events e.jsonl \
        2>/dev/null
}

# assert FILTER MESSAGE: the jq filter over all events gives true
assert() {
    [ "$(jq -s "$1" e.jsonl)" = true ] || fail "$2"
}

# Where things are in a plain session.
"$ROLLCALL" render upper-back -o s.wav --events plain.jsonl 2>/dev/null
when() { # KIND N: where the N-th segment of that kind begins
    jq -s "[.[] | select(.kind == \"$1\")][$2 - 1].at" plain.jsonl
}
plus() { jq -n "$1 + $2"; }

work1=$(when work 1)
at=$(plus "$work1" 5)
# The next segment after the command.
after='([.[] | select(.event == "command")][0].frame) as $f
       | [.[] | select(.event == "segment" and .frame >= $f)][0]'

run "$at next"
assert "$after | .kind == \"rest\" and .set == 1 and .at == $at" \
    "next goes on with the rest"
run "$at next_set"
assert "$after | .kind == \"lead_in\" and .set == 2 and .at == $at" \
    "next_set goes to the next set's lead-in"
run "$at next_exercise"
assert "$after | .kind == \"setup\" and .exercise == \"rhomboids\"" \
    "next_exercise goes to the next exercise"
run "$at back"
assert "$after | .kind == \"work\" and .set == 1" "back starts the set again"
run "$(plus "$work1" 2.5) back"
assert "$after | .kind == \"lead_in\" and .set == 1" \
    "back within three seconds is the segment before"
run "2 start"
assert "$after | .kind == \"lead_in\" and .set == 1 and .at == 2" \
    "start goes to the first set"

# A pause of ten seconds makes everything after it ten seconds later.
run "$at pause" "$(plus "$at" 10) resume"
jq -s "[.[] | select(.at > $at and (.event == \"say\" or .event == \"segment\"
        or .name == \"zero\")) | .frame]" plain.jsonl >plain.txt
jq -s "[.[] | select(.at > $at and (.event == \"say\" or .event == \"segment\"
        or .name == \"zero\")) | .frame - 480000]" e.jsonl >paused.txt
cmp plain.txt paused.txt || fail "every cue keeps its place over a pause"

run "$at stop" "$(plus "$at" 20) resume"
assert '([.[] | select(.command == "stop")][0].frame) as $f
        | [.[] | select(.event == "cut" and .frame == $f)] | length == 1' \
    "stop cuts at once"
assert 'any(.[]; .event == "say" and (.text | startswith("Stopped.")))' \
    "stop tells what can be said"
run "$at repeat"
assert "([.[] | select(.event == \"say\" and .at < $at)][-1].text) as \$last
        | [.[] | select(.event == \"say\" and .at > $at)][0].text == \$last" \
    "repeat says the last instruction again"
run "$at more_time"
assert '[.[] | select(.name == "zero")][0].frame
        - [.[] | select(.kind == "work")][0].frame == 45 * 48000' \
    "more_time makes 35 seconds 45"
run "$at less_time"
assert '[.[] | select(.name == "zero")][0].frame
        - [.[] | select(.kind == "work")][0].frame == 25 * 48000' \
    "less_time makes 35 seconds 25"
run "$at time_left"
assert "any(.[]; .event == \"say\" and .at > $at and .at < $at + 2
        and (.text | test(\"seconds left\")))" "time_left is answered"
run "$at where"
assert 'any(.[]; .event == "say" and (.text == "Trapezius, set 1 of 3."))' \
    "where is answered"
run "$at help"
assert 'any(.[]; .event == "say" and (.text | startswith("Say pause")))' \
    "help is answered"
run "$at louder" "$(plus "$at" 1) quieter"
assert '[.[] | select(.event == "volume") | .decibels] == [3, 0]' \
    "louder and quieter"
run "$at end_session"
assert '.[-1].event == "end" and .[-1].reason == "ended"' "end_session ends"
run "$at pain"
assert 'any(.[]; .event == "say" and (.text | startswith("Come off slowly")))' \
    "pain is answered"
run "$at resume"
assert 'any(.[]; .event == "declined" and .command == "resume")' \
    "a command that means nothing is declined"

# A script that cannot be used.
printf '5 nxt_set\nx pause\n7 pause\n6 resume\n' >c.txt
status=0
"$ROLLCALL" render upper-back -o no.wav --script c.txt 2>message.txt || status=$?
[ "$status" = 2 ] || fail "a wrong script is bad input, not $status"
grep -q "c.txt:1:3: error: unknown command 'nxt_set'; did you mean 'next_set'" \
    message.txt || fail "the misspelt command is named"
grep -q "c.txt:2:1: error: expected seconds" message.txt ||
    fail "the missing time is named"
grep -q "c.txt:4:1: error: this time is before" message.txt ||
    fail "the wrong order is named"
[ ! -e no.wav ] || fail "nothing is left behind"
echo ok
