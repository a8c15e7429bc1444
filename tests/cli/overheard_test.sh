#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# "check --listen": a line that the listener takes for a command is told with
# its place, although no word of it is written like one.
set -u
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work" || exit 1

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

cat >heard.yaml <<'Y'
routine: heard
title: Slow calves
exercises:
  - id: one
    title: Slow calves
    work: {kind: hold, time: 30s}
    cues:
      - Breathe out slowly.
      - Wear are we.
Y

"$ROLLCALL" check heard.yaml >out 2>err || fail "plain check: $(cat err)"
[ -s err ] && fail "read, there is nothing wrong with it: $(cat err)"

"$ROLLCALL" check --listen heard.yaml >out 2>err || fail "warnings are fine"
[ "$(cat out)" = "heard.yaml: ok" ] || fail "results on stdout: $(cat out)"
[ "$(grep -c 'warning: ' err)" = 1 ] || fail "one warning: $(cat err)"
grep -q "^heard.yaml:9:9: warning: spoken aloud, this is taken for the command \
'where are we'; say it in other words" err || fail "line 9: $(cat err)"
grep -q '^ *- Wear are we.$' err || fail "the line itself: $(cat err)"

# a language that nothing can be heard in
"$ROLLCALL" --language de check --listen heard.yaml >out 2>err
[ $? -eq 1 ] || fail "what could not be done ends with 1"
grep -q 'there is no acoustic model for de-de' err || fail "says so: $(cat err)"
grep -q 'heard.yaml: ok' out || fail "the rest is checked all the same"
echo ok
