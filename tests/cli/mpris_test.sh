#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The daemon on a session bus of its own, with playerctl: what a media key, a
# headset button or a phone does, and what it sees.
set -u
for tool in dbus-daemon playerctl dbus-send; do
    command -v "$tool" >/dev/null || { echo "no $tool here"; exit 77; }
done
work=$(mktemp -d)
bus= daemon= follower=
trap 'for p in $daemon $follower $bus; do kill -9 "$p" 2>/dev/null; done
      rm -rf "$work"' EXIT
export XDG_RUNTIME_DIR=$work XDG_CACHE_HOME=$work XDG_DATA_HOME=$work/data
export DBUS_SESSION_BUS_ADDRESS=unix:path=$work/bus
unset ROLLCALL_SOCKET

fail() {
    echo "FAILED: $*" >&2
    tail -n 20 "$work/err" "$work/followed" >&2
    exit 1
}
until_is() { # WANTED COMMAND...: what it prints matches
    local wanted=$1 i said=
    shift
    for i in {1..600}; do
        said=$("$@" 2>&1)
        [[ $said =~ $wanted ]] && return
        sleep 0.05
    done
    fail "$*: $said, not $wanted"
}
key() { playerctl -p rollcall "$@"; }
call() { # METHOD ARGUMENTS...
    dbus-send --session --print-reply --dest=org.mpris.MediaPlayer2.rollcall \
        /org/mpris/MediaPlayer2 "$@"
}
get() { # INTERFACE PROPERTY
    call org.freedesktop.DBus.Properties.Get string:"$1" string:"$2"
}

dbus-daemon --session --nofork --address="$DBUS_SESSION_BUS_ADDRESS" \
    2>"$work/bus.err" &
bus=$!
: >"$work/err" >"$work/followed"
for i in {1..600}; do
    [ -S "$work/bus" ] && break
    sleep 0.05
done
"$ROLLCALL" serve --routine lats --host pipe --output /dev/null \
    2>"$work/err" &
daemon=$!
until_is '^Stopped$' key status
player=org.mpris.MediaPlayer2.Player
[[ $(get org.mpris.MediaPlayer2 Identity) == *rollcall* ]] || fail identity
[[ $(get $player Metadata) == *NoTrack* ]] || fail "no track while idle"
playerctl -p rollcall -F metadata --format \
    '{{status}}|{{xesam:album}}|{{xesam:title}}|{{xesam:trackNumber}}' \
    >"$work/followed" 2>/dev/null &
follower=$!

# the examples of docs/mpris.md, word for word; the first one plays
examples=0
while read -r line; do
    eval "timeout 2 $line" >"$work/said" 2>&1
    status=$?
    examples=$((examples + 1))
    case $line in
    *-F*) [[ $status = 124 && $(head -n 1 "$work/said") == Playing ]] ;;
    *) [ "$status" = 0 ] ;;
    esac || fail "$line: $status, $(cat "$work/said")"
    until_is '^Playing$' key status
    until_is '^Sides of the back$' key metadata album
done < <(grep '^    playerctl' "$ROLLCALL_SOURCE/docs/mpris.md")
[ "$examples" = 3 ] || fail "$examples examples"
key play # "ready"
until_is '^Latissimus$' key metadata title
until_is '^1$' key metadata xesam:trackNumber
until_is '^10000000$' key metadata mpris:length
key play-pause
until_is '^Paused$' key status
key play-pause
until_is '^Playing$' key status
key next
until_is "'work, set 1 of 3, left side'|work, set 1 of 3" \
    key metadata xesam:comment
length=$(key metadata mpris:length)
key position 10+ # ten seconds less to come
until_is "^$((length - 10000000))$" key metadata mpris:length
until_is '^[0-9.]+$' key position
key volume 0.5
until_is '^0.5' key volume
key previous
until_is 'lead_in' key metadata xesam:comment
call $player.OpenUri string:file:///x >"$work/said" 2>&1 && fail "a file is opened"
key stop
until_is '^Stopped$' key status
until_is 'Playing.Sides of the back.Latissimus.1' cat "$work/followed"
until_is 'Paused' cat "$work/followed"

kill "$daemon"
wait "$daemon" || fail "it ends with $?"
daemon=
echo ok
