#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A first session in the virtual room: the ten questions are asked, and answered
# aloud or typed; then the session is without what is not for this person, and
# the next one asks nothing.
set -u
. "${BASH_SOURCE[0]%/*}/room.sh"
. "${BASH_SOURCE[0]%/*}/watch.sh"
export ROLLCALL_SHARE

room_up
room_echo 0.3
kept=$XDG_DATA_HOME/rollcall/screening.yaml
rm "$kept"
voice slt "no" "$room_dir/no.wav"
voice slt "no thanks" "$room_dir/thanks.wav"
voice slt "yes please" "$room_dir/yes.wav"

mkfifo "$room_dir/keys"
"$ROLLCALL" play upper-back --resume no --events "$room_dir/e.jsonl" \
    <"$room_dir/keys" 2>"$room_dir/stderr.txt" &
player=$!
exec 9>"$room_dir/keys"

# the N-th question has been asked: its words are over
asked() {
    local i until
    happens '.event == "segment" and .kind == "question"' 40 "$1" || return 1
    for i in {1..250}; do
        until=$(tail -n 1 "$room_dir/e.jsonl" | jq -r \
            'select(.event == "say" and (.text | endswith("?"))) |
                .until - .at' 2>/dev/null)
        [ "$until" ] && break
        sleep 0.1
    done
    [ "$until" ] || return 1
    sleep "$until"
    sleep 0.4
}

answer() { # N FILE
    local try
    for try in 1 2 3; do
        room_speak "$2"
        happens '.event == "answer"' 3 "$1" && return 0
    done
    fail "answer $1 is heard"
}

asked 1 || fail "the first question is asked"
answer 1 "$room_dir/thanks.wav"
asked 2 || fail "the next one is asked"
answer 2 "$room_dir/no.wav"
for n in 3 4 5 6 7 8; do
    happens '.event == "segment" and .kind == "question"' 10 "$n" ||
        fail "question $n is asked"
    echo no >&9
    happens '.event == "answer"' 5 "$n" || fail "a typed answer counts"
done
asked 9 || fail "pregnancy is asked for"
answer 9 "$room_dir/yes.wav"
asked 10 || fail "the last question is asked"
answer 10 "$room_dir/thanks.wav"

[ "$(jq -r 'select(.event == "answer" and .answer == "yes") | .to' \
    "$room_dir/e.jsonl")" = pregnancy ] || fail "one yes, and the right one"
happens '.event == "say" and (.text | startswith("Because of pregnancy"))' 40 ||
    fail "the reason is said"
happens '.event == "segment" and .kind == "setup"' 20 || fail "it goes on"
[ "$(jq -r 'select(.event == "segment" and .kind == "setup").exercise' \
    "$room_dir/e.jsonl")" = rhomboids ] || fail "with what is good"
grep -q '^yes: \[pregnancy\]$' "$kept" || fail "the answers are kept"
kill -INT "$player"
wait "$player"

rm "$room_dir/e.jsonl"
"$ROLLCALL" play upper-back --resume no --events "$room_dir/e.jsonl" \
    </dev/null 2>"$room_dir/stderr.txt" &
player=$!
happens '.event == "segment"' 40 || fail "the second session begins"
[ "$(jq -r 'select(.event == "segment").kind' "$room_dir/e.jsonl" |
    head -n 1)" = intro ] || fail "nothing is asked again"
kill -INT "$player"
wait "$player"
echo ok
