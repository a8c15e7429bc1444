#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is around a session changes in its middle: another loudspeaker becomes
# the default one, and the microphone alone stands still.  It goes on each time.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"
export ROLLCALL_SHARE

# music_at SINK TIMES: whether anything is heard there, in one second of many
music_at() {
    local i
    for ((i = 0; i < $2; i++)); do
        rm -f "$room_dir/part.wav"
        room_record "$1.monitor" "$room_dir/part.wav" || return
        sleep 1
        room_capture_stop
        sox "$room_dir/part.wav" -n stat 2>&1 |
            awk '/Maximum amplitude/ { exit !($3 > 0.005) }' && return 0
    done
    return 1
}

room_up
room_load module-null-sink sink_name=other rate=44100 channels=2
# kept awake: a null sink by itself takes two seconds at a time
room_load module-loopback source=other.monitor sink=room latency_msec=20 \
    source_dont_move=true sink_dont_move=true
sox -q -n -r 48000 -c 1 "$room_dir/music.wav" synth 60 sine 440 gain -6
"$ROLLCALL" play upper-back --resume no --talk quiet \
    --music "$room_dir/music.wav" --events "$room_dir/e.jsonl" \
    </dev/null 2>"$room_dir/stderr.txt" &
player=$!
happens '.event == "say"' 60 || fail "it plays"

pactl set-default-sink other
music_at other 10 || fail "it goes on where the new default loudspeaker is"
music_at speaker 1 && fail "and no longer at the old one"
grep -q '"lost"' "$room_dir/e.jsonl" && fail "nothing is lost by that"
echo "ok: another default loudspeaker"

pactl suspend-sink room 1 # and what is recorded of it
happens '.event == "microphone"' 60 || fail "a microphone alone is missed"
said=$(grep -c '"say"' "$room_dir/e.jsonl")
happens '.event == "say"' 60 $((said + 1)) ||
    fail "without it the session goes on"
pactl suspend-sink room 0
happens '.event == "microphone"' 60 2 || fail "it is back"
[ "$(jq -c 'select(.event == "microphone") | .there' "$room_dir/e.jsonl" |
    tr -d '\n')" = falsetrue ] || fail "gone, and there again"
kill -INT "$player"
wait "$player"
happens '.event == "end" and .reason == "interrupted"' 1 || fail "it ends"
echo "ok: a microphone that stands still"
