#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A voice is learnt from recordings, shown, used and forgotten.  Spoken by
# flite (never eSpeak: that is rollcall's own voice).
set -euo pipefail
: "${ROLLCALL:?the program to test}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data
file=$work/data/rollcall/voice.yaml
failed=0

complain() {
    echo "$*"
    failed=1
}

# say VOICE TEXT FILE PITCH: at 16 kHz, with a faint hiss around it
say() {
    flite -voice "$1" -t "$2" -o "$work/dry.wav" \
        --setf duration_stretch="$5" --setf int_f0_target_mean="$4"
    sox "$work/dry.wav" -r 16000 -c 1 "$work/wet.wav" pad 1 1 gain -n -6
    sox -R -r 16000 -n -c 1 "$work/hiss.wav" \
        synth "$(soxi -D "$work/wet.wav")" pinknoise gain -45
    sox -R -m "$work/wet.wav" "$work/hiss.wav" "$3"
}

has() { # FILE TEXT
    grep -q -- "$2" "$1" || complain "no \"$2\" in: $(cat "$1")"
}

cd "$work"
mkdir takes
"$ROLLCALL" setup --show >out.txt
has out.txt "No voice was learnt yet"
"$ROLLCALL" setup --forget >out.txt
has out.txt "nothing to forget"

"$ROLLCALL" setup --sound --show >out.txt
has out.txt "Nothing was measured yet"
mkdir -p "$work/data/rollcall"
printf 'delay_ms: 87.5\necho: -12\nnoise: -58\nspeech: -27\n' \
    >"$work/data/rollcall/sound.yaml"
"$ROLLCALL" setup --sound --show >out.txt
has out.txt "87.5 ms"
"$ROLLCALL" setup --sound --forget >out.txt
[ ! -e "$work/data/rollcall/sound.yaml" ] || complain "it is forgotten"

say slt "next set" takes/next_set-1.wav 170 1.1
say slt "next set" takes/next_set-2.wav 180 1.2
say slt "next set" takes/next_set-3.wav 175 1.3
say slt "pause" "takes/pause.wav" 175 1.2
say slt "the weather is fine" takes/resume.wav 175 1.1
say slt "stop" takes/weather.wav 175 1.1
"$ROLLCALL" setup --from takes >out.txt 2>err.txt || complain "setup failed"
has out.txt "next set *3 takes"
has out.txt "pause *1 takes"
has out.txt "resume.wav.*not understood"
has err.txt 'weather.wav: "weather" is no phrase to learn'
[ "$(stat -c %a "$file")" = 600 ] || complain "the file is not private"
cp "$file" kept.yaml

# goes on from what is there: three takes of a phrase are enough
"$ROLLCALL" setup --from takes >out.txt 2>err.txt
has out.txt "next set *3 takes"
has out.txt "pause *2 takes"

# what is known is used, and another person's word counts less
say slt "next set" again.wav 178 1.15
"$ROLLCALL" listen --voice "$file" --json again.wav >out.txt
has out.txt '"command":"next_set"'

# a broken file is told with its place, and listened without
sed -i '0,/    sound: /s//    sound: x /' "$file"
"$ROLLCALL" listen --voice "$file" --json again.wav >out.txt 2>err.txt ||
    complain "a broken file stops the listener"
has out.txt '"command":"next_set"'
has err.txt "voice.yaml:7:12: error: expected a sound"
if "$ROLLCALL" setup --show >out.txt 2>err.txt; then
    complain "a broken file is shown"
fi
has err.txt "voice.yaml:7:12"

"$ROLLCALL" setup --forget >out.txt
has out.txt "Forgotten"
[ ! -e "$file" ] || complain "still there"
if "$ROLLCALL" setup --from nowhere 2>err.txt; then complain "no folder"; fi
has err.txt nowhere
exit $failed
