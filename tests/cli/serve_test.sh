#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The daemon and what is told to it: docs/protocol.md word for word, every exit
# status of tell, clients that misbehave.
set -u
work=$(mktemp -d)
daemon=
trap '[ -n "$daemon" ] && kill -9 "$daemon" 2>/dev/null; rm -rf "$work"' EXIT
export XDG_RUNTIME_DIR=$work XDG_CACHE_HOME=$work XDG_DATA_HOME=$work/data
unset ROLLCALL_SOCKET

fail() {
    echo "FAILED: $*" >&2
    tail -n 20 "$work/err" "$work/said" >&2
    exit 1
}
tell() { # STATUS ARGUMENTS...
    local wanted=$1 status=0
    shift
    "$ROLLCALL" tell "$@" >"$work/said" 2>&1 || status=$?
    [ "$status" = "$wanted" ] || fail "tell $* ends with $status, not $wanted"
}
until_said() { # PATTERN ARGUMENTS...
    local pattern=$1 i
    shift
    for i in {1..600}; do
        tell 0 "$@"
        grep -q "$pattern" "$work/said" && return
        sleep 0.05
    done
    fail "tell $*: no $pattern"
}

tell 1 pause
grep -q "no rollcall is there to be told" "$work/said" || fail "no daemon: why"

: >"$work/err"
"$ROLLCALL" serve --host pipe --output /dev/null >"$work/err" 2>&1 &
daemon=$!
for i in {1..600}; do
    grep -q ready "$work/err" && break
    sleep 0.05
done
[ "$(stat -c %a "$work/rollcall.sock")" = 600 ] || fail "mode of the socket"
"$ROLLCALL" serve --host pipe --output /dev/null 2>"$work/said" &&
    fail "two daemons"
grep -q "another 'rollcall serve' is running" "$work/said" || fail "why not"

# no port is open, of any kind
for fd in "/proc/$daemon/fd"/*; do
    inode=$(readlink "$fd") && [[ $inode == socket:* ]] || continue
    inode=${inode//[^0-9]/}
    awk -v inode="$inode" '$10 == inode { exit 1 }' \
        "/proc/$daemon"/net/{tcp,tcp6,udp,udp6,raw,raw6} ||
        fail "it listens to the network"
done

python3 - "$work/rollcall.sock" "$ROLLCALL_SOURCE/docs/protocol.md" <<'P' || fail protocol
import json, re, socket, sys

link = socket.socket(socket.AF_UNIX)
link.settimeout(60)
link.connect(sys.argv[1])
lines = link.makefile("r")

crowd = [] # whatever follows, these watch and never read
for i in range(60):
    one = socket.socket(socket.AF_UNIX)
    one.connect(sys.argv[1])
    one.sendall(b'{"do":"subscribe"}\n')
    crowd.append(one)

def matches(pattern, line):
    parts = [re.escape(p) for p in pattern.split("...")]
    return re.fullmatch(".*".join(parts).replace(",.*,", ",(.*,)?"), line)

def wait_until_plain(state):
    while True: # the voice is being opened
        link.sendall(b'{"id":0,"do":"state"}\n')
        if json.loads(lines.readline())["state"]["state"] == state:
            return

checked = 0
for line in open(sys.argv[2]):
    if line.startswith("    > "):
        link.sendall(line[6:].encode())
    elif line.startswith("    < "):
        wanted = line[6:].strip()
        while True: # events of other kinds may come between
            got = lines.readline().strip()
            if matches(wanted, got):
                break
            if not got or '"id"' in got:
                sys.exit("FAILED: %s\nfor %s" % (got, wanted))
        checked += 1
        if '"id":3,' in wanted:
            wait_until_plain("playing")
if checked < 18:
    sys.exit("FAILED: only %d lines of the page were checked" % checked)

# no line ends it: too long, no UTF-8, NULs, deep nests
for bad in (b"x" * 5000, b"\xff\xfe", b"a\0b", b"[" * 3000,
            b'{"do":"command","command":"' + b"y" * 3000 + b'"}'):
    other = socket.socket(socket.AF_UNIX)
    other.settimeout(60)
    other.connect(sys.argv[1])
    other.sendall(bad + b"\n")
    answers = other.makefile("r")
    answers.readline()
    if "error" not in json.loads(answers.readline()):
        sys.exit("FAILED: %r was taken" % bad[:20])

# as "nc -N" does: it asks, shuts its way there, and reads on
other = socket.socket(socket.AF_UNIX)
other.settimeout(60)
other.connect(sys.argv[1])
other.sendall(b'{"id":"a","do":"command","command":"pause"}\n'
              b'{"id":"b","do":"state"}\n')
other.shutdown(socket.SHUT_WR)
told = [json.loads(line) for line in other.makefile("r")] # to its end
if sorted(t["id"] for t in told if "id" in t) != ["a", "b"]:
    sys.exit("FAILED: who asked and shut its way there got %s" % told)
P

until_said '^idle' status
tell 1 next
grep -q "nothing is being played" "$work/said" || fail "idle: why"
if command -v socat >/dev/null; then # the page's own client
    line=$(grep '^    printf .*socat' "$ROLLCALL_SOURCE/docs/protocol.md")
    eval "$line" >"$work/said" || fail "$line"
    grep -q '^{"event":"state"' "$work/said" || fail "$line"
fi
tell 2 nxt
tell 2 play nosuch
tell 2 play ../lats
tell 2 volume loud
tell 2 volume ''
tell 2 play $'\xff'
tell 2 play lats hips
tell 2 --watch pause
"$ROLLCALL" tell status >/dev/full 2>"$work/said" && fail "a full disk"
tell 0 select lats
tell 0 start
until_said '^playing' status
tell 1 play hips
tell 0 next set
tell 0 volume 40
tell 0 mute
tell 0 status --json
jq -e '.muted and .volume == 40 and .routine == "lats" and .command == "next_set"' \
    "$work/said" >/dev/null || fail "the state"
tell 0 unmute
"$ROLLCALL" tell --watch >"$work/watched" 2>&1 &
watcher=$!
for i in {1..600}; do
    [ "$(wc -l <"$work/watched")" -ge 2 ] && break
    sleep 0.05
done
kill "$watcher" && wait "$watcher" 2>/dev/null
grep -q '^playing  Sides of the back: ' "$work/watched" || fail "--watch"

kill "$daemon"
wait "$daemon" || fail "it ends with $?"
daemon=
[ ! -e "$work/rollcall.sock" ] || fail "the socket is left"
echo ok
