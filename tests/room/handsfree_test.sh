#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Hands free from the first word: plain "rollcall" greets, a person chooses a
# session by voice, says that they are ready, and is led.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"

room_up
room_echo 0.3
"$ROLLCALL" </dev/null 2>"$room_dir/stderr.txt" &
player=$!

says 'Which session shall it be' 30 || fail "it greets"
says 'Say a name' 40 || fail "it names sessions and tells how to choose"
sleep 6
person slt "the second one"
says 'heard "the second one"' 5 || fail "a number is heard"
says 'Tell me when you are ready' 5 || fail "the choice is confirmed aloud"
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
