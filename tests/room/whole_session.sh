#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A whole session in the virtual room, in real time, led by voice alone: the
# session is heard by its own microphone while people who are not eSpeak NG
# speak to it, also over it.  Counts what was said, what was obeyed, and what
# was invented.  Takes as long as the session; not part of ./run test.
#
#   tests/room/room.sh is its room.  Usage: whole_session.sh [ROUTINE [ARGS]]
#   with ROLLCALL and ROLLCALL_SHARE set, as ctest does.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"

routine=${1:-upper-back}
shift || true
said=0
log() { printf '%s\n' "$*"; }

voices=(slt rms awb kal16)
turn=0

# person COMMAND TEXT: the next voice says TEXT, which means COMMAND
person() {
    local voice=${voices[turn++ % ${#voices[@]}]}
    flite -voice "$voice" -t "$2" -o "$room_dir/raw.wav"
    sox "$room_dir/raw.wav" -r 48000 -c 1 "$room_dir/said.wav" gain -n -3 \
        pad 0 0.3
    local before after
    before=$(taken)
    room_speak "$room_dir/said.wav"
    said=$((said + 1))
    sleep 2.5
    after=$(taken)
    if [ "$after" -gt "$before" ] && [ "$(last)" = "$1" ]; then
        log "  obeyed   $2 ($voice)"
        obeyed=$((obeyed + 1))
    else
        log "  MISSED   $2 ($voice), $(last) instead"
    fi
}
taken() { jq -s '[.[] | select(.event == "command")] | length' "$room_dir/e.jsonl"; }
last() { jq -rs '[.[] | select(.event == "command")][-1].command' "$room_dir/e.jsonl"; }

# reaches KIND: waits for the next segment of that kind that has not been seen
seen=0
reaches() {
    local i count
    for ((i = 0; i < 1200; i++)); do
        count=$(jq -s "[.[] | select(.kind == \"$1\")] | length" "$room_dir/e.jsonl")
        kill -0 "$player" 2>/dev/null || return 1
        [ "$count" -gt "${counts[$1]:-0}" ] && {
            counts[$1]=$count
            return 0
        }
        sleep 0.1
    done
    return 1
}
declare -A counts
obeyed=0

room_up
room_echo 0.3
: >"$room_dir/e.jsonl"
"$ROLLCALL" play "$routine" "$@" --events "$room_dir/e.jsonl" \
    </dev/null 2>"$room_dir/stderr.txt" &
player=$!

reaches setup || {
    sed 's/^/  /' "$room_dir/stderr.txt"
    exit 1
}
sleep 6; person repeat "say that again"
reaches ready; sleep 5; person start "i'm ready"
reaches work; sleep 7; person more_time "more time"
sleep 3; person pause "pause the session"
sleep 2; person where "where am i"
sleep 3; person resume "resume the session"
sleep 2; person time_left "how much longer"
sleep 4; person next_exercise "next exercise"
reaches setup; sleep 9; person next_set "next set"
reaches work; sleep 6; person louder "a bit louder"
sleep 4; person stop "stop it"
sleep 8; person resume "carry on"
sleep 3; person next "skip this"
reaches ready; sleep 5; person start "let's go"
reaches work; sleep 6; person lighter "go lighter"
sleep 4; person undo "take that back"
sleep 4; person what_next "what's next"
wait "$player"

invented=$(($(taken) - obeyed))
log "$(jq -rs '.[-1].reason' "$room_dir/e.jsonl"):" \
    "$said said, $obeyed obeyed, $invented others"
jq -r 'select(.event == "asked") | "  asked back: \(.command)"' "$room_dir/e.jsonl"
[ "$obeyed" = "$said" ] && [ "$invented" = 0 ]
