#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Music under a rendered session: it is there in the pauses, down when a word
# begins, gone at the end; and changes nothing of the session.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    tail -n 5 "$work"/err >&2
    exit 1
}

# level FILE FROM SECONDS: root mean square around 1 kHz, where the music is
level() {
    sox "$1" -n trim "$2" "$3" bandpass 1000 100h stat 2>&1 |
        awk '/RMS.*amplitude/ { print $3 }'
}

less() { # A B
    awk "BEGIN { exit !($1 < $2) }"
}

mkdir "$work/music"
sox -q -n -r 44100 -c 2 "$work/music/one.flac" synth 20 sine 1000 gain -6
sox -q -n -r 48000 -c 1 "$work/music/two.ogg" synth 20 sine 1000 gain -20

"$ROLLCALL" render lats --sets 1 -o "$work/plain.wav" -e "$work/plain.jsonl" \
    2>"$work/err" || fail "it renders"
"$ROLLCALL" render lats --sets 1 -o "$work/music.wav" -e "$work/music.jsonl" \
    --music "$work/music" 2>"$work/err" || fail "it renders with music"
cmp -s "$work/plain.jsonl" "$work/music.jsonl" || fail "the same session"

# the longest pause, after the first 30 seconds, and the word that ends it
read -r from to < <(jq -rs '[.[] | select(.event == "say")] as $s |
    [range(1; $s | length) | {from: $s[. - 1].until, to: $s[.].at}] |
    map(select(.from > 30)) | max_by(.to - .from) | "\(.from) \(.to)"' \
    "$work/music.jsonl")
pause=$(level "$work/music.wav" "$(awk "BEGIN { print $from + 1 }")" 1)
word=$(level "$work/music.wav" "$to" 0.3)
plain=$(level "$work/plain.wav" "$(awk "BEGIN { print $from + 1 }")" 1)
less 0.01 "$pause" || fail "music in the pause: $pause"
less "$plain" 0.001 || fail "none without --music: $plain"
less "$word" "$(awk "BEGIN { print $pause / 2 }")" ||
    fail "down at the word: $word against $pause"

"$ROLLCALL" render lats --sets 1 -o "$work/again.wav" \
    --music "$work/music" 2>"$work/err"
cmp -s "$work/music.wav" "$work/again.wav" || fail "equal to the bit"

# by command: off, softer by 3 dB, on again
cat >"$work/script" <<END
$(awk "BEGIN { print $from - 10 }") music off
$(awk "BEGIN { print $to + 10 }") music quieter
$(awk "BEGIN { print $to + 11 }") music on
END
"$ROLLCALL" render lats --sets 1 -o "$work/off.wav" -e "$work/off.jsonl" \
    --music "$work/music" --script "$work/script" 2>"$work/err" ||
    fail "it renders with commands"
[ "$(jq -c 'select(.event == "music") | [.on, .decibels]' "$work/off.jsonl" |
    tr -d '\n')" = '[false,0][false,-3][true,-3]' ] || fail "music events"
off=$(level "$work/off.wav" "$(awk "BEGIN { print $from + 1 }")" 1)
less "$off" 0.001 || fail "off: $off"

"$ROLLCALL" render lats -o "$work/x.wav" --music /nowhere 2>"$work/err" &&
    fail "no such music"
grep -q 'nowhere' "$work/err" || fail "it names what is missing"
[ ! -e "$work/x.wav" ] || fail "no file is left"
mkdir -p "$work/config/rollcall" # a setting keeps nobody from a session
echo 'music: /nowhere' >"$work/config/rollcall/config.yaml"
XDG_CONFIG_HOME=$work/config "$ROLLCALL" render lats --sets 1 \
    -o "$work/x.wav" 2>"$work/err" || fail "no session without its music"
grep -q 'config.yaml:1: error: /nowhere: ' "$work/err" || fail "which is told"
cmp -s "$work/plain.wav" "$work/x.wav" || fail "as without music"
echo ok
