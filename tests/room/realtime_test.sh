#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# --realtime: the sound's thread gets real-time priority by the limits of who
# runs the program, or by RealtimeKit; without either it says so and plays on.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"
kit=${ROLLCALL%/*}/rtkit
chrt -r 5 true 2>/dev/null || { echo "no real-time priority here"; exit 77; }
[ -x "$kit" ] || { echo "built without a system bus"; exit 77; }

plays() { # COMMAND...: in front of the program
    rm -f "$room_dir/e.jsonl"
    "$@" "$ROLLCALL" play cool-down --realtime --no-listen --talk quiet \
        --events "$room_dir/e.jsonl" </dev/null 2>"$room_dir/stderr.txt" &
    player=$!
    happens '.event == "say"' 20 || fail "it plays"
}

is_realtime() { # one of its threads, and only one
    local i
    for i in {1..50}; do
        [ "$(chrt -a -p "$player" | grep -c SCHED_RR)" = 1 ] &&
            return
        sleep 0.1
    done
    return 1
}

ends() {
    kill -INT "$player"
    wait "$player"
}

room_up
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$room_dir/system
plays env
is_realtime || fail "the limits give it"
room_stall 4 # a spinning thread would have its process killed
happens '.event == "go_on"' 20 || fail "it comes back"
is_realtime || fail "after a loss, too"
ends

unable=(setpriv --bounding-set=-sys_nice)
plays "${unable[@]}"
says 'goes on without real-time priority' 5 || fail "it says that it has none"
is_realtime && fail "nobody could give it"
ends

dbus-daemon --session --nofork --nopidfile \
    --address="$DBUS_SYSTEM_BUS_ADDRESS" 2>"$room_dir/out.txt" &
room_wait test -S "$room_dir/system" || fail "the bus"
"$kit" >"$room_dir/kit.txt" 2>&1 &
room_wait grep -q there "$room_dir/kit.txt" || fail "RealtimeKit"
plays "${unable[@]}"
is_realtime || fail "RealtimeKit gives it"
ends
echo ok
