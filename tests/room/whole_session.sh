#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A whole session in the virtual room, in real time, hands free from the first
# word: it is chosen, begun, steered and ended by people who are not eSpeak NG,
# while it is heard by its own microphone.  Counts what was said, what was
# obeyed, and what was invented.  Takes as long as the session, and is not part
# of ./run test.
#
#   Usage: whole_session.sh [OPTIONS OF "rollcall start"]
#   with ROLLCALL and ROLLCALL_SHARE set, as ctest does.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"

said=0 obeyed=0 turn=0
voices=(slt rms awb kal16)
declare -A counts
log() { printf '%s\n' "$*"; }
taken() { jq -s '[.[] | select(.event == "command" and .source == "voice")] | length' "$room_dir/e.jsonl"; }
last() { jq -rs '[.[] | select(.event == "command")][-1].command' "$room_dir/e.jsonl"; }

next_voice() { voice=${voices[turn++ % ${#voices[@]}]}; }

# answers TEXT PATTERN: somebody says TEXT, and PATTERN is printed
answers() {
    next_voice
    person "$voice" "$1"
    said=$((said + 1))
    if says "$2" 4; then
        log "  obeyed   $1 ($voice)"
        obeyed=$((obeyed + 1))
    else
        log "  MISSED   $1 ($voice)"
        person "$voice" "$1"
        says "$2" 6 || fail "not even the second time: $1"
    fi
}

# tells COMMAND TEXT: the next voice says TEXT, which means COMMAND
tells() {
    next_voice
    local before
    before=$(taken)
    person "$voice" "$2"
    said=$((said + 1))
    sleep 2.5
    if [ "$(taken)" -gt "$before" ] && [ "$(last)" = "$1" ]; then
        log "  obeyed   $2 ($voice)"
        obeyed=$((obeyed + 1))
        commands=$((commands + 1))
    else
        log "  MISSED   $2 ($voice), $(last) instead"
    fi
}
commands=0

# reaches KIND: waits for the next segment of that kind that has not been seen
reaches() {
    local i count
    for ((i = 0; i < 1800; i++)); do
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

room_up
room_echo 0.3
: >"$room_dir/e.jsonl"
"$ROLLCALL" start --no-screening --no-history "$@" \
    --events "$room_dir/e.jsonl" </dev/null 2>"$room_dir/stderr.txt" &
player=$!

says 'Say a name' 60 || fail "it names sessions and tells how to choose"
sleep 6; answers "upper back release" 'Upper back release. Tell me when'
sleep 6; answers "i'm ready" 'welcome\|Upper back release\.$'

reaches setup; sleep 6; tells repeat "say that again"
reaches ready; sleep 5; tells start "i'm ready"
reaches work; sleep 7; tells more_time "more time"
sleep 3; tells pause "pause the session"
sleep 2; tells where "where am i"
sleep 3; tells resume "resume the session"
sleep 2; tells time_left "how much longer"
sleep 4; tells next_exercise "next exercise"
reaches setup; sleep 9; tells next_set "next set"
reaches work; sleep 6; tells louder "a bit louder"
sleep 4; tells stop "stop it"
sleep 8; tells resume "carry on"
sleep 3; tells next "skip this"
reaches ready; sleep 5; tells start "let's go"
reaches work; sleep 6; tells lighter "go lighter"
sleep 4; tells undo "take that back"
sleep 4; tells what_next "what's next"
wait "$player"

invented=$(($(taken) - commands))
log "$(jq -rs '.[-1].reason' "$room_dir/e.jsonl"):" \
    "$said said, $obeyed obeyed, $invented others"
jq -r 'select(.event == "asked") | "  asked back: \(.command)"' "$room_dir/e.jsonl"
[ "$obeyed" = "$said" ] && [ "$invented" = 0 ]
