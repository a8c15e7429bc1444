#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Hands free from the first word: plain "rollcall" greets, a person chooses a
# session by voice, says that they are ready, and is led.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"

room_up
room_echo 0.3

# calves on each of three days: that is usual
"$ROLLCALL" play calves --no-screening --host pipe --output "$room_dir/raw" \
    </dev/null 2>/dev/null &
player=$!
for _ in $(seq 1500); do
    [ -s "$room_dir/raw" ] && break
    sleep 0.02
done
kill -INT "$player"
wait "$player"
rm "$XDG_DATA_HOME/rollcall/bookmark"
sqlite3 "$XDG_DATA_HOME/rollcall/history.db" <<'SQL' || fail "no history"
DELETE FROM sessions;
WITH RECURSIVE day(n) AS (SELECT 0 UNION SELECT n + 1 FROM day WHERE n < 2)
INSERT INTO sessions SELECT n + 1, n, strftime('%s','now') - 86400 * n, 0,
    'calves', 'Calves', 'gentle', 'full', 300, 'completed' FROM day;
INSERT INTO segments SELECT id, 0, 'calves', 'Calves', 1, 1, 'left', 90, 90,
    'done' FROM sessions;
SQL

"$ROLLCALL" </dev/null 2>"$room_dir/stderr.txt" &
player=$!

says 'Which session shall it be' 30 || fail "it greets"
says 'Say a name' 40 || fail "it names sessions and tells how to choose"
says 'Or as usual, Calves' 1 || fail "what is usual is offered"
sleep 6
person slt "the usual one"
says 'heard "the usual one"' 5 || fail "an offer is taken"
says 'Calves. Tell me when you are ready' 5 || fail "the choice is confirmed aloud"
sleep 6
person rms "no thanks"
says 'Which one shall it be' 5 || fail "a choice is taken back"
sleep 4
person slt "upper back release"
says 'Upper back release. Tell me when' 5 || fail "a name is heard"
sleep 6
person slt "in ten minutes"
says 'Upper back release, in 10 minutes' 5 || fail "a time is taken"
sleep 6
person slt "i'm ready"
says 'welcome' 20 || fail "the session begins"
kill -INT "$player"
wait "$player"
echo ok
