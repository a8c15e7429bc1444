#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A voice pack: recorded clips take the place of what the engine says, on the
# same frame, and what is not recorded or not readable is said by the engine.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    tail -n 5 "$work"/err >&2
    exit 1
}

share=$work/share
mkdir -p "$share"
cp -rL "$ROLLCALL_SHARE/voices" "$ROLLCALL_SHARE/routines" "$share"
pack=$share/voices/en-us/clips/whistle
mkdir -p "$pack"
sed 's/^about:.*/about: whistled/' "$share/voices/en-us/calm.yaml" \
    >"$share/voices/en-us/whistle.yaml"
echo 'clips: clips/whistle' >>"$share/voices/en-us/whistle.yaml"
# quiet, stereo, at another rate, with silence before it
sox -q -n -r 44100 -c 2 "$pack/three.flac" synth 0.3 sine 3000 gain -30 \
    pad 0.2 0.2
cat >"$pack/clips.yaml" <<'END'
Three: three.flac
Two: missing.wav
END

export ROLLCALL_SHARE=$share
"$ROLLCALL" voices --json | jq -e \
    '.[] | select(.name == "whistle") | .clips == "clips/whistle"' \
    >"$work/err" || fail "the pack is listed"
"$ROLLCALL" render lats --sets 1 --talk quiet --voice whistle \
    -o "$work/a.wav" -e "$work/a.jsonl" 2>"$work/err" || fail "it renders"
[ "$(grep -c 'missing.wav' "$work/err")" = 1 ] || fail "it names what is missing"

at() { # TEXT: when it is first said
    jq -rs --arg text "$1" \
        '[.[] | select(.event == "say" and .text == $text)][0].at' \
        "$work/a.jsonl"
}
level() { # FROM: of 3 kHz, for a quarter of a second
    sox "$work/a.wav" -n trim "$1" 0.25 bandpass 3000 100h stat 2>&1 |
        awk '/RMS.*amplitude/ { print $3 }'
}
three=$(at Three.) two=$(at Two.)
[ "$three" != null ] && [ "$two" != null ] || fail "it counts"
loud=$(level "$three") other=$(level "$two")
awk "BEGIN { exit !($loud > 0.04 && $loud < 0.15) }" ||
    fail "recorded, as loud as speech: $loud"
awk "BEGIN { exit !($other < 0.02) }" || fail "said by the engine: $other"

echo '"...": x.wav' >>"$pack/clips.yaml"
"$ROLLCALL" render lats --voice whistle -o "$work/b.wav" 2>"$work/err" &&
    fail "a wrong line is refused"
grep -q 'clips.yaml:3:1' "$work/err" || fail "it says where"
echo ok
