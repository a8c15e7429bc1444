#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sound over the network: the server is reached by TCP, with its cookie, and
# what it plays is heard a quarter of a second late.  The canceller finds that
# delay, and a person is heard over the session's own voice.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"
LATE=250 # ms, beside what the network and the buffers take

# opens: a port of this machine alone, for those who have the cookie
opens() {
    local try
    for try in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 20000))
        pactl load-module module-native-protocol-tcp listen=127.0.0.1 \
            port=$port auth-cookie="$PULSE_COOKIE" >/dev/null 2>&1 && return
    done
    return 1
}

far_away() { # the air takes longer
    local module
    module=$(pactl list short modules | awk '/module-loopback/ { print $1 }')
    pactl unload-module "$module" || return
    room_load module-loopback source=speaker.monitor sink=room \
        latency_msec=$LATE source_dont_move=true sink_dont_move=true \
        sink_input_properties=media.name=room-echo
}

room_up
far_away || fail "the air"
room_wait room_echo 0.3
opens || fail "the server opens a port"
person_server=$PULSE_SERVER
export PULSE_SERVER=tcp:127.0.0.1:$port
pactl info | grep -q "^Server String: tcp:127" || fail "it is reached by TCP"
head -c 256 /dev/urandom >"$room_dir/forged"
PULSE_COOKIE=$room_dir/forged pactl info >/dev/null 2>&1 &&
    fail "who has not its cookie is let in"
voice slt "next set" "$room_dir/next_set.wav"

"$ROLLCALL" play upper-back --events "$room_dir/e.jsonl" \
    --record "$room_dir/both.wav" </dev/null 2>"$room_dir/stderr.txt" &
player=$!
happens '.event == "segment" and .kind == "setup"' 60 || fail "it plays"
for try in 1 2 3; do
    happens '.event == "say" and .until - .at > 2' 20 $((2 * try)) ||
        fail "it speaks"
    PULSE_SERVER=$person_server room_speak "$room_dir/next_set.wav"
    happens '.event == "command" and .command == "next_set"' 4 && break
done
happens '.event == "command" and .command == "next_set"' 1 ||
    fail "\"next set\" is heard over the session's own voice"
kill -INT "$player"
wait "$player"

late=$("$ROLLCALL" listen --recorded --verbose "$room_dir/both.wav" 2>&1 |
    sed -n 's/.*the loudspeaker is heard \([0-9]*\) ms late/\1/p')
[ "${late:-0}" -ge $LATE ] || fail "the delay is found: ${late:-none}"
echo "over TCP the loudspeaker is heard $late ms late, and that is found"
echo ok
