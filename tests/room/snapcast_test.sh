#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Several rooms in step: a session goes through a FIFO to a Snapcast server on
# loopback and on to two clients, and both give what was written, sample by
# sample.
set -u
for program in snapserver snapclient; do
    command -v "$program" >/dev/null && continue
    echo "skipped: $program is not installed"
    exit 77
done
work=$(mktemp -d)
pids=()
trap '{ kill "${pids[@]}"; wait; } 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit

fail() {
    echo "FAILED: $*" >&2
    tail -n 5 ./*.log >&2
    exit 1
}

size() {
    stat -c %s "$1" 2>/dev/null || echo 0
}

# grows FILE BYTES SECONDS
grows() {
    local i
    for ((i = 0; i < $3 * 10; i++)); do
        [ "$(size "$1")" -ge "$2" ] && return
        sleep 0.1
    done
    return 1
}

port=$((20000 + $$ % 20000))
mkfifo fifo
: >snapserver.conf
HOME=$work snapserver -c "$PWD/snapserver.conf" --server.datadir "$work" \
    --stream.bind_to_address 127.0.0.1 --stream.port $port \
    --tcp.enabled false --http.enabled false --stream.buffer 400 \
    --stream.source "pipe://$work/fifo?name=rollcall&sampleformat=48000:16:1&mode=read&codec=pcm" \
    >server.log 2>&1 &
pids+=($!)
sleep 1
kill -0 "${pids[0]}" || fail "the server runs"
for room in kitchen hall; do
    HOME=$work snapclient -h 127.0.0.1 -p $port --hostID $room \
        --player "file:filename=$work/$room.raw" >$room.log 2>&1 &
    pids+=($!)
done

export XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache
"$ROLLCALL" play cool-down --host pipe --talk quiet --no-listen \
    2>play.log </dev/null | tee written.raw >fifo &
player=$!
grows written.raw 1100000 40 || fail "eleven seconds are written"
sleep 1.5
kill "$player" 2>/dev/null # tee; the session loses its reader and ends
wait "$player" 2>/dev/null

# Every 10 ms in which something sounds are looked for in both rooms.  A client
# keeps in step by leaving a sample out or saying it twice, so a few pieces are
# nowhere; and no piece may come more than 5 ms sooner or later in one room than
# in the other, once their first ones are laid on one another.
python3 - <<'END' || fail "both rooms hear the same"
import array
import sys

written = open("written.raw", "rb").read()[:1100000]
rooms = [open(name + ".raw", "rb").read() for name in ("kitchen", "hall")]

def sounds(piece):
    return max(map(abs, array.array("h", piece))) > 300

pieces = [i for i in range(0, len(written) - 960, 960)
          if sounds(written[i:i + 960])]
offsets = []
for room in rooms:
    found, near = {}, 0
    for i in pieces:
        at = room.find(written[i:i + 960], near)
        if at >= 0:
            found[i], near = (at - i) // 2, at
    offsets.append(found)
both = [i for i in pieces if i in offsets[0] and i in offsets[1]]
if not both:
    sys.exit("nothing of it was heard in both rooms")
first = [found[both[0]] for found in offsets]
apart = max(abs(offsets[0][i] - first[0] - offsets[1][i] + first[1])
            for i in both)
print("%d pieces: %d in one room, %d in the other; %.1f ms apart at most"
      % (len(pieces), len(offsets[0]), len(offsets[1]), apart / 48))
sys.exit(len(both) < 0.85 * len(pieces) or apart > 240)
END
