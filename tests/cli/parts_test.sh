#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A render in parts: a file for each exercise, which put together again are the
# session to the sample; and where they begin, as a cue sheet and as lines.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

render() {
    "$ROLLCALL" render upper-back-quick "$@" 2>message.txt
}

samples() { # FILE...
    sox "$@" -t raw - | md5sum
}

render -o whole.wav -e e.jsonl --chapters whole.cue
render -o parts.wav --split exercise
parts=$(echo parts-*.wav)
[ "$parts" = "parts-01-intro.wav parts-02-elbows-in-roll.wav parts-03-lats.wav \
parts-04-outro.wav" ] || fail "a file for each exercise: $parts"
[ "$(samples $parts)" = "$(samples whole.wav)" ] ||
    fail "the parts together are the whole"
[ ! -e parts.wav ] || fail "and there is no other file"

# What a player shows.
render -o whole.flac
soxi -a whole.flac | grep -qx 'title=Quick upper back' || fail "a title"
render -o parts.flac --split exercise
soxi -a parts-03-lats.flac >tags.txt
grep -qx 'title=Latissimus' tags.txt || fail "a part's title"
grep -qx 'album=Quick upper back' tags.txt || fail "a part's album"
grep -qix 'tracknumber=3' tags.txt || fail "a part's number"

# The cue sheet counts in 1/75 s.
jq -r 'select(.event == "segment") | "\(.exercise) \(.frame)"' e.jsonl |
    awk '$1 != before { units = int($2 / 640)
            printf "%02d:%02d:%02d\n", units / 75 / 60, units / 75 % 60,
                units % 75 }
         { before = $1 }' >begin.txt
awk '$1 == "INDEX" { print $3 }' whole.cue | diff - begin.txt ||
    fail "each exercise begins where the cue sheet says"
grep -qx 'FILE "whole.wav" WAVE' whole.cue || fail "the cue sheet's file"

render -o whole.ogg --chapters whole.lrc
grep -qx '\[00:00.00\]Quick upper back' whole.lrc || fail "a line for the intro"
grep -q '^\[[0-9:.]*\]Latissimus, set 1 of 1, left side$' whole.lrc ||
    fail "a line for each set and side"

status=0
render -o x.wav --chapters x.txt || status=$?
[ "$status" = 2 ] || fail "chapters end in .cue or .lrc"
[ ! -e x.wav ] || fail "and nothing is rendered then"
status=0
render -o /dev/full --split exercise || status=$?
[ "$status" = 2 ] || fail "a name without an ending"
echo ok
