#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a session writes into a pipe is its sound to the frame, as its reader
# hears it: "one" begins one second before zero, though the program was stopped
# meanwhile; and music obeys what is typed.
set -u
work=$(mktemp -d)
pids=()
trap 'kill -9 "${pids[@]}" 2>/dev/null; rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work
cd "$work" || exit

fail() {
    echo "FAILED: $*" >&2
    tail -n 20 ./*.err ./*.jsonl >&2
    exit 1
}

# routine NAME SECONDS: one set of rolling, nothing said but the count
routine() {
    cat >"$1.yaml" <<END
routine: $1
title: A short one
about: Seconds of rolling.
needs: [foam roller]
exercises:
  - id: calf
    title: Calf
    tool: foam roller
    muscles: [calves]
    setup: [Lie down.]
    work: {kind: roll, time: ${2}s}
    sets: 1
END
}

# play NAME [OPTIONS]: the sound into NAME.raw by a FIFO; NAME.keys is typed
play() {
    local name=$1
    shift
    mkfifo "$name.fifo" "$name.keys"
    cat "$name.fifo" >"$name.raw" &
    pids+=($!)
    "$ROLLCALL" play "$name.yaml" --host pipe --output "$name.fifo" \
        --no-screening --no-history --no-listen --talk quiet \
        --events "$name.jsonl" "$@" <"$name.keys" 2>"$name.err" &
    player=$!
    pids+=("$player")
    exec 7>"$name.keys"
    printf 'next\nready\nnext\n' >&7 # to the rolling
    happens "$name" '.kind == "work"'
}

# happens NAME FILTER: the frame of its first event like that, in $frame
happens() {
    local i
    for ((i = 0; i < 3000; i++)); do
        frame=$(jq -s "[.[] | select($2)][0].frame" "$1.jsonl" 2>/dev/null)
        [ "${frame:-null}" != null ] && return
        sleep 0.02
    done
    fail "$1: $2"
}

# written NAME FRAME: FRAME of the session has gone into the pipe
written() {
    local i
    for ((i = 0; i < 3000; i++)); do
        [ "$(stat -c %s "$1.raw")" -ge $((2 * $2)) ] && return
        sleep 0.02
    done
    fail "$1: frame $2"
}

# sound NAME FROM COUNT FILE: frames of the session as a sound file
sound() {
    sox -t raw -r 48000 -e signed -b 16 -c 1 "$1.raw" "$4" \
        trim "$2s" "$3s"
}

# level NAME FRAME: of the music, for 0.3 s from there
level() {
    sound "$1" "$2" 14400 level.wav
    sox level.wav -n bandpass 1000 100h stat 2>&1 |
        awk '/RMS.*amplitude/ { print $3 }'
}

loudest() { # FROM COUNT: of the count
    sound count "$1" "$2" part.wav
    sox part.wav -n stat 2>&1 | awk '/M[ai][xn]imum amplitude/ {
        x = $3 < 0 ? -$3 : $3; if (x > most) most = x } END { print most + 0 }'
}

# tells COMMAND FILTER: types it, and waits for what comes of it; leaves how
# loud the music is then
tells() {
    echo "$1" >&7
    happens music "$2"
    written music $((frame + 67200))
    loud=$(level music $((frame + 52800)))
}

in_range() { # LEAST X MOST
    awk "BEGIN { exit !($1 <= $2 && $2 <= $3) }"
}

# ---- the count, and a program that stands still for a second --------------

routine count 5
routine music 60
mkdir tracks
sox -q -n -r 44100 -c 2 tracks/one.flac synth 30 sine 1000 gain -6
"$ROLLCALL" render count.yaml --no-screening -o warm.wav 2>warm.err ||
    fail "it renders"

play count
count=$player
written count $((frame + 24000))
kill -STOP "$count"
play music --music tracks # meanwhile
sleep 1                   # it may have begun too soon for a standstill
kill -CONT "$count"

written music $((frame + 67200))
plain=$(level music $((frame + 52800)))
in_range 0.005 "$plain" 1 || fail "music is there: $plain"
tells 'music off' '.event == "music" and .on == false'
in_range 0 "$loud" 0.0005 || fail "music off: $loud"
tells 'music on' '.event == "music" and .on'
in_range 0.97 "$(awk "BEGIN { print $loud / $plain }")" 1.03 ||
    fail "music on: $loud after $plain"
tells 'music louder' '.event == "music" and .decibels == 3'
in_range 1.35 "$(awk "BEGIN { print $loud / $plain }")" 1.48 ||
    fail "music louder: $loud after $plain"
tells 'music quieter' '.event == "music" and .on and .decibels == 0 and .frame > '"$frame"
in_range 0.97 "$(awk "BEGIN { print $loud / $plain }")" 1.03 ||
    fail "music quieter: $loud after $plain"
kill -INT "$player"

happens count '.name == "zero"'
zero=$frame
written count $((zero + 9600))
kill -INT "$count"
happens count '.text == "One."'
[ $((zero - frame)) = 48000 ] || fail "one second from \"one\" to zero"
jq -s -e 'any(.event == "stall")' count.jsonl >told || fail "it was told"
jq -c "select(.frame <= $zero and .event != \"stall\")" count.jsonl >heard.jsonl
sound count 0 $((zero + 9600)) count.wav
"${ROLLCALL%/*}/hear" count.wav heard.jsonl ||
    fail "the sound differs from the events"
for at in "$frame" "$zero"; do # the first sample that is heard: within 2 ms
    in_range 0 "$(loudest $((at - 4800)) 4800)" 0.0005 || fail "before $at"
    in_range 0.0005 "$(loudest "$at" 96)" 1 || fail "not yet at $at"
done
echo ok
