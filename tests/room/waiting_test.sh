#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The speaker on the shelf: "rollcall serve" waits with open ears, takes no other
# talk for its start phrase, and with it leads into a session.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"

room_up
room_echo 0.3
"$ROLLCALL" serve --no-mpris </dev/null 2>"$room_dir/stderr.txt" &
daemon=$!

# is FILTER SECONDS: waits until the daemon's state is so
is() {
    local i state
    for ((i = 0; i < $2 * 5; i++)); do
        state=$("$ROLLCALL" tell status --json 2>/dev/null) &&
            jq -e "$1" <<<"$state" >/dev/null && return
        sleep 0.2
    done
    return 1
}

ticks() { # of the processor, that the daemon has used
    local fields
    read -ra fields <"/proc/$daemon/stat"
    echo $((fields[13] + fields[14]))
}

is '.state == "idle" and .hears' 60 || fail "it listens while it waits"
before=$(ticks)
sleep 3
echo "waiting in silence: $(($(ticks) - before)) ticks in three seconds, of" \
    "$(getconf CLK_TCK) a second"
person rms "the weather is nice today"
person slt "next exercise please"
sleep 1
is '.state == "idle"' 1 || fail "other talk wakes it"
for try in 1 2 3; do # a machine too busy may have lost the microphone
    person slt "roll call start"
    is '.state == "starting"' 6 && break
done
((try < 3)) || is '.state == "starting"' 6 || fail "its start phrase wakes it"
says 'Which session shall it be' 30 || fail "it asks what to play"
"$ROLLCALL" tell play lats || fail "it is told by hand, too"
is '.state == "playing" and .routine == "lats"' 30 || fail "a session begins"
kill "$daemon"
wait "$daemon" || fail "it ends with $?"
echo ok
