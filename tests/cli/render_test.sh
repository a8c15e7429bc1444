#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A whole session rendered: its events are in order and its sound is where they
# say, to the frame.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# assert FILTER MESSAGE: the jq filter over all events gives true
assert() {
    [ "$(jq -s "$1" e.jsonl)" = true ] || fail "$2"
}

"$ROLLCALL" render upper-back -o s.flac --events e.jsonl 2>progress.txt

assert '[.[] | select(.event == "segment" and .kind == "work")
            | .frame + (.seconds * 48000 | round)]
        == [.[] | select(.event == "tone" and .name == "zero") | .frame]' \
    "every work segment has its zero tone at exactly start + seconds"
assert '[.[] | select(.event == "say")] as $s
        | all(range(1; $s | length); $s[.].at >= $s[. - 1].until)' \
    "no two lines overlap"
assert '[.[] | select(.event == "segment" and .kind == "work")
            | [.exercise, .set, .side]]
        == [["trapezius", 1, null], ["trapezius", 2, null],
            ["trapezius", 3, null], ["rhomboids", 1, null],
            ["rhomboids", 2, null], ["rhomboids", 3, null],
            ["lats", 1, "left"], ["lats", 1, "right"],
            ["lats", 2, "left"], ["lats", 2, "right"],
            ["lats", 3, "left"], ["lats", 3, "right"]]' \
    "three sets of three exercises, the lats on both sides"
assert '[.[] | select(.event == "segment" and .kind == "rest")
            | [.exercise, .set]]
        == [["trapezius", 1], ["trapezius", 2], ["rhomboids", 1],
            ["rhomboids", 2], ["lats", 1], ["lats", 2]]' \
    "a rest after every set but the last"
assert '[.[] | select(.event == "tone" and .name == "zero") | .ends]
        == ["set", "set", "exercise", "set", "set", "exercise",
            "side", "set", "side", "set", "side", "session"]' \
    "each zero tone tells what it ends"
assert '[.[] | select(.name == "zero") | .frame] as $zero
        | [.[] | select(.text == "One.") | .frame] as $one
        | all($zero[]; . as $z | any($one[]; . == $z - 48000))' \
    "\"one\" comes one second before zero, to the frame"
assert '.[0].event == "session" and .[-1].event == "end"
        and .[-1].reason == "completed" and .[-1].at == .[0].seconds' \
    "the session is as long as it said"
assert '[.[].frame] as $f | all(range(1; $f | length); $f[.] >= $f[. - 1])' \
    "time never goes back"

# The same in the sound, every zero tone and every spoken line.
"${ROLLCALL%/*}/hear" s.flac e.jsonl || fail "the sound differs from the events"

# Two renders are the same to the bit.
"$ROLLCALL" render upper-back -o again.wav 2>/dev/null
"$ROLLCALL" render upper-back -o wave.wav 2>/dev/null
cmp again.wav wave.wav || fail "two renders differ"

# Other endings, and one there is not.
"$ROLLCALL" render upper-back-quick -o quick.ogg 2>/dev/null
[ "$(head -c 4 quick.ogg)" = OggS ] || fail "quick.ogg is no Ogg file"
status=0
"$ROLLCALL" render upper-back -o s.xyz 2>message.txt || status=$?
[ "$status" = 2 ] || fail "an unknown ending is wrong usage, not $status"
grep -q '\.flac' message.txt || fail "the message names the endings there are"
[ ! -e s.xyz ] || fail "nothing is left behind"
echo ok
