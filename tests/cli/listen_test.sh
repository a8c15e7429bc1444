#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Commands spoken by flite (never eSpeak: that is rollcall's own voice) are
# heard in recordings; other words and noises are not.
set -euo pipefail
: "${ROLLCALL:?the program to test}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# say VOICE TEXT FILE [SOX EFFECTS...]: at 48 kHz, with a faint hiss around it
say() {
    local voice=$1 text=$2 file=$3
    shift 3
    flite -voice "$voice" -t "$text" -o "$work/dry.wav"
    sox "$work/dry.wav" -r 48000 -c 1 "$work/wet.wav" pad 1 1 gain -n -6 "$@"
    sox -r 48000 -n -c 1 "$work/hiss.wav" \
        synth "$(soxi -D "$work/wet.wav")" pinknoise gain -40
    sox -R -m "$work/wet.wav" "$work/hiss.wav" "$work/$file"
}

# expect WHAT "COMMANDS" ARGS...: what listen prints for these arguments
expect() {
    local what=$1 wanted=$2 got
    shift 2
    got=$("$ROLLCALL" listen --json "$@" |
        sed -n 's/.*"command":"\([a-z_]*\)".*/\1/p' | paste -sd' ')
    if [ "$got" != "$wanted" ]; then
        echo "$what: expected \"$wanted\", got \"$got\""
        failed=1
    fi
}

cd "$work"
say slt "next set" set.wav
say rms "pause the session" pause.wav
say awb "resume the session" resume.wav
say slt "end the session" end.wav
expect "next set" next_set set.wav
expect "pause" pause pause.wav
expect "resume" resume resume.wav
expect "several files" "next_set pause resume" set.wav pause.wav resume.wav
say rms "how long should I roll" dose.wav
say slt "what about my lower back" back.wav
say awb "can I roll a scar" scar.wav
expect "questions" "dose lower_back scar" --state playing dose.wav back.wav \
    scar.wav
expect "only what counts in the state" "" --state idle end.wav

sox set.wav pause.wav resume.wav all.flac
expect "one file with pauses, FLAC" "next_set pause resume" all.flac
sox set.wav -r 44100 -c 2 set.ogg
expect "stereo, 44.1 kHz, Ogg" next_set set.ogg
sox set.wav -r 8000 set8.wav
"$ROLLCALL" listen set8.wav >/dev/null # whatever it hears at telephone rate

say slt "the weather is fine today" weather.wav
say rms "nobody knows" nobody.wav
sox -n -r 48000 noise.wav synth 10 brownnoise gain -20
sox -n -r 48000 -c 1 clicks.wav synth 0.004 whitenoise pad 0 0.7 repeat 9
expect "other words" "" weather.wav nobody.wav
expect "noises" "" noise.wav clicks.wav

sox -n -r 48000 -c 1 still.wav trim 0 "$(soxi -D set.wav)"
sox -M set.wav still.wav recorded.wav
expect "a recording of a session" next_set --recorded recorded.wav
sox -M still.wav set.wav played.wav
expect "what was only played in one" "" --recorded played.wav

# over VOICE TEXT VOICE TEXT FILE: the first into the microphone while the
# loudspeaker, which spoke before, says the other, and is not heard
over() {
    say rms "put the roller under your shoulder blades and lean back" before.wav
    say "$1" "$2" person.wav
    say "$3" "$4" own.wav
    sox before.wav own.wav played.wav
    sox person.wav late.wav pad "$(soxi -D before.wav)"
    sox -M late.wav played.wav "$5"
}
over slt "next set" kal16 "next set" same.wav
over slt "next set" kal16 "stop" other.wav
expect "over another word of the own voice" next_set --recorded --state playing \
    other.wav
expect "what the own voice says at that moment" "" --recorded --state playing \
    same.wav
"$ROLLCALL" listen --verbose --recorded --state playing same.wav 2>own.txt
grep -q 'said by the loudspeaker ("next set"' own.txt || {
    echo "the own voice is not told from a person"
    failed=1
}

if "$ROLLCALL" listen --recorded set.wav 2>message.txt; then failed=1; fi
grep -q "two channels" message.txt || failed=1

"$ROLLCALL" listen --verbose weather.wav 2>reasons.txt
grep -q "weather.wav: .* s: " reasons.txt || {
    echo "no reason given for what was not taken"
    failed=1
}
if "$ROLLCALL" listen missing.wav 2>message.txt; then failed=1; fi
grep -q missing.wav message.txt || failed=1
if "$ROLLCALL" listen --state asleep set.wav 2>message.txt; then failed=1; fi
grep -q asleep message.txt || failed=1
exit $failed
