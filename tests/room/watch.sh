# SPDX-License-Identifier: GPL-3.0-or-later
#
# For tests of a program in the virtual room, after room.sh: what it does, as it
# leaves it in $room_dir/e.jsonl (--events) and $room_dir/stderr.txt.

fail() { # WHAT: says what was to be seen, and what was
    local file
    echo "FAILED: $*" >&2
    for file in e.jsonl out.txt stderr.txt server.log; do
        [ -s "$room_dir/$file" ] &&
            tail -n 25 "$room_dir/$file" | sed "s/^/  ${file%.*}: /" >&2
    done
    exit 1
}

# happens FILTER SECONDS [COUNT]: waits until so many events are there
happens() {
    local i
    for ((i = 0; i < $2 * 10; i++)); do
        [ "$(jq -c "select($1)" "$room_dir/e.jsonl" 2>/dev/null | wc -l)" \
            -ge "${3-1}" ] && return 0
        sleep 0.1
    done
    return 1
}

# says PATTERN SECONDS: waits for a printed line
says() {
    local i
    for ((i = 0; i < $2 * 10; i++)); do
        grep -q "$1" "$room_dir/stderr.txt" && return 0
        sleep 0.1
    done
    return 1
}

# voice NAME TEXT FILE: somebody who is not eSpeak NG says TEXT
voice() {
    flite -voice "$1" -t "$2" -o "$room_dir/raw.wav"
    sox "$room_dir/raw.wav" -r 48000 -c 1 "$3" gain -n -3 pad 0 0.3
}

person() { # NAME TEXT: the same, into the room
    voice "$1" "$2" "$room_dir/said.wav"
    room_speak "$room_dir/said.wav"
}
