#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The daemon as systemd has it: ready when it can be steered, alive while it
# waits and while it plays, stopping when it is asked to.
set -euo pipefail
work=$(mktemp -d)
daemon=
trap '[ -z "$daemon" ] || kill -9 "$daemon" 2>/dev/null; rm -rf "$work"' EXIT
export XDG_RUNTIME_DIR=$work XDG_CACHE_HOME=$work XDG_DATA_HOME=$work/data
unset ROLLCALL_SOCKET

fail() {
    echo "FAILED: $*" >&2
    cat "$work/err" "$work/told" >&2
    exit 1
}
told() { # PATTERN [TIMES]: waits for it
    local i
    for i in {1..1500}; do
        [ "$(grep -c "$1" "$work/told")" -ge "${2:-1}" ] && return
        sleep 0.02
    done
    fail "never told $1"
}

: >"$work/told" >"$work/err"
python3 - "$work" <<'P' &
import socket, sys
manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
manager.bind(sys.argv[1] + "/notify")
told = open(sys.argv[1] + "/told", "a", buffering=1)
while True:
    text = manager.recv(4096).decode()
    print(text, file=told)
    if "STOPPING" in text:
        break
P
manager=$!
for i in {1..1500}; do
    [ -S "$work/notify" ] && break
    sleep 0.02
done
NOTIFY_SOCKET=$work/notify WATCHDOG_USEC=300000 \
    "$ROLLCALL" serve --host pipe --output /dev/null >"$work/err" 2>&1 &
daemon=$!
told READY=1
grep -q 'STATUS=waiting' "$work/told" || fail 'what does it do?'
"$ROLLCALL" tell status >/dev/null || fail 'ready, and cannot be reached'
"$ROLLCALL" tell play lats >/dev/null || fail 'it does not play'
told STATUS=playing
told WATCHDOG=1 "$(($(grep -c WATCHDOG "$work/told") + 3))"
kill "$daemon"
told STOPPING=1
wait "$manager"
status=0
wait "$daemon" || status=$?
daemon=
[ "$status" = 0 ] || fail "ends with $status"
