#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The real program in the virtual room: it speaks, the microphone hears it
# speak, and a person's words get through.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"
export ROLLCALL_SHARE

# speaking: a line has begun and is not over soon
speaking() {
    tail -n 1 "$room_dir/e.jsonl" |
        jq -e 'select(.event == "say" and .until - .at > 2)' >/dev/null 2>&1
}

room_up
room_echo 0.3
voice slt "next set" "$room_dir/next_set.wav"
voice rms "pause" "$room_dir/pause.wav"
voice awb "resume" "$room_dir/resume.wav"
room_capture "$room_dir/speaker.wav"

"$ROLLCALL" play upper-back --events "$room_dir/e.jsonl" \
    </dev/null 2>"$room_dir/stderr.txt" &
player=$!

happens '.event == "segment" and .kind == "setup"' 60 || fail "it plays"
for i in {1..100}; do
    speaking && break
    sleep 0.1
done
speaking || fail "it speaks"
room_speak "$room_dir/next_set.wav" # over its own voice
happens '.event == "command" and .command == "next_set"' 5 ||
    fail "\"next set\" is heard over the session's own voice"
happens '.event == "segment" and .kind == "lead_in" and .set == 1' 2 ||
    fail "\"next set\" goes to the first set"
grep -q 'heard "next set"' "$room_dir/stderr.txt" ||
    fail "what was heard is printed"

happens '.event == "segment" and .kind == "work" and .set == 1' 15 ||
    fail "the set begins"
sleep 1.5 # between two lines
room_speak "$room_dir/pause.wav"
happens '.event == "command" and .command == "pause"' 5 || fail "pause"
happens '.event == "hold"' 1 || fail "the clock stands"
sleep 2
room_speak "$room_dir/resume.wav"
happens '.event == "command" and .command == "resume"' 5 || fail "resume"
happens '.event == "go_on"' 1 || fail "the clock goes on"
room_speak "$room_dir/next_set.wav"
happens '.event == "segment" and .kind == "lead_in" and .set == 2' 5 ||
    fail "the second set"

# Nothing was invented.
commands=$(jq -r 'select(.event == "command") | .command' "$room_dir/e.jsonl" |
    paste -sd ' ')
[ "$commands" = "next_set pause resume next_set" ] ||
    fail "commands: $commands"

# Ctrl-C ends it in good order.
kill -INT "$player"
wait "$player"
happens '.event == "end" and .reason == "interrupted"' 1 || fail "it ends"

# The loudspeaker was heard: the wake-up, the words, the tones.
room_capture_stop
peak=$(sox "$room_dir/speaker.wav" -n stat 2>&1 |
    awk '/Maximum amplitude/ { print ($3 > 0.1) }')
[ "$peak" = 1 ] || fail "the loudspeaker was silent"
echo ok
