#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The daemon at a real mosquitto on loopback: what docs/mqtt.md says of topics,
# Home Assistant's discovery, two rooms in one class, login and TLS, a broker
# that goes and comes back.
set -u
export PATH=$PATH:/usr/sbin
for tool in mosquitto mosquitto_sub mosquitto_pub openssl; do
    command -v "$tool" >/dev/null || { echo "no $tool here"; exit 77; }
done
work=$(mktemp -d)
broker= one= two= twin= watcher=
trap 'for p in $one $two $twin $watcher $broker; do kill -9 "$p" 2>/dev/null; done
      rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work XDG_DATA_HOME=$work/data XDG_RUNTIME_DIR=$work
: >"$work/err" >"$work/seen" >"$work/broker.err"

fail() {
    echo "FAILED: $*" >&2
    tail -n 12 "$work/err" "$work/seen" "$work/broker.err" >&2
    exit 1
}
until_seen() { # PATTERN: a line "TOPIC MESSAGE"
    local i
    for i in {1..600}; do
        grep -q -- "$1" "$work/seen" && return
        sleep 0.05
    done
    fail "not seen: $1"
}
publish() { # TOPIC MESSAGE OPTIONS...
    local topic=$1 message=$2
    shift 2
    mosquitto_pub "${login[@]}" -q 1 -t "$topic" -m "$message" "$@" ||
        fail "publish $topic"
}
fresh() { : >"$work/seen"; } # what was seen before counts no more

# a certificate for this machine, and a login
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
    -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$work/key" -out "$work/ca" 2>/dev/null || fail openssl
printf 'room:secret-of-rooms\n' >"$work/users"
mosquitto_passwd -U "$work/users" || fail mosquitto_passwd
(umask 077 && echo secret-of-rooms >"$work/password")
chmod 644 "$work/key" "$work/users" && chmod 755 "$work"
start_broker() {
    : >"$work/broker.err"
    mosquitto -c "$work/conf" 2>>"$work/broker.err" &
    broker=$!
    for i in {1..600}; do
        grep -q running "$work/broker.err" && return
        kill -0 "$broker" 2>/dev/null || return 1
        sleep 0.05
    done
}
for try in 1 2 3 4 5; do # a port that is free
    port=$((20000 + RANDOM % 20000))
    printf '%s\n' "listener $port 127.0.0.1" "certfile $work/ca" \
        "keyfile $work/key" "password_file $work/users" \
        'allow_anonymous false' 'log_type all' >"$work/conf"
    start_broker && break
done
login=(-h localhost -p "$port" --cafile "$work/ca" -u room -P secret-of-rooms)
mosquitto_sub "${login[@]}" -v -t "#" >>"$work/seen" 2>&1 &
watcher=$!

serve() { # ROOM OPTIONS...
    ROLLCALL_SOCKET=$work/$1.sock exec "$ROLLCALL" serve --no-mpris \
        --routine lats --host pipe --output /dev/null \
        --mqtt "localhost:$port" --mqtt-room "$1" --mqtt-user room \
        --mqtt-ca "$work/ca" --mqtt-password-file "$work/password" \
        --mqtt-class morning "${@:2}" 2>>"$work/err"
}
publish rollcall/den/play lats --retain # kept: too old to count
serve den &
one=$!
serve loft --mqtt-discovery none &
two=$!
until_seen '^rollcall/den/availability online'
until_seen '^rollcall/loft/availability online'
until_seen '^rollcall/den/status {"state":"idle".*"selected":"lats"'

# it asks the broker for its own topics and for nothing else
subscribed=$(sed -n 's,.*\t\([^ ]*\) (QoS [01]).*,\1,p' "$work/broker.err" |
    sort -u | grep -v '^#$')
for room in den loft; do
    for verb in command play select volume mute class; do
        echo "rollcall/$room/$verb"
    done
done | sort - <(printf '%s\n' rollcall/class/morning/{command,play} \
    homeassistant/status) | diff <(echo "$subscribed") - ||
    fail "what it listens to"

# Home Assistant: one device, and every part of it has what its platform needs
until_seen '^homeassistant/device/rollcall_den/config'
sed -n 's,^homeassistant/device/rollcall_den/config ,,p' "$work/seen" |
    head -n 1 | jq -e '
    def has_all(keys): . as $o | all(keys[]; . as $k | $o | has($k));
    (.components | length) == 16 and has_all(["device", "origin"]) and
    (.device.identifiers == ["rollcall_den"]) and
    ([.components[].unique_id] | unique | length) == 16 and
    all(.components[]; has_all(["platform", "unique_id", "name"])) and
    all(.components[] | select(.platform == "button");
        has_all(["command_topic", "payload_press"])) and
    all(.components[] | select(.platform == "select");
        has_all(["command_topic", "options"]) and (.options | length) > 5) and
    all(.components[] | select(.platform == "sensor"); has("state_topic")) and
    all(.components[] | select(.platform == "event");
        has_all(["state_topic", "event_types"])) and
    ([.components[].platform] | unique ==
        ["button", "event", "number", "select", "sensor", "switch"])' \
    >/dev/null || fail "the discovery message"
grep -q rollcall_loft "$work/seen" && fail "discovery although 'none'"
fresh
publish homeassistant/status online # it starts again
until_seen '^homeassistant/device/rollcall_den/config'

