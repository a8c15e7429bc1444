#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The buttons of a Bluetooth headset: BlueZ's own mpris-proxy between a bus with
# the daemon and one with an adapter that is none.
set -u
tools=${ROLLCALL%/*}
for tool in dbus-daemon mpris-proxy "$tools/bluez"; do
    command -v "$tool" >/dev/null || { echo "no $tool here"; exit 77; }
done
work=$(mktemp -d)
pids=()
trap '{ kill -9 "${pids[@]}"; wait; } 2>/dev/null; rm -rf "$work"' EXIT
export XDG_RUNTIME_DIR=$work XDG_CACHE_HOME=$work XDG_DATA_HOME=$work/data
export DBUS_SESSION_BUS_ADDRESS=unix:path=$work/bus
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$work/system
unset ROLLCALL_SOCKET

fail() {
    echo "FAILED: $*" >&2
    tail -n 20 "$work"/*.txt >&2
    exit 1
}
until_is() { # PATTERN COMMAND...
    local wanted=$1 i said=
    shift
    for i in {1..1500}; do
        said=$("$@" 2>&1)
        [[ $said =~ $wanted ]] && return
        sleep 0.02
    done
    fail "$*: $said, not $wanted"
}
press() { # BUTTON
    echo "$1" >&8
}

for bus in bus system; do
    dbus-daemon --session --nofork --address="unix:path=$work/$bus" \
        2>"$work/$bus.txt" &
    pids+=($!)
    until_is yes eval "[ -S '$work/$bus' ] && echo yes"
done
mkfifo "$work/buttons" "$work/said"
"$tools/bluez" <"$work/buttons" >"$work/said" 2>"$work/bluez.txt" &
pids+=($!)
exec 8>"$work/buttons" 9<"$work/said"
"$ROLLCALL" serve --routine lats --host pipe --output /dev/null \
    2>"$work/daemon.txt" &
pids+=($!)
until_is '^idle' "$ROLLCALL" tell status
mpris-proxy >"$work/proxy.txt" 2>&1 &
pids+=($!)
read -r -t 60 said <&9
[ "$said" = registered ] || fail "the player is registered: $said"

press Play
until_is '^playing' "$ROLLCALL" tell status
press Pause
until_is '^paused' "$ROLLCALL" tell status
press Play
until_is '^playing' "$ROLLCALL" tell status
press Play # "ready": the first exercise
until_is '"exercise": *"lats"' "$ROLLCALL" tell status --json
before=$("$ROLLCALL" tell status --json | jq -r '.kind')
press Next
until_is '"command": *"next"' "$ROLLCALL" tell status --json
press Previous
until_is "\"kind\": *\"$before\"" "$ROLLCALL" tell status --json
press Stop
until_is '^idle' "$ROLLCALL" tell status
echo ok
