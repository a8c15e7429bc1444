#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sound devices, in the virtual room: they are listed, what is played comes out
# of the loudspeaker on its frame and in full, the microphone hears, and a
# sound server that dies is noticed.
set -u
cd "$(dirname "$0")" || exit
. ./room.sh

tools=$(dirname "$ROLLCALL")
failures=0

check() { # WHAT COMMAND...
    local what=$1
    shift
    if "$@"; then
        echo "ok: $what"
    else
        echo "FAILED: $what" >&2
        failures=$((failures + 1))
    fi
}

# The sounds of FILE: COUNT of them, 48000 frames apart but for SLACK, and
# each LENGTH frames long but for SLACK.
ticks_are() { # FILE COUNT LENGTH SLACK
    "$tools/room_onsets" "$1" | awk -v count="$2" -v length_="$3" -v slack="$4" '
        function off(a, b) { return a - b > slack || b - a > slack }
        NR > 1 && off($1 - before, 48000) { print "spacing", $1 - before; bad = 1 }
        off($2, length_) { print "length", $2; bad = 1 }
        { before = $1 }
        END { if (NR != count) print NR, "sounds"; exit bad || NR != count }'
}

no_device_is_said_in_a_sentence() {
    local said
    said=$(ALSA_CONFIG_PATH=/dev/null PULSE_SERVER=none \
        "$ROLLCALL" devices 2>&1 >/dev/null)
    [ $? = 1 ] || return
    [[ $said == "rollcall: no sound device was found.  Plug one in"* ]]
}

devices_are_listed_with_the_defaults() {
    "$ROLLCALL" devices 2>"$room_dir/err" >"$room_dir/table" &&
        grep -q '^io ALSA .* default$' "$room_dir/table" &&
        "$ROLLCALL" devices --json 2>>"$room_dir/err" |
        grep -q '"default_output": true' && [ ! -s "$room_dir/err" ]
}

a_name_that_no_device_has_is_told() {
    "$tools/room_player" 1 /dev/null nosuch >"$room_dir/out" \
        2>"$room_dir/err"
    [ $? = 1 ] && grep -q 'plays has "nosuch" in its name' "$room_dir/err"
}

without_a_microphone_it_plays_and_says_so() {
    "$tools/room_player" 1 /dev/null FAULT nosuch >"$room_dir/out" || return
    grep -q 'hears 0$' "$room_dir/out" &&
        grep -q '^no microphone: no device that records has "nosuch"' \
            "$room_dir/out"
}

play_ticks() {
    room_capture "$room_dir/speaker.wav"
    "$tools/room_player" 5 "$room_dir/heard.wav" >"$room_dir/out" \
        2>"$room_dir/err" || return
    sleep 0.3
    room_capture_stop
    [ ! -s "$room_dir/err" ]
}

# a machine that stops for a tenth of a second loses sound: thrice, then
ticks_come_out_on_their_frames_in_full() {
    local i
    for i in 1 2 3; do
        play_ticks || return
        ticks_are "$room_dir/speaker.wav" 5 960 2 && return 0
    done
    return 1
}

# the last one is still on its way when the player ends
the_microphone_hears_them() {
    head -n 4 <("$tools/room_onsets" "$room_dir/heard.wav") |
        awk 'NR > 1 && ($1 - before > 48100 || $1 - before < 47900) { bad = 1 }
             { before = $1 }
             END { exit bad || NR < 4 }'
}

a_person_is_heard_while_it_plays_unheard() {
    local player
    sox -q -n -r 48000 -c 1 "$room_dir/person.wav" \
        synth 0.5 sine 700 gain -6 pad 0.1 0.1 || return
    room_echo 0 || return
    "$tools/room_player" 4 "$room_dir/heard.wav" >"$room_dir/out" &
    player=$!
    room_wait grep -q ready "$room_dir/out"
    sleep 0.5
    room_speak "$room_dir/person.wav"
    wait "$player" || return
    room_echo 1
    ticks_are "$room_dir/heard.wav" 1 24000 300
}

# room_of NAME RATE CHANNELS RATE CHANNELS: one more loudspeaker, and what a
# microphone hears of it, as cards that know nothing else
room_of() {
    room_load module-null-sink sink_name="$1" rate="$2" channels="$3" &&
        room_load module-null-sink sink_name="$1-mic" rate="$4" \
            channels="$5" &&
        room_load module-loopback source="$1.monitor" sink="$1-mic" \
            latency_msec=20 source_dont_move=true sink_dont_move=true
}

play_there() { # NAME
    PULSE_SINK=$1 PULSE_SOURCE=$1-mic.monitor "$tools/room_player" 4 \
        "$room_dir/heard-$1.wav" >"$room_dir/out-$1"
}

cards_of_other_rates_and_channels_do() {
    local name player=()
    room_of old 44100 1 8000 1 && room_of wide 44100 6 16000 2 || return
    sleep 2.3
    for name in old wide; do
        room_record $name.monitor "$room_dir/speaker-$name.wav" || return
        play_there $name &
        player+=($!)
    done
    wait "${player[0]}" && wait "${player[1]}" || return
    room_capture_stop
    for name in old wide; do
        ticks_are "$room_dir/speaker-$name.wav" 4 960 100 || return
        [ "$("$tools/room_onsets" "$room_dir/heard-$name.wav" | wc -l)" -ge 3 ] ||
            return
    done
}

a_sleeping_loudspeaker_loses_nothing() {
    room_crash
    ROOM_COLD=1 room_restart || return
    "$tools/room_player" 3 "$room_dir/heard.wav" >"$room_dir/out" || return
    [ "$("$tools/room_onsets" "$room_dir/heard.wav" | head -n 1 |
        cut -d ' ' -f 1)" -lt 24000 ]
}

a_dead_server_is_noticed() {
    local player
    "$tools/room_player" 60 >"$room_dir/out" 2>"$room_dir/err" &
    player=$!
    room_wait grep -q ready "$room_dir/out"
    sleep 0.5
    room_crash
    wait "$player"
    [ $? = 1 ] && [ "$(head -n 1 "$room_dir/err" | cut -c 1-38)" = \
        "room_player: The sound device was lost" ]
}

room_up || exit
check "no device is said in a sentence" no_device_is_said_in_a_sentence
check "devices are listed, and the default ones marked" \
    devices_are_listed_with_the_defaults
check "a name that no device has is told" a_name_that_no_device_has_is_told
check "without a microphone it plays, and says so" \
    without_a_microphone_it_plays_and_says_so
check "ticks come out on their frames, in full" \
    ticks_come_out_on_their_frames_in_full
check "the microphone hears them" the_microphone_hears_them
check "a person is heard" a_person_is_heard_while_it_plays_unheard
check "cards of other rates and channel counts play and hear" \
    cards_of_other_rates_and_channels_do
check "a sleeping loudspeaker loses nothing" \
    a_sleeping_loudspeaker_loses_nothing
check "a dead server is noticed" a_dead_server_is_noticed
[ "$failures" = 0 ]
