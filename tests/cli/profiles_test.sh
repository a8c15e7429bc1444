#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Several people on one device: what one of them answered, has done and has
# taught counts for them, and for nobody else.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache
export XDG_CONFIG_HOME=$work/config
unset ROLLCALL_PROFILE
anna=$XDG_DATA_HOME/rollcall/profiles/anna
mkdir -p "$anna"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
exercises() { # OPTIONS...
    "$ROLLCALL" plan upper-back --json "$@" | jq -c \
        '[.segments[] | select(.kind == "work").exercise] | unique'
}
begun() { # OPTIONS...: the seconds of a session, broken off at once
    rm -f events
    "$ROLLCALL" play lats --no-screening --resume no --host pipe \
        --output /dev/null --events events "$@" </dev/null 2>err &
    pid=$!
    for _ in $(seq 1500); do
        grep -qs '"segment"' events && break
        sleep 0.02
    done
    kill -INT $pid
    wait $pid || true
    jq 'select(.event == "session").seconds' events
}

# Anna is pregnant; Ben and whoever needs no name are not.
all=$(exercises)
printf 'yes: [pregnancy]\nno: []\n' >"$anna/screening.yaml"
[ "$(exercises --profile anna)" != "$all" ] || fail "Anna's answers count"
[ "$(exercises)" = "$all" ] || fail "not for who has no name"
[ "$(exercises --profile ben)" = "$all" ] || fail "not for Ben"
[ "$(ROLLCALL_PROFILE=anna exercises)" = "$(exercises --profile anna)" ] ||
    fail "a name by the environment"

# She has taught how she says "next set".
mkdir takes
flite -voice slt -t 'next set' -o 'takes/next set.wav'
"$ROLLCALL" --profile anna setup --from takes >out || fail "she is learnt"
[ -s "$anna/voice.yaml" ] || fail "her voice is kept with hers"
[ ! -e "$XDG_DATA_HOME/rollcall/voice.yaml" ] || fail "and nowhere else"
"$ROLLCALL" --profile anna setup --show | grep -q 'next set *1 takes' ||
    fail "it is shown to her"
"$ROLLCALL" --profile ben setup --show >out 2>&1 || true
! grep -q 'next set' out || fail "not to Ben"

# She has done the lats four times, and is told less.
usual=$(begun --profile anna)
[ -s "$anna/bookmark" ] || fail "where she was is kept with hers"
[ ! -e "$XDG_DATA_HOME/rollcall/bookmark" ] || fail "nobody else goes on there"
sqlite3 "$anna/history.db" <<'SQL'
DELETE FROM sessions;
WITH RECURSIVE day(n) AS (SELECT 0 UNION SELECT n + 1 FROM day WHERE n < 3)
INSERT INTO sessions SELECT n + 1, n, strftime('%s','now') - 86400 * n, 0,
    'lats', 'Lats', 'gentle', 'full', 300, 'completed' FROM day;
INSERT INTO segments SELECT id, 0, 'lats', 'Lats', 1, 1, 'left', 60, 60, 'done'
    FROM sessions;
SQL
knows=$(begun --profile anna)
jq -en "$knows < $usual" >/dev/null || fail "$knows s where $usual s were new"
[ "$(begun --profile ben)" = "$usual" ] || fail "Ben is told all"
echo ok
