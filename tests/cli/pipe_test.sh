#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A session into a pipe: raw sound on stdout or in a FIFO, at the pace of time;
# a reader that leaves and comes back loses no time of the session.
set -u
work=$(mktemp -d)
player=
trap '[ -n "$player" ] && kill -9 "$player" 2>/dev/null; rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work

fail() {
    echo "FAILED: $*" >&2
    cat "$work"/err* "$work/e.jsonl" 2>/dev/null | tail -n 20 >&2
    exit 1
}

# stdout: a second and a half of it, with a voice in it
"$ROLLCALL" play lats --host pipe 2>"$work/err" </dev/null |
    head -c 144000 >"$work/raw"
[ "$(stat -c %s "$work/raw")" = 144000 ] || fail "144000 bytes on stdout"
loud=$(sox -t raw -r 48000 -e signed -b 16 -c 1 "$work/raw" -n stat 2>&1 |
    awk '/Maximum amplitude/ { print ($3 > 0.05) }')
[ "$loud" = 1 ] || fail "a voice is heard on stdout"

# a FIFO whose reader leaves
mkfifo "$work/fifo"
"$ROLLCALL" play lats --host pipe --output "$work/fifo" \
    --events "$work/e.jsonl" 2>"$work/err" </dev/null &
player=$!
head -c 96000 "$work/fifo" >/dev/null
for i in {1..50}; do
    grep -q '"lost"' "$work/e.jsonl" && break
    sleep 0.1
done
grep -q '"lost"' "$work/e.jsonl" || fail "the loss is noticed"
cat "$work/fifo" >"$work/more" &
for i in {1..100}; do
    grep -q '"resume"' "$work/e.jsonl" && break
    sleep 0.1
done
grep -q '"resume"' "$work/e.jsonl" || fail "it goes on for a new reader"
kill -INT "$player"
wait "$player"
player=
tail -n 1 "$work/e.jsonl" | grep -q '"interrupted"' || fail "it ends in order"
jq -s -e '[.[].frame] as $f | $f == ($f | sort)' "$work/e.jsonl" >/dev/null ||
    fail "events in order"

# a keyboard on which something lies: it plays, and SIGTERM ends it
yes 2>/dev/null | "$ROLLCALL" play lats --no-screening --no-history --host pipe \
    --output "$work/held" 2>"$work/err" >/dev/null &
player=$!
for i in {1..100}; do
    [ "$(stat -c %s "$work/held" 2>/dev/null || echo 0)" -gt 96000 ] && break
    sleep 0.1
done
[ "$(stat -c %s "$work/held")" -gt 96000 ] || fail "it plays all the same"
kill -TERM "$player"
for i in {1..100}; do
    kill -0 "$player" 2>/dev/null || break
    sleep 0.1
done
kill -0 "$player" 2>/dev/null && fail "SIGTERM ends it"
player=

# usage
"$ROLLCALL" play lats --host tape 2>"$work/err" && fail "no such host"
grep -q "portaudio or pipe, not 'tape'" "$work/err" || fail "it names the hosts"
echo ok
