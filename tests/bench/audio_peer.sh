#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# audio_peer.sh EVENTS.jsonl OUT.wav: the session of an events file, built by
# the shell from eSpeak NG and SoX: each sentence said once to a file, silence
# in between, all joined and brought to 48 kHz.  Without tones and loudness.
set -euo pipefail
events=$1 out=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

declare -A file
parts=() at=0 n=0
while IFS=$'\t' read -r from until text; do
    if [[ ! ${file[$text]-} ]]; then
        file[$text]=$work/said$((n++)).wav
        espeak-ng -v en-us -s 150 -p 38 -g 1 -w "${file[$text]}" "$text"
    fi
    gap=$(awk "BEGIN { g = $from - $at; print (g > 0.001) ? g : 0.001 }")
    sox -q -n -r 22050 -c 1 -b 16 "$work/gap${#parts[@]}.wav" trim 0 "$gap"
    parts+=("$work/gap${#parts[@]}.wav" "${file[$text]}")
    at=$until
done < <(jq -r 'select(.event == "say") | [.at, .until, .text] | @tsv' \
    "$events")
sox -q "${parts[@]}" -r 48000 "$out"
