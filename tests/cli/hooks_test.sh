#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Programs of config.yaml are run on what happens while a session plays.
set -euo pipefail
work=$(mktemp -d)
player=
trap '[ -z "$player" ] || kill -9 "$player" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"
export XDG_CONFIG_HOME=$work XDG_DATA_HOME=$work XDG_CACHE_HOME=$work
mkdir rollcall

fail() {
    echo "FAILED: $*" >&2
    cat err log >&2
    exit 1
}
until_there() { # PATTERN
    local i
    for i in {1..1500}; do
        grep -q "$1" log && return
        sleep 0.02
    done
    fail "no $1"
}
: >log >err
cat >note <<'X'
#!/bin/sh
read -r line
echo "$1 $ROLLCALL_EVENT $line" >>"$2"
X
chmod +x note
cat >rollcall/config.yaml <<X
hooks:
  - on: [session, segment, end]
    run: [$work/note, "a lamp", $work/log]
  - on: segment
    run: [sleep, "1000"]
  - on: [session, segment, say, tone, end]
    run: ["true"]
  - on: end
    run: [sh, -c, 'sleep 5; echo late >>$work/log']
X
"$ROLLCALL" play lats --host pipe --output /dev/null </dev/null 2>err &
player=$!
until_there '^a lamp session {.*"routine":"lats"'
until_there '^a lamp segment {.*"kind":"intro"'
kill -INT "$player"
wait "$player" || true
player=
grep -q '^a lamp end {.*"reason":"interrupted"' log || fail 'no end'
grep -q '^late$' log || fail 'it was not given its ten seconds'
grep 'did not take its event' err && fail 'nobody has to read'

# a second Ctrl-C waits for none of them
: >log
sed -i 's/1000/5/' rollcall/config.yaml # nothing stays for long
"$ROLLCALL" play lats --host pipe --output /dev/null </dev/null 2>err &
player=$!
until_there '^a lamp segment '
kill -INT "$player"
until_there '^a lamp end '
seconds=$SECONDS
kill -INT "$player"
wait "$player" || true
player=
[ $((SECONDS - seconds)) -le 2 ] || fail 'it waits all the same'
! grep -q '^late$' log || fail 'it has waited'
