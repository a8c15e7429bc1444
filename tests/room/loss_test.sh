#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The sound server dies, stands still, or its devices stop in the middle of a
# session: the session stands, comes back by itself and says where it was; no
# event is lost, doubled or out of order, and no segment loses time.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"
export ROLLCALL_SHARE

start() { # [OPTIONS]
    rm -f "$room_dir/e.jsonl"
    "$ROLLCALL" play upper-back --resume no --talk quiet "$@" \
        --events "$room_dir/e.jsonl" </dev/null 2>"$room_dir/stderr.txt" &
    player=$!
    happens '.event == "segment"' 20 || fail "it plays"
    sleep 1
}

# lost_and_back WHAT: the device is back, we are told where we were, and the
# session goes on in the segment it was in
lost_and_back() {
    local kind
    happens '.event == "back"' 40 || fail "$1: it comes back"
    happens '.event == "command" and .command == "where"' 2 ||
        fail "$1: it says where we were"
    happens '.event == "command" and .command == "resume"' 20 ||
        fail "$1: it goes on"
    happens '.event == "segment"' 60 2 || fail "$1: the next segment"
    jq -s -e '[.[].frame] as $f | $f == ($f | sort)' "$room_dir/e.jsonl" \
        >/dev/null || fail "$1: events in order"
    [ "$(jq -c 'select(.event == "segment") | [.kind, .set, .side]' \
        "$room_dir/e.jsonl" | uniq -d | wc -l)" = 0 ] ||
        fail "$1: no segment begins twice"
    jq -s -e '[.[] | select(.event == "lost")] | length == 1' \
        "$room_dir/e.jsonl" >/dev/null || fail "$1: it was lost once"
    kill -0 "$player" || fail "$1: the same process number"
}

finish() {
    kill -INT "$player"
    wait "$player"
    happens '.event == "end" and .reason == "interrupted"' 1 ||
        fail "it ends in good order"
    echo "ok: $1"
}

# seconds of processor time so far
used() {
    awk '{ sub(/.*\) /, ""); print ($12 + $13) / 100 }' "/proc/$player/stat"
}

room_up

for i in 1 2 ${ROLLCALL_LOSSES-}; do
    start --no-listen
    room_crash
    sleep 1.5
    room_restart
    lost_and_back "server killed"
    finish "server killed and started again"
done

start --no-listen
room_unplug
sleep 3
room_replug
lost_and_back "devices stopped"
finish "devices stopped and back"

# nothing comes back: Ctrl-C still ends it
start --no-listen
room_crash
happens '.event == "lost"' 10 || fail "it notices"
sleep 1
finish "ended while there was no sound"

room_restart
start --no-listen
room_stall 6
lost_and_back "server stopped"
grep -q 'starting afresh' "$room_dir/stderr.txt" ||
    fail "the sound system hung, and the program began afresh"
finish "server stopped for six seconds"

# A second's pause of the server is waited out; what the microphone gave
# meanwhile is let go, and nothing turns in circles over it.
start
room_stall 1
happens '.event == "stall" and .seconds > 0.5 and .seconds < 3' 5 ||
    fail "server paused: it is told"
sleep 1
before=$(used)
sleep 4
[ "$(jq -n "$(used) - $before < 2")" = true ] ||
    fail "server paused: half a processor and more is used since"
kill -0 "$player" || fail "server paused: it plays on"
grep -q '"lost"' "$room_dir/e.jsonl" && fail "server paused: nothing is lost"
finish "server paused for a second, with a microphone"