# one room
publish rollcall/den/select hips
until_seen '^rollcall/den/status .*"selected":"hips"'
publish rollcall/den/volume 40.0
until_seen '^rollcall/den/status .*"volume":40'
publish rollcall/den/mute ON
until_seen '^rollcall/den/status .*"muted":true'
publish rollcall/den/mute OFF
publish rollcall/den/command dance
grep -q '"state":"\(starting\|playing\)"' "$work/seen" && fail "it was kept"
until_seen "^rollcall/den/error command: there is no command 'dance'"
publish rollcall/den/command pause
until_seen '^rollcall/den/error command: nothing is being played'
publish rollcall/den/play lat
until_seen "^rollcall/den/error play: there is no routine 'lat'; did you mean"
publish rollcall/den/select hip
until_seen "^rollcall/den/error select: there is no routine 'hip'"
fresh # what a class is told is answered by none of its rooms
publish rollcall/class/morning/play nowhere
publish rollcall/class/morning/command pause
publish rollcall/den/command dance
until_seen '^rollcall/den/error command: there is no command'
publish rollcall/den/volume 41
until_seen '^rollcall/den/status .*"volume":41'
[ "$(grep -c /error "$work/seen")" = 1 ] || fail "a class is answered"
publish rollcall/den/play '{"routine":"lats","level":"gentle"}'
until_seen '^rollcall/den/status {"state":"playing".*"routine":"lats"'
publish rollcall/den/play hips
until_seen '^rollcall/den/error play: a session is under way'
publish rollcall/den/command start
until_seen '^rollcall/den/event {"event_type":"start","source":"mqtt"}'
until_seen '^rollcall/den/status .*"exercise":"lats"'
until_seen '^rollcall/den/left [0-9]'
fresh
publish rollcall/den/command pause
until_seen '^rollcall/den/status {"state":"paused"'

# another player of one name: both say why they come and go, once
serve twin --mqtt-room den --mqtt-discovery none &
twin=$!
until_told() { # PATTERN TIMES: in what the players say
    local i
    for i in {1..600}; do
        [ "$(grep -c -- "$1" "$work/err")" -ge "$2" ] && return
        sleep 0.05
    done
    fail "not told: $1"
}
until_told "perhaps another player is called 'den' too: --mqtt-room" 2
sleep 3
lines=$(grep -c 'the MQTT broker' "$work/err")
[ "$lines" -le 3 ] || fail "told $lines times"
kill "$twin"
wait "$twin" || fail "the twin ends with $?"
twin=
for i in {1..60}; do # until the one that is left has its place again
    publish rollcall/den/volume 42
    grep -q '^rollcall/den/status .*"volume":42' "$work/seen" && break
    sleep 0.5
done
until_seen '^rollcall/den/status .*"volume":42'

# the broker goes, and comes back: the room is there again
kill "$broker"
wait "$broker" 2>/dev/null
kill "$watcher"
wait "$watcher" 2>/dev/null
: >"$work/seen"
start_broker || fail "the broker again"
mosquitto_sub "${login[@]}" -v -t "#" >>"$work/seen" 2>&1 &
watcher=$!
until_seen '^rollcall/den/availability online'
until_seen '^rollcall/den/status {"state":"paused"'
until_seen '^rollcall/loft/availability online'
publish rollcall/den/command end_session
until_seen '^rollcall/den/status {"state":"idle"'

# a class: one room has left it
publish rollcall/loft/class OFF
until_seen '^rollcall/loft/status .*"follows_class":false'
fresh
publish rollcall/class/morning/play hips
until_seen '^rollcall/den/status {"state":"playing".*"routine":"hips"'
grep -q '^rollcall/loft/status {"state":"playing"' "$work/seen" &&
    fail "loft has left the class"
publish rollcall/loft/class ON
until_seen '^rollcall/loft/status .*"follows_class":true'
publish rollcall/class/morning/command start
until_seen '^rollcall/loft/status {"state":"playing"'

publish rollcall/class/morning/command end_session
until_seen '^rollcall/den/status {"state":"idle"'
until_seen '^rollcall/loft/status {"state":"idle"'

# the examples of the page, word for word, at this broker
mosquitto_pub() { command mosquitto_pub "${login[@]}" "$@"; }
mosquitto_sub() { command mosquitto_sub "${login[@]}" -C 1 -W 30 "$@"; }
example() { # TOPIC: the line with it
    local line
    line=$(grep -F -- "$1" "$ROLLCALL_SOURCE/docs/mqtt.md" |
        grep '^    mosquitto_')
    [ -n "$line" ] || fail "the page has no example of $1"
    eval "$line" >"$work/said" || fail "$line"
}
fresh
example rollcall/den/play
until_seen '^rollcall/den/status {"state":"playing".*"routine":"lats"'
example rollcall/den/command
until_seen '^rollcall/den/status {"state":"paused"'
example "'rollcall/den/#'"
grep -q '^rollcall/den/' "$work/said" || fail "nothing to be seen"
publish rollcall/den/command end_session
until_seen '^rollcall/den/status {"state":"idle"'
fresh
example rollcall/class/morning/play
until_seen '^rollcall/den/status {"state":"playing".*"routine":"upper-back"'
example rollcall/class/morning/command
until_seen '^rollcall/den/event {"event_type":"start","source":"mqtt"}'
unset -f mosquitto_pub mosquitto_sub
[ "$(grep -c '^    mosquitto_' "$ROLLCALL_SOURCE/docs/mqtt.md")" = 5 ] ||
    fail "an example of the page was not run"

# killed: the last will
kill -9 "$two"
wait "$two" 2>/dev/null
two=
until_seen '^rollcall/loft/availability offline'
kill "$one"
wait "$one" || fail "it ends with $?"
one=
until_seen '^rollcall/den/availability offline'
grep -q secret "$work/err" "$work/seen" && fail "the password is seen"

# a password that others can read is refused
chmod 644 "$work/password"
"$ROLLCALL" serve --host pipe --output /dev/null --mqtt localhost \
    --mqtt-user room --mqtt-password-file "$work/password" 2>"$work/err" &&
    fail "a password for all"
grep -q 'others can read this password' "$work/err" || fail "why"
echo ok
