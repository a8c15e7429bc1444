#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is broken is found, each with what to do about it.
set -euo pipefail
work=$(mktemp -d)
broker=
trap '[ -z "$broker" ] || kill "$broker"; rm -rf "$work"' EXIT
cd "$work"
export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data
export XDG_RUNTIME_DIR=$work/run PULSE_SERVER=$work/nobody
export DBUS_SESSION_BUS_ADDRESS=unix:path=$work/nobody
mkdir -p config/rollcall run
chmod 700 run

fail() {
    echo "FAILED: $*" >&2
    cat out.json >&2
    exit 1
}
look() { # [VARIABLE=VALUE...]: its JSON in out.json, its status in $status
    status=0
    env "$@" "$ROLLCALL" doctor --json >out.json 2>err.txt || status=$?
}
finding() { # PART
    jq -r --arg part "$1" '.[] | select(.part == $part).finding' out.json
}
remedy() {
    jq -r --arg part "$1" '.[] | select(.part == $part).remedy' out.json
}

# a machine that needs no sound card: everything is good or a note
printf 'host: pipe\noutput: /dev/null\n' >config/rollcall/config.yaml
look
[ "$status" = 0 ] || fail "status $status"
for part in files settings voice loudspeaker listening 'your data' runtime; do
    [ "$(finding "$part")" = good ] || fail "$part is $(finding "$part")"
done
[ "$(finding 'session bus')" = note ] || fail 'a bus from nowhere'
"$ROLLCALL" doctor >out.txt
grep -q '^good    voice        calm, in en-us$' out.txt || fail 'another table'

# one thing after another is broken; each has its remedy
broken() { # PART [VARIABLE=VALUE...]
    look "${@:2}"
    [ "$status" = 1 ] || fail "$1: status $status"
    [ "$(finding "$1")" = broken ] || fail "$1 is $(finding "$1")"
    [ -n "$(remedy "$1")" ] || fail "$1: no remedy"
}
broken files ROLLCALL_SHARE="$work/nowhere"
broken voice ROLLCALL_VOICE=nobody
broken microphone ROLLCALL_INPUT=nowhere
chmod 755 run
broken runtime
chmod 700 run
broken broker ROLLCALL_MQTT_HOST=127.0.0.1:1
echo secret >password
chmod 644 password
broken broker ROLLCALL_MQTT_HOST=127.0.0.1:1 \
    ROLLCALL_MQTT_PASSWORD_FILE="$work/password"
mkdir -p credentials # as systemd hands one over: its group may read it
cp password credentials/mqtt
chmod 440 credentials/mqtt
broken broker ROLLCALL_MQTT_HOST=127.0.0.1:1 \
    CREDENTIALS_DIRECTORY="$work/credentials" \
    ROLLCALL_MQTT_PASSWORD_FILE="$work/credentials/mqtt"
grep -q 'takes no connection' out.json || fail 'a credential is no fault'
grep -q secret out.json err.txt && fail 'a secret was printed'

# the broker is looked for where 'serve' would: an address of IPv6 is whole
reached() { (: >/dev/tcp/::1/1883) 2>/dev/null; }
PATH=$PATH:/usr/sbin
if ! reached && command -v mosquitto >/dev/null; then
    printf 'listener 1883 ::1\nallow_anonymous true\n' >conf
    mosquitto -c conf 2>/dev/null &
    broker=$!
    for i in {1..100}; do reached && break || sleep 0.05; done
fi
if reached; then
    for host in ::1 '[::1]' '[::1]:1883'; do
        look ROLLCALL_MQTT_HOST="$host"
        [ "$(finding broker)" = good ] || fail "$host is $(finding broker)"
    done
fi

echo 'levle: deep' >>config/rollcall/config.yaml
broken settings
: >file
broken 'your data' XDG_DATA_HOME="$work/file"
mkdir -p data/rollcall
chmod 755 data/rollcall
look
[ "$(finding 'your data')" = note ] || fail 'others may read it'

# without a sound card, and where it matters
if ! "$ROLLCALL" devices >/dev/null 2>&1; then
    rm config/rollcall/config.yaml
    broken loudspeaker
    [ "$(finding microphone)" = broken ] || fail 'a microphone from nowhere'
fi
