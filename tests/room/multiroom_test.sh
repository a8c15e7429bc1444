#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A session in several rooms, over Snapcast with the second that it holds sound
# back, and a microphone in one of them: the canceller finds that delay, and a
# person is heard.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"
for program in snapserver snapclient; do
    command -v "$program" >/dev/null && continue
    echo "skipped: $program is not installed"
    exit 77
done
BUFFER=1000 # ms, Snapcast's own

# A machine too busy for Snapcast, which then moves its sound about by a tenth
# of a second and more, shows nothing of what this is to show.
lost() { # WHAT
    if [ "$(grep -c onResync snapserver.log)" -ge 3 ]; then
        echo "skipped: Snapcast does not keep its pace here ($*)"
        exit 77
    fi
    fail "$@"
}

room_up
room_wait room_echo 0.5
cd "$room_dir" || exit
voice slt "next set" next_set.wav
cat >den.yaml <<'Y'
routine: den
title: In two rooms
about: >-
  This plays in every room at the same moment, and to do that it comes a second
  late everywhere.
needs: [foam roller]
exercises:
  - id: calves
    title: Calves
    tool: foam roller
    muscles: [calf muscles]
    why: It loosens the calves.
    setup: [Sit down.]
    work: {kind: roll, time: 30s}
    sets: 2
Y
port=$((20000 + $$ % 20000))
mkfifo fifo
: >snapserver.conf
HOME=$room_dir snapserver -c "$PWD/snapserver.conf" \
    --server.datadir "$room_dir" --stream.bind_to_address 127.0.0.1 \
    --stream.port $port --tcp.enabled false --http.enabled false \
    --stream.buffer $BUFFER \
    --stream.source "pipe://$room_dir/fifo?name=rollcall&sampleformat=48000:16:1&mode=read&codec=pcm" \
    >snapserver.log 2>&1 &
sleep 0.5
HOME=$room_dir snapclient -h 127.0.0.1 -p $port --hostID den \
    --player pulse >client.log 2>&1 &

"$ROLLCALL" play den.yaml --host pipe --output fifo --input default \
    --events e.jsonl --record both.wav </dev/null 2>stderr.txt &
player=$!
happens '.event == "segment" and .kind == "setup"' 60 || fail "it plays"
for try in 1 2 3 4; do # the first once the last room is silent
    sleep 1.5
    room_speak next_set.wav
    happens '.event == "command" and .command == "next_set"' 3 && break
done
happens '.event == "command" and .command == "next_set"' 1 ||
    lost "\"next set\" is heard"
kill -INT "$player"
wait "$player"

late=$("$ROLLCALL" listen --recorded --verbose both.wav 2>&1 |
    sed -n 's/.*the loudspeaker is heard \([0-9]*\) ms late/\1/p')
[ "${late:-0}" -ge $BUFFER ] || lost "the delay is found: ${late:-none}"
echo "over Snapcast the loudspeaker is heard $late ms late, and that is found"
echo ok
