#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A machine that sleeps in the middle of a session, made up by a clock that
# jumps: it says where we were and goes on, or waits after a long sleep.
set -u
world=${ROLLCALL%/*}/world.so
[ -f "$world" ] || exit 77
work=$(mktemp -d)
player=
trap '[ -n "$player" ] && kill -9 "$player" 2>/dev/null; rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work

fail() {
    echo "FAILED: $*" >&2
    tail -n 20 "$work/err" "$work/e.jsonl" >&2
    exit 1
}

# happens FILTER: for an event so far, or within half a minute
happens() {
    for i in {1..300}; do
        jq -s -e "any(.[]; $1)" "$work/e.jsonl" >/dev/null 2>&1 && return
        sleep 0.1
    done
    return 1
}

LD_PRELOAD=$world ROLLCALL_FAULT_SLEEP=$work/slept \
    "$ROLLCALL" play lats --host pipe --events "$work/e.jsonl" \
    </dev/null >/dev/null 2>"$work/err" &
player=$!
happens '.event == "say"' || fail "it speaks"
echo 60 >"$work/new" && mv "$work/new" "$work/slept"
happens '.event == "slept" and .seconds > 58 and .seconds < 62' ||
    fail "a minute of sleep is noticed"
for command in pause where resume; do
    happens ".command == \"$command\" and .source == \"device\"" ||
        fail "$command"
done
echo 760 >"$work/new" && mv "$work/new" "$work/slept"
happens '.event == "slept" and .seconds > 690' || fail "a long sleep"
kill -INT "$player"
wait "$player"
player=
[ "$(jq -r 'select(.command == "resume").command' "$work/e.jsonl")" = resume ] ||
    fail "after a long sleep it waits"
jq -s -e '[.[].frame] as $f | $f == ($f | sort)' "$work/e.jsonl" >/dev/null ||
    fail "events in order"
echo ok
