#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A voice is learnt in a room where the microphone hears the loudspeaker: what
# rollcall itself says is not learnt, what the person says is; stopped, it
# keeps what it has.  The person is flite, never eSpeak.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"

# asked NUMBER: waits until it has asked so often; prints the phrase
asked() {
    local i phrases
    for ((i = 0; i < 150; i++)); do
        mapfile -t phrases < <(grep -ao 'say "[^"]*" \.\.\.' \
            "$room_dir/out.txt" | cut -d'"' -f2)
        if ((${#phrases[@]} >= $1)); then
            echo "${phrases[$1 - 1]}"
            return
        fi
        sleep 0.1
    done
    return 1
}

answer() { # PHRASE STRETCH
    flite -voice slt -t "$1" --setf duration_stretch="$2" \
        -o "$room_dir/dry.wav"
    sox "$room_dir/dry.wav" -r 48000 -c 1 "$room_dir/wet.wav" \
        pad 0.05 0.05 gain -n -6
    room_speak "$room_dir/wet.wav"
}

room_up
room_echo 0.3
export XDG_DATA_HOME=$room_dir/data

"$ROLLCALL" setup >"$room_dir/out.txt" 2>"$room_dir/stderr.txt" &
setup=$!
n=0 heard=0
while ((heard < 4 && n < 10)); do
    n=$((n + 1))
    phrase=$(asked "$n") || fail "it asks for the ${n}th time"
    sleep 2.8 # while it says so
    answer "$phrase" "1.$((n % 3))"
    sleep 0.5
    heard=$(grep -c ' heard$' "$room_dir/out.txt")
done
kill -INT "$setup"
wait "$setup" || fail "stopped, it ends well"

[ "$heard" -eq 4 ] || fail "four takes are heard within ten"
[ "$(grep -c '^ 2 of 10: say "pause"' "$room_dir/out.txt")" -ge 1 ] ||
    fail "after three takes it goes on to the next phrase"
grep -q 'What was heard is kept' "$room_dir/out.txt" || fail "it says so"
kept=$(grep -c 'sound:  *-\{0,1\}[0-9]' "$XDG_DATA_HOME/rollcall/voice.yaml")
[ "$kept" -eq "$heard" ] || fail "each is kept: $kept of $heard"
"$ROLLCALL" setup --show | grep -q 'next set' || fail "it is shown"
echo ok
