#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Hands free from the first word: plain "rollcall" greets, a person chooses a
# session by voice, says that they are ready, and is led.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"

fail() {
    echo "FAILED: $*" >&2
    sed 's/^/  stderr: /' "$room_dir/stderr.txt" | tail -n 25 >&2
    sed 's/^/  server: /' "$room_dir/server.log" | tail -n 5 >&2
    exit 1
}

# person NAME TEXT: somebody who is not eSpeak NG says TEXT into the room
person() {
    flite -voice "$1" -t "$2" -o "$room_dir/raw.wav"
    sox "$room_dir/raw.wav" -r 48000 -c 1 "$room_dir/said.wav" gain -n -3 \
        pad 0 0.3
    room_speak "$room_dir/said.wav"
}

# says PATTERN SECONDS: waits for a printed line
says() {
    local i
    for ((i = 0; i < $2 * 10; i++)); do
        grep -q "$1" "$room_dir/stderr.txt" && return 0
        sleep 0.1
    done
    return 1
}

room_up
room_echo 0.3
"$ROLLCALL" </dev/null 2>"$room_dir/stderr.txt" &
player=$!

says 'Which session shall it be' 30 || fail "it greets"
says 'Say a name' 40 || fail "it names sessions and tells how to choose"
sleep 6
person slt "the second one"
says 'heard "the second one"' 5 || fail "a number is heard"
says 'Tell me when you are ready' 5 || fail "the choice is confirmed aloud"
sleep 6
person rms "no thanks"
says 'Which one shall it be' 5 || fail "a choice is taken back"
sleep 4
person slt "upper back release"
says 'Upper back release. Tell me when' 5 || fail "a name is heard"
sleep 6
person slt "i'm ready"
says 'welcome' 20 || fail "the session begins"
kill -INT "$player"
wait "$player"
echo ok
