#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A session without a microphone: it says so, plays on, and obeys what is typed.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"

room_up
for kind in output input; do # what a shell completes --output with
    "$ROLLCALL" complete $kind | grep -qx default || fail "complete $kind"
done
"$ROLLCALL" devices | grep -q '^io ALSA .* default$' || fail "the devices"

# A sound card that only plays.
printf 'pcm.!default { type asym playback.pcm { type pulse } }\n' \
    >"$room_dir/deaf.conf"
export ALSA_CONFIG_PATH=$room_dir/deaf.conf
mkfifo "$room_dir/keys"

"$ROLLCALL" play upper-back --events "$room_dir/e.jsonl" \
    <"$room_dir/keys" 2>"$room_dir/stderr.txt" &
player=$!
exec 9>"$room_dir/keys"

happens '.event == "say"' 20 || fail "it plays"
grep -qi 'microphone' "$room_dir/stderr.txt" || fail "it prints why it is deaf"
happens '.event == "say" and (.text | test("cannot hear"))' 30 ||
    fail "it says that it is deaf"
echo 'next set' >&9
happens '.event == "command" and .source == "typed" and .command == "next_set"' 3 ||
    fail "a typed command"
happens '.event == "segment" and .kind == "setup"' 2 || fail "it is obeyed"
echo 'nxt' >&9
sleep 0.5
grep -q "'nxt' is no command; did you mean 'next'" "$room_dir/stderr.txt" ||
    fail "a mistyped command is told"
echo 'ready' >&9
happens '.event == "segment" and .kind == "lead_in"' 3 || fail "ready"
echo 'end session' >&9
happens '.event == "end" and .reason == "ended"' 30 || fail "end session"
wait "$player" || fail "it ends well"
echo ok
